"""Whether the server is up, whether it can answer, and how it does."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_fastapi_instrumentator import Instrumentator
from pydantic import BaseModel

from api.http.access import demand
from api.http.asking import TheDesk
from api.keys import Scope
from api.release import version

router = APIRouter(tags=["meta"])


class HealthModel(BaseModel):
    """The server is up."""

    status: Literal["ok"]
    version: str


@router.get("/healthz", summary="服务是否存活")
async def health() -> HealthModel:
    """Answer if the process does; it asks nothing of the store."""
    return HealthModel(status="ok", version=version())


@router.get("/readyz", summary="服务能否作答")
def ready(desk: TheDesk) -> HealthModel:
    """Answer if the store does, else 503."""
    desk.store.run("RETURN 1 AS one")
    return HealthModel(status="ok", version=version())


def measure(app: FastAPI) -> None:
    """Count the app's requests by route, status and duration, in a registry of its own."""
    registry = CollectorRegistry()
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    app.state.metrics = registry
    Instrumentator(registry=registry, excluded_handlers=["^/metrics$", "^/static"]).instrument(app)


def _may_measure(request: Request) -> None:
    if not request.app.state.settings.open_metrics:
        demand(Scope.ADMIN)(request)


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, _: Annotated[None, Depends(_may_measure)]) -> Response:
    """Return the metrics in Prometheus's text format."""
    return Response(generate_latest(request.app.state.metrics), media_type=CONTENT_TYPE_LATEST)
