"""How many measures meet conditions which compose."""

from kg.store import Store
from queries.conditions import CONDITIONS, resolve_conditions
from queries.matching import match_measures
from queries.types import Arguments, Found, Query, Row, run_for_ids


class CountRow(Row):
    """How many measures there are, and in how many notices; `measures` lists them."""

    measures: int
    notices: int


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the conditions, then count."""
    made = resolve_conditions(store, arguments)
    if not made.possible:
        return Found([], tuple(made.notes))
    rows = run_for_ids(store, QUERY.name, [key.id for key in match_measures(store, made)])
    count = {
        "measures": sum(row["measures"] for row in rows),
        "notices": len({row["notice_id"] for row in rows}),
    }
    # One row, whatever it counts: a page behind it is empty.
    return Found([count][int(arguments["skip"] or 0) :], tuple(made.notes))


QUERY = Query(
    name="measure_count",
    summary_zh="符合全部条件的措施有多少项（条件同 measures）",
    summary_en="how many measures meet every condition, those of the query measures",
    own_parameters=CONDITIONS,
    row=CountRow,
    example={"actor": "辽宁省教育厅", "not_leader": "辽宁省教育厅"},
    answer=answer,
)
