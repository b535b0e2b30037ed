"""How many measures use each policy instrument."""

from kg.store import Store
from queries.names import describe, find_notices, unknown
from queries.parameters import NOTICE
from queries.types import Arguments, Found, Parameter, Query, Row, run_file

_JURISDICTION = Parameter(
    "jurisdiction",
    "text",
    "只看某地的公文，如 辽宁省、全国",
    "notices of one jurisdiction only, e.g. 辽宁省 or 全国",
)


class InstrumentCountRow(Row):
    """A policy instrument, its class, and the number of measures and notices that use it."""

    instrument_class: str
    category: str
    instrument_id: str
    instrument: str
    instrument_zh: str
    instrument_en: str
    measures: int
    notices: int


def answer(store: Store, arguments: Arguments) -> Found:
    """Count the measures of all notices, or of those asked for."""
    page = {name: arguments[name] for name in ("jurisdiction", "skip", "fetch")}
    if arguments["notice"] is None:
        return Found(run_file(store, QUERY.name, page))
    name = str(arguments["notice"])
    matches = find_notices(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Notice",)))
    ids = [match.id for match in matches]
    rows = run_file(store, "_instrument_classes_of", page | {"notice_ids": ids})
    return Found(rows, describe(name, matches))


QUERY = Query(
    name="instrument_classes",
    summary_zh="各类政策工具的措施数（供给型、环境型、需求型）",
    summary_en="number of measures for each policy instrument and class",
    own_parameters=(NOTICE, _JURISDICTION),
    row=InstrumentCountRow,
    example={},
    answer=answer,
)
