"""/api/v1/graph/{id}: what is around a node."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.http.asking import NodeId, TheDesk
from api.http.consistent import ConsistentRoute
from api.http.wire import NodeModel, RelationModel, find_node, node_model, relation_models
from viz.fetch import fetch_rows

router = APIRouter(tags=["graph"], route_class=ConsistentRoute)

DEFAULT_NODES = 80

Depth = Annotated[int, Query(ge=1, le=2, description="走几步")]
Nodes = Annotated[int, Query(ge=2, le=300, description="最多的节点数")]


class GraphModel(BaseModel):
    """A node with what is around it; both ends of every relation are among the nodes."""

    centre: str
    nodes: list[NodeModel]
    relations: list[RelationModel]
    truncated: bool = Field(description="是否因 limit 而未画全")


@router.get("/api/v1/graph/{id}", summary="节点的邻域")
def get_graph(
    desk: TheDesk, id: NodeId, depth: Depth = 1, limit: Nodes = DEFAULT_NODES
) -> GraphModel:
    """Return the nodes one or two steps around a node, and the relations among them."""
    find_node(desk.store, id)
    nodes, edges, truncated = fetch_rows(desk.store, id, depth, limit)
    return GraphModel(
        centre=id,
        nodes=[node_model(row.id, row.type, row.name or row.id) for row in nodes],
        relations=relation_models(desk.store, edges),
        truncated=truncated,
    )
