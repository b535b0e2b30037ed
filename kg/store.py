"""What every store can do, whichever engine keeps the graph."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

from kg.types import Edge, GraphFragment, Node

type Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine lacks or has; callers test these, never the engine's name.

    Attributes:
        name: the engine and its version, for people.
        concurrent_writers: whether several processes may write at once.
        query_timeout: whether the engine itself can end a long query.
    """

    name: str
    concurrent_writers: bool
    query_timeout: bool


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What loading one fragment did.

    Attributes:
        notice_id: the notice.
        outcome: `added`, `replaced` or `unchanged`.
        nodes: nodes the fragment has.
        edges: edges the fragment has.
    """

    notice_id: str
    outcome: str
    nodes: int
    edges: int


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of what is in the graph, by label, edge type and notice status."""

    location: str
    engine: str
    nodes: Mapping[str, int] = field(default_factory=dict)
    edges: Mapping[str, int] = field(default_factory=dict)
    notices_loaded: int = 0
    notices_cited: int = 0


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A node found by its words, best first; score is the engine's own, higher is better."""

    id: str
    label: str
    name: str
    score: float


class Store(Protocol):
    """A graph that takes whole notices and answers read-only Cypher.

    Every method raises StoreUnavailable or StoreRejected, never an engine's own error.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What the engine can do."""

    def load(self, fragment: GraphFragment) -> LoadResult:
        """Make the graph say what the fragment says of its notice, all or nothing.

        What the notice said before goes; shared nodes stay while any notice attests them;
        loading twice is loading once; the order of loads does not matter.
        """

    def remove(self, notice_id: str) -> bool:
        """Forget a notice; False if it was not loaded."""

    def replace_reuse(self, notice_ids: Sequence[str], edges: Sequence[Edge]) -> None:
        """Replace the text-reuse edges that touch these notices' measures."""

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run read-only, parameterised Cypher; rows hold scalars, lists and maps."""

    def search(
        self, text: str, labels: Sequence[str] | None = None, limit: int = 20
    ) -> list[SearchHit]:
        """Find nodes whose searchable properties hold the text (two characters up)."""

    def dump(self) -> Iterator[Node | Edge]:
        """Yield the whole graph, nodes by label and id, then edges by type and id."""

    def export_bulk(self, folder: Path) -> tuple[int, int]:
        """Write files for a bulk import of another engine; return numbers of nodes and edges."""

    def status(self) -> Status:
        """Count what is there."""

    def version(self) -> str:
        """Return what tells this state of the graph from any other; every write changes it."""

    def snapshot(self) -> "Store":
        """Return a view for a few reads that follow one another; it need not be closed.

        Where the engine can, the view stays as it is while others write; where it cannot, its
        `version` tells whether they did.
        """

    def close(self) -> None:
        """Let go of files and locks; closing twice is fine."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...
