"""What a drawing is made of: nodes, edges and the words each edge rests on."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a notice that an edge was read from.

    Attributes:
        notice_id: the notice.
        notice_title: its title, for people.
        start: where the quote begins in the notice's stored text, in code points.
        end: where it ends, exclusive.
        quote: the words themselves.
        context: a stretch of the notice's text around the quote; may be empty.
        context_start: where the context begins in the notice's stored text.
    """

    notice_id: str
    notice_title: str
    start: int
    end: int
    quote: str
    context: str = ""
    context_start: int = 0


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A node to draw."""

    id: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """An edge to draw.

    Attributes:
        id: the edge's `eid`.
        type: ontology edge type.
        start: id of the start node.
        end: id of the end node.
        relation: finer kind of a DERIVES_FROM edge, else None.
        evidence: the words it was read from; None for reference data.
        source: name of the reference data; None where there is evidence.
    """

    id: str
    type: str
    start: str
    end: str
    relation: str | None = None
    evidence: Evidence | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Nodes with what joins them: those around one of them, or those that a query names.

    Attributes:
        centre: id of the node in the middle; "" if there is none.
        nodes: the centre among them, no id twice.
        edges: both ends are among the nodes.
        truncated: whether a limit left something out.
        title: what the drawing is of; "" for the name of the node in the middle.
        places: x and y of each node; None for circles around the centre.
    """

    centre: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    truncated: bool = False
    title: str = ""
    places: Mapping[str, tuple[float, float]] | None = None
