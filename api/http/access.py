"""Who asks, what they may, and how often: keys, scopes and rate limits.

A key comes as `Authorization: Bearer KEY`, as `X-API-Key: KEY`, or as the password of HTTP Basic,
which lets a browser ask its user for it.
"""

import base64
import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import HTTPException, Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import http_problem
from api.http.telling import tell_problem
from api.keys import Key, KeyFile, KeysError
from api.keys import Scope as KeyScope
from api.settings import Settings

OPEN_PATHS = frozenset({"/healthz", "/readyz"})
"""Answered to anyone at any rate: the machines that ask them hold no key."""
_FREE_PREFIX = "/static/"  # a page needs a dozen of these files at once
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="policykg", Basic realm="policykg"'}
_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a key, or nobody known from an address."""

    key: Key | None
    address: str
    allowed: frozenset[KeyScope]

    @property
    def bucket(self) -> tuple[str, str]:
        """Whose requests are counted together: those of a key, else those of an address."""
        return ("key", self.key.id) if self.key else ("address", self.address)


class TooMany(HTTPException):
    """More requests than allowed; try again after `seconds`."""

    def __init__(self, rate: str, seconds: int) -> None:
        super().__init__(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"每个密钥或地址最多 {rate};请在 {seconds} 秒后再试",
            {"Retry-After": str(seconds)},
        )


class Rates:
    """Counts requests in a window that slides, in the memory of this process."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._of_kind = {"key": settings.rate_key, "address": settings.rate_anonymous}
        self._cypher = settings.rate_cypher
        self._items: dict[str, RateLimitItem] = {}

    def count_request(self, caller: Caller) -> None:
        """Count a request.

        Raises:
            TooMany: there were too many.
        """
        kind, name = caller.bucket
        self._hit(self._of_kind[kind], kind, name)

    def count_cypher(self, caller: Caller) -> None:
        """Count an ad-hoc statement.

        Raises:
            TooMany: there were too many.
        """
        self._hit(self._cypher, "cypher", *caller.bucket)

    def _hit(self, rate: str, *bucket: str) -> None:
        if not rate:
            return
        item = self._items.setdefault(rate, parse(rate))
        if not self._limiter.hit(item, *bucket):
            reset = self._limiter.get_window_stats(item, *bucket).reset_time
            raise TooMany(rate, max(1, math.ceil(reset - time.time())))


class Access:
    """ASGI middleware: says who asks, as `request.state.caller`; refuses whom it must.

    `request.state.rates` counts what costs more than a request.
    """

    def __init__(self, app: ASGIApp, settings: Settings, keys: KeyFile) -> None:
        self._app = app
        self._settings = settings
        self._keys = keys
        self._rates = Rates(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or tell why not."""
        if scope["type"] != "http" or scope["path"] in OPEN_PATHS:
            await self._app(scope, receive, send)
            return
        try:
            known = scope.setdefault("state", {})
            known |= {"caller": self._admit(scope), "rates": self._rates}
        except HTTPException as error:
            problem = http_problem(error.status_code)
            await tell_problem(send, scope, problem, error.detail, error.headers)
            return
        except KeysError as error:
            problem = http_problem(HTTPStatus.SERVICE_UNAVAILABLE)
            await tell_problem(send, scope, problem, f"密钥文件不可用:{error}")
            return
        await self._app(scope, receive, send)

    def _admit(self, scope: Scope) -> Caller:
        given = _read_key(Headers(scope=scope))
        key = self._keys.find(given) if given else None
        allowed = {KeyScope.READ} if self._settings.anonymous_read else set()
        caller = Caller(key, _address(scope), key.allowed if key else frozenset(allowed))
        if not scope["path"].startswith(_FREE_PREFIX):
            self._rates.count_request(caller)
        if given and key is None:
            raise _unknown("密钥无效、已撤销或已过期")
        if KeyScope.READ not in caller.allowed:
            raise _unknown("需要密钥 a key is needed: Authorization: Bearer KEY")
        return caller


def demand(scope: KeyScope) -> Callable[[Request], Caller]:
    """Return a dependency that gives the caller, and refuses one without that scope.

    The dependency raises HTTPException: 401 without a key, 403 with one that does not do.
    """

    def check(request: Request) -> Caller:
        caller: Caller = request.state.caller
        if scope in caller.allowed:
            return caller
        if caller.key is None:
            raise _unknown(f"需要权限为 {scope} 的密钥:Authorization: Bearer KEY")
        raise HTTPException(
            HTTPStatus.FORBIDDEN, f"此密钥没有 {scope} 权限 this key lacks the scope {scope}"
        )

    return check


def _unknown(detail: str) -> HTTPException:
    return HTTPException(HTTPStatus.UNAUTHORIZED, detail, _CHALLENGE)


def _read_key(headers: Headers) -> str | None:
    """Return the key a request carries; None if it carries none."""
    kind, _, value = headers.get("authorization", "").strip().partition(" ")
    match kind.lower():
        case "bearer":
            given = value.strip()
        case "basic":
            given = _password_of(value.strip())
        case _:
            given = headers.get("x-api-key", "").strip()
    return given[:_LONGEST_KEY] or None


def _password_of(credentials: str) -> str:
    try:
        text = base64.b64decode(credentials, validate=True).decode()
    except ValueError:
        return "?"  # no key looks like this: refused as a wrong one is
    return text.partition(":")[2]


def _address(scope: Scope) -> str:
    """Return what an anonymous caller is known by: the address, of IPv6 the network."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)
