"""Measures that two agencies share."""

from typing import Literal

from kg.store import Store
from queries.names import describe, find_actors, unknown
from queries.rows import RoleRow, row_fields
from queries.types import Arguments, Found, Parameter, Query, run_file

_ACTOR = Parameter(
    "actor",
    "text",
    "一方的规范名、简称、相对名称或 id",
    "name, alias, relative name or id of one agency",
    required=True,
)
_PARTNER = Parameter(
    "partner",
    "text",
    "另一方的规范名、简称、相对名称或 id",
    "name, alias, relative name or id of the other",
    required=True,
)


class SharedMeasureRow(RoleRow):
    """A measure with the roles of both, each with its own words."""

    partner_role: Literal["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"]
    partner_id: str
    partner: str
    partner_quote: str
    partner_start: int
    partner_end: int
    partner_eid: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve both names, then fetch the measures both take part in."""
    names = [str(arguments["actor"]), str(arguments["partner"])]
    actors, partners = (find_actors(store, name) for name in names)
    notes: tuple[str, ...] = ()
    for name, matches in zip(names, (actors, partners), strict=True):
        labels = ("Agency", "Institution")
        notes += describe(name, matches) if matches else unknown(store, name, labels)
    parameters = {
        "actor_ids": [match.id for match in actors],
        "partner_ids": [match.id for match in partners],
        "skip": arguments["skip"],
        "fetch": arguments["fetch"],
    }
    rows = run_file(store, QUERY.name, parameters)
    return Found([row_fields(row, SharedMeasureRow) for row in rows], notes)


QUERY = Query(
    name="shared_measures",
    summary_zh="两个主体共同参与的措施",
    summary_en="measures in which two actors both have a role",
    own_parameters=(_ACTOR, _PARTNER),
    row=SharedMeasureRow,
    example={"actor": "辽宁省教育厅", "partner": "辽宁省知识产权局"},
    answer=answer,
)
