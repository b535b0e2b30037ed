"""Divisions: codes, names, resolution of short forms, the tree."""

import pytest

from kg.divisions import Divisions, load_divisions, parse_divisions
from kg.errors import OntologyError


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load_divisions()


@pytest.mark.parametrize(
    ("code", "canonical", "level", "parent"),
    [
        ("210106", "沈阳市铁西区", "county", "210100"),  # a name three cities share
        ("500114", "重庆市黔江区", "county", "500000"),  # 直辖市 have no prefecture between
        ("310115", "上海市浦东新区", "county", "310000"),  # a 新区 that is a division
        ("330782", "义乌市", "county", "330700"),
        ("150124", "清水河县", "county", "150100"),
        ("429004", "仙桃市", "county", "420000"),  # governed by the province directly
        ("441900", "东莞市", "prefecture", "440000"),  # a city without districts
        ("429021", "神农架林区", "county", "420000"),
        ("610103", "西安市碑林区", "county", "610100"),
        ("152500", "锡林郭勒盟", "prefecture", "150000"),
        ("100000", "全国", "national", None),
        ("660000", "新疆生产建设兵团", "province", "100000"),
    ],
)
def test_get(
    divisions: Divisions, code: str, canonical: str, level: str, parent: str | None
) -> None:
    found = divisions.get(code)
    assert (found.canonical, found.level, found.parent) == (canonical, level, parent)


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("沈阳", None, "210100"),
        ("辽宁省沈阳市铁西区", None, "210106"),
        ("沈阳铁西区", None, "210106"),
        ("铁西区", "210300", "210303"),  # the context decides between three
        ("朝阳", "210000", "211300"),
        ("朝阳", "110000", "110105"),
        ("吉林", None, "220000"),  # the province before the city
        ("吉林", "220000", "220000"),
        ("海南", None, "460000"),
        ("海南", "630000", "632500"),
        ("内蒙古", None, "150000"),
        ("新疆", None, "650000"),
        ("延边州", None, "222400"),
        ("凉山州", None, "513400"),
        ("锡盟", None, "152500"),
        ("襄樊市", None, "420600"),  # past name
        ("郫县", None, "510117"),
        ("莱芜市", None, "371200"),  # abolished, yet named in older notices
        ("积石山县", None, "622927"),
        ("第八师石河子市", None, "659001"),
    ],
)
def test_named(divisions: Divisions, name: str, within: str | None, code: str) -> None:
    assert divisions.named(name, within)[0].code == code


def test_named_returns_nothing_for_what_is_no_division(divisions: Divisions) -> None:
    assert divisions.named("东北") == ()
    assert divisions.named("沈阳", within="220000") == ()


def test_one_character_is_no_name(divisions: Divisions) -> None:
    for row in divisions.all():
        assert all(len(name) > 1 for name in (row.name, row.canonical, *row.aliases))
        assert len(row.stem) != 1


def test_tree_is_whole(divisions: Divisions) -> None:
    assert len(divisions.children("100000")) == 35
    for row in divisions.all():
        if row.parent is not None:
            divisions.get(row.parent)
            is_child = row in divisions.children(row.parent)
            assert is_child == (row.abolished is None)


def test_canonical_names_of_existing_divisions_are_unique(divisions: Divisions) -> None:
    names = [row.canonical for row in divisions.all() if row.abolished is None]
    assert len(names) == len(set(names)) > 3200


def test_lineage(divisions: Divisions) -> None:
    assert [row.code for row in divisions.lineage("210106")] == ["210106", "210100", "210000"]
    assert divisions.lineage("100000") == ()
    with pytest.raises(KeyError):
        divisions.lineage("999999")


def test_liaoning_has_fourteen_cities(divisions: Divisions) -> None:
    assert len(divisions.children("210000")) == 14


def test_cities_with_a_plan_of_their_own(divisions: Divisions) -> None:
    tagged = {row.name for row in divisions.all() if "计划单列市" in row.tags}
    assert tagged == {"大连市", "青岛市", "宁波市", "厦门市", "深圳市"}


def test_malformed_line_is_refused() -> None:
    with pytest.raises(OntologyError, match="malformed"):
        parse_divisions("210000\t辽宁省\n")
