"""What every store must do, whichever engine keeps the graph.

To hold another engine to it, add a way to make an empty store of it to `make_store`.
"""

from collections.abc import Callable, Iterator

import pytest
from builders import NoticeBuilder, reuse_edge, small_notice, with_property
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import fragment_sets, fragments

from kg.errors import FragmentError, StoreRejected, StoreUnavailable
from kg.jsonl import format_edge, format_fragment, format_node, parse_line
from kg.store import Store
from kg.types import Edge, GraphFragment, Node

some = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Iterator[Store]:
    with make_store() as store:
        yield store


def lines(store: Store) -> list[str]:
    return [format_node(x) if isinstance(x, Node) else format_edge(x) for x in store.dump()]


def edges_of(store: Store, kind: str) -> list[Edge]:
    return [x for x in store.dump() if isinstance(x, Edge) and x.type == kind]


def nodes_of(store: Store, label: str) -> list[Node]:
    return [x for x in store.dump() if isinstance(x, Node) and x.label == label]


def graph_of(make_store: Callable[[], Store], *loads: GraphFragment) -> list[str]:
    with make_store() as store:
        for fragment in loads:
            store.load(fragment)
        return lines(store)


# One notice


def test_a_dump_is_the_fragment(store: Store) -> None:
    fragment = small_notice().build()
    store.load(fragment)
    assert [*store.dump()] == [parse_line(line) for line in format_fragment(fragment)]


@some
@given(fragment=fragments())
def test_loading_loses_nothing(make_store: Callable[[], Store], fragment: GraphFragment) -> None:
    assert graph_of(make_store, fragment) == [*format_fragment(fragment)]


def test_outcomes(store: Store) -> None:
    builder = small_notice()
    first, second = store.load(builder.build()), store.load(builder.build())
    builder.measure("二", "另一措施")
    third = store.load(builder.build())
    assert [r.outcome for r in (first, second, third)] == ["added", "unchanged", "replaced"]
    assert (third.nodes, third.edges) == (len(builder.build().nodes), len(builder.edges))


def test_a_changed_notice_says_nothing_of_what_it_said(store: Store) -> None:
    store.load(small_notice().build())
    bare = NoticeBuilder("关于推进知识产权强省建设的通知", number="甲政发〔2024〕3号").build()
    assert store.load(bare).outcome == "replaced"
    assert lines(store) == [*format_fragment(bare)]


def test_remove(store: Store) -> None:
    fragment = small_notice().build()
    store.load(fragment)
    assert store.remove(fragment.notice_id)
    assert not store.remove(fragment.notice_id)
    assert lines(store) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "cited"}, "must have status 'loaded'"),
        ({"colour": "red"}, "has no property 'colour'"),
        ({"validity": "\ud800"}, "cannot be kept"),
    ],
)
def test_invalid_nodes_are_refused(store: Store, change: dict[str, str], reason: str) -> None:
    fragment = small_notice().build()
    with pytest.raises(FragmentError, match=reason):
        store.load(with_property(fragment, fragment.notice_id, **change))
    assert lines(store) == []


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, float("nan"), float("inf")])
def test_numbers_that_cannot_be_kept_are_refused(store: Store, value: float) -> None:
    builder = NoticeBuilder("甲")
    builder.node("Target", "目标", metric="件数", comparator="=", value=value)
    with pytest.raises(FragmentError, match=r"cannot be kept|beyond 64 bits"):
        store.load(builder.build())
    assert lines(store) == []


def test_a_fragment_speaks_for_its_own_notice_only(store: Store) -> None:
    builder = small_notice()
    other = NoticeBuilder("别的通知")
    measure = other.measure("一", "别的措施")
    builder.nodes |= other.nodes
    with pytest.raises(FragmentError, match=f"belongs to notice {other.id}"):
        store.load(builder.build())
    del builder.nodes[measure.id]
    builder.edge("CITES", builder.ref, builder.stub("丙"), notice_id=other.id)
    with pytest.raises(FragmentError, match=f"rests on notice {other.id}"):
        store.load(builder.build())


def test_what_only_the_store_may_say_is_refused(store: Store) -> None:
    builder = NoticeBuilder("甲")
    builder.edge("CITES", builder.ref, builder.stub("乙"), cited_as="x")
    with pytest.raises(FragmentError, match="cited_as"):
        store.load(builder.build())


# Several notices


def test_shared_nodes_last_while_a_notice_attests_them(store: Store) -> None:
    one, two = NoticeBuilder("一号通知"), NoticeBuilder("二号通知")
    for builder in (one, two):
        builder.role("LEADS", "甲省教育厅", builder.measure("一", "措施"))
        store.load(builder.build())
    store.remove(one.id)
    assert lines(store) == [*format_fragment(two.build())]
    store.remove(two.id)
    assert lines(store) == []


