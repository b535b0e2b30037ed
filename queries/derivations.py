"""Walking from a notice to what it derives from, or to what derives from it."""

from itertools import islice

from kg.store import Store
from queries.names import describe, find_notices, unknown
from queries.rows import DerivationRow, row_fields
from queries.types import Arguments, Found
from queries.walk import Walk


def walk_derivations(store: Store, arguments: Arguments, hop: str) -> Found:
    """Return the steps met, nearest first, each once; `hop` names the Cypher of one step."""
    name = str(arguments["notice"])
    matches = find_notices(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Notice",)))
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    walk = Walk(store, hop, most=skip + fetch)
    steps = walk.steps((match.id for match in matches), int(arguments["depth"] or 0))
    rows = [row_fields(row, DerivationRow) for row in islice(steps, skip, None)]
    return Found(rows, describe(name, matches))
