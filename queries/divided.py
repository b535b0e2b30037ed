"""Which division of the country a name stands for, and what that division lies in."""

from collections.abc import Mapping
from functools import cache

from kg.divisions import LEVELS, Division, Level, load_divisions
from kg.zones import load_zones

NATION = "100000"
_NATIONAL_TITLES = ("中共中央", "国务院", "国家", "全国", "中华人民共和国", "中国")
_PERIODS = ("十二五", "十三五", "十四五", "十五五")
_OPENINGS = ("关于", "印发", "转发", "公布", "贯彻落实", "《", "“", "”", " ", *_PERIODS)
_LONGEST_NAME = 14


def division_of(place: str | None) -> Division | None:
    """Return the division that a place of the graph is, or lies in if it is a zone; else None."""
    if not place:
        return None
    named = load_divisions().named(place)
    if named:
        return named[0]
    zone = load_zones().by_name.get(place)
    return load_divisions().get(zone.parent) if zone else None


def division_of_code(code: str | None) -> Division | None:
    """Return the division with a code, None if there is none."""
    return _by_code().get(code or "")


def division_of_title(title: str) -> Division | None:
    """Return the division that a notice's title begins with (辽宁省…方案); None if none does.

    A guess for notices that are only cited, whose place nobody has said.
    """
    bare = title
    while opening := next((word for word in _OPENINGS if bare.startswith(word)), ""):
        bare = bare.removeprefix(opening)
    for length in range(min(_LONGEST_NAME, len(bare)), 2, -1):
        for division in load_divisions().named(bare[:length]):
            if bare[:length] in (division.name, division.canonical):
                return division
    return load_divisions().get(NATION) if bare.startswith(_NATIONAL_TITLES) else None


def ancestor(division: Division, level: Level) -> Division:
    """Return the division of a level that holds this one, or itself if it is higher up."""
    if LEVELS.index(division.level) <= LEVELS.index(level):
        return division
    line = load_divisions().lineage(division.code)
    # 直辖市 have no prefectures: their districts stand for themselves.
    wanted = LEVELS.index(level)
    return next((row for row in line if LEVELS.index(row.level) <= wanted), division)


def child_towards(division: Division, within: Division) -> Division | None:
    """Return the child of `within` that is or holds the division; None if it is not below."""
    line = load_divisions().lineage(division.code)
    return next((row for row in line if row.parent == within.code), None)


@cache
def _by_code() -> Mapping[str, Division]:
    return {division.code: division for division in load_divisions().all()}
