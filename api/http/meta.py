"""What is in the graph, and the ontology's vocabulary."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.http.asking import TheDesk
from kg.ontology import load_ontology
from viz.names import EDGES_EN, RELATIONS, RELATIONS_EN, edge_name, label_style

router = APIRouter(tags=["meta"])

EXAMPLES = ["盘锦大米", "哪些措施涉及省教育厅", "省知识产权局印发了哪些通知", "谁和省教育厅合作"]


class CountModel(BaseModel):
    """How many nodes or edges of a kind there are."""

    label: str = Field(examples=["Measure"])
    label_name: str = Field(examples=["措施"])
    count: int


class StatusModel(BaseModel):
    """What is in the graph."""

    engine: str
    notices_loaded: int
    notices_cited: int
    nodes: list[CountModel]
    edges: list[CountModel]
    examples: list[str]


class TermModel(BaseModel):
    """A label, an edge type, or a kind of derivation."""

    label: str
    name: str
    name_en: str
    colour: str | None = None
    shape: str | None = Field(default=None, description="图中的形状")
    description: str = ""
    description_zh: str = ""


class OntologyModel(BaseModel):
    """The graph's vocabulary."""

    labels: list[TermModel]
    edges: list[TermModel]
    relations: list[TermModel] = Field(description="DERIVES_FROM 的种类")


@router.get("/api/v1/status", summary="图中有什么")
def get_status(desk: TheDesk) -> StatusModel:
    """Count nodes by label and edges by type."""
    status = desk.store.status()
    return StatusModel(
        engine=status.engine,
        notices_loaded=status.notices_loaded,
        notices_cited=status.notices_cited,
        nodes=[
            CountModel(label=label, label_name=label_style(label).name, count=count)
            for label, count in status.nodes.items()
        ],
        edges=[
            CountModel(label=kind, label_name=edge_name(kind), count=count)
            for kind, count in status.edges.items()
        ],
        examples=EXAMPLES,
    )


@router.get("/api/v1/ontology", summary="节点与关系的种类")
def get_ontology() -> OntologyModel:
    """Return every label and edge type with what it means."""
    ontology = load_ontology()
    return OntologyModel(
        labels=[
            TermModel(
                label=label,
                name=label_style(label).name,
                name_en=label_style(label).name_en,
                colour=label_style(label).colour,
                shape=label_style(label).shape,
                description=spec.description,
                description_zh=spec.description_zh,
            )
            for label, spec in ontology.labels.items()
        ],
        edges=[
            TermModel(
                label=kind,
                name=edge_name(kind),
                name_en=EDGES_EN[kind],
                description=spec.description,
                description_zh=spec.description_zh,
            )
            for kind, spec in ontology.edges.items()
        ],
        relations=[
            TermModel(label=kind, name=name, name_en=RELATIONS_EN[kind])
            for kind, name in RELATIONS.items()
        ],
    )
