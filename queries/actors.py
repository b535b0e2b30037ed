"""Asking one Cypher file about the actors that a name means."""

from kg.store import Store
from queries.names import describe, find_actors, unknown
from queries.rows import row_fields
from queries.types import Arguments, Found, Row, run_file


def run_for_actor(store: Store, arguments: Arguments, file: str, row_type: type[Row]) -> Found:
    """Resolve the argument `actor`, and run the file for all that it means, counted together."""
    name = str(arguments["actor"])
    matches = find_actors(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Agency", "Institution")))
    page = {key: arguments[key] for key in ("skip", "fetch")}
    rows = run_file(store, file, page | {"actor_ids": [match.id for match in matches]})
    return Found([row_fields(row, row_type) for row in rows], describe(name, matches))