def test_shared_nodes_say_what_all_notices_say(store: Store) -> None:
    one, two = NoticeBuilder("一号通知"), NoticeBuilder("二号通知")
    one.node("Agency", "甲局", aliases=["丙", "乙"], kind="department")
    two.node("Agency", "甲局", aliases=["丁", "乙"], kind="agency", level="county")
    store.load(one.build())
    store.load(two.build())
    merged = {"name": "甲局", "aliases": ["丁", "丙", "乙"], "kind": "agency", "level": "county"}
    assert sorted(merged["aliases"]) == merged["aliases"]
    assert [dict(n.properties) for n in nodes_of(store, "Agency")] == [merged]
    store.remove(two.id)
    alone = {"name": "甲局", "aliases": ["丙", "乙"], "kind": "department"}
    assert [dict(n.properties) for n in nodes_of(store, "Agency")] == [alone]


def test_reference_edges_last_while_a_notice_attests_them(store: Store) -> None:
    one, two = NoticeBuilder("一号通知"), NoticeBuilder("二号通知")
    for builder in (one, two):
        builder.known("PART_OF", builder.node("Place", "乙市"), builder.node("Place", "甲省"))
        store.load(builder.build())
    assert len(edges_of(store, "PART_OF")) == 1
    store.remove(one.id)
    assert len(edges_of(store, "PART_OF")) == 1
    two.edges.clear()
    store.load(two.build())
    assert edges_of(store, "PART_OF") == []
    assert len(nodes_of(store, "Place")) == 2


@some
@given(loads=fragment_sets(), data=st.data())
def test_order_and_repetition_do_not_matter(
    make_store: Callable[[], Store], loads: list[GraphFragment], data: st.DataObject
) -> None:
    others = data.draw(st.permutations([*loads, loads[0]]))
    assert graph_of(make_store, *loads) == graph_of(make_store, *others)


@some
@given(history=fragment_sets(6), data=st.data())
def test_history_does_not_matter(
    make_store: Callable[[], Store], history: list[GraphFragment], data: st.DataObject
) -> None:
    """Loads, replacements and removals leave what loading the survivors alone would."""
    ids = [fragment.notice_id for fragment in history]
    current: dict[str, GraphFragment] = {}
    with make_store() as store:
        for fragment in [*history, *data.draw(st.lists(fragments(), max_size=4))]:
            store.load(fragment)
            current[fragment.notice_id] = fragment
            if data.draw(st.booleans()):
                gone = data.draw(st.sampled_from(ids))
                assert store.remove(gone) == (current.pop(gone, None) is not None)
        assert lines(store) == graph_of(make_store, *current.values())


# Cited notices

CITED = [
    pytest.param("关于甲的通知", None, id="same title"),
    pytest.param("《关于甲的\u3000通知》", None, id="title marks and spaces"),
    pytest.param("甲通知", "甲发〔2024〕1号", id="number, title shortened"),
    pytest.param("甲通知", "甲发［2024］０１号", id="number written otherwise"),
]
NOT_CITED = [
    pytest.param("关于甲的通知", "甲发〔2023〕1号", id="same title, other number"),
    pytest.param("甲通知", "第1号", id="a number that many bear"),
    pytest.param("关于甲的通知的通知", None, id="other title"),
]


def cited_notice() -> NoticeBuilder:
    return NoticeBuilder("关于甲的通知", number="甲发〔2024〕1号")


@pytest.mark.parametrize("cited_first", [True, False])
@pytest.mark.parametrize(("title", "number"), CITED)
def test_citations_reach_the_loaded_notice(
    store: Store, title: str, number: str | None, cited_first: bool
) -> None:
    cited, citing = cited_notice(), NoticeBuilder("关于乙的通知")
    edge = citing.cites(title, number)
    stub = citing.stub(title, number)
    alone = [*format_fragment(citing.build())]
    for builder in (cited, citing) if cited_first else (citing, cited):
        store.load(builder.build())
    (found,) = edges_of(store, "CITES")
    assert (found.id, found.end.id, found.properties["cited_as"]) == (edge, cited.id, stub.id)
    assert {n.id for n in nodes_of(store, "Notice")} == {cited.id, citing.id}
    store.remove(cited.id)
    assert lines(store) == alone


