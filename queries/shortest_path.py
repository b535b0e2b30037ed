"""The shortest chain of facts between two nodes.

Both engines have shortestPath(), but of several shortest paths each returns the one it met first,
Neo4j refuses a path from a node to itself, and Grafeo has no time limit. So the path is searched
from both ends, one portable hop at a time, always growing the smaller side; of equals, the edge
with the smallest id wins, so every engine gives the same path.
"""

from dataclasses import dataclass, field

from kg.store import Row as StoreRow
from kg.store import Store
from kg.types import Value
from queries.names import one_node
from queries.rows import details, edge_evidence
from queries.types import BATCH, Arguments, Found, Parameter, Query, Row, run_file

MOST_EDGES = 50_000  # met before the search gives up; some seconds of work

_FROM = Parameter("from", "text", "起点的 id 或名称", "id or name of one end", required=True)
_TO = Parameter("to", "text", "终点的 id 或名称", "id or name of the other end", required=True)
_LENGTH = Parameter(
    "max_length", "int", "路径最多的边数", "most edges in the path", default=6, maximum=10
)


class PathRow(Row):
    """One edge of the path, walked along its direction if `forward`, else against it."""

    step: int
    forward: bool
    start_id: str
    start_label: str
    start_name: str
    type: str
    end_id: str
    end_label: str
    end_name: str
    notice_id: str | None
    quote: str | None
    start: int | None
    end: int | None
    source: str | None
    confidence: float | None
    eid: str
    properties: dict[str, Value]


def answer(store: Store, arguments: Arguments) -> Found:
    """Find the path and fetch its edges."""
    first = one_node(store, "from", str(arguments["from"]))
    last = one_node(store, "to", str(arguments["to"]))
    if first.id == last.id:
        return Found([], ("起点和终点是同一个节点 both ends are the same node",))
    search = _Search(store, _Side(first.id), _Side(last.id))
    length = int(arguments["max_length"] or 0)
    middle = search.meet(length)
    if middle is None:
        why = "搜索过大而中止 the search grew too large" if search.gave_up else "没有 none"
        return Found([], (f"{length} 步以内的路径 path of up to {length} edges: {why}",))
    rows = _fetch_edges(store, search.path(middle))
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    return Found(rows[skip : skip + fetch])


@dataclass
class _Side:
    """What was reached from one end: each node with the edge and node it was reached by."""

    end: str
    reached: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    frontier: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reached[self.end] = None
        self.frontier = [self.end]

    def trail(self, node: str) -> list[tuple[str, str, str]]:
        """Return the steps (node, eid, node nearer the end), from `node` to the end."""
        steps = []
        while (by := self.reached[node]) is not None:
            steps.append((node, by[0], by[1]))
            node = by[1]
        return steps


@dataclass
class _Search:
    store: Store
    first: _Side
    last: _Side
    edges: int = 0
    gave_up: bool = False

    def meet(self, length: int) -> str | None:
        """Return a node in the middle of a shortest path, or None if there is no path."""
        for _ in range(length):
            small, other = sorted((self.first, self.last), key=lambda side: len(side.frontier))
            self._grow(small)
            met = [node for node in small.frontier if node in other.reached]
            if met:
                return min(met, key=lambda node: self._weight(node))
            if self.gave_up or not small.frontier:
                return None
        return None

    def path(self, middle: str) -> list[dict[str, str | int]]:
        """Return the steps of the path, in order, as parameters of the last query."""
        back = [(nearer, eid, node) for node, eid, nearer in self.first.trail(middle)]
        steps = [*reversed(back), *self.last.trail(middle)]
        return [
            {"at": at, "from_id": start, "eid": eid}
            for at, (start, eid, _) in enumerate(steps, start=1)
        ]

    def _weight(self, middle: str) -> list[str]:
        return [str(step["eid"]) for step in self.path(middle)]

    def _grow(self, side: _Side) -> None:
        found: dict[str, tuple[str, str]] = {}
        for at in range(0, len(side.frontier), BATCH):
            left = MOST_EDGES - self.edges
            if left <= 0:
                break
            ids = side.frontier[at : at + BATCH]
            rows = run_file(self.store, QUERY.name, {"ids": ids, "fetch": left})
            self.edges += len(rows)
            self.gave_up |= len(rows) >= left  # some of the edges were cut
            for row in rows:
                if row["to_id"] not in side.reached:
                    by = (row["eid"], row["from_id"])
                    found[row["to_id"]] = min(by, found.get(row["to_id"], by))
        side.reached.update(found)
        side.frontier = sorted(found)


def _fetch_edges(store: Store, steps: list[dict[str, str | int]]) -> list[StoreRow]:
    rows = run_file(store, "_path_edges", {"steps": steps})
    walked = {step["at"]: step["from_id"] for step in steps}
    fields = PathRow.model_fields
    return [
        {name: row[name] for name in fields if name in row}
        | edge_evidence(row["properties"])
        | {
            "forward": row["start_id"] == walked[row["step"]],
            "properties": details(row["properties"]),
        }
        for row in rows
    ]


QUERY = Query(
    name="shortest_path",
    summary_zh="两个节点之间最短的关系链",
    summary_en="the shortest chain of facts between two nodes",
    own_parameters=(_FROM, _TO, _LENGTH),
    row=PathRow,
    example={"from": "盘锦大米", "to": "辽宁省教育厅"},
    answer=answer,
)
