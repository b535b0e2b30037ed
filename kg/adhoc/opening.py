"""Opens what answers ad-hoc statements, by the address of the graph."""

from pathlib import Path

from kg.adhoc.types import AdhocReader, Limits
from kg.errors import StoreRejected
from kg.opening import Login, file_of, is_server


def open_adhoc(url: str | Path, limits: Limits, *, login: Login | None = None) -> AdhocReader:
    """Return what answers ad-hoc statements on a graph; close it to end its processes.

    Args:
        url: as of `open_store`; not `memory:`, which no other process can read.
        limits: of each statement.
        login: user and password, for a server.

    Raises:
        StoreRejected: the address is unknown, there is no graph at it, or this system cannot
            limit what a process takes.
    """
    url = str(url)
    if is_server(url):
        from kg.adhoc.server import open_server_reader

        login = login or Login()
        return open_server_reader(url, (login.user, login.password), limits)
    if url == "memory:":
        raise StoreRejected("ad-hoc Cypher needs a graph in a file or on a server")
    from kg.adhoc.embedded import open_embedded

    return open_embedded(file_of(url), limits)
