"""The catalogue: every query runs, and its rows are what the graph says."""

import random
from collections.abc import Callable, Iterator, Mapping

import graph_fixture as sample
import pytest
from pydantic import ValidationError

from kg.errors import QueryError
from kg.ids import node_id
from kg.store import Store
from kg.types import Edge, GraphFragment, Node
from queries.catalogue import load_catalogue, run_query
from queries.measure_count import CountRow
from queries.notice_count import NoticeCountRow
from queries.rows import GraphRow
from queries.types import MAX_LIMIT, EvidenceRow, QueryResult

CATALOGUE = load_catalogue()
TEXTS = {
    sample.LIAONING_TITLE: sample.LIAONING,
    sample.JILIN_TITLE: sample.JILIN,
    sample.PANJIN_TITLE: sample.PANJIN,
}
TEXT_OF = {
    fragment.notice_id: text
    for fragment, text in zip(
        sample.fragments(), (sample.LIAONING, sample.JILIN, sample.PANJIN), strict=True
    )
}


@pytest.fixture(scope="module")
def store(make_store: Callable[[], Store]) -> Iterator[Store]:
    with sample.sample_store(make_store) as store:
        yield store


def ask(store: Store, name: str, **parameters: object) -> list[dict[str, object]]:
    return [row.model_dump() for row in run_query(store, name, parameters).rows]


