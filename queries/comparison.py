"""Two places side by side: their notices, measures, instruments, and what they derive from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from kg.store import Row as StoreRow
from kg.store import Store
from queries.jurisdictions import resolve_jurisdiction
from queries.types import Arguments, Found, Parameter, Query, Row, run_file

type Aspect = Literal["total", "class", "instrument", "origin"]
ASPECTS: tuple[Aspect, ...] = ("total", "class", "instrument", "origin")
_SIDES = ("first", "second")
_TOTALS = {
    "notices": ("公文", "notices"),
    "measures": ("措施", "measures"),
    "dated": ("有期限的措施", "measures with a deadline"),
    "ongoing": ("持续推进的措施", "ongoing measures"),
    "led": ("有牵头者的措施", "measures with a leader"),
    "instruments": ("运用的政策工具种类", "kinds of policy instrument used"),
}
_CLASSES = {
    "supply": ("供给型政策工具", "supply-side instruments"),
    "environment": ("环境型政策工具", "environmental instruments"),
    "demand": ("需求型政策工具", "demand-side instruments"),
}


class ComparisonRow(Row):
    """One thing counted in both places.

    Attributes:
        aspect: `total`; `class` and `instrument`: measures that use it; `origin`: notices that
            derive from it directly.
        item: what is counted: a key of totals, a class, an instrument's key, or a notice's id.
        item_zh: its name in Chinese.
        item_en: its name in English; for a notice, its title.
        first: the count in the first place.
        second: that in the second.
        first_share: of the first place's measures, or notices for `origin`; None for totals.
        second_share: the same of the second.
        first_id: one measure or notice counted, that with the smallest id; None where none is.
        second_id: the same of the second.
    """

    aspect: Aspect
    item: str
    item_zh: str
    item_en: str
    first: int
    second: int
    first_share: float | None
    second_share: float | None
    first_id: str | None
    second_id: str | None


def answer(store: Store, arguments: Arguments) -> Found:
    """Count in both places, then put the counts side by side."""
    places: list[list[str]] = []
    notes: tuple[str, ...] = ()
    for side in _SIDES:
        covered, told = resolve_jurisdiction(store, str(arguments[side]))
        notes += told
        if covered is not None:
            places.append(covered)
    if len(places) < len(_SIDES):
        return Found([], notes)
    aspect, skip = arguments["aspect"], int(arguments["skip"] or 0)
    counts = [[*_counts(store, place)] for place in places]
    rows = [row for row in _side_by_side(counts) if aspect in (None, row["aspect"])]
    return Found(rows[skip : skip + int(arguments["fetch"] or 0)], notes)


def _counts(store: Store, places: Sequence[str]) -> Iterator[StoreRow]:
    """Yield what there is of each item in a place, with the total it is a share of."""
    [totals] = run_file(store, "_place_totals", {"jurisdictions": places})
    for key, (zh, en) in _TOTALS.items():
        yield _count("total", (key, zh, en), totals[key], None, None)
    for row in run_file(store, "_place_classes", {"jurisdictions": places}):
        zh, en = _CLASSES[row["item"]]
        yield _count("class", (row["item"], zh, en), row["n"], totals["measures"], row["one_id"])
    for row in run_file(store, QUERY.name, {"jurisdictions": places}):
        names = (row["item"], row["item_zh"], row["item_en"])
        yield _count("instrument", names, row["n"], totals["measures"], row["one_id"])
    for row in run_file(store, "_place_origins", {"jurisdictions": places}):
        names = (row["item"], row["item_zh"], row["item_zh"])
        yield _count("origin", names, row["n"], totals["notices"], row["one_id"])


def _count(
    aspect: Aspect, names: tuple[str, str, str], count: int, whole: int | None, one_id: str | None
) -> StoreRow:
    share = round(count / whole, 4) if whole else None
    return {"aspect": aspect, "names": names, "count": count, "share": share, "one_id": one_id}


def _side_by_side(counts: Sequence[Iterable[StoreRow]]) -> list[StoreRow]:
    """Return one row for each item of either place: totals, then the most frequent first."""
    sides = [{(row["aspect"], row["names"]): row for row in rows} for rows in counts]
    items = dict.fromkeys(key for side in sides for key in side)
    rows = [_pair(aspect, names, sides) for aspect, names in items]
    order = {"total": [*_TOTALS]}

    def key(row: StoreRow) -> tuple[object, ...]:
        aspect, item = row["aspect"], row["item"]
        fixed = order.get(aspect)
        rank = fixed.index(item) if fixed else -(row["first"] + row["second"])
        return ASPECTS.index(aspect), rank, item

    return sorted(rows, key=key)


def _pair(
    aspect: str, names: tuple[str, str, str], sides: Sequence[Mapping[tuple[Any, Any], StoreRow]]
) -> StoreRow:
    made: StoreRow = {"aspect": aspect}
    made |= dict(zip(("item", "item_zh", "item_en"), names, strict=True))
    # A place that has none of a thing has a share of none of it, unless shares make no sense.
    nothing = {"count": 0, "share": None if aspect == "total" else 0.0, "one_id": None}
    for side, counted in zip(_SIDES, sides, strict=True):
        row = counted.get((aspect, names), nothing)
        made |= {side: row["count"], f"{side}_share": row["share"], f"{side}_id": row["one_id"]}
    return made


def _place(name: str, zh: str, en: str) -> Parameter:
    return Parameter(name, "text", zh, en, required=True)


QUERY = Query(
    name="comparison",
    summary_zh="比较两个地方（及其下级）的公文、措施、政策工具和政策依据",
    summary_en="two places compared: notices, measures, policy instruments, what they derive from",
    own_parameters=(
        _place("first", "一个地方，如 辽宁省", "one place, e.g. 辽宁省"),
        _place("second", "另一个地方", "the other place"),
        Parameter(
            "aspect",
            "text",
            "只比较：总数 total、工具类别 class、政策工具 instrument、依据 origin",
            "one aspect only",
            values=ASPECTS,
        ),
    ),
    row=ComparisonRow,
    example={"first": "辽宁省", "second": "吉林省"},
    answer=answer,
)
