"""/api/v1/notices: notices, their text, and where in it each fact was read."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.errors import NotFound
from api.http.asking import DEFAULT_LIMIT, Cursor, Limit, NodeId, TheDesk
from api.http.wire import PageModel, RelationModel, find_node, relation_models
from kg.errors import QueryError
from queries.notice_relations import END
from queries.rows import GraphRow

router = APIRouter(prefix="/api/v1/notices", tags=["graph"])


class NoticeSummary(BaseModel):
    """A notice, as a list shows it."""

    id: str
    title: str
    document_number: str | None = Field(examples=["辽知发〔2022〕6号"])
    kind: str | None
    jurisdiction: str | None
    issued_on: str | None
    published_on: str | None
    status: Literal["loaded", "cited"]


class NoticesModel(PageModel):
    """One page of notices, the latest first."""

    notices: list[NoticeSummary]


class TextModel(BaseModel):
    """A stretch of the stored text: `content` begins at code point `start` of `total`."""

    start: int
    end: int
    total: int
    content: str


class NoticeModel(NoticeSummary, PageModel):
    """A notice, a stretch of its text, and the facts read from that stretch."""

    issuers: list[str]
    validity: str | None
    source_uri: str | None = Field(description="原文的网页或文件")
    text: TextModel
    relations: list[RelationModel] = Field(description="由这段文字读出的关系,依先后排列")


@router.get("", summary="公文列表")
def list_notices(
    desk: TheDesk,
    status: Annotated[
        Literal["loaded", "cited"] | None, Query(description="loaded 已装入;cited 仅被引用")
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> NoticesModel:
    """Return the notices of the graph."""
    page = desk.ask("notices", {"status": status}, limit, cursor)
    rows = [row.model_dump() for row in page.rows]
    return NoticesModel(
        notices=[
            NoticeSummary(id=row.pop("notice_id"), title=row.pop("notice_title"), **row)
            for row in rows
        ],
        truncated=page.truncated,
        next_cursor=page.next_cursor,
        notes=list(page.notes),
    )


@router.get("/{id}", summary="公文原文与其中的关系")
def get_notice(
    desk: TheDesk,
    id: NodeId,
    start: Annotated[int, Query(alias="from", ge=0, le=END - 1, description="从第几个字符起")] = 0,
    length: Annotated[int | None, Query(ge=1, description="最多多少个字符")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> NoticeModel:
    """Return a stretch of the notice's text and the relations read from it.

    `limit`, `cursor` and `truncated` are about the relations; `text` says of itself what it holds.
    """
    most = desk.settings.max_text
    if length is not None and length > most:
        raise QueryError(f"length 最多 {most},收到 {length}")
    node = find_node(desk.store, id)
    if node["label"] != "Notice":
        raise NotFound(f"{id!r} 不是公文,而是 {node['label']}")
    known = node["properties"]
    whole = known.get("text") or ""
    content = whole[start : start + (length or most)]
    stretch = {"id": id, "from": start, "to": start + max(1, len(content))}
    page = desk.ask("notice_relations", stretch, limit, cursor)
    edges = [row for row in page.rows if isinstance(row, GraphRow)]
    fields = (*NoticeSummary.model_fields, "validity", "source_uri")
    return NoticeModel(
        issuers=known.get("issuers") or [],
        **{name: known.get(name) for name in fields} | {"id": id},
        text=TextModel(
            start=min(start, len(whole)),
            end=min(start, len(whole)) + len(content),
            total=len(whole),
            content=content,
        ),
        relations=relation_models(desk.store, edges),
        truncated=page.truncated,
        next_cursor=page.next_cursor,
        notes=list(page.notes),
    )
