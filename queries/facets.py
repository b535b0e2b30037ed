"""How the measures that meet conditions are spread: by actor, thing, instrument, place or year."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.store import Store
from queries.matching import MeasureKey
from queries.rows import ROLES
from queries.tallies import tally_ids
from queries.types import run_file

MOST = 50  # values of one facet


class FacetValue(NamedTuple):
    """A value of a facet.

    Attributes:
        value: what tells it from the others: the id of a node, a class, a year, a place.
        name: what a person reads.
        measures: how many of the measures have it.
    """

    value: str
    name: str
    measures: int


_ACTORS: Mapping[str, tuple[str, ...]] = {
    "actor": ROLES,
    "leader": ("LEADS",),
    "responsible": ("RESPONSIBLE_FOR",),
    "supporter": ("SUPPORTS",),
}
_THINGS: Mapping[str, str] = {
    "place": "Place",
    "product": "Product",
    "program": "Program",
    "institution": "Institution",
    "platform": "Platform",
    "instrument": "Instrument",
}
_GROUPS = ("class", "category")
_DATES: Mapping[str, Callable[[MeasureKey], str | None]] = {
    "issued_year": lambda key: key.issued_on and key.issued_on[:4],
    "due_year": lambda key: key.due_on and key.due_on[:4],
}
FACET_NAMES = (*_ACTORS, *_THINGS, *_GROUPS, "jurisdiction", *_DATES)


def count_facet(store: Store, name: str, keys: Sequence[MeasureKey]) -> list[FacetValue]:
    """Return the values of a facet, at most MOST, that of most measures first.

    Args:
        store: the graph.
        name: one of FACET_NAMES.
        keys: the measures.
    """
    ids = [key.id for key in keys]
    if name in _DATES:
        return _counted(_DATES[name](key) for key in keys)
    if name == "jurisdiction":
        rows = run_file(store, "_notice_places", {})
        places = {row["id"]: row["jurisdiction"] for row in rows}
        return _counted(places.get(key.notice_id) for key in keys)
    if name in _ACTORS:
        found = tally_ids(store, ids, "actor_ranking", "actor_id", {"roles": [*_ACTORS[name]]})
        return [FacetValue(r["actor_id"], r["actor"], r["measures"]) for r in found[:MOST]]
    if name in _GROUPS:
        found = tally_ids(store, ids, "_instrument_groups", "item", {"by": name})
        return [FacetValue(r["item"], r["item"], r["measures"]) for r in found[:MOST]]
    found = tally_ids(store, ids, "_things_of_measures", "thing_id", {"label": _THINGS[name]})
    return [FacetValue(r["thing_id"], r["thing"], r["measures"]) for r in found[:MOST]]


def _counted(values: Iterable[str | None]) -> list[FacetValue]:
    counts = Counter(value for value in values if value)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [FacetValue(value, value, count) for value, count in ranked[:MOST]]
