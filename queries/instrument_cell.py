"""The measures behind a cell of the matrix of policy instruments."""

from typing import Any, cast

from kg.store import Store
from queries.columns import BY, By, column_of, restrict_notices
from queries.jurisdictions import JURISDICTION
from queries.measures_by_instrument import INSTRUMENT, InstrumentMeasureRow
from queries.names import describe, find_instruments, unknown
from queries.parameters import ISSUED_FROM, ISSUED_TO
from queries.rows import row_fields
from queries.types import Arguments, Found, Parameter, Query, run_file

_COLUMN = Parameter(
    "column",
    "text",
    "列：行政区划代码、层级、年份或 unknown，同 instrument_matrix",
    "the column, as instrument_matrix has it: code of a division, level, year or unknown",
    required=True,
)


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the instrument and the column, then fetch the measures."""
    name = str(arguments["instrument"])
    matches = find_instruments(store, name)
    cypher, notes = restrict_notices(store, arguments)
    if not matches:
        return Found([], notes + unknown(store, name, ("Instrument",)))
    notes += describe(name, matches)
    if cypher is None:
        return Found([], notes)
    parameters = cypher | _column(store, arguments, cypher)
    parameters |= {key: arguments[key] for key in ("skip", "fetch")}
    parameters["instrument_ids"] = [match.id for match in matches]
    rows = run_file(store, QUERY.name, parameters)
    return Found([row_fields(row, InstrumentMeasureRow) for row in rows], notes)


def _column(store: Store, arguments: Arguments, cypher: dict[str, Any]) -> dict[str, Any]:
    """Return the places or the years that a column holds."""
    by, column = cast(By, arguments["by"]), str(arguments["column"])
    known = run_file(store, "_measure_totals", cypher)
    held = [row for row in known if column_of(row["place"], row["year"], by).key == column]
    if by == "year":
        return {"years": sorted({row["year"] for row in held}), "places": None}
    return {"years": None, "places": sorted({row["place"] for row in held})}


QUERY = Query(
    name="instrument_cell",
    summary_zh="政策工具矩阵中某一格的措施及原文",
    summary_en="the measures behind a cell of instrument_matrix, with their words",
    own_parameters=(INSTRUMENT, _COLUMN, BY, JURISDICTION, ISSUED_FROM, ISSUED_TO),
    row=InstrumentMeasureRow,
    example={"instrument": "funding", "column": "210000"},
    answer=answer,
)
