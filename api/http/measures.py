"""/api/v1/measures: measures by conditions that compose, each with what it rests on."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.http.asking import DEFAULT_LIMIT, Cursor, Desk, Limit, TheDesk
from api.http.consistent import ConsistentRoute
from api.http.cursor import decode_place, encode_place
from api.http.filters import MeasureList, fields_of
from api.http.formats import Page, chosen_fields, page_response
from api.http.lists import (
    Chosen,
    FactModel,
    ListModel,
    choose_measures,
    evidence_told,
    fact_told,
    names_told,
    question_of,
)
from api.http.naming import NameOrId, find_one
from api.http.responses import LIST, ONE
from api.http.wire import EvidenceModel, PageModel, RelationModel, relations_page
from kg.errors import QueryError
from kg.store import Row
from queries.arguments import unknown_name
from queries.facets import FACET_NAMES, count_facet
from queries.measures import measure_facts, measure_rows
from queries.names import find_measures

router = APIRouter(prefix="/api/v1/measures", tags=["graph"], route_class=ConsistentRoute)

_KEY = (int, str, int, str)
_NAMED: Mapping[str, tuple[tuple[str, bool], ...]] = {
    "leaders": (("LEADS", True),),
    "responsible": (("RESPONSIBLE_FOR", True),),
    "supporters": (("SUPPORTS", True),),
    "about": (("SUPPORTS", False), ("MENTIONS", False)),
    "instruments": (("USES", False),),
}


class MeasureModel(BaseModel):
    """A measure; with `fields`, only those that were asked for."""

    id: str = ""
    title: str = ""
    path: str = Field("", examples=["二/(三)/7"])
    due_on: str | None = Field(None, examples=["2024-12-31"])
    ongoing: bool | None = None
    due_text: str | None = None
    issued_on: str | None = Field(None, description="公文日期")
    jurisdiction: str | None = Field(None, description="公文所属的地方")
    notice_id: str = ""
    notice_title: str = ""
    leaders: list[str] = Field([], description="牵头者的名称")
    responsible: list[str] = Field([], description="负责者的名称")
    supporters: list[str] = Field([], description="配合者的名称")
    about: list[str] = Field([], description="所及事物的名称")
    instruments: list[str] = Field([], description="政策工具的名称")
    evidence: EvidenceModel | None = Field(None, description="措施的标题在原文何处")
    facts: list[FactModel] = Field([], description="主体、内容、工具与目标,各有依据")


class _Query(MeasureList):
    """The parameters of the list, whose rows have these fields."""

    fields: str | None = fields_of(MeasureModel)


class FacetModel(BaseModel):
    """A value and how many of the measures have it."""

    value: str = Field(description="节点 id、类别、年份或地名")
    name: str
    measures: int


class MeasuresModel(ListModel):
    """One page of measures."""

    measures: list[MeasureModel]
    facets: dict[str, list[FacetModel]] = Field(
        default_factory=dict, description="全部结果的分布,每项至多 50 个值"
    )


class MeasureDetail(MeasureModel, PageModel):
    """A measure with its text and all its relations, of which this is one page."""

    text: str
    relations: list[RelationModel]


@router.get("", summary="按条件查措施", response_model=MeasuresModel, responses=LIST)
def list_measures(
    request: Request,
    desk: TheDesk,
    query: Annotated[_Query, Query()],
) -> Response:
    """Return measures that meet every condition."""
    question = question_of("measures", query)
    after = decode_place(query.cursor, question, _KEY)
    facets = _facet_names(query.facets)
    fields = chosen_fields(query, MeasureModel)
    chosen = choose_measures(desk, query, query.sort)
    start = bisect_right(chosen.pairs, after, key=lambda pair: pair[0]) if after else 0
    pairs = chosen.pairs[start : start + query.limit]
    has_more = start + query.limit < len(chosen)
    page = Page(
        rows=_rows(desk, [key.id for _, key in pairs], fields),
        total=len(chosen),
        next_cursor=encode_place(pairs[-1][0], question) if has_more else None,
        more={
            "notes": chosen.made.notes,
            "names": names_told(chosen.made.meanings, query),
            "facets": {name: _facet(desk, query, name, chosen) for name in facets},
        },
    )
    return page_response(request, query, "measures", MeasureModel, page)


@router.get("/{id:path}", summary="一项措施", responses=ONE)
def get_measure(
    desk: TheDesk, id: NameOrId, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> MeasureDetail:
    """Return a measure by id or title, with its text and relations."""
    node = find_one(desk.store, "measures", id, find_measures)
    [row] = _rows(desk, [node["id"]], tuple(MeasureModel.model_fields))
    return MeasureDetail.model_validate(
        row | {"text": node["properties"]["text"]} | relations_page(desk, node["id"], limit, cursor)
    )


def _rows(desk: Desk, ids: list[str], fields: Sequence[str]) -> list[dict[str, Any]]:
    wants_facts = any(name in fields for name in (*_NAMED, "facts"))
    facts = measure_facts(desk.store, ids, None) if wants_facts else {}
    return [_row(row, facts.get(row["measure_id"], ())) for row in measure_rows(desk.store, ids)]


def _row(row: Row, facts: Sequence[Row]) -> dict[str, Any]:
    notice = {"id": row["notice_id"], "title": row["notice_title"], "issued_on": row["issued_on"]}
    named = {name: _names(facts, kinds) for name, kinds in _NAMED.items()}
    return {
        **row,
        "id": row["measure_id"],
        "title": row["measure"],
        **named,
        "evidence": evidence_told(row, notice) if row["quote"] is not None else None,
        "facts": [fact_told(fact, notice) for fact in facts],
    }


def _names(facts: Sequence[Row], kinds: Sequence[tuple[str, bool]]) -> list[str]:
    found = (fact["thing"] for fact in facts if (fact["type"], fact["is_role"]) in kinds)
    return list(dict.fromkeys(found))


def _facet_names(asked: str | None) -> list[str]:
    names = [name.strip() for name in (asked or "").split(",") if name.strip()]
    for name in names:
        if name not in FACET_NAMES:
            raise QueryError(f"facets: 没有 {unknown_name(name, FACET_NAMES)}")
    return list(dict.fromkeys(names))


def _facet(desk: Desk, query: MeasureList, name: str, chosen: Chosen) -> list[dict[str, Any]]:
    key = ("facet", name, str(sorted(query.arguments().items())))
    values = desk.recall(key, lambda: count_facet(desk.store, name, chosen.keys))
    return [value._asdict() for value in values]
