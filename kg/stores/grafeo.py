"""The embedded engine: Grafeo, one file, no server.

Pitfalls of Grafeo 0.6.0 met here: definitions (indexes) are not rolled back; a closed handle
goes on answering; text indexes are built anew at every open; `WHERE r:TYPE` never holds.
"""

import contextlib
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grafeo

from kg.errors import StoreError, StoreRejected, StoreUnavailable
from kg.ontology import load_ontology
from kg.store import Capabilities, Row
from kg.stores.elements import name_of
from kg.stores.files import DatabaseFile, Version
from kg.stores.reading import indexed_properties

_CAPABILITIES = Capabilities(
    name=f"Grafeo {grafeo.__version__}", concurrent_writers=False, query_timeout=False
)
_MAGIC = b"GRAF"


class GrafeoEngine:
    """A Grafeo database, opened by `open_reader`, `open_writer` or `open_memory`."""

    def __init__(self, database: Any, location: str, state: str | None = None) -> None:
        self._database = database
        self._location = location
        self._state = state or secrets.token_hex(8)
        self._commits = 0

    @property
    def capabilities(self) -> Capabilities:
        """What Grafeo can do."""
        return _CAPABILITIES

    @property
    def location(self) -> str:
        """The path of the file."""
        return self._location

    @contextlib.contextmanager
    def writing(self) -> Iterator["GrafeoTransaction"]:
        """Open a transaction that commits at the end of the block."""
        with self._transaction() as tx:
            yield tx
            tx.commit()
            self._commits += tx.has_written

    @contextlib.contextmanager
    def reading(self) -> Iterator["GrafeoTransaction"]:
        """Open a transaction that is always rolled back."""
        with self._transaction() as tx:
            yield tx

    def version(self) -> str:
        """Return the state this was opened at, and the number of commits since."""
        self._open_database()
        return f"{self._state}-{self._commits}"

    def pinned(self) -> "GrafeoEngine":
        """Return this: whoever writes here is in this process."""
        return self

    def fulltext(self, label: str, prop: str, text: str, limit: int) -> list[tuple[str, float]]:
        """Return ids and scores of nodes whose property shares pairs of characters with text."""
        database = self._open_database()
        with _translated():
            found = database.text_search(label, prop, text, limit)
            return [(database.get_node(node).properties()["id"], score) for node, score in found]

    def close(self) -> None:
        """Let go of the database."""
        if self._database is not None:
            database, self._database = self._database, None
            with _translated():
                database.close()

    def _open_database(self) -> Any:
        if self._database is None:
            raise StoreUnavailable(f"{self._location} has been closed")
        return self._database

    @contextlib.contextmanager
    def _transaction(self) -> Iterator["GrafeoTransaction"]:
        database = self._open_database()
        with _translated():
            raw = database.begin_transaction()
        tx = GrafeoTransaction(raw)
        try:
            yield tx
        finally:
            if raw.is_active:
                raw.rollback()


class GrafeoTransaction:
    """Statements that take effect together or not at all."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.has_written = False
        self.follows_own = True  # the writer's lock keeps others out

    def read(self, cypher: str, **parameters: Any) -> list[Row]:
        """Return rows, this transaction's own writes included."""
        with _translated():
            return [dict(row) for row in self._raw.execute_cypher(cypher, parameters)]

    def write(self, cypher: str, **parameters: Any) -> list[Row]:
        """Run a statement that writes."""
        self.has_written = True
        return self.read(cypher, **parameters)

    def commit(self) -> None:
        """Make all changes permanent."""
        with _translated():
            self._raw.commit()


class _Reader(GrafeoEngine):
    """Reads the published file, and follows when a writer publishes a new one."""

    def __init__(self, file: DatabaseFile) -> None:
        self._file = file
        self._version: Version | None = None
        self._one_opener = threading.Lock()
        super().__init__(None, str(file.path))
        self._is_closed = False
        self._open_database()

    @contextlib.contextmanager
    def writing(self) -> Iterator[GrafeoTransaction]:
        """Refuse."""
        raise StoreRejected(f"{self.location} is open for reading only")
        yield

    def version(self) -> str:
        """Return the state of the published file."""
        return self.pinned().version()

    def pinned(self) -> GrafeoEngine:
        """Return the state now published; its file is not followed when it is replaced."""
        database, version = self._take_database()
        state = f"{version.inode:x}-{version.size:x}-{version.modified:x}"
        return GrafeoEngine(database, self.location, state)

    def close(self) -> None:
        """Let go of the file."""
        self._is_closed = True
        super().close()

    def _open_database(self) -> Any:
        return self._take_database()[0]

    def _take_database(self) -> tuple[Any, Version]:
        with self._one_opener:
            version = self._file.version()
            if self._is_closed:
                raise StoreUnavailable(f"{self.location} has been closed")
            if self._database is None or version not in (None, self._version):
                # The handle replaced may be in use by another thread, which keeps it alive.
                self._database = _open(self._file.path, self._file, grafeo.GrafeoDB.open_read_only)
                self._version = version
            assert self._version is not None  # a database is open, so there was a file
            return self._database, self._version


