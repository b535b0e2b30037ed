"""How often measures that meet conditions use each policy instrument."""

from kg.store import Store
from queries.conditions import CONDITIONS
from queries.tallies import tally
from queries.types import Arguments, Found, Query, Row


class InstrumentUseRow(Row):
    """A policy instrument and how many measures and notices use it.

    Attributes:
        instrument_class: supply, environment or demand.
        category: the group below the class, in Chinese.
        instrument_id: the instrument's node.
        instrument: its key, such as funding.
        instrument_zh: its name in Chinese.
        instrument_en: its name in English.
        measures: number of measures.
        notices: number of notices they stand in.
        measure_id: one of the measures, that with the smallest id; `measures` lists them all.
    """

    instrument_class: str
    category: str
    instrument_id: str
    instrument: str
    instrument_zh: str
    instrument_en: str
    measures: int
    notices: int
    measure_id: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the conditions, then count by instrument."""
    return tally(store, arguments, QUERY.name, "instrument")


QUERY = Query(
    name="instrument_use",
    summary_zh="符合全部条件的措施运用了哪些政策工具、各多少项，从多到少（条件同 measures）",
    summary_en="which policy instruments measures that meet the conditions use, and how often",
    own_parameters=CONDITIONS,
    row=InstrumentUseRow,
    example={"jurisdiction": "辽宁省"},
    answer=answer,
)
