"""Every Cypher file keeps to what Grafeo and Neo4j have in common, and no Python makes Cypher."""

import ast
import re
from pathlib import Path

import pytest

import queries
from kg.ontology import load_ontology
from queries.catalogue import load_catalogue

FOLDER = Path(queries.__file__).parent
ROOT = FOLDER.parent
FILES = sorted(FOLDER.glob("*.cypher"))

SETS = {
    "_measures_by_text",
    "_measures_having",
    "_measures_of_notices",
    "_measures_of_things",
    "_places_within",
    "_standing_for",
}
FORBIDDEN = {
    "writes": r"\b(?:CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH|LOAD)\b",
    "procedures, APOC or subqueries": r"\bCALL\b|\bapoc\.",
    "a label disjunction in the pattern": r"\(\s*\w*\s*:\s*\w+\s*\|",
    "an inline WHERE": r"\([^()]*\bWHERE\b[^()]*\)\s*(?:-|<-|$)",
    "a quantified path": r"\)\s*(?:\{\d*,?\d*\}|\+)\s*[(\n]",
    "SHORTEST": r"\bSHORTEST\b|shortestPath|allShortestPaths",
    "COLLECT {}": r"\bCOLLECT\s*\{",
    "round with digits": r"\bround\s*\([^()]*,",
    "IN TRANSACTIONS": r"\bIN\s+TRANSACTIONS\b",
    "EXISTS or COUNT without MATCH inside": r"\b(?:EXISTS|COUNT)\s*\{\s*(?!MATCH\b)",
    "an unbounded path": r"\*\s*(?:\]|\{|\||\d+\s*\.\.\s*\]|\.\.)",
    "an edge without a type": r"-\[\s*\w*\s*(?:\*[^\]]*)?\]-|--",
    "a path": r"\b\w+\s*=\s*\(\w*\s*(?::\w+)?\s*(?:\{[^}]*\})?\s*\)\s*<?-",
    "a time": r"\b(?:datetime|localtime|timestamp)\s*\(",
    "several statements": r";",
}


