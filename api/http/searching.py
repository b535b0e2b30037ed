"""/api/v1/search and /api/v1/ask: from words to nodes, from questions to answers."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.http.asking import Cursor, Limit, TheDesk
from api.http.consistent import ConsistentRoute
from api.http.cursor import decode_cursor, encode_cursor
from api.http.wire import PageModel
from kg.ontology import load_ontology
from queries.ask import ask as answer_question
from queries.catalogue import find_query
from queries.search import HitRow
from viz.names import label_style

router = APIRouter(prefix="/api/v1", tags=["search"], route_class=ConsistentRoute)


class HitModel(BaseModel):
    """A node found by its words."""

    id: str
    label: str = Field(examples=["Product"])
    label_name: str = Field(examples=["产品"])
    name: str = Field(examples=["盘锦大米"])
    score: float | None = Field(description="越大越相关;正文命中没有")
    notice_id: str | None
    notice_title: str | None
    snippet: str | None = Field(description="正文中找到的字词及其前后文")


class HitsModel(PageModel):
    """One page of hits, best first."""

    hits: list[HitModel]


class AskModel(PageModel):
    """What a question was taken for, and the rows that answer it."""

    question: str
    understood: bool
    query: str | None = Field(description="理解为目录中的哪个查询", examples=["measures_by_actor"])
    parameters: dict[str, str | int | bool | None]
    summary_zh: str | None
    summary_en: str | None
    explanation: str
    rows: list[dict[str, Any]]
    examples: list[str] = Field(description="没看懂时,可以这样问")


@router.get("/search", summary="搜索")
def search(
    desk: TheDesk,
    q: Annotated[
        str, Query(min_length=2, max_length=200, description="字词", examples=["盘锦大米"])
    ],
    label: Annotated[
        str | None,
        Query(description="只看一类节点", json_schema_extra={"enum": list(load_ontology().labels)}),
    ] = None,
    where: Annotated[Literal["name", "text"], Query(description="找名称,还是找措施正文")] = "name",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> HitsModel:
    """Find nodes by name, alias or title, or measures by their text."""
    page = desk.ask("search", {"text": q, "label": label, "where": where}, limit, cursor)
    return HitsModel(
        hits=[_hit(row) for row in page.rows if isinstance(row, HitRow)],
        truncated=page.truncated,
        next_cursor=page.next_cursor,
        notes=list(page.notes),
    )


@router.get("/ask", summary="提问")
def ask(
    desk: TheDesk,
    q: Annotated[
        str,
        Query(min_length=1, max_length=500, description="问题", examples=["哪些措施涉及省教育厅"]),
    ],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AskModel:
    """Answer a question in Chinese or English, or say that it was not understood."""
    key = {"ask": q}
    skip = decode_cursor(cursor, key)
    answer = answer_question(desk.store, q, limit=limit, skip=skip)
    query = find_query(answer.query) if answer.query else None
    truncated = answer.result is not None and answer.result.truncated
    return AskModel(
        question=q,
        understood=answer.understood,
        query=answer.query,
        parameters=dict(answer.parameters),
        summary_zh=query.summary_zh if query else None,
        summary_en=query.summary_en if query else None,
        explanation=answer.explanation,
        rows=[row.model_dump(mode="json") for row in answer.rows],
        examples=list(answer.examples),
        truncated=truncated,
        next_cursor=encode_cursor(skip + limit, key) if truncated else None,
        notes=list(answer.notes),
    )


def _hit(row: HitRow) -> HitModel:
    return HitModel(label_name=label_style(row.label).name, **row.model_dump())
