"""Measures that meet conditions which compose, each with the facts that meet them."""

from collections.abc import Mapping, Sequence

from kg.store import Row as StoreRow
from kg.store import Store
from queries.conditions import CONDITIONS, Resolved, resolve_conditions
from queries.rows import row_fields
from queries.types import Arguments, Found, Query, Row, run_file, run_for_ids


class FactRow(Row):
    """A fact that meets a condition.

    Attributes:
        type: LEADS, RESPONSIBLE_FOR, SUPPORTS, MENTIONS or USES.
        is_role: whether the thing is an actor of the measure, rather than what it is about.
        thing_id: the actor, thing or instrument.
        thing: its name.
        thing_label: its label.
        quote: the notice's words for it.
        start: where they begin, in code points of the notice's stored text.
        end: where they end, exclusive.
        eid: id of the edge that holds the fact.
    """

    type: str
    is_role: bool
    thing_id: str
    thing: str
    thing_label: str
    quote: str
    start: int
    end: int
    eid: str


class MatchingMeasureRow(Row):
    """A measure and why it is in the answer.

    Attributes:
        measure_id: the measure.
        measure: its title.
        path: its place in the outline of its notice.
        facts: those that meet the conditions; empty where only something absent was asked for.
        due_on: deadline, an ISO prefix.
        ongoing: True for 持续推进 and the like.
        due_text: the deadline in the notice's words.
        issued_on: date of the notice, an ISO prefix.
        jurisdiction: the place that the notice is for.
        notice_id: the notice it stands in.
        notice_title: its title.
        quote: the measure's title as it stands in the text; None, as start and end, if it does not.
        start: where the quote begins, in code points of the notice's stored text.
        end: where it ends, exclusive.
    """

    measure_id: str
    measure: str
    path: str
    facts: tuple[FactRow, ...]
    due_on: str | None
    ongoing: bool | None
    due_text: str | None
    issued_on: str | None
    jurisdiction: str | None
    notice_id: str
    notice_title: str
    quote: str | None
    start: int | None
    end: int | None


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the conditions, fetch a page of measures, and the facts of each."""
    made = resolve_conditions(store, arguments)
    if not made.possible:
        return Found([], tuple(made.notes))
    page = {name: arguments[name] for name in ("skip", "fetch")}
    cypher = "_measures_involving" if made.cypher["needed"] else QUERY.name
    rows = run_file(store, cypher, made.cypher | page)
    facts = _facts(store, [row["measure_id"] for row in rows], made)
    notices = sorted({row["notice_id"] for row in rows})
    texts = {row["id"]: row["text"] for row in run_for_ids(store, "_texts", notices)}
    full = (row | _words(row, texts) | {"facts": facts.get(row["measure_id"], [])} for row in rows)
    return Found([row_fields(row, MatchingMeasureRow) for row in full], tuple(made.notes))


def _facts(store: Store, ids: Sequence[str], made: Resolved) -> Mapping[str, list[StoreRow]]:
    things = sorted({thing for _, thing, _ in made.kinds})
    found: dict[str, list[StoreRow]] = {}
    if not things or not ids:
        return found
    for row in run_file(store, "_measure_facts", {"measure_ids": ids, "thing_ids": things}):
        if (row["type"], row["thing_id"], row["is_role"]) in made.kinds:
            found.setdefault(row["measure_id"], []).append(row_fields(row, FactRow))
    return found


def _words(row: StoreRow, texts: Mapping[str, str | None]) -> StoreRow:
    # Looked up here, not in Cypher: Neo4j counts UTF-16 units, the graph code points.
    title, text = row["measure"], texts.get(row["notice_id"]) or ""
    at = text.find(title, row["measure_start"], row["measure_end"]) if title else -1
    if at < 0:
        return {"quote": None, "start": None, "end": None}
    return {"quote": title, "start": at, "end": at + len(title)}


QUERY = Query(
    name="measures",
    summary_zh="符合全部条件的措施：涉及谁、由谁牵头、不涉及什么、何时到期、哪里的公文",
    summary_en="measures that meet every condition: who, what, what not, by when, of which place",
    own_parameters=CONDITIONS,
    row=MatchingMeasureRow,
    example={"leader": "省知识产权局", "involves": "盘锦大米", "to": "2024"},
    answer=answer,
)
