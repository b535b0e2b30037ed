"""The graph as files: each is opened by a program that it is for."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import graph_fixture as sample
import networkx as nx
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from builders import small_notice
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from rdflib import Graph, Literal, URIRef
from strategies import fragment_sets
from typer.testing import CliRunner, Result

from api.cli import app
from kg.comparators import COMPARATORS
from kg.errors import ExportError, QueryError
from kg.ids import node_id
from kg.jsonl import parse_line
from kg.ontology import load_ontology
from kg.spreadsheets import safe_code, safe_text
from kg.store import Store
from kg.stores import open_store
from kg.types import Edge, GraphFragment, Node
from queries.parameters import last_date
from queries.selection import select
from queries.subgraph import read_subgraphs
from queries.tables import load_tables, read_table
from queries.types import column_names
from viz.exports import FORMATS, write_export
from viz.exports.linked import make_rdf
from viz.exports.rdf_terms import load_terms

FORMULA = '=HYPERLINK("http://example.org","点此")'
GEXF = "{http://gexf.net/1.3}"
# What Gephi's importer takes for the type of an attribute.
GEXF_TYPES = {"integer", "long", "float", "double", "boolean", "string", "liststring", "anyURI"}


@pytest.fixture(scope="module")
def store(make_store: Callable[[], Store]) -> Iterator[Store]:
    with sample.sample_store(make_store) as store:
        store.load(_hostile())
        yield store


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.grafeo"
    with open_store(path, mode="write") as store:
        for fragment in [*sample.fragments(), _hostile()]:
            store.load(fragment)
    return path


def _hostile() -> GraphFragment:
    """Return a notice whose names are formulas, hold what XML cannot, and break lines."""
    made = small_notice()
    measure = made.measure("三", FORMULA, text='  ＝1+1,"引号"\n第二行\x0b尾')
    made.edge("SUPPORTS", measure, made.node("Product", "@SUM(A1)", aliases=["-甲", "乙\x01"]))
    goal = made.node("Target", "跌", metric="降幅", comparator="=", value=-3.5, unit="%")
    made.edge("SETS", measure, goal)
    return made.build()


def export(file: Path, name: str, output: Path, *conditions: str, status: int = 0) -> Result:
    words = ["export", "--format", name, "-o", str(output), "--db", str(file), *conditions]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == status, result.output + repr(result.exception)
    assert "Traceback" not in result.output
    return result


def whole(store: Store) -> tuple[dict[str, Node], dict[str, Edge]]:
    found = list(store.dump())
    nodes = {item.id: item for item in found if isinstance(item, Node)}
    return nodes, {item.id: item for item in found if isinstance(item, Edge)}


# What is selected


def _gathered(
    store: Store, conditions: dict[str, object]
) -> tuple[dict[str, Node], dict[str, Edge]]:
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    for part in read_subgraphs(store, select(store, conditions)):
        fresh = {i: part.nodes[i] for i in part.fresh}
        new = {edge.id: edge for edge in part.edges}
        assert not fresh.keys() & nodes.keys()
        assert not new.keys() & edges.keys()
        nodes |= fresh
        edges |= new
        # A node comes no later than the edges that use it.
        assert {ref.id for e in part.edges for ref in (e.start, e.end)} <= nodes.keys()
    return nodes, edges


def test_the_batches_of_the_whole_graph_are_the_graph(store: Store) -> None:
    assert _gathered(store, {}) == whole(store)


@given(fragment_sets())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_graph_loses_anything(made: list[GraphFragment]) -> None:
    with sample.in_memory() as store:
        for fragment in made:
            store.load(fragment)
        assert _gathered(store, {}) == whole(store)


def test_many_batches_are_one_graph(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.subgraph.NOTICES", 1)
    assert _gathered(store, {}) == whole(store)


def test_a_part_has_its_notices_and_nothing_of_others(store: Store) -> None:
    nodes, edges = _gathered(store, {"jurisdiction": "盘锦市"})
    titles = {node.properties["title"] for node in nodes.values() if node.label == "Measure"}
    assert titles == {"加强盘锦大米保护"}
    own = node_id("Notice", sample.PANJIN_TITLE, "loaded")
    assert {e.properties["notice_id"] for e in edges.values() if "notice_id" in e.properties} == {
        own
    }
    # What it derives from is there, and what is known of the product.
    assert {n.properties["name"] for n in nodes.values() if n.label == "Notice"} == {
        sample.PANJIN_TITLE,
        sample.LIAONING_TITLE,
        "辽宁省知识产权保护条例",
    }
    places = {n.properties["name"] for n in nodes.values() if n.label == "Place"}
    assert places == {"盘锦市", "辽宁省", "乙市", "甲省"}


def test_a_chosen_measure_comes_with_its_section(store: Store) -> None:
    rows = list(read_table(store, "measures", select(store, {"text": "信息平台"})))
    [row] = (row.model_dump() for row in rows)
    assert (row["path"], row["section"], row["year"], row["level"]) == (
        "三/(一)",
        "推动信息公开",
        2022,
        "province",
    )


@pytest.mark.parametrize("conditions", [{"limit": 3}, {"skip": 1}, {"无": 1}])
def test_what_is_no_condition_is_refused(store: Store, conditions: dict[str, object]) -> None:
    with pytest.raises(QueryError):
        select(store, conditions)


@pytest.mark.parametrize(
    ("prefix", "day"),
    [
        ("2024", "2024-12-31"),
        ("2024-02", "2024-02-29"),
        ("2023-02", "2023-02-28"),
        ("2024-06-07", "2024-06-07"),
    ],
)
def test_the_last_day_of_a_date(prefix: str, day: str) -> None:
    assert last_date(prefix) == day


# Tables


def test_every_edge_is_in_a_table_and_every_quote_in_its_text(store: Store) -> None:
    selection = select(store, {})
    tables = {
        name: [r.model_dump() for r in read_table(store, name, selection)] for name in load_tables()
    }
    texts = {row["notice_id"]: row["text"] for row in tables["texts"]}
    nodes, edges = whole(store)
    listed = [row["eid"] for rows in tables.values() for row in rows if "eid" in row]
    outline = {
        e.id
        for e in edges.values()
        if e.type == "PART_OF" and e.start.label in ("Measure", "Section")
    }
    assert sorted(listed) == sorted(edges.keys() - outline)
    quoted = [row for rows in tables.values() for row in rows if "quote" in row]
    assert len(quoted) > 30
    assert all(texts[q["notice_id"]][q["start"] : q["end"]] == q["quote"] for q in quoted)
    for name, label in (("notices", "Notice"), ("measures", "Measure"), ("agencies", "Agency")):
        assert len(tables[name]) == sum(node.label == label for node in nodes.values())
    [unit] = (row for row in tables["agencies"] if row["name"] == "吉林省教育厅高等教育处")
    assert unit["parent"] == "吉林省教育厅"
    [rice] = (row for row in tables["things"] if row["thing_id"] == node_id("Product", "盘锦大米"))
    assert rice["within"] in ("盘锦市", "乙市")


def test_an_unknown_table_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="did you mean measures"):
        list(read_table(store, "measure", select(store, {})))


def test_csv_opens_in_pandas_and_in_spreadsheets(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    told = export(file, "csv", folder)
    assert "15 tables" in told.output
    for path in folder.glob("*.csv"):
        # The mark without which Excel reads Chinese in the system's code page.
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as opened:
            cells = [cell for row in csv.reader(opened) for cell in row]
        texts = [cell for cell in cells if not _is_number(cell) and cell not in COMPARATORS]
        assert not [
            t for t in texts if t.strip(" \t\r\n\v\f\u3000").startswith(tuple("=+-@＝＋－＠"))
        ]
    measures = pd.read_csv(folder / "measures.csv")
    assert f"'{FORMULA}" in set(measures["title"])
    assert measures["year"].dtype.kind in "if"
    assert measures["ongoing"].dtype == bool
    assert "培养知识产权人才" in set(measures["title"])
    assert pd.read_csv(folder / "targets.csv")["value"].min() == -3.5
    assert not (folder / "texts.csv").exists()  # longer than a cell of a spreadsheet can be


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_a_code_is_found_as_it_is_written(file: Path, tmp_path: Path) -> None:
    export(file, "csv", tmp_path / "tables")
    targets = pd.read_csv(tmp_path / "tables" / "targets.csv")
    assert set(targets["comparator"]) <= set(COMPARATORS)
    assert len(targets[targets.comparator == "="])
    book = pd.read_csv(tmp_path / "tables" / "codebook.csv")
    [meaning] = book.loc[book["column"] == "comparator", "meaning_en"]
    assert meaning.startswith("one of = >= <= about up= ")
    assert safe_code("=", frozenset(COMPARATORS)) == "="
    assert safe_code("=1", frozenset(COMPARATORS)) == "'=1"


@given(st.text(max_size=6))
def test_no_text_becomes_a_formula(text: str) -> None:
    safe = safe_text(text)
    assert safe in (text, f"'{text}")
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("text", ["=1", " =1", "\ufeff=1", "\u3000＝1", "\t1", "+1", "-甲", "@a"])
def test_what_is_taken_for_a_formula(text: str) -> None:
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "甲=乙", "1-2", "'=1", "《-》"])
def test_what_is_left_as_it_is(text: str) -> None:
    assert safe_text(text) == text


def test_parquet_opens_in_pandas_and_polars_with_its_codebook(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    export(file, "parquet", folder)
    roles = pl.read_parquet(folder / "roles.parquet")
    led = roles.filter(pl.col("role") == "LEADS", pl.col("measure") == "加强地理标志保护")
    assert led["actor"].to_list() == ["辽宁省知识产权局"]
    agencies = pd.read_parquet(folder / "agencies.parquet")
    [names] = agencies.loc[agencies["name"] == "辽宁省教育厅", "aliases"]
    assert list(names) == ["辽宁教育厅"]
    field = pq.read_schema(folder / "roles.parquet").field("actor")
    assert field.metadata[b"description_zh"].decode() == "主体"
    assert FORMULA in set(pl.read_parquet(folder / "measures.parquet")["title"])


def test_the_codebook_describes_every_column(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    export(file, "jsonl", folder)
    book = pd.read_csv(folder / "codebook.csv", keep_default_na=False)
    described = list(zip(book["table"], book["column"], strict=True))
    assert described == [(t.name, c) for t in load_tables().values() for c in column_names(t.row)]
    assert (book[["table_zh", "table_en", "type", "meaning_zh", "meaning_en"]] != "").all(axis=None)


def test_json_lines_are_the_tables_and_the_graph(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    export(file, "jsonl", folder)
    rows = [
        json.loads(line) for line in (folder / "deadlines.jsonl").read_text("utf-8").splitlines()
    ]
    assert {row["due_on"]: row["last_day"] for row in rows if row["due_on"]} == {
        "2024-12-31": "2024-12-31",
        "2025": "2025-12-31",
        "2025-06-30": "2025-06-30",
    }
    with open_store(file, mode="read") as store:
        expected = whole(store)
    known: set[str] = set()
    items = [
        parse_line(line) for line in (folder / "graph.jsonl").read_text("utf-8").split("\n") if line
    ]
    for item in items:
        if isinstance(item, Edge):
            assert {item.start.id, item.end.id} <= known
        known.add(item.id)
    assert known == expected[0].keys() | expected[1].keys()


# Networks


def test_graphml_opens_in_networkx(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    export(file, "graphml", path)
    graph = nx.read_graphml(path, force_multigraph=True)
    with open_store(file, mode="read") as store:
        nodes, edges = whole(store)
    assert set(graph) == nodes.keys()
    assert {key for _, _, key in graph.edges(keys=True)} == edges.keys()
    for node_id_, data in graph.nodes(data=True):
        assert data["node_type"] == nodes[node_id_].label
        # XML holds no control characters; the rest of a name comes through.
        assert data["label"] == str(nodes[node_id_].properties["name"])
    measure = node_id("Measure", node_id("Notice", sample.LIAONING_TITLE, "loaded"), "二")
    assert graph.nodes[measure]["ongoing"] is True
    assert graph.nodes[measure]["text_start"] == sample.LIAONING.index("培养知识产权人才")
    assert {d["confidence"] for _, _, d in graph.edges(data=True) if "confidence" in d} == {1.0}
    aliases = {d["aliases"] for _, d in graph.nodes(data=True) if d["label"] == "@SUM(A1)"}
    assert aliases == {"-甲 | 乙"}


def test_gexf_is_what_gephi_imports(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.gexf"
    export(file, "gexf", path, "--jurisdiction", "辽宁省")
    root = etree.parse(path).getroot()
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.3")
    [graph] = root
    assert (graph.get("defaultedgetype"), graph.get("mode")) == ("directed", "static")
    assert [child.tag.removeprefix(GEXF) for child in graph] == [
        "attributes", "attributes", "nodes", "edges",
    ]  # fmt: skip
    declared = {a.get("class"): {x.get("id"): x.get("type") for x in a} for a in graph[:2]}
    assert set(declared) == {"node", "edge"}
    assert {kind for types in declared.values() for kind in types.values()} <= GEXF_TYPES
    nodes = {node.get("id"): node for node in graph[2]}
    assert len(nodes) == len(graph[2]) > 20
    assert all(node.get("label") for node in nodes.values())
    edges = graph[3]
    assert len({edge.get("id") for edge in edges}) == len(edges) > 20
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= nodes.keys()
        assert edge.get("kind") in load_ontology().edges
    # Gephi merges what joins the same ends with the same kind.
    for scope, elements in (("node", graph[2]), ("edge", edges)):
        for element in elements:
            assert element[0].tag == f"{GEXF}attvalues"
            for value in element[0]:
                assert _fits(value.get("value"), declared[scope][value.get("for")])
    opened = nx.read_gexf(path, version="1.3")
    assert (len(opened), opened.number_of_edges()) == (len(nodes), len(edges))
    assert "盘锦大米" in {data["label"] for _, data in opened.nodes(data=True)}


def _fits(value: str, kind: str) -> bool:
    if kind == "boolean":
        return value in ("true", "false")
    if kind in ("long", "double"):
        return float(value) == (int(value) if kind == "long" else float(value))
    return True


# Linked data

LEADERS = """
PREFIX pk: <urn:policykg:vocabulary:>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX schema: <https://schema.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?agency ?notice ?quote WHERE {
  ?measure a eli:LegalResourceSubdivision ; schema:name "加强地理标志保护" ;
    eli:is_part_of ?of ; pk:isLedBy/schema:name ?agency .
  ?of eli:title ?notice .
  ?said rdf:subject ?measure ; rdf:predicate pk:isLedBy ; prov:value ?quote ; prov:wasQuotedFrom ?of .
}
"""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_rdf_opens_in_rdflib(file: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph.{suffix}"
    told = export(file, "rdf", path)
    graph = Graph().parse(path)
    assert f"{len(graph):,} triples" in told.output
    assert [tuple(map(str, row)) for row in graph.query(LEADERS)] == [  # type: ignore[arg-type]
        ("辽宁省知识产权局", sample.LIAONING_TITLE, "省知识产权局")
    ]


def test_rdf_speaks_public_vocabularies(store: Store) -> None:
    graph = make_rdf(store, select(store, {}))
    notice = URIRef(f"urn:policykg:id:{node_id('Notice', sample.LIAONING_TITLE, 'loaded')}")
    eli = "http://data.europa.eu/eli/ontology#"
    assert str(graph.value(notice, URIRef(f"{eli}id_local"))) == "辽知发〔2022〕8号"
    assert graph.value(notice, URIRef(f"{eli}date_document")) == Literal(
        "2022-03-15", datatype=URIRef("http://www.w3.org/2001/XMLSchema#date")
    )
    assert len(list(graph.objects(notice, URIRef(f"{eli}ensures_implementation_of")))) == 1
    assert len(list(graph.objects(notice, URIRef(f"{eli}based_on")))) == 1
    tool = URIRef(f"urn:policykg:id:{node_id('Instrument', 'funding')}")
    skos = "http://www.w3.org/2004/02/skos/core#"
    assert (
        str(graph.value(tool, URIRef(f"{skos}broader"))) == "urn:policykg:vocabulary:class-supply"
    )
    unit = URIRef(f"urn:policykg:id:{node_id('Agency', '吉林省教育厅高等教育处')}")
    above = graph.value(unit, URIRef("http://www.w3.org/ns/org#subOrganizationOf"))
    assert str(above).endswith(node_id("Agency", "吉林省教育厅"))


def test_the_terms_cover_the_ontology() -> None:
    terms = load_terms()
    known = {*terms.prefixes, "pk"}
    used = [*terms.properties.values(), *(t for types in terms.classes.values() for t in types)]
    used += [p for spec in terms.predicates() for p in (spec.predicate, spec.narrows) if p]
    assert {name.partition(":")[0] for name in used} <= known
    properties = {n for spec in load_ontology().labels.values() for n in spec.properties}
    assert terms.properties.keys() <= properties | {"name"}


# What cannot be done is told


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_graph_is_told(name: str, tmp_path: Path) -> None:
    with sample.in_memory() as store, pytest.raises(ExportError, match="the graph is empty"):
        write_export(store, select(store, {}), name, tmp_path / "x.ttl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_what_cannot_be_written_is_told(name: str, file: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    told = export(file, name, tmp_path / "file" / "x.ttl", status=1)
    assert "cannot be written: a part of its path is a file" in told.output


def test_files_are_not_overwritten_or_misnamed(file: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("kept")
    assert "is not empty" in export(file, "csv", tmp_path, status=1).output
    assert (
        "name a file that ends in .ttl" in export(file, "rdf", tmp_path / "x.owl", status=1).output
    )
    assert "is a folder" in export(file, "gexf", tmp_path, status=1).output
    assert "not one of neo4j-admin, csv" in export(file, "xlsx", tmp_path / "x", status=2).output


def test_conditions_that_nothing_meets_are_told(file: Path, tmp_path: Path) -> None:
    told = export(file, "csv", tmp_path / "x", "--actor", "火星知识产权局", status=1)
    assert "没有找到「火星知识产权局」" in told.output
    assert "no measure meets the conditions" in told.output
    told = export(file, "neo4j-admin", tmp_path / "x", "--actor", "省教育厅", status=2)
    assert "takes the whole graph" in told.output


def test_a_filtered_export_says_how_names_were_taken(file: Path, tmp_path: Path) -> None:
    told = export(file, "csv", tmp_path / "x", "--actor=省教育厅", "--param", "issued_from=2023")
    assert "按相对名称" in told.output
    measures: Any = pd.read_csv(tmp_path / "x" / "measures.csv")
    assert sorted(measures["title"]) == ["加强盘锦大米保护", "支持盘锦大米发展", "设立知识产权学院"]
