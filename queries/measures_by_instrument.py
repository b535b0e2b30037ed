"""Measures that use a policy instrument."""

from kg.store import Store
from queries.names import describe, find_instruments, find_notices, unknown
from queries.parameters import NOTICE
from queries.rows import MeasureRow, row_fields
from queries.types import Arguments, Found, Parameter, Query, run_file

INSTRUMENT = Parameter(
    "instrument",
    "text",
    "政策工具的中文名、英文名或 id，或一类工具（supply、environment、demand）",
    "name or id of a policy instrument, or a class of them (supply, environment, demand)",
    required=True,
)


class InstrumentMeasureRow(MeasureRow):
    """A measure and the policy instrument it uses."""

    instrument_id: str
    instrument: str
    instrument_zh: str
    instrument_en: str
    instrument_class: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the instrument, then fetch the measures that use it."""
    name, notice = str(arguments["instrument"]), arguments["notice"]
    matches = find_instruments(store, name)
    notices = find_notices(store, str(notice)) if notice else []
    notes = describe(name, matches) if matches else unknown(store, name, ("Instrument",))
    if notice:
        found = describe(str(notice), notices)
        notes += found if notices else unknown(store, str(notice), ("Notice",))
    rows = run_file(
        store,
        QUERY.name,
        {
            "instrument_ids": [match.id for match in matches],
            "notice_ids": [match.id for match in notices] if notice else None,
            "skip": arguments["skip"],
            "fetch": arguments["fetch"],
        },
    )
    return Found([row_fields(row, InstrumentMeasureRow) for row in rows], notes)


QUERY = Query(
    name="measures_by_instrument",
    summary_zh="运用某种政策工具的措施",
    summary_en="measures that use a policy instrument",
    own_parameters=(INSTRUMENT, NOTICE),
    row=InstrumentMeasureRow,
    example={"instrument": "funding"},
    answer=answer,
)
