"""Measures that take over the words of earlier measures."""

from typing import Any

from kg.store import Store
from queries.names import describe, find_notices, unknown
from queries.parameters import NOTICE
from queries.types import Arguments, EvidenceRow, Found, Parameter, Query, run_file

_LEAST = Parameter(
    "least",
    "int",
    "沿用的文字至少占后一措施的百分之几",
    "fewest per cent of the later measure's words that are taken over",
    default=0,
    minimum=0,
    maximum=100,
)


class ReuseRow(EvidenceRow):
    """A later measure and the earlier one whose words it takes over.

    The quote is the longest passage taken over, as it stands in the later measure's notice.

    Attributes:
        measure_id: the later measure.
        measure: its title.
        path: its place in the outline of its notice.
        jurisdiction: the place of its notice.
        issued_on: date of its notice, an ISO prefix.
        origin_id: the earlier measure.
        origin: its title.
        origin_path: its place in the outline.
        origin_notice_id: its notice.
        origin_notice: the title of that.
        origin_jurisdiction: the place of that.
        origin_issued_on: the date of that, an ISO prefix.
        share: of the later measure's words that are taken over, in [0, 1].
    """

    measure_id: str
    measure: str
    path: str
    jurisdiction: str | None
    issued_on: str | None
    origin_id: str
    origin: str
    origin_path: str
    origin_notice_id: str
    origin_notice: str
    origin_jurisdiction: str | None
    origin_issued_on: str | None
    share: float


def answer(store: Store, arguments: Arguments) -> Found:
    """Fetch the pairs, all of them or those in which a measure of the notice is either one."""
    parameters: dict[str, Any] = {name: arguments[name] for name in ("skip", "fetch")}
    parameters |= {"least_share": int(arguments["least"] or 0) / 100, "notice_ids": None}
    if arguments["notice"] is None:
        return Found(run_file(store, QUERY.name, parameters))
    name = str(arguments["notice"])
    matches = find_notices(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Notice",)))
    parameters["notice_ids"] = [match.id for match in matches]
    return Found(run_file(store, QUERY.name, parameters), describe(name, matches))


QUERY = Query(
    name="reused_measures",
    summary_zh="沿用了较早措施文字的措施，沿用比例高的在前",
    summary_en="measures that take over the words of earlier ones, the largest share first",
    own_parameters=(NOTICE, _LEAST),
    row=ReuseRow,
    example={"least": 30},
    answer=answer,
)
