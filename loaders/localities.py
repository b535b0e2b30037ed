"""Zones and towns that no table lists, named as a local notice names its own: 柳东新区, 贤官镇."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.divisions import Division, load_divisions
from kg.types import Span
from kg.zones import load_zones
from loaders.support import is_supported
from loaders.types import NATIONAL, Context, EntityMention

_VERBS = "支持|推动|依托|鼓励|指导|推进|发挥|选择|确定"
_BEFORE = rf"(?:(?<=[、，,。；;：:（(\n在对和与及以向])|(?<={_VERBS}))"
_AFTER = (
    r"(?=[、，,。；;）)“\n和与及等]|建设|开展|打造|设立|创建|创办|争创|申报|企业|先行|率先|试点|$)"
)
_NAME = re.compile(
    rf"{_BEFORE}(?P<name>(?!{_VERBS}|建设|加快|[在对和与及以向将把由])[\u4e00-\u9fff]{{2,4}}?"
    r"(?:工业新区|新区|高新区|经开区|镇|(?<![城下返入离])乡|街道))"
    rf"(?:[(（][^()（）]{{2,12}}[)）])?{_AFTER}"
)
_TOWN = re.compile(r"(?:镇|乡|街道)$")
_GENERIC = re.compile(
    r"^(?:各|全|本|该|我|有关|相关|重点|国家|省级|市级|县级|城乡|特色|新建|城市|现代|产业|中心|建制|"
    r"示范|试点|条件|部分|周边|老|城|新|其他|所在|经济|高新|开发|小城|美丽|和谐|一批|乡镇|镇街)"
)


def detect_localities(
    text: str, regions: Sequence[Span], context: Context, known: Sequence[Span]
) -> list[EntityMention]:
    """Return zones and towns of the notice's own place, each once, in reading order.

    Only a notice of a prefecture or county names its zones, and only that of a county, or of a
    city without counties, its towns so shortly; elsewhere the same words would mean nothing.

    Args:
        text: the document's text.
        regions: heading and body of a measure without its responsibility clause.
        context: gives the place whose zones and towns they are.
        known: spans that are places already.
    """
    place = load_divisions().get(context.jurisdiction) if context.jurisdiction else None
    if place is None or place.code == NATIONAL or place.level == "province":
        return []
    found: dict[str, EntityMention] = {}
    for region in regions:
        for span in _names(text, region, place):
            if any(span.overlaps(other) for other in known):
                continue
            name = place.canonical + text[span.start : span.end]
            level = "township" if _TOWN.search(name) else "zone"
            mention = EntityMention(
                "Place",
                name,
                span,
                is_supported(text, span),
                "place/locality",
                0.7,
                properties={"level": level, "aliases": [text[span.start : span.end]]},
            )
            found.setdefault(name, mention)
    return list(found.values())


@cache
def _without_counties() -> frozenset[str]:
    """Return the codes of the cities whose towns stand right below them: 中山市, 东莞市."""
    rows = load_divisions().all()
    parents = {row.code[:4] for row in rows if row.level == "county"}
    return frozenset(
        row.code for row in rows if row.level == "prefecture" and row.code[:4] not in parents
    )


def _names(text: str, region: Span, place: Division) -> Iterator[Span]:
    has_towns = place.level == "county" or place.code in _without_counties()
    for match in _NAME.finditer(text, region.start, region.end):
        name = match["name"]
        is_town = _TOWN.search(name) is not None
        if _GENERIC.match(name) or (is_town and not has_towns):
            continue
        if not load_divisions().named(name) and name not in load_zones().by_name:
            yield Span(*match.span("name"))
