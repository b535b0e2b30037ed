"""Row types that several queries share."""

from typing import Literal

from kg.store import Row as StoreRow
from kg.types import Value
from queries.types import EvidenceRow, Row

ROLES = ("LEADS", "RESPONSIBLE_FOR", "SUPPORTS")

_EVIDENCE = ("notice_id", "quote", "start", "end", "source", "confidence")
# `cited_as` is the store's own note of which node a citation was made to at first.
_NO_DETAIL = frozenset({*_EVIDENCE, "eid", "method", "id", "name", "cited_as"})


class MeasureRow(EvidenceRow):
    """A fact about a measure.

    Attributes:
        measure_id: the measure.
        measure: its title.
        path: its place in the outline of its notice, e.g. 二/(三)/7.
        due_on: deadline, an ISO prefix; None if there is none.
        ongoing: True for 持续推进 and the like.
        issued_on: date of the notice, an ISO prefix.
    """

    measure_id: str
    measure: str
    path: str
    due_on: str | None
    ongoing: bool | None
    issued_on: str | None


class RoleRow(MeasureRow):
    """An actor and its role in a measure."""

    role: Literal["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"]
    actor_id: str
    actor: str


class DerivationRow(EvidenceRow):
    """One step between a notice and one that it derives from.

    Attributes:
        depth: steps from the notice asked for; 1 is direct.
        relation: implements, based_on, forwards, amends, repeals or text_reuse.
        document_number: of the deriving notice, whose id and title are the evidence's.
        issued_on: of the deriving notice.
        origin_id: the notice derived from.
        origin: its title.
        origin_number: its document number.
        origin_issued_on: its date.
        origin_status: `loaded`, or `cited` if the graph knows its name alone.
    """

    depth: int
    relation: str
    document_number: str | None
    issued_on: str | None
    origin_id: str
    origin: str
    origin_number: str | None
    origin_issued_on: str | None
    origin_status: str


class GraphRow(Row):
    """A node or an edge; an edge comes after both its ends.

    Attributes:
        kind: which of the two.
        id: the node's id or the edge's eid.
        type: the node's label or the edge's type.
        name: the node's name; None for an edge.
        depth: steps from the first node; an edge has that of its farther end.
        start_id: where the edge begins; None for a node, as all that follow.
        start_name: its name.
        end_id: where it ends.
        end_name: its name.
        notice_id: the notice that states the edge; None where reference data do.
        quote: its words.
        start: where the quote begins, in code points of the notice's stored text.
        end: where it ends, exclusive.
        source: the reference data that state the edge.
        confidence: of the reading, in [0, 1].
        properties: what else the node or edge has.
    """

    kind: Literal["node", "edge"]
    id: str
    type: str
    name: str | None = None
    depth: int
    start_id: str | None = None
    start_name: str | None = None
    end_id: str | None = None
    end_name: str | None = None
    notice_id: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    source: str | None = None
    confidence: float | None = None
    properties: dict[str, Value]


def node_row(node_id: str, label: str, name: str, depth: int) -> StoreRow:
    """Return a GraphRow's fields for a node; its properties are left empty."""
    return {
        "kind": "node",
        "id": node_id,
        "type": label,
        "name": name,
        "depth": depth,
        "properties": {},
    }


def edge_row(row: StoreRow, depth: int) -> StoreRow:
    """Return a GraphRow's fields for an edge as the hop queries give it."""
    ends = {key: row[key] for key in ("start_id", "start_name", "end_id", "end_name")}
    properties = row["properties"]
    return {
        "kind": "edge",
        "id": row["eid"],
        "type": row["type"],
        "depth": depth,
        **ends,
        **edge_evidence(properties),
        "properties": details(properties),
    }


def edge_evidence(properties: StoreRow) -> StoreRow:
    """Return what an edge rests on: the words of a notice, or a source of reference data."""
    return {name: properties.get(name) for name in _EVIDENCE}


def details(properties: StoreRow) -> StoreRow:
    """Return the properties that are neither key, name nor evidence, in order of their names."""
    return {name: properties[name] for name in sorted(properties) if name not in _NO_DETAIL}


def row_fields(row: StoreRow, row_type: type[Row]) -> StoreRow:
    """Return the fields of a row type, without what a query returns to sort by."""
    return {name: row[name] for name in row_type.model_fields if name in row}
