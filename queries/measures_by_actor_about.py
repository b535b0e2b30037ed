"""Measures in which an actor has a role and that are about a thing."""

from kg.store import Store
from queries.names import describe, find_actors, unknown
from queries.parameters import ROLE, SUBJECT, SUBJECT_LABEL
from queries.rows import ROLES, RoleRow, row_fields
from queries.subjects import resolve_subject
from queries.types import Arguments, Found, Parameter, Query, run_file

_ACTOR = Parameter(
    "actor",
    "text",
    "主体的规范名、简称、相对名称（省教育厅）或 id",
    "canonical name, alias, relative name (省教育厅) or id of an actor",
    required=True,
)


class ActorSubjectRow(RoleRow):
    """A measure, the actor's role in it, and the thing it is about, each with its own words."""

    subject_id: str
    subject: str
    relation: str
    subject_quote: str
    subject_start: int
    subject_end: int
    subject_eid: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the actor and the thing, then fetch the measures that join them."""
    name, role = str(arguments["actor"]), arguments["role"]
    actors = find_actors(store, name)
    subject_ids, notes = resolve_subject(store, arguments)
    if not actors:
        return Found([], (*unknown(store, name, ("Agency", "Institution")), *notes))
    parameters = {
        "actor_ids": [match.id for match in actors],
        "subject_ids": subject_ids,
        "roles": [role] if role else list(ROLES),
        "skip": arguments["skip"],
        "fetch": arguments["fetch"],
    }
    rows = run_file(store, QUERY.name, parameters)
    return Found(
        [row_fields(row, ActorSubjectRow) for row in rows], (*describe(name, actors), *notes)
    )


QUERY = Query(
    name="measures_by_actor_about",
    summary_zh="某主体参与的、涉及某事物的措施",
    summary_en="measures an actor takes part in that are about a thing",
    own_parameters=(_ACTOR, ROLE, SUBJECT, SUBJECT_LABEL),
    row=ActorSubjectRow,
    example={"actor": "省知识产权局", "subject": "盘锦大米"},
    answer=answer,
)
