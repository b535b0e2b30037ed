"""/api/v1/queries: the catalogue, and every query in it."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from api.http.asking import DEFAULT_LIMIT, Cursor, Limit, TheDesk, single_values
from api.http.consistent import ConsistentRoute
from api.http.naming import find_listed
from queries.catalogue import load_catalogue
from queries.types import Parameter, Query

router = APIRouter(prefix="/api/v1/queries", tags=["queries"], route_class=ConsistentRoute)

OWN = frozenset({"limit", "cursor"})  # handled by the route, not by the query


class ParameterModel(BaseModel):
    """A parameter of a catalogued query."""

    name: str
    type: str
    required: bool
    default: str | int | bool | None
    values: list[str] | None
    minimum: int | None
    maximum: int | None
    summary_zh: str
    summary_en: str


class QueryModel(BaseModel):
    """An entry of the catalogue, with an address at which its example can be tried."""

    name: str
    summary_zh: str
    summary_en: str
    parameters: list[ParameterModel]
    example: dict[str, str | int | bool | None]
    example_url: str
    columns: list[str]


class CatalogueModel(BaseModel):
    """Every query of the catalogue."""

    queries: list[QueryModel]


class AnswerModel(BaseModel):
    """Rows of a query; the keys of each are the `columns` of its catalogue entry."""

    query: str
    rows: list[dict[str, Any]]
    truncated: bool
    next_cursor: str | None
    notes: list[str]


@router.get("", summary="查询目录")
def list_queries() -> CatalogueModel:
    """Return every catalogued query with its parameters and an example."""
    return CatalogueModel(queries=[_entry(query) for query in load_catalogue().values()])


@router.get(
    "/{name}",
    summary="运行一个查询",
    openapi_extra={
        "parameters": [
            {
                "name": "parameters",
                "in": "query",
                "description": "查询自身的参数,见 /api/v1/queries",
                "schema": {"type": "object", "additionalProperties": {"type": "string"}},
                "style": "form",
                "explode": True,
                "example": {"actor": "省教育厅"},
            }
        ]
    },
)
def answer_query(
    request: Request,
    desk: TheDesk,
    name: Annotated[str, Path(max_length=64, description="查询名", examples=["measures_by_actor"])],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> AnswerModel:
    """Answer one query; its own parameters are given in the query string."""
    find_listed(name)
    given = {key: value for key, value in single_values(request).items() if key not in OWN}
    page = desk.ask(name, given, limit, cursor)
    return AnswerModel(
        query=name,
        rows=[row.model_dump(mode="json") for row in page.rows],
        truncated=page.truncated,
        next_cursor=page.next_cursor,
        notes=list(page.notes),
    )


def _entry(query: Query) -> QueryModel:
    shown = {key: str(value) for key, value in query.example.items() if value is not None}
    return QueryModel(
        name=query.name,
        summary_zh=query.summary_zh,
        summary_en=query.summary_en,
        parameters=[_parameter(item) for item in query.own_parameters],
        example=dict(query.example),
        example_url=f"{router.prefix}/{query.name}?{urlencode(shown)}",
        columns=list(query.row.model_fields),
    )


def _parameter(item: Parameter) -> ParameterModel:
    bounded = item.type in ("text", "int")
    return ParameterModel(
        name=item.name,
        type=item.type,
        required=item.required,
        default=item.default,
        values=list(item.values) if item.values else None,
        minimum=item.minimum if bounded else None,
        maximum=item.maximum if bounded else None,
        summary_zh=item.summary_zh,
        summary_en=item.summary_en,
    )
