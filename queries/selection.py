"""A part of the graph: the measures that meet conditions, with their notices."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import QueryError
from kg.store import Store
from queries.arguments import bind_arguments
from queries.conditions import resolve_conditions
from queries.matching import match_measures, sorted_measures
from queries.measures import QUERY as MEASURES
from queries.types import run_file

_NO_CONDITIONS = frozenset({"limit", "skip", "sort"})


@dataclass(frozen=True, slots=True)
class Selection:
    """Which notices, and which of their measures.

    Attributes:
        notices: ids of measures by the id of their notice, in order of date; None stands for every
            measure and section of the notice.
        notes: how the names in the conditions were taken.
        conditions: those that were asked, as given; empty for the whole graph.
    """

    notices: Mapping[str, frozenset[str] | None]
    notes: tuple[str, ...] = ()
    conditions: Mapping[str, object] | None = None


def select(store: Store, conditions: Mapping[str, object]) -> Selection:
    """Return what meets the conditions of the query `measures`; the whole graph without any.

    Raises:
        QueryError: a condition is unknown, malformed, or no condition at all.
    """
    if others := sorted(_NO_CONDITIONS & conditions.keys()):
        raise QueryError(f"{others[0]} is no condition: it pages through an answer or sorts it")
    arguments = bind_arguments(MEASURES, conditions)
    if not conditions:
        return Selection({row["id"]: None for row in run_file(store, "_notice_ids", {})})
    made = resolve_conditions(store, arguments)
    chosen: dict[str, set[str]] = {}
    for _, key in sorted_measures(match_measures(store, made), "issued_on"):
        chosen.setdefault(key.notice_id, set()).add(key.id)
    notices = {notice: frozenset(ids) for notice, ids in chosen.items()}
    return Selection(notices, tuple(made.notes), dict(conditions))
