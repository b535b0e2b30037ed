"""The facts that a stretch of a notice states."""

from kg.store import Store
from queries.rows import GraphRow, edge_row
from queries.types import Arguments, Found, Parameter, Query, run_file

END = 999_999_999

_ID = Parameter("id", "text", "公文的 id", "id of a notice", required=True)
_FROM = Parameter(
    "from", "int", "起始位置（字符）", "first code point", default=0, minimum=0, maximum=END
)
_TO = Parameter(
    "to", "int", "结束位置（不含）", "end, exclusive", default=END, minimum=1, maximum=END
)


def answer(store: Store, arguments: Arguments) -> Found:
    """Fetch the edges whose words overlap the stretch, in the order of the text."""
    parameters = {name: arguments[name] for name in ("id", "from", "to", "skip", "fetch")}
    rows = run_file(store, QUERY.name, parameters)
    return Found([edge_row(row, 1) for row in rows])


QUERY = Query(
    name="notice_relations",
    summary_zh="某公文的某段文字中读出的关系",
    summary_en="the facts read from a stretch of a notice",
    own_parameters=(_ID, _FROM, _TO),
    row=GraphRow,
    example={"id": "00000000000000000000"},
    answer=answer,
)
