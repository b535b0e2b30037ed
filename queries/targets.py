"""Figures that measures and sections set."""

from kg.store import Store
from queries.columns import restrict_notices
from queries.jurisdictions import JURISDICTION
from queries.names import describe, find_actors, find_notices, unknown
from queries.parameters import ISSUED_FROM, ISSUED_TO, NOTICE, last_day
from queries.rows import row_fields
from queries.types import Arguments, EvidenceRow, Found, Parameter, Query, run_file


class TargetRow(EvidenceRow):
    """A figure to be reached and the measure or section that sets it.

    Attributes:
        target_id: the target.
        metric: what is counted.
        comparator: =, >=, about, up>= and the like.
        value: the figure.
        unit: its unit; None if it has none.
        by: by when, an ISO prefix; None where the notice does not say.
        setter_id: the measure or section.
        setter: its title.
        setter_label: Measure or Section.
        issued_on: date of the notice, an ISO prefix.
        jurisdiction: the place that the notice is for.
    """

    target_id: str
    metric: str
    comparator: str
    value: float
    unit: str | None
    by: str | None
    setter_id: str
    setter: str
    setter_label: str
    issued_on: str | None
    jurisdiction: str | None


def answer(store: Store, arguments: Arguments) -> Found:
    """Fetch the targets of the notices meant."""
    cypher, notes = restrict_notices(store, arguments)
    if cypher is None:
        return Found([], notes)
    final = arguments["to"]
    page = {name: arguments[name] for name in ("text", "skip", "fetch")}
    named, told = _named(store, arguments)
    cypher |= {
        **named,
        "first_day": arguments["from"],
        "final_day": last_day(str(final)) if final else None,
    }
    rows = run_file(store, QUERY.name, cypher | page)
    return Found([row_fields(row, TargetRow) for row in rows], notes + told)


def _named(
    store: Store, arguments: Arguments
) -> tuple[dict[str, list[str] | None], tuple[str, ...]]:
    """Return the ids of the notice and the actor meant, None where none is given."""
    ids: dict[str, list[str] | None] = {}
    notes: tuple[str, ...] = ()
    for parameter, find, label in (
        ("notice", find_notices, "Notice"),
        ("actor", find_actors, "Agency"),
    ):
        ids[f"{parameter}_ids"] = None
        if arguments[parameter]:
            name = str(arguments[parameter])
            found = find(store, name)
            notes += describe(name, found) if found else unknown(store, name, (label,))
            ids[f"{parameter}_ids"] = [match.id for match in found]
    return ids, notes


QUERY = Query(
    name="targets",
    summary_zh="措施和章节提出的量化目标，按达到的时间",
    summary_en="figures that measures and sections set, by when they are to be reached",
    own_parameters=(
        Parameter("text", "text", "指标里的字词", "words of what is counted", minimum=2),
        Parameter("from", "date", "最早的目标时点", "earliest date by which"),
        Parameter("to", "date", "最晚的目标时点，含当日、当月或当年", "latest date by which"),
        JURISDICTION,
        NOTICE,
        Parameter(
            "actor",
            "text",
            "某主体在该措施中牵头、负责或配合",
            "an actor that has a role in the measure",
        ),
        ISSUED_FROM,
        ISSUED_TO,
    ),
    row=TargetRow,
    example={"jurisdiction": "辽宁省"},
    answer=answer,
)
