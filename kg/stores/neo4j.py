"""The engine for teams: a Neo4j server 5.26 or later, or a cluster, by its official driver.

Writers of several processes take turns at one node, so that each sees all that was committed
before it; the node's version tells a writer whether another came between. A server keeps
committed data only, so a reader may see notices that were loaded while it reads.
"""

import contextlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import neo4j
from neo4j import exceptions

from kg.errors import StoreConflict, StoreError, StoreRejected, StoreUnavailable
from kg.store import Capabilities, Row
from kg.stores.neo4j_schema import fulltext_call, update_schema, writers_state

_OLDEST = (5, 26)
_READ_SECONDS = 120.0  # the server ends a reading transaction that takes longer
_CONNECT_SECONDS = 15.0
_TURN = (
    "MERGE (w:PolicykgWriter {id: 'writer'}) ON CREATE SET w.origin = randomUUID() "
    "SET w.version = coalesce(w.version, 0) + 1 RETURN w.version AS version"
)


class Neo4jEngine:
    """A database on a Neo4j server, opened by `open_server`."""

    def __init__(self, driver: neo4j.Driver, location: str, database: str | None) -> None:
        self._driver: neo4j.Driver | None = driver
        self._location = location
        self._database = database
        self._writes = False
        self._seen: int | None = None  # the version of the writers' node after our last turn
        self._capabilities = Capabilities("Neo4j", concurrent_writers=True, query_timeout=True)

    @property
    def capabilities(self) -> Capabilities:
        """What the server can do."""
        return self._capabilities

    @property
    def location(self) -> str:
        """The server's address, without user and password."""
        return self._location

    def check(self) -> None:
        """Ask the server who it is.

        Raises:
            StoreUnavailable: it does not answer.
            StoreRejected: it refuses us, or is too old.
        """
        rows = self._run_alone(
            "CALL dbms.components() YIELD name, versions RETURN name, versions", neo4j.READ_ACCESS
        )
        version = next(row["versions"][0] for row in rows if row["name"] == "Neo4j Kernel")
        numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
        if numbers < _OLDEST:
            raise StoreRejected(f"{self._location} is Neo4j {version}; 5.26 or later is needed")
        self._capabilities = Capabilities(
            f"Neo4j {version}", concurrent_writers=True, query_timeout=True
        )

    def prepare(self) -> list[str]:
        """Allow writing; bring constraints and indexes to what the ontology asks for.

        Returns:
            The names of those that were made or dropped.
        """
        changed = update_schema(lambda cypher: self._run_alone(cypher, neo4j.WRITE_ACCESS))
        self._writes = True
        return changed

    @contextlib.contextmanager
    def writing(self) -> Iterator["Neo4jTransaction"]:
        """Open a transaction that commits at the end of the block; others wait for it."""
        if not self._writes:
            raise StoreRejected(f"{self._location} is open for reading only")
        with self._transaction(neo4j.WRITE_ACCESS, None) as tx:
            version = tx.write(_TURN)[0]["version"]
            tx.follows_own = version - 1 == self._seen
            yield tx
            tx.commit()
        self._seen = version

    @contextlib.contextmanager
    def reading(self) -> Iterator["Neo4jTransaction"]:
        """Open a transaction that the server lets read only, and ends after two minutes."""
        with self._transaction(neo4j.READ_ACCESS, _READ_SECONDS) as tx:
            yield tx

    def version(self) -> str:
        """Return how many turns writers took, and at which database."""
        with self.reading() as tx:
            return writers_state(tx)

    def pinned(self) -> "Neo4jEngine":
        """Return this: a server shows what is committed, and keeps no states of the past."""
        return self

    def fulltext(self, label: str, prop: str, text: str, limit: int) -> list[tuple[str, float]]:
        """Return ids and scores of nodes whose property shares pairs of characters with text."""
        call = fulltext_call(label, prop, text, limit)
        if call is None:
            return []
        with self.reading() as tx:
            rows = tx.read(call.cypher, **call.parameters)
        return [(row["id"], row["score"]) for row in rows]

    def close(self) -> None:
        """Let go of the connections."""
        if self._driver is not None:
            driver, self._driver = self._driver, None
            driver.close()

    def _session(self, access: str) -> neo4j.Session:
        if self._driver is None:
            raise StoreUnavailable(f"{self._location} has been closed")
        return self._driver.session(database=self._database, default_access_mode=access)

    def _run_alone(self, cypher: str, access: str) -> list[Row]:
        """Run a statement in a transaction of its own, as definitions need."""
        with _translated(self._location), self._session(access) as session:
            return [dict(record) for record in session.run(cypher)]

    @contextlib.contextmanager
    def _transaction(self, access: str, seconds: float | None) -> Iterator["Neo4jTransaction"]:
        with contextlib.ExitStack() as stack:
            with _translated(self._location):
                session = stack.enter_context(self._session(access))
                raw = session.begin_transaction(timeout=seconds)
            stack.callback(_roll_back, raw)
            yield Neo4jTransaction(raw, self._location)


