"""How long an answer may take and how large it may be."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Problem, http_problem
from api.http.telling import tell_problem

_log = logging.getLogger(__name__)

TOO_LARGE = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "answer-too-large", "答案过大")


class TimeLimit:
    """ASGI middleware: an answer that has not begun in time is 504.

    The work goes on unheard until it ends by itself: a thread cannot be stopped, and one that is
    still at work must not make room for the next.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and wait as long as is allowed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        out = _Outlet(send)
        work = asyncio.ensure_future(self._app(scope, receive, out.send))
        try:
            await asyncio.wait(
                {work, out.begun}, timeout=self._seconds, return_when="FIRST_COMPLETED"
            )
            if work.done() or out.begun.done():
                await work
                return
        except asyncio.CancelledError:
            work.cancel()
            raise
        out.is_shut = True
        work.add_done_callback(_log_late)
        detail = f"{self._seconds:g} 秒内未能作答;请缩小范围,如减小 limit"
        await tell_problem(send, scope, http_problem(HTTPStatus.GATEWAY_TIMEOUT), detail)


class SizeLimit:
    """ASGI middleware: an answer that is too large is told so; a stream of one is cut off."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        meter = _Meter(send, self._largest, lambda size: self._refuse(send, scope, size))
        await self._app(scope, receive, meter.send)

    async def _refuse(self, send: Send, scope: Scope, size: int) -> None:
        detail = f"答案有 {size} 字节,最多 {self._largest} 字节;请减小 limit 或长度"
        await tell_problem(send, scope, TOO_LARGE, detail)


class AnswerTooLarge(Exception):
    """A stream went on beyond the largest answer; the connection ends without its last chunk."""


class _Outlet:
    """Passes an answer on until it is shut, and knows whether it has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.is_shut = False

    async def send(self, message: Message) -> None:
        if self.is_shut:
            return
        if not self.begun.done():
            self.begun.set_result(None)
        await self._send(message)


class _Meter:
    """Passes an answer on while it is small enough."""

    def __init__(self, send: Send, largest: int, refuse: Callable[[int], Awaitable[None]]) -> None:
        self._send = send
        self._largest = largest
        self._refuse = refuse
        self._sent = 0
        self._is_refused = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            length = Headers(raw=message["headers"]).get("content-length", "0")
            if int(length) > self._largest:
                self._is_refused = True
                await self._refuse(int(length))
        if self._is_refused:
            return
        self._sent += len(message.get("body", b""))
        if self._sent > self._largest:
            raise AnswerTooLarge(f"an answer went beyond {self._largest} bytes")
        await self._send(message)


def _log_late(work: "asyncio.Future[None]") -> None:
    if not work.cancelled() and (error := work.exception()):
        _log.error("an answer that came too late failed", exc_info=error)
