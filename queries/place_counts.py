"""What each part of the country has: notices and measures of its own, and measures that name it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.divisions import Division, load_divisions
from kg.store import Row as StoreRow
from kg.store import Store
from queries.divided import child_towards, division_of, division_of_code
from queries.jurisdictions import find_divisions
from queries.names import describe, find_instruments, unknown
from queries.parameters import ISSUED_FROM, ISSUED_TO, last_day
from queries.types import BATCH, Arguments, Found, Parameter, Query, Row, run_file

_WITHIN = Parameter(
    "within",
    "text",
    "看哪里的各组成部分：全国（各省）、某省（各市）或某市（各县区）",
    "whose parts are counted: the nation, a province or a city",
    default="全国",
)
USES = Parameter(
    "uses",
    "text",
    "只看运用某政策工具或一类工具的措施",
    "only measures that use this policy instrument, or one of this class",
)


class PlaceCountRow(Row):
    """A division and what it has, everything below it included.

    Attributes:
        code: of GB/T 2260.
        place: its name in the graph.
        short: a short name, such as 辽宁.
        level: national, province, prefecture or county.
        own: True for the first row, `within` itself: what it has without its parts.
        notices: loaded notices of the place (with `uses`, those in which a measure does).
        measures: measures of those notices.
        named: measures of any place's notices that name the place or one below it.
        supported: of these, how many support it; `measures_naming` lists them.
    """

    code: str
    place: str
    short: str
    level: str
    own: bool
    notices: int
    measures: int
    named: int
    supported: int


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is counted: below which division, of which notices and measures."""

    within: Division
    cypher: Mapping[str, Any]

    def group(self, division: Division | None) -> str | None:
        """Return the code of the row that counts a division; None for no row."""
        if division is None:
            return None
        if division.code == self.within.code:
            return division.code
        child = child_towards(division, self.within)
        return child.code if child else None


def answer(store: Store, arguments: Arguments) -> Found:
    """Count for the place asked for and each division directly below it, zeros included."""
    name = str(arguments["within"])
    divisions = find_divisions(name)
    if not divisions:
        return Found([], unknown(store, name, ("Place",)))
    cypher, notes = restrict_measures(store, arguments)
    if cypher is None:
        return Found([], notes)
    scope = _Scope(divisions[0], cypher)
    issued = _issued(store, scope)
    named = {row["item"]: row for row in _named(store, scope)}
    rows = [_row(division, scope, issued, named) for division in _parts(scope.within)]
    skip = int(arguments["skip"] or 0)
    return Found(rows[skip : skip + int(arguments["fetch"] or 0)], notes)


def restrict_measures(
    store: Store, arguments: Arguments
) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """Return the conditions on measures as the Cypher takes them; None if none can meet them."""
    issued_to, uses = arguments["issued_to"], arguments["uses"]
    cypher: dict[str, Any] = {
        "jurisdictions": None,
        "issued_first": arguments["issued_from"],
        "issued_final": last_day(str(issued_to)) if issued_to else None,
        "instrument_ids": None,
    }
    if not uses:
        return cypher, ()
    found = find_instruments(store, str(uses))
    if not found:
        return None, unknown(store, str(uses), ("Instrument",))
    cypher["instrument_ids"] = [match.id for match in found]
    return cypher, describe(str(uses), found)


def _parts(within: Division) -> Iterator[Division]:
    yield within
    yield from load_divisions().children(within.code)


def _issued(store: Store, scope: _Scope) -> Mapping[str, Counter[str]]:
    """Return how many notices and measures there are, by the code of the row."""
    plain = scope.cypher["instrument_ids"] is None
    file = "_measure_totals" if plain else "_measure_totals_using"
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in run_file(store, file, scope.cypher):
        code = scope.group(division_of(row["place"]))
        if code:
            counts[code].update({name: row[name] for name in ("notices", "measures")})
    return counts


def _named(store: Store, scope: _Scope) -> Iterator[StoreRow]:
    """Yield how many measures name the places of each row, a measure once for each row."""
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in run_file(store, "_places_named", {}):
        code = scope.group(division_of_code(row["code"]) or division_of(row["name"]))
        if code:
            groups[code].append({"id": row["id"], "group": code})
    batch: list[dict[str, str]] = []
    for group in groups.values():  # one is never split, or its measures would count twice
        if batch and len(batch) + len(group) > BATCH:
            yield from run_file(store, QUERY.name, {**scope.cypher, "places": batch})
            batch = []
        batch += group
    if batch:
        yield from run_file(store, QUERY.name, {**scope.cypher, "places": batch})


def _row(
    division: Division,
    scope: _Scope,
    issued: Mapping[str, Counter[str]],
    named: Mapping[str, StoreRow],
) -> StoreRow:
    counted = named.get(division.code, {"named": 0, "supported": 0})
    has: Mapping[str, int] = issued.get(division.code, Counter())
    return {
        "code": division.code,
        "place": division.canonical,
        "short": division.stem or division.canonical,
        "level": division.level,
        "own": division.code == scope.within.code,
        "notices": has["notices"],
        "measures": has["measures"],
        **{name: counted[name] for name in ("named", "supported")},
    }


QUERY = Query(
    name="place_counts",
    summary_zh="各地（含其下级）的公文数、措施数，以及提及、支持该地的措施数",
    summary_en="notices and measures of each part of a place, and measures that name it",
    own_parameters=(_WITHIN, USES, ISSUED_FROM, ISSUED_TO),
    row=PlaceCountRow,
    example={"within": "辽宁省"},
    answer=answer,
)
