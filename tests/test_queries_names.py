"""From names as people write them to the nodes meant."""

from collections.abc import Iterator

import graph_fixture as sample
import pytest

from kg.store import Store
from queries.names import (
    describe,
    find_actors,
    find_instruments,
    find_measures,
    find_node,
    find_notices,
    find_subjects,
    fold,
    is_relative,
    unknown,
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with sample.sample_store() as store:
        yield store


@pytest.mark.parametrize(
    ("asked", "names", "how"),
    [
        ("辽宁省教育厅", ["辽宁省教育厅"], "name"),
        ("辽宁教育厅", ["辽宁省教育厅"], "alias"),
        # an alias that no node has, but reference data know
        ("盘锦市市监局", ["盘锦市市场监督管理局"], "alias"),
        ("省教育厅", ["吉林省教育厅", "辽宁省教育厅"], "relative"),
        ("我省教育厅", ["吉林省教育厅", "辽宁省教育厅"], "relative"),
        ("省科技厅", ["辽宁省科学技术厅"], "relative"),  # by the end of an alias
        ("教育厅", ["吉林省教育厅", "辽宁省教育厅"], "relative"),  # not even its level
        ("高等教育处", ["吉林省教育厅高等教育处"], "relative"),
        # a collective is no city, though its name ends like one
        ("市人民政府", ["沈阳市人民政府", "盘锦市人民政府"], "relative"),
        ("市政府", ["沈阳市人民政府", "盘锦市人民政府"], "relative"),
        ("各市人民政府", ["辽宁省各市人民政府"], "relative"),
        # 自治区人民政府 ends so, too, but is a province's
        ("区人民政府", ["盘锦市大洼区人民政府"], "relative"),
        ("自治区人民政府", ["广西壮族自治区人民政府"], "relative"),
        ("市市场监管局", ["盘锦市市场监督管理局"], "relative"),
        ("大连理工大学", ["大连理工大学"], "name"),
        ("大工", ["大连理工大学"], "alias"),
        ("理工大学", [], None),  # institutions are not relative
        ("省局", [], None),
        ("厅", [], None),
        ("火星探测局", [], None),
        ("", [], None),
    ],
)
def test_find_actors(store: Store, asked: str, names: list[str], how: str | None) -> None:
    found = find_actors(store, asked)
    assert [match.name for match in found] == names
    assert {match.how for match in found} == ({how} if how else set())


def test_find_actors_by_id(store: Store) -> None:
    [known] = find_actors(store, "辽宁省教育厅")
    [found] = find_actors(store, known.id)
    assert (found.name, found.how) == ("辽宁省教育厅", "id")
    place = find_subjects(store, "盘锦市")[0]
    assert find_actors(store, place.id) == []


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("盘锦大米", ["盘锦大米"]),
        ("“盘锦大米”", ["盘锦大米"]),
        ("盘 锦 大 米", []),  # spaces inside are no spelling that Cypher can look up
        ("盘锦", ["盘锦市"]),
        ("大米", ["盘锦大米"]),
        ("米", []),
        ("大", []),
    ],
)
def test_find_subjects(store: Store, asked: str, names: list[str]) -> None:
    assert [match.name for match in find_subjects(store, asked)] == names


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        (sample.OUTLINE_TITLE, [sample.OUTLINE_TITLE]),
        ("知识产权强国建设纲要（2021—2035年）", [sample.OUTLINE_TITLE]),
        (f"《{sample.OUTLINE_TITLE}》", [sample.OUTLINE_TITLE]),
        ("辽知发〔2022〕8号", [sample.LIAONING_TITLE]),
        ("辽知发[2022]8号", [sample.LIAONING_TITLE]),
        ("辽知发 (2022) 8号", [sample.LIAONING_TITLE]),
        ("辽知发〔2022〕9号", []),
        ("吉知发", [sample.JILIN_TITLE]),
        ("行动计划", [sample.JILIN_TITLE]),
        # the loaded one first, though it is longer
        ("知识产权", [sample.JILIN_TITLE, "辽宁省知识产权保护条例", sample.OUTLINE_TITLE]),
    ],
)
def test_find_notices(store: Store, asked: str, titles: list[str]) -> None:
    assert [match.name for match in find_notices(store, asked)] == titles


def test_find_measures_and_instruments(store: Store) -> None:
    assert [m.how for m in find_measures(store, "加强地理标志保护")] == ["name"]
    assert {m.name for m in find_measures(store, "加强")} == {
        "加强地理标志保护",
        "加强盘锦大米保护",
    }
    assert [m.how for m in find_instruments(store, "TALENT")] == ["name"]
    assert find_instruments(store, "") == []


def test_find_node_takes_any_label(store: Store) -> None:
    labels = {
        name: [match.label for match in find_node(store, name)]
        for name in ("盘锦大米", "大连理工大学", sample.JILIN_TITLE, "设立知识产权学院", "大米")
    }
    assert labels == {
        "盘锦大米": ["Product"],
        "大连理工大学": ["Institution"],
        sample.JILIN_TITLE: ["Notice"],
        "设立知识产权学院": ["Measure"],
        "大米": [],
    }


def test_an_unknown_name_gets_suggestions(store: Store) -> None:
    [note, meant] = unknown(store, "省教育厅局", ("Agency",))
    assert "省教育厅局" in note
    assert "教育厅" in meant
    assert len(unknown(store, "火" * 900)[0]) < 100


def test_describe_says_what_was_matched(store: Store) -> None:
    assert describe("辽宁省教育厅", find_actors(store, "辽宁省教育厅")) == ()
    [note] = describe("省教育厅", find_actors(store, "省教育厅"))
    assert "2: 吉林省教育厅、辽宁省教育厅" in note
    assert "relative" in note
    assert "contains" in describe("大米", find_subjects(store, "大米"))[0]


def test_is_relative_and_fold() -> None:
    assert [is_relative(n) for n in ("省教育厅", "我市科技局", "各市政府", "辽宁省教育厅")] == [
        True,
        True,
        True,
        False,
    ]
    assert fold("“亮剑护航”专项行动（二期）") == fold("亮剑护航 专项行动(二期)")
