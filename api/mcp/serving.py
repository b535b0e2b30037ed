"""The tools over HTTP: at /mcp, behind the same keys, limits and logs as the API."""

from fastapi import FastAPI
from fastmcp import FastMCP

from api.errors import add_error_handlers
from api.http import health
from api.http.layers import add_layers
from api.http.memory import Memory
from api.settings import Settings
from kg.store import Store

PATH = "/mcp"


def create_mcp_app(server: FastMCP, store: Store, settings: Settings) -> FastAPI:
    """Return the application that serves the tools, /healthz, /readyz and /metrics."""
    inner = server.http_app(
        path=PATH,
        stateless_http=True,
        json_response=True,
        host_origin_protection=False,  # our own guard checks hosts, with the same settings
    )
    app = FastAPI(
        title="policykg mcp",
        openapi_url=None,
        lifespan=inner.lifespan,
        telemetry={"auto_configure": settings.telemetry},
    )
    app.state.store = store
    app.state.settings = settings
    app.state.memory = Memory()
    add_error_handlers(app)
    app.include_router(health.router)
    app.mount("/", inner)
    add_layers(app, settings)
    return app
