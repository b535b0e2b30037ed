"""What a page that stands alone carries with it: the list of edges and their words."""

from typing import Any

from viz.model import Evidence, GraphEdge, Neighbourhood
from viz.names import edge_name, label_style

MARGIN = 400  # code points of text shown on each side of a quote


def text_window(text: str, start: int, end: int, margin: int = MARGIN) -> tuple[int, str]:
    """Return where the text around [start, end) begins, and that text.

    It reaches at most `margin` code points to each side, and is cut at a line's end if one is near.
    """
    low, high = max(0, start - margin), min(len(text), end + margin)
    if low > 0:
        newline = text.find("\n", low, start)
        low = newline + 1 if newline >= 0 else low
    if high < len(text):
        newline = text.rfind("\n", end, high)
        high = newline if newline >= 0 else high
    return low, text[low:high]


def evidence_payload(view: Neighbourhood) -> dict[str, Any]:
    """Return the JSON that the stand-alone page reads: nodes, edges with evidence, the legend."""
    labels = {node.id: node.label for node in view.nodes}
    used = sorted({node.label for node in view.nodes})
    return {
        "centre": view.centre,
        "title": view.title,
        "truncated": view.truncated,
        "nodes": [
            {"id": n.id, "kind": label_style(n.label).name, "label": n.label, "name": n.name}
            for n in view.nodes
        ],
        "edges": [_edge(edge, labels[edge.start]) for edge in view.edges],
        "legend": [
            {"label": label, "name": label_style(label).name, "colour": label_style(label).colour}
            for label in used
        ],
    }


def _edge(edge: GraphEdge, start_label: str) -> dict[str, Any]:
    return {
        "id": edge.id,
        "kind": edge_name(edge.type, start_label, edge.relation),
        "start": edge.start,
        "end": edge.end,
        "source": edge.source,
        "evidence": _evidence(edge.evidence) if edge.evidence else None,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "title": evidence.notice_title,
        "start": evidence.start - evidence.context_start,
        "end": evidence.end - evidence.context_start,
        "quote": evidence.quote,
        "context": evidence.context or evidence.quote,
    }
