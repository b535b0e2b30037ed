"""/api/v1/explore: what the page asks for besides the rest of the API."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from api.errors import NotFound
from api.http.asking import TheDesk
from api.http.consistent import ConsistentRoute
from api.http.naming import find_listed
from api.http.wire import NodeModel, RelationModel, node_model, relation_models
from kg.ontology import load_ontology
from queries.relation import find_relation
from queries.suggestions import ORDER, suggest

router = APIRouter(prefix="/api/v1/explore", tags=["graph"], route_class=ConsistentRoute)

MOST_EACH = 8


class SuggestionModel(NodeModel):
    """A node whose name holds what was written; sections and measures with their notice."""

    notice_id: str | None
    notice_title: str | None


class SuggestionsModel(BaseModel):
    """Suggestions, those of a label together."""

    hits: list[SuggestionModel]


class StatedModel(RelationModel):
    """A relation, with how it was read."""

    method: str | None = Field(description="读出这条关系的规则")


class CypherModel(BaseModel):
    """The text of a catalogued query."""

    name: str
    cypher: str


@router.get("/suggest", summary="输入时的提示")
def suggest_names(
    desk: TheDesk,
    q: Annotated[str, Query(min_length=2, max_length=200, description="字词", examples=["盘锦"])],
    label: Annotated[
        str | None,
        Query(description="只看一类节点", json_schema_extra={"enum": list(load_ontology().labels)}),
    ] = None,
    each: Annotated[int, Query(ge=1, le=MOST_EACH, description="每类最多几个")] = 4,
) -> SuggestionsModel:
    """Return nodes by a part of their name, a few of each kind."""
    labels = ORDER if label is None else (label,)
    found = suggest(desk.store, q, labels, MOST_EACH if label else each)
    return SuggestionsModel(
        hits=[
            SuggestionModel(
                **node_model(item.id, item.label, item.name).model_dump(),
                notice_id=item.notice_id,
                notice_title=item.notice_title,
            )
            for item in found
        ]
    )


@router.get("/edges/{eid}", summary="一条关系及其依据")
def get_edge(
    desk: TheDesk,
    eid: Annotated[str, Path(min_length=1, max_length=64, description="关系的 eid")],
    end: Annotated[str, Query(min_length=1, max_length=64, description="关系任一端的节点 id")],
) -> StatedModel:
    """Return one relation with the words it was read from."""
    found = find_relation(desk.store, eid, end)
    if found is None:
        raise NotFound(f"节点 {end!r} 没有 eid 为 {eid!r} 的关系 no such relation")
    [relation] = relation_models(desk.store, [found.row])
    return StatedModel(**relation.model_dump(), method=found.method)


@router.get("/cypher/{name}", summary="一个查询的 Cypher")
def get_cypher(
    name: Annotated[str, Path(max_length=64, description="查询名", examples=["measures_by_actor"])],
) -> CypherModel:
    """Return the Cypher of a catalogued query."""
    return CypherModel(name=name, cypher=find_listed(name).cypher)
