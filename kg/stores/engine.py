"""What the shared upsert logic asks of an engine; each engine module implements it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from kg.store import Capabilities, Row

BATCH = 1000  # rows of one UNWIND; more slows every engine down


class Transaction(Protocol):
    """Statements that take effect together or not at all.

    Attributes:
        follows_own: whether nobody else wrote since this engine's last transaction that did.
    """

    follows_own: bool

    def read(self, cypher: str, **parameters: Any) -> list[Row]:
        """Return rows, this transaction's own writes included."""

    def write(self, cypher: str, **parameters: Any) -> list[Row]:
        """Run a statement that writes."""


class Engine(Protocol):
    """A database that speaks Cypher.

    Every method raises StoreUnavailable or StoreRejected, never the driver's own error.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    @property
    def location(self) -> str:
        """Where the graph is, for people."""

    def writing(self) -> AbstractContextManager[Transaction]:
        """Open a transaction that commits at the end of the block, or rolls back on error.

        Raises:
            StoreRejected: the store was opened for reading.
        """

    def reading(self) -> AbstractContextManager[Transaction]:
        """Open a consistent view of the graph that cannot change it."""

    def version(self) -> str:
        """Return what tells this state of the graph from any other; every commit changes it."""

    def pinned(self) -> "Engine":
        """Return an engine that keeps to the present state if that can be had for nothing."""

    def fulltext(self, label: str, prop: str, text: str, limit: int) -> list[tuple[str, float]]:
        """Return ids and scores of nodes whose property shares words with the text."""

    def close(self) -> None:
        """Let go of files and connections; closing twice is fine."""


def write_batches(
    tx: Transaction, cypher: str, rows: Sequence[Mapping[str, Any]], **parameters: Any
) -> list[Row]:
    """Run a statement that begins with UNWIND $rows over any number of rows."""
    found: list[Row] = []
    for start in range(0, len(rows), BATCH):
        found += tx.write(cypher, rows=rows[start : start + BATCH], **parameters)
    return found


def read_batches(tx: Transaction, cypher: str, rows: Sequence[Any], **parameters: Any) -> list[Row]:
    """Run a reading statement that begins with UNWIND $rows over any number of rows."""
    found: list[Row] = []
    for start in range(0, len(rows), BATCH):
        found += tx.read(cypher, rows=rows[start : start + BATCH], **parameters)
    return found
