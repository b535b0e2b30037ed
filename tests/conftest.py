"""Fixtures that several test modules share."""

from collections.abc import Callable, Iterator

import pytest
from neo4j_server import Server, running_server

from kg.opening import Login, open_store
from kg.store import Store


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server, one for the whole session."""
    with running_server(tmp_path_factory.mktemp("neo4j")) as server:
        yield server


@pytest.fixture(params=["grafeo", "neo4j"])
def make_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Return what makes an empty store, on each engine."""
    if request.param == "grafeo":
        return lambda: open_store("memory:", mode="write")
    server: Server = request.getfixturevalue("neo4j_server")

    def make() -> Store:
        server.empty()
        login = Login(server.user, server.password)
        return open_store(server.uri, mode="write", login=login)

    return make
