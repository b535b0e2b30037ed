"""Where a name may begin and what it is made of: places, verbs before it, generic words.

The words are in kg/reference/naming.yaml.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.divisions import Division, load_divisions
from kg.scanning import compile_scan
from loaders.naming import BLANK, HAN, Passage, load_words, one_of
from loaders.types import NATIONAL

_LONGEST_PLACE = 16
_YEAR = re.compile(r"(?:20\d\d|二[〇○0]..)(?:[-—至](?:20\d\d|二[〇○0]..))?(?:年度?|(?=[^\d.年]))")


@dataclass(frozen=True, slots=True)
class PlaceAt:
    """A place name in a passage; `code` is None for a region that is no division."""

    start: int
    end: int
    name: str
    code: str | None


@lru_cache(maxsize=16)
def find_places(passage: Passage) -> tuple[PlaceAt, ...]:
    """Return the place names of a passage, leftmost-longest, in order."""
    names, keys, matcher = _place_names()
    return tuple(
        PlaceAt(start, end, keys[key], names[keys[key]])
        for key, start, end in matcher.find_matches_as_indexes(passage.text)
    )


def first_anchor(
    passage: Passage, places: Sequence[PlaceAt], marks: re.Pattern[str], span: tuple[int, int]
) -> int | None:
    """Return the first offset in a stretch of a passage at which a proper name may begin.

    Args:
        passage: the passage.
        places: its places.
        marks: words that begin names besides places (国家, 中国).
        span: start and end of the stretch, offsets in the passage.
    """
    start, end = span
    mark = marks.search(passage.text, start, end)
    at = bisect_left(places, start, key=lambda place: place.start)
    place = places[at].start if at < len(places) and places[at].end <= end else None
    found = [offset for offset in (mark.start() if mark else None, place) if offset is not None]
    return min(found, default=None)


def leading_place(name: str) -> Division | None:
    """Return the division that a name begins with, the longest, or None."""
    for length in range(min(len(name), _LONGEST_PLACE), 1, -1):
        code = _place_names()[0].get(name[:length])
        if code is not None:
            return load_divisions().get(code)
    return None


def starts_with_place(name: str) -> bool:
    """Tell whether a name begins with a place or a region."""
    return any(name[:n] in _place_names()[0] for n in range(2, min(len(name), _LONGEST_PLACE) + 1))


def ends_with_place(name: str) -> bool:
    """Tell whether a name ends with a place or a region."""
    return any(name[-n:] in _place_names()[0] for n in range(2, min(len(name), _LONGEST_PLACE) + 1))


def own_division(jurisdiction: str, level: str) -> Division | None:
    """Return the division of a level that contains a notice's jurisdiction, or None.

    Args:
        jurisdiction: division code of the notice.
        level: 省, 市, 区, 县, as written before a relative name (省知识产权保护中心).
    """
    if jurisdiction == NATIONAL:
        return None
    try:
        line = load_divisions().lineage(jurisdiction)
    except KeyError:
        return None
    wanted = {"省": "province", "自治区": "province", "市": "prefecture"}.get(level, "county")
    for division in line:
        if division.level == wanted:
            return division
        if level == "市" and division.level == "province" and division.name.endswith("市"):
            return division
        if level == "区" and division.level == "province" and division.name.endswith("区"):
            return division
    return None


def left_bound(before: str) -> tuple[int, str]:
    """Return where a name that runs to the end of `before` may begin, and what bounds it there.

    Args:
        before: the clause up to the name's end, without separators.

    Returns:
        The offset, and `verb`, `adverb`, `break`, or `start` for the clause's own start.
    """
    return bounds(before)[0]


def bounds(before: str) -> list[tuple[int, str]]:
    """Return all bounds of left_bound, from right to left; the clause's start is the last."""
    found = [(m.end(), m.lastgroup) for m in _bounds().finditer(before) if m.lastgroup]
    return [*reversed(found), (0, "start")]


