"""The nodes and edges around a node."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from kg.store import Row as StoreRow
from kg.store import Store
from queries.names import Match, one_node
from queries.parameters import DEPTH, NODE_ID
from queries.rows import GraphRow, details, edge_row, node_row
from queries.types import Arguments, Found, Query, run_for_ids
from queries.walk import Walk


def answer(store: Store, arguments: Arguments) -> Found:
    """Walk one or two steps from the node, along every edge."""
    centre = one_node(store, "id", str(arguments["id"]))
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    # A node row may come before each edge row, so as many edges as rows are enough.
    walk = Walk(store, QUERY.name, most=skip + fetch)
    steps = walk.steps([centre.id], int(arguments["depth"] or 1))
    rows = list(islice(_graph_rows(centre, steps), skip, skip + fetch))
    return Found(_with_properties(store, rows))


def _graph_rows(centre: Match, steps: Iterator[StoreRow]) -> Iterator[StoreRow]:
    yield node_row(centre.id, centre.label, centre.name, 0)
    met = {centre.id}
    for step in steps:
        if step["to_id"] not in met:
            met.add(step["to_id"])
            yield node_row(step["to_id"], step["to_label"], step["to_name"], step["depth"])
        yield edge_row(step, step["depth"])


def _with_properties(store: Store, rows: list[StoreRow]) -> list[StoreRow]:
    ids = [row["id"] for row in rows if row["kind"] == "node"]
    found: dict[str, StoreRow] = {}
    for node in run_for_ids(store, "_nodes", ids):
        # A text is long, and of no use in a drawing.
        known = details(node["properties"])
        found[node["id"]] = {name: value for name, value in known.items() if name != "text"}
    return [
        row | {"properties": found.get(row["id"], {})} if row["kind"] == "node" else row
        for row in rows
    ]


QUERY = Query(
    name="neighbourhood",
    summary_zh="某节点周围一步或两步的节点和关系",
    summary_en="the nodes and edges one or two steps around a node",
    own_parameters=(NODE_ID, replace(DEPTH, default=1, maximum=2)),
    row=GraphRow,
    example={"id": "盘锦大米"},
    answer=answer,
)
