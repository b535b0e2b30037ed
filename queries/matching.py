"""Which measures meet conditions: a set for each condition, and what all of them share.

Each set is one short walk from the ids of what was named. One statement for all conditions at once
was ten times slower on Grafeo, which tries every EXISTS of a WHERE on every row.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sized
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from kg.store import Row, Store
from queries.conditions import NEEDS, Resolved
from queries.parameters import last_day
from queries.types import run_file, run_for_ids

SORTS = ("-issued_on", "issued_on", "due_on", "-due_on")
_NOTICE_CONDITIONS = ("jurisdictions", "notice_ids", "issued_first", "issued_final", "issuer_ids")
_TIMES = ("first_day", "final_day", "no_deadline", "any_deadline", "ongoing")
_LATE = 99_999_999  # sorts after every date, and negated before every one

type SortKey = tuple[int, str, int, str]


class Recall(Protocol):
    """Keeps what was made for a key, while the graph is as it was."""

    def __call__[T: Sized](self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept for the key, else what `make` returns."""


def make_anew[T: Sized](key: Hashable, make: Callable[[], T]) -> T:
    """Keep nothing."""
    return make()


class MeasureKey(NamedTuple):
    """What a measure is chosen and sorted by.

    Attributes:
        id: the measure.
        notice_id: the notice it stands in.
        start: where it begins there, in code points.
        due_on: its deadline, an ISO prefix; None if there is none.
        issued_on: date of the notice, an ISO prefix; None if unknown.
    """

    id: str
    notice_id: str
    start: int
    due_on: str | None
    issued_on: str | None


def match_measures(store: Store, made: Resolved, recall: Recall = make_anew) -> list[MeasureKey]:
    """Return the measures that meet every condition, in no order.

    Args:
        store: the graph.
        made: the conditions.
        recall: gives back what it kept for a key while the graph is as it was, else makes it.
    """
    if not made.possible:
        return []
    pieces = _Pieces(store, recall)
    notices = _notice_dates(store, made.cypher)
    chosen = _candidates(pieces, made, notices)
    for what in made.needs:
        chosen = _kept(chosen, pieces.having(what), wanted=True)
    for what in made.lacks:
        chosen = _kept(chosen, pieces.having(what), wanted=False)
    for term in made.denied:
        chosen = _kept(chosen, pieces.involving(term), wanted=False)
    if any(made.cypher[name] for name in _TIMES):
        chosen = {key: row for key, row in chosen.items() if _is_in_time(row, made.cypher)}
    return [
        MeasureKey(key, row["notice_id"], row["start"], row["due_on"], notices[row["notice_id"]])
        for key, row in chosen.items()
        if row["notice_id"] in notices
    ]


def sorted_measures(keys: Iterable[MeasureKey], sort: str) -> list[tuple[SortKey, MeasureKey]]:
    """Return measures in one of the orders of SORTS, with what they were sorted by.

    The order is total, and a measure's place in it depends on that measure and its notice alone.
    Measures without a deadline come last by deadline; those of one notice stay in its order.
    """
    sign = -1 if sort.startswith("-") else 1
    if sort.endswith("due_on"):
        days = ((key, sign * _final_day(key.due_on) if key.due_on else _LATE) for key in keys)
    else:
        days = ((key, sign * _number(key.issued_on)) for key in keys)
    return sorted(((day, key.notice_id, key.start, key.id), key) for key, day in days)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The sets that conditions are made of; the same ones serve many conditions."""

    store: Store
    recall: Recall

    def involving(self, term: Mapping[str, Any]) -> dict[str, Row]:
        """Return the measures joined to any of the things of a term."""
        key = ("involving", *(tuple(term[name]) for name in ("ids", "roles", "relations")))
        return self.recall(key, lambda: _by_id(run_file(self.store, "_measures_of_things", term)))

    def holding(self, words: str | None) -> dict[str, Row]:
        """Return the measures whose text holds the words; all, without any."""
        given = {"text": words}
        return self.recall(
            ("holding", words), lambda: _by_id(run_file(self.store, "_measures_by_text", given))
        )

    def having(self, what: str) -> frozenset[str]:
        """Return the ids of the measures that have an edge of a kind."""
        given = {"types": list(NEEDS[what])}
        return self.recall(
            ("having", what),
            lambda: frozenset(row["id"] for row in run_file(self.store, "_measures_having", given)),
        )


def _candidates(
    pieces: _Pieces, made: Resolved, notices: Mapping[str, str | None]
) -> dict[str, Row]:
    """Return the measures that involve all that is named, and hold the words, if there are any."""
    sets = [pieces.involving(term) for term in made.terms]
    restricted = any(made.cypher[name] is not None for name in _NOTICE_CONDITIONS)
    if made.cypher["text"] is not None:
        sets.append(pieces.holding(made.cypher["text"]))
    if restricted and not sets:
        sets.append(_by_id(run_for_ids(pieces.store, "_measures_of_notices", sorted(notices))))
    if not sets:
        return pieces.holding(None)
    first, *others = sorted(sets, key=len)
    return {key: row for key, row in first.items() if all(key in other for other in others)}


def _notice_dates(store: Store, conditions: Mapping[str, Any]) -> dict[str, str | None]:
    given = {name: conditions[name] for name in _NOTICE_CONDITIONS}
    return {row["id"]: row["issued_on"] for row in run_file(store, "_notice_dates", given)}


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}


def _kept(chosen: dict[str, Row], ids: Collection[str], *, wanted: bool) -> dict[str, Row]:
    return {key: row for key, row in chosen.items() if (key in ids) is wanted}


def _is_in_time(row: Row, conditions: Mapping[str, Any]) -> bool:
    due = last_day(row["due_on"]) if row["due_on"] else None
    first, final = conditions["first_day"], conditions["final_day"]
    if (first or final) and due is None:
        return False
    if (first and str(due) < first) or (final and str(due) > final):
        return False
    ongoing = bool(row["ongoing"])
    if conditions["no_deadline"] and (due is not None or ongoing):
        return False
    if conditions["any_deadline"] and due is None and not ongoing:
        return False
    return ongoing or not conditions["ongoing"]


@lru_cache(maxsize=4096)
def _final_day(date: str) -> int:
    return _number(last_day(date))


@lru_cache(maxsize=4096)
def _number(date: str | None) -> int:
    """Return a number that sorts as the ISO prefix does; 0 for none."""
    return int((date or "").replace("-", "").ljust(8, "0"))
