"""The HTTP application: routes around one open store."""

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from api.errors import add_error_handlers, described_errors
from api.http import (
    catalogue,
    cypher,
    drawn,
    entities,
    explore,
    faceted,
    graphs,
    health,
    measures,
    meta,
    notices,
    pages,
    searching,
    things,
    views,
    whole,
)
from api.http.layers import add_layers
from api.http.memory import Memory
from api.openapi import serve_openapi
from api.release import version
from api.settings import Settings
from kg.adhoc import AdhocReader
from kg.store import Store

_DESCRIPTION = """\
从中国知识产权公文中读出的政策知识图谱。A knowledge graph of IP policy in China, read from notices.

- 每一条事实都带有依据:公文、起止位置(按字符计)与原话 (`notice_id`, `start`, `end`, `quote`)。
- 列表有 `limit` 与 `cursor`;`truncated` 为真时,用 `next_cursor` 取下一页。
- 错误一律为 `application/problem+json` (RFC 9457)。
"""
_ROUTES = (
    searching,
    entities,
    measures,
    notices,
    graphs,
    explore,
    views,
    drawn,
    whole,
    faceted,
    catalogue,
    cypher,
    meta,
    health,
    pages,
)
_TAGS = [
    {"name": "search", "description": "搜索与提问"},
    {"name": "graph", "description": "节点、措施、公文及其关系"},
    {"name": "queries", "description": "查询目录"},
    {"name": "views", "description": "页面各视图的数据"},
    {"name": "meta", "description": "状态与本体"},
]


def create_app(
    store: Store, settings: Settings | None = None, adhoc: AdhocReader | None = None
) -> FastAPI:
    """Return the application.

    Args:
        store: the graph; the caller closes it afterwards.
        settings: those of the environment if None.
        adhoc: what answers Cypher from callers, to be closed by the caller; None for none.
    """
    settings = settings or Settings()
    app = FastAPI(
        title="policykg",
        summary="中国知识产权政策知识图谱",
        description=_DESCRIPTION,
        version=version(),
        openapi_tags=_TAGS,
        docs_url=None,  # those of FastAPI load their files from a CDN
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        license_info={"name": "Apache-2.0"},
        telemetry={"auto_configure": settings.telemetry},
    )
    app.state.store = store
    app.state.settings = settings
    app.state.whole = whole.WholeCache(settings.cache_folder)
    app.state.adhoc = adhoc
    add_error_handlers(app)
    app.state.memory = Memory()
    for module in _ROUTES:
        app.include_router(module.router, responses=described_errors())
    for resource in things.RESOURCES:
        app.include_router(things.make_router(resource), responses=described_errors())
    pages.mount_static(app)
    serve_openapi(app)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    add_layers(app, settings)
    return app
