"""Walking from a notice to what it derives from, or to what derives from it."""

from itertools import islice

from kg.store import Store
from queries.jurisdictions import resolve_jurisdiction
from queries.names import describe, find_notices, unknown
from queries.rows import DerivationRow, row_fields
from queries.types import Arguments, Found
from queries.walk import Walk

_MOST = 100_000  # edges walked where only some of them are wanted


def walk_derivations(store: Store, arguments: Arguments, hop: str) -> Found:
    """Return the steps met, nearest first, each once; `hop` names the Cypher of one step.

    With `jurisdiction`, only the steps of that place's notices are returned; the walk still goes
    through those of other places.
    """
    name = str(arguments["notice"])
    matches = find_notices(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Notice",)))
    notes = describe(name, matches)
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    place = arguments.get("jurisdiction")
    walk = Walk(store, hop, most=_MOST if place else skip + fetch)
    steps = walk.steps((match.id for match in matches), int(arguments["depth"] or 0))
    if place:
        covered, told = resolve_jurisdiction(store, str(place))
        notes += told
        steps = (row for row in steps if row["jurisdiction"] in (covered or ()))
    rows = [row_fields(row, DerivationRow) for row in islice(steps, skip, skip + fetch)]
    return Found(rows, notes)
