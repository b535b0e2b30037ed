"""The notices of the graph."""

from kg.store import Store
from queries.rows import row_fields
from queries.types import Arguments, Found, Parameter, Query, Row, run_file

_STATUS = Parameter(
    "status",
    "text",
    "loaded 为已装入的公文，cited 为只被引用的公文；不填为全部",
    "loaded: read in full; cited: known from citations only; without it, both",
    values=("loaded", "cited"),
)


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
    parameters = {name: arguments[name] for name in ("status", "skip", "fetch")}
    rows = run_file(store, QUERY.name, parameters)
    return Found([row_fields(row, NoticeRow) for row in rows])


QUERY = Query(
    name="notices",
    summary_zh="图中的公文，新的在前",
    summary_en="the notices of the graph, the latest first",
    own_parameters=(_STATUS,),
    row=NoticeRow,
    example={"status": "loaded"},
    answer=answer,
)
