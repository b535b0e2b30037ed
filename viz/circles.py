"""Who works with whom: circles of agencies and where each stands in a drawing of the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from viz.force import spaced_layout

MOST_AGENCIES = 400  # the drawing takes the square of their number

type Pair = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Member:
    """An agency in the network.

    Attributes:
        x: to the right, in the units of the drawing.
        y: downwards.
        circle: number of the circle of agencies that work together most, 0 for the largest.
    """

    x: float
    y: float
    circle: int


def keep_within(pairs: Sequence[Pair], most: int = MOST_AGENCIES) -> tuple[Pair, ...]:
    """Return the first pairs that have no more than so many agencies between them."""
    seen: set[str] = set()
    kept: list[Pair] = []
    for pair in pairs:
        if len(seen | {*pair[:2]}) > most:
            break
        seen |= {*pair[:2]}
        kept.append(pair)
    return tuple(kept)


@lru_cache(maxsize=16)
def place_members(pairs: tuple[Pair, ...]) -> Mapping[str, Member]:
    """Return every agency of the pairs; the same pairs give the same places each time."""
    import networkx as nx  # here, because it takes a third of a second

    graph = nx.Graph()
    for first, second, shared in sorted(pairs):
        graph.add_edge(first, second, weight=shared)
    if not graph:
        return {}
    found = nx.community.louvain_communities(graph, weight="weight", seed=1)
    circles = sorted(found, key=lambda circle: (-len(circle), min(circle)))
    number = {node: at for at, circle in enumerate(circles) for node in circle}
    names = sorted(graph)
    number_of = {name: at for at, name in enumerate(names)}
    edges = sorted((number_of[a], number_of[b]) for a, b in graph.edges)
    places = spaced_layout(edges, len(names))
    return {
        node: Member(
            x=float(x),
            y=float(y),
            circle=number[node],
        )
        for node, (x, y) in zip(names, places, strict=True)
    }
