import random
import re
from html.parser import HTMLParser

import pytest

from kg.ontology import load_ontology
from viz.graph import neighbourhood_html, wrap_label
from viz.layout import is_trunk, radial_layout
from viz.model import Evidence, GraphEdge, GraphNode, Neighbourhood
from viz.names import EDGES, LABELS, RELATIONS, edge_name
from viz.payload import text_window

EVIL = "<img src=x onerror=alert(1)></script><script>alert(2)</script> href='//e.vil' \u2028"
TEXT = f"第一段。\n1.培育甲山苹果等产品。(省农业农村厅牵头)\n{EVIL}"


def evidence(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence("n1", EVIL, start, start + len(quote), quote, TEXT, 0)


def evil_view(measures: int = 3) -> Neighbourhood:
    nodes = [GraphNode("p1", "Product", EVIL), GraphNode("n1", "Notice", EVIL)]
    edges = [GraphEdge("l1", "LOCATED_IN", "p1", "n1", source=EVIL)]
    for index in range(measures):
        nodes.append(GraphNode(f"m{index}", "Measure", f"{EVIL}{index}"))
        edges.append(
            GraphEdge(f"e{index}", "SUPPORTS", f"m{index}", "p1", evidence=evidence("甲山苹果"))
        )
        edges.append(GraphEdge(f"q{index}", "MENTIONS", f"m{index}", "p1", evidence=evidence(EVIL)))
    return Neighbourhood("p1", tuple(nodes), tuple(edges), truncated=True)


class Tags(HTMLParser):
    """Collects what a browser would make elements of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_markup_in_names_stays_text() -> None:
    parser = Tags()
    parser.feed(neighbourhood_html(evil_view()))
    names = [tag for tag, _ in parser.tags]
    assert "img" not in names
    assert names.count("script") == len(re.findall(r"<script", _without_script_bodies()))
    assert not [attrs for _, attrs in parser.tags if any(key.startswith("on") for key in attrs)]


def _without_script_bodies() -> str:
    clean = Neighbourhood("p1", (GraphNode("p1", "Product", "甲山苹果"),), ())
    page = neighbourhood_html(clean)
    return re.sub(r"(<script[^>]*>).*?</script>", r"\1</script>", page, flags=re.DOTALL)


def test_page_refers_to_nothing_outside_itself() -> None:
    parser = Tags()
    parser.feed(neighbourhood_html(evil_view()))
    for tag, attributes in parser.tags:
        assert tag not in {"link", "iframe", "object", "embed", "base"}
        assert not {"src", "href", "action", "srcset"} & attributes.keys(), (tag, attributes)


def test_policy_allows_only_the_scripts_of_the_page() -> None:
    page = neighbourhood_html(evil_view())
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert "unsafe-inline" not in directives["script-src"]
    assert directives["script-src"].count("sha256-") == 4  # library, drawing, two of ours


def test_drawing_is_the_same_every_time() -> None:
    assert neighbourhood_html(evil_view()) == neighbourhood_html(evil_view())


def test_layout_does_not_depend_on_the_order_of_edges() -> None:
    view = evil_view(40)
    shuffled = list(view.edges)
    random.Random(7).shuffle(shuffled)
    again = Neighbourhood(view.centre, view.nodes[::-1], tuple(shuffled))
    assert radial_layout(view) == radial_layout(again)


def test_layout_gives_every_node_a_place_of_its_own() -> None:
    view = evil_view(60)
    stray = Neighbourhood(view.centre, (*view.nodes, GraphNode("s", "Place", "孤城")), view.edges)
    positions = radial_layout(stray).positions
    assert positions.keys() == {node.id for node in stray.nodes}
    assert len(set(positions.values())) == len(stray.nodes)
    assert positions["p1"] == (0.0, 0.0)


def test_edges_across_the_tree_and_parallel_ones_are_bent() -> None:
    view = evil_view(2)
    across = GraphEdge("x1", "DERIVES_FROM", "m0", "m1", relation="text_reuse", source="x")
    view = Neighbourhood(view.centre, view.nodes, (*view.edges, across))
    layout = radial_layout(view)
    assert is_trunk(layout, view.edges[1])
    assert not is_trunk(layout, across)
    page = neighbourhood_html(view)
    bends = re.findall(r'"smooth": \{"enabled": (true|false)', page)
    assert bends.count("false") == 3  # each of the tree's pairs once
    assert bends.count("true") == 3  # a second edge between two pairs, and the one across


def test_five_thousand_nodes_are_drawn_without_physics() -> None:
    nodes = tuple(GraphNode(f"n{i}", "Agency", f"第{i}局") for i in range(5000))
    edges = tuple(GraphEdge(f"e{i}", "PART_OF", f"n{i}", "n0", source="x") for i in range(1, 5000))
    page = neighbourhood_html(Neighbourhood("n0", nodes, edges))
    assert '"physics": {"enabled": false}' in page
    assert '"label": "隶属"' not in page  # thousands of edge labels would cover the drawing


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("甲山苹果", "甲山苹果"),
        ("一二三四五六七八九十", "一二三四五\n六七八九十"),
        ("一二三四五六七八九" * 3, "一二三四五六七八九\n一二三四五六七八…"),
    ],
)
def test_long_names_take_two_lines(name: str, label: str) -> None:
    assert wrap_label(name) == label


def test_every_label_and_edge_of_the_ontology_has_a_name() -> None:
    ontology = load_ontology()
    assert LABELS.keys() == ontology.labels.keys()
    assert EDGES.keys() == ontology.edges.keys()
    assert set(RELATIONS) == set(ontology.edges["DERIVES_FROM"].properties["relation"].values or ())


@pytest.mark.parametrize(
    ("edge", "name"),
    [
        (("SUPPORTS", "Agency", None), "配合"),
        (("SUPPORTS", "Measure", None), "支持"),
        (("DERIVES_FROM", "Notice", "amends"), "修订"),
        (("DERIVES_FROM", "Notice", None), "源自"),
    ],
)
def test_edges_are_named_by_what_they_mean(edge: tuple[str, str, str | None], name: str) -> None:
    assert edge_name(*edge) == name


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((3, 5), (0, "零一二三四五六")),  # the margin reaches both ends
        ((10, 12), (8, "一行乙乙乙")),  # cut at the ends of the line
    ],
)
def test_text_window_is_cut_at_lines(span: tuple[int, int], expected: tuple[int, str]) -> None:
    text = "零一二三四五六\n一行乙乙乙\n丙丙丙丙"
    start, window = text_window(text, *span, margin=4)
    assert (start, window) == expected
    assert window[span[0] - start : span[1] - start] == text[span[0] : span[1]]


def test_text_window_of_one_endless_line_is_bounded() -> None:
    text = "长" * 100_000
    start, window = text_window(text, 50_000, 50_010, margin=400)
    assert (start, len(window)) == (49_600, 810)
