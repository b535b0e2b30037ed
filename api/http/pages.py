"""The page at `/`, its files, and the interactive documentation, all served from the package."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

router = APIRouter(include_in_schema=False)

# swagger-ui sets style attributes and shows its icons from data: addresses
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def mount_static(app: FastAPI) -> None:
    """Serve viz/static under /static."""
    app.mount("/static", StaticFiles(packages=[("viz", "static")]), name="static")


@router.get("/")
def front_page() -> HTMLResponse:
    """Return the page."""
    return HTMLResponse(_page("index.html"))


@router.get("/docs")
def docs_page() -> HTMLResponse:
    """Return the interactive documentation of the API."""
    return HTMLResponse(_page("docs.html"), headers={"Content-Security-Policy": DOCS_POLICY})


@cache
def _page(name: str) -> str:
    return (files("viz") / "static" / name).read_text(encoding="utf-8")
