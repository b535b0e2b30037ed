"""The notices under which others are made."""

from kg.store import Store
from queries.jurisdictions import JURISDICTION, resolve_jurisdiction
from queries.types import Arguments, Found, Parameter, Query, Row, run_file

RELATIONS = ("implements", "based_on", "forwards", "amends", "repeals")

_RELATION = Parameter(
    "relation",
    "text",
    "只看一种关系：贯彻落实 implements、依据 based_on、转发 forwards、修订 amends、废止 repeals",
    "one relation only",
    values=RELATIONS,
)


class OriginRow(Row):
    """A notice and how many others are made under it directly.

    Attributes:
        notice_id: the notice.
        notice_title: its title.
        document_number: its number.
        jurisdiction: its place.
        issued_on: its date, an ISO prefix.
        status: `loaded`, or `cited` if the graph knows its name alone.
        derived: number of notices made under it.
        places: number of places that those are of.
        first_on: date of the earliest of them, an ISO prefix.
        last_on: date of the latest.
    """

    notice_id: str
    notice_title: str
    document_number: str | None
    jurisdiction: str | None
    issued_on: str | None
    status: str
    derived: int
    places: int
    first_on: str | None
    last_on: str | None


def answer(store: Store, arguments: Arguments) -> Found:
    """Count what derives from each notice, in all places or in one."""
    parameters = {name: arguments[name] for name in ("relation", "skip", "fetch")}
    places: list[str] | None = None
    notes: tuple[str, ...] = ()
    if arguments["jurisdiction"]:
        places, notes = resolve_jurisdiction(store, str(arguments["jurisdiction"]))
        if places is None:
            return Found([], notes)
    return Found(run_file(store, QUERY.name, parameters | {"jurisdictions": places}), notes)


QUERY = Query(
    name="origins",
    summary_zh="被其他公文作为依据的公文，被依据得多的在前（可只看某地公文的依据）",
    summary_en="notices under which others are made, those with most of them first",
    own_parameters=(JURISDICTION, _RELATION),
    row=OriginRow,
    example={},
    answer=answer,
)
