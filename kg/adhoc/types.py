"""What ad-hoc Cypher may cost, what it answers, and who answers it."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, Self

from kg.errors import StoreUnavailable

_WAITING = 4  # statements that may wait for their turn
_PATIENCE = 2.0  # seconds that they do


@dataclass(frozen=True, slots=True)
class Limits:
    """What one statement may cost.

    Attributes:
        seconds: of the wall clock.
        rows: of the answer.
        size: of the answer's rows as JSON, in bytes.
        memory: beyond that for the graph itself, in bytes; a server has a limit of its own.
        at_once: statements at work at the same time.
    """

    seconds: float = 10.0
    rows: int = 1_000
    size: int = 1_000_000
    memory: int = 256 * 2**20
    at_once: int = 2


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain values: text, numbers, booleans, None, lists and maps of them.

    Attributes:
        columns: names, in the statement's order.
        rows: by column.
        truncated: whether a limit on rows or size cut the answer.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    truncated: bool


class AdhocReader(Protocol):
    """Runs statements that nobody has checked; safe to share between threads."""

    def run(self, cypher: str, parameters: Mapping[str, Any]) -> Table:
        """Answer one statement.

        Raises:
            QueryError: it is refused, or wrong.
            LimitExceeded: it takes too long or too much memory.
            StoreUnavailable: the store is away, or busy with others' statements.
        """

    def close(self) -> None:
        """Let go of processes and connections; closing twice is fine."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


class Turnstile:
    """Lets some statements in at once, some wait a little, and turns the rest away."""

    def __init__(self, at_once: int) -> None:
        self._room = threading.BoundedSemaphore(at_once)
        self._queue = threading.BoundedSemaphore(at_once + _WAITING)

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Hold a place during the block; see `enter`."""
        leave = self.enter()
        try:
            yield
        finally:
            leave()

    def enter(self) -> Callable[[], None]:
        """Take a place; call what comes back, once, to leave it, from any thread.

        Raises:
            StoreUnavailable: none became free in time.
        """
        if not self._queue.acquire(blocking=False):
            raise StoreUnavailable(_BUSY)
        if not self._room.acquire(timeout=_PATIENCE):
            self._queue.release()
            raise StoreUnavailable(_BUSY)

        def leave() -> None:
            self._room.release()
            self._queue.release()

        return leave


_BUSY = "other statements are at work; try again"
