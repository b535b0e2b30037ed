"""What stands before every route: size limits, the Host check, security headers, the last catch."""

import logging
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import INTERNAL, Problem, http_problem
from api.http.telling import tell_problem
from api.settings import Settings

_log = logging.getLogger(__name__)

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": PAGE_POLICY,
}


class Guard:
    """ASGI middleware; a route may set any of the headers itself, which then stands."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is too large or meant for another host, else pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(message)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await tell_problem(send_guarded, scope, *refusal)
            return
        try:
            await self._app(scope, self._bounded(receive), send_guarded)
        except Exception:
            _log.exception("%s %s failed", scope["method"], scope["path"])
            if started:
                raise
            await tell_problem(send_guarded, scope, INTERNAL, "服务器遇到意外错误,详情见日志")

    def _bounded(self, receive: Receive) -> Receive:
        """Return what refuses a body whose length was not told, once it has grown too large."""
        taken = 0

        async def receive_bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._settings.max_body:
                # not FastAPI's own limit, which answers outside of every layer in plain text
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_large())
            return message

        return receive_bounded

    def _too_large(self) -> str:
        return f"请求体最多 {self._settings.max_body} 字节"

    def _refusal(self, scope: Scope) -> tuple[Problem, str] | None:
        headers, settings = Headers(scope=scope), self._settings
        size = len(scope["raw_path"] or b"") + len(scope["query_string"])
        if size > settings.max_url:
            detail = f"地址有 {size} 字节,最多 {settings.max_url} 字节"
            return http_problem(HTTPStatus.REQUEST_URI_TOO_LONG), detail
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > settings.max_body:
            return http_problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE), self._too_large()
        host = _host_name(headers.get("host", ""))
        if "*" not in settings.allowed_hosts and host not in settings.allowed_hosts:
            detail = "此服务只以设置的主机名应答 (POLICYKG_ALLOWED_HOSTS)"
            return http_problem(HTTPStatus.MISDIRECTED_REQUEST), detail
        return None


def _host_name(host: str) -> str:
    """Return the Host header without its port; an IPv6 address keeps its brackets."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def _add_headers(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
