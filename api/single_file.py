"""A part of the graph as the data of a file that needs no server."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.http.asking import Desk
from api.http.memory import Memory
from api.http.meta import get_ontology
from api.http.wire import node_model, relation_models
from api.recorded import record_answers
from api.settings import Settings
from kg.store import Store
from queries.catalogue import run_query
from queries.rows import details
from queries.types import MAX_LIMIT, run_for_ids
from viz.drawn import Drawn, PlacedNode, draw_nodes
from viz.names import label_style

MOST_NODES = 2_000
MOST_TEXT = 1_500_000  # code points of notices' texts in one file
_BEGUN_WITH = ("Agency", "Institution", "Place", "Product", "Program", "Platform")
_MOST_EXAMPLES = 6
_NOTICE = (
    "document_number",
    "kind",
    "jurisdiction",
    "issued_on",
    "published_on",
    "status",
    "validity",
    "source_uri",
)


def explorer_data(store: Store, ids: Sequence[str]) -> dict[str, Any]:
    """Return what static/offline.js reads: nodes with places, relations, texts, recorded answers.

    Args:
        store: the graph.
        ids: of the nodes, the one to begin with first; relations among them come along, and the
            texts that these were read from, the most quoted first, up to MOST_TEXT.
    """
    drawn = draw_nodes(store, ids, None)
    desk = Desk(store, Settings(), store.version(), Memory())
    relations = relation_models(store, drawn.edges)
    known = {row["id"]: row["properties"] for row in run_for_ids(store, "_nodes", list(ids))}
    quoted = Counter(r.evidence.notice_id for r in relations if r.evidence)
    held = [item.node.id for item in drawn.nodes if item.node.label == "Notice"]
    notices = _notices(store, dict.fromkeys([*(key for key, _ in quoted.most_common()), *held]))
    return {
        "ontology": get_ontology().model_dump(mode="json"),
        "status": _status(store, drawn, notices),
        "nodes": [_node(item, known.get(item.node.id, {})) for item in drawn.nodes],
        "relations": [relation.model_dump(mode="json") for relation in relations],
        "notices": notices,
        "answers": record_answers(desk, drawn.nodes),
        "parts": {key: _parts(store, key) for key, notice in notices.items() if notice["text"]},
    }


def _node(item: PlacedNode, properties: Mapping[str, Any]) -> dict[str, Any]:
    node = item.node
    shown = details(dict(properties))
    if node.label == "Notice":
        shown.pop("text", None)
    model = node_model(node.id, node.label, node.name).model_dump()
    return {**model, "x": item.x, "y": item.y, "properties": shown}


def _notices(store: Store, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    notices: dict[str, dict[str, Any]] = {}
    room = MOST_TEXT
    for key in ids:  # one text at a time: notices are long
        for row in run_for_ids(store, "_nodes", [key]):
            known = row["properties"]
            text = known.get("text") or ""
            room -= len(text)
            notices[key] = {
                "id": key,
                "title": known["title"],
                "issuers": known.get("issuers") or [],
                "text": text if room >= 0 else "",
                **{name: known.get(name) for name in _NOTICE},
            }
    return notices


def _parts(store: Store, notice_id: str) -> list[dict[str, Any]]:
    found = run_query(store, "notice", {"notice": notice_id, "limit": MAX_LIMIT})
    return [row.model_dump(mode="json", exclude={"text"}) for row in found.rows]


def _status(store: Store, drawn: Drawn, notices: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what is in the file, and of how much in the graph that it was written from."""
    whole = store.status()
    counts = Counter(item.node.label for item in drawn.nodes)
    return {
        "engine": "file",
        "notices_loaded": sum(1 for notice in notices.values() if notice["text"]),
        "notices_cited": 0,
        "nodes": [
            {"label": label, "label_name": label_style(label).name, "count": count}
            for label, count in counts.most_common()
        ],
        "edges": [],
        "whole": {"notices": whole.notices_loaded, "measures": whole.nodes.get("Measure", 0)},
        "examples": _most_joined(drawn),
    }


def _most_joined(drawn: Drawn) -> list[str]:
    """Return the names of the things with most relations in the file, measures and texts aside."""
    degrees = Counter(end for row in drawn.edges for end in (row.start_id, row.end_id))
    things = [item.node for item in drawn.nodes if item.node.label in _BEGUN_WITH]
    things.sort(key=lambda node: (-degrees[node.id], node.id))
    return [node.name for node in things[:_MOST_EXAMPLES]]
