"""Functional zones: the file, the names it gives, and what it refuses."""

from typing import Any

import pytest

from kg.divisions import load_divisions
from kg.errors import OntologyError
from kg.zones import load_zones, parse_zones


@pytest.mark.parametrize(
    ("name", "canonical", "kind"),
    [
        ("金普新区", "大连市金普新区", "national_new_area"),
        ("雄安", "河北雄安新区", "national_new_area"),
        ("沈抚改革创新示范区", "沈抚示范区", "demonstration_zone"),
        ("前海", "前海深港现代服务业合作区", "cooperation_zone"),
        ("亦庄", "北京经开区", "development_zone"),
        ("苏南自创区", "苏南国家自主创新示范区", "innovation_zone"),
        ("中国（浙江）自由贸易试验区", "中国(浙江)自由贸易试验区", "free_trade_zone"),
        ("海南自由贸易试验区", "中国(海南)自由贸易试验区", "free_trade_zone"),
        ("自贸区洛阳片区", "中国(河南)自由贸易试验区洛阳片区", "free_trade_zone_area"),
        ("广东自贸区横琴片区", "中国(广东)自由贸易试验区横琴片区", "free_trade_zone_area"),
    ],
)
def test_names_lead_to_their_zone(name: str, canonical: str, kind: str) -> None:
    zone = load_zones().by_name[name]
    assert (zone.name, zone.kind) == (canonical, kind)


def test_every_zone_lies_in_a_division_and_is_found_by_each_name() -> None:
    zones = load_zones()
    for name, zone in zones.by_name.items():
        assert name in (zone.name, *zone.aliases)
        assert zones.by_name[zone.name] is zone
        assert load_divisions().get(zone.parent).code == zone.parent


def test_all_free_trade_zones_and_national_new_areas_are_there() -> None:
    kinds: dict[str, set[str]] = {}
    for zone in load_zones().by_name.values():
        kinds.setdefault(zone.kind, set()).add(zone.name)
    assert len(kinds["free_trade_zone"]) == 22
    assert len(kinds["national_new_area"]) >= 16


@pytest.mark.parametrize(
    ("surface", "canonical"),
    [
        ("高新技术产业开发区", "高新区"),
        ("国家级高新区", "高新区"),
        ("经济技术开发区", "经开区"),
        ("综保区", "综合保税区"),
        ("开发区", "开发区"),
    ],
)
def test_forms(surface: str, canonical: str) -> None:
    assert load_zones().forms[surface].canonical == canonical


EMPTY: dict[str, Any] = {"types": {}, "free_trade_zones": {}, "committees": {}, "zones": {}}


@pytest.mark.parametrize(
    ("zones", "problem"),
    [
        ({"k": [["甲新区", "000001"]]}, "unknown 000001"),
        ({"k": [["甲新区", "210100", "共名"], ["乙新区", "210200", "共名"]]}, "共名"),
    ],
)
def test_wrong_files_are_refused(zones: dict[str, Any], problem: str) -> None:
    with pytest.raises(OntologyError, match=problem):
        parse_zones({**EMPTY, "zones": zones})
