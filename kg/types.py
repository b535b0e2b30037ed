"""The nouns every package shares: spans, nodes, edges, fragments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

type Scalar = str | int | float | bool
type Value = Scalar | list[str]
type Properties = Mapping[str, Value]

_set = object.__setattr__


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """Half-open [start, end), in code points of Document.text."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        # What a dataclass does, and then checks, in fewer steps: a notice makes thousands.
        if not 0 <= start < end:
            raise ValueError(f"bad span: [{start}, {end})")
        _set(self, "start", start)
        _set(self, "end", end)

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class NodeRef:
    """What an edge knows of a node: its id and its label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node with one label; properties exclude `id` and never hold None."""

    id: str
    label: str
    properties: Properties = field(hash=False)

    @property
    def ref(self) -> NodeRef:
        """The reference edges use."""
        return NodeRef(self.id, self.label)


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed edge; `id` is stored as the property `eid`.

    An edge read from a notice carries notice_id, start, end, quote, method and confidence;
    an edge known from reference data carries `source` instead.
    """

    id: str
    type: str
    start: NodeRef
    end: NodeRef
    properties: Properties = field(hash=False)


@dataclass(frozen=True, slots=True)
class GraphFragment:
    """All that one notice says: nodes and edges, sorted and without duplicates.

    Attributes:
        notice_id: id of the one Notice with status `loaded`.
        nodes: sorted by label, then id; the ends of every edge are among them.
        edges: sorted by type, then id.
    """

    notice_id: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
