"""Notices that an agency issued."""

from kg.store import Store
from queries.names import describe, find_actors, unknown
from queries.rows import row_fields
from queries.types import Arguments, EvidenceRow, Found, Parameter, Query, run_file

_ISSUER = Parameter(
    "issuer",
    "text",
    "发文机关的规范名、简称、相对名称（省政府）或 id",
    "canonical name, alias, relative name (省政府) or id of an agency",
    required=True,
)


class IssuedRow(EvidenceRow):
    """A notice and the agency that issued it."""

    document_number: str | None
    kind: str | None
    jurisdiction: str | None
    issued_on: str | None
    status: str
    issuer_id: str
    issuer: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the agency, then fetch its notices."""
    name = str(arguments["issuer"])
    matches = [match for match in find_actors(store, name) if match.label == "Agency"]
    if not matches:
        return Found([], unknown(store, name, ("Agency",)))
    rows = run_file(
        store,
        QUERY.name,
        {
            "issuer_ids": [match.id for match in matches],
            "skip": arguments["skip"],
            "fetch": arguments["fetch"],
        },
    )
    return Found([row_fields(row, IssuedRow) for row in rows], describe(name, matches))


QUERY = Query(
    name="notices_by_issuer",
    summary_zh="某机关印发的公文",
    summary_en="notices an agency issued",
    own_parameters=(_ISSUER,),
    row=IssuedRow,
    example={"issuer": "省知识产权局"},
    answer=answer,
)
