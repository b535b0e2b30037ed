"""How many measures meet conditions which compose."""

from kg.store import Store
from queries.conditions import CONDITIONS, resolve_conditions
from queries.types import Arguments, Found, Query, Row, run_file


class CountRow(Row):
    """How many measures there are, and in how many notices; `measures` lists them."""

    measures: int
    notices: int


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the conditions, then count."""
    made = resolve_conditions(store, arguments)
    if not made.possible:
        return Found([], tuple(made.notes))
    cypher = "_measure_count_involving" if made.cypher["needed"] else QUERY.name
    rows = run_file(store, cypher, made.cypher)
    # One row, whatever it counts: a page behind it is empty.
    return Found(rows[int(arguments["skip"] or 0) :], tuple(made.notes))


QUERY = Query(
    name="measure_count",
    summary_zh="符合全部条件的措施有多少项（条件同 measures）",
    summary_en="how many measures meet every condition, those of the query measures",
    own_parameters=CONDITIONS,
    row=CountRow,
    example={"actor": "辽宁省教育厅", "not_leader": "辽宁省教育厅"},
    answer=answer,
)
