"""The two clients: one that waits for its answers, one for asyncio."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self, Unpack, cast
from urllib.parse import quote

import httpx

from api.client.answers import (
    Answer,
    Conditions,
    Measure,
    Notice,
    NoticeConditions,
    Thing,
    ThingConditions,
)
from api.client.errors import check
from api.client.rows import AsyncRows, Rows

_PAGE = 200  # rows of a page, unless the caller says otherwise
_SECONDS = 60.0  # for one answer
_AGAIN = frozenset({429, 503})  # too many requests, or a store that is away for a moment
_TRIES = 4
_LONGEST_WAIT = 30.0  # seconds
_THINGS = (
    "agencies",
    "institutions",
    "places",
    "products",
    "programs",
    "platforms",
    "instruments",
    "targets",
)
_RENAMED = {"class_": "class", "page_size": "limit"}


class PolicyGraph:
    """A client of one server; use it in a `with` block, or close it.

    Args:
        address: of the server, such as http://127.0.0.1:8000.
        key: API key, where the server asks for one.
        client: an httpx client of your own, for proxies, certificates, timeouts; not closed here.
    """

    def __init__(
        self, address: str, *, key: str | None = None, client: httpx.Client | None = None
    ) -> None:
        self._base = f"{address.rstrip('/')}/api/v1/"
        self._headers = _headers(key)
        self._owns = client is None
        self._client = client or httpx.Client(timeout=_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        if self._owns:
            self._client.close()

    def measures(self, **conditions: Unpack[Conditions]) -> Rows[Measure]:
        """Return the measures that meet every condition."""
        return self._rows("measures", conditions)

    def notices(self, **conditions: Unpack[NoticeConditions]) -> Rows[Notice]:
        """Return the notices that meet every condition."""
        return self._rows("notices", conditions)

    def things(self, resource: str, **conditions: Unpack[ThingConditions]) -> Rows[Thing]:
        """Return what the measures that meet the conditions are joined to.

        Args:
            resource: agencies, institutions, places, products, programs, platforms, instruments
                or targets.
            conditions: on measures, and on the things themselves.

        Raises:
            ValueError: there is no such list.
        """
        return self._rows(_known(resource), conditions)

    def measure(self, name: str) -> Measure:
        """Return one measure by id or title, with its text and the first of its relations."""
        return cast(Measure, self.get(_path("measures", name)))

    def notice(self, name: str) -> Notice:
        """Return one notice by id, title or document number, with its text and relations."""
        return cast(Notice, self.get(_path("notices", name)))

    def thing(self, resource: str, name: str) -> Thing:
        """Return one thing of a list by id or name, with the first of its relations.

        Raises:
            AmbiguousName: several are named so; `candidates` lists them.
            NothingFound: none is.
        """
        return cast(Thing, self.get(_path(_known(resource), name)))

    def facets(self, *names: str, **conditions: Unpack[Conditions]) -> dict[str, dict[str, int]]:
        """Return for each facet how many measures have each value, by the value's name."""
        asked = {**_asked(conditions), "facets": ",".join(names), "limit": 1, "fields": "id"}
        return _facet_counts(self.get("measures", asked))

    def ask(self, question: str) -> Answer:
        """Return the answer to a question in Chinese or English."""
        return cast(Answer, self.get("ask", {"q": question}))

    def query(self, name: str, **parameters: str | int | bool) -> Rows[dict[str, Any]]:
        """Return the rows of a query of the catalogue."""
        return Rows("rows", self._pages(f"queries/{quote(name, safe='')}", dict(parameters)))

    def get(self, path: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """Return the JSON at a path below /api/v1, tried again where the server asks for that.

        Raises:
            ApiError: the server refuses.
        """
        for turn in range(_TRIES):
            response = self._client.get(self._base + path, params=parameters, headers=self._headers)
            pause = _pause(response, turn)
            if pause is None:
                break
            time.sleep(pause)
        return check(response)

    def _rows[T](self, resource: str, conditions: Mapping[str, Any]) -> Rows[T]:
        return Rows(resource, self._pages(resource, _asked(conditions)))

    def _pages(self, path: str, asked: Mapping[str, Any]) -> Callable[[str | None], Any]:
        return lambda cursor: self.get(path, _continued(asked, cursor))


class AsyncPolicyGraph:
    """The same for asyncio; use it in an `async with` block, or `await close()`.

    Args:
        address: of the server, such as http://127.0.0.1:8000.
        key: API key, where the server asks for one.
        client: an httpx client of your own, for proxies, certificates, timeouts; not closed here.
    """

    def __init__(
        self, address: str, *, key: str | None = None, client: httpx.AsyncClient | None = None
    ) -> None:
        self._base = f"{address.rstrip('/')}/api/v1/"
        self._headers = _headers(key)
        self._owns = client is None
        self._client = client or httpx.AsyncClient(timeout=_SECONDS)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        if self._owns:
            await self._client.aclose()

    def measures(self, **conditions: Unpack[Conditions]) -> AsyncRows[Measure]:
        """Return the measures that meet every condition."""
        return self._rows("measures", conditions)

    def notices(self, **conditions: Unpack[NoticeConditions]) -> AsyncRows[Notice]:
        """Return the notices that meet every condition."""
        return self._rows("notices", conditions)

    def things(self, resource: str, **conditions: Unpack[ThingConditions]) -> AsyncRows[Thing]:
        """Return what the measures that meet the conditions are joined to."""
        return self._rows(_known(resource), conditions)

    async def measure(self, name: str) -> Measure:
        """Return one measure by id or title, with its text and the first of its relations."""
        return cast(Measure, await self.get(_path("measures", name)))

    async def notice(self, name: str) -> Notice:
        """Return one notice by id, title or document number, with its text and relations."""
        return cast(Notice, await self.get(_path("notices", name)))

    async def thing(self, resource: str, name: str) -> Thing:
        """Return one thing of a list by id or name, with the first of its relations.

        Raises:
            AmbiguousName: several are named so; `candidates` lists them.
            NothingFound: none is.
        """
        return cast(Thing, await self.get(_path(_known(resource), name)))

    async def facets(
        self, *names: str, **conditions: Unpack[Conditions]
    ) -> dict[str, dict[str, int]]:
        """Return for each facet how many measures have each value, by the value's name."""
        asked = {**_asked(conditions), "facets": ",".join(names), "limit": 1, "fields": "id"}
        return _facet_counts(await self.get("measures", asked))

    async def ask(self, question: str) -> Answer:
        """Return the answer to a question in Chinese or English."""
        return cast(Answer, await self.get("ask", {"q": question}))

    def query(self, name: str, **parameters: str | int | bool) -> AsyncRows[dict[str, Any]]:
        """Return the rows of a query of the catalogue."""
        return AsyncRows("rows", self._pages(f"queries/{quote(name, safe='')}", dict(parameters)))

    async def get(self, path: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """Return the JSON at a path below /api/v1, tried again where the server asks for that.

        Raises:
            ApiError: the server refuses.
        """
        for turn in range(_TRIES):
            response = await self._client.get(
                self._base + path, params=parameters, headers=self._headers
            )
            pause = _pause(response, turn)
            if pause is None:
                break
            await asyncio.sleep(pause)
        return check(response)

    def _rows[T](self, resource: str, conditions: Mapping[str, Any]) -> AsyncRows[T]:
        return AsyncRows(resource, self._pages(resource, _asked(conditions)))

    def _pages(self, path: str, asked: Mapping[str, Any]) -> Callable[[str | None], Awaitable[Any]]:
        return lambda cursor: self.get(path, _continued(asked, cursor))


def _headers(key: str | None) -> dict[str, str]:
    return {"Accept": "application/json", **({"X-API-Key": key} if key else {})}


def _known(resource: str) -> str:
    if resource not in _THINGS:
        raise ValueError(f"{resource!r} is no list of things; there are {', '.join(_THINGS)}")
    return resource


def _path(resource: str, name: str) -> str:
    return f"{quote(resource, safe='')}/{quote(name, safe='')}"


def _asked(conditions: Mapping[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = {"limit": _PAGE}
    for name, value in conditions.items():
        if name == "fields":
            value = value if isinstance(value, str) else ",".join(value)
        if isinstance(value, bool):
            value = str(value).lower()
        asked[_RENAMED.get(name, name)] = value
    return asked


def _continued(asked: Mapping[str, Any], cursor: str | None) -> dict[str, Any]:
    return {**asked, **({"cursor": cursor} if cursor else {})}


def _facet_counts(page: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    return {
        name: {value["name"]: value["measures"] for value in values}
        for name, values in page["facets"].items()
    }


def _pause(response: httpx.Response, turn: int) -> float | None:
    """Return how long to wait before the next try, in seconds; None if there is to be none."""
    if response.status_code not in _AGAIN or turn == _TRIES - 1:
        return None
    told = response.headers.get("retry-after", "")
    wait = float(told) if told.isdecimal() else 2.0**turn
    return wait if wait <= _LONGEST_WAIT else None