class _Writer(GrafeoEngine):
    """Writes the working copy, and publishes it when it closes."""

    def __init__(self, file: DatabaseFile, is_changed: bool) -> None:
        super().__init__(_open(file.working, file, grafeo.GrafeoDB), str(file.path))
        self._file = file
        self._is_changed = is_changed
        _define_indexes(self._database)

    @contextlib.contextmanager
    def writing(self) -> Iterator[GrafeoTransaction]:
        """Open a transaction that commits at the end of the block."""
        with super().writing() as tx:
            yield tx
        self._is_changed = self._is_changed or tx.has_written

    def close(self) -> None:
        """Publish what was written, and let other writers in."""
        if self._database is None:
            return
        try:
            super().close()
            if self._is_changed:
                self._file.publish()
            else:
                self._file.discard()
        finally:
            self._file.unlock()


def open_memory() -> GrafeoEngine:
    """Return an empty database that is gone when it closes."""
    database = grafeo.GrafeoDB()
    _define_indexes(database)
    return GrafeoEngine(database, "memory:")


def open_reader(path: Path) -> GrafeoEngine:
    """Return the database in a file, for reading; any number of readers may.

    Raises:
        StoreRejected: there is no database at the path.
        StoreUnavailable: it is being written for the first time.
    """
    file = DatabaseFile(path)
    file.check_path()
    if file.has_leftover():
        _publish_leftover(file)
    if file.version() is None:
        if file.is_locked():
            raise StoreUnavailable(f"{path} is being written for the first time; try again")
        raise StoreRejected(f"there is no database at {path}; load notices into it first")
    _check_kind(path)
    return _Reader(file)


def open_writer(path: Path) -> GrafeoEngine:
    """Return the database in a file, made if missing, for one writer at a time.

    Raises:
        StoreRejected: the path cannot hold a database, or holds something else.
        StoreUnavailable: someone else is writing.
    """
    file = DatabaseFile(path)
    file.check_path()
    file.check_folder()
    _check_kind(path)
    file.lock()
    try:
        return _resume(file) or _begin(file)
    except BaseException:
        file.unlock()
        raise


def _resume(file: DatabaseFile) -> GrafeoEngine | None:
    # A copy beyond repair is dropped: the published file is whole, and older by some notices.
    with contextlib.suppress(StoreRejected):
        if file.has_leftover():
            file.take_up()
            return _Writer(file, is_changed=True)
    return None


def _begin(file: DatabaseFile) -> GrafeoEngine:
    is_new = file.version() is None
    try:
        file.begin()
        return _Writer(file, is_changed=is_new)
    except BaseException:
        file.discard()
        raise


def _publish_leftover(file: DatabaseFile) -> None:
    # Whoever holds the lock is at work on that copy. A copy beyond repair is the next writer's
    # to drop; readers have the published file.
    with file.locked_if_free() as is_free, contextlib.suppress(StoreError):
        if is_free and file.has_leftover():
            database = _open(file.working, file, grafeo.GrafeoDB)
            _define_indexes(database)
            database.close()
            file.publish()


def _check_kind(path: Path) -> None:
    """Raise StoreRejected if there is a file that is no Grafeo database, or cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_MAGIC))
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreRejected(f"cannot read {path}: {error.strerror}") from error
    if head != _MAGIC:
        raise StoreRejected(f"{path} is not a database of this program")


def _open(path: Path, file: DatabaseFile, opener: Callable[[str], Any]) -> Any:
    try:
        return opener(str(path))
    except grafeo.GrafeoError as error:
        reason = str(error)
        if "locked" in reason:
            raise StoreUnavailable(f"{file.path} is open in another program; try again") from error
        reason = _first_line(reason).replace(str(path), str(file.path))
        raise StoreRejected(
            f"{file.path} cannot be opened ({reason}); load its notices into a new file"
        ) from error


def _define_indexes(database: Any) -> None:
    """Make the indexes the ontology asks for; those that are there stay."""
    with _translated():
        for label, spec in load_ontology().labels.items():
            keys = ["id", "name", *(["notice_id"] if "notice_id" in spec.properties else [])]
            for key in keys:
                database.execute_cypher(
                    f"CREATE INDEX {label}_{key} IF NOT EXISTS "
                    f"FOR (n:{name_of(label)}) ON (n.{key})"
                )
            for name in indexed_properties(label):
                if not _has_text_index(database, label, name):
                    database.create_text_index(label, name, tokenizer="cjk_bigram")


def _has_text_index(database: Any, label: str, name: str) -> bool:
    # To create one again builds it again, and no list names those there are.
    try:
        database.text_search(label, name, "有", 1)
    except grafeo.GrafeoError:
        return False
    return True


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Turn Grafeo's errors into the store's."""
    try:
        yield
    except grafeo.GrafeoError as error:
        reason = str(error)
        kind = StoreUnavailable if "conflict" in reason.lower() else StoreRejected
        raise kind(_first_line(reason)) from error
    except (ValueError, TypeError, OverflowError) as error:  # a parameter of a foreign type
        raise StoreRejected(_first_line(str(error))) from error


def _first_line(reason: str) -> str:
    # "GRAFEO-Q001: syntax error: …" and then a drawing of where
    return re.sub(r"^GRAFEO-\w+: ", "", reason).partition("\n")[0]
