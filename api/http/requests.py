"""A line in the log for each request, under an id that the answer carries, too.

The query string, headers and bodies are not logged: they may hold secrets, or what a person asks.
"""

import logging
import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ID_HEADER = "X-Request-ID"
_USABLE_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_QUIET = ("/static/", "/healthz", "/readyz", "/metrics")  # asked for all the time

_log = logging.getLogger(__name__)


class RequestLog:
    """ASGI middleware; the id is a caller's own X-Request-ID where that is fit to be logged."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; log how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _take_id(Headers(scope=scope))
        began = time.perf_counter()
        known = {"status": 0, "bytes": 0}

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                known["status"] = message["status"]
                MutableHeaders(scope=message)[ID_HEADER] = request_id
            known["bytes"] += len(message.get("body", b""))
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_counted)
            finally:
                _write(scope, known, time.perf_counter() - began)


def _take_id(headers: Headers) -> str:
    given = headers.get(ID_HEADER, "")
    return given if _USABLE_ID.fullmatch(given) else uuid4().hex


def _write(scope: Scope, known: dict[str, int], seconds: float) -> None:
    caller = scope.get("state", {}).get("caller")
    level = logging.DEBUG if scope["path"].startswith(_QUIET) else logging.INFO
    if known["status"] >= 500:
        level = logging.ERROR
    fields = {
        "method": scope["method"],
        "path": scope["path"],
        **known,
        "milliseconds": round(seconds * 1000, 1),
        "client": (scope.get("client") or ("", 0))[0],
        "key": caller.key.id if caller and caller.key else None,
    }
    _log.log(level, "request", extra=fields)
