"""/api/v1/explore: graphs to draw, a part at a time, with places for their nodes."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, Field

from api.http.asking import Cursor, NodeId, TheDesk, single_values
from api.http.cursor import decode_cursor, encode_cursor
from api.http.naming import find_listed
from api.http.wire import (
    NodeModel,
    PageModel,
    RelationModel,
    find_node,
    node_model,
    relation_models,
)
from kg.ontology import load_ontology
from kg.store import Store
from queries.catalogue import run_query
from queries.names import one_node
from queries.surroundings import Kind, count_edges, edges_of, nodes_around
from queries.types import MAX_LIMIT
from viz.drawn import Drawn, draw_nodes, nodes_of_rows
from viz.names import edge_name, label_style

router = APIRouter(prefix="/api/v1/explore", tags=["graph"])

MOST_DRAWN = 350
FIRST = 40
_PAGE = 50
_LONGEST = 22 * MOST_DRAWN  # an id and a comma for each node
_EDGE_TYPES = list(load_ontology().edges)
_LABELS = list(load_ontology().labels)


class PlacedModel(NodeModel):
    """A node with its place in the drawing and the number of its edges in the whole graph."""

    x: float
    y: float
    degree: int


class DrawnModel(BaseModel):
    """Nodes with their places; both ends of every relation are among them."""

    centre: str | None
    nodes: list[PlacedModel]
    relations: list[RelationModel]
    truncated: bool = Field(description="是否未画全")
    notes: list[str] = Field(default_factory=list)


class CountedModel(BaseModel):
    """Edges of a node that are alike."""

    type: str
    name: str
    way: Literal["out", "in"]
    label: str
    label_name: str
    edges: int


class CountsModel(BaseModel):
    """How many edges of each kind a node has, the most first."""

    counts: list[CountedModel]


class NeighboursModel(PageModel):
    """One page of a node's edges."""

    relations: list[RelationModel]


@router.get("/graph", summary="可绘制的图")
def get_drawn(
    desk: TheDesk,
    centre: Annotated[str, Query(min_length=1, max_length=200, description="中心节点的 id 或名称")],
    ids: Annotated[
        str | None,
        Query(max_length=_LONGEST, description="要画的节点,以逗号分隔;不填为邻居"),
    ] = None,
    depth: Annotated[int, Query(ge=1, le=2, description="走几步")] = 1,
    limit: Annotated[int, Query(ge=2, le=MOST_DRAWN, description="最多的节点数")] = FIRST,
    layout: Annotated[Literal["radial", "force"], Query(description="布局")] = "radial",
) -> DrawnModel:
    """Return nodes, the relations among them, and where they stand."""
    if ids is None:
        chosen, cut = nodes_around(desk.store, centre, depth, limit)
        centre = chosen[0]
    else:
        centre = one_node(desk.store, "centre", centre).id
        every = list(dict.fromkeys([centre, *filter(None, ids.split(","))]))
        chosen, cut = every[:MOST_DRAWN], len(every) > MOST_DRAWN
    drawn = draw_nodes(desk.store, chosen, centre if layout == "radial" else None)
    return _drawn_model(desk.store, drawn, centre, truncated=cut or drawn.truncated)


@router.get("/counts/{id}", summary="一个节点各类关系的数目")
def get_counts(desk: TheDesk, id: NodeId) -> CountsModel:
    """Count a node's edges before they are drawn."""
    node = find_node(desk.store, id)
    counted = sorted(count_edges(desk.store, [id]), key=lambda kind: -kind.edges)
    return CountsModel(
        counts=[
            CountedModel(
                type=kind.type,
                name=edge_name(kind.type, node["label"] if kind.outwards else kind.label),
                way="out" if kind.outwards else "in",
                label=kind.label,
                label_name=label_style(kind.label).name,
                edges=kind.edges,
            )
            for kind in counted
        ]
    )


def _kind(
    type: Annotated[
        str, Query(description="关系类型", json_schema_extra={"enum": ["", *_EDGE_TYPES]})
    ] = "",
    label: Annotated[
        str, Query(description="另一端的类别", json_schema_extra={"enum": ["", *_LABELS]})
    ] = "",
    way: Annotated[Literal["", "out", "in"], Query(description="方向")] = "",
) -> Kind:
    return Kind(type, label, way)


@router.get("/neighbours/{id}", summary="一个节点的某类关系")
def get_neighbours(
    desk: TheDesk,
    id: NodeId,
    kind: Annotated[Kind, Depends(_kind)],
    limit: Annotated[int, Query(ge=1, le=_PAGE, description="最多返回的行数")] = _PAGE,
    cursor: Cursor = None,
) -> NeighboursModel:
    """Return one page of a node's relations of a kind."""
    find_node(desk.store, id)
    question = {"neighbours": id, "type": kind.type, "label": kind.label, "way": kind.way}
    skip = decode_cursor(cursor, question)
    found = edges_of(desk.store, id, kind, skip, limit)
    return NeighboursModel(
        relations=relation_models(desk.store, found.rows),
        truncated=found.truncated,
        next_cursor=encode_cursor(skip + limit, question) if found.truncated else None,
    )


@router.get("/rows/{name}", summary="一个查询的结果画成图")
def get_rows_drawn(
    request: Request,
    desk: TheDesk,
    name: Annotated[str, Path(max_length=64, description="查询名", examples=["measures_by_actor"])],
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="最多用到的行数")] = 200,
) -> DrawnModel:
    """Return the nodes that a query's rows name, and the relations among them."""
    find_listed(name)
    given = {key: value for key, value in single_values(request).items() if key != "limit"}
    found = run_query(desk.store, name, {**given, "limit": limit})
    chosen, cut = nodes_of_rows(found.rows, MOST_DRAWN)
    drawn = draw_nodes(desk.store, chosen, None)
    truncated = cut or drawn.truncated or found.truncated
    model = _drawn_model(desk.store, drawn, None, truncated=truncated)
    return model.model_copy(update={"notes": list(found.notes)})


def _drawn_model(store: Store, drawn: Drawn, centre: str | None, *, truncated: bool) -> DrawnModel:
    return DrawnModel(
        centre=centre,
        nodes=[
            PlacedModel(
                **node_model(item.node.id, item.node.label, item.node.name).model_dump(),
                x=item.x,
                y=item.y,
                degree=item.degree,
            )
            for item in drawn.nodes
        ],
        relations=relation_models(store, drawn.edges),
        truncated=truncated,
    )
