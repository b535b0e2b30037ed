"""Which nodes a drawing is of: those around a node, those a query names, or the most joined."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import QueryError
from kg.store import Store
from queries.catalogue import load_catalogue, run_query
from queries.surroundings import find_labels, nodes_around
from queries.tallies import tally_ids
from queries.types import MAX_LIMIT
from queries.whole import fetch_whole
from viz.drawn import nodes_of_rows

_THINGS = ("Place", "Product", "Program", "Platform")
_SHARE = 5  # of a drawing, one part is for the agencies of the measures in it


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
        ids, cut = nodes_around(store, choice.name, choice.depth, choice.limit)
        return _with_actors(store, ids, cut=cut, most=choice.limit)
    graph = fetch_whole(store, choice.limit)
    joined = sorted(
        zip(graph.degrees, graph.ids, strict=True), key=lambda pair: (-pair[0], pair[1])
    )
    return [key for _, key in joined], graph.total > len(joined)


def _with_actors(store: Store, ids: list[str], *, cut: bool, most: int) -> tuple[list[str], bool]:
    """Return what is around a thing together with the agencies of its measures, busiest first.

    Who leads is the first question about a product or a place, but they are two steps away. At
    least a fifth of the drawing is theirs. Around anything else nothing is added.

    Args:
        store: the graph.
        ids: the nodes, the thing in the middle first.
        cut: whether some were left out.
        most: how many nodes at most.
    """
    found = find_labels(store, ids)
    if not found or found[0]["label"] not in _THINGS:
        return ids, cut
    measures = [row["id"] for row in found if row["label"] == "Measure"]
    rows = tally_ids(store, measures, "_things_of_measures", "thing_id", {"label": "Agency"})
    actors = [row["thing_id"] for row in rows if row["thing_id"] not in set(ids)]
    room = max(most - len(ids), most // _SHARE)
    added = actors[:room]
    kept = ids[: most - len(added)]
    return [*kept, *added], cut or len(added) < len(actors) or len(kept) < len(ids)
