"""Users of py2neo get the same rows, and its own objects."""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import graph_fixture as sample
import pytest
from neo4j_server import Server

from kg.errors import QueryError, StoreRejected
from kg.store import Store
from kg.stores.cypher_store import CypherStore
from kg.stores.py2neo import Py2neoEngine
from queries.catalogue import load_catalogue, run_query
from queries.py2neo import run_on_graph, to_py2neo

pytestmark = pytest.mark.filterwarnings("ignore")  # py2neo is older than what it imports
CATALOGUE = load_catalogue()


@pytest.fixture(scope="module")
def store(make_on_neo4j: Callable[[], Store]) -> Iterator[Store]:
    with sample.sample_store(make_on_neo4j) as store:
        yield store


@pytest.fixture(scope="module")
def graph(store: Store, neo4j_server: Server) -> Iterator[Any]:
    from py2neo import Graph

    graph = Graph(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password))
    yield graph
    graph.service.connector.close()  # py2neo leaves its sockets to the collector
    gc.collect()


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_query_runs_on_a_users_graph(store: Store, graph: Any, name: str) -> None:
    example = CATALOGUE[name].example
    assert run_on_graph(graph, name, example) == run_query(store, name, example)


def test_rows_become_a_subgraph(graph: Any) -> None:
    rows = run_on_graph(graph, "neighbourhood", {"id": "盘锦大米"}).rows
    found = to_py2neo(rows)
    assert len(found.nodes) == sum(row.model_dump()["kind"] == "node" for row in rows)
    assert len(found.relationships) == len(rows) - len(found.nodes)
    (product,) = [n for n in found.nodes if n["name"] == "盘锦大米"]
    assert set(product.labels) == {"Product"}
    supports = [r for r in found.relationships if type(r).__name__ == "SUPPORTS"]
    assert supports
    assert all(r["quote"] and r.end_node is product for r in supports)


def test_rows_that_are_no_graph_are_refused(graph: Any) -> None:
    rows = run_on_graph(graph, "measures_by_actor", {"actor": "省教育厅"}).rows
    with pytest.raises(QueryError, match="no node or edge"):
        to_py2neo(rows)
    edge = run_on_graph(graph, "neighbourhood", {"id": "盘锦大米"}).rows[-1]
    with pytest.raises(QueryError, match="without its ends"):
        to_py2neo([edge])


def test_a_users_graph_is_only_read(graph: Any) -> None:
    reader = CypherStore(Py2neoEngine(graph))
    with pytest.raises(StoreRejected, match="only read"):
        reader.load(sample.fragments()[0])
    assert reader.status().notices_loaded == len(sample.fragments())
    assert reader.search("甲省教厅") == reader.search("甲省教厅")
    assert "password" not in reader.status().location
