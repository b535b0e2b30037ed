"""Counts over the measures that meet conditions, by what they are joined to."""

from collections.abc import Mapping
from itertools import batched
from typing import Any

from kg.store import Row, Store
from queries.conditions import resolve_conditions
from queries.matching import match_measures
from queries.types import BATCH, Arguments, Found, run_file


def tally(
    store: Store, arguments: Arguments, query: str, key: str, more: Mapping[str, Any] | None = None
) -> Found:
    """Count by what a Cypher file groups its measures by; the most first, then by the key.

    Args:
        store: the graph.
        arguments: conditions on measures, and a page.
        query: the Cypher file; it unwinds `ids` of measures and returns `measures`, `notice_ids`
            and `measure_id` for each group.
        key: the column that tells the groups apart.
        more: further parameters of the Cypher.
    """
    made = resolve_conditions(store, arguments)
    ids = [measure.id for measure in match_measures(store, made)]
    rows = tally_ids(store, ids, query, key, more or {})
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    return Found(rows[skip : skip + fetch], tuple(made.notes))


def tally_ids(
    store: Store, ids: list[str], query: str, key: str, more: Mapping[str, Any]
) -> list[Row]:
    """Return the groups of the given measures as `tally` does, all of them."""
    groups: dict[Any, Row] = {}
    for batch in batched(ids, BATCH):
        for row in run_file(store, query, {**more, "ids": list(batch)}):
            found = groups.setdefault(row[key], row | {"measures": 0, "notice_ids": set()})
            # No measure is in two batches; a notice may be.
            found["measures"] += row["measures"]
            found["notice_ids"].update(row["notice_ids"])
            found["measure_id"] = min(found["measure_id"], row["measure_id"])
    for row in groups.values():
        row["notices"] = len(row.pop("notice_ids"))
    return sorted(groups.values(), key=lambda row: (-row["measures"], row[key]))
