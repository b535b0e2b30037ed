"""How often an actor has each role, by year."""

from typing import Literal

from kg.store import Store
from queries.actors import run_for_actor
from queries.parameters import ACTOR
from queries.types import Arguments, Found, Query, Row


class ActorYearRow(Row):
    """A year and a role, and how many measures of that year's notices give the actor that role.

    Attributes:
        year: of the notices, four digits; None for those without a date.
        role: LEADS, RESPONSIBLE_FOR or SUPPORTS.
        measures: number of measures.
        notices: number of notices they stand in.
        measure_id: one of the measures, that with the smallest id; `measures_by_actor` lists all.
    """

    year: str | None
    role: Literal["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"]
    measures: int
    notices: int
    measure_id: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the actor, then count; several actors of one name are counted together."""
    return run_for_actor(store, arguments, QUERY.name, ActorYearRow)


QUERY = Query(
    name="actor_years",
    summary_zh="某主体逐年牵头、负责、配合的措施数",
    summary_en="measures an actor leads, is responsible for or supports, counted by year",
    own_parameters=(ACTOR,),
    row=ActorYearRow,
    example={"actor": "辽宁省知识产权局"},
    answer=answer,
)