def column(rows: list[dict[str, object]], *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


# The catalogue


def test_what_the_catalogue_has() -> None:
    assert {
        "measures_by_actor",
        "actors_of_measure",
        "measures_about",
        "measures_by_instrument",
        "measures_by_deadline",
        "notices_by_issuer",
        "notice_lineage",
        "notice_descendants",
        "neighbourhood",
        "shortest_path",
        "cooperation",
        "instrument_classes",
        "search",
        "notice",
        "entity",
    } <= set(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_is_described_in_both_languages(name: str) -> None:
    query = CATALOGUE[name]
    for described in (query, *query.parameters):
        assert any("一" <= character <= "鿿" for character in described.summary_zh)
        assert described.summary_en.isascii() or "省" in described.summary_en
    assert set(query.example) <= {parameter.name for parameter in query.own_parameters}


@pytest.mark.parametrize("name", CATALOGUE)
def test_example_has_rows(store: Store, name: str) -> None:
    query = CATALOGUE[name]
    result = run_query(store, name, query.example)
    assert result.rows
    assert not result.truncated
    assert all(type(row) is query.row for row in result.rows)


@pytest.mark.parametrize("name", CATALOGUE)
def test_evidence_is_in_the_notice(store: Store, name: str) -> None:
    for row in run_query(store, name, CATALOGUE[name].example).rows:
        if isinstance(row, EvidenceRow) or getattr(row, "quote", None) is not None:
            known = row.model_dump()
            text = TEXT_OF[known["notice_id"]]
            assert text[known["start"] : known["end"]] == known["quote"]
            assert known["quote"]


@pytest.mark.parametrize("name", CATALOGUE)
def test_pages_make_the_whole(store: Store, name: str) -> None:
    example = CATALOGUE[name].example
    whole = run_query(store, name, example).rows
    paged: list[object] = []
    for skip in range(len(whole)):
        page = run_query(store, name, {**example, "limit": 1, "skip": skip})
        assert page.truncated == (skip + 1 < len(whole))
        paged += page.rows
    assert paged == [*whole]
    assert run_query(store, name, {**example, "skip": len(whole)}).rows == ()


@pytest.mark.parametrize("name", CATALOGUE)
def test_load_order_does_not_matter(store: Store, name: str) -> None:
    from kg.stores import open_store

    with open_store("memory:", mode="write") as other:
        for fragment in reversed(sample.fragments()):
            other.load(fragment)
        sample.relate(other)
        example = CATALOGUE[name].example
        assert run_query(other, name, example) == run_query(store, name, example)


def test_rows_refuse_unknown_columns_and_changes() -> None:
    for query in CATALOGUE.values():
        assert query.row.model_config["extra"] == "forbid"
        assert query.row.model_config["frozen"] is True
    row = GraphRow(kind="node", id="x", type="Place", depth=0, properties={})
    with pytest.raises(ValidationError, match="frozen"):
        row.id = "y"  # type: ignore[misc]


# Parameters


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("measure_by_actor", {}, "did you mean measures_by_actor"),
        ("nothing", {}, "known: actor_partners, actor_ranking"),
        ("measures_by_actor", {}, "needs the parameter actor"),
        ("measures_by_actor", {"actor": ""}, "1 to 1000 characters"),
        ("measures_by_actor", {"actr": "x"}, "did you mean actor"),
        ("measures_by_actor", {"actor": "x", "role": "LEAD"}, "LEADS, RESPONSIBLE_FOR, SUPPORTS"),
        ("measures_by_actor", {"actor": 5}, "must be text"),
        ("measures_by_actor", {"actor": "x", "units": "maybe"}, "true or false"),
        ("measures_by_actor", {"actor": "x", "limit": 0}, "1 to 1000"),
        ("measures_by_actor", {"actor": "x", "limit": MAX_LIMIT + 1}, "1 to 1000"),
        ("measures_by_actor", {"actor": "x", "limit": "ten"}, "whole number"),
        ("measures_by_actor", {"actor": "x", "limit": True}, "whole number"),
        ("measures_by_actor", {"actor": "x", "limit": 1.5}, "whole number"),
        ("measures_by_actor", {"actor": "x", "skip": -1}, "0 to 100000"),
        ("measures_by_actor", {"actor": "x" * 10_000}, "1 to 1000 characters, not 10000"),
        ("measures_by_actor", {"actor": "\ud800"}, "lone surrogate"),
        ("measures_by_deadline", {"from": "soon"}, "2025-06-30"),
        ("measures_by_deadline", {"from": "2025-13"}, "2025-06-30"),
        ("measures_by_deadline", {"ongoing": True, "to": "2025"}, "omit from and to"),
        ("notice_lineage", {"notice": "x", "depth": 21}, "1 to 20"),
        ("neighbourhood", {"id": "x", "depth": 3}, "1 to 2"),
        ("neighbourhood", {"id": "没有的"}, "nothing is named so"),
        ("search", {"text": "米"}, "2 to 1000"),
    ],
)
def test_bad_parameters(
    store: Store, name: str, parameters: Mapping[str, object], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        run_query(store, name, parameters)


def test_values_are_converted(store: Store) -> None:
    typed = run_query(store, "measures_by_actor", {"actor": "省教育厅", "limit": 2, "units": True})
    text = {"actor": " 省教育厅 ", "limit": "2", "units": "true", "role": None}
    assert run_query(store, "measures_by_actor", text) == typed
    assert typed.truncated


HOSTILE = [
    "'",
    '"',
    "\\",
    "`",
    "}) DETACH DELETE n //",
    "x' OR 1=1 RETURN n //",
    "$actor",
    "{id: $id}",
    "</script><script>",
    "%s{0}{name}",
    "\x00\x01",
    "𠮷𠮷",
    "省" * 1000,
    "(" * 1000,
    "、" * 1000,
    " ",
]

NOTHING = (CountRow(measures=0, notices=0), NoticeCountRow(notices=0))


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_find_nothing(store: Store, value: str) -> None:
    before = store.status()
    for name, query in CATALOGUE.items():
        for parameter in query.own_parameters:
            if parameter.type != "text" or parameter.values:
                continue
            try:
                result = run_query(store, name, {**query.example, parameter.name: value})
            except QueryError:
                continue
            found = [row for row in result.rows if row not in NOTHING]
            assert not found or not value.strip(), (name, parameter.name)
    assert store.status() == before


def test_ten_thousand_characters(store: Store) -> None:
    for name, query in CATALOGUE.items():
        for parameter in query.own_parameters:
            if parameter.type == "text":
                with pytest.raises(QueryError) as raised:
                    run_query(store, name, {**query.example, parameter.name: "省" * 10_000})
                assert len(str(raised.value)) < 500


# What each answers


def test_measures_by_actor(store: Store) -> None:
    rows = ask(store, "measures_by_actor", actor="辽宁省教育厅")
    assert column(rows, "measure", "role", "quote") == [
        ("加强盘锦大米保护", "SUPPORTS", "省教育厅"),
        ("加强地理标志保护", "SUPPORTS", "省教育厅"),
        ("培养知识产权人才", "RESPONSIBLE_FOR", "省教育厅"),
    ]
    assert rows[1]["due_on"] == "2024-12-31"
    assert rows[1]["notice_title"] == sample.LIAONING_TITLE
    led = ask(store, "measures_by_actor", actor="吉林教育厅", role="LEADS")
    assert column(led, "measure", "actor") == [("设立知识产权学院", "吉林省教育厅")]


def test_a_relative_name_means_every_province(store: Store) -> None:
    result = run_query(store, "measures_by_actor", {"actor": "省教育厅"})
    assert {row.model_dump()["actor"] for row in result.rows} == {"辽宁省教育厅", "吉林省教育厅"}
    assert "吉林省教育厅、辽宁省教育厅" in result.notes[0]


def test_units_and_collectives(store: Store) -> None:
    plain = ask(store, "measures_by_actor", actor="吉林省教育厅")
    assert column(plain, "measure", "stands_for") == [("设立知识产权学院", None)]
    units = ask(store, "measures_by_actor", actor="吉林省教育厅", units=True)
    assert column(units, "measure", "actor", "stands_for")[1] == (
        "开展宣传周活动",
        "吉林省教育厅高等教育处",
        "吉林省教育厅",
    )
    assert ask(store, "measures_by_actor", actor="沈阳市人民政府") == []
    cities = ask(store, "measures_by_actor", actor="沈阳市政府", collectives=True)
    assert column(cities, "measure", "actor", "stands_for") == [
        ("建好信息平台", "辽宁省各市人民政府", "沈阳市人民政府")
    ]
    both = ask(store, "measures_by_actor", actor="市政府", collectives=True)
    assert both[0]["stands_for"] == "沈阳市人民政府、盘锦市人民政府"


def test_actors_of_measure(store: Store) -> None:
    rows = ask(store, "actors_of_measure", measure="加强地理标志保护")
    assert column(rows, "role", "actor") == [
        ("LEADS", "辽宁省知识产权局"),
        ("SUPPORTS", "辽宁省教育厅"),
        ("SUPPORTS", "辽宁省农业农村厅"),
    ]
    by_id = ask(store, "actors_of_measure", measure=rows[0]["measure_id"], role="LEADS")
    assert by_id == rows[:1]
    part = run_query(store, "actors_of_measure", {"measure": "地理标志"})
    assert {row.model_dump()["measure"] for row in part.rows} == {"加强地理标志保护"}
    assert "名称包含" in part.notes[0]


def test_actors_about(store: Store) -> None:
    rows = ask(store, "actors_about", subject="兴辽英才计划")
    assert column(rows, "actor", "role", "subject_quote") == [
        ("辽宁省教育厅", "RESPONSIBLE_FOR", "兴辽英才计划")
    ]


@pytest.mark.parametrize(
    ("subject", "measures"),
    [
        ("盘锦大米", ["加强盘锦大米保护", "加强地理标志保护"]),
        ("盘锦", ["加强地理标志保护"]),  # alias of 盘锦市; the rice is not meant
        ("大连理工大学", ["培养知识产权人才"]),
        ("知识产权信息平台", ["建好信息平台"]),  # a part of its name
        ("全国知识产权宣传周", ["开展宣传周活动"]),
        ("不存在的地方", []),
    ],
)
def test_measures_about(store: Store, subject: str, measures: list[str]) -> None:
    assert [row["measure"] for row in ask(store, "measures_about", subject=subject)] == measures


def test_measures_about_narrowed_and_widened(store: Store) -> None:
    assert ask(store, "measures_about", subject="盘锦市", relation="SUPPORTS") == []
    assert ask(store, "measures_about", subject="盘锦市", label="Product") == []
    assert ask(store, "measures_about", subject="辽宁省") == []
    within = ask(store, "measures_about", subject="辽宁省", within=True)
    assert {(row["subject"], row["measure"]) for row in within} == {
        ("盘锦市", "加强地理标志保护"),
        ("大连市", "加强地理标志保护"),
        ("盘锦大米", "加强地理标志保护"),
        ("盘锦大米", "加强盘锦大米保护"),
        ("大连理工大学", "培养知识产权人才"),
    }


def test_measures_by_actor_about(store: Store) -> None:
    rows = ask(store, "measures_by_actor_about", actor="省教育厅", subject="盘锦大米")
    assert column(rows, "measure", "actor") == [
        ("加强盘锦大米保护", "辽宁省教育厅"),
        ("加强地理标志保护", "辽宁省教育厅"),
    ]
    assert ask(store, "measures_by_actor_about", actor="吉林省教育厅", subject="盘锦大米") == []


@pytest.mark.parametrize(
    ("instrument", "measures"),
    [
        ("funding", {"设立知识产权学院", "加强地理标志保护"}),
        ("财政资金与资助", {"设立知识产权学院", "加强地理标志保护"}),
        ("Public funding and grants", {"设立知识产权学院", "加强地理标志保护"}),
        ("资助", {"设立知识产权学院", "加强地理标志保护"}),
        ("environment", {"开展宣传周活动"}),
        ("人才培养", {"培养知识产权人才"}),
        ("demand", set()),
    ],
)
def test_measures_by_instrument(store: Store, instrument: str, measures: set[str]) -> None:
    rows = ask(store, "measures_by_instrument", instrument=instrument)
    assert {row["measure"] for row in rows} == measures


@pytest.mark.parametrize(
    ("parameters", "measures"),
    [
        ({"cited": "辽宁省知识产权保护条例"}, ["加强盘锦大米保护"]),
        ({"cited": "《知识产权保护条例》"}, ["加强盘锦大米保护"]),
        ({"cited": "知识产权保护条例"}, ["加强盘锦大米保护"]),  # a part of the title
        ({"cited": "知识产权保护条例", "issued_to": "2023"}, []),
        ({"cited": "辽知发〔2022〕8号"}, []),  # a notice derives from it, no measure cites it
    ],
)
def test_measures_citing(store: Store, parameters: dict[str, str], measures: list[str]) -> None:
    rows = ask(store, "measures_citing", **parameters)
    assert [row["measure"] for row in rows] == measures


def test_measures_by_instrument_of_a_notice(store: Store) -> None:
    rows = ask(store, "measures_by_instrument", instrument="funding", notice="吉知发[2023]5号")
    assert column(rows, "measure", "instrument_class") == [("设立知识产权学院", "supply")]


@pytest.mark.parametrize(
    ("parameters", "measures"),
    [
        ({}, ["加强地理标志保护", "设立知识产权学院", "建好信息平台"]),
        ({"to": "2024"}, ["加强地理标志保护"]),
        ({"to": "2024-12-30"}, []),
        ({"from": "2025"}, ["设立知识产权学院", "建好信息平台"]),
        ({"from": "2025-07"}, ["建好信息平台"]),  # 2025 alone is over on its last day
        ({"from": "2025-06", "to": "2025-06"}, ["设立知识产权学院"]),
        ({"ongoing": True}, ["培养知识产权人才"]),
    ],
)
def test_measures_by_deadline(
    store: Store, parameters: dict[str, object], measures: list[str]
) -> None:
    rows = ask(store, "measures_by_deadline", **parameters)
    assert [row["measure"] for row in rows] == measures


def test_notices_by_issuer(store: Store) -> None:
    rows = ask(store, "notices_by_issuer", issuer="省知识产权局")
    assert column(rows, "notice_title", "issuer", "document_number") == [
        (sample.JILIN_TITLE, "吉林省知识产权局", "吉知发〔2023〕5号"),
        (sample.LIAONING_TITLE, "辽宁省知识产权局", "辽知发〔2022〕8号"),
    ]


def test_lineage(store: Store) -> None:
    rows = ask(store, "notice_lineage", notice=sample.PANJIN_TITLE)
    assert [row["depth"] for row in rows] == [1, 2, 2]
    assert {row["origin"]: row["origin_status"] for row in rows} == {
        sample.LIAONING_TITLE: "loaded",
        sample.OUTLINE_TITLE: "cited",
        "辽宁省知识产权保护条例": "cited",
    }
    assert len(ask(store, "notice_lineage", notice=sample.PANJIN_TITLE, depth=1)) == 1


def test_descendants(store: Store) -> None:
    rows = ask(store, "notice_descendants", notice=f"《{sample.OUTLINE_TITLE}》")
    found = {(row["depth"], row["notice_title"], row["relation"]) for row in rows}
    assert found == {
        (1, sample.LIAONING_TITLE, "implements"),
        (1, sample.JILIN_TITLE, "based_on"),
        (2, sample.PANJIN_TITLE, "implements"),
    }


def test_neighbourhood(store: Store) -> None:
    near = ask(store, "neighbourhood", id="盘锦大米")
    far = ask(store, "neighbourhood", id="盘锦大米", depth=2)
    assert near[0]["name"] == "盘锦大米"
    assert {row["name"] for row in near if row["kind"] == "node"} == {
        "盘锦大米",
        "盘锦市",
        "加强地理标志保护",
        "加强盘锦大米保护",
    }
    assert "辽宁省教育厅" in {row["name"] for row in far}
    assert {row["depth"] for row in far} == {0, 1, 2}
    _check_edges_follow_their_ends(far)
    assert all("text" not in row["properties"] for row in far)


def test_entity(store: Store) -> None:
    rows = ask(store, "entity", id="辽宁省教育厅")
    assert rows[0]["properties"]["kind"] == "department"
    _check_edges_follow_their_ends(ask(store, "neighbourhood", id="辽宁省教育厅"))
    assert [row["type"] for row in rows[1:]] == ["RESPONSIBLE_FOR", "SUPPORTS", "SUPPORTS"]
    led = ask(store, "entity", id="辽宁省教育厅", type="SUPPORTS")
    assert len(led) == 3
    known = {row["source"] for row in ask(store, "entity", id="盘锦市", type="PART_OF")[1:]}
    assert known == {"fixture"}


def test_no_query_shows_the_stores_own_edges(store: Store) -> None:
    for name in ("entity", "neighbourhood"):
        rows = ask(store, name, id=sample.LIAONING_TITLE)
        assert {"PART_OF", "ISSUED", "DERIVES_FROM"} == {
            row["type"] for row in rows if row["kind"] == "edge"
        }


def test_shortest_path(store: Store) -> None:
    rows = ask(store, "shortest_path", **{"from": "吉林省教育厅", "to": "盘锦大米"})
    assert [row["step"] for row in rows] == [1, 2, 3, 4, 5, 6][: len(rows)]
    assert rows[0]["start_name"] == "吉林省教育厅"
    assert rows[-1]["end_name"] == "盘锦大米"
    back = ask(store, "shortest_path", **{"from": "盘锦大米", "to": "吉林省教育厅"})
    assert len(back) == len(rows)


def test_shortest_path_that_is_not_there(store: Store) -> None:
    short = {"from": "吉林省教育厅", "to": "盘锦大米", "max_length": 2}
    result = run_query(store, "shortest_path", short)
    assert result.rows == ()
    assert "2 步以内" in result.notes[0]
    same = run_query(store, "shortest_path", {"from": "盘锦大米", "to": "盘锦大米"})
    assert (same.rows, len(same.notes)) == ((), 1)
    with pytest.raises(QueryError, match="to: nothing is named so"):
        run_query(store, "shortest_path", {"from": "盘锦大米", "to": "不存在"})


def test_cooperation(store: Store) -> None:
    rows = ask(store, "cooperation")
    pairs = {frozenset((row["first"], row["second"])): row["shared"] for row in rows}
    assert pairs[frozenset(("辽宁省教育厅", "辽宁省知识产权局"))] == 1
    assert pairs[frozenset(("吉林省教育厅", "吉林省知识产权局"))] == 1
    assert frozenset(("辽宁省教育厅", "吉林省教育厅")) not in pairs
    assert len(pairs) == len(rows) == 6
    assert ask(store, "cooperation", least=2) == []
    own = ask(store, "cooperation", actor="吉林省教育厅")
    assert column(own, "first", "second") == [("吉林省教育厅", "吉林省知识产权局")]


def test_shared_measures(store: Store) -> None:
    rows = ask(store, "shared_measures", actor="省教育厅", partner="省知识产权局")
    assert column(rows, "measure", "actor", "role", "partner", "partner_role") == [
        ("设立知识产权学院", "吉林省教育厅", "LEADS", "吉林省知识产权局", "SUPPORTS"),
        ("加强地理标志保护", "辽宁省教育厅", "SUPPORTS", "辽宁省知识产权局", "LEADS"),
    ]
    assert column(rows, "quote", "partner_quote")[0] == ("省教育厅", "省知识产权局")
    pair = ask(store, "cooperation", actor="吉林省教育厅")[0]
    assert pair["measure_id"] == rows[0]["measure_id"]


def test_instrument_classes(store: Store) -> None:
    rows = ask(store, "instrument_classes")
    assert column(rows, "instrument_class", "instrument", "measures", "notices") == [
        ("environment", "publicity", 1, 1),
        ("supply", "funding", 2, 2),
        ("supply", "talent", 1, 1),
    ]
    one = ask(store, "instrument_classes", jurisdiction="吉林省")
    assert column(one, "instrument", "measures") == [("publicity", 1), ("funding", 1)]
    assert ask(store, "instrument_classes", notice=sample.JILIN_TITLE) == one


def test_search(store: Store) -> None:
    assert ask(store, "search", text="盘锦大米", label="Product")[0]["name"] == "盘锦大米"
    measures = ask(store, "search", text="大米", label="Measure")
    assert column(measures, "name", "notice_title") == [("加强盘锦大米保护", sample.PANJIN_TITLE)]
    text = ask(store, "search", text="示范区", where="text")
    assert [row["name"] for row in text] == ["加强地理标志保护"]
    assert "建设保护示范区" in str(text[0]["snippet"])


def test_notice(store: Store) -> None:
    rows = ask(store, "notice", notice="辽知发（2022）8号")
    assert column(rows, "kind", "path", "title") == [
        ("Notice", "", sample.LIAONING_TITLE),
        ("Measure", "一", "加强地理标志保护"),
        ("Measure", "二", "培养知识产权人才"),
        ("Section", "三", "推动信息公开"),
        ("Measure", "三/(一)", "建好信息平台"),
    ]
    assert rows[0]["text"] == sample.LIAONING
    for row in rows[1:]:
        assert sample.LIAONING[row["start"] : row["end"]].startswith(row["title"])  # type: ignore[misc]


def test_notice_relations(store: Store) -> None:
    at = sample.LIAONING.index("二、")
    rows = ask(store, "notice_relations", id=sample.LIAONING_TITLE, to=at)
    assert {"LEADS", "SUPPORTS", "DERIVES_FROM"} <= {row["type"] for row in rows}
    assert all(row["start"] < at for row in rows)  # type: ignore[operator]
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)  # type: ignore[type-var]


