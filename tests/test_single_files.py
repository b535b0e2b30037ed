"""`policykg viz` and `policykg explore`: one file each, offline, small, and safe."""

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web
from typer.testing import CliRunner

from api.cli import app
from api.http.asking import Desk
from api.http.memory import Memory
from api.recorded import record_answers
from api.settings import Settings
from api.single_file import explorer_data
from kg.errors import QueryError
from kg.stores import open_store
from queries.catalogue import load_catalogue
from queries.surroundings import find_labels
from viz import bundle
from viz.chosen import Choice, choose_nodes
from viz.drawn import draw_nodes
from viz.fetch import MOST_CONTEXT, MOST_EDGES, add_context, fetch_view
from viz.graph import neighbourhood_html
from viz.model import Evidence, GraphEdge, GraphNode, Neighbourhood

THREE_MEGABYTES = 3_000_000


class Outside(HTMLParser):
    """Collects the addresses that markup refers to, scripts and data apart."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("src", "href", "action", "srcset") and value:
                self.addresses.append(value)


def addresses(page: str) -> set[str]:
    parser = Outside()
    parser.feed(page)
    return {address for address in parser.addresses if not address.startswith(("#", "data:"))}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "g.grafeo"
    with web.evil_store(lambda: open_store(path, mode="write")):
        pass
    return path


@pytest.mark.parametrize("name", load_catalogue())
def test_every_query_can_be_drawn(name: str) -> None:
    with sample.sample_store() as store:
        example = {key: str(value) for key, value in load_catalogue()[name].example.items()}
        view = add_context(store, fetch_view(store, Choice(name, example)))
    page = neighbourhood_html(view)
    assert load_catalogue()[name].summary_zh in page
    known = {node.id for node in view.nodes}
    assert all({edge.start, edge.end} <= known for edge in view.edges)
    assert addresses(page) == set()


def test_five_hundred_nodes_stay_small() -> None:
    """With as many relations, and as much text around their words, as a page may have."""
    nodes = tuple(GraphNode(f"{at:020}", "Measure", f"第{at}项措施的名称较长") for at in range(500))
    words = "知识产权" * (MOST_CONTEXT // MOST_EDGES // 4)
    edges = tuple(
        GraphEdge(
            f"{at:020}",
            "SUPPORTS",
            nodes[at % 500].id,
            nodes[(at * 7 + 1) % 500].id,
            evidence=Evidence("n", "某省关于某事的实施方案", 0, 8, "知识产权" * 2, words, 0),
        )
        for at in range(MOST_EDGES)
    )
    page = neighbourhood_html(Neighbourhood(nodes[0].id, nodes, edges))
    assert len(page.encode()) < THREE_MEGABYTES


def test_the_command_draws_a_query(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    done = CliRunner().invoke(
        app,
        ["viz", "measures_by_actor", "--actor", "省教育厅", "-o", str(file), "--db", str(database)],
    )
    assert done.exit_code == 0, done.output
    assert "吉林省教育厅" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["viz", "盘锦大米", "--actor", "x"], "only a query takes parameters"),
        (["viz", "没有的东西"], "没有的东西"),
        (["viz", "measures_by_actor"], "actor"),
        (["explore", "没有的东西"], "没有的东西"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    database: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    file = tmp_path / "x.html"
    done = CliRunner().invoke(app, [*arguments, "-o", str(file), "--db", str(database)])
    assert done.exit_code != 0
    assert words in done.output + str(done.exception)
    assert not file.exists()


def test_the_explorer_is_one_file_with_its_data(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    done = CliRunner().invoke(app, ["explore", "-o", str(file), "--db", str(database)])
    assert done.exit_code == 0, done.output
    page = file.read_text("utf-8")
    assert addresses(page) == set()
    assert "default-src 'none'" in page
    assert "unsafe" not in re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0]
    [packed] = re.findall(r'id="policykg-data">([^<]*)<', page)
    data = json.loads(gzip.decompress(base64.b64decode(packed)))
    with web.evil_store() as store:
        status = store.status()
    assert len(data["nodes"]) == sum(status.nodes.values())
    assert len(data["relations"]) == sum(status.edges.values())
    loaded = [notice for notice in data["notices"].values() if notice["text"]]
    assert len(loaded) == status.notices_loaded
    for relation in data["relations"]:
        if said := relation["evidence"]:
            text = data["notices"][said["notice_id"]]["text"]
            assert text[said["start"] : said["end"]] == said["quote"]


def test_who_leads_is_drawn_around_a_product() -> None:
    with sample.sample_store() as store:
        ids, cut = choose_nodes(store, Choice("盘锦大米"))
        names = {row["name"] for row in find_labels(store, ids)}
        assert {"盘锦大米", "辽宁省知识产权局", "盘锦市市场监督管理局"} <= names
        assert not cut
        few, cut = choose_nodes(store, Choice("盘锦大米", limit=5))
        labels = [row["label"] for row in find_labels(store, few)]
        assert (len(few), labels[0], "Agency" in labels, cut) == (5, "Product", True, True)


def test_the_file_says_how_much_of_the_graph_it_holds() -> None:
    with sample.sample_store() as store:
        ids, _ = choose_nodes(store, Choice("", limit=20))
        status = explorer_data(store, ids)["status"]
        whole = store.status()
    assert status["whole"] == {"notices": 3, "measures": whole.nodes["Measure"]}
    assert 1 < len(status["examples"]) <= 6


def test_texts_beyond_the_limit_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with sample.sample_store() as store:
        ids, _ = choose_nodes(store, Choice("", limit=500))
        monkeypatch.setattr("api.single_file.MOST_TEXT", 500)
        data = explorer_data(store, ids)
    lengths = [len(notice["text"]) for notice in data["notices"].values()]
    assert 0 < sum(lengths) <= 500


def test_answers_for_views_that_count_are_written_as_a_server_gives_them() -> None:
    with sample.sample_store() as store, web.serving(store) as base:
        ids, _ = choose_nodes(store, Choice("", limit=500))
        answers = explorer_data(store, ids)["answers"]
        assert len(answers) > 50
        for asked, kept in answers.items():
            given = f"{base}/api/v1/{asked}" + ("&limit=200" if "rows" in kept else "")
            answer = httpx.get(given).json()
            if "rows" in kept:
                assert answer["rows"] == kept["rows"][:200]
            elif "views/cooperation" not in asked:  # a page of another size
                assert answer == kept


def test_answers_beyond_the_limit_stay_out() -> None:
    with sample.sample_store() as store:
        desk = Desk(store, Settings(), store.version(), Memory())
        nodes = draw_nodes(store, choose_nodes(store, Choice("", limit=500))[0], None).nodes
        every = record_answers(desk, nodes)
        few = record_answers(desk, nodes, 20_000)
        assert record_answers(desk, nodes, 0) == {}
    assert few.items() <= every.items()
    assert 0 < len(json.dumps(list(few.values()), ensure_ascii=False)) < 21_000


def test_the_most_joined_are_chosen_where_no_name_is_given() -> None:
    with sample.sample_store() as store:
        ids, cut = choose_nodes(store, Choice("", limit=5))
        every, all_cut = choose_nodes(store, Choice("", limit=500))
        with pytest.raises(QueryError, match="only a query"):
            choose_nodes(store, Choice("盘锦大米", {"x": "1"}))
    assert ids == every[:5]
    assert (cut, all_cut) == (True, False)


def test_every_module_goes_into_the_bundle_after_those_it_imports() -> None:
    script = bundle.bundle_modules()
    made = re.findall(r'^makers\.set\("([^"]+)"', script, re.MULTILINE)
    assert len(made) == len(set(made))
    static = Path(bundle.__file__).parent / "static"
    views = {f"views/{path.name}" for path in (static / "views").glob("*.js")}
    assert views | {"app.js", "registry.js"} <= set(made)
    for name, body in re.findall(
        r'^makers\.set\("([^"]+)", \(\) => \{\n(.*?)^\}\);', script, re.M | re.S
    ):
        for needed in re.findall(r'\$need\("([^"]+)"\)', body):
            assert made.index(needed) < made.index(name)
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('import x from "./lib/dom.js";\n', "cannot put this form"),
        ("export { x };\n", "cannot put this form"),
        ('import { x } from "elsewhere";\n', "no file of the page"),
        ('import { x } from "./app.js";\n', "import each other"),
    ],
)
def test_a_form_that_is_not_known_is_refused(
    monkeypatch: pytest.MonkeyPatch, code: str, words: str
) -> None:
    bundle.bundle_modules.cache_clear()
    monkeypatch.setattr(bundle, "_asset", lambda name: code)
    with pytest.raises(ValueError, match=words):
        bundle.bundle_modules()
    bundle.bundle_modules.cache_clear()
