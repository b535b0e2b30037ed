"""Everything of a label, with how many measures it is joined to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.store import Row, Store
from queries.tallies import tally_ids
from queries.types import run_file


@dataclass(frozen=True, slots=True)
class Thing:
    """A node, and how many measures it is joined to.

    Attributes:
        id: of the node.
        name: of the node.
        properties: all it has.
        measures: number of measures.
        notices: number of notices they stand in.
        measure_id: one of the measures, that with the smallest id; None without any.
    """

    id: str
    name: str
    properties: Mapping[str, Any]
    measures: int
    notices: int
    measure_id: str | None


def list_things(store: Store, label: str) -> list[Thing]:
    """Return everything of a label, counted over all measures, in no order."""
    counts = {row["thing_id"]: row for row in run_file(store, "_thing_counts", {"label": label})}
    return [_thing(row, counts.get(row["id"], {})) for row in _nodes(store, label)]


def things_of(store: Store, label: str, ids: list[str], role: str | None = None) -> list[Thing]:
    """Return what the given measures are joined to, counted over those.

    Args:
        store: the graph.
        label: of the things.
        ids: of the measures.
        role: only those that have this role in them; any joins, if None.
    """
    nodes = {row["id"]: row for row in _nodes(store, label)}
    counts = _counts(store, label, ids, role)
    return [_thing(nodes[key], row) for key, row in counts.items() if key in nodes]


def _counts(store: Store, label: str, ids: list[str], role: str | None) -> dict[str, Row]:
    if role is None:
        rows = tally_ids(store, ids, "_things_of_measures", "thing_id", {"label": label})
        return {row["thing_id"]: row for row in rows}
    rows = tally_ids(store, ids, "actor_ranking", "actor_id", {"roles": [role]})
    return {row["actor_id"]: row for row in rows}


def _nodes(store: Store, label: str) -> list[Row]:
    return run_file(store, "_things", {"label": label})


def _thing(node: Row, count: Mapping[str, Any]) -> Thing:
    return Thing(
        node["id"],
        node["name"],
        node["properties"],
        count.get("measures", 0),
        count.get("notices", 0),
        count.get("measure_id"),
    )
