"""Measures in which an actor has a role."""

from typing import Any

from kg.store import Store
from queries.names import MAX_MATCHES, Match, describe, find_actors, unknown
from queries.parameters import ACTOR, ROLE
from queries.rows import ROLES, RoleRow, row_fields
from queries.types import Arguments, Found, Parameter, Query, run_file

_COLLECTIVES = Parameter(
    "collectives",
    "bool",
    "是否包括集合主体（各市人民政府）的措施",
    "whether to add the measures of collectives that include the actor",
    default=False,
)
_UNITS = Parameter(
    "units",
    "bool",
    "是否包括内设机构的措施",
    "whether to add the measures of the actor's internal units",
    default=False,
)


class ActorMeasureRow(RoleRow):
    """A measure and the role of the actor asked for.

    Attributes:
        stands_for: the agency asked for, where `actor` is a collective that includes it or a
            unit of it; None where `actor` itself was asked for.
    """

    stands_for: str | None


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the actor, then fetch what it and those standing for it do."""
    name = str(arguments["actor"])
    matches = find_actors(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Agency", "Institution")))
    actors = _with_stand_ins(store, matches, arguments)
    role = arguments["role"]
    rows = run_file(
        store,
        QUERY.name,
        {
            "actors": actors,
            "roles": [role] if role else list(ROLES),
            "skip": arguments["skip"],
            "fetch": arguments["fetch"],
        },
    )
    return Found([row_fields(row, ActorMeasureRow) for row in rows], describe(name, matches))


def _with_stand_ins(
    store: Store, matches: list[Match], arguments: Arguments
) -> list[dict[str, Any]]:
    actors: list[dict[str, Any]] = [{"id": match.id, "stands_for": None} for match in matches]
    wanted = {"collective": arguments["collectives"], "unit": arguments["units"]}
    if not any(wanted.values()):
        return actors
    asked = {match.id for match in matches}
    members: dict[str, set[str]] = {}
    for row in run_file(store, "_standing_for", {"ids": sorted(asked)}):
        if wanted[row["how"]] and row["id"] not in asked:
            members.setdefault(row["id"], set()).add(row["member"])
    stand_ins = [
        {"id": actor_id, "stands_for": "、".join(sorted(names))}
        for actor_id, names in sorted(members.items())
    ]
    return [*actors, *stand_ins][:MAX_MATCHES]


QUERY = Query(
    name="measures_by_actor",
    summary_zh="某主体牵头、负责或配合的措施",
    summary_en="measures an actor leads, is responsible for or supports",
    own_parameters=(ACTOR, ROLE, _COLLECTIVES, _UNITS),
    row=ActorMeasureRow,
    example={"actor": "省教育厅"},
    answer=answer,
)