class Neo4jTransaction:
    """Statements that take effect together or not at all."""

    def __init__(self, raw: neo4j.Transaction, location: str) -> None:
        self._raw = raw
        self._location = location
        self.follows_own = False

    def read(self, cypher: str, **parameters: Any) -> list[Row]:
        """Return rows, this transaction's own writes included."""
        with _translated(self._location):
            return [dict(record) for record in self._raw.run(cypher, parameters)]

    def write(self, cypher: str, **parameters: Any) -> list[Row]:
        """Run a statement that writes."""
        return self.read(cypher, **parameters)

    def commit(self) -> None:
        """Make all changes permanent."""
        with _translated(self._location):
            self._raw.commit()


def connect(url: str, user: str, password: str) -> tuple[neo4j.Driver, str | None]:
    """Return a driver for an address, and the database that it names; nothing is asked yet.

    Args:
        url: as of `open_server`.
        user: of the server.
        password: theirs; empty for a server that asks for none.

    Raises:
        StoreRejected: the address is wrong.
    """
    parts = urlsplit(url)
    if not parts.hostname or parts.password or parts.username:
        raise StoreRejected(
            f"{parts.scheme}://… must name a server, without user or password: those come from "
            "--user and --password-file, or POLICYKG_NEO4J_USER and POLICYKG_NEO4J_PASSWORD"
        )
    location = _location(url)
    try:
        driver = neo4j.GraphDatabase.driver(
            location,
            auth=(user, password) if password else None,
            connection_timeout=_CONNECT_SECONDS,
            connection_acquisition_timeout=2 * _CONNECT_SECONDS,
            notifications_min_severity="OFF",
            user_agent="policykg",
        )
    except (exceptions.ConfigurationError, ValueError) as error:
        raise StoreRejected(f"{location}: {error}") from error
    return driver, parts.path.strip("/") or None


def open_server(url: str, user: str, password: str) -> Neo4jEngine:
    """Return the database at an address such as neo4j://graph.example:7687/policies.

    Args:
        url: scheme neo4j, bolt, or either with +s or +ssc; its path names the database.
        user: of the server.
        password: theirs; empty for a server that asks for none.

    Raises:
        StoreRejected: the address is wrong, or the server refuses us.
        StoreUnavailable: the server does not answer.
    """
    driver, database = connect(url, user, password)
    location = _location(url)
    engine = Neo4jEngine(driver, f"{location}/{database}" if database else location, database)
    try:
        engine.check()
    except BaseException:
        engine.close()
        raise
    return engine


def _location(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _roll_back(raw: neo4j.Transaction) -> None:
    with contextlib.suppress(exceptions.DriverError, exceptions.Neo4jError):
        raw.close()  # rolls back what was not committed


@contextlib.contextmanager
def _translated(location: str) -> Iterator[None]:
    """Turn the driver's errors into the store's."""
    try:
        yield
    except (exceptions.DriverError, exceptions.Neo4jError, ValueError, TypeError) as error:
        raise _as_store_error(error, location) from error
    except OverflowError as error:
        raise StoreRejected(f"a number is beyond 64 bits: {error}") from error


def _as_store_error(error: Exception, location: str) -> StoreError:
    if isinstance(error, exceptions.AuthError):
        return StoreRejected(
            f"{location} refuses this user or password; see --user and --password-file, or "
            "POLICYKG_NEO4J_USER and POLICYKG_NEO4J_PASSWORD"
        )
    if isinstance(error, exceptions.TransientError):
        return StoreConflict(f"{location}: {_first_line(error)}")
    if isinstance(error, (exceptions.ServiceUnavailable, exceptions.SessionExpired)):
        return StoreUnavailable(
            f"the Neo4j server at {location} does not answer; what was committed is kept, "
            "and the same command can be run again"
        )
    if isinstance(error, exceptions.Neo4jError) and (error.code or "").endswith("TimedOut"):
        return StoreRejected(f"the statement took longer than {_READ_SECONDS:.0f} s")
    return StoreRejected(_first_line(error))


def _first_line(error: Exception) -> str:
    message = getattr(error, "message", None) or str(error)
    return f"{message}".partition("\n")[0]
