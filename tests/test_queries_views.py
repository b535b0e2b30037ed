"""The queries that the views of the explorer stand on."""

from collections.abc import Callable, Iterator

import graph_fixture as sample
import pytest
from test_queries import ask, column

from kg.errors import QueryError
from kg.store import Store
from queries.catalogue import run_query
from queries.columns import column_of
from queries.divided import ancestor, child_towards, division_of, division_of_title


@pytest.fixture(scope="module")
def store(make_store: Callable[[], Store]) -> Iterator[Store]:
    with sample.sample_store(make_store) as store:
        yield store


def test_actor_years(store: Store) -> None:
    rows = ask(store, "actor_years", actor="辽宁省教育厅")
    assert column(rows, "year", "role", "measures", "notices") == [
        ("2022", "RESPONSIBLE_FOR", 1, 1),
        ("2022", "SUPPORTS", 1, 1),
        ("2024", "SUPPORTS", 1, 1),
    ]
    both = ask(store, "actor_years", actor="省教育厅")
    assert ("2023", "LEADS", 1, 1) in column(both, "year", "role", "measures", "notices")
    assert run_query(store, "actor_years", {"actor": "没有的厅"}).rows == ()


def test_actor_partners(store: Store) -> None:
    rows = ask(store, "actor_partners", actor="辽宁省教育厅")
    assert {row["actor"]: (row["measures"], row["leads"], row["supports"]) for row in rows} == {
        "辽宁省知识产权局": (1, 1, 0),
        "辽宁省农业农村厅": (1, 0, 1),
        "盘锦市市场监督管理局": (1, 0, 0),
    }
    bureau = next(row for row in rows if row["actor"] == "盘锦市市场监督管理局")
    assert bureau["answers_for"] == 1


def test_origins(store: Store) -> None:
    rows = ask(store, "origins")
    assert column(rows, "notice_title", "derived", "places", "status", "first_on", "last_on")[
        0
    ] == (sample.OUTLINE_TITLE, 2, 2, "cited", "2022-03-15", "2023-05-09")
    assert len(rows) == 3
    below = ask(store, "origins", jurisdiction="盘锦市")
    assert column(below, "notice_title") == [(sample.LIAONING_TITLE,)]
    based = ask(store, "origins", relation="based_on")
    assert {row["derived"] for row in based} == {1}
    assert run_query(store, "origins", {"jurisdiction": "没有的地方"}).notes


def test_place_counts_of_the_nation(store: Store) -> None:
    rows = ask(store, "place_counts")
    assert (rows[0]["place"], rows[0]["own"], rows[0]["notices"]) == ("全国", True, 0)
    assert len(rows) == 1 + 34 + 1  # the nation, its provinces, and the corps
    counted = {row["short"]: row for row in rows}
    liaoning, jilin = counted["辽宁"], counted["吉林"]
    # 盘锦's notice is below 辽宁; the first measure names two cities, and counts once
    assert (liaoning["notices"], liaoning["measures"], liaoning["named"]) == (2, 4, 1)
    assert (jilin["notices"], jilin["measures"], jilin["named"]) == (1, 2, 0)
    assert counted["广西"]["measures"] == 0


def test_place_counts_of_a_province(store: Store) -> None:
    rows = ask(store, "place_counts", within="辽宁省")
    counted = {row["place"]: (row["notices"], row["measures"], row["named"]) for row in rows}
    assert counted["辽宁省"] == (1, 3, 0)
    assert counted["盘锦市"] == (1, 1, 1)
    assert counted["大连市"] == (0, 0, 1)
    assert len(rows) == 15


@pytest.mark.parametrize(
    ("parameters", "liaoning"),
    [
        ({"uses": "funding"}, (1, 1, 1)),
        ({"uses": "supply"}, (1, 2, 1)),  # one measure with each of two instruments
        ({"uses": "publicity"}, (0, 0, 0)),
        ({"issued_to": "2022"}, (1, 3, 1)),
        ({"issued_from": "2024"}, (1, 1, 0)),
    ],
)
def test_place_counts_of_some_measures(
    store: Store, parameters: dict[str, object], liaoning: tuple[int, int, int]
) -> None:
    rows = ask(store, "place_counts", **parameters)
    [row] = [row for row in rows if row["short"] == "辽宁"]
    assert (row["notices"], row["measures"], row["named"]) == liaoning


