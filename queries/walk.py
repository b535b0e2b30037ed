"""Walking the graph step by step, breadth first, with a portable one-hop query.

Variable-length patterns would do the same in one statement, but they enumerate paths, not nodes: a
lattice of citations 20 deep has more paths than a machine can count, and engines differ in which of
several shortest paths they return. One hop at a time visits each node once, costs what the edges
met cost, and gives the same rows in the same order on every engine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from kg.store import Row, Store
from queries.types import BATCH, run_file


@dataclass
class Walk:
    """A walk from some nodes along the edges that a one-hop Cypher file returns.

    The file takes `ids` and `fetch` and returns `from_id`, `to_id` and `eid`, ordered by them.

    Attributes:
        store: the graph.
        hop: name of the Cypher file.
        most: edges after which the walk ends.
    """

    store: Store
    hop: str
    most: int
    _seen_nodes: set[str] = field(default_factory=set)
    _seen_edges: set[str] = field(default_factory=set)

    def steps(self, start: Iterable[str], depth: int) -> Iterator[Row]:
        """Yield each edge met once, nearest first, with the `depth` at which it was met."""
        frontier = sorted(set(start))
        self._seen_nodes.update(frontier)
        for level in range(1, depth + 1):
            reached: set[str] = set()
            for row in self._hop(frontier):
                reached.add(row["to_id"])
                yield row | {"depth": level}
                if len(self._seen_edges) >= self.most:
                    return
            frontier = sorted(reached - self._seen_nodes)
            self._seen_nodes.update(frontier)
            if not frontier:
                return

    def _hop(self, frontier: Sequence[str]) -> Iterator[Row]:
        for ids in batched(frontier, BATCH):
            # An edge met before, or met from both its ends, must not use up the rows asked for.
            wanted = self.most - len(self._seen_edges)
            fetch = 2 * wanted + len(self._seen_edges)
            for row in run_file(self.store, self.hop, {"ids": list(ids), "fetch": fetch}):
                if row["eid"] not in self._seen_edges:
                    self._seen_edges.add(row["eid"])
                    yield row