@pytest.mark.parametrize(("title", "number"), NOT_CITED)
def test_citations_of_other_notices_stay(store: Store, title: str, number: str | None) -> None:
    citing = NoticeBuilder("关于乙的通知")
    citing.cites(title, number)
    store.load(cited_notice().build())
    store.load(citing.build())
    (found,) = edges_of(store, "CITES")
    assert found.end == citing.stub(title, number)
    assert "cited_as" not in found.properties


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        ("某省人民政府关于印发某省保护办法的通知", "某省保护办法"),
        ("某省保护办法", "关于印发《某省保护办法》的通知"),
        ("某局关于印发《某省保护办法》的通知", "关于发布某省保护办法的公告"),
    ],
)
def test_a_text_and_the_notice_that_puts_it_out_are_one(
    store: Store, title: str, cited: str
) -> None:
    loaded, citing = NoticeBuilder(title), NoticeBuilder("关于乙的通知")
    citing.cites(cited)
    for builder in (citing, loaded):
        store.load(builder.build())
    assert [edge.end.id for edge in edges_of(store, "CITES")] == [loaded.id]


def test_a_citation_that_fits_two_notices_stays(store: Store) -> None:
    citing = NoticeBuilder("关于乙的通知")
    citing.cites("年度要点")
    one, two = (NoticeBuilder("年度要点", issued_on=f"202{n}-01-01") for n in (1, 2))
    ends = []
    for builder in (citing, one, two):
        store.load(builder.build())
        ends += [edge.end.id for edge in edges_of(store, "CITES")]
    store.remove(one.id)
    ends += [edge.end.id for edge in edges_of(store, "CITES")]
    stub = citing.stub("年度要点").id
    assert ends == [stub, one.id, stub, two.id]


def test_a_notice_does_not_cite_itself(store: Store) -> None:
    builder = cited_notice()
    measure = builder.measure("一", "措施")
    builder.cites("关于甲的通知", start=measure)
    builder.cites("关于甲的通知")
    store.load(builder.build())
    assert lines(store) == [*format_fragment(builder.build())]
    other = NoticeBuilder("关于乙的通知")
    other.cites("关于甲的通知")
    store.load(other.build())
    ends = {edge.properties["notice_id"]: edge.end.id for edge in edges_of(store, "CITES")}
    assert ends == {builder.id: builder.stub("关于甲的通知").id, other.id: builder.id}


def test_a_stub_held_by_its_own_notice_says_what_others_say(store: Store) -> None:
    own = cited_notice()
    own.cites("关于甲的通知")
    other = NoticeBuilder("关于乙的通知")
    stub = other.stub("关于甲的通知")
    other.cites("关于甲的通知")
    told = with_property(other.build(), stub.id, kind="通知")
    graphs = []
    for loads in ((own.build(), told), (told, own.build())):
        for fragment in loads:
            store.load(fragment)
        graphs.append(lines(store))
        (found,) = [n for n in nodes_of(store, "Notice") if n.id == stub.id]
        assert found.properties["kind"] == "通知"
        store.remove(own.id)
        store.remove(other.id)
    assert graphs[0] == graphs[1]


def test_a_replaced_notice_with_another_title_gives_its_citations_back(store: Store) -> None:
    citing, cited = (
        NoticeBuilder("关于乙的通知"),
        NoticeBuilder("关于甲的通知", number="甲发〔2024〕1号"),
    )
    citing.cites("关于甲的通知")
    store.load(citing.build())
    store.load(cited.build())
    assert edges_of(store, "CITES")[0].end.id == cited.id
    cited.title = "关于丙的通知"
    store.load(cited.build())
    assert edges_of(store, "CITES")[0].end == citing.stub("关于甲的通知")


# Text reuse


def two_notices(store: Store) -> tuple[NoticeBuilder, NoticeBuilder, Edge]:
    early, late = NoticeBuilder("早的通知"), NoticeBuilder("晚的通知")
    edge = reuse_edge(late.measure("一", "措施"), early.measure("一", "措施"), late.id)
    store.load(early.build())
    store.load(late.build())
    return early, late, edge


def test_reuse_is_replaced(store: Store) -> None:
    early, late, edge = two_notices(store)
    store.replace_reuse([late.id], [edge])
    store.replace_reuse([early.id], [edge])
    assert edges_of(store, "DERIVES_FROM") == [edge]
    store.replace_reuse([early.id], [])
    assert edges_of(store, "DERIVES_FROM") == []


@pytest.mark.parametrize("which", [0, 1])
def test_reuse_goes_with_either_notice(store: Store, which: int) -> None:
    *builders, edge = two_notices(store)
    store.replace_reuse([builders[1].id], [edge])
    builders[which].cites("别的")
    store.load(builders[which].build())
    assert edges_of(store, "DERIVES_FROM") == []


