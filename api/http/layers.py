"""The layers of middleware around the routes, from the inside out."""

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from api.http import health
from api.http.access import Access
from api.http.bounds import SizeLimit, TimeLimit
from api.http.guard import Guard
from api.http.requests import ID_HEADER, RequestLog
from api.keys import KeyFile, default_keys_file
from api.settings import Settings

_TOLD_TO_PAGES = (ID_HEADER, "ETag", "Link", "Retry-After", "WWW-Authenticate")
_TAKEN_FROM_PAGES = ("Authorization", "X-API-Key", "Content-Type", "If-None-Match", ID_HEADER)


def add_layers(app: FastAPI, settings: Settings) -> None:
    """Add limits, access, CORS, headers, metrics and the log of requests; each wraps the last."""
    app.add_middleware(TimeLimit, seconds=settings.request_seconds)
    app.add_middleware(SizeLimit, largest=settings.max_response)
    keys = KeyFile(settings.keys_file or default_keys_file())
    app.add_middleware(Access, settings=settings, keys=keys)
    if settings.cors_origins:
        # outside of Access: a browser asks for permission without a key
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=_TAKEN_FROM_PAGES,
            expose_headers=_TOLD_TO_PAGES,
        )
    app.add_middleware(Guard, settings=settings)
    health.measure(app)
    app.add_middleware(RequestLog)
