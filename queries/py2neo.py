"""For users of py2neo: rows of the catalogue as its objects, and queries on its `Graph`.

    from py2neo import Graph
    from queries.py2neo import run_on_graph, to_py2neo

    graph = Graph("bolt://graph.example", auth=("neo4j", "…"))
    result = run_on_graph(graph, "neighbourhood", {"id": "盘锦大米"})
    subgraph = to_py2neo(result.rows)

py2neo is at its end of life; it comes with the extra `policykg[py2neo]`, and nothing else needs it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from kg.errors import QueryError
from kg.stores.cypher_store import CypherStore
from kg.stores.py2neo import Py2neoEngine
from queries.catalogue import run_query
from queries.rows import GraphRow
from queries.types import QueryResult, Row

_EVIDENCE = ("notice_id", "quote", "start", "end", "source", "confidence")


def run_on_graph(graph: Any, name: str, parameters: Mapping[str, Any]) -> QueryResult:
    """Return the rows of a catalogued query, run on a user's `py2neo.Graph`.

    Raises:
        QueryError: the query is unknown, or a parameter is missing or of the wrong kind.
        StoreUnavailable: the server does not answer.
    """
    return run_query(CypherStore(Py2neoEngine(graph)), name, parameters)


def to_py2neo(rows: Iterable[Row]) -> Any:
    """Return a `py2neo.Subgraph` of the nodes and edges of rows.

    Args:
        rows: of a query whose rows are nodes and edges (neighbourhood, shortest_path).

    Raises:
        QueryError: a row is neither, or an edge comes without its ends.
    """
    from py2neo import Node, Relationship, Subgraph

    nodes: dict[str, Any] = {}
    edges = []
    for row in rows:
        if not isinstance(row, GraphRow):
            raise QueryError(
                f"{type(row).__name__} is no node or edge; ask neighbourhood or shortest_path"
            )
        if row.kind == "node":
            known = {"id": row.id, "name": row.name, **row.properties}
            nodes[row.id] = Node(row.type, **known)
            continue
        ends = [nodes.get(str(end)) for end in (row.start_id, row.end_id)]
        if None in ends:
            raise QueryError(f"the edge {row.id} comes without its ends: ask for more rows")
        evidence = {name: getattr(row, name) for name in _EVIDENCE}
        facts = {name: value for name, value in evidence.items() if value is not None}
        edges.append(
            Relationship(ends[0], row.type, ends[1], eid=row.id, **row.properties, **facts)
        )
    return Subgraph(nodes.values(), edges)
