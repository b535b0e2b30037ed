"""What several notices say of one thing, merged so that the order of loading cannot matter.

A claim is the properties one notice gives a shared node. `join_properties` is associative,
commutative and idempotent, so a claim may be added to a merged value at any time; taking one
away needs the remaining claims.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import FragmentError
from kg.types import Edge, GraphFragment, Node, Properties, Value

# Made once: json.dumps makes a new encoder at each call that asks for anything special.
_ENCODE = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode
_LARGEST = 2**63  # engines keep whole numbers in 64 bits


@dataclass(frozen=True, slots=True)
class Split:
    """A fragment, sorted into what the notice owns and what it shares.

    Attributes:
        notice: the loaded notice itself.
        private_nodes: nodes no other notice may claim: they go when the notice goes.
        shared_nodes: agencies, places, instruments, targets …, without cited notices.
        stubs: cited notices.
        private_edges: edges at a private node, or with the notice's evidence at the notice.
        shared_edges: all others; they last as long as a notice claims them.
    """

    notice: Node
    private_nodes: tuple[Node, ...]
    shared_nodes: tuple[Node, ...]
    stubs: tuple[Node, ...]
    private_edges: tuple[Edge, ...]
    shared_edges: tuple[Edge, ...]


def canonical(value: object) -> str:
    """Return the one JSON text of a value; 1, 1.0 and true differ, as they do in the graph."""
    return _ENCODE(value)


def fragment_digest(fragment: GraphFragment) -> str:
    """Return a hash of all a fragment says.

    Raises:
        FragmentError: a text or a number has no form in JSON.
    """
    nodes = [[node.id, node.label, dict(node.properties)] for node in fragment.nodes]
    edges = [
        [e.id, e.type, e.start.id, e.start.label, e.end.id, e.end.label, dict(e.properties)]
        for e in fragment.edges
    ]
    try:
        encoded = canonical([fragment.notice_id, nodes, edges]).encode()
    except ValueError as error:  # a lone surrogate, or a number that is none
        raise FragmentError("Notice", fragment.notice_id, f"cannot be kept: {error}") from error
    return hashlib.sha256(encoded).hexdigest()


def join_properties(first: Properties, second: Properties) -> dict[str, Value]:
    """Return what two claims say together: lists united, else the smallest JSON."""
    joined = dict(first)
    for key, value in second.items():
        joined[key] = _join_values(joined[key], value) if key in joined else value
    return joined


def join_claims(claims: Iterable[str]) -> dict[str, Value]:
    """Return what claims, each as canonical JSON, say together."""
    joined: dict[str, Value] = {}
    for claim in claims:
        joined = join_properties(joined, json.loads(claim))
    return joined


def split_fragment(fragment: GraphFragment) -> Split:
    """Sort a checked fragment by who owns what.

    Raises:
        FragmentError: an id comes twice, the fragment speaks for another notice, or a number
            is too large to be kept.
    """
    _check_unique(fragment.nodes)
    _check_unique(fragment.edges)
    for node in fragment.nodes:
        _check_owner(node, fragment.notice_id)
        _check_numbers(node.label, node)
    for edge in fragment.edges:
        _check_numbers(edge.type, edge)
        _check_evidence(edge, fragment.notice_id)
    own = fragment.notice_id
    private = {n.id for n in fragment.nodes if "notice_id" in n.properties}
    stubs = [n for n in fragment.nodes if n.label == "Notice" and n.id != own]
    known = {own, *private, *(n.id for n in stubs)}
    private_edges: list[Edge] = []
    shared_edges: list[Edge] = []
    for edge in fragment.edges:
        ends = {edge.start.id, edge.end.id}
        if ends & private or (own in ends and "notice_id" in edge.properties):
            private_edges.append(edge)
        else:
            shared_edges.append(edge)
    return Split(
        notice=next(n for n in fragment.nodes if n.id == own),
        private_nodes=tuple(n for n in fragment.nodes if n.id in private),
        shared_nodes=tuple(n for n in fragment.nodes if n.id not in known),
        stubs=tuple(stubs),
        private_edges=tuple(private_edges),
        shared_edges=tuple(shared_edges),
    )


def _join_values(first: Value, second: Value) -> Value:
    if isinstance(first, str) and isinstance(second, str):
        return first if first == second else min(first, second, key=canonical)
    if canonical(first) == canonical(second):
        return first
    if isinstance(first, list) and isinstance(second, list):
        return sorted({*first, *second})
    return min(first, second, key=canonical)


def _check_unique(items: Sequence[Node] | Sequence[Edge]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            kind = item.label if isinstance(item, Node) else item.type
            raise FragmentError(kind, item.id, "comes twice in one fragment")
        seen.add(item.id)


def _check_owner(node: Node, notice_id: str) -> None:
    owner = node.properties.get("notice_id", notice_id)
    if owner != notice_id:
        raise FragmentError(node.label, node.id, f"belongs to notice {owner}, not {notice_id}")
    if node.label == "Notice":
        wanted = "loaded" if node.id == notice_id else "cited"
        if node.properties["status"] != wanted:
            raise FragmentError(node.label, node.id, f"must have status {wanted!r} here")


def _check_numbers(kind: str, item: Node | Edge) -> None:
    for name, value in item.properties.items():
        if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
            raise FragmentError(kind, item.id, f"{name} {value} is beyond 64 bits")


def _check_evidence(edge: Edge, notice_id: str) -> None:
    witness = edge.properties.get("notice_id", notice_id)
    if witness != notice_id:
        raise FragmentError(edge.type, edge.id, f"rests on notice {witness}, not {notice_id}")
    if "cited_as" in edge.properties:
        # The store writes it when a cited notice becomes a loaded one, and reads it to undo that.
        raise FragmentError(edge.type, edge.id, "cited_as is for the store to set")