def test_reuse_that_cannot_be_kept_is_refused(store: Store) -> None:
    early, late, edge = two_notices(store)
    with pytest.raises(StoreRejected, match="touches none"):
        store.replace_reuse(["x"], [edge])
    store.remove(early.id)
    with pytest.raises(StoreRejected, match="not loaded"):
        store.replace_reuse([late.id], [edge])


# Reading


def test_rows_are_plain(store: Store) -> None:
    store.load(small_notice().build())
    rows = store.run(
        "MATCH (a:Agency {name: $name})-[r:LEADS]->(m:Measure) "
        "RETURN m.title AS title, [a.name] AS names, {quote: r.quote} AS evidence",
        {"name": "甲省教育厅"},
    )
    assert rows == [
        {"title": "支持盘锦大米发展", "names": ["甲省教育厅"], "evidence": {"quote": "关于"}}
    ]


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Agency {id: 'x'})",
        "MATCH (n) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) /* CREATE */ REMOVE n.name",
        "CREATE INDEX i FOR (n:Agency) ON (n.name)",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "CALL db.labels()",
        "RETURN 1; MATCH (n) DELETE n",
        "",
    ],
)
def test_statements_that_write_are_refused(store: Store, cypher: str) -> None:
    store.load(small_notice().build())
    before = lines(store)
    with pytest.raises(StoreRejected):
        store.run(cypher)
    assert lines(store) == before


@pytest.mark.parametrize("cypher", ["MATCH (n RETURN n", "RETURN $missing AS x", "RETURN m.x"])
def test_wrong_statements_are_refused(store: Store, cypher: str) -> None:
    with pytest.raises(StoreRejected):
        store.run(cypher)


def test_status_counts_what_the_ontology_knows(store: Store) -> None:
    builder = small_notice()
    store.load(builder.build())
    status = store.status()
    assert sum(status.nodes.values()) == len(builder.build().nodes)
    assert sum(status.edges.values()) == len(builder.edges)
    assert "ATTESTS" not in status.edges
    assert (status.notices_loaded, status.notices_cited) == (1, 2)


SEARCHES = [
    # the query, and the names that must come first, in that order
    ("盘锦大米", ["盘锦大米", "支持盘锦大米发展"]),  # exact before part
    ("盘锦米", ["盘锦大米"]),  # alias
    ("省教育厅", ["甲省教育厅"]),  # how people say it
    ("教育厅", ["甲省教育厅"]),
    ("厅", ["甲省教育厅", "甲省科学技术厅"]),  # shorter first
    ("甲省", ["甲省", "甲省教育厅"]),  # prefix after exact
    ("乙城", ["乙市"]),
    ("甲政发〔2024〕3号", ["关于推进知识产权强省建设的通知"]),
    ("甲省教厅", ["甲省教育厅"]),  # no part of it: shares pairs
    ("没有的东西", []),
    ("  ", []),
]


@pytest.mark.parametrize(("text", "names"), SEARCHES)
def test_search(store: Store, text: str, names: list[str]) -> None:
    store.load(small_notice().build())
    hits = store.search(text)
    assert [hit.name for hit in hits][: max(1, len(names))] == names
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_search_by_label_and_limit(store: Store) -> None:
    store.load(small_notice().build())
    assert {hit.label for hit in store.search("甲省", ["Agency"])} == {"Agency"}
    assert len(store.search("甲省", limit=2)) == 2
    assert store.search("甲省", limit=0) == []
    with pytest.raises(StoreRejected, match="Colour"):
        store.search("甲省", ["Colour"])


def test_every_write_changes_the_version(store: Store) -> None:
    versions = [store.version(), store.version()]
    assert versions[0] == versions[1]
    fragment = small_notice().build()
    store.load(fragment)
    versions.append(store.version())
    store.load(NoticeBuilder("另一份通知").build())
    versions.append(store.version())
    store.remove(fragment.notice_id)
    versions.append(store.version())
    assert len(set(versions)) == len(versions) - 1


def test_a_version_is_of_one_graph_only(make_store: Callable[[], Store]) -> None:
    versions = set()
    for title in ("甲的通知", "乙的通知"):
        with make_store() as store:
            store.load(NoticeBuilder(title).build())
            versions.add(store.version())
    assert len(versions) == 2


def test_a_snapshot_answers_like_its_store(store: Store) -> None:
    store.load(small_notice().build())
    view = store.snapshot()
    assert view.version() == store.version()
    assert [*view.dump()] == [*store.dump()]
    assert view.search("盘锦大米") == store.search("盘锦大米")


def test_a_closed_store_says_so(make_store: Callable[[], Store]) -> None:
    store = make_store()
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.status()
