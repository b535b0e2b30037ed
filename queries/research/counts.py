"""Who answers for how much, what is due when, how long policy takes to travel, how tools spread."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import mean, median
from typing import Literal

from queries.research.crosstab import LEVELS
from queries.research.material import Material
from queries.rows import ROLES
from queries.tables.columns import DerivationRow, UseRow, column
from queries.types import Row


class ResponsibilityRow(Row):
    """职责统计|Measures of each actor by role."""

    actor_id: str = column("主体编号", "id of the actor")
    actor: str = column("主体", "its name")
    actor_label: str = column("主体类型", "Agency or Institution")
    kind: str | None = column("机关类型", "kind of agency")
    level: str | None = column("层级", "level of the agency")
    leads: int = column("牵头", "measures that it leads")
    responsible: int = column("负责", "measures that it is responsible for")
    supports: int = column("配合", "measures in which it assists")
    measures: int = column("措施数", "measures in which it has any role")
    notices: int = column("公文数", "notices that these stand in")
    lead_share: float = column("牵头占比", "measures led over measures with any role")


class DueRow(Row):
    """期限日历|Deadlines in order of their last day, with who has which role."""

    last_day: str = column("最后一日", "last day that the deadline covers")
    due_on: str = column("期限", "deadline, an ISO prefix")
    precision: str = column("精度", "year, month or day")
    measure_id: str = column("措施编号", "id of the measure")
    measure: str = column("措施", "title of the measure")
    path: str = column("层次路径", "its place in the outline")
    leads: tuple[str, ...] = column("牵头主体", "who leads")
    responsible: tuple[str, ...] = column("负责主体", "who is responsible")
    supports: tuple[str, ...] = column("配合主体", "who assists")
    due_text: str | None = column("期限原文", "the deadline in the notice's words")
    notice_id: str = column("公文编号", "id of the notice")
    notice_title: str = column("公文标题", "title of the notice")
    days_allowed: int | None = column("所给天数", "days from the notice's date to the last day")


class LagRow(Row):
    """传导时滞|Days between a notice and one that it derives from."""

    relation: str = column("关系", "implements, based_on, forwards, amends or repeals")
    origin_level: str | None = column("来源层级", "level of the earlier notice")
    origin_level_basis: str | None = column(
        "来源层级依据",
        "what tells it: jurisdiction of a notice that was read; else title or number of one cited",
    )
    derived_level: str | None = column("派生层级", "level of the later notice")
    days: int | None = column("时滞天数", "empty unless both notices have a date of day precision")
    years: int | None = column("时滞年数", "difference of the two years")
    precision: str | None = column(
        "时滞精度", "day: both dates tell the day; year: years alone are known; empty: neither"
    )
    origin_year: int | None = column("来源年份", "year of the earlier notice")
    origin_year_basis: str | None = column(
        "来源年份依据", "date, or number: of its document number"
    )
    origin_id: str = column("来源编号", "id of the earlier notice")
    origin: str = column("来源", "its title")
    origin_on: str | None = column("来源日期", "its date")
    derived_id: str = column("派生方编号", "id of the later notice")
    derived: str = column("派生方", "its title")
    derived_on: str | None = column("派生日期", "its date")
    quote: str = column("原文", "the later notice's words")
    eid: str = column("关系编号", "id of the edge in the graph")


class LagSummaryRow(Row):
    """传导时滞汇总|Lags by relation and levels: in days where known, in years for more pairs."""

    relation: str = column("关系", "implements …; all for every relation")
    origin_level: str = column("来源层级", "level of the earlier notices, or unknown")
    derived_level: str = column("派生层级", "level of the later notices, or unknown")
    pairs: int = column("对数", "pairs of notices")
    dated: int = column("可按日计算", "pairs whose lag is known in days")
    dated_by_year: int = column("可按年计算", "pairs whose two years are known, those in days too")
    least: int | None = column("最短", "days")
    median: float | None = column("中位数", "days")
    mean: float | None = column("平均", "days")
    most: int | None = column("最长", "days")
    median_years: float | None = column("年数中位数", "years, of the pairs dated by year")


class AdoptionRow(Row):
    """首次采用|The first use of an instrument in each jurisdiction: the evidence of diffusion."""

    instrument: str = column("政策工具", "key of the instrument")
    instrument_zh: str = column("工具名称", "its name in Chinese")
    jurisdiction: str = column("地域", "the place whose notice it is")
    level: str | None = column("层级", "its level")
    year: int = column("年份", "year of the notice")
    issued_on: str = column("日期", "date of the notice")
    notice_id: str = column("公文编号", "id of the notice")
    notice_title: str = column("公文标题", "title of the notice")
    measure_id: str = column("措施编号", "id of the measure")
    measure: str = column("措施", "title of the measure")
    quote: str = column("原文", "the words that show the instrument")
    eid: str = column("关系编号", "id of the edge in the graph")


class DiffusionRow(Row):
    """扩散曲线|Jurisdictions that have adopted an instrument, year by year."""

    instrument: str = column("政策工具", "key of the instrument")
    instrument_zh: str = column("工具名称", "its name in Chinese")
    year: int = column("年份", "year")
    adopters: int = column("新增地域", "jurisdictions that first use it in that year")
    cumulative: int = column("累计地域", "jurisdictions that have used it by then")
    share: float = column("累计占比", "of the jurisdictions with a dated notice in the selection")


_COLUMNS: Mapping[str, Literal["leads", "responsible", "supports"]] = {
    "LEADS": "leads",
    "RESPONSIBLE_FOR": "responsible",
    "SUPPORTS": "supports",
}

_KEPT = frozenset(DerivationRow.model_fields)


def count_responsibilities(material: Material) -> list[ResponsibilityRow]:
    """Return the actors, those with most measures first."""
    by_actor: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    names = {role.actor_id: (role.actor, role.actor_label) for role in material.roles}
    for role in material.roles:
        by_actor[role.actor_id].append((role.role, role.measure_id, role.notice_id))
    rows = []
    for actor_id, held in by_actor.items():
        measures = {role: {m for r, m, _ in held if r == role} for role in ROLES}
        every = {measure for _, measure, _ in held}
        agency = material.agency_of.get(actor_id)
        rows.append(
            ResponsibilityRow(
                actor_id=actor_id,
                actor=names[actor_id][0],
                actor_label=names[actor_id][1],
                kind=agency.kind if agency else None,
                level=agency.level if agency else None,
                leads=len(measures["LEADS"]),
                responsible=len(measures["RESPONSIBLE_FOR"]),
                supports=len(measures["SUPPORTS"]),
                measures=len(every),
                notices=len({notice for _, _, notice in held}),
                lead_share=round(len(measures["LEADS"]) / len(every), 4),
            )
        )
    return sorted(rows, key=lambda row: (-row.measures, -row.leads, row.actor_id))


def list_deadlines(material: Material) -> list[DueRow]:
    """Return what has a deadline, the earliest first; ongoing measures are left out."""
    actors: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for role in material.roles:
        actors[role.measure_id][_COLUMNS[role.role]].append(role.actor)
    rows = []
    for due in material.deadlines:
        if due.due_on is None or due.last_day is None or due.precision is None:
            continue
        held = actors[due.measure_id]
        rows.append(
            DueRow(
                last_day=due.last_day,
                due_on=due.due_on,
                precision=due.precision,
                measure_id=due.measure_id,
                measure=due.measure,
                path=due.path,
                leads=_unique(held["leads"]),
                responsible=_unique(held["responsible"]),
                supports=_unique(held["supports"]),
                due_text=due.due_text,
                notice_id=due.notice_id,
                notice_title=due.notice_title,
                days_allowed=days_between(due.issued_on, due.last_day),
            )
        )
    return sorted(rows, key=lambda row: (row.last_day, row.notice_id, row.path, row.measure_id))


def list_lags(material: Material) -> list[LagRow]:
    """Return the derivations among notices, each pair and relation once, by date."""
    pairs: dict[tuple[str, str, str], DerivationRow] = {}
    for row in material.derivations:
        if row.derived_label == "Notice":
            pairs.setdefault((row.derived_id, row.origin_id, row.relation), row)
    rows = [_lag(row) for row in pairs.values()]
    return sorted(rows, key=lambda row: (row.derived_on or "", row.derived_id, row.eid))


def summarise_lags(lags: Sequence[LagRow]) -> list[LagSummaryRow]:
    """Return the lags by relation and levels, and by levels alone; the most frequent first."""
    groups: dict[tuple[str, str, str], list[LagRow]] = defaultdict(list)
    for lag in lags:
        levels = (lag.origin_level or "unknown", lag.derived_level or "unknown")
        for relation in (lag.relation, "all"):
            groups[relation, *levels].append(lag)
    rows = []
    for (relation, origin, derived), every in groups.items():
        days = [lag.days for lag in every if lag.days is not None]
        years = [lag.years for lag in every if lag.years is not None]
        rows.append(
            LagSummaryRow(
                relation=relation,
                origin_level=origin,
                derived_level=derived,
                pairs=len(every),
                dated=len(days),
                dated_by_year=len(years),
                least=min(days, default=None),
                median=round(median(days), 1) if days else None,
                mean=round(mean(days), 1) if days else None,
                most=max(days, default=None),
                median_years=round(median(years), 1) if years else None,
            )
        )
    return sorted(
        rows, key=lambda r: (r.relation != "all", -r.pairs, r.relation, _rank(r), r.origin_level)
    )


def list_adoptions(material: Material) -> list[AdoptionRow]:
    """Return the first dated use of each instrument in each jurisdiction, sorted by both."""
    first: dict[tuple[str, str], tuple[str, UseRow]] = {}
    for use in material.uses:
        measure = material.measure_of[use.measure_id]
        if measure.jurisdiction is None or measure.issued_on is None:
            continue
        key = (use.instrument, measure.jurisdiction)
        found = (measure.issued_on, use)
        if key not in first or _earlier(found, first[key]):
            first[key] = found
    rows = []
    for (instrument, place), (issued_on, use) in first.items():
        measure = material.measure_of[use.measure_id]
        rows.append(
            AdoptionRow(
                instrument=instrument,
                instrument_zh=use.instrument_zh,
                jurisdiction=place,
                level=measure.level,
                year=int(issued_on[:4]),
                issued_on=issued_on,
                notice_id=use.notice_id,
                notice_title=measure.notice_title,
                measure_id=use.measure_id,
                measure=use.measure,
                quote=use.quote,
                eid=use.eid,
            )
        )
    return sorted(rows, key=lambda row: (row.instrument, row.issued_on, row.jurisdiction))


def count_diffusion(material: Material, adoptions: Sequence[AdoptionRow]) -> list[DiffusionRow]:
    """Return the curves: every year from the first notice to the last, for each instrument."""
    years = [notice.year for notice in material.notices if notice.year]
    places = {n.jurisdiction for n in material.notices if n.jurisdiction and n.year}
    names = {row.instrument: row.instrument_zh for row in adoptions}
    rows = []
    for instrument in sorted(names):
        new = Counter(row.year for row in adoptions if row.instrument == instrument)
        total = 0
        for year in range(min(years), max(years) + 1):
            total += new[year]
            rows.append(
                DiffusionRow(
                    instrument=instrument,
                    instrument_zh=names[instrument],
                    year=year,
                    adopters=new[year],
                    cumulative=total,
                    share=round(total / len(places), 4),
                )
            )
    return rows


def days_between(earlier: str | None, later: str | None) -> int | None:
    """Return the days from one date to another; None unless both tell the day."""
    if earlier is None or later is None or len(earlier) != 10 or len(later) != 10:
        return None
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _lag(row: DerivationRow) -> LagRow:
    days = days_between(row.origin_on, row.derived_on)
    years = None
    if row.origin_year is not None and row.derived_on is not None:
        years = int(row.derived_on[:4]) - row.origin_year
    return LagRow(
        days=days,
        years=years,
        precision="day" if days is not None else "year" if years is not None else None,
        **{name: getattr(row, name) for name in LagRow.model_fields if name in _KEPT},
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _earlier(one: tuple[str, UseRow], other: tuple[str, UseRow]) -> bool:
    return (one[0], one[1].notice_id, one[1].start, one[1].eid) < (
        other[0],
        other[1].notice_id,
        other[1].start,
        other[1].eid,
    )


def _rank(row: LagSummaryRow) -> int:
    return LEVELS.index(row.derived_level) if row.derived_level in LEVELS else len(LEVELS)
