"""Nodes and edges in and out of a transaction, whatever the engine.

Labels and edge types cannot be parameters of Cypher. Only the functions here write them into
statements, and only after `name_of` found them in the ontology.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import StoreRejected
from kg.ontology import load_ontology
from kg.stores.engine import Transaction, read_batches, write_batches
from kg.types import NodeRef, Value

ATTESTS = "ATTESTS"
"""The internal edge from a loaded notice to each node it speaks of, itself included.

Its `claimed` is the id the notice gave the node (another than the node's own where a cited
notice has become a loaded one). For shared nodes `properties` holds what the notice says of
the node and `edges` the shared edges it says begin there, both as JSON. The edge to the notice
itself holds `fragment`, the hash of all it says. Dumps, counts and queries leave ATTESTS out.
"""


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge on its way into the graph; `properties` hold its eid, if it has one."""

    type: str
    start: NodeRef
    end: NodeRef
    properties: Mapping[str, Any]


def name_of(name: str) -> str:
    """Return a label or an edge type that may stand in a statement.

    Raises:
        StoreRejected: the ontology does not know it.
    """
    ontology = load_ontology()
    if name != ATTESTS and name not in ontology.labels and name not in ontology.edges:
        raise StoreRejected(f"unknown label or edge type {name!r}")
    return name


def write_nodes(tx: Transaction, label: str, nodes: Mapping[str, Mapping[str, Value]]) -> None:
    """Make these the nodes of a label with these ids, their other properties gone.

    Args:
        tx: open for writing.
        label: of all of them.
        nodes: properties by id.
    """
    rows = [{"id": key, "properties": {**nodes[key], "id": key}} for key in sorted(nodes)]
    cypher = f"UNWIND $rows AS row MERGE (n:{name_of(label)} {{id: row.id}}) SET n = row.properties"
    write_batches(tx, cypher, rows)


def read_nodes(tx: Transaction, label: str, ids: Iterable[str]) -> dict[str, dict[str, Value]]:
    """Return the properties, without id, of those of these nodes that there are."""
    found = read_batches(
        tx,
        f"UNWIND $rows AS row MATCH (n:{name_of(label)} {{id: row}}) "
        "RETURN n.id AS id, properties(n) AS properties",
        sorted(ids),
    )
    return {row["id"]: {k: v for k, v in row["properties"].items() if k != "id"} for row in found}


def delete_nodes(tx: Transaction, label: str, ids: Iterable[str]) -> None:
    """Delete nodes with all their edges."""
    cypher = f"UNWIND $rows AS row MATCH (n:{name_of(label)} {{id: row.id}}) DETACH DELETE n"
    write_batches(tx, cypher, [{"id": key} for key in sorted(ids)])


def create_edges(tx: Transaction, edges: Iterable[EdgeRow]) -> None:
    """Add edges between nodes that are there.

    Raises:
        StoreRejected: an end is missing, so that an edge could not be made.
    """
    groups: defaultdict[tuple[str, str, str], list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        groups[edge.type, edge.start.label, edge.end.label].append(edge)
    for (edge_type, start, end), members in sorted(groups.items()):
        made = write_batches(
            tx,
            f"UNWIND $rows AS row MATCH (a:{name_of(start)} {{id: row.start}}) "
            f"MATCH (b:{name_of(end)} {{id: row.end}}) "
            f"CREATE (a)-[r:{name_of(edge_type)}]->(b) SET r = row.properties "
            "RETURN count(r) AS made",
            [
                {"start": e.start.id, "end": e.end.id, "properties": dict(e.properties)}
                for e in members
            ],
        )
        if (total := sum(row["made"] for row in made)) != len(members):
            raise StoreRejected(
                f"{len(members)} {edge_type} edges from {start} to {end} gave {total}: "
                "an end is missing or not unique"
            )


def incoming(tx: Transaction, node: NodeRef, where: str, other: str) -> list[EdgeRow]:
    """Return edges that end at a node, internal ones included.

    Args:
        tx: open.
        node: where they end.
        where: Cypher condition on the edge `r`, its start `x` and `$other`.
        other: an id the condition compares with.
    """
    rows = tx.read(
        f"MATCH (n:{name_of(node.label)} {{id: $id}}) MATCH (n)<-[r]-(x) WHERE {where} "
        "RETURN type(r) AS type, x.id AS start, labels(x) AS labels, properties(r) AS properties",
        id=node.id,
        other=other,
    )
    return [
        EdgeRow(row["type"], NodeRef(row["start"], row["labels"][0]), node, row["properties"])
        for row in rows
    ]


def outgoing_by_eid(
    tx: Transaction, edge_type: str, label: str, rows: Sequence[Mapping[str, str]]
) -> dict[str, dict[str, Any]]:
    """Return the properties by eid of those edges that there are.

    Args:
        tx: open.
        edge_type: of all of them.
        label: of all their start nodes.
        rows: each with `start` and `eid`.
    """
    found = read_batches(
        tx,
        f"UNWIND $rows AS row MATCH (n:{name_of(label)} {{id: row.start}}) "
        f"MATCH (n)-[r:{name_of(edge_type)}]->() WHERE r.eid = row.eid "
        "RETURN r.eid AS eid, properties(r) AS properties",
        rows,
    )
    return {row["eid"]: row["properties"] for row in found}
