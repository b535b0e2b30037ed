"""Anything a measure may involve: actors, what it is about, and the policy instruments it uses."""

from kg.store import Store
from queries.names import ACTOR_LABELS, Match, find_actors, find_instruments, find_subjects

_EXACT = ("id", "name", "alias")
THING_LABELS = (*ACTOR_LABELS, "Place", "Product", "Program", "Platform", "Instrument")


def find_things(store: Store, name: str) -> list[Match]:
    """Return what a name means: exactly, or as a relative name, or as a part of a name."""
    actors, subjects = find_actors(store, name), find_subjects(store, name)
    instruments = find_instruments(store, name)
    tiers = (
        [match for match in (*actors, *subjects) if match.how in _EXACT],
        [match for match in instruments if match.how != "part"],
        actors,
        subjects,
        instruments,
    )
    first = next((tier for tier in tiers if tier), [])
    return [*{match.id: match for match in first}.values()]