def test_place_counts_of_nothing_known(store: Store) -> None:
    assert run_query(store, "place_counts", {"within": "没有的地方"}).rows == ()
    assert run_query(store, "place_counts", {"uses": "没有的工具"}).rows == ()


def test_measures_behind_the_counts_of_a_place(store: Store) -> None:
    for place in ("辽宁省", "盘锦市", "大连市", "吉林省"):
        [counted] = [row for row in ask(store, "place_counts", within=place) if row["own"]]
        rows = ask(store, "measures_naming", place=place)
        below = sum(int(str(row["named"])) for row in ask(store, "place_counts", within=place))
        assert bool(rows) == bool(below or counted["named"])
    rows = ask(store, "measures_naming", place="辽宁省", uses="funding")
    assert column(rows, "measure", "place", "relation") == [
        ("加强地理标志保护", "盘锦市", "MENTIONS"),
        ("加强地理标志保护", "大连市", "MENTIONS"),
    ]
    assert ask(store, "measures_naming", place="辽宁省", issued_from="2023") == []
    assert run_query(store, "measures_naming", {"place": "没有的地方"}).notes


def test_instrument_matrix(store: Store) -> None:
    rows = ask(store, "instrument_matrix")
    assert column(rows, "column_name", "instrument", "measures", "column_measures", "share") == [
        ("辽宁省", "funding", 1, 4, 0.25),
        ("辽宁省", "talent", 1, 4, 0.25),
        ("吉林省", "funding", 1, 2, 0.5),
        ("吉林省", "publicity", 1, 2, 0.5),
    ]
    years = ask(store, "instrument_matrix", by="year", instrument_class="environment")
    assert column(years, "column", "instrument") == [("2023", "publicity")]
    levels = ask(store, "instrument_matrix", by="level", issued_from="2023")
    assert {row["column"] for row in levels} == {"province"}
    assert ask(store, "instrument_matrix", jurisdiction="盘锦市") == []


@pytest.mark.parametrize("by", ["province", "prefecture", "level", "year"])
def test_a_cell_has_the_measures_that_the_matrix_counts(store: Store, by: str) -> None:
    for row in ask(store, "instrument_matrix", by=by):
        asked = {"instrument": row["instrument_id"], "column": row["column"], "by": by}
        measures = {found["measure_id"] for found in ask(store, "instrument_cell", **asked)}
        assert len(measures) == row["measures"]
        assert row["measure_id"] == min(measures)


def test_a_cell_that_is_none(store: Store) -> None:
    for column_key in ("440000", "unknown", "2022"):
        assert ask(store, "instrument_cell", instrument="funding", column=column_key) == []
    with pytest.raises(QueryError, match="needs the parameter column"):
        run_query(store, "instrument_cell", {"instrument": "funding"})


def test_calendar(store: Store) -> None:
    rows = ask(store, "calendar")
    assert column(rows, "month", "notices", "due") == [
        ("2022-03", 1, 0),
        ("2023-05", 1, 0),
        ("2024-01", 1, 0),
        ("2024-12", 0, 1),
        ("2025-06", 0, 1),
        ("2025-12", 0, 1),
    ]
    one = ask(store, "calendar", actor="辽宁省农业农村厅")
    assert column(one, "month", "notices", "due") == [("2022-03", 1, 0), ("2024-12", 0, 1)]
    here = ask(store, "calendar", jurisdiction="吉林省", issuer="省知识产权局")
    assert column(here, "month") == [("2023-05",), ("2025-06",)]
    plans = ask(store, "calendar", kind="方案")
    assert column(plans, "month") == [("2022-03",), ("2024-12",), ("2025-12",)]
    assert run_query(store, "calendar", {"actor": "没有的厅"}).rows == ()


@pytest.mark.parametrize(
    ("actor", "titles"),
    [
        ("辽宁省教育厅", [sample.PANJIN_TITLE, sample.LIAONING_TITLE]),
        ("吉林省知识产权局", [sample.JILIN_TITLE]),
        ("没有的厅", []),
    ],
)
def test_notices_in_which_an_actor_has_a_role(store: Store, actor: str, titles: list[str]) -> None:
    rows = ask(store, "notices", actor=actor)
    assert [row["notice_title"] for row in rows] == titles
    assert [row["notices"] for row in ask(store, "notice_count", actor=actor)] in (
        [len(titles)],
        [],  # a name that means nothing
    )


