"""Pairs of agencies that share measures."""

from collections.abc import Mapping

from kg.store import Store
from queries.arguments import bind_arguments
from queries.columns import restrict_notices
from queries.jurisdictions import JURISDICTION
from queries.names import describe, find_actors, unknown
from queries.parameters import ISSUED_FROM, ISSUED_TO
from queries.types import EVERY_ROW, Arguments, Found, Parameter, Query, Row, run_file

_ACTOR = Parameter(
    "actor",
    "text",
    "只看某机关的合作者：规范名、简称、相对名称或 id",
    "only those who work with this agency: its name, alias, relative name or id",
)
_LEAST = Parameter(
    "least",
    "int",
    "至少共同参与的措施数",
    "fewest measures that a pair shares",
    default=1,
    maximum=1_000_000,
)


class PairRow(Row):
    """Two agencies and how many measures both take part in.

    Attributes:
        first_id: the agency asked for, or else the one with the smaller id.
        first: its name.
        second_id: the other.
        second: its name.
        shared: number of measures.
        measure_id: one of them, that with the smallest id; `shared_measures` lists them all.
    """

    first_id: str
    first: str
    second_id: str
    second: str
    shared: int
    measure_id: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Count the pairs, all of them or those of one agency."""
    cypher, notes = restrict_notices(store, arguments)
    if cypher is None:
        return Found([], notes)
    cypher |= {name: arguments[name] for name in ("least", "skip", "fetch")}
    actor = arguments["actor"]
    if actor is None:
        return Found(run_file(store, QUERY.name, cypher), notes)
    matches = find_actors(store, str(actor))
    if not matches:
        return Found([], notes + unknown(store, str(actor), ("Agency",)))
    ids = [match.id for match in matches]
    rows = run_file(store, "_cooperation_of", cypher | {"actor_ids": ids})
    return Found(rows, notes + describe(str(actor), matches))


def find_every_pair(store: Store, parameters: Mapping[str, object]) -> Found:
    """Return the fields of PairRow of all pairs that meet the conditions, however many.

    Args:
        store: the graph.
        parameters: raw values of the query's parameters, without paging.

    Raises:
        QueryError: a parameter is unknown or of the wrong kind.
    """
    return answer(store, bind_arguments(QUERY, parameters) | {"fetch": EVERY_ROW})


QUERY = Query(
    name="cooperation",
    summary_zh="共同参与措施的机关及共同措施数",
    summary_en="pairs of agencies that share measures, with counts",
    own_parameters=(_ACTOR, _LEAST, JURISDICTION, ISSUED_FROM, ISSUED_TO),
    row=PairRow,
    example={"actor": "辽宁省教育厅"},
    answer=answer,
)
