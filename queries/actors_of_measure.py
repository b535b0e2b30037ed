"""Who does a measure."""

from kg.store import Store
from queries.names import describe, find_measures, unknown
from queries.parameters import ROLE
from queries.rows import ROLES, RoleRow, row_fields
from queries.types import Arguments, Found, Parameter, Query, run_file

_MEASURE = Parameter(
    "measure",
    "text",
    "措施的标题或 id，也可为标题的一部分",
    "title or id of a measure, or a part of its title",
    required=True,
)


class MeasureActorRow(RoleRow):
    """An actor of a measure; `actor_label` is Agency or Institution."""

    actor_label: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the measure, then fetch its actors."""
    name = str(arguments["measure"])
    matches = find_measures(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Measure",)))
    role = arguments["role"]
    rows = run_file(
        store,
        QUERY.name,
        {
            "measure_ids": [match.id for match in matches],
            "roles": [role] if role else list(ROLES),
            "skip": arguments["skip"],
            "fetch": arguments["fetch"],
        },
    )
    return Found([row_fields(row, MeasureActorRow) for row in rows], describe(name, matches))


QUERY = Query(
    name="actors_of_measure",
    summary_zh="某措施由谁牵头、负责、配合",
    summary_en="who leads, is responsible for or supports a measure",
    own_parameters=(_MEASURE, ROLE),
    row=MeasureActorRow,
    example={"measure": "加强地理标志保护"},
    answer=answer,
)
