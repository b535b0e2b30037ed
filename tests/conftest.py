"""Fixtures that several test modules share."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from graph_fixture import in_memory, sample_store
from hypothesis import settings
from neo4j_server import Server, running_server

from kg.opening import Login, open_store
from kg.store import Store

# The same examples in every run, so that a change is judged by what it changed; HYPOTHESIS_PROFILE
# =explore (make fuzz) draws others, and what it finds becomes an example.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server, one for the whole session."""
    with running_server(tmp_path_factory.mktemp("neo4j")) as server:
        yield server


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def make_on_neo4j(neo4j_server: Server) -> Callable[[], Store]:
    """Return what empties the server and opens it: one store at a time."""

    def make() -> Store:
        neo4j_server.empty()
        login = Login(neo4j_server.user, neo4j_server.password)
        return open_store(neo4j_server.uri, mode="write", login=login)

    return make


@pytest.fixture(scope="module", params=["grafeo", "neo4j"])
def make_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Return what makes an empty store, on each engine."""
    if request.param == "grafeo":
        return in_memory
    made: Callable[[], Store] = request.getfixturevalue("make_on_neo4j")
    return made


@pytest.fixture(scope="module")
def kept_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds the sample notices."""
    file = tmp_path_factory.mktemp("kept") / "graph.grafeo"
    with sample_store(lambda: open_store(file, mode="write")):
        return file


@pytest.fixture(scope="module", params=["grafeo", "neo4j"])
def kept(request: pytest.FixtureRequest) -> tuple[str, Login]:
    """Address and login of the sample notices where other processes find them, on each engine."""
    if request.param == "grafeo":
        return str(request.getfixturevalue("kept_file")), Login()
    server: Server = request.getfixturevalue("neo4j_server")
    with sample_store(request.getfixturevalue("make_on_neo4j")):
        return server.uri, Login(server.user, server.password)