# Walks on graphs of many nodes


def test_walks_visit_a_lattice_once() -> None:
    """Twenty layers of two notices, each citing both below: a million paths, but 76 edges."""
    with _store_of(_lattice(20)) as store:
        rows = ask(store, "notice_lineage", notice="层00甲", limit=MAX_LIMIT)
        assert len(rows) == 2 + 18 * 4
        assert max(row["depth"] for row in rows) == 19  # type: ignore[type-var]
        down = ask(store, "notice_descendants", notice="层19甲", limit=MAX_LIMIT)
        assert len(down) == 2 + 18 * 4


def test_walks_end_in_a_circle() -> None:
    with _store_of([("甲", ["乙"]), ("乙", ["丙"]), ("丙", ["甲"])]) as store:
        rows = ask(store, "notice_lineage", notice="甲")
        assert column(rows, "notice_title", "origin", "depth") == [
            ("甲", "乙", 1),
            ("乙", "丙", 2),
            ("丙", "甲", 3),
        ]


@pytest.mark.parametrize("seed", range(6))
def test_shortest_path_is_shortest(seed: int) -> None:
    """The walk from both ends agrees with a plain search in memory."""
    chance = random.Random(seed)
    names = [f"文{number:02d}" for number in range(25)]
    cites = [(name, chance.sample(names[:at], min(at, 2))) for at, name in enumerate(names)]
    with _store_of(cites) as store:
        for _ in range(12):
            first, last = chance.sample(names, 2)
            expected = _distance(cites, first, last)
            found = run_query(store, "shortest_path", {"from": first, "to": last, "max_length": 10})
            assert len(found.rows) == expected
            _check_path(found, first, last)


