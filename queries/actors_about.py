"""Who does the measures about a thing."""

from kg.store import Store
from queries.parameters import ROLE, SUBJECT, SUBJECT_LABEL
from queries.rows import ROLES, RoleRow, row_fields
from queries.subjects import resolve_subject
from queries.types import Arguments, Found, Query, run_file


class SubjectActorRow(RoleRow):
    """An actor of a measure about the thing; the subject's own evidence is beside the role's."""

    actor_label: str
    subject_id: str
    subject: str
    relation: str
    subject_quote: str
    subject_start: int
    subject_end: int
    subject_eid: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the thing, then fetch the actors of the measures about it."""
    ids, notes = resolve_subject(store, arguments)
    role = arguments["role"]
    rows = run_file(
        store,
        QUERY.name,
        {
            "subject_ids": ids,
            "roles": [role] if role else list(ROLES),
            "skip": arguments["skip"],
            "fetch": arguments["fetch"],
        },
    )
    return Found([row_fields(row, SubjectActorRow) for row in rows], notes)


QUERY = Query(
    name="actors_about",
    summary_zh="涉及某地方、产品、专项行动、机构或平台的措施由谁牵头、负责、配合",
    summary_en="who leads, is responsible for or supports the measures about a thing",
    own_parameters=(SUBJECT, SUBJECT_LABEL, ROLE),
    row=SubjectActorRow,
    example={"subject": "盘锦大米"},
    answer=answer,
)
