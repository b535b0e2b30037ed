"""Graphs for the page: which nodes, the edges among them, and where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.store import Store
from queries.rows import GraphRow
from queries.surroundings import count_edges, edges_among, find_labels
from queries.types import Row
from viz.force import spaced_layout
from viz.layout import radial_layout
from viz.model import GraphEdge, GraphNode, Neighbourhood


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node, where it stands, and how many edges it has in the whole graph."""

    node: GraphNode
    x: float
    y: float
    degree: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Nodes with their places, and the edges among them.

    Attributes:
        nodes: in the order they were asked for.
        edges: both ends are among the nodes.
        truncated: whether edges were left out.
    """

    nodes: tuple[PlacedNode, ...]
    edges: tuple[GraphRow, ...]
    truncated: bool


def draw_nodes(store: Store, ids: Sequence[str], centre: str | None) -> Drawn:
    """Return the nodes of these ids that there are, with the edges among them.

    Args:
        store: the graph.
        ids: of nodes; unknown ones are passed over.
        centre: the one in the middle of circles; None to let springs place the nodes.
    """
    nodes = [
        GraphNode(row["id"], row["label"], row["name"] or row["id"])
        for row in find_labels(store, ids)
    ]
    known = [node.id for node in nodes]
    found = edges_among(store, known)
    degrees = dict.fromkeys(known, 0)
    for kind in count_edges(store, known):
        degrees[kind.node_id] += kind.edges
    places = _places(nodes, found.rows, centre if centre in degrees else None)
    placed = tuple(
        PlacedNode(node, x, y, degrees[node.id]) for node, (x, y) in zip(nodes, places, strict=True)
    )
    return Drawn(placed, found.rows, found.truncated)


def nodes_of_rows(rows: Iterable[Row], most: int) -> tuple[list[str], bool]:
    """Return the ids of the nodes that rows of a query name, and whether some were left out.

    The notice that a fact was read from is not among them, unless the rows are about notices.
    """
    ids: dict[str, None] = {}
    for row in rows:
        named = {
            key: value
            for key, value in row.model_dump().items()
            if (key == "id" or key.endswith("_id")) and isinstance(value, str) and value
        }
        about = {key: value for key, value in named.items() if key != "notice_id"} or named
        ids.update(dict.fromkeys(about.values()))
        if "origin_id" in named or "issuer_id" in named:
            ids.update(dict.fromkeys(named.values()))
    kept = list(ids)[:most]
    return kept, len(kept) < len(ids)


def _places(
    nodes: Sequence[GraphNode], edges: Sequence[GraphRow], centre: str | None
) -> list[tuple[float, float]]:
    if centre is None:
        at = {node.id: place for place, node in enumerate(nodes)}
        pairs = [(at[e.start_id or ""], at[e.end_id or ""]) for e in edges]
        return [(float(x), float(y)) for x, y in spaced_layout(pairs, len(nodes))]
    lines = tuple(GraphEdge(e.id, e.type, e.start_id or "", e.end_id or "") for e in edges)
    layout = radial_layout(Neighbourhood(centre, tuple(nodes), lines))
    return [layout.positions[node.id] for node in nodes]
