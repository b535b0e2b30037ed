"""Reads a selection as nodes and edges, some notices at a time, so that any graph fits in memory.

What a notice says belongs to its batch; an agency, place or other shared node comes with the first
batch that names it, and with it what reference data know of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import batched

from kg.store import Row as StoreRow
from kg.store import Store
from kg.types import Edge, Node, NodeRef
from queries.selection import Selection
from queries.types import run_file, run_for_ids

NOTICES = 50  # in one batch
_OUTLINE = ("Measure", "Section")


@dataclass(frozen=True, slots=True)
class Subgraph:
    """One batch.

    Attributes:
        nodes: by id, every node that the batch's edges join, and the notices of the measures among
            them, in order of label and id.
        fresh: ids of those that no earlier batch had.
        edges: those that no earlier batch had, by type and id.
        chosen: ids of the notices that the whole selection is of, rather than only refers to.
    """

    nodes: Mapping[str, Node]
    fresh: frozenset[str]
    edges: tuple[Edge, ...]
    chosen: Set[str]

    def fresh_nodes(self, label: str) -> Iterator[Node]:
        """Yield the nodes of a label that no earlier batch had."""
        return (n for i, n in self.nodes.items() if n.label == label and i in self.fresh)

    def edges_of(self, *types: str) -> Iterator[Edge]:
        """Yield the edges of these types."""
        return (edge for edge in self.edges if edge.type in types)


@dataclass
class _Reader:
    store: Store
    selection: Selection
    _measures: frozenset[str] = frozenset()
    _nodes: set[str] = field(default_factory=set)
    _edges: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        chosen = self.selection.notices.values()
        self._measures = frozenset(measure for ids in chosen for measure in ids or ())

    def read(self, notices: Sequence[str]) -> Subgraph:
        chosen = {*notices, *self._chosen(notices)}
        own = [e for e in _edges(self.store, "_edges_at", chosen) if self._is_asked(e, chosen)]
        own = [*self._above(own), *own]
        shared = {ref.id for edge in own for ref in (edge.start, edge.end)} | chosen
        edges = self._fresh_edges([*own, *self._known(shared)])
        ids = {ref.id for edge in edges for ref in (edge.start, edge.end)} | set(chosen)
        fresh = frozenset(ids - self._nodes)
        self._nodes |= fresh
        nodes = self._with_notices(_read_nodes(self.store, ids))
        return Subgraph(nodes, fresh, edges, self.selection.notices.keys())

    def read_rest(self) -> Subgraph:
        """Return what no notice's words lead to: places known to lie in others, and the like."""
        ids = {row["id"] for row in run_file(self.store, "_node_ids", {})} - self._nodes
        edges = self._fresh_edges(self._known(ids))
        around = ids | {ref.id for edge in edges for ref in (edge.start, edge.end)}
        fresh = frozenset(around - self._nodes)
        return Subgraph(
            _read_nodes(self.store, around), fresh, edges, self.selection.notices.keys()
        )

    def _with_notices(self, nodes: dict[str, Node]) -> dict[str, Node]:
        """Add the notices of measures whose words a measure of another batch reuses."""
        named = {str(n.properties["notice_id"]) for n in nodes.values() if n.label == "Measure"}
        return nodes | _read_nodes(self.store, named - nodes.keys())

    def _chosen(self, notices: Sequence[str]) -> Iterator[str]:
        whole = [n for n in notices if self.selection.notices[n] is None]
        for file in ("_measures_of_notices", "_sections_of"):
            yield from (row["id"] for row in run_for_ids(self.store, file, whole))
        for notice in notices:
            yield from self.selection.notices[notice] or ()

    def _is_asked(self, edge: Edge, chosen: set[str]) -> bool:
        """Tell whether the edge is said of what was asked for, and joins nothing left out."""
        outline = [ref for ref in (edge.start, edge.end) if ref.label in _OUTLINE]
        if edge.type == "DERIVES_FROM" and len(outline) == 2:
            is_whole = not self.selection.conditions
            return edge.start.id in chosen and (is_whole or edge.end.id in self._measures)
        if edge.type == "PART_OF" and edge.start.id not in chosen:
            return False
        if edge.type in ("CITES", "DERIVES_FROM") and edge.start.id not in chosen:
            return False  # said by the notice that cites, with which it comes
        return edge.type == "PART_OF" or all(ref.id in chosen for ref in outline)

    def _above(self, own: Sequence[Edge]) -> list[Edge]:
        """Return what the sections of chosen measures are part of, up to their notice."""
        found: list[Edge] = []
        seen = {edge.id for edge in own}
        frontier = {e.end.id for e in own if e.type == "PART_OF" and e.end.label == "Section"}
        while frontier:
            rows = _edges(self.store, "_edges_at", frontier)
            new = [
                e for e in rows
                if e.id not in seen and e.type == "PART_OF" and e.start.id in frontier
            ]  # fmt: skip
            seen |= {edge.id for edge in new}
            found += new
            frontier = {edge.end.id for edge in new if edge.end.label == "Section"}
        return found

    def _known(self, ids: Iterable[str]) -> list[Edge]:
        found: list[Edge] = []
        seen = frontier = set(ids)
        while frontier:
            new = _edges(self.store, "_known_edges_at", frontier)
            found += new
            frontier = {edge.end.id for edge in new} - seen
            seen = seen | frontier
        return found

    def _fresh_edges(self, edges: Sequence[Edge]) -> tuple[Edge, ...]:
        new = {edge.id: edge for edge in edges if edge.id not in self._edges}
        self._edges |= new.keys()
        return tuple(sorted(new.values(), key=lambda edge: (edge.type, edge.id)))


def read_subgraphs(store: Store, selection: Selection) -> Iterator[Subgraph]:
    """Yield the selection in batches; together they hold each node and edge once as fresh."""
    reader = _Reader(store, selection)
    for notices in batched(selection.notices, NOTICES):
        yield reader.read(notices)
    if not selection.conditions and (rest := reader.read_rest()).fresh:
        yield rest


def _edges(store: Store, file: str, ids: Iterable[str]) -> list[Edge]:
    return [_edge(row) for row in run_for_ids(store, file, sorted(ids))]


def _edge(row: StoreRow) -> Edge:
    properties = {name: value for name, value in row["properties"].items() if name != "eid"}
    start = NodeRef(row["start_id"], row["start_label"])
    return Edge(
        row["eid"], row["type"], start, NodeRef(row["end_id"], row["end_label"]), properties
    )


def _read_nodes(store: Store, ids: Iterable[str]) -> dict[str, Node]:
    nodes = [_node(row) for row in run_for_ids(store, "_nodes", sorted(ids))]
    return {node.id: node for node in sorted(nodes, key=lambda node: (node.label, node.id))}


def _node(row: StoreRow) -> Node:
    properties = {name: value for name, value in row["properties"].items() if name != "id"}
    return Node(row["id"], row["label"], properties)
