"""With whom an actor shares measures, and what part those take."""

from kg.store import Store
from queries.actors import run_for_actor
from queries.parameters import ACTOR
from queries.types import Arguments, Found, Query, Row


class PartnerRow(Row):
    """A partner and the measures it shares with the actor asked for.

    A measure counts once under each role that the partner has in it.

    Attributes:
        actor_id: the partner.
        actor: its name.
        actor_label: Agency or Institution.
        level: national, province, prefecture or county; None where it has none.
        measures: number of measures shared.
        leads: of these, how many the partner leads.
        answers_for: how many it is responsible for.
        supports: how many it supports.
        measure_id: one of them, that with the smallest id; `shared_measures` lists them all.
    """

    actor_id: str
    actor: str
    actor_label: str
    level: str | None
    measures: int
    leads: int
    answers_for: int
    supports: int
    measure_id: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the actor, then count its partners' measures."""
    return run_for_actor(store, arguments, QUERY.name, PartnerRow)


QUERY = Query(
    name="actor_partners",
    summary_zh="与某主体共同参与措施的主体，及其角色",
    summary_en="who shares measures with an actor, and in which roles",
    own_parameters=(ACTOR,),
    row=PartnerRow,
    example={"actor": "辽宁省知识产权局"},
    answer=answer,
)