def starts(before: str) -> list[int]:
    """Return where a name that runs to the end of `before` may begin, the nearest first.

    Bounds that names themselves may contain (指导, 对接) are followed by those before them.
    """
    offsets: list[int] = []
    for at, _ in bounds(before):
        stripped = strip_modifiers(before[at:] + BLANK, verbs=True)
        offsets.append(len(before) + 1 - len(stripped))
        if not before[:at].endswith(_inner_verbs()):
            break
    return offsets


def strip_modifiers(name: str, *, verbs: bool) -> str:
    """Return a name without the modifiers, years and (if asked for) verbs it begins with."""
    pattern = _modifiers_and_verbs() if verbs else _modifiers()
    while (found := pattern.match(name)) is not None and found.end() < len(name):
        if starts_with_place(name):
            break
        name = name[found.end() :]
    return name


def residue(name: str) -> str:
    """Return what is left of a name without its generic words and places."""
    place = leading_place(name)
    if place is not None:
        name = name[_place_length(name) :]
    left = _generic().sub("", re.sub(rf"[^{HAN}A-Za-z]", "", name))
    return left if left.strip(_generic_characters()) else ""


@cache
def _place_names() -> tuple[dict[str, str | None], list[str], AhoCorasick]:
    divisions = load_divisions()
    names: dict[str, str | None] = {}
    for division in divisions.all():
        if division.code != NATIONAL and division.abolished is None:
            for name in (division.name, division.canonical, *division.aliases):
                if len(name) > 2 or (len(name) == 2 and division.level != "county"):
                    names.setdefault(name, divisions.named(name)[0].code)
            # 河南, 海南, 吉林 are stems of smaller places, too: the province has them.
            # 河南, 海南, 吉林 are names of smaller places, too.
            if division.level == "province" and division.stem:
                names[division.stem] = division.code
    for name in load_words("naming", "short_counties"):
        names.setdefault(name, next((d.code for d in divisions.named(name)), None))
    for region in load_words("naming", "regions"):
        names.setdefault(region, None)
    for word in load_words("naming", "not_places"):
        names.pop(word, None)
    keys = list(names)
    return names, keys, AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest)


def _place_length(name: str) -> int:
    lengths = range(min(len(name), _LONGEST_PLACE), 1, -1)
    return next((n for n in lengths if name[:n] in _place_names()[0]), 0)


@cache
def _inner_verbs() -> tuple[str, ...]:
    return load_words("naming", "inner_verbs")


@cache
def _bounds() -> re.Pattern[str]:
    verbs, adverbs = load_words("naming", "verbs"), load_words("naming", "adverbs")
    breaks = one_of(load_words("naming", "breaks"))
    compounds = one_of(load_words("naming", "compounds"))
    return compile_scan(
        rf"{compounds}|(?P<verb>{one_of(verbs)})|(?P<adverb>{one_of(adverbs)})|(?P<break>{breaks})"
    )


@cache
def _modifiers() -> re.Pattern[str]:
    return compile_scan(rf"(?:{_YEAR.pattern}|{one_of(load_words('naming', 'modifiers'))})+")


@cache
def _modifiers_and_verbs() -> re.Pattern[str]:
    keys = ("modifiers", "start_verbs", "adverbs")
    words = [word for key in keys for word in load_words("naming", key)]
    actors, verbs = load_words("naming", "actors"), load_words("naming", "start_verbs")
    acting = rf"(?:{one_of(actors)}){{1,3}}(?={one_of(verbs)})"
    return compile_scan(rf"(?:{_YEAR.pattern}|{one_of(words)}|{acting})+")


@cache
def _generic() -> re.Pattern[str]:
    return compile_scan(one_of(w for w in load_words("naming", "generic") if len(w) > 1))


@cache
def _generic_characters() -> str:
    return "".join(word for word in load_words("naming", "generic") if len(word) == 1)
