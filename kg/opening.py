"""Opens a graph by its address, whichever engine keeps it."""

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from urllib.request import url2pathname

import platformdirs

from kg.errors import StoreRejected

if TYPE_CHECKING:
    from kg.stores.cypher_store import CypherStore

SERVER_SCHEMES = tuple(
    scheme + suffix for scheme in ("neo4j", "bolt") for suffix in ("", "+s", "+ssc")
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # two letters up: C:\ is a drive


def default_location() -> Path:
    """Return the file of the user's own graph; `open_store` makes its folder for writing."""
    return platformdirs.user_data_path("policykg", appauthor=False) / "policykg.grafeo"


@dataclass(frozen=True, slots=True)
class Login:
    """Who we are to a server; the password is in no message and no repr."""

    user: str = "neo4j"
    password: str = field(default="", repr=False)


def open_store(
    url: str | Path, *, mode: Literal["read", "write"], login: Login | None = None
) -> "CypherStore":
    """Open a graph; close it to let go of it, and to publish what was written.

    Args:
        url: a path, a `file:` URL, `memory:` for a graph that is gone when closed, or the
            address of a Neo4j database: neo4j://host/database, or bolt, +s and +ssc.
        mode: `write` makes the graph if there is none and keeps other writers out; readers
            see what was there before until the writer closes. Writers of a server take turns.
        login: user and password, for a server.

    Raises:
        StoreRejected: the address is unknown, there is no graph to read at it, or a server
            refuses us.
        StoreUnavailable: another writer is at work, or a server does not answer.
    """
    if is_server(str(url)):
        return _open_server(str(url), mode, login or Login())
    # Engines are imported when used: a reader of one engine need not have another installed.
    from kg.stores.cypher_store import CypherStore
    from kg.stores.grafeo import open_memory, open_reader, open_writer

    url = str(url)
    if url == "memory:":
        return CypherStore(open_memory())
    path = file_of(url)
    if mode == "read":
        return CypherStore(open_reader(path))
    if path == default_location():
        _make_folder(path.parent)
    return CypherStore(open_writer(path))


def init_store(url: str | Path, *, login: Login | None = None) -> list[str]:
    """Make the graph if there is none; return names of definitions that this made or dropped.

    Raises:
        StoreRejected: the address is unknown, or a server refuses us.
        StoreUnavailable: another writer is at work, or a server does not answer.
    """
    if not is_server(str(url)):
        open_store(url, mode="write").close()  # makes the indexes that are missing
        return []
    from kg.stores.neo4j import open_server

    login = login or Login()
    with contextlib.closing(open_server(str(url), login.user, login.password)) as engine:
        return engine.prepare()


def copy_store(
    source: str | Path, target: str | Path, *, login: Login | None, tell: Callable[[str, int], None]
) -> tuple[int, int]:
    """Copy a whole graph into an empty one, all or nothing; return numbers of nodes and edges.

    Args:
        source: address of the graph to read.
        target: address of the graph to make.
        login: user and password, for servers.
        tell: called with a label or edge type and how many of it have been copied.

    Raises:
        StoreRejected: an address is unknown, or the target is not empty.
        StoreUnavailable: another writer is at work, or a server does not answer.
    """
    with (
        open_store(source, mode="read", login=login) as before,
        open_store(target, mode="write", login=login) as after,
    ):
        return after.copy_from(before, tell)


def is_server(url: str) -> bool:
    """Return whether an address is that of a server."""
    scheme = _SCHEME.match(url)
    return scheme is not None and scheme.group()[:-1] in SERVER_SCHEMES


def _open_server(url: str, mode: Literal["read", "write"], login: Login) -> "CypherStore":
    from kg.stores.cypher_store import CypherStore
    from kg.stores.neo4j import open_server

    engine = open_server(url, login.user, login.password)
    if mode == "write":
        engine.prepare()
    return CypherStore(engine)


def file_of(url: str) -> Path:
    """Return the file that an address names.

    Raises:
        StoreRejected: it names none.
    """
    if not url.strip():
        raise StoreRejected("the address of the graph is empty")
    if url.startswith("file:"):
        return Path(url2pathname(urlsplit(url).path))
    if _SCHEME.match(url):
        raise StoreRejected(f"cannot open {url!r}: give a path, a file: URL, memory:, or neo4j://…")
    return Path(url).expanduser().absolute()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreRejected(f"cannot make the folder {folder}: {error.strerror}") from error
