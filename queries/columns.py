"""Columns of cross-tabulations: places or years of notices, brought together as a reader asks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from kg.divisions import Level
from kg.store import Row as StoreRow
from kg.store import Store
from queries.divided import ancestor, division_of
from queries.jurisdictions import resolve_jurisdiction
from queries.parameters import last_day
from queries.types import Arguments, Parameter, run_file

type By = Literal["province", "prefecture", "level", "year"]

BY = Parameter(
    "by",
    "text",
    "按什么分列：省 province（含其下级）、市 prefecture（含其下级）、层级 level、年 year",
    "what the columns are: provinces or cities with all below them, levels, or years",
    default="province",
    values=get_args(By.__value__),
)
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a division, a level or a year.

    Attributes:
        key: code of the division, level, year, or `unknown` where the notice does not tell.
        name: canonical name of the division; the key itself otherwise.
        order: sorts the columns: codes and years upwards, levels downwards, unknown last.
    """

    key: str
    name: str
    order: tuple[int, str]


def column_of(place: str, year: str, by: By) -> Column:
    """Return the column of notices of a place and a year, "" where either is unknown."""
    if by == "year":
        return Column(year, year, (0, year)) if year else _UNKNOWN
    return _column_of_place(place, by)


def restrict_notices(
    store: Store, arguments: Arguments
) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """Return the conditions on notices as the Cypher takes them; None if none can meet them."""
    places: list[str] | None = None
    notes: tuple[str, ...] = ()
    if arguments["jurisdiction"]:
        places, notes = resolve_jurisdiction(store, str(arguments["jurisdiction"]))
        if places is None:
            return None, notes
    issued_to = arguments["issued_to"]
    cypher = {
        "jurisdictions": places,
        "issued_first": arguments["issued_from"],
        "issued_final": last_day(str(issued_to)) if issued_to else None,
    }
    return cypher, notes


def measure_totals(store: Store, cypher: Mapping[str, Any], by: By) -> Mapping[Column, int]:
    """Return how many measures the notices of each column have."""
    totals: dict[Column, int] = defaultdict(int)
    for row in run_file(store, "_measure_totals", cypher):
        totals[column_of(row["place"], row["year"], by)] += row["measures"]
    return totals


def gather(rows: Iterable[StoreRow], by: By) -> Mapping[tuple[Column, str], StoreRow]:
    """Return the rows of one column and instrument as one, by both.

    A notice is of one place and one year, so that counts of its measures may be added.
    """
    cells: dict[tuple[Column, str], StoreRow] = {}
    for row in rows:
        key = column_of(row["place"], row["year"], by), row["instrument"]
        cell = cells.setdefault(key, row | {"measures": 0, "notices": 0})
        cell["measures"] += row["measures"]
        cell["notices"] += row["notices"]
        cell["measure_id"] = min(cell["measure_id"], row["measure_id"])
    return cells


@cache
def _column_of_place(place: str, by: By) -> Column:
    division = division_of(place)
    if division is None:
        return _UNKNOWN
    if by == "level":
        order = _LEVEL_ORDER[division.level]
        return Column(division.level, division.level, (0, order))
    level: Level = "prefecture" if by == "prefecture" else "province"
    found = ancestor(division, level)
    return Column(found.code, found.canonical, (0, found.code))


_UNKNOWN = Column(UNKNOWN, UNKNOWN, (1, ""))
_LEVEL_ORDER = {"national": "0", "province": "1", "prefecture": "2", "county": "3"}
