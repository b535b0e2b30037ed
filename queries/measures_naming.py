"""The measures behind the counts of a place: those that name it, or what lies below it."""

from typing import Literal

from kg.divisions import load_divisions
from kg.store import Store
from queries.divided import division_of, division_of_code
from queries.jurisdictions import find_divisions
from queries.names import unknown
from queries.parameters import ISSUED_FROM, ISSUED_TO
from queries.place_counts import USES, restrict_measures
from queries.rows import MeasureRow, row_fields
from queries.types import BATCH, Arguments, Found, Parameter, Query, run_file

_PLACE = Parameter(
    "place",
    "text",
    "省、市、县等行政区划的名称",
    "name of an administrative division",
    required=True,
)


class NamingRow(MeasureRow):
    """A measure and a place that it names.

    Attributes:
        place_id: the place.
        place: its name.
        relation: SUPPORTS, or MENTIONS where it is named without support.
    """

    place_id: str
    place: str
    relation: Literal["SUPPORTS", "MENTIONS"]


def answer(store: Store, arguments: Arguments) -> Found:
    """Find the places of the graph at or below the division, then what names them."""
    name = str(arguments["place"])
    divisions = find_divisions(name)
    if not divisions:
        return Found([], unknown(store, name, ("Place",)))
    cypher, notes = restrict_measures(store, arguments)
    if cypher is None:
        return Found([], notes)
    places = _places_within(store, divisions[0].code)
    if len(places) > BATCH:
        notes += (f"只查前 {BATCH} 处 only the first {BATCH} places are looked at",)
    page = {key: arguments[key] for key in ("skip", "fetch")}
    rows = run_file(store, QUERY.name, {**cypher, **page, "place_ids": places[:BATCH]})
    return Found([row_fields(row, NamingRow) for row in rows], notes)


def _places_within(store: Store, code: str) -> list[str]:
    divisions = load_divisions()
    found = []
    for row in run_file(store, "_places_named", {}):
        division = division_of_code(row["code"]) or division_of(row["name"])
        if division and divisions.is_within(division.code, code):
            found.append(str(row["id"]))
    return found


QUERY = Query(
    name="measures_naming",
    summary_zh="提及或支持某地及其下级的措施及原文",
    summary_en="measures that name or support a place or one below it, with their words",
    own_parameters=(_PLACE, USES, ISSUED_FROM, ISSUED_TO),
    row=NamingRow,
    example={"place": "辽宁省"},
    answer=answer,
)
