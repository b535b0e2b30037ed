"""The notices of the graph."""

from kg.store import Store
from queries.notice_conditions import NOTICE_CONDITIONS, resolve_notice_conditions
from queries.rows import row_fields
from queries.types import Arguments, Found, Query, Row, run_file


class NoticeRow(Row):
    """A notice, as a list shows it."""

    notice_id: str
    notice_title: str
    document_number: str | None
    kind: str | None
    jurisdiction: str | None
    issued_on: str | None
    published_on: str | None
    status: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Fetch the notices without what they are sorted by."""
    parameters, notes = resolve_notice_conditions(store, arguments)
    if parameters is None:
        return Found([], notes)
    page = {name: arguments[name] for name in ("skip", "fetch")}
    rows = run_file(store, QUERY.name, parameters | page)
    return Found([row_fields(row, NoticeRow) for row in rows], notes)


QUERY = Query(
    name="notices",
    summary_zh="图中符合条件的公文，新的在前",
    summary_en="the notices of the graph that meet the conditions, the latest first",
    own_parameters=NOTICE_CONDITIONS,
    row=NoticeRow,
    example={"status": "loaded"},
    answer=answer,
)
