"""Policy instruments by place, level or year: how many measures use each."""

from typing import Literal, cast

from kg.store import Store
from queries.columns import BY, By, gather, measure_totals, restrict_notices
from queries.jurisdictions import JURISDICTION
from queries.parameters import ISSUED_FROM, ISSUED_TO
from queries.types import Arguments, Found, Parameter, Query, Row, run_file

_CLASS = Parameter(
    "instrument_class",
    "text",
    "只看一类工具：供给型 supply、环境型 environment、需求型 demand",
    "one class of instruments only",
    values=("supply", "environment", "demand"),
)


class MatrixRow(Row):
    """A cell: an instrument and a column, where at least one measure uses the instrument.

    Attributes:
        column: code of a division, level, year, or `unknown`.
        column_name: the division's name; the column itself otherwise.
        column_measures: all measures of the column's notices.
        instrument_class: supply, environment or demand.
        category: the group below the class, in Chinese.
        instrument_id: the instrument's node.
        instrument: its key, such as funding.
        instrument_zh: its name in Chinese.
        instrument_en: its name in English.
        measures: measures of the column that use it.
        notices: notices they stand in.
        share: of the column's measures, in [0, 1].
        measure_id: one of the measures, that with the smallest id; `instrument_cell` lists all.
    """

    column: str
    column_name: str
    column_measures: int
    instrument_class: Literal["supply", "environment", "demand"]
    category: str
    instrument_id: str
    instrument: str
    instrument_zh: str
    instrument_en: str
    measures: int
    notices: int
    share: float
    measure_id: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Count by place and year, then bring the counts together by column."""
    cypher, notes = restrict_notices(store, arguments)
    if cypher is None:
        return Found([], notes)
    by = cast(By, arguments["by"])
    totals = measure_totals(store, cypher, by)
    wanted = {"instrument_class": arguments["instrument_class"]}
    cells = gather(run_file(store, QUERY.name, cypher | wanted), by)
    keys = sorted(cells, key=lambda key: (key[0].order, key[1]))
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    rows = []
    for column, instrument in keys[skip : skip + fetch]:
        cell = cells[column, instrument]
        whole = totals[column]
        rows.append(
            {name: cell[name] for name in MatrixRow.model_fields if name in cell}
            | {"column": column.key, "column_name": column.name, "column_measures": whole}
            | {"share": round(cell["measures"] / whole, 4)}
        )
    return Found(rows, notes)


QUERY = Query(
    name="instrument_matrix",
    summary_zh="各地、各层级或各年运用各种政策工具的措施数",
    summary_en="how many measures use each policy instrument, by place, level or year",
    own_parameters=(BY, JURISDICTION, ISSUED_FROM, ISSUED_TO, _CLASS),
    row=MatrixRow,
    example={"by": "province"},
    answer=answer,
)