def _code(file: Path) -> str:
    return re.sub(r"//[^\n]*|'[^']*'", "", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_is_portable(file: Path) -> None:
    code = _code(file)
    found = {what: re.search(pattern, code, re.MULTILINE) for what, pattern in FORBIDDEN.items()}
    assert {what: match[0] for what, match in found.items() if match} == {}


@pytest.mark.parametrize(
    ("what", "cypher"),
    [
        ("writes", "MATCH (n:Place) SET n.x = 1"),
        ("procedures, APOC or subqueries", "CALL db.labels()"),
        ("a label disjunction in the pattern", "MATCH (n:Agency|Place) RETURN n.id"),
        ("an inline WHERE", "MATCH (n:Agency WHERE n.id = $id)-[:LEADS]->(m) RETURN m.id"),
        ("a quantified path", "MATCH (a)((x)-[:CITES]->(y)){1,3}(b) RETURN a.id"),
        ("SHORTEST", "MATCH p = shortestPath((a)-[:CITES*1..3]-(b)) RETURN length(p)"),
        ("COLLECT {}", "RETURN COLLECT { MATCH (n:Place) RETURN n.id } AS ids"),
        ("round with digits", "RETURN round(0.55, 1) AS x"),
        ("IN TRANSACTIONS", "CALL { MATCH (n) } IN TRANSACTIONS"),
        ("EXISTS or COUNT without MATCH inside", "RETURN EXISTS { (n)-[:CITES]->() } AS x"),
        ("an unbounded path", "MATCH (n)-[:CITES*]->(m) RETURN m.id"),
        ("an unbounded path", "MATCH (n)-[:CITES*2..]->(m) RETURN m.id"),
        ("an unbounded path", "MATCH (n)-[:CITES*..3]->(m) RETURN m.id"),
        ("an edge without a type", "MATCH (n)-[r]-(m) RETURN m.id"),
        ("an edge without a type", "MATCH (n)--(m) RETURN m.id"),
        ("an edge without a type", "MATCH (n)-[*1..3]->(m) RETURN m.id"),
        ("a path", "MATCH p = (a:Notice {id: $id})-[:CITES]->(b) RETURN length(p)"),
        ("a time", "RETURN datetime() AS now"),
        ("several statements", "RETURN 1 AS x; RETURN 2 AS x"),
    ],
)
def test_the_lint_finds_it(what: str, cypher: str) -> None:
    assert re.search(FORBIDDEN[what], cypher, re.MULTILINE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_says_what_it_is(file: Path) -> None:
    assert re.match(r"// \S.*[.;:,]$", file.read_text(encoding="utf-8").splitlines()[0])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_begins_at_what_is_given(file: Path) -> None:
    """A walk must start at the node that a parameter names: Grafeo plans from left to right."""
    for branch in _branches(file):
        steps = re.split(r"\b(?:OPTIONAL )?MATCH\b", branch)
        if len(steps) < 2:
            continue
        given = re.search(r"\$\w+", branch)
        if given and "UNWIND" in branch:
            assert re.search(r"\{(?:notice_)?id: \w+|\.id = \w+", steps[1]), branch


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_returns_no_node_edge_or_path(file: Path) -> None:
    for branch in _branches(file):
        bound = set(re.findall(r"[(\[](\w+)(?=[:)\s{])", " ".join(_patterns(branch))))
        for item in _returned(branch):
            assert item.split(" AS ")[0].strip() not in bound, item


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_names_every_column(file: Path) -> None:
    for branch in _branches(file):
        given = set(re.findall(r"\bAS (\w+)", branch.split("RETURN")[0]))
        for item in _returned(branch):
            name = item.split(" AS ")[-1].strip() if " AS " in item else item.strip()
            assert " AS " in item or name in given, item


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_orders_by_a_unique_key_last(file: Path) -> None:
    """Or by what is unique in its rows: the two ends of a pair, the instrument it counts."""
    if file.stem in SETS:
        return  # sorted by their callers
    if file.stem in ("notice_count", "_place_totals"):
        assert "\nRETURN count(DISTINCT " in file.read_text(encoding="utf-8")
        return  # one row
    for branch in _branches(file):
        order = re.search(r"ORDER BY ([^\n]+(?:\n  [^\n]+)*)(?=\n|$)", branch.split("RETURN")[-1])
        assert order, branch
        last = re.split(r",\s*", order[1].split(" SKIP")[0].split(" LIMIT")[0])[-1].strip()
        assert last.removesuffix(" DESC") in {
            "id",
            "eid",
            "subject_eid",
            "to_id",
            "measure_id",
            "notice_id",
            "second_id",
            "partner_eid",
            "instrument",
            "item",
            "actor_id",
            "thing_id",
            "role",
            "year",
        }, last


@pytest.mark.parametrize(
    "name",
    [
        "neighbourhood",
        "entity",
        "shortest_path",
        "notice_relations",
        "_path_edges",
        "_edge_counts",
        "_edges_of",
        "_edges_among",
        "_all_edges",
    ],
)
def test_a_hop_takes_every_edge_type(name: str) -> None:
    """And no other: the store keeps edges of its own beside those of the ontology."""
    [types] = re.findall(r"-\[r:([A-Z_|\s]+)\]-", _code(FOLDER / f"{name}.cypher"))
    assert re.split(r"[|\s]+", types) == list(load_ontology().edges)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_labels_and_types_are_known(file: Path) -> None:
    code, ontology = _code(file), load_ontology()
    assert set(re.findall(r"\w:([A-Z][a-z]\w*)", code)) <= ontology.labels.keys()
    edges = [name for names in re.findall(r"\[\w*:([A-Z_|\s]+)", code) for name in names.split("|")]
    assert {name.strip() for name in edges} <= ontology.edges.keys()


@pytest.mark.parametrize(
    "name",
    ["neighbourhood", "entity", "shortest_path", "_path_edges", "_nodes", "_node_ids", "_labels"],
)
def test_any_node_means_every_label(name: str) -> None:
    code = _code(FOLDER / f"{name}.cypher")
    assert sorted(re.findall(r"\bn:([A-Z]\w+)", code)) == sorted(load_ontology().labels)


def test_every_cypher_has_its_module() -> None:
    public = {file.stem for file in FILES if not file.stem.startswith("_")}
    assert set(load_catalogue()) == public
    assert all((FOLDER / f"{name}.py").is_file() for name in public)


def test_every_part_is_used() -> None:
    source = "\n".join(
        file.read_text(encoding="utf-8")
        for package in ("queries", "viz", "api")
        for file in (ROOT / package).rglob("*.py")
    )
    unused = [file.stem for file in FILES if f'"{file.stem}"' not in source]
    assert unused == []


CYPHER_IN_PYTHON = re.compile(r"\bMATCH\s*\(|\bRETURN\s+\w+\.\w+|\bUNWIND\s+\$")


@pytest.mark.parametrize("package", ["queries", "viz", "api"])
def test_no_python_holds_cypher(package: str) -> None:
    """Cypher lives in its files; so no f-string, format or + can splice a value into it."""
    for file in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not CYPHER_IN_PYTHON.search(node.value), f"{file}:{node.lineno}"


def test_only_files_are_run() -> None:
    """`store.run` is called in one place of queries/, with the text of a file as it stands."""
    calls = {
        file.name
        for file in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "run"
    }
    assert calls == {"types.py"}
    source = (FOLDER / "types.py").read_text(encoding="utf-8")
    assert "store.run(read_cypher(name), parameters)" in source


def _branches(file: Path) -> list[str]:
    return re.split(r"\bUNION(?: ALL)?\b", file.read_text(encoding="utf-8"))


def _patterns(branch: str) -> list[str]:
    return re.findall(
        r"\bMATCH\b(.*?)(?=\bWHERE\b|\bRETURN\b|\bWITH\b|\bMATCH\b)", branch, re.DOTALL
    )


def _returned(branch: str) -> list[str]:
    text = branch.split("RETURN", 1)[1].removeprefix(" DISTINCT")
    text = re.split(r"\bORDER BY\b|\bSKIP\b|\bLIMIT\b", text)[0]
    items, depth, item = [], 0, ""
    for character in text:
        depth += character in "([{"
        depth -= character in ")]}"
        if character == "," and depth == 0:
            items.append(item)
            item = ""
        else:
            item += character
    return [*items, item]
