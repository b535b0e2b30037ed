"""Measures that meet conditions, with how many there are of each kind, to narrow them down by."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.store import Store
from queries.arguments import bind_arguments
from queries.catalogue import find_query
from queries.conditions import resolve_conditions
from queries.divided import division_of
from queries.matching import MeasureKey, match_measures, sorted_measures
from queries.measures import MatchingMeasureRow, matching_rows
from queries.types import run_for_ids

FACETS = ("level", "place", "year", "role", "class")
MOST = 20_000  # measures counted; more take seconds


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the measures are wanted: those of a sort order from `skip` on, `limit` of them."""

    skip: int
    limit: int
    sort: str = "-issued_on"


@dataclass(frozen=True, slots=True)
class Faceted:
    """Measures and how many there are of each kind.

    Attributes:
        rows: one page of those that meet the conditions and have every trait chosen.
        total: how many do.
        counts: for each facet how many measures have each value; a facet's own choice is left
            out of account, so that the other values can be seen.
        truncated: whether more than MOST met the conditions, so that not all were counted.
        notes: how names were taken.
    """

    rows: tuple[MatchingMeasureRow, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    truncated: bool
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Traits:
    values: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in FACETS})

    def lacking(self, chosen: Mapping[str, str]) -> list[str]:
        """Return the facets whose chosen value the measure does not have."""
        return [name for name, value in chosen.items() if value not in self.values[name]]


def faceted_measures(
    store: Store, conditions: Mapping[str, object], chosen: Mapping[str, str], page: Page
) -> Faceted:
    """Return measures that meet conditions, and how they divide.

    Args:
        store: the graph.
        conditions: parameters of the query `measures`.
        chosen: a value for some of FACETS.
        page: which of them are wanted.

    Raises:
        QueryError: a condition is unknown or of the wrong kind.
    """
    made = resolve_conditions(store, bind_arguments(find_query("measures"), conditions))
    keys = [key for _, key in sorted_measures(match_measures(store, made), page.sort)]
    traits = _find_traits(store, keys[:MOST])
    lacking = {key: found.lacking(chosen) for key, found in traits.items()}
    kept = [key for key, lacks in lacking.items() if not lacks]
    rows = matching_rows(store, kept[page.skip : page.skip + page.limit], made)
    return Faceted(
        rows=tuple(MatchingMeasureRow.model_validate(row) for row in rows),
        total=len(kept),
        counts={name: _count(name, traits, lacking) for name in FACETS},
        truncated=len(keys) > MOST,
        notes=tuple(made.notes),
    )


def _count(
    name: str, traits: Mapping[str, _Traits], lacking: Mapping[str, Sequence[str]]
) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for key, found in traits.items():
        if all(lack == name for lack in lacking[key]):
            counts.update(found.values[name])
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _find_traits(store: Store, keys: Sequence[MeasureKey]) -> dict[str, _Traits]:
    traits = {key.id: _Traits() for key in keys}
    notices = sorted({key.notice_id for key in keys})
    places = {
        row["id"]: row["jurisdiction"] for row in run_for_ids(store, "_places_of_notices", notices)
    }
    for key in keys:
        values, place = traits[key.id].values, places.get(key.notice_id)
        division = division_of(place)
        if place:
            values["place"].add(place)
        if division:
            values["level"].add(division.level)
        if key.issued_on:
            values["year"].add(key.issued_on[:4])
    for row in run_for_ids(store, "_measure_traits", list(traits)):
        name, value = ("class", row["class"]) if row["type"] == "USES" else ("role", row["type"])
        traits[row["measure_id"]].values[name].add(value)
    return traits
