"""The notices of the graph."""

from collections.abc import Mapping

from kg.store import Row as StoreRow
from kg.store import Store
from queries.conditions import Resolved
from queries.notice_conditions import NOTICE_CONDITIONS, resolve_notice_conditions
from queries.rows import row_fields
from queries.types import EVERY_ROW, Argument, Arguments, Found, Query, Row, run_file


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
    made = resolve_notice_conditions(store, arguments)
    page = {name: arguments[name] for name in ("skip", "fetch")}
    return Found(_rows(store, made, page), tuple(made.notes))


def all_notices(store: Store, arguments: Arguments) -> tuple[list[StoreRow], Resolved]:
    """Return the fields of NoticeRow of all that meet the conditions, and how names were taken."""
    made = resolve_notice_conditions(store, arguments)
    return _rows(store, made, {"skip": 0, "fetch": EVERY_ROW}), made


def _rows(store: Store, made: Resolved, page: Mapping[str, Argument]) -> list[StoreRow]:
    if not made.possible:
        return []
    rows = run_file(store, QUERY.name, {**made.cypher, **page})
    return [row_fields(row, NoticeRow) for row in rows]


QUERY = Query(
    name="notices",
    summary_zh="图中符合条件的公文，新的在前",
    summary_en="the notices of the graph that meet the conditions, the latest first",
    own_parameters=NOTICE_CONDITIONS,
    row=NoticeRow,
    example={"status": "loaded"},
    answer=answer,
)
