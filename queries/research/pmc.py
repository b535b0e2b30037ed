"""The PMC index (policy modelling consistency) of each notice, with what each part rests on.

Ten main variables, X1 to X10, each the mean of binary sub-variables; the index is their sum, 0 to
10. The PMC matrix puts X1 to X9 into three rows of three, which the surface draws; X10, openness,
is 1 for every notice that could be read, and is left out of it so that the matrix is square.

The sub-variables are rules on the graph (kg/reference/pmc.yaml), so that no coder is needed and
each 1 names its evidence.

Source: Ruiz Estrada, M. A. (2011), Policy modeling: definition, classification and evaluation,
Journal of Policy Modeling 33(4): 523-536; the binary coding follows Ruiz Estrada, M. A., Yap, S. F.
and Nagaraj, S. (2008), Beyond the ceteris paribus assumption: modeling demand and supply assuming
omnia mobilis, International Journal of Economic Research 5(2): 185-194.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kg.pmc import SubVariable, load_pmc
from queries.research.counts import days_between
from queries.research.crosstab import LEVELS, code_uses
from queries.research.material import Material
from queries.tables.columns import NoticeRow, column
from queries.types import Row

type Language = Literal["zh", "en"]

SIDE = 3  # rows and columns of the matrix
_YEAR = 365.25
_RULES = ("instruments", "classes", "activities", "kinds", "levels", "actors", "subjects", "facts")


class PmcRow(Row):
    """PMC指数|The PMC index of each notice."""

    rank: int = column("排名", "1 is the highest index; equal ones share a rank")
    notice_id: str = column("公文编号", "id of the notice")
    notice_title: str = column("公文标题", "title of the notice")
    level: str | None = column("层级", "level of the notice")
    year: int | None = column("年份", "year of the notice")
    measures: int = column("措施数", "measures of the notice in the selection")
    x1: float = column("X1 政策性质", "mean of its sub-variables")
    x2: float = column("X2 政策时效", "mean of its sub-variables")
    x3: float = column(
        "X3 政策层级(累计)",
        "cumulative: 1 national, 0.75 provincial, 0.5 municipal, 0.25 county; by the highest of "
        "the jurisdiction and the issuers",
    )
    x4: float = column("X4 工具类型", "mean of its sub-variables")
    x5: float = column("X5 作用环节", "mean of its sub-variables")
    x6: float = column("X6 激励约束", "mean of its sub-variables")
    x7: float = column("X7 参与主体", "mean of its sub-variables")
    x8: float = column("X8 作用对象", "mean of its sub-variables")
    x9: float = column("X9 政策评价", "mean of its sub-variables")
    x10: float = column("X10 政策公开", "1 for every notice read")
    index: float = column("PMC指数", "sum of X1 to X10")
    grade: str = column("等级", "of the index: from 9, 7 and 5 upwards, and below; see the note")


class PmcPartRow(Row):
    """PMC二级变量|Each sub-variable of each notice, with what it rests on."""

    notice_id: str = column("公文编号", "id of the notice")
    notice_title: str = column("公文标题", "title of the notice")
    variable: str = column("一级变量", "X1 … X10")
    variable_name: str = column("一级变量名", "its name, in the language of the pack")
    part: str = column("二级变量", "key, such as X1.2")
    part_name: str = column("二级变量名", "its name, in the language of the pack")
    value: int = column("取值", "1 where a rule is met, else 0")
    because: str | None = column("依据", "which rule is met, by what")
    quote: str | None = column("原文", "the notice's words, where there are such")
    eid: str | None = column("关系编号", "id of the edge in the graph, where there is one")


class _Ground(NamedTuple):
    """What a sub-variable rests on."""

    because: str
    quote: str | None = None
    eid: str | None = None


@dataclass
class _Said:
    """What one notice says, by kind of rule and value."""

    grounds: dict[tuple[str, str], _Ground] = field(default_factory=dict)
    horizons: list[tuple[float, _Ground]] = field(default_factory=list)

    def add(self, rule: str, value: str, ground: _Ground) -> None:
        """Keep the first ground of each value."""
        self.grounds.setdefault((rule, value), ground)

    def ground_of(self, part: SubVariable) -> _Ground | None:
        """Return what makes a sub-variable 1, or None."""
        if part.always:
            return _Ground("always")
        for rule in _RULES:
            for value in getattr(part, rule):
                if (rule, value) in self.grounds:
                    return self.grounds[rule, value]
        if part.horizon:
            low, high = part.horizon
            return next((g for years, g in self.horizons if low < years <= high), None)
        return None


def code_notices(material: Material, language: Language = "zh") -> list[PmcPartRow]:
    """Return each sub-variable of each notice that has a measure, in the order of the notices."""
    said = _gather(material)
    return [
        row
        for notice in material.notices
        if notice.notice_id in said
        for row in _parts(notice, said[notice.notice_id], language)
    ]


def index_notices(
    material: Material, parts: Sequence[PmcPartRow], language: Language = "zh"
) -> list[PmcRow]:
    """Return the index of each notice, the highest first; grades are told in a language."""
    values: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for part in parts:
        values[part.notice_id][part.variable].append(part.value)
    measures: dict[str, int] = defaultdict(int)
    for measure in material.measures:
        measures[measure.notice_id] += 1
    rows = []
    for notice_id, variables in values.items():
        notice = material.notice_of[notice_id]
        means = {key.lower(): round(sum(v) / len(v), 4) for key, v in variables.items()}
        index = round(sum(sum(v) / len(v) for v in variables.values()), 4)
        facts = {"level": notice.level, "year": notice.year, "measures": measures[notice_id]}
        ids = {"rank": 0, "notice_id": notice_id, "notice_title": notice.title}
        graded = {"index": index, "grade": getattr(load_pmc().grade(index), language)}
        rows.append(PmcRow.model_validate(ids | facts | means | graded))
    rows.sort(key=lambda row: (-row.index, row.notice_id))
    ranks = {row.index: rank for rank, row in reversed([*enumerate(rows, start=1)])}
    return [row.model_copy(update={"rank": ranks[row.index]}) for row in rows]


def matrix_of(row: PmcRow) -> list[list[float]]:
    """Return X1 to X9 as three rows of three."""
    flat = [float(getattr(row, f"x{number}")) for number in range(1, SIDE * SIDE + 1)]
    return [flat[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]


def _parts(notice: NoticeRow, said: _Said, language: Language) -> Iterator[PmcPartRow]:
    for variable in load_pmc().variables:
        for number, part in enumerate(variable.parts, start=1):
            ground = said.ground_of(part)
            yield PmcPartRow(
                notice_id=notice.notice_id,
                notice_title=notice.title,
                variable=variable.key,
                variable_name=getattr(variable, language),
                part=f"{variable.key}.{number}",
                part_name=getattr(part, language),
                value=int(ground is not None),
                because=ground.because if ground else None,
                quote=ground.quote if ground else None,
                eid=ground.eid if ground else None,
            )


def _gather(material: Material) -> Mapping[str, _Said]:
    said: dict[str, _Said] = {row.notice_id: _Said() for row in material.measures}
    for notice in material.notices:
        if notice.notice_id in said:
            _add_notice(said[notice.notice_id], notice)
    for notice_id, (level, ground) in _highest_levels(material).items():
        if notice_id in said:
            said[notice_id].add("levels", level, ground)
    for coded in code_uses(material):
        ground = _Ground(f"{coded.path} {coded.instrument_zh}", coded.quote, coded.eid)
        at = said[coded.notice_id]
        at.add("instruments", coded.instrument, ground)
        at.add("classes", coded.instrument_class, ground)
        at.add("activities", coded.activity, ground)
    for role in material.roles:
        agency = material.agency_of.get(role.actor_id)
        kind = (agency.kind if agency else None) or "institution"
        ground = _Ground(f"{role.path} {role.actor}", role.quote, role.eid)
        said[role.notice_id].add("actors", kind, ground)
        said[role.notice_id].add("facts", "role", ground)
        if role.role == "LEADS":
            said[role.notice_id].add("facts", "leader", ground)
    for named in material.mentions:
        ground = _Ground(f"{named.path} {named.thing}", named.quote, named.eid)
        said[named.notice_id].add("subjects", named.thing_label, ground)
    _add_facts(said, material)
    return said


def _add_notice(said: _Said, notice: NoticeRow) -> None:
    if notice.kind:
        said.add("kinds", notice.kind, _Ground(notice.kind))
    if notice.document_number:
        said.add("facts", "number", _Ground(notice.document_number))


def _highest_levels(material: Material) -> Mapping[str, tuple[str, _Ground]]:
    """Return the highest level of each notice's place and issuers, with what it rests on."""
    found: dict[str, tuple[str, _Ground]] = {}
    for notice in material.notices:
        if notice.level:
            found[notice.notice_id] = notice.level, _Ground(notice.jurisdiction or notice.level)
    for issuer in material.issuers:
        agency = material.agency_of.get(issuer.agency_id)
        level = agency.level if agency else None
        known = found.get(issuer.notice_id)
        if level in LEVELS and (known is None or _is_higher(level, known[0])):
            found[issuer.notice_id] = level, _Ground(issuer.agency, issuer.quote, issuer.eid)
    return found


def _is_higher(level: str, other: str) -> bool:
    return LEVELS.index(level) < LEVELS.index(other)


def _add_facts(said: Mapping[str, _Said], material: Material) -> None:
    for due in material.deadlines:
        ground = _Ground(f"{due.path} {due.due_text or due.due_on or ''}".strip(), due.due_text)
        if due.ongoing:
            said[due.notice_id].add("facts", "ongoing", ground)
        if due.last_day:
            said[due.notice_id].add("facts", "deadline", ground)
            days = days_between(due.issued_on, due.last_day)
            if days is not None:
                said[due.notice_id].horizons.append((days / _YEAR, ground))
    for fact, rows in (
        ("target", material.targets),
        ("citation", material.citations),
        ("derivation", material.derivations),
    ):
        for row in rows:
            if row.notice_id in said:
                said[row.notice_id].add("facts", fact, _Ground(fact, row.quote, row.eid))
