"""Products with a name of their own: geographical indications and regional brands.

Three ways to a name: the gazetteer (五常大米); a place and its goods straight after each other
(金寨红茶); a member of a list, or words in quotation marks, before 地理标志, 区域品牌 and the like
(loaders/product_lists.py).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.divisions import Division, load_divisions
from kg.products import load_products
from kg.scanning import compile_scan
from kg.types import Span
from loaders.product_lists import find_listed
from loaders.product_words import (
    INDICATION,
    ProductAt,
    begins_word,
    load_product_words,
    place_before,
)
from loaders.support import is_supported
from loaders.types import Context, EntityMention

_TITLE = re.compile(r"《[^《》]*》")
_HEAD_GAP = (
    r"(?:国家|产业|行业|地理标志|特色|品牌|文化|国际|中国|美食|种植|养殖|技术|科学|发展|保护"
    r"|运用促进|价值提升){0,4}"
)
_SHORT = 3  # characters of names that their place may stand before
_CONFIDENCE = {"gazetteer": 0.95, "place": 0.8, "list": 0.75, "quoted": 0.75}


def detect_products(text: str, regions: Sequence[Span], context: Context) -> list[EntityMention]:
    """Return the products named in the regions, each once, in reading order.

    Names inside 《titles》 and names that only begin another one (盘锦大米协会) are left out, and
    so are generic goods (防疫物资, 优质大米).

    Args:
        text: the document's text.
        regions: where to look: heading and body of a measure without its responsibility clause.
        context: not needed to read a product; every detector takes it.
    """
    mentions: dict[str, EntityMention] = {}
    for region in regions:
        titles = [match.span() for match in _TITLE.finditer(text, region.start, region.end)]
        for found in find_products(text, region):
            if any(start <= found.span.start < end for start, end in titles):
                continue
            if not _head().match(text, found.span.end):
                _add(mentions, _mention(text, found))
    return list(mentions.values())


@lru_cache(maxsize=64)  # places ask for the same regions, just before
def find_products(text: str, region: Span) -> tuple[ProductAt, ...]:
    """Return every name of a product in a region, in order, without overlaps.

    Those in titles and in longer names are kept: a place in them is no place either.
    """
    known = [*_in_gazetteer(text, region), *_after_places(text, region)]
    known = _without_overlaps([at for at in known if not _is_district(text, at.span)])
    return tuple(_without_overlaps([*known, *find_listed(text, region, known)]))


def _is_district(text: str, span: Span) -> bool:
    """Tell whether the end of a name begins that of a district: 菏泽市牡丹 in 菏泽市牡丹区."""
    if text[span.end : span.end + 1] not in ("区", "县"):
        return False
    ends = (text[span.end - length : span.end + 1] for length in (2, 3))
    return any(load_divisions().named(end) for end in ends)


def origin_of(name: str) -> Division | None:
    """Return the division a product comes from, or None if its name does not tell.

    Args:
        name: canonical or other name, e.g. 郫县豆瓣, 金寨红茶.
    """
    product = load_products().get(name)
    if product is not None:
        return product.origin
    for length in range(min(len(name) - 1, 12), 1, -1):
        rows = load_divisions().named(name[:length])
        if rows:
            first = rows[0]
            rivals = [row for row in rows[1:] if row.level == first.level]
            return None if rivals else first
    return None


def _add(mentions: dict[str, EntityMention], mention: EntityMention) -> None:
    """Keep a product's first mention; it is supported if any mention is."""
    known = mentions.get(mention.name)
    if known is None:
        mentions[mention.name] = mention
    elif mention.supported and not known.supported:
        mentions[mention.name] = replace(known, supported=True)


def _mention(text: str, found: ProductAt) -> EntityMention:
    product = load_products().get(found.name)
    kind = product.kind if product is not None else found.kind
    aliases = set(product.aliases if product is not None else ())
    name = product.name if product is not None else found.name
    surface = text[found.span.start : found.span.end]
    return EntityMention(
        "Product",
        name,
        found.span,
        is_supported(text, found.span),
        f"product/{found.rule}",
        _CONFIDENCE[found.rule],
        properties={"kind": kind, "aliases": sorted((aliases | {surface}) - {name})},
    )


@cache
def _head() -> re.Pattern[str]:
    return compile_scan(_HEAD_GAP + rf"(?:{'|'.join(load_product_words().heads)})")


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(sorted(load_products()))
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


@cache
def _goods() -> AhoCorasick:
    return AhoCorasick(sorted(load_product_words().goods), matchkind=MatchKind.LeftmostLongest)


def _in_gazetteer(text: str, region: Span) -> Iterator[ProductAt]:
    automaton, names = _automaton()
    part = text[region.start : region.end]
    for index, start, end in automaton.find_matches_as_indexes(part):
        made = _made_of(text, region.start + end)
        span = Span(region.start + start, region.start + end + len(made))
        at = place_before(text, span.start, region.start) if len(names[index]) <= _SHORT else None
        if at is not None:  # 蕲春蕲艾: the place is part of the name
            yield ProductAt(Span(at, span.end), text[at : span.end], "gazetteer", INDICATION)
        elif len(names[index]) > 2 or begins_word(text, span.start):
            yield ProductAt(span, names[index] + made, "gazetteer", INDICATION)


def _made_of(text: str, end: int) -> str:
    """Return the word that makes other goods of those named before it: 甘南牦牛 + 肉, or ""."""
    made = _made().match(text, end)
    return made.group() if made else ""


@cache
def _made() -> re.Pattern[str]:
    goods = sorted(word for word in load_product_words().goods if len(word) == 2)
    end = "[、，,。；;等和及的与为在”走]|发展|产业|品牌|生产|加工|出口|上市|申[报请]|注册|地理|$"
    return re.compile(
        rf"(?:[肉油粉酒干膏壶绒蜜饼]|(?<=[荞菊花叶枣参橘柚果])茶|{'|'.join(goods)})(?={end})"
    )


def _after_places(text: str, region: Span) -> Iterator[ProductAt]:
    """Yield goods straight after the name of a county or prefecture: 金寨红茶."""
    part = text[region.start : region.end]
    for _, start, end in _goods().find_matches_as_indexes(part):
        at = place_before(text, region.start + start, region.start)
        if at is not None:
            stop = region.start + end
            span = Span(at, stop + len(_made_of(text, stop)))  # 互助青稞 + 酒
            yield ProductAt(span, text[span.start : span.end], "place", INDICATION)


def _without_overlaps(found: Sequence[ProductAt]) -> list[ProductAt]:
    """Return the names in order; of two that overlap, the longer or else the first given."""
    kept: list[ProductAt] = []
    for at in sorted(found, key=lambda at: (at.span.start, -at.span.end)):
        if not kept or kept[-1].span.end <= at.span.start:
            kept.append(at)
        elif at.span.end - at.span.start > kept[-1].span.end - kept[-1].span.start:
            kept[-1] = at
    return kept
