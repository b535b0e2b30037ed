"""Places a measure is about: divisions and functional zones, resolved by the notice's context."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.divisions import Division, load_divisions
from kg.scanning import iter_near
from kg.types import Span, Value
from loaders.place_names import (
    MEMBER_END,
    FoundPlace,
    has_generic_part,
    only_candidate,
    resolve_toponyms,
)
from loaders.products import find_products
from loaders.support import is_supported
from loaders.toponyms import (
    HAN,
    Toponym,
    find_toponyms,
    formed_of,
    formed_zone,
    has_name_head,
    is_part_of_name,
    load_words,
)
from loaders.types import NATIONAL, Context, EntityMention

_TITLE = re.compile(r"《[^《》]*》")
_SEPARATOR = re.compile(r"[)）”]?(?:、|和|与|及|以及|或|暨|，|,)?(?:中国)?[(（“]?(?:以及)?")
_LONGEST_IN_RUN = 8
_RUN = re.compile(rf"[{HAN}]{{2,{_LONGEST_IN_RUN}}}(?:、[{HAN}]{{2,{_LONGEST_IN_RUN}}})+")
_SECOND = re.compile(f"、[{HAN}]{{2}}")


def detect_places(
    text: str, regions: Sequence[Span], context: Context, names: Sequence[Span] = ()
) -> list[EntityMention]:
    """Return the places named in the regions, each once, in reading order.

    The notice's own place and those above it are left out, and so are names that are only part
    of another name (沈阳海关, 《辽宁省…条例》, 盘锦大米).

    Args:
        text: the document's text.
        regions: where to look: heading and body of a measure without its responsibility clause.
        context: gives the jurisdiction by which short and shared names are resolved.
        names: spans of institutions, programmes and platforms; a place in one is part of it.
    """
    mentions: dict[str, EntityMention] = {}
    own = {row.code for row in load_divisions().lineage(context.jurisdiction)}
    for region in regions:
        for found in _find_places(text, region, context, names):
            if found.division is not None and found.division.code in own:
                continue
            mention = _mention(text, found)
            known = mentions.get(mention.key or mention.name)
            if known is None or (mention.supported and not known.supported):
                mentions[mention.key or mention.name] = _first(known, mention)
    return list(mentions.values())


def _first(known: EntityMention | None, later: EntityMention) -> EntityMention:
    """Return the first mention of a place, supported because a later one is."""
    if known is None:
        return later
    return replace(known, supported=later.supported)


def _mention(text: str, found: FoundPlace) -> EntityMention:
    supported = is_supported(text, found.span)
    properties: dict[str, Value]
    key: str | None
    if found.division is not None:
        row = found.division
        aliases = [name for name in (row.name, *row.aliases[:1]) if name != row.canonical]
        properties = {"code": row.code, "level": row.level, "aliases": aliases}
        name, key, confidence = row.canonical, row.code, 0.95
    elif found.toponym.zone is not None:
        zone = found.toponym.zone
        properties = {"level": "zone", "aliases": list(zone.aliases)}
        name, key, confidence = zone.name, zone.key or None, 0.9
    else:
        properties, name, key, confidence = {}, found.surface, None, 0.3
    rule = f"place/{found.rule}"
    return EntityMention("Place", name, found.span, supported, rule, confidence, key, properties)


def _find_places(
    text: str, region: Span, context: Context, names: Sequence[Span]
) -> Iterator[FoundPlace]:
    """Yield the places of one region that stand for themselves."""
    masked = _Mask(text, region, names)
    toponyms = [at for at in find_toponyms(text, region) if not masked.covers(at.span)]
    found = resolve_toponyms(text, toponyms, context)
    found = _with_list_members(text, region, found, context)
    found = [at for at in found if not masked.covers(at.span)]
    goods = {at.span.start for at in find_products(text, region)}
    found = [at for at in found if at.span.end not in goods]  # 邯郸永年大蒜 is one name
    for chain in _chains(text, found):
        yield from _standing_alone(text, _sharing_zone(text, chain))


class _Mask:
    """The parts of a region where no place is named: titles, and names of other things."""

    def __init__(self, text: str, region: Span, names: Sequence[Span]) -> None:
        titles = [match.span() for match in _TITLE.finditer(text, region.start, region.end)]
        products = [(at.span.start, at.span.end) for at in find_products(text, region)]
        inside = [(at.start, at.end) for at in names if at.overlaps(region)]
        self._spans = _disjoint([*titles, *products, *inside])

    def covers(self, span: Span) -> bool:
        """Tell whether a span touches a masked part."""
        low, high = 0, len(self._spans)
        while low < high:
            middle = (low + high) // 2
            if self._spans[middle][1] <= span.start:
                low = middle + 1
            else:
                high = middle
        return low < len(self._spans) and self._spans[low][0] < span.end


def _disjoint(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _with_list_members(
    text: str, region: Span, found: list[FoundPlace], context: Context
) -> list[FoundPlace]:
    """Add the members of 、 lists that only their neighbours make readable as places."""
    taken = {at.span.start: at for at in found}
    added: list[FoundPlace] = []
    for run in iter_near(_RUN, _SECOND, _LONGEST_IN_RUN, text, (region.start, region.end)):
        added.extend(_members(text, run.span(), taken, context))
    return sorted([*found, *added], key=lambda at: at.span.start)


def _members(
    text: str, run: tuple[int, int], taken: dict[int, FoundPlace], context: Context
) -> Iterator[FoundPlace]:
    """Yield the stems of counties in a run of 、-separated words."""
    items = _items(text, run)
    has_known = not taken.keys().isdisjoint(range(*run))
    known = [_taken_in(item, taken) for item in items] if has_known else [None] * len(items)
    scopes = list(dict.fromkeys(s for at in known if at is not None for s in _scopes(at)))
    if context.jurisdiction != NATIONAL:
        scopes.append(context.jurisdiction)
    if not scopes:
        return
    stems = [
        _stem_at(text, item, scopes, _Position(index, len(items))) if at is None else None
        for index, (item, at) in enumerate(zip(items, known, strict=True))
    ]
    for index, at in enumerate(stems if any(stems) else ()):
        neighbours = range(max(0, index - 1), min(len(items), index + 2))
        beside = any(j != index and (known[j] or stems[j]) for j in neighbours)
        if at is not None and beside:
            yield at


@dataclass(frozen=True, slots=True)
class _Position:
    index: int
    count: int


def _items(text: str, run: tuple[int, int]) -> list[Span]:
    items: list[Span] = []
    at = run[0]
    for piece in text[run[0] : run[1]].split("、"):
        items.append(Span(at, at + len(piece)))
        at += len(piece) + 1
    return items


def _taken_in(item: Span, taken: dict[int, FoundPlace]) -> FoundPlace | None:
    for start in range(item.start, item.end):
        if start in taken:
            return taken[start]
    return None


def _scopes(at: FoundPlace) -> tuple[str, ...]:
    """Return the codes within which a neighbour of a place is sought, narrowest first."""
    if at.division is None:
        return (at.toponym.zone.parent,) if at.toponym.zone is not None else ()
    return tuple(row.code for row in load_divisions().lineage(at.division.code)[1:])


def _stem_at(
    text: str, item: Span, scopes: Iterable[str], position: _Position
) -> FoundPlace | None:
    """Return the division whose stem an item of a list is, or ends or begins with."""
    names = load_divisions().names()
    length = item.end - item.start
    is_first, is_last = position.index == 0, position.index == position.count - 1
    for size in range(min(6, length), 1, -1):
        if size != length and not (is_first or is_last):
            return None
        start = item.end - size if is_first and not is_last else item.start
        end = start + size
        if text[start:end] not in names:
            continue
        if is_last and end < item.end and not _may_end(text, end):
            continue
        if (
            is_first
            and start > item.start
            and not load_words().before.search(text[start - 4 : start])
        ):
            continue
        row = _stem_within(text[start:end], scopes)
        if row is not None:
            return FoundPlace(
                Span(start, end), text[start:end], row, Toponym(Span(start, end), ""), "list"
            )
    return None


def _may_end(text: str, at: int) -> bool:
    """Tell whether the last name of a list may end there: 、黔江等, 、黔江布局."""
    return bool(MEMBER_END.match(text, at) or load_words().verb.match(text, at))


def _stem_within(stem: str, scopes: Iterable[str]) -> Division | None:
    for scope in scopes:
        if scope == NATIONAL:
            continue
        rows = load_divisions().named(stem, scope)
        chosen = only_candidate([row for row in rows if row.code != scope])
        if chosen is not None:
            return chosen
    return None


def _chains(text: str, found: Sequence[FoundPlace]) -> Iterator[list[FoundPlace]]:
    """Yield the places in groups joined by 、 和 及 与."""
    chain: list[FoundPlace] = []
    for at in found:
        if chain:
            end = chain[-1].span.end
            gap = text[end : at.span.start] if end <= at.span.start <= end + 8 else "?"
            if not _SEPARATOR.fullmatch(gap.removeprefix("区").removeprefix("县")):
                yield chain
                chain = []
        chain.append(at)
    if chain:
        yield chain


def _sharing_zone(text: str, chain: list[FoundPlace]) -> list[FoundPlace]:
    """Return the chain with the kind of zone its last place has given to the bare names before it.

    苏州、无锡高新区 are two zones; 沈阳市、大连高新区 are a city and a zone.
    """
    kept = list(chain)
    for index in range(len(chain) - 1, 0, -1):
        last = kept[index]
        form = formed_of(last.toponym)
        if form is None or form.kind == "innovation_zone":
            continue
        for before in range(index - 1, -1, -1):
            at = kept[before]
            gap = text[at.span.end : kept[before + 1].span.start]
            if gap not in ("、", "和", "与", "及") or at.division is None or has_generic_part(at):
                break
            zone = formed_zone(at.division, form)
            kept[before] = replace(
                at, division=None, toponym=replace(at.toponym, zone=zone), rule="zone"
            )
    return kept


def _standing_alone(text: str, chain: list[FoundPlace]) -> Iterator[FoundPlace]:
    """Yield the places of a chain, unless the chain shares the name that follows its last.

    沈阳市、大连市知识产权保护中心 are two centres; in 沈阳市、大连理工大学 the first is a place.
    """
    last = chain[-1]
    if is_part_of_name(text, last.span):
        shares = has_generic_part(last) or not any(has_generic_part(at) for at in chain[:-1])
        chain = _zones_of(text, chain) if shares else chain[:-1]
    yield from (at for at in chain if at is last or not _is_inside_name(text, at))


def _zones_of(text: str, chain: list[FoundPlace]) -> list[FoundPlace]:
    """Return the zones before a zone that begins a longer name: they share no name with it."""
    last = chain[-1]
    if last.toponym.zone is None or text.startswith(("管委会", "管理委员会"), last.span.end):
        return []
    return [at for at in chain[:-1] if at.toponym.zone is not None]


def _is_inside_name(text: str, at: FoundPlace) -> bool:
    """Tell whether a member that is not the last begins a name: 北京大学、上海."""
    return is_part_of_name(text, at.span) and has_name_head(text, at.span.end)
