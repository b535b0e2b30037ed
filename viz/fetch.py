"""From a store to what is drawn: the rows of a neighbourhood with titles and stretches of text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.store import Store
from queries.catalogue import run_query
from queries.rows import GraphRow
from queries.types import MAX_LIMIT, run_file
from viz.chosen import Choice, choose_nodes
from viz.drawn import draw_nodes
from viz.model import Evidence, GraphEdge, Neighbourhood
from viz.payload import MARGIN, text_window

MOST_CONTEXT = 240_000  # code points around the quotes of one page, to keep it small
MOST_EDGES = 2_000  # of one page; with more it grows beyond what a mail takes
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


def fetch_view(store: Store, choice: Choice) -> Neighbourhood:
    """Return what is to be drawn, with evidence but without the text around it.

    Raises:
        QueryError: there is no such node, its name means several, or a parameter is wrong.
    """
    ids, truncated = choose_nodes(store, choice)
    centre = ids[0] if choice.name and not choice.is_query else None
    drawn = draw_nodes(store, ids, centre)
    titles = _column(store, "_titles", drawn.edges, "title")
    places = {item.node.id: (item.x, item.y) for item in drawn.nodes}
    return Neighbourhood(
        centre=centre or "",
        nodes=tuple(item.node for item in drawn.nodes),
        edges=tuple(_graph_edge(row, titles) for row in drawn.edges[:MOST_EDGES]),
        truncated=truncated or drawn.truncated or len(drawn.edges) > MOST_EDGES,
        title=choice.title,
        places=None if centre else places,
    )


def add_context(store: Store, view: Neighbourhood) -> Neighbourhood:
    """Return the neighbourhood with the text around each quote, for a page that stands alone."""
    ids = {edge.evidence.notice_id for edge in view.edges if edge.evidence}
    margin = min(MARGIN, MOST_CONTEXT // (2 * max(1, len(view.edges))))
    edges = {edge.id: edge for edge in view.edges}
    for notice_id in sorted(ids):  # one text at a time: notices are long
        [row] = run_file(store, "_texts", {"ids": [notice_id]}) or [{"text": ""}]
        text = row["text"] or ""
        for edge in view.edges:
            found = edge.evidence
            if found and found.notice_id == notice_id:
                start, context = text_window(text, found.start, found.end, margin)
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
