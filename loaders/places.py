"""Places a measure is about: divisions and functional zones, resolved by the notice's context."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.divisions import Division, load_divisions
from kg.types import Span, Value
from loaders.products import find_products
from loaders.support import is_supported
from loaders.toponyms import HAN, Toponym, find_toponyms, has_name_head, is_part_of_name, load_words
from loaders.types import NATIONAL, Context, EntityMention

_TITLE = re.compile(r"《[^《》]*》")
_SEPARATOR = re.compile(r"[)）”]?(?:、|和|与|及|以及|或|暨|，|,)?(?:中国)?[(（“]?(?:以及)?")
_STOP = re.compile(r"[。；;\n]")
_NEAR = 60  # characters over which a city named before tells which 铁西区 is meant
_RUN = re.compile(rf"[{HAN}]{{2,8}}(?:、[{HAN}]{{2,8}})+")
_LIST_BEFORE = re.compile(r"[、和及与]$")
_MEMBER_END = re.compile(rf"[^{HAN}]|$|[和及与等区县市]|以及")


@dataclass(frozen=True, slots=True)
class _Found:
    """A place found: a division or a zone, or a name that could not be resolved."""

    span: Span
    surface: str
    division: Division | None
    toponym: Toponym
    rule: str


def detect_places(text: str, regions: Sequence[Span], context: Context) -> list[EntityMention]:
    """Return the places named in the regions, each once, in reading order.

    The notice's own place and those above it are left out, and so are names that are only part
    of another name (沈阳海关, 《辽宁省…条例》, 盘锦大米).

    Args:
        text: the document's text.
        regions: where to look: heading and body of a measure without its responsibility clause.
        context: gives the jurisdiction by which short and shared names are resolved.
    """
    mentions: dict[str, EntityMention] = {}
    own = {row.code for row in load_divisions().lineage(context.jurisdiction)}
    for region in regions:
        for found in _find_places(text, region, context):
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
    return EntityMention(
        known.label,
        known.name,
        known.span,
        later.supported,
        known.method,
        known.confidence,
        known.key,
        known.properties,
    )


def _mention(text: str, found: _Found) -> EntityMention:
    supported = is_supported(text, found.span)
    properties: dict[str, Value]
    if found.division is not None:
        row = found.division
        aliases = [name for name in (row.name, *row.aliases[:1]) if name != row.canonical]
        properties = {"code": row.code, "level": row.level, "aliases": aliases}
        name, key, confidence = row.canonical, row.code, 0.95
    elif found.toponym.zone is not None:
        zone = found.toponym.zone
        properties = {"level": "zone", "aliases": list(zone.aliases)}
        name, key, confidence = zone.name, None, 0.9
    else:
        properties, name, key, confidence = {}, found.surface, None, 0.3
    rule = f"place/{found.rule}"
    return EntityMention("Place", name, found.span, supported, rule, confidence, key, properties)


def _find_places(text: str, region: Span, context: Context) -> Iterator[_Found]:
    """Yield the places of one region that stand for themselves."""
    masked = _Mask(text, region)
    toponyms = [at for at in find_toponyms(text, region) if not masked.covers(at.span)]
    found = _resolve(text, toponyms, context)
    found = _with_list_members(text, region, found, context)
    found = [at for at in found if not masked.covers(at.span)]
    for chain in _chains(text, found):
        yield from _standing_alone(text, chain)


class _Mask:
    """The parts of a region where no place is named: titles and names of products."""

    def __init__(self, text: str, region: Span) -> None:
        titles = [match.span() for match in _TITLE.finditer(text, region.start, region.end)]
        products = [(at.span.start, at.span.end) for at in find_products(text, region)]
        self._spans = sorted([*titles, *products])

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


def _resolve(text: str, toponyms: Sequence[Toponym], context: Context) -> list[_Found]:
    """Resolve names in reading order; 辽宁省大连市 and 沈阳市浑南 become one place each."""
    found: list[_Found] = []
    last: _Found | None = None
    for toponym in toponyms:
        if toponym.zone is not None:
            if found and found[-1].span.end == toponym.span.start and found[-1].division:
                found.pop()  # 大连市 + 金普新区
            found.append(_Found(toponym.span, toponym.surface, None, toponym, "zone"))
            continue
        near = _near(text, last, toponym.span.start)
        row, rule = _pick(toponym, context, near)
        if row is None and rule == "generic":
            continue
        at = _Found(toponym.span, toponym.surface, row, toponym, rule)
        if found and row is not None and _is_path(found[-1], at):
            head = found.pop()
            at = _Found(Span(head.span.start, at.span.end), row.canonical, row, toponym, rule)
        at = _with_child_stem(text, at)
        found.append(at)
        if at.division is not None:
            last = at
    return found


def _near(text: str, last: _Found | None, start: int) -> Division | None:
    if last is None or start - last.span.end > _NEAR:
        return None
    if _STOP.search(text, last.span.end, start):
        return None
    return last.division


def _is_path(above: _Found, below: _Found) -> bool:
    touches = above.span.end == below.span.start
    if not touches or above.division is None or below.division is None:
        return False
    return load_divisions().is_within(below.division.code, above.division.code)


def _pick(toponym: Toponym, context: Context, near: Division | None) -> tuple[Division | None, str]:
    """Return the division a name means and the rule that chose it.

    Order: the city named just before, the notice's own jurisdiction from the narrowest to its
    province, then the only one or the highest in China. (None, "unresolved") if several remain.
    """
    divisions = load_divisions()
    rows = toponym.divisions
    generic = toponym.surface in load_words().generic
    exact = [row for row in rows if toponym.surface in (row.canonical, *row.aliases)]
    if near is not None and not exact:
        for scope in divisions.lineage(near.code):
            if scope.level == "province" and not scope.code.endswith("0000"):
                break
            inside = [row for row in rows if divisions.is_within(row.code, scope.code)]
            chosen = _only(inside)
            if chosen is not None:
                return chosen, "near"
    if context.jurisdiction != NATIONAL:
        for scope in divisions.lineage(context.jurisdiction):
            inside = [row for row in rows if divisions.is_within(row.code, scope.code)]
            if generic and scope.level == "province" and not _is_municipality(scope):
                break
            chosen = _only(inside)
            if chosen is not None:
                return chosen, "jurisdiction"
    if generic:
        return None, "generic"
    if _is_bare_word(toponym):
        return None, "generic"
    chosen = _only(list(rows))
    return (chosen, "gazetteer") if chosen is not None else (None, "unresolved")


def _is_municipality(row: Division) -> bool:
    return row.level == "province" and row.name.endswith("市")


def _is_bare_word(toponym: Toponym) -> bool:
    """Tell whether a name is only a stem that is an ordinary word: 朝阳, 日照."""
    return all(
        toponym.surface == row.stem and toponym.surface not in row.aliases
        for row in toponym.divisions
    )


def _only(rows: Sequence[Division]) -> Division | None:
    """Return the first row if no other has its standing (existing or not, level)."""
    if not rows:
        return None
    first = rows[0]
    rivals = [
        row
        for row in rows[1:]
        if row.level == first.level and (row.abolished is None) == (first.abolished is None)
    ]
    return None if rivals else first


def _with_child_stem(text: str, at: _Found) -> _Found:
    """Extend 沈阳市 to 沈阳市浑南 where a list goes on (沈阳市浑南、铁西区)."""
    if at.division is None or at.division.level == "county":
        return at
    for length in (5, 4, 3, 2):
        end = at.span.end + length
        stem = text[at.span.end : end]
        if len(stem) < length or not _MEMBER_END.match(text, end):
            continue
        rows = load_divisions().named(stem, at.division.code)
        rows = tuple(row for row in rows if row.level == "county" and row.stem == stem)
        if len(rows) == 1 and text[end : end + 1] in ("、", "区", "县", "和", "等"):
            span = Span(at.span.start, end)
            return _Found(span, text[span.start : end], rows[0], at.toponym, "list")
    return at


def _with_list_members(
    text: str, region: Span, found: list[_Found], context: Context
) -> list[_Found]:
    """Add the members of 、 lists that only their neighbours make readable as places."""
    taken = {at.span.start: at for at in found}
    added: list[_Found] = []
    for run in _RUN.finditer(text, region.start, region.end):
        added.extend(_members(text, run.span(), taken, context))
    return sorted([*found, *added], key=lambda at: at.span.start)


def _members(
    text: str, run: tuple[int, int], taken: dict[int, _Found], context: Context
) -> Iterator[_Found]:
    """Yield the stems of counties in a run of 、-separated words."""
    items = _items(text, run)
    known = [_taken_in(item, taken) for item in items]
    scopes = [scope for at in known if at is not None for scope in _scopes(at)]
    if not scopes and context.jurisdiction == NATIONAL:
        return
    own = [] if context.jurisdiction == NATIONAL else [context.jurisdiction]
    stems: list[_Found | None] = []
    for index, item in enumerate(items):
        is_open = known[index] is None
        found = _stem_at(text, item, (*scopes, *own), _Position(index, len(items)))
        stems.append(found if is_open else None)
    for index, at in enumerate(stems):
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


def _taken_in(item: Span, taken: dict[int, _Found]) -> _Found | None:
    for start in range(item.start, item.end):
        if start in taken:
            return taken[start]
    return None


def _scopes(at: _Found) -> tuple[str, ...]:
    """Return the codes within which a neighbour of a place is sought, narrowest first."""
    if at.division is None:
        return (at.toponym.zone.parent,) if at.toponym.zone is not None else ()
    return tuple(row.code for row in load_divisions().lineage(at.division.code)[1:])


def _stem_at(text: str, item: Span, scopes: Iterable[str], position: _Position) -> _Found | None:
    """Return the division whose stem an item of a list is, or ends or begins with."""
    length = item.end - item.start
    is_first, is_last = position.index == 0, position.index == position.count - 1
    for size in range(min(6, length), 1, -1):
        if size != length and not (is_first or is_last):
            return None
        start = item.end - size if is_first and not is_last else item.start
        end = start + size
        if is_last and end < item.end and not _MEMBER_END.match(text, end):
            continue
        if (
            is_first
            and start > item.start
            and not load_words().before.search(text[start - 4 : start])
        ):
            continue
        row = _stem_within(text[start:end], scopes)
        if row is not None:
            return _Found(
                Span(start, end), text[start:end], row, Toponym(Span(start, end), ""), "list"
            )
    return None


def _stem_within(stem: str, scopes: Iterable[str]) -> Division | None:
    for scope in scopes:
        if scope == NATIONAL:
            continue
        rows = load_divisions().named(stem, scope)
        chosen = _only([row for row in rows if row.code != scope])
        if chosen is not None:
            return chosen
    return None


def _chains(text: str, found: Sequence[_Found]) -> Iterator[list[_Found]]:
    """Yield the places in groups joined by 、 和 及 与."""
    chain: list[_Found] = []
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


def _standing_alone(text: str, chain: list[_Found]) -> Iterator[_Found]:
    """Yield the places of a chain, unless the chain shares the name that follows its last.

    沈阳市、大连市知识产权保护中心 are two centres, but in 沈阳市、大连理工大学 the first is a place.
    """
    last = chain[-1]
    if is_part_of_name(text, last.span):
        shares = _is_full(last) or not any(_is_full(at) for at in chain[:-1])
        chain = [] if shares else chain[:-1]
    yield from (at for at in chain if at is last or not _is_inside_name(text, at))


def _is_inside_name(text: str, at: _Found) -> bool:
    """Tell whether a member that is not the last begins a name: 北京大学、上海."""
    return is_part_of_name(text, at.span) and has_name_head(text, at.span.end)


def _is_full(at: _Found) -> bool:
    return at.surface[-1] in "省市区县州盟旗"
