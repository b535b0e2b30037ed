"""One edge, found from either of its ends."""

from dataclasses import dataclass

from kg.store import Store
from queries.rows import GraphRow, edge_row
from queries.types import run_file


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge, with the rule or model that found it; None for reference data."""

    row: GraphRow
    method: str | None


def find_relation(store: Store, eid: str, end: str) -> Relation | None:
    """Return the edge with that eid that begins or ends at the node, or None."""
    rows = run_file(store, "_path_edges", {"steps": [{"at": 1, "from_id": end, "eid": eid}]})
    if not rows:
        return None
    return Relation(GraphRow(**edge_row(rows[0], 1)), rows[0]["properties"].get("method"))
