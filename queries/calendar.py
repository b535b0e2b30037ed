"""How many notices were issued and how many measures are due in each month."""

from typing import Any

from kg.store import Store
from queries.jurisdictions import JURISDICTION, resolve_jurisdiction
from queries.names import describe, find_actors, unknown
from queries.notice_conditions import KIND, notices_of_actors
from queries.types import Arguments, Found, Parameter, Query, Row, run_file

_ISSUER = Parameter("issuer", "text", "发文机关", "the agency that issued the notice")
_ACTOR = Parameter(
    "actor",
    "text",
    "只看某主体牵头、负责或配合的措施，及有这类措施的公文",
    "only measures in which this actor has a role, and notices that have such",
)
CALENDAR_CONDITIONS = (JURISDICTION, _ISSUER, _ACTOR, KIND)


class MonthRow(Row):
    """A month and what happened or is due in it.

    Attributes:
        month: e.g. 2024-06; for notices of which only the year is known, that year.
        notices: loaded notices issued.
        due: measures whose deadline falls into it.
    """

    month: str
    notices: int
    due: int


def answer(store: Store, arguments: Arguments) -> Found:
    """Count notices and deadlines, and join them by month; months without either are left out."""
    cypher, notes = resolve_calendar(store, arguments)
    if cypher is None:
        return Found([], notes)
    due = _by_month(store, QUERY.name, cypher)
    involving = notices_of_actors(store, cypher["actor_ids"])
    notices = _by_month(store, "_calendar_notices", cypher | {"notice_ids": involving})
    months = sorted(due.keys() | notices.keys())
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    rows = [
        {"month": month, "notices": notices.get(month, 0), "due": due.get(month, 0)}
        for month in months[skip : skip + fetch]
    ]
    return Found(rows, notes)


def resolve_calendar(
    store: Store, arguments: Arguments
) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """Return the conditions as the Cypher takes them; None where a name means nothing."""
    notes: tuple[str, ...] = ()
    cypher: dict[str, Any] = {"jurisdictions": None, "kind": arguments["kind"]}
    possible = True
    if arguments["jurisdiction"]:
        places, notes = resolve_jurisdiction(store, str(arguments["jurisdiction"]))
        cypher["jurisdictions"], possible = places, places is not None
    for whose in ("issuer", "actor"):
        cypher[f"{whose}_ids"] = None
        if arguments[whose]:
            name = str(arguments[whose])
            found = find_actors(store, name)
            notes += describe(name, found) or (() if found else unknown(store, name, ("Agency",)))
            cypher[f"{whose}_ids"] = [match.id for match in found]
            possible = possible and bool(found)
    return (cypher if possible else None), notes


def _by_month(store: Store, file: str, cypher: dict[str, Any]) -> dict[str, int]:
    return {row["item"]: row["n"] for row in run_file(store, file, cypher)}


QUERY = Query(
    name="calendar",
    summary_zh="逐月印发的公文数和到期的措施数",
    summary_en="notices issued and measures due, month by month",
    own_parameters=CALENDAR_CONDITIONS,
    row=MonthRow,
    example={},
    answer=answer,
)
