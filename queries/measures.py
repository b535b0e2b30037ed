"""Measures that meet conditions which compose, each with the facts that meet them."""

from collections.abc import Mapping, Sequence
from itertools import batched

from kg.store import Row as StoreRow
from kg.store import Store
from queries.conditions import CONDITIONS, Resolved, resolve_conditions
from queries.matching import SORTS, match_measures, sorted_measures
from queries.rows import row_fields
from queries.types import BATCH, Arguments, Found, Parameter, Query, Row, run_file, run_for_ids

SORT = Parameter(
    "sort",
    "text",
    "次序：公文日期 issued_on 或期限 due_on，前加 - 为倒序",
    "by date of the notice or by deadline; - before it for the latest first",
    default=SORTS[0],
    values=SORTS,
)


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
    """Choose the measures, then fetch a page of them, and the facts of each."""
    made = resolve_conditions(store, arguments)
    chosen = sorted_measures(match_measures(store, made), str(arguments["sort"]))
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    rows = matching_rows(store, [key.id for _, key in chosen[skip : skip + fetch]], made)
    return Found(rows, tuple(made.notes))


def matching_rows(store: Store, ids: Sequence[str], made: Resolved) -> list[StoreRow]:
    """Return the fields of MatchingMeasureRow for measures, in the order given."""
    facts = measure_facts(store, ids, sorted({thing for _, thing, _ in made.kinds}))
    rows = []
    for row in measure_rows(store, ids):
        met = [fact for fact in facts.get(row["measure_id"], ()) if fact_kind(fact) in made.kinds]
        full = row | {"facts": [row_fields(fact, FactRow) for fact in met]}
        rows.append(row_fields(full, MatchingMeasureRow))
    return rows


def measure_rows(store: Store, ids: Sequence[str]) -> list[StoreRow]:
    """Return the fields of MatchingMeasureRow, facts left out, for measures in the order given."""
    rows = {row["measure_id"]: row for row in run_for_ids(store, QUERY.name, ids)}
    notices = sorted({row["notice_id"] for row in rows.values()})
    texts = {row["id"]: row["text"] for row in run_for_ids(store, "_texts", notices)}
    return [rows[key] | _words(rows[key], texts) for key in ids if key in rows]


def measure_facts(
    store: Store, ids: Sequence[str], things: Sequence[str] | None
) -> Mapping[str, list[StoreRow]]:
    """Return for each measure the facts that join it to the things, or to anything if None.

    The rows have the fields of FactRow, and are in the order of the text.
    """
    found: dict[str, list[StoreRow]] = {}
    for batch in batched(ids if things is None or things else (), BATCH):
        given = {"measure_ids": list(batch), "thing_ids": None if things is None else list(things)}
        for row in run_file(store, "_measure_facts", given):
            found.setdefault(row["measure_id"], []).append(row)
    return found


def fact_kind(fact: StoreRow) -> tuple[str, str, bool]:
    """Return a fact's kind, as in `Resolved.kinds`."""
    return fact["type"], fact["thing_id"], fact["is_role"]


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
    own_parameters=(*CONDITIONS, SORT),
    row=MatchingMeasureRow,
    example={"leader": "省知识产权局", "involves": "盘锦大米", "to": "2024"},
    answer=answer,
)
