"""The facts that a stretch of a notice states."""

from kg.store import Store
from queries.names import describe, find_notices, unknown
from queries.rows import GraphRow, edge_row
from queries.types import Arguments, Found, Parameter, Query, run_file

END = 999_999_999

_ID = Parameter(
    "id",
    "text",
    "公文的 id、标题或发文字号",
    "id, title or document number of a notice",
    required=True,
)
_FROM = Parameter(
    "from", "int", "起始位置（字符）", "first code point", default=0, minimum=0, maximum=END
)
_TO = Parameter(
    "to", "int", "结束位置（不含）", "end, exclusive", default=END, minimum=1, maximum=END
)


def answer(store: Store, arguments: Arguments) -> Found:
    """Fetch the edges whose words overlap the stretch, in the order of the text."""
    name = str(arguments["id"])
    matches = find_notices(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Notice",)))
    parameters = {key: arguments[key] for key in ("from", "to", "skip", "fetch")}
    rows = run_file(store, QUERY.name, {**parameters, "id": matches[0].id})
    return Found([edge_row(row, 1) for row in rows], describe(name, matches))


QUERY = Query(
    name="notice_relations",
    summary_zh="某公文的某段文字中读出的关系",
    summary_en="the facts read from a stretch of a notice",
    own_parameters=(_ID, _FROM, _TO),
    row=GraphRow,
    example={"id": "辽宁省地理标志运用促进实施方案"},
    answer=answer,
)
