"""How routes ask the catalogue: one page of typed rows, with a cursor for the next."""

from collections.abc import Callable, Hashable, Mapping, Sized
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from api.http.consistent import view_of
from api.http.cursor import decode_cursor, encode_cursor
from api.http.memory import Memory
from api.settings import Settings
from kg.errors import QueryError
from kg.store import Store
from queries.catalogue import run_query
from queries.types import Row

DEFAULT_LIMIT = 50
MAX_LIMIT = 200

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="最多返回的行数")]
Cursor = Annotated[
    str | None, Query(max_length=200, description="上一页返回的 next_cursor;首页不填")
]
NodeId = Annotated[str, Path(min_length=1, max_length=64, description="节点 id")]


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of an answer; `next_cursor` is there exactly when `truncated` is."""

    rows: tuple[Row, ...]
    truncated: bool
    next_cursor: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What every route needs: the graph and the settings."""

    store: Store
    settings: Settings
    version: str
    memory: Memory

    def recall[T: Sized](self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept for a key while the graph is as it is, else what `make` returns."""
        return self.memory.recall(self.version, key, make)

    def ask(
        self,
        name: str,
        parameters: Mapping[str, object],
        limit: int,
        cursor: str | None = None,
        passed_over: int = 0,
    ) -> Rows:
        """Answer a query of the catalogue, one page of it.

        Args:
            name: of the query.
            parameters: its own; None counts as not given.
            limit: most rows of the page.
            cursor: of the page; None for the first.
            passed_over: rows at the query's beginning that belong to no page.

        Raises:
            QueryError: the cursor, the query or a parameter is wrong.
            StoreError: the store could not answer.
        """
        given = {key: value for key, value in parameters.items() if value is not None}
        question = {"query": name, **{key: str(value) for key, value in given.items()}}
        skip = decode_cursor(cursor, question)
        found = run_query(self.store, name, {**given, "limit": limit, "skip": skip + passed_over})
        following = encode_cursor(skip + limit, question) if found.truncated else None
        return Rows(found.rows, found.truncated, following, found.notes)


def single_values(request: Request) -> dict[str, str]:
    """Return the query string's parameters.

    Raises:
        QueryError: one is given twice.
    """
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in values:
            raise QueryError(f"参数 {name} 只能有一个值 is given twice")
        values[name] = value
    return values


def _desk(request: Request) -> Desk:
    state = request.app.state
    view = view_of(request)
    version = getattr(request.state, "version", None)
    return Desk(view, state.settings, version or view.version(), state.memory)


TheDesk = Annotated[Desk, Depends(_desk)]
