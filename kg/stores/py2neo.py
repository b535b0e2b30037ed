"""A user's own py2neo `Graph`, read as a store; only imported where somebody has one.

py2neo is at its end of life (last release 2021). It stays an extra for those whose notebooks are
built on it; the official driver, which `open_store("neo4j://…")` uses, is what to move to.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from kg.errors import StoreRejected, StoreUnavailable
from kg.store import Capabilities, Row
from kg.stores.neo4j_schema import fulltext_call, writers_state

_CAPABILITIES = Capabilities("Neo4j through py2neo", concurrent_writers=True, query_timeout=False)


class Py2neoEngine:
    """Reads through a `py2neo.Graph`; it writes nothing, and does not close what it was given."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        return _CAPABILITIES

    @property
    def location(self) -> str:
        """The server's address, without user and password."""
        profile = self._graph.service.profile
        return f"{profile.scheme}://{profile.host}:{profile.port}/{self._graph.name}"

    @contextlib.contextmanager
    def writing(self) -> Iterator["_Py2neoTransaction"]:
        """Refuse."""
        raise StoreRejected("a py2neo Graph is only read here; load with --db neo4j://…")
        yield

    @contextlib.contextmanager
    def reading(self) -> Iterator["_Py2neoTransaction"]:
        """Read statement by statement; py2neo has no transaction that only reads."""
        yield _Py2neoTransaction(self._graph)

    def version(self) -> str:
        """Return how many turns writers took, and at which database."""
        with self.reading() as tx:
            return writers_state(tx)

    def pinned(self) -> "Py2neoEngine":
        """Return this: a server shows what is committed, and keeps no states of the past."""
        return self

    def fulltext(self, label: str, prop: str, text: str, limit: int) -> list[tuple[str, float]]:
        """Return ids and scores of nodes whose property shares pairs of characters with text."""
        call = fulltext_call(label, prop, text, limit)
        if call is None:
            return []
        rows = _Py2neoTransaction(self._graph).read(call.cypher, **call.parameters)
        return [(row["id"], row["score"]) for row in rows]

    def close(self) -> None:
        """Leave the graph to its owner."""


class _Py2neoTransaction:
    """Statements that run by themselves."""

    follows_own = False

    def __init__(self, graph: Any) -> None:
        self._graph = graph

    def read(self, cypher: str, **parameters: Any) -> list[Row]:
        """Return rows."""
        from py2neo.errors import ConnectionUnavailable, Neo4jError

        try:
            return [dict(row) for row in self._graph.run(cypher, parameters).data()]
        except ConnectionUnavailable as error:
            raise StoreUnavailable(f"the Neo4j server does not answer: {error}") from error
        except Neo4jError as error:
            raise StoreRejected(str(error)) from error

    def write(self, cypher: str, **parameters: Any) -> list[Row]:
        """Refuse."""
        raise StoreRejected("a py2neo Graph is only read here")
