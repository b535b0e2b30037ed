"""/api/v1/search and /api/v1/ask: from words to nodes, from questions to answers."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.http.asking import Cursor, Limit, TheDesk
from api.http.wire import PageModel
from kg.ontology import load_ontology
from queries.search import HitRow
from viz.names import label_style

router = APIRouter(prefix="/api/v1", tags=["search"])


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


def _hit(row: HitRow) -> HitModel:
    return HitModel(label_name=label_style(row.label).name, **row.model_dump())
