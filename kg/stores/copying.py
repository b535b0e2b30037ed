"""Copies a whole graph from one engine to another, what notices claimed included."""

from collections.abc import Callable

from kg.errors import StoreRejected
from kg.ontology import load_ontology
from kg.stores.elements import ATTESTS, EdgeRow, create_edges, name_of, write_nodes
from kg.stores.engine import Transaction
from kg.stores.reading import dump_nodes
from kg.types import NodeRef

_CHUNK = 1000


def copy_graph(
    source: Transaction, target: Transaction, tell: Callable[[str, int], None]
) -> tuple[int, int]:
    """Write all nodes and edges into an empty graph; return how many of each.

    Args:
        source: open for reading.
        target: open for writing.
        tell: called with a label or edge type and how many of it have been copied.

    Raises:
        StoreRejected: the target is not empty.
    """
    ontology = load_ontology()
    for label in ontology.labels:
        if target.read(f"MATCH (n:{name_of(label)}) RETURN n.id AS id LIMIT 1"):
            raise StoreRejected("the graph to copy to is not empty")
    nodes = sum(_copy_nodes(source, target, label, tell) for label in sorted(ontology.labels))
    kinds = [*sorted(ontology.edges), ATTESTS]
    return nodes, sum(_copy_edges(source, target, kind, tell) for kind in kinds)


def _copy_nodes(
    source: Transaction, target: Transaction, label: str, tell: Callable[[str, int], None]
) -> int:
    chunk = {}
    total = 0
    for node in dump_nodes(source, label):
        chunk[node.id] = node.properties
        if len(chunk) == _CHUNK:
            write_nodes(target, label, chunk)
            total += len(chunk)
            chunk = {}
    write_nodes(target, label, chunk)
    total += len(chunk)
    tell(label, total)
    return total


def _copy_edges(
    source: Transaction, target: Transaction, kind: str, tell: Callable[[str, int], None]
) -> int:
    rows = source.read(
        f"MATCH (a)-[r:{name_of(kind)}]->(b) RETURN a.id AS start, labels(a) AS starts, "
        "b.id AS end, labels(b) AS ends, properties(r) AS properties"
    )
    create_edges(
        target,
        (
            EdgeRow(
                kind,
                NodeRef(row["start"], row["starts"][0]),
                NodeRef(row["end"], row["ends"][0]),
                row["properties"],
            )
            for row in rows
        ),
    )
    tell(kind, len(rows))
    return len(rows)
