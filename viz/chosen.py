"""Which nodes a drawing is of: those around a node, those a query names, or the most joined."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import QueryError
from kg.store import Store
from queries.catalogue import load_catalogue, run_query
from queries.surroundings import nodes_around
from queries.types import MAX_LIMIT
from queries.whole import fetch_whole
from viz.drawn import nodes_of_rows


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to see.

    Attributes:
        name: a node's id or name, or the name of a query; "" for the nodes with the most edges.
        parameters: of the query.
        depth: steps outwards from a node.
        limit: most nodes.
    """

    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    depth: int = 1
    limit: int = 150

    @property
    def is_query(self) -> bool:
        """Whether the name is that of a query of the catalogue."""
        return self.name in load_catalogue()

    @property
    def title(self) -> str:
        """What a drawing of a query is called; "" for a node, which has a name of its own."""
        if not self.is_query:
            return ""
        given = " ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{load_catalogue()[self.name].summary_zh} {given}".strip()


def choose_nodes(store: Store, choice: Choice) -> tuple[list[str], bool]:
    """Return the ids of the nodes, and whether some were left out.

    Raises:
        QueryError: there is no such node, its name means several, or a parameter is wrong.
    """
    if choice.is_query:
        rows = run_query(store, choice.name, {"limit": MAX_LIMIT, **choice.parameters})
        ids, cut = nodes_of_rows(rows.rows, choice.limit)
        return ids, cut or rows.truncated
    if choice.parameters:
        unknown = ", ".join(f"--{name}" for name in choice.parameters)
        raise QueryError(f"{unknown}: only a query takes parameters, and {choice.name!r} is none")
    if choice.name:
        return nodes_around(store, choice.name, choice.depth, choice.limit)
    graph = fetch_whole(store, choice.limit)
    joined = sorted(
        zip(graph.degrees, graph.ids, strict=True), key=lambda pair: (-pair[0], pair[1])
    )
    return [key for _, key in joined], graph.total > len(joined)
