"""/api/v1/entities/{id}: a node, what is known of it, and its relations with their evidence."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from api.http.asking import DEFAULT_LIMIT, Cursor, Limit, NodeId, TheDesk
from api.http.consistent import ConsistentRoute
from api.http.wire import PageModel, RelationModel, find_node, node_model, relations_page
from kg.ontology import load_ontology
from queries.rows import details

router = APIRouter(prefix="/api/v1/entities", tags=["graph"], route_class=ConsistentRoute)


class EntityModel(PageModel):
    """A node with one page of its relations."""

    id: str
    label: str
    label_name: str
    name: str
    properties: dict[str, Any] = Field(description="公文的全文不在此处,见 /api/v1/notices/{id}")
    relations: list[RelationModel]


@router.get("/{id}", summary="节点及其关系与依据")
def get_entity(
    desk: TheDesk,
    id: NodeId,
    type: Annotated[
        str | None,
        Query(description="只看一类关系", json_schema_extra={"enum": list(load_ontology().edges)}),
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> EntityModel:
    """Return the node and its relations, by type; each carries the words it was read from."""
    node = find_node(desk.store, id)
    properties = details(node["properties"])
    if node["label"] == "Notice":
        properties.pop("text", None)
    return EntityModel(
        **node_model(id, node["label"], node["name"]).model_dump(),
        properties=properties,
        **relations_page(desk, id, limit, cursor, type),
    )
