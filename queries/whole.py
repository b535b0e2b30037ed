"""The whole graph as columns: enough to draw it, not to read it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.store import Row as StoreRow
from kg.store import Store
from queries.types import run_file

MOST_NODES = 20_000
_MOST_ROWS = 400_000  # a graph beyond that is cut before it is weighed


@dataclass(frozen=True, slots=True)
class WholeGraph:
    """Nodes and edges by their places in the lists.

    Attributes:
        ids: of the nodes.
        labels: of the nodes.
        names: of the nodes.
        groups: for each node the place of the notice it stands in, or its own for a notice, or -1.
        edges: for each edge the places of its ends, and its type.
        degrees: how many edges each node has, those to nodes left out among them.
        total: how many nodes the graph has; more than `ids` where the least joined were left out.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[int, ...]
    edges: tuple[tuple[int, int, str], ...]
    degrees: tuple[int, ...]
    total: int


def fetch_whole(store: Store, most: int = MOST_NODES) -> WholeGraph:
    """Return the graph; if it has more nodes than `most`, those with the most edges."""
    rows = run_file(store, "_all_nodes", {"fetch": _MOST_ROWS})
    edges = run_file(store, "_all_edges", {"fetch": _MOST_ROWS})
    degrees = Counter(edge[end] for end in ("start_id", "end_id") for edge in edges)
    kept = _most_joined(rows, degrees, most)
    at = {row["id"]: place for place, row in enumerate(kept)}
    return WholeGraph(
        ids=tuple(at),
        labels=tuple(row["label"] for row in kept),
        names=tuple(row["name"] or row["id"] for row in kept),
        groups=tuple(_group(row, at) for row in kept),
        edges=tuple(
            (at[edge["start_id"]], at[edge["end_id"]], edge["type"])
            for edge in edges
            if edge["start_id"] in at and edge["end_id"] in at
        ),
        degrees=tuple(degrees[key] for key in at),
        total=len(rows),
    )


def _most_joined(
    rows: Sequence[StoreRow], degrees: Mapping[str, int], most: int
) -> Sequence[StoreRow]:
    if len(rows) <= most:
        return rows
    best = sorted(rows, key=lambda row: (-degrees.get(row["id"], 0), row["id"]))[:most]
    return sorted(best, key=lambda row: str(row["id"]))


def _group(row: StoreRow, at: Mapping[str, int]) -> int:
    if row["label"] == "Notice":
        return at[row["id"]]
    return at.get(row["notice_id"] or "", -1)
