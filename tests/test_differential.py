"""Both engines give the same rows in the same order, for every query of the catalogue."""

import random
from collections.abc import Callable, Iterator, Mapping

import graph_fixture as sample
import pytest
from graph_fixture import in_memory

from kg.errors import QueryError
from kg.store import Store
from kg.types import Node
from loaders.load import relate_measures
from loaders.pipeline import extract_bytes
from loaders.samples import read_samples
from queries.catalogue import load_catalogue, run_query
from queries.types import Argument, Parameter

CATALOGUE = load_catalogue()
SETS = 500
ODD = ["省教育厅", "市政府", "各市人民政府", "知识产权局", "没有的东西", "x", "'", "%", "a*b", "\\"]


@pytest.fixture(scope="module")
def stores(make_on_neo4j: Callable[[], Store]) -> Iterator[tuple[Store, Store]]:
    """The sample notices and those of the examples, in both engines."""
    with in_memory() as embedded, make_on_neo4j() as server:
        read = [extract_bytes(s.path.read_bytes(), s.path.name) for s in read_samples()]
        for fragment in [*sample.fragments(), *(notice.fragment for notice in read)]:
            embedded.load(fragment)
            server.load(fragment)
        for store in (embedded, server):
            relate_measures(store, (notice.fragment.notice_id for notice in read))
        yield embedded, server


@pytest.fixture(scope="module")
def names(stores: tuple[Store, Store]) -> list[str]:
    """Words of the graph to ask with: names, aliases, ids, numbers, and parts of names."""
    chance = random.Random(1)
    words = list(ODD)
    for node in stores[0].dump():
        if not isinstance(node, Node):
            continue
        name = str(node.properties["name"])
        start = chance.randrange(len(name))
        words += [name, node.id, name[start : start + chance.randint(2, 6)]]
        aliases = node.properties.get("aliases", [])
        words += aliases[:1] if isinstance(aliases, list) else []
        words += [str(node.properties[k]) for k in ("document_number",) if k in node.properties]
    return words


def asked(store: Store, name: str, parameters: Mapping[str, Argument]) -> object:
    try:
        result = run_query(store, name, parameters)
    except QueryError as error:
        return str(error)
    return [row.model_dump() for row in result.rows], result.truncated, result.notes


def draw(parameter: Parameter, names: list[str], chance: random.Random) -> Argument:
    """Return a value that a caller might give."""
    if parameter.values:
        return chance.choice(parameter.values)
    if parameter.type == "bool":
        return chance.random() < 0.5
    if parameter.type == "date":
        return chance.choice(["2022", "2024-06", "2025-12-31", "2019-01-01", "2026"])
    if parameter.type == "int":
        return chance.randint(parameter.minimum, min(parameter.maximum, parameter.minimum + 9))
    return chance.choice(names)


@pytest.mark.parametrize("name", CATALOGUE)
def test_examples(stores: tuple[Store, Store], name: str) -> None:
    embedded, server = (asked(store, name, CATALOGUE[name].example) for store in stores)
    assert server == embedded


@pytest.mark.parametrize("name", CATALOGUE)
def test_generated_parameters(stores: tuple[Store, Store], names: list[str], name: str) -> None:
    chance = random.Random(name)
    # Of many conditions that all must be met, only few can be drawn if anything is to meet them.
    odds = min(0.4, 1.5 / len(CATALOGUE[name].own_parameters))
    answered = 0
    for _ in range(-(-SETS // len(CATALOGUE))):
        example = CATALOGUE[name].example if chance.random() < 0.5 else {}
        parameters = {
            parameter.name: example.get(parameter.name, draw(parameter, names, chance))
            for parameter in CATALOGUE[name].parameters
            if parameter.required or chance.random() < odds
        }
        embedded, server = (asked(store, name, parameters) for store in stores)
        assert server == embedded, parameters
        answered += bool(embedded and isinstance(embedded, tuple) and embedded[0])
    assert answered, "no set of parameters had rows"


def test_search(stores: tuple[Store, Store], names: list[str]) -> None:
    chance = random.Random(2)
    for text in chance.sample(names, 60):
        embedded, server = (store.search(text, limit=10) for store in stores)
        assert server == embedded, text
