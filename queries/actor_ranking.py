"""Who has a role in most of the measures that meet conditions."""

from kg.store import Store
from queries.conditions import CONDITIONS
from queries.parameters import ROLE
from queries.rows import ROLES
from queries.tallies import tally
from queries.types import Arguments, Found, Query, Row


class ActorCountRow(Row):
    """An actor and in how many measures it has the role asked for.

    Attributes:
        actor_id: the actor.
        actor: its name.
        actor_label: Agency or Institution.
        measures: number of measures.
        notices: number of notices they stand in.
        measure_id: one of the measures, that with the smallest id; `measures` lists them all.
    """

    actor_id: str
    actor: str
    actor_label: str
    measures: int
    notices: int
    measure_id: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the conditions, then count by actor."""
    role = arguments["role"]
    roles = {"roles": [role] if role else list(ROLES)}
    return tally(store, arguments, QUERY.name, "actor_id", roles)


QUERY = Query(
    name="actor_ranking",
    summary_zh="在符合条件的措施中，哪些主体牵头、负责或配合得最多（条件同 measures）",
    summary_en="who has a role in most of the measures that meet the conditions",
    own_parameters=(ROLE, *CONDITIONS),
    row=ActorCountRow,
    example={"jurisdiction": "辽宁省", "role": "LEADS"},
    answer=answer,
)
