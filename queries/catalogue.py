"""The catalogue: every `<name>.cypher` of this package whose module has a QUERY."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from types import MappingProxyType

from kg.errors import QueryError
from kg.store import Store
from queries.arguments import bind_arguments, unknown_name
from queries.types import Arguments, Found, Query, QueryResult, run_file


@cache
def load_catalogue() -> Mapping[str, Query]:
    """Return every query by name, in alphabetical order; `_name.cypher` are parts of others.

    Raises:
        QueryError: a module has no QUERY, or one by another name.
    """
    names = sorted(
        file.name.removesuffix(".cypher")
        for file in files("queries").iterdir()
        if file.name.endswith(".cypher") and not file.name.startswith("_")
    )
    return MappingProxyType({name: _import_query(name) for name in names})


def find_query(name: str) -> Query:
    """Return the query of that name.

    Raises:
        QueryError: there is none; the message lists those there are.
    """
    catalogue = load_catalogue()
    if name not in catalogue:
        raise QueryError(f"没有这个查询 unknown query {unknown_name(name, catalogue)}")
    return catalogue[name]


def run_query(store: Store, name: str, parameters: Mapping[str, object]) -> QueryResult:
    """Answer a query of the catalogue.

    Args:
        store: the graph.
        name: of the query.
        parameters: raw values; text is converted, None counts as not given.

    Raises:
        QueryError: the query or a parameter is unknown, missing or of the wrong kind.
        StoreError: the store could not answer.
    """
    query = find_query(name)
    arguments = bind_arguments(query, parameters)
    found = query.answer(store, arguments) if query.answer else _run_once(store, query, arguments)
    limit = int(arguments["limit"] or 0)
    rows = tuple(query.row.model_validate(row) for row in found.rows[:limit])
    return QueryResult(rows, truncated=len(found.rows) > limit, notes=found.notes)


def _run_once(store: Store, query: Query, arguments: Arguments) -> Found:
    return Found(run_file(store, query.name, arguments))


def _import_query(name: str) -> Query:
    query = getattr(import_module(f"queries.{name}"), "QUERY", None)
    if not isinstance(query, Query) or query.name != name:
        raise QueryError(f"queries/{name}.py has no QUERY named {name}")
    return query
