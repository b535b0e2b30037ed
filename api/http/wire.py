"""The shapes that answers share, and how rows become them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from api.errors import NotFound
from api.http.asking import Desk
from kg.store import Store
from queries.rows import GraphRow
from queries.types import run_file
from viz.names import edge_name, label_style

_BATCH = 1_000


class NodeModel(BaseModel):
    """A node as other things refer to it."""

    id: str
    label: str = Field(examples=["Product"])
    label_name: str = Field(examples=["产品"])
    name: str = Field(examples=["盘锦大米"])


class EvidenceModel(BaseModel):
    """The words a fact was read from: `text[start:end] == quote` in the notice's stored text."""

    notice_id: str
    notice_title: str
    issued_on: str | None = Field(default=None, description="公文的成文日期")
    start: int = Field(description="起始位置,按 Unicode 字符计")
    end: int = Field(description="结束位置,不含")
    quote: str = Field(examples=["盘锦大米"])
    confidence: float | None = None


class RelationModel(BaseModel):
    """An edge with both its ends, and either evidence or the reference data it comes from."""

    eid: str
    type: str = Field(examples=["SUPPORTS"])
    name: str = Field(examples=["支持"])
    start: NodeModel
    end: NodeModel
    evidence: EvidenceModel | None
    source: str | None
    properties: dict[str, Any]


class PageModel(BaseModel):
    """What every list says of itself."""

    truncated: bool = Field(description="是否因 limit 而未列全")
    next_cursor: str | None = Field(description="取下一页时作为 cursor 传回")
    notes: list[str] = Field(default_factory=list, description="读者须知,如简称匹配到了谁")


def find_node(store: Store, node_id: str) -> dict[str, Any]:
    """Return id, label, name and properties of a node.

    Raises:
        NotFound: the graph has no such node.
    """
    rows = run_file(store, "_nodes", {"ids": [node_id]})
    if not rows:
        raise NotFound(f"图中没有 id 为 {node_id!r} 的节点 no node has this id")
    return rows[0]


def relations_page(
    desk: Desk, node_id: str, limit: int, cursor: str | None, type: str | None = None
) -> dict[str, Any]:
    """Return one page of a node's relations, with what a page says of itself."""
    # the query's first row is the node itself
    page = desk.ask("entity", {"id": node_id, "type": type}, limit, cursor, passed_over=1)
    edges = [row for row in page.rows if isinstance(row, GraphRow) and row.kind == "edge"]
    return {
        "relations": relation_models(desk.store, edges),
        "truncated": page.truncated,
        "next_cursor": page.next_cursor,
        "notes": list(page.notes),
    }


def node_model(node_id: str, label: str, name: str) -> NodeModel:
    """Return the shape of a node."""
    return NodeModel(id=node_id, label=label, label_name=label_style(label).name, name=name)


def relation_models(store: Store, edges: Sequence[GraphRow]) -> list[RelationModel]:
    """Return the shapes of edges; their ends' labels and notices' titles are looked up."""
    ends = {end for edge in edges for end in (edge.start_id, edge.end_id) if end}
    labels = {row["id"]: row["label"] for row in _look_up(store, "_labels", ends)}
    notices = {edge.notice_id for edge in edges if edge.notice_id}
    stated = {row["id"]: row for row in _look_up(store, "_titles", notices)}
    return [_relation(edge, labels, stated) for edge in edges]


def _look_up(store: Store, file: str, ids: Iterable[str]) -> list[dict[str, Any]]:
    wanted = sorted(ids)
    return [
        row
        for at in range(0, len(wanted), _BATCH)
        for row in run_file(store, file, {"ids": wanted[at : at + _BATCH]})
    ]


def _relation(
    edge: GraphRow, labels: Mapping[str, str], notices: Mapping[str, Mapping[str, Any]]
) -> RelationModel:
    start_id, end_id = edge.start_id or "", edge.end_id or ""
    start_label = labels.get(start_id, "")
    relation = edge.properties.get("relation")
    return RelationModel(
        eid=edge.id,
        type=edge.type,
        name=edge_name(edge.type, start_label, relation if isinstance(relation, str) else None),
        start=node_model(start_id, start_label, edge.start_name or ""),
        end=node_model(end_id, labels.get(end_id, ""), edge.end_name or ""),
        evidence=_evidence(edge, notices.get(edge.notice_id or "", {})),
        source=edge.source,
        properties=dict(edge.properties),
    )


def _evidence(edge: GraphRow, notice: Mapping[str, Any]) -> EvidenceModel | None:
    if edge.notice_id is None or edge.start is None or edge.end is None:
        return None
    return EvidenceModel(
        notice_id=edge.notice_id,
        notice_title=notice.get("title") or "",
        issued_on=notice.get("issued_on"),
        start=edge.start,
        end=edge.end,
        quote=edge.quote or "",
        confidence=edge.confidence,
    )
