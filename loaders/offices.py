"""Offices that many places have: protection centres, agency offices, branch centres, IP courts.

Their places may share a list (辽宁省及沈阳市知识产权保护中心) or stand in brackets
(中国(辽宁)和中国(大连)知识产权保护中心).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.divisions import load_divisions
from kg.scanning import compile_scan
from loaders.institution_names import is_free, part_at
from loaders.name_bounds import PlaceAt, find_places, own_division
from loaders.naming import HAN, Passage
from loaders.types import Context

type Named = tuple[str, int, int]  # name, start and end in the passage

_CENTRE = "知识产权(?:保护|维权援助|维权)中心|(?:知识产权)?快速维权(?:援助)?中心"
_BRACKETED = re.compile(
    rf"(?:中国[{HAN}]{{0,6}}\([{HAN}、]{{2,14}}\)(?:以及|[、和及与])?){{1,9}}"
    r"知识产权(?:保护|快速维权|维权援助|快速维权援助)中心"
)
_ONE_BRACKETED = re.compile(rf"中国[{HAN}]{{0,6}}\([{HAN}、]{{2,14}}\)")
_AGENCY = "(?:国家知识产权局)?(?:专利局)?(?:专利)?代办处"
# Courts for matters of IP; other courts are agencies, which no measure is about.
_COURT = "(?:自由贸易港)?(?:知识产权|互联网|金融)法院|(?:(?:中级|高级)人民法院)?知识产权法庭"
_OFFICES = compile_scan(rf"(?:{_CENTRE})(?!站)|{_AGENCY}|{_COURT}")
_FREE_PORT = "自由贸易港"
# Centres for a trade: 中山(灯饰)、东莞(家具)等快速维权中心.
_TRADE = rf"(?P<place>[{HAN}]{{2,6}})\((?P<trade>[{HAN}、]{{2,12}})\)"
_TRADES = re.compile(
    rf"(?:[{HAN}]{{2,6}}\([{HAN}、]{{2,12}}\)(?:以及|[、和及与])?){{1,20}}(?:等(?:\d{{1,3}}[家个])?)?"
    "(?P<common>(?:知识产权)?快速维权中心)"
)
_ONE_TRADE = re.compile(_TRADE)
_STEM = f"(?:(?![和及与])[{HAN}]){{2,8}}"  # no joint inside, so that there is one way to match
_ABROAD = re.compile(
    "(?:国家)?海外知识产权纠纷应对指导(?:中心)?"
    rf"(?P<places>{_STEM}(?:[、和及与]{_STEM}){{0,9}})分中心"
)
_JOINT = re.compile("以及|[、和及与]")
# 国家知识产权培训(广东)基地, 国家中小微企业知识产权培训(南海)基地
_BASE = re.compile(rf"国家(?:中小微?企业)?知识产权培训\((?P<place>[{HAN}]{{2,6}})\)基地")


def find_offices(passage: Passage, context: Context) -> Iterator[Named]:
    """Yield protection centres, CNIPA's agency offices, branch centres and courts of all places."""
    if not any(word in passage.text for word in ("中心", "代办处", "法院", "法庭")):
        return  # most passages
    for listed in _BRACKETED.finditer(passage.text):
        end = listed.group()[listed.group().rindex(")") + 1 :]
        for one in _ONE_BRACKETED.finditer(listed.group()):
            yield one.group() + end, listed.start(), listed.end()
    for branch in _ABROAD.finditer(passage.text):
        for place in _JOINT.split(branch.group("places").replace("分中心", "")):
            if load_divisions().named(place):
                name = f"国家海外知识产权纠纷应对指导中心{place}分中心"
                yield name, branch.start(), branch.end()
    for base in _BASE.finditer(passage.text):
        if load_divisions().named(base["place"]):
            yield base.group(), base.start(), base.end()
    yield from _find_trades(passage)
    for office in _OFFICES.finditer(passage.text):
        yield from _listed(passage, find_places(passage), office, context)


def _find_trades(passage: Passage) -> Iterator[Named]:
    """Yield the quick centres of trades under their official names, 中国中山(灯饰)…."""
    for listed in _TRADES.finditer(passage.text):
        found = list(_ONE_TRADE.finditer(passage.text, listed.start(), listed.end()))
        places = [_place_at_end(one["place"]) for one in found]
        start = found[0].end("place") - len(places[0])
        for one, place in zip(found, places, strict=True):
            if place and place != "中国":
                name = f"中国{place}({one['trade']})知识产权快速维权中心"
                yield name, start, listed.end()


def _place_at_end(words: str) -> str:
    """Return the place that words end with, without the verb before it, or nothing."""
    ends = (words[at:] for at in range(len(words) - 1))
    return next((place for place in ends if load_divisions().named(place)), "")


def _listed(
    passage: Passage, places: Sequence[PlaceAt], office: re.Match[str], context: Context
) -> Iterator[Named]:
    """Yield the offices of all the places listed before an office's common name."""
    text, at = passage.text, office.start()
    first = at
    owners: list[str] = []
    while True:
        owner, begin = _owner_before(text, places, at, context)
        if owner is None:
            break
        owners.append(owner)
        first = begin
        joint = re.search("(?:以及|[、和及与])$", text[max(0, begin - 2) : begin])
        if joint is None:
            break
        at = begin - len(joint.group())
    for place, owner in reversed(list(enumerate(owners))):
        name = _office(owner, office.group() if place == 0 else _shared(office.group()))
        part = part_at(text, office.end(), name)
        yield name + part, first, office.end() + len(part)


def _owner_before(
    text: str, places: Sequence[PlaceAt], at: int, context: Context
) -> tuple[str | None, int]:
    """Return the full name of the place that ends at an offset, and where it begins."""
    index = bisect_left(places, at, key=lambda place: place.end)
    if index < len(places) and places[index].end == at:
        place = places[index]
        full = load_divisions().get(place.code).name if place.code else place.name
        is_short = full.startswith(place.name) and not full.endswith("自治区")
        return (full if is_short else place.name), place.start
    found = re.search("(?:自治区|[省市区县])$", text[max(0, at - 3) : at])
    if found is not None and is_free(text, at - len(found.group())):
        division = own_division(context.jurisdiction, found.group())
        if division is not None:
            return division.name, at - len(found.group())
    return None, at


def _shared(common: str) -> str:
    """Return what all members of a list have of a name: 北京、海南自由贸易港知识产权法院."""
    return common.removeprefix(_FREE_PORT)


def _office(owner: str, common: str) -> str:
    stem = re.sub("[省市]$", "", owner)
    if common.endswith("代办处"):
        return f"国家知识产权局专利局{stem}代办处"
    is_own_court = common.endswith(("法院", "法庭")) and "人民法院" not in common
    return (stem if is_own_court else owner) + common
