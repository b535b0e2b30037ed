"""The graph in a notebook: ask, query, take a table, and go on with data frames."""

from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.store import Store
from kg.stores import Login, default_location, open_store
from queries.catalogue import find_query, load_catalogue, run_query
from queries.frames import Rows
from queries.selection import select
from queries.tables import load_tables, read_table
from queries.types import MAX_LIMIT, MAX_SKIP, Row

if TYPE_CHECKING:
    from queries.research.material import Material


class PolicyGraph:
    """A graph that is open for reading.

    >>> graph = open_graph("policykg.grafeo")                          # doctest: +SKIP
    >>> graph.query("measures", leader="省知识产权局").to_pandas()      # doctest: +SKIP
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def queries(self) -> dict[str, str]:
        """What can be queried: names with what they answer."""
        return {
            name: f"{query.summary_zh} {query.summary_en}"
            for name, query in load_catalogue().items()
        }

    @property
    def tables(self) -> list[str]:
        """Names of the flat tables."""
        return list(load_tables())

    def query(self, name: str, **parameters: object) -> Rows:
        """Answer a query of the catalogue, in full unless a `limit` is given.

        A parameter whose name is a word of Python takes a trailing underscore: `from_="2025"`.

        Raises:
            QueryError: the query or a parameter is unknown or malformed.
        """
        given = {key.removesuffix("_"): value for key, value in parameters.items()}
        if "limit" in given:
            answer = run_query(self.store, name, given)
            return Rows(answer.rows, answer.notes, find_query(name).row)
        return self._query_all(name, given)

    def ask(self, question: str) -> Rows:
        """Answer a question in Chinese or English."""
        from queries.ask import ask

        answer = ask(self.store, question)
        return Rows(tuple(answer.rows), tuple(answer.notes))

    def table(self, name: str, **conditions: object) -> Rows:
        """Return a flat table, all of it or what belongs to the measures that meet conditions.

        Raises:
            QueryError: the table or a condition is unknown.
        """
        given = {key.removesuffix("_"): value for key, value in conditions.items()}
        selection = select(self.store, given)
        rows = tuple(read_table(self.store, name, selection))
        return Rows(rows, selection.notes, load_tables()[name].row)

    def material(self, **conditions: object) -> "Material":
        """Return the typed rows that the functions of `queries.research` begin with.

        Raises:
            QueryError: a condition is unknown or malformed.
        """
        from queries.research.material import read_material

        given = {key.removesuffix("_"): value for key, value in conditions.items()}
        return read_material(self.store, select(self.store, given))

    def close(self) -> None:
        """Let go of the graph."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.close()

    def _query_all(self, name: str, parameters: dict[str, Any]) -> Rows:
        rows: list[Row] = []
        notes: tuple[str, ...] = ()
        row_type = find_query(name).row
        for skip in range(int(parameters.pop("skip", 0)), MAX_SKIP, MAX_LIMIT):
            page = run_query(self.store, name, parameters | {"skip": skip, "limit": MAX_LIMIT})
            rows += page.rows
            notes = page.notes
            if not page.truncated:
                break
        return Rows(tuple(rows), notes, row_type)


def open_graph(
    location: str | None = None, *, user: str = "neo4j", password: str = ""
) -> PolicyGraph:
    """Open a graph for reading.

    Args:
        location: a file, or neo4j://host/database; your own graph if not given.
        user: of a Neo4j server.
        password: of that user.

    Raises:
        StoreError: there is no such graph, or the server refuses.
    """
    login = Login(user, password)
    return PolicyGraph(open_store(location or default_location(), mode="read", login=login))
