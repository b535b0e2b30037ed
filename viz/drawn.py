"""Graphs for the page: which nodes, the edges among them, and where they stand."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.store import Store
from queries.rows import GraphRow
from queries.surroundings import count_edges, edges_among, find_labels
from queries.types import Row
from queries.whole import WholeGraph
from viz.force import Floats, force_layout, spaced_layout
from viz.layout import radial_layout
from viz.model import GraphEdge, GraphNode, Neighbourhood

_CACHE_VERSION = b"1"  # of the layout; another makes the files of this one useless
_KEPT = 8  # layouts on disk


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


def place_whole(graph: WholeGraph, folder: Path | None) -> Floats:
    """Return where the nodes of the whole graph stand, (number of nodes, 2).

    Args:
        graph: what to place.
        folder: where places computed before are kept; None to keep none.
    """
    if folder is None:
        return _force(graph)
    file = folder / f"{_digest(graph)}.npy"
    try:
        kept: Floats = np.load(file, allow_pickle=False)
        if kept.shape == (len(graph.ids), 2):
            return kept
    except (OSError, ValueError):
        pass  # not there, or cut off while it was written
    places = _force(graph)
    _keep(places, file)
    return places


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


def _force(graph: WholeGraph) -> Floats:
    return force_layout([(start, end) for start, end, _ in graph.edges], graph.groups)


def _digest(graph: WholeGraph) -> str:
    made = hashlib.sha256(_CACHE_VERSION)
    made.update("".join(graph.ids).encode())
    made.update(np.asarray([edge[:2] for edge in graph.edges], dtype=np.int32).tobytes())
    return made.hexdigest()[:24]


def _keep(places: Floats, file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        with part.open("wb") as target:
            np.save(target, places)
        part.replace(file)
        older = sorted(file.parent.glob("*.npy"), key=lambda path: path.stat().st_mtime)
        for path in older[:-_KEPT]:
            path.unlink(missing_ok=True)
    except OSError:
        pass  # a server without a place to write computes them anew each time it starts
