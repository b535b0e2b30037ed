"""Measures by when they are due."""

from collections.abc import Mapping

from kg.errors import QueryError
from kg.store import Row as StoreRow
from kg.store import Store
from queries.calendar import CALENDAR_CONDITIONS, resolve_calendar
from queries.parameters import NO_DATES, last_day
from queries.rows import row_fields
from queries.types import Arguments, Found, Parameter, Query, Row, run_file, run_for_ids

_FROM = Parameter(
    "from",
    "date",
    "最早的期限，如 2025 或 2025-06-01",
    "earliest deadline, e.g. 2025 or 2025-06-01",
)
_TO = Parameter(
    "to",
    "date",
    "最晚的期限，含当日、当月或当年",
    "latest deadline, that day, month or year included",
)
_ONGOING = Parameter(
    "ongoing",
    "bool",
    "改看持续推进、没有期限的措施",
    "instead, measures that go on without an end",
    default=False,
)


class DeadlineRow(Row):
    """A measure and when it is due.

    Attributes:
        measure_id: the measure.
        measure: its title.
        path: its place in the outline of its notice.
        due_on: deadline, an ISO prefix.
        ongoing: True for 持续推进 and the like.
        due_text: the deadline in the notice's words.
        issued_on: date of the notice, an ISO prefix.
        notice_id: the notice that says so.
        notice_title: its title.
        jurisdiction: its place.
        quote: `due_text` where the text of the measure holds it, else None, as start and end.
        start: where the quote begins, in code points of the notice's stored text.
        end: where it ends, exclusive.
    """

    measure_id: str
    measure: str
    path: str
    due_on: str | None
    ongoing: bool | None
    due_text: str | None
    issued_on: str | None
    notice_id: str
    notice_title: str
    jurisdiction: str | None
    quote: str | None
    start: int | None
    end: int | None


def answer(store: Store, arguments: Arguments) -> Found:
    """Fetch the measures due in the span, and find their deadlines in the text."""
    ongoing = arguments["ongoing"]
    if ongoing and (arguments["from"] or arguments["to"]):
        raise QueryError(f"{QUERY.name}: {NO_DATES}")
    cypher, notes = resolve_calendar(store, arguments)
    if cypher is None:
        return Found([], notes)
    rows = run_file(
        store,
        QUERY.name,
        cypher
        | {
            "first_day": arguments["from"] or "",
            "final_day": last_day(str(arguments["to"] or "9999")),
            "ongoing": ongoing,
            "skip": arguments["skip"],
            "fetch": arguments["fetch"],
        },
    )
    notice_ids = sorted({row["notice_id"] for row in rows})
    texts = {row["id"]: row["text"] for row in run_for_ids(store, "_texts", notice_ids)}
    full = (row | _evidence(row, texts) for row in rows)
    return Found([row_fields(row, DeadlineRow) for row in full], notes)


def _evidence(row: StoreRow, texts: Mapping[str, str | None]) -> StoreRow:
    # Sliced here, not in Cypher: Neo4j counts UTF-16 units, the graph code points.
    quote, text = row["due_text"], texts.get(row["notice_id"]) or ""
    at = text.find(quote, row["measure_start"], row["measure_end"]) if quote else -1
    if at < 0:
        return {"quote": None, "start": None, "end": None}
    return {"quote": quote, "start": at, "end": at + len(quote)}


QUERY = Query(
    name="measures_by_deadline",
    summary_zh="在某段时间内到期，或持续推进的措施",
    summary_en="measures due in a span of time, or ongoing",
    own_parameters=(_FROM, _TO, _ONGOING, *CALENDAR_CONDITIONS),
    row=DeadlineRow,
    example={"from": "2024", "to": "2025"},
    answer=answer,
)
