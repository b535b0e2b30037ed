"""A node with its edges and what they rest on."""

from kg.ontology import load_ontology
from kg.store import Row as StoreRow
from kg.store import Store
from queries.names import one_node
from queries.parameters import NODE_ID
from queries.rows import GraphRow, details, edge_row, node_row
from queries.types import Arguments, Found, Parameter, Query, run_file

_TYPE = Parameter(
    "type",
    "text",
    "只看一类关系",
    "one type of edge only",
    values=tuple(load_ontology().edges),
)


def answer(store: Store, arguments: Arguments) -> Found:
    """Fetch the node as the first row, then its edges by type."""
    node = one_node(store, "id", str(arguments["id"]))
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    types = [arguments["type"]] if arguments["type"] else []
    edges = run_file(store, QUERY.name, {"id": node.id, "types": types, "fetch": skip + fetch})
    rows = [_first_row(store, node.id), *(edge_row(edge, 1) for edge in edges)]
    return Found(rows[skip : skip + fetch])


def _first_row(store: Store, node_id: str) -> StoreRow:
    [node] = run_file(store, "_nodes", {"ids": [node_id]})
    row = node_row(node["id"], node["label"], node["name"], 0)
    return row | {"properties": details(node["properties"])}


QUERY = Query(
    name="entity",
    summary_zh="某节点的属性、全部关系及其依据的原文",
    summary_en="a node with its properties, its edges and their evidence",
    own_parameters=(NODE_ID, _TYPE),
    row=GraphRow,
    example={"id": "盘锦大米"},
    answer=answer,
)
