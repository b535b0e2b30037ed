"""The level that a notice was issued at, by its place or, where only its name is known, by that.

A notice that is only cited has neither text nor issuers: its title often begins with its issuer
(辽宁省人民政府关于…), and its number with the issuer's place (辽政发〔2016〕45号).
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from kg.agencies import list_national_names
from kg.divisions import Division, load_abbreviations, load_divisions
from queries.jurisdictions import level_of

type LevelBasis = Literal["jurisdiction", "title", "number"]

_LONGEST_PLACE = 12
_BEFORE_PLACES = re.compile(r"^(?:“?十[一二三四五六七八九]?五”?(?:时期)?|中国共产党|中共|共青团)")
# A law of the whole state, or what the centre plans; 中国（辽宁）… is a zone in a province.
_OF_THE_STATE = re.compile(r"^(?:中华人民共和国|中央|国家|全国|中国(?![（(]))")
_OF_A_CITY = re.compile(r"市(?![监场])|州")  # 辽市监 is the province's 市场监管局
_CENTRAL_PARTY = "中"  # 中发, 中办发, 中组发; 国 is in the table of abbreviations


class IssuingLevel(NamedTuple):
    """A level of `kg.divisions.LEVELS` or `zone`, and what tells it; None where nothing does."""

    level: str | None = None
    basis: LevelBasis | None = None


@cache
def issuing_level(place: str | None, title: str, number: str | None) -> IssuingLevel:
    """Return the level of a notice's place, else that of the issuer its title or number tells.

    Args:
        place: its jurisdiction, None where the notice is only cited.
        title: of the notice.
        number: its document number.
    """
    if level := level_of(place):
        return IssuingLevel(level, "jurisdiction")
    if level := _level_in_title(title):
        return IssuingLevel(level, "title")
    if level := _level_in_number(number or ""):
        return IssuingLevel(level, "number")
    return IssuingLevel()


def _level_in_title(title: str) -> str | None:
    named = _BEFORE_PLACES.sub("", title)
    places = _places_at_head(named)
    if places:
        return places[-1].level
    is_national = any(_OF_THE_STATE.match(name) for name in (title, named))
    is_national = is_national or title.startswith(_national_names())
    return "national" if is_national else None


def _places_at_head(title: str) -> list[Division]:
    """Return the places that a title begins with, each in the one before: 沈阳市, 铁西区."""
    found: list[Division] = []
    while division := _place_at_head(title, found[-1].code if found else None):
        found.append(division)
        title = title.removeprefix(division.canonical).removeprefix(division.name)
    return found


def _place_at_head(title: str, within: str | None) -> Division | None:
    for length in range(min(len(title), _LONGEST_PLACE), 2, -1):
        name = title[:length]
        for division in load_divisions().named(name, within):
            if name in (division.canonical, division.name) and division.level != "national":
                return division
    return None


def _level_in_number(number: str) -> str | None:
    """Return the level that the characters before a number's year tell, or None: 沈政发 does not.

    辽阳市 begins its numbers with 辽市, so that they are not taken for the province's.
    """
    if number.startswith(_CENTRAL_PARTY):
        return "national"
    code = load_abbreviations().get(number[:1])
    if code is None:
        return None
    level = load_divisions().get(code).level
    return "prefecture" if level == "province" and _OF_A_CITY.match(number[1:]) else level


@cache
def _national_names() -> tuple[str, ...]:
    return tuple(surface for surface, _ in list_national_names())