def test_a_path_that_grows_too_large(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.shortest_path.MOST_EDGES", 3)
    ends = {"from": "吉林省教育厅", "to": "大连市"}
    result = run_query(store, "shortest_path", ends)
    assert result.rows == ()
    assert "too large" in result.notes[0]


def _check_edges_follow_their_ends(rows: list[dict[str, object]]) -> None:
    met: set[object] = set()
    for row in rows:
        if row["kind"] == "node":
            met.add(row["id"])
        else:
            assert {row["start_id"], row["end_id"]} <= met


def _check_path(found: QueryResult, first: str, last: str) -> None:
    at = first
    for row in found.rows:
        known = row.model_dump()
        ends = [known["start_name"], known["end_name"]]
        start, end = ends if known["forward"] else ends[::-1]
        assert start == at
        at = end
    assert at == last


def _distance(cites: list[tuple[str, list[str]]], first: str, last: str) -> int:
    near: dict[str, set[str]] = {name: set() for name, _ in cites}
    for name, others in cites:
        for other in others:
            near[name].add(other)
            near[other].add(name)
    reached, frontier, steps = {first}, {first}, 0
    while last not in reached and frontier:
        frontier = {other for name in frontier for other in near[name]} - reached
        reached |= frontier
        steps += 1
    return steps if last in reached and steps <= 10 else 0


def _lattice(layers: int) -> list[tuple[str, list[str]]]:
    return [
        (f"层{layer:02d}{side}", [f"层{layer + 1:02d}{other}" for other in "甲乙"])
        if layer + 1 < layers
        else (f"层{layer:02d}{side}", [])
        for layer in range(layers)
        for side in "甲乙"
    ]


def _store_of(cites: list[tuple[str, list[str]]]) -> Store:
    from kg.stores import open_store

    store = open_store("memory:", mode="write")
    for title, others in cites:
        store.load(_citing(title, others))
    return store


def _citing(title: str, others: list[str]) -> GraphFragment:
    text = "".join([title, *others])
    notice = Node(
        node_id("Notice", title),
        "Notice",
        {"name": title, "title": title, "status": "loaded", "text": text},
    )
    nodes, edges = [notice], []
    for other in others:
        # The stub of a notice has the id that the notice itself has when it is loaded.
        facts = {"name": other, "title": other, "status": "cited"}
        stub = Node(node_id("Notice", other), "Notice", facts)
        nodes.append(stub)
        at = text.index(other)
        evidence = {
            "notice_id": notice.id,
            "start": at,
            "end": at + len(other),
            "quote": other,
            "method": "test",
            "confidence": 1.0,
            "relation": "based_on",
        }
        edge = Edge(f"{title}→{other}", "DERIVES_FROM", notice.ref, stub.ref, evidence)
        edges.append(edge)
    return GraphFragment(notice.id, tuple(nodes), tuple(edges))


# Conditions that compose

COMPOSED: list[tuple[dict[str, object], list[str]]] = [
    ({"involves": "盘锦市;大连市"}, ["加强地理标志保护"]),
    ({"involves": "辽宁省教育厅；盘锦大米"}, ["加强盘锦大米保护", "加强地理标志保护"]),
    ({"involves": "辽宁省教育厅", "not_involves": "盘锦大米"}, ["培养知识产权人才"]),
    (
        {"actor": "辽宁省教育厅", "not_responsible": "辽宁省教育厅", "jurisdiction": "盘锦"},
        ["加强盘锦大米保护"],
    ),
    ({"leader": "省知识产权局", "to": "2024"}, ["加强地理标志保护"]),
    ({"leader": "省知识产权局", "to": "2024-12-30"}, []),
    ({"leader": "吉林省教育厅", "supporter": "吉林省知识产权局"}, ["设立知识产权学院"]),
    ({"from": "2025", "to": "2025-06"}, ["设立知识产权学院"]),
    ({"from": "2025-07"}, ["建好信息平台"]),
    ({"ongoing": True}, ["培养知识产权人才"]),
    ({"jurisdiction": "吉林"}, ["设立知识产权学院", "开展宣传周活动"]),
    (
        {"jurisdiction": "辽宁", "not_uses": "funding"},
        ["加强盘锦大米保护", "培养知识产权人才", "建好信息平台"],
    ),
    ({"jurisdiction": "辽宁", "uses": "supply", "supports": "盘锦大米"}, ["加强地理标志保护"]),
    ({"jurisdiction": "全国"}, []),
    ({"lacks": "leader", "jurisdiction": "辽宁"}, ["加强盘锦大米保护", "培养知识产权人才"]),
    ({"lacks": "deadline"}, ["加强盘锦大米保护", "开展宣传周活动"]),
    ({"lacks": "instrument"}, ["加强盘锦大米保护", "建好信息平台"]),
    ({"lacks": "actor"}, []),
    ({"issuer": "吉林省知识产权局", "text": "宣传"}, ["开展宣传周活动"]),
    ({"issued_from": "2023", "issued_to": "2023"}, ["设立知识产权学院", "开展宣传周活动"]),
    ({"notice": sample.PANJIN_TITLE}, ["加强盘锦大米保护"]),
    ({"not_involves": "没有的东西"}, []),
    ({"jurisdiction": "没有的地方"}, []),
]


@pytest.mark.parametrize(("conditions", "titles"), COMPOSED)
def test_measures_meet_every_condition(
    store: Store, conditions: dict[str, object], titles: list[str]
) -> None:
    found = ask(store, "measures", **conditions)
    assert [row["measure"] for row in found] == titles
    counts = ask(store, "measure_count", **conditions)
    assert sum(int(str(row["measures"])) for row in counts) == len(titles)


def test_measures_show_the_facts_that_meet_the_conditions(store: Store) -> None:
    [row] = ask(store, "measures", leader="省知识产权局", involves="大连市;财政资金与资助")
    facts = row["facts"]
    assert isinstance(facts, tuple)
    assert [(f["type"], f["thing"], f["quote"]) for f in facts] == [
        ("USES", "财政资金与资助", "资助"),
        ("MENTIONS", "大连市", "大连市"),
        ("LEADS", "辽宁省知识产权局", "省知识产权局"),
    ]
    text = TEXT_OF[str(row["notice_id"])]
    assert all(text[f["start"] : f["end"]] == f["quote"] for f in facts)


def test_a_place_without_notices_says_which_have_some(store: Store) -> None:
    result = run_query(store, "measures", {"jurisdiction": "广东"})
    assert result.rows == ()
    assert "辽宁省" in result.notes[0]
    assert ask(store, "measure_count", jurisdiction="广东") == [{"measures": 0, "notices": 0}]


def test_ongoing_measures_have_no_deadline_to_ask_for(store: Store) -> None:
    with pytest.raises(QueryError, match="no date"):
        ask(store, "measures", ongoing=True, to="2025")


def test_instrument_use_is_ordered_by_how_often(store: Store) -> None:
    rows = ask(store, "instrument_use", jurisdiction="吉林")
    assert column(rows, "instrument", "measures", "notices") == [
        ("funding", 1, 1),
        ("publicity", 1, 1),
    ]
    everywhere = ask(store, "instrument_use")
    assert column(everywhere, "instrument", "measures")[0] == ("funding", 2)
    led = ask(store, "instrument_use", leader="省知识产权局;")
    assert column(led, "instrument", "measures") == [("funding", 1)]
    [measure] = ask(store, "measures", leader="省知识产权局", uses="funding")
    assert led[0]["measure_id"] == measure["measure_id"]


def test_actor_ranking(store: Store) -> None:
    rows = ask(store, "actor_ranking", jurisdiction="辽宁")
    assert column(rows, "actor", "measures", "notices")[0] == ("辽宁省教育厅", 3, 2)
    leaders = ask(store, "actor_ranking", role="LEADS")
    assert {row["measures"] for row in leaders} == {1}
    about = ask(store, "actor_ranking", involves="盘锦大米", role="RESPONSIBLE_FOR")
    assert column(about, "actor", "measures") == [("盘锦市市场监督管理局", 1)]


def test_subject_ranking(store: Store) -> None:
    rows = ask(store, "subject_ranking", label="Product")
    assert column(rows, "thing", "measures", "notices") == [("盘锦大米", 2, 2)]
    [university] = ask(store, "subject_ranking", kind="university")
    assert university["thing"] == "大连理工大学"
    mentioned = ask(store, "subject_ranking", relation="MENTIONS", jurisdiction="辽宁")
    assert {row["thing"] for row in mentioned} == {"盘锦市", "大连市", "大连理工大学"}
    assert ask(store, "subject_ranking", jurisdiction="吉林", label="Product") == []


def test_targets(store: Store) -> None:
    [row] = ask(store, "targets", text="人员")
    assert (row["metric"], row["value"], row["setter"]) == ("人员", 500.0, "培养知识产权人才")
    assert ask(store, "targets", notice=sample.LIAONING_TITLE, issued_to="2022") == [row]
    assert ask(store, "targets", actor="辽宁省教育厅") == [row]
    assert ask(store, "targets", actor="辽宁省知识产权局") == []
    assert ask(store, "targets", jurisdiction="吉林") == []
    assert ask(store, "targets", to="2030") == []  # no date is set for it


def test_notices_meet_every_condition(store: Store) -> None:
    def titles(**conditions: object) -> list[object]:
        found = [row["notice_title"] for row in ask(store, "notices", **conditions)]
        counts = ask(store, "notice_count", **conditions)
        assert sum(int(str(row["notices"])) for row in counts) == len(found)
        return found

    assert titles(jurisdiction="辽宁") == [sample.PANJIN_TITLE, sample.LIAONING_TITLE]
    assert titles(issued_from="2023", issued_to="2023-05") == [sample.JILIN_TITLE]
    assert titles(issuer="吉林省知识产权局", kind="计划") == [sample.JILIN_TITLE]
    assert titles(issuer="吉林省知识产权局", kind="通知") == []
    assert titles(issuer="没有的局") == []
    assert titles(jurisdiction="没有的地方") == []
    assert len(titles()) == 5


def test_notices_of_a_place_that_derive_from_one(store: Store) -> None:
    rows = ask(store, "notice_descendants", notice=sample.OUTLINE_TITLE, jurisdiction="辽宁")
    assert column(rows, "notice_title", "depth") == [
        (sample.LIAONING_TITLE, 1),
        (sample.PANJIN_TITLE, 2),
    ]
    rows = ask(store, "notice_descendants", notice=sample.OUTLINE_TITLE, jurisdiction="盘锦市")
    assert column(rows, "notice_title", "depth") == [(sample.PANJIN_TITLE, 2)]
    assert ask(store, "notice_descendants", notice=sample.OUTLINE_TITLE, jurisdiction="没有") == []


def test_comparison(store: Store) -> None:
    rows = ask(store, "comparison", first="辽宁", second="吉林省")
    assert column(rows, "aspect", "item", "first", "second")[:9] == [
        ("total", "notices", 2, 1),
        ("total", "measures", 4, 2),
        ("total", "dated", 2, 1),
        ("total", "ongoing", 1, 0),
        ("total", "led", 2, 1),
        ("total", "instruments", 2, 2),
        ("class", "supply", 2, 1),
        ("class", "environment", 0, 1),
        ("instrument", "funding", 1, 1),
    ]
    by_item = {row["item"]: row for row in rows}
    assert (by_item["publicity"]["first_share"], by_item["publicity"]["second_share"]) == (0, 0.5)
    assert by_item["publicity"]["first_id"] is None
    origins = ask(store, "comparison", first="辽宁", second="吉林", aspect="origin")
    assert column(origins, "item_zh", "first", "second")[0] == (sample.OUTLINE_TITLE, 1, 1)
    assert rows[-len(origins) :] == origins
    assert ask(store, "comparison", first="辽宁", second="没有的地方") == []
