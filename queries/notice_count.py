"""How many notices meet conditions."""

from kg.store import Store
from queries.notice_conditions import NOTICE_CONDITIONS, resolve_notice_conditions
from queries.types import Arguments, Found, Query, Row, run_file


class NoticeCountRow(Row):
    """How many notices there are; `notices` lists them."""

    notices: int


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the conditions, then count."""
    made = resolve_notice_conditions(store, arguments)
    rows = run_file(store, QUERY.name, made.cypher) if made.possible else []
    # One row, whatever it counts: a page behind it is empty.
    return Found(rows[int(arguments["skip"] or 0) :], tuple(made.notes))


QUERY = Query(
    name="notice_count",
    summary_zh="符合条件的公文有多少份（条件同 notices）",
    summary_en="how many notices meet the conditions, those of the query notices",
    own_parameters=NOTICE_CONDITIONS,
    row=NoticeCountRow,
    example={"status": "loaded", "jurisdiction": "辽宁省"},
    answer=answer,
)
