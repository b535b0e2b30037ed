"""What is around nodes, a part at a time: counts first, then pages, then the edges among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from kg.store import Row as StoreRow
from kg.store import Store
from queries.names import one_node
from queries.rows import GraphRow, edge_row
from queries.types import run_file, run_for_ids
from queries.walk import Walk

MOST_EDGES = 5_000  # among the nodes of one drawing


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """Edges of a node that are alike.

    Attributes:
        node_id: the node.
        type: of the edges.
        outwards: whether they begin at the node.
        label: of the nodes at their other end.
        edges: how many there are.
    """

    node_id: str
    type: str
    outwards: bool
    label: str
    edges: int


@dataclass(frozen=True, slots=True)
class Edges:
    """Some edges; `truncated` tells that there are more."""

    rows: tuple[GraphRow, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """Which edges of a node are asked for; an empty word means any.

    Attributes:
        type: edge type.
        label: of the node at the other end.
        way: `out` for those that begin at the node, `in` for those that end there.
    """

    type: str = ""
    label: str = ""
    way: str = ""


def count_edges(store: Store, ids: Sequence[str]) -> list[EdgeKind]:
    """Return how many edges of each kind the nodes have."""
    return [
        EdgeKind(row["from_id"], row["type"], row["outwards"], row["label"], row["edges"])
        for row in run_for_ids(store, "_edge_counts", ids)
    ]


def edges_of(store: Store, node_id: str, kind: Kind, skip: int, limit: int) -> Edges:
    """Return one page of a node's edges of a kind, in order of type and eid."""
    parameters = {"ids": [node_id], "type": kind.type, "label": kind.label, "way": kind.way}
    page = {"skip": skip, "fetch": limit + 1}
    rows = run_file(store, "_edges_of", {**parameters, **page})
    return _edges(rows, limit)


def edges_among(store: Store, ids: Sequence[str]) -> Edges:
    """Return the edges that join these nodes; at most MOST_EDGES."""
    rows = run_file(store, "_edges_among", {"ids": list(ids), "fetch": MOST_EDGES + 1})
    return _edges(rows, MOST_EDGES)


def nodes_around(store: Store, node: str, depth: int, most: int) -> tuple[list[str], bool]:
    """Return the ids of a node and of those nearest to it, and whether some were left out.

    Args:
        store: the graph.
        node: id of the one in the middle, or a name that it alone has.
        depth: steps outwards.
        most: how many nodes at most.

    Raises:
        QueryError: there is no such node, or the name means several.
    """
    centre = one_node(store, "id", node)
    met = {centre.id: None}
    walk = Walk(store, "neighbourhood", most=MOST_EDGES)
    steps = walk.steps([centre.id], depth)
    for step in islice(steps, MOST_EDGES):
        if len(met) >= most and step["to_id"] not in met:
            return list(met), True
        met[step["to_id"]] = None
    return list(met), False


def find_labels(store: Store, ids: Sequence[str]) -> list[StoreRow]:
    """Return id, label and name of the nodes there are, in the order of the ids given."""
    found = {row["id"]: row for row in run_for_ids(store, "_labels", ids)}
    return [found[key] for key in dict.fromkeys(ids) if key in found]


def _edges(rows: Sequence[StoreRow], limit: int) -> Edges:
    kept = tuple(GraphRow(**edge_row(row, 1)) for row in rows[:limit])
    return Edges(kept, len(rows) > limit)
