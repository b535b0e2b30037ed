"""The interchange format: JSON lines in the shape of Neo4j's apoc.export.json."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

from kg.errors import FragmentError
from kg.types import Edge, GraphFragment, Node, NodeRef, Properties


def format_node(node: Node) -> str:
    """Return one line, without its newline; equal nodes give equal lines."""
    return (
        f'{{"type":"node","id":{_quoted(node.id)},"labels":[{_quoted(node.label)}],'
        f'"properties":{_object(node.properties)}}}'
    )


def format_edge(edge: Edge) -> str:
    """Return one line, without its newline; equal edges give equal lines."""
    return (
        f'{{"type":"relationship","id":{_quoted(edge.id)},"label":{_quoted(edge.type)},'
        f'"start":{{"id":{_quoted(edge.start.id)},"labels":[{_quoted(edge.start.label)}]}},'
        f'"end":{{"id":{_quoted(edge.end.id)},"labels":[{_quoted(edge.end.label)}]}},'
        f'"properties":{_object(edge.properties)}}}'
    )


def format_fragment(fragment: GraphFragment) -> Iterator[str]:
    """Yield the lines of a fragment, nodes before edges."""
    for node in fragment.nodes:
        yield _format_shared(node) if node.label in _SHARED else format_node(node)
    for edge in fragment.edges:
        yield _format_known(edge) if "source" in edge.properties else format_edge(edge)


# What reference data tell is the same in hundreds of notices.
_SHARED = frozenset({"Agency", "Instrument", "Place"})
_format_shared = lru_cache(maxsize=16_384)(format_node)
_format_known = lru_cache(maxsize=16_384)(format_edge)


def parse_line(line: str) -> Node | Edge:
    """Read one line back.

    Raises:
        FragmentError: the line is not in the format.
    """
    try:
        record: dict[str, Any] = json.loads(line)
        properties = record["properties"]
        if record["type"] == "node":
            return Node(record["id"], record["labels"][0], properties)
        start, end = record["start"], record["end"]
        return Edge(
            record["id"],
            record["label"],
            NodeRef(start["id"], start["labels"][0]),
            NodeRef(end["id"], end["labels"][0]),
            properties,
        )
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise FragmentError("line", line[:60], f"not in the interchange format: {error}") from error


def parse_fragments(lines: Iterable[str]) -> Iterator[GraphFragment]:
    """Yield the fragments in a file of lines; a node after edges begins the next fragment.

    Raises:
        FragmentError: a line is not in the format, or a fragment has no loaded notice.
    """
    nodes: list[Node] = []
    edges: list[Edge] = []
    for line in lines:
        if not line.strip():
            continue
        item = parse_line(line)
        if isinstance(item, Edge):
            edges.append(item)
            continue
        if edges:
            yield _fragment(nodes, edges)
            nodes, edges = [], []
        nodes.append(item)
    if nodes:
        yield _fragment(nodes, edges)


def _fragment(nodes: list[Node], edges: list[Edge]) -> GraphFragment:
    own = [n.id for n in nodes if n.label == "Notice" and n.properties.get("status") == "loaded"]
    if len(own) != 1:
        raise FragmentError("Notice", ",".join(own), f"{len(own)} loaded notices in one fragment")
    return GraphFragment(own[0], tuple(nodes), tuple(edges))


_quoted = encode_basestring  # what JSONEncoder writes a string with, without the rest of its work
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _float(value: float) -> str:
    return repr(value) if isfinite(value) else _encoded(value)


_WRITERS: Mapping[type, Callable[[Any], str]] = {str: _quoted, int: repr, float: _float}


def _object(properties: Properties) -> str:
    """Return what JSONEncoder writes; it takes longer to begin than properties to be written."""
    parts = [
        begin + _WRITERS.get(type(value := properties[name]), _encoded)(value)
        for name, begin in _in_order(tuple(properties))
    ]
    return f"{{{','.join(parts)}}}"


@lru_cache(maxsize=512)
def _in_order(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return names of properties as they are written, each with what its value is written after."""
    return tuple((name, f"{_quoted(name)}:") for name in sorted(names))
