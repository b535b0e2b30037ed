"""Which division a name of a place means, by its neighbours and the notice's jurisdiction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.divisions import Division, load_divisions
from kg.types import Span
from loaders.naming import load_words as load_names
from loaders.toponyms import HAN, Toponym, load_words
from loaders.types import NATIONAL, Context

MEMBER_END = re.compile(rf"[^{HAN}]|$|[和及与等区县市]|以及|[两三四五六七八九十]+[个地市县区家]")
_STOP = re.compile(r"[。；;\n]")
_NEAR = 60  # characters over which a city named before tells which 铁西区 is meant


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place found: a division or a zone, or a name that could not be resolved."""

    span: Span
    surface: str
    division: Division | None
    toponym: Toponym
    rule: str


def resolve_toponyms(text: str, toponyms: Sequence[Toponym], context: Context) -> list[FoundPlace]:
    """Resolve names in reading order; 辽宁省大连市 and 沈阳市浑南 become one place each."""
    found: list[FoundPlace] = []
    last: FoundPlace | None = None
    for toponym in toponyms:
        if toponym.zone is not None:
            if found and found[-1].span.end >= toponym.span.start and found[-1].division:
                found.pop()  # 大连市 + 金普新区, 苏州(昆山) + 昆山高新区
            found.append(FoundPlace(toponym.span, toponym.surface, None, toponym, "zone"))
            continue
        near = _near(text, last, toponym.span.start)
        row, rule = _pick(toponym, context, near)
        if row is None and rule == "generic":
            continue
        at = FoundPlace(toponym.span, toponym.surface, row, toponym, rule)
        if found and row is not None and _is_path(found[-1], at):
            head = found.pop()
            at = FoundPlace(Span(head.span.start, at.span.end), row.canonical, row, toponym, rule)
        at = _with_child_stem(text, at)
        found.append(at)
        if at.division is not None:
            last = at
    return found


def _near(text: str, last: FoundPlace | None, start: int) -> Division | None:
    if last is None or start - last.span.end > _NEAR:
        return None
    if _STOP.search(text, last.span.end, start):
        return None
    return last.division


def _is_path(above: FoundPlace, below: FoundPlace) -> bool:
    touches = above.span.end == below.span.start
    if not touches or above.division is None or below.division is None:
        return False
    return load_divisions().is_within(below.division.code, above.division.code)


def _pick(toponym: Toponym, context: Context, near: Division | None) -> tuple[Division | None, str]:
    """Return the division a name means and the rule that chose it.

    Order: the city named just before, the notice's own jurisdiction from the narrowest to its
    province, then the only one or the highest in China. (None, "unresolved") if several remain.
    """
    rows = toponym.divisions
    generic = toponym.surface in load_words().generic
    exact = [row for row in rows if toponym.surface in (row.canonical, *row.aliases)]
    # 吉林 is by itself the province, but not beside 长春.
    if near is not None and not any(row.level != "province" for row in exact):
        chosen = _near_neighbour(rows, near)
        if chosen is not None:
            return chosen, "near"
    if context.jurisdiction != NATIONAL:
        chosen = _in_jurisdiction(rows, context.jurisdiction, generic)
        if chosen is not None:
            return chosen, "jurisdiction"
    if generic or _is_bare_word(toponym):
        return None, "generic"
    chosen = only_candidate(rows) or (exact[0] if len(exact) == 1 else None)
    return (chosen, "gazetteer") if chosen is not None else (None, "unresolved")


def _near_neighbour(rows: Sequence[Division], near: Division) -> Division | None:
    divisions = load_divisions()
    for scope in divisions.lineage(near.code):
        inside = [row for row in rows if divisions.is_within(row.code, scope.code)]
        # 长春、吉林: a neighbour of a city is a city, not the province around it.
        chosen = only_candidate([row for row in inside if row.code != scope.code] or inside)
        if chosen is not None:
            return chosen
    return None


def _in_jurisdiction(rows: Sequence[Division], code: str, generic: bool) -> Division | None:
    divisions = load_divisions()
    for scope in divisions.lineage(code):
        if generic and scope.level == "province" and not _is_municipality(scope):
            return None
        chosen = only_candidate([row for row in rows if divisions.is_within(row.code, scope.code)])
        if chosen is not None:
            return chosen
    return None


def _is_municipality(row: Division) -> bool:
    return row.level == "province" and row.name.endswith("市")


def _is_bare_word(toponym: Toponym) -> bool:
    """Tell whether a name is only a stem that is an ordinary word: 朝阳, 日照."""
    return all(
        toponym.surface == row.stem
        and toponym.surface not in row.aliases
        and row.level != "province"
        for row in toponym.divisions
    )


def only_candidate(rows: Sequence[Division]) -> Division | None:
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


def _with_child_stem(text: str, at: FoundPlace) -> FoundPlace:
    """Extend 沈阳市 to 沈阳市浑南 where a list goes on (沈阳市浑南、铁西区)."""
    if at.division is None or at.division.level == "county":
        return at
    for length in (5, 4, 3, 2):
        end = at.span.end + length
        stem = text[at.span.end : end]
        if len(stem) < length:
            continue
        if stem not in _well_known() and not MEMBER_END.match(text, end):
            continue
        rows = load_divisions().named(stem, at.division.code)
        rows = tuple(row for row in rows if row.level == "county" and row.stem == stem)
        is_listed = text[end : end + 1] in ("、", "区", "县", "和", "等")
        if len(rows) == 1 and (is_listed or stem in _well_known()):
            span = Span(at.span.start, end)
            return FoundPlace(span, text[span.start : end], rows[0], at.toponym, "list")
    return at


@cache
def _well_known() -> frozenset[str]:
    """Return the short names of counties that begin names without 区 or 县: 广州南沙, 深圳南山."""
    return frozenset(load_names("naming", "short_counties") + load_names("naming", "regions"))


def has_generic_part(at: FoundPlace) -> bool:
    """Tell whether a name has its generic part: 沈阳市, but not 沈阳 or 杭州."""
    is_stem = at.division is not None and at.surface.endswith(at.division.stem or "?")
    return at.surface[-1] in "省市区县州盟旗" and not is_stem
