"""How many measures meet conditions which compose."""

from dataclasses import replace

from kg.store import Store
from queries.conditions import CONDITIONS, run_conditions
from queries.types import Arguments, Found, Query, Row


class CountRow(Row):
    """How many measures there are, and in how many notices; `measures` lists them."""

    measures: int
    notices: int


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the conditions, then count."""
    found = run_conditions(store, arguments, (QUERY.name, "_measure_count_involving"))
    # One row, whatever it counts: a page behind it is empty.
    return replace(found, rows=found.rows[int(arguments["skip"] or 0) :])


QUERY = Query(
    name="measure_count",
    summary_zh="符合全部条件的措施有多少项（条件同 measures）",
    summary_en="how many measures meet every condition, those of the query measures",
    own_parameters=CONDITIONS,
    row=CountRow,
    example={"actor": "辽宁省教育厅", "not_leader": "辽宁省教育厅"},
    answer=answer,
)
