"""Nodes that reference data tell whole: bodies, places, instruments, with what they refer to.

Hundreds of notices name the same bodies, so each is made once in a process, and shared.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from kg.agencies import AgencyName, describe_agency
from kg.divisions import load_divisions
from kg.ids import edge_id, node_id
from kg.instruments import load_instruments
from kg.types import Edge, Node, NodeRef, Value
from loaders.types import NATIONAL

_REFERENCE = "kg/reference"


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A node, the edges from it, and the nodes at their other ends.

    Attributes:
        node: itself.
        edges: by their ids.
        others: make the nodes at the other ends when they are asked for.
    """

    node: Node
    ref: NodeRef
    edges: dict[str, Edge]
    others: tuple[Callable[[], "Known"], ...] = ()


def known_body(name: str) -> Known:
    """Return a body by its full name, with those it is part of or includes and its place."""
    described = describe_agency(name)
    return described_body(described) if described is not None else _named_body(name)


@lru_cache(maxsize=16_384)
def described_body(agency: AgencyName) -> Known:
    """Return a body, with those it is part of or includes, and the place it governs."""
    properties: dict[str, Value] = {
        "name": agency.name,
        "kind": agency.kind,
        "level": agency.level,
        "resolved": True,
    }
    if agency.jurisdiction:
        properties["jurisdiction"] = place_name(agency.jurisdiction)
    if agency.aliases:
        properties["aliases"] = sorted(agency.aliases)
    return _known(_body_ref(agency.name), properties, _links_of_body(agency))


@cache
def known_place(code: str) -> Known:
    """Return the division with a code, with those it lies in."""
    division = load_divisions().get(code)
    properties: dict[str, Value] = {
        "name": division.canonical,
        "code": code,
        "level": division.level,
    }
    if division.aliases:
        properties["aliases"] = sorted(division.aliases)
    return _known(_place_ref(code), properties, _links_of_place(division.parent))


@cache
def known_instrument(key: str) -> Known:
    """Return the instrument with an id."""
    found = next(instrument for instrument in load_instruments() if instrument.id == key)
    properties: dict[str, Value] = {
        "name": found.name_zh,
        "instrument": key,
        "name_zh": found.name_zh,
        "name_en": found.name_en,
        "class": found.class_,
        "category": found.category,
    }
    return _known(NodeRef(node_id("Instrument", key), "Instrument"), properties, ())


@lru_cache(maxsize=16_384)
def reference_edge(kind: str, start: NodeRef, end: NodeRef) -> Edge:
    """Return an edge that reference data vouch for."""
    key = edge_id(kind, start.id, end.id, _REFERENCE)
    return Edge(key, kind, start, end, {"source": _REFERENCE})


def place_name(code: str) -> str:
    """Return the canonical name of the division with a code."""
    return load_divisions().get(code).canonical


type _Link = tuple[str, NodeRef, Callable[[], Known]]  # kind, the other end, what makes it


def _links_of_body(agency: AgencyName) -> Iterator[_Link]:
    if agency.parent:
        yield "PART_OF", _ref_of_named(agency.parent), partial(known_body, agency.parent)
    if agency.kind not in ("unit", "collective") and agency.jurisdiction not in ("", NATIONAL):
        place = agency.jurisdiction
        yield "GOVERNS", _place_ref(place), partial(known_place, place)
    for member in agency.members:
        yield "INCLUDES", _ref_of_named(member), partial(known_body, member)


def _links_of_place(parent: str | None) -> Iterator[_Link]:
    if parent and parent != NATIONAL:
        yield "PART_OF", _place_ref(parent), partial(known_place, parent)


def _known(ref: NodeRef, properties: dict[str, Value], links: Iterator[_Link] | tuple[()]) -> Known:
    edges: dict[str, Edge] = {}
    others: list[Callable[[], Known]] = []
    for kind, end, make in links:
        edge = reference_edge(kind, ref, end)
        edges[edge.id] = edge
        others.append(make)
    return Known(Node(ref.id, ref.label, properties), ref, edges, tuple(others))


@lru_cache(maxsize=4_096)
def _named_body(name: str) -> Known:
    return _known(_body_ref(name), {"name": name, "resolved": True}, ())


def _ref_of_named(name: str) -> NodeRef:
    described = describe_agency(name)
    return _body_ref(described.name if described is not None else name)


def _body_ref(name: str) -> NodeRef:
    return NodeRef(node_id("Agency", name), "Agency")


def _place_ref(code: str) -> NodeRef:
    return NodeRef(node_id("Place", code), "Place")
