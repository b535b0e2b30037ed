"""/api/v1/notices: notices, their text, and where in it each fact was read."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.http.asking import DEFAULT_LIMIT, Cursor, Desk, Limit, TheDesk
from api.http.consistent import ConsistentRoute
from api.http.cursor import SortKey, decode_place, encode_place
from api.http.filters import NoticeList, fields_of
from api.http.formats import Page, chosen_fields, page_response
from api.http.lists import (
    FactModel,
    ListModel,
    choose_measures,
    fact_told,
    names_told,
    question_of,
)
from api.http.naming import NameOrId, find_one
from api.http.responses import LIST, ONE
from api.http.wire import PageModel, RelationModel, relation_models
from kg.errors import QueryError
from kg.store import Row
from queries.arguments import bind_arguments
from queries.names import find_notices, fold
from queries.notice_relations import END
from queries.notices import QUERY as NOTICES
from queries.notices import all_notices
from queries.rows import GraphRow
from queries.types import run_for_ids

router = APIRouter(prefix="/api/v1/notices", tags=["graph"], route_class=ConsistentRoute)

_FIELDS = ("document_number", "kind", "jurisdiction", "issued_on", "published_on")
_OWN = ("status", "kind", "jurisdiction", "issuer", "issued_from", "issued_to")


class NoticeSummary(BaseModel):
    """A notice, as a list shows it; with `fields`, only those that were asked for."""

    id: str = ""
    title: str = ""
    document_number: str | None = Field(None, examples=["辽知发〔2022〕6号"])
    kind: str | None = None
    jurisdiction: str | None = None
    issued_on: str | None = None
    published_on: str | None = None
    status: Literal["loaded", "cited"] = "loaded"
    measures: int | None = Field(
        None, description="其中多少项措施符合关于措施的条件;没有这样的条件时不计"
    )
    issued_by: list[FactModel] = Field([], description="发文机关,各有依据")


class _Query(NoticeList):
    """The parameters of the list, whose rows have these fields."""

    fields: str | None = fields_of(NoticeSummary)


class NoticesModel(ListModel):
    """One page of notices."""

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


@router.get("", summary="公文列表", response_model=NoticesModel, responses=LIST)
def list_notices(
    request: Request,
    desk: TheDesk,
    query: Annotated[_Query, Query()],
) -> Response:
    """Return the notices that meet every condition; those on measures are met by one of theirs."""
    question = question_of("notices", query)
    after = decode_place(query.cursor, question, (int, str))
    fields = chosen_fields(query, NoticeSummary)
    rows, notes, names = _chosen(desk, query)
    pairs = sorted(((_key(row, query.sort), row) for row in rows), key=lambda pair: pair[0])
    start = bisect_right(pairs, after, key=lambda pair: pair[0]) if after else 0
    shown = pairs[start : start + query.limit]
    has_more = start + query.limit < len(pairs)
    issuers = _issuers(desk, [row for _, row in shown]) if "issued_by" in fields else {}
    page = Page(
        rows=[row | {"issued_by": issuers.get(row["id"], [])} for _, row in shown],
        total=len(pairs),
        next_cursor=encode_place(shown[-1][0], question) if has_more else None,
        more={"notes": notes, "names": names},
    )
    return page_response(request, query, "notices", NoticeSummary, page)


@router.get("/{id:path}", summary="公文原文与其中的关系", responses=ONE)
def get_notice(
    desk: TheDesk,
    id: NameOrId,
    start: Annotated[int, Query(alias="from", ge=0, le=END - 1, description="从第几个字符起")] = 0,
    length: Annotated[int | None, Query(ge=1, le=10**7, description="最多多少个字符")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> NoticeModel:
    """Return a stretch of the notice's text and the relations read from it.

    `limit`, `cursor` and `truncated` are about the relations; `text` says of itself what it holds.
    """
    most = desk.settings.max_text
    if length is not None and length > most:
        raise QueryError(f"length 最多 {most},收到 {length}")
    node = find_one(desk.store, "notices", id, find_notices)
    known = node["properties"]
    whole = known.get("text") or ""
    content = whole[start : start + (length or most)]
    stretch = {"id": node["id"], "from": start, "to": start + max(1, len(content))}
    page = desk.ask("notice_relations", stretch, limit, cursor)
    edges = [row for row in page.rows if isinstance(row, GraphRow)]
    summary = {"id": node["id"], "title": node["name"], "issued_on": known.get("issued_on")}
    issuers = _issuers(desk, [summary]).get(node["id"], [])
    fields = (*_FIELDS, "validity", "source_uri")
    return NoticeModel(
        id=node["id"],
        title=known["title"],
        status=known["status"],
        issued_by=[FactModel(**fact) for fact in issuers],
        issuers=known.get("issuers") or [],
        **{name: known.get(name) for name in fields},
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


def _chosen(
    desk: Desk, query: NoticeList
) -> tuple[list[dict[str, Any]], list[str], list[dict[str, Any]]]:
    """Return the notices that the conditions leave, and how those were taken."""
    own = {name: getattr(query, name) for name in _OWN}
    found, made = all_notices(desk.store, bind_arguments(NOTICES, own))
    rows = [_row(row) for row in found if _holds(row, query.q)]
    notes, names = list(made.notes), names_told(made.meanings, query)
    others = query.model_copy(update=dict.fromkeys(_OWN))
    if not others.arguments():
        return rows, notes, names
    chosen = choose_measures(desk, others)
    counts = Counter(key.notice_id for key in chosen.keys)
    kept = [row | {"measures": counts[row["id"]]} for row in rows if row["id"] in counts]
    names += names_told(chosen.made.meanings, others)
    return kept, [*notes, *chosen.made.notes], names


def _row(row: Row) -> dict[str, Any]:
    rest = {key: value for key, value in row.items() if not key.startswith("notice_")}
    return {"id": row["notice_id"], "title": row["notice_title"], **rest, "measures": None}


def _holds(row: Row, words: str | None) -> bool:
    if words is None:
        return True
    return fold(words) in fold(f"{row['notice_title']} {row['document_number'] or ''}")


def _key(row: Row, sort: str) -> SortKey:
    day = int((row["issued_on"] or "").replace("-", "").ljust(8, "0"))
    return (-day if sort.startswith("-") else day), row["id"]


def _issuers(desk: Desk, notices: Sequence[Row]) -> dict[str, list[dict[str, Any]]]:
    known = {row["id"]: row for row in notices}
    told: dict[str, list[dict[str, Any]]] = {}
    for fact in run_for_ids(desk.store, "_issuers", sorted(known)):
        told.setdefault(fact["notice_id"], []).append(fact_told(fact, known[fact["notice_id"]]))
    return told