@pytest.mark.parametrize(
    ("parameters", "measures"),
    [
        ({"jurisdiction": "辽宁省"}, ["加强地理标志保护", "建好信息平台"]),
        ({"actor": "辽宁省教育厅"}, ["加强地理标志保护"]),
        ({"issuer": "吉林省知识产权局"}, ["设立知识产权学院"]),
        ({"jurisdiction": "辽宁省", "ongoing": True}, ["培养知识产权人才"]),
        ({"kind": "方案", "to": "2024"}, ["加强地理标志保护"]),
        ({"kind": "批复"}, []),
        ({"actor": "没有的厅"}, []),
    ],
)
def test_deadlines_of_some(
    store: Store, parameters: dict[str, object], measures: list[str]
) -> None:
    rows = ask(store, "measures_by_deadline", **parameters)
    assert [row["measure"] for row in rows] == measures


@pytest.mark.parametrize(
    ("parameters", "pairs"),
    [
        ({"jurisdiction": "吉林省"}, 1),
        ({"issued_to": "2022"}, 4),
        ({"issued_from": "2024", "actor": "辽宁省教育厅"}, 1),
        ({"jurisdiction": "没有的地方"}, 0),
    ],
)
def test_cooperation_of_some(store: Store, parameters: dict[str, object], pairs: int) -> None:
    assert len(ask(store, "cooperation", **parameters)) == pairs


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("辽宁省地理标志运用促进实施方案", "辽宁省"),
        ("关于印发《沈阳市知识产权保护条例》的通知", "沈阳市"),
        ("“十四五”国家专利信息公开规划", "全国"),
        ("国务院关于新形势下加快知识产权强国建设的若干意见", "全国"),
        ("中华人民共和国专利法", "全国"),
        ("知识产权强国建设纲要", None),  # nobody says whose
        ("高等学校知识产权管理规范", None),
    ],
)
def test_the_place_a_title_begins_with(title: str, place: str | None) -> None:
    division = division_of_title(title)
    assert (division.canonical if division else None) == place


def test_divisions_upwards() -> None:
    district = division_of("沈阳市铁西区")
    assert district is not None
    assert ancestor(district, "prefecture").canonical == "沈阳市"
    assert ancestor(district, "province").canonical == "辽宁省"
    assert ancestor(district, "county") == district
    urban = division_of("北京市海淀区")
    assert urban is not None
    assert ancestor(urban, "prefecture").canonical == "北京市"
    province, city = division_of("辽宁省"), division_of("沈阳市")
    assert province is not None
    assert city is not None
    assert child_towards(district, province) == city
    assert child_towards(province, city) is None
    zone = division_of("沈抚示范区")
    assert zone is not None
    assert zone.canonical == "辽宁省"
    assert division_of("没有的地方") is None


def test_columns_of_what_is_unknown_come_last() -> None:
    keys = [("辽宁省", "2022"), ("", ""), ("全国", "2020"), ("没有的地方", "2021")]
    columns = sorted((column_of(*key, "province") for key in keys), key=lambda c: c.order)
    assert [column.key for column in columns] == ["100000", "210000", "unknown", "unknown"]
    assert column_of("", "", "year").key == "unknown"


def test_reused_measures(store: Store) -> None:
    [row] = ask(store, "reused_measures")
    assert (row["measure"], row["origin"]) == ("加强盘锦大米保护", "加强地理标志保护")
    assert (row["jurisdiction"], row["origin_jurisdiction"]) == ("盘锦市", "辽宁省")
    assert row["share"] == pytest.approx(0.42)
    for notice, least, found in (
        (sample.PANJIN_TITLE, 42, 1),
        (sample.LIAONING_TITLE, 42, 1),
        (sample.LIAONING_TITLE, 43, 0),
        (sample.JILIN_TITLE, 0, 0),
    ):
        assert len(ask(store, "reused_measures", notice=notice, least=least)) == found
    unknown = run_query(store, "reused_measures", {"notice": "没有的公文"})
    assert "没有找到" in unknown.notes[0]
