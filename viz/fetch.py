"""From a store to what is drawn: the rows of a neighbourhood with titles and stretches of text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.store import Store
from queries.catalogue import run_query
from queries.rows import GraphRow
from queries.types import MAX_LIMIT, run_file
from viz.model import Evidence, GraphEdge, GraphNode, Neighbourhood
from viz.payload import text_window

ROWS_PER_NODE = 3  # a node's own row, and the edges it comes with


def fetch_rows(
    store: Store, node_id: str, depth: int, nodes: int
) -> tuple[list[GraphRow], list[GraphRow], bool]:
    """Return the nodes around a node, the edges among them, and whether some were left out.

    Args:
        store: the graph.
        node_id: id of the node in the middle, or a name that it alone has.
        depth: steps outwards, 1 or 2.
        nodes: the most nodes, the one in the middle included.

    Raises:
        QueryError: there is no such node, or the name means several.
    """
    asked = min(MAX_LIMIT, nodes * ROWS_PER_NODE)
    found = run_query(store, "neighbourhood", {"id": node_id, "depth": depth, "limit": asked})
    rows = [row for row in found.rows if isinstance(row, GraphRow)]
    every = [row for row in rows if row.kind == "node"]
    kept = every[:nodes]
    ids = {row.id for row in kept}
    edges = [r for r in rows if r.kind == "edge" and r.start_id in ids and r.end_id in ids]
    return kept, edges, found.truncated or len(kept) < len(every)


def fetch_neighbourhood(store: Store, node_id: str, depth: int, nodes: int) -> Neighbourhood:
    """Return the neighbourhood to draw, with evidence but without the text around it.

    Raises:
        QueryError: there is no such node, or the name means several.
    """
    kept, edges, truncated = fetch_rows(store, node_id, depth, nodes)
    titles = _column(store, "_titles", edges, "title")
    return Neighbourhood(
        centre=kept[0].id,
        nodes=tuple(GraphNode(row.id, row.type, row.name or row.id) for row in kept),
        edges=tuple(_graph_edge(row, titles) for row in edges),
        truncated=truncated,
    )


def add_context(store: Store, view: Neighbourhood) -> Neighbourhood:
    """Return the neighbourhood with the text around each quote, for a page that stands alone."""
    ids = {edge.evidence.notice_id for edge in view.edges if edge.evidence}
    edges = {edge.id: edge for edge in view.edges}
    for notice_id in sorted(ids):  # one text at a time: notices are long
        [row] = run_file(store, "_texts", {"ids": [notice_id]}) or [{"text": ""}]
        text = row["text"] or ""
        for edge in view.edges:
            found = edge.evidence
            if found and found.notice_id == notice_id:
                start, context = text_window(text, found.start, found.end)
                evidence = replace(found, context=context, context_start=start)
                edges[edge.id] = replace(edge, evidence=evidence)
    return replace(view, edges=tuple(edges.values()))


def _column(store: Store, file: str, edges: Sequence[GraphRow], column: str) -> dict[str, str]:
    ids = sorted({edge.notice_id for edge in edges if edge.notice_id})
    return {row["id"]: row[column] or "" for row in run_file(store, file, {"ids": ids})}


def _graph_edge(row: GraphRow, titles: Mapping[str, str]) -> GraphEdge:
    relation = row.properties.get("relation")
    return GraphEdge(
        id=row.id,
        type=row.type,
        start=row.start_id or "",
        end=row.end_id or "",
        relation=relation if isinstance(relation, str) else None,
        evidence=_evidence(row, titles),
        source=row.source,
    )


def _evidence(row: GraphRow, titles: Mapping[str, str]) -> Evidence | None:
    if row.notice_id is None or row.start is None or row.end is None:
        return None
    title = titles.get(row.notice_id, "")
    return Evidence(row.notice_id, title, row.start, row.end, row.quote or "")
