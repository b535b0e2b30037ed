"""Positions computed beforehand, so that a drawing is the same every time and appears at once.

A radial tree: the centre in the middle, what is one step away on a circle around it, and so on
outwards; everybody's followers share the angle of the one they hang from. Neighbourhoods are
star-like, which this shows better than a force simulation, and it takes linear time.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viz.model import GraphEdge, GraphNode, Neighbourhood
from viz.names import LABELS

RING = 215.0  # between one circle and the next
ROOM = 142.0  # along a circle, for a node and its label
SPARE = 2  # leaves' worth of angle for every node, so that a bushy neighbour leaves it room
LANES = 3  # a crowded circle is drawn as this many, so that labels do not touch

type Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the nodes stand.

    Attributes:
        positions: x and y of every node.
        trunk: pairs of ids, the lesser first, joined by the tree; no two of its lines overlap,
            while any other line may pass over them.
    """

    positions: Mapping[str, Position]
    trunk: frozenset[tuple[str, str]]


def radial_layout(view: Neighbourhood) -> Layout:
    """Return the places of the nodes; the same input in any order gives the same answer."""
    nodes = {node.id: node for node in view.nodes}
    children = _spanning_tree(view.centre, nodes, view.edges)
    leaves = _leaf_counts(children)
    positions: dict[str, Position] = {view.centre: (0.0, 0.0)}
    level = [(view.centre, 0.0, 2 * math.pi)]
    radius = 0.0
    while level := _share_angles(level, children, leaves):
        lanes = LANES if len(level) > 16 else 1
        radius = max(radius + RING, ROOM * len(level) / lanes / (2 * math.pi))
        for index, (node, low, high) in enumerate(level):
            reach = radius + (index % lanes) * RING * 0.42
            angle = (low + high) / 2 - math.pi / 2
            # wide rather than high: labels are horizontal and so are screens
            x, y = reach * math.cos(angle) * 1.25, reach * math.sin(angle)
            positions[node] = (round(x, 1), round(y, 1))
        radius += (lanes - 1) * RING * 0.42
    _place_strays(positions, nodes, radius + RING)
    trunk = {_pair(parent, child) for parent, below in children.items() for child in below}
    return Layout(positions, frozenset(trunk))


def is_trunk(layout: Layout, edge: GraphEdge) -> bool:
    """Tell whether the edge joins two nodes that the tree joins."""
    return _pair(edge.start, edge.end) in layout.trunk


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def given_layout(view: Neighbourhood, places: Mapping[str, Position]) -> Layout:
    """Return places computed before; the first edge between two nodes may be straight."""
    return Layout(places, frozenset(_pair(edge.start, edge.end) for edge in view.edges))


type _Sector = tuple[str, float, float]  # node, from angle, to angle


def _spanning_tree(
    centre: str, nodes: Mapping[str, GraphNode], edges: Sequence[GraphEdge]
) -> dict[str, list[str]]:
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        neighbours[edge.start].add(edge.end)
        neighbours[edge.end].add(edge.start)
    order = {label: index for index, label in enumerate(LABELS)}

    def rank(node_id: str) -> tuple[int, str, str]:
        node = nodes[node_id]
        return (order.get(node.label, len(order)), node.name, node.id)

    children: dict[str, list[str]] = {}
    seen, queue = {centre}, [centre]
    for node_id in queue:  # grows while it is read: breadth first
        fresh = sorted(neighbours[node_id] - seen, key=rank)
        children[node_id] = fresh
        seen.update(fresh)
        queue.extend(fresh)
    return children


def _leaf_counts(children: Mapping[str, list[str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for node_id in reversed(list(children)):  # children stand after their parent
        counts[node_id] = sum(counts[child] for child in children[node_id]) or 1
    return counts


def _share_angles(
    level: list[_Sector], children: Mapping[str, list[str]], leaves: Mapping[str, int]
) -> list[_Sector]:
    below: list[_Sector] = []
    for node_id, low, high in level:
        shares = [leaves[child] + SPARE for child in children[node_id]]
        step = (high - low) / (sum(shares) or 1)
        for child, share in zip(children[node_id], shares, strict=True):
            below.append((child, low, low + step * share))
            low += step * share
    return below


def _place_strays(
    positions: dict[str, Position], nodes: Mapping[str, GraphNode], below: float
) -> None:
    """Put nodes that no edge joins to the centre in rows underneath."""
    strays = sorted(nodes.keys() - positions.keys())
    for index, node_id in enumerate(strays):
        row, column = divmod(index, 12)
        positions[node_id] = ((column - 5.5) * ROOM * 1.5, below + row * ROOM)
