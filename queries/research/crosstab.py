"""Policy instruments by class, activity, level and year.

The classes are supply, environment and demand; the activities creation, utilisation, protection,
management and service; each use of an instrument by a measure is one unit of coding.

Source: Rothwell, R. and Zegveld, W. (1985), Reindustrialization and Technology, Longman, for the
classes; 知识产权强国建设纲要(2021—2035年) for the activities.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.activities import load_activities
from kg.instruments import CLASSES
from queries.research.material import Material
from queries.tables.columns import UseRow, column
from queries.types import Row

UNASSIGNED = "unassigned"
LEVELS = ("national", "province", "prefecture", "county", "zone")


class CodedUseRow(Row):
    """工具编码|Each use of an instrument with its cell of the cross-tabulation: the evidence."""

    cell: str = column("单元格", "class/activity/level/year")
    instrument_class: str = column("工具类别", "supply, environment or demand")
    activity: str = column("知识产权环节", "creation … service, or unassigned")
    level: str | None = column("层级", "level of the notice")
    year: int | None = column("年份", "year of the notice")
    basis: str = column(
        "环节依据",
        "instrument: it always works on this; title: by the cue; companion: another instrument of "
        "the measure does; default: nothing said otherwise; none",
    )
    instrument: str = column("政策工具", "key of the instrument")
    instrument_zh: str = column("工具名称", "its name in Chinese")
    measure_id: str = column("措施编号", "id of the measure")
    measure: str = column("措施", "title of the measure")
    path: str = column("层次路径", "its place in the outline")
    notice_id: str = column("公文编号", "id of the notice")
    notice_title: str = column("公文标题", "title of the notice")
    quote: str = column("原文", "the words that show the instrument")
    start: int = column("起点", "where they begin, in code points of the stored text")
    end: int = column("终点", "where they end, exclusive")
    eid: str = column("关系编号", "id of the edge in the graph")


class CellRow(Row):
    """交叉分析|Uses of instruments by class, activity, level and year."""

    cell: str = column("单元格", "class/activity/level/year, as in the evidence")
    instrument_class: str = column("工具类别", "supply, environment or demand")
    activity: str = column("知识产权环节", "creation … service, or unassigned")
    level: str | None = column("层级", "level of the notices")
    year: int | None = column("年份", "year of the notices")
    uses: int = column("频次", "uses of instruments")
    measures: int = column("措施数", "measures that they stand in")
    notices: int = column("公文数", "notices that they stand in")
    share: float = column("占比", "of all coded uses of that level and year")
    example_eid: str = column("例证", "one of its edges, that with the smallest id")


class _Assigned(NamedTuple):
    activities: tuple[str, ...]
    basis: str


def code_uses(material: Material) -> list[CodedUseRow]:
    """Return each use with its cell; a use that works on several activities stands in each."""
    by_measure: dict[str, list[UseRow]] = defaultdict(list)
    for use in material.uses:
        by_measure[use.measure_id].append(use)
    rows: list[CodedUseRow] = []
    for measure_id, uses in by_measure.items():
        measure = material.measure_of[measure_id]
        keys = [use.instrument for use in uses]
        for use in uses:
            assigned = _assign(use.instrument, measure.title, keys)
            for activity in assigned.activities:
                key = (use.instrument_class, activity, measure.level, measure.year)
                rows.append(
                    CodedUseRow(
                        cell="/".join(str(part or "unknown") for part in key),
                        instrument_class=use.instrument_class,
                        activity=activity,
                        level=measure.level,
                        year=measure.year,
                        basis=assigned.basis,
                        notice_title=measure.notice_title,
                        **{name: getattr(use, name) for name in _COPIED},
                    )
                )
    return sorted(rows, key=_order)


_COPIED = (
    "instrument",
    "instrument_zh",
    "measure_id",
    "measure",
    "path",
    "notice_id",
    "quote",
    "start",
    "end",
    "eid",
)


def count_cells(coded: Sequence[CodedUseRow]) -> list[CellRow]:
    """Return how many uses, measures and notices each cell has, in the order of its evidence."""
    cells: dict[str, list[CodedUseRow]] = defaultdict(list)
    whole: dict[tuple[str | None, int | None], int] = defaultdict(int)
    for row in coded:
        cells[row.cell].append(row)
        whole[row.level, row.year] += 1
    return [
        CellRow(
            cell=cell,
            uses=len(rows),
            measures=len({row.measure_id for row in rows}),
            notices=len({row.notice_id for row in rows}),
            share=round(len(rows) / whole[rows[0].level, rows[0].year], 4),
            example_eid=min(row.eid for row in rows),
            **{
                name: getattr(rows[0], name)
                for name in ("instrument_class", "activity", "level", "year")
            },
        )
        for cell, rows in cells.items()
    ]


def activities_of(title: str, instruments: Iterable[str]) -> tuple[str, ...]:
    """Return the activities that a measure works on, by its title and all of its instruments."""
    keys = list(instruments)
    found = {name for key in keys for name in _assign(key, title, keys).activities}
    found |= set(_by_title(title))
    return tuple(name for name in load_activities() if name in found)


def _assign(instrument: str, title: str, companions: Sequence[str]) -> _Assigned:
    fixed, fallback = _instrument_maps()
    if instrument in fixed:
        return _Assigned((fixed[instrument],), "instrument")
    if by_title := _by_title(title):
        return _Assigned(by_title, "title")
    others = {fixed[key] for key in companions if key in fixed}
    if others:
        return _Assigned(tuple(n for n in load_activities() if n in others), "companion")
    if instrument in fallback:
        return _Assigned((fallback[instrument],), "default")
    return _Assigned((UNASSIGNED,), "none")


def _by_title(title: str) -> tuple[str, ...]:
    return tuple(
        name for name, item in load_activities().items() if any(cue in title for cue in item.cues)
    )


def _instrument_maps() -> tuple[Mapping[str, str], Mapping[str, str]]:
    fixed = {key: name for name, item in load_activities().items() for key in item.instruments}
    fallback = {key: name for name, item in load_activities().items() for key in item.otherwise}
    return fixed, fallback


def _order(row: CodedUseRow) -> tuple[object, ...]:
    activities = (*load_activities(), UNASSIGNED)
    level = LEVELS.index(row.level) if row.level in LEVELS else len(LEVELS)
    place = (CLASSES.index(row.instrument_class), activities.index(row.activity), level)
    return (*place, row.year or 0, row.notice_id, row.start, row.eid)
