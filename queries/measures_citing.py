"""Measures that name a law, a policy or another notice."""

from kg.store import Store
from queries.names import MAX_MATCHES, describe, find_notices, unknown
from queries.parameters import ISSUED_FROM, ISSUED_TO, last_day
from queries.rows import MeasureRow, row_fields
from queries.types import Arguments, Found, Parameter, Query, run_file

_CITED = Parameter(
    "cited",
    "text",
    "被引用的法规、政策的标题或发文字号，也可为标题的一部分",
    "title or document number of the law or policy that is cited, or a part of its title",
    required=True,
)


class CitingRow(MeasureRow):
    """A measure and what it cites.

    Attributes:
        cited_id: the notice cited.
        cited: its title.
        cited_number: its document number, where known.
        cited_status: `loaded` if its text is in the graph, else `cited`.
    """

    cited_id: str
    cited: str
    cited_number: str | None
    cited_status: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve what is cited, then fetch the measures that name it."""
    name = str(arguments["cited"])
    matches = find_notices(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Notice",)))
    final = arguments["issued_to"]
    parameters = {
        "cited_ids": [match.id for match in matches[:MAX_MATCHES]],
        "issued_first": arguments["issued_from"],
        "issued_final": last_day(str(final)) if final else None,
        "skip": arguments["skip"],
        "fetch": arguments["fetch"],
    }
    rows = run_file(store, QUERY.name, parameters)
    return Found([row_fields(row, CitingRow) for row in rows], describe(name, matches))


QUERY = Query(
    name="measures_citing",
    summary_zh="引用某法规、政策或公文的措施",
    summary_en="measures that cite a law, a policy or a notice",
    own_parameters=(_CITED, ISSUED_FROM, ISSUED_TO),
    row=CitingRow,
    example={"cited": "辽宁省知识产权保护条例"},
    answer=answer,
)
