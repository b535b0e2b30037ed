"""A notice with its sections and measures."""

from dataclasses import replace

from kg.store import Row as StoreRow
from kg.store import Store
from queries.names import describe, find_notices, unknown
from queries.parameters import NOTICE
from queries.types import Arguments, Found, Query, Row, run_file


class NoticePartRow(Row):
    """The notice itself, then its sections and measures in the order of its text.

    Attributes:
        kind: Notice, Section or Measure.
        id: of the node.
        path: place in the outline; "" for the notice.
        number: as printed before the heading; the document number for the notice.
        title: heading or title.
        text: of a measure; the whole stored text for the notice; None for a section.
        start: where it begins, in code points of the notice's stored text; 0 for the notice.
        end: where it ends, exclusive.
        due_on: deadline of a measure, an ISO prefix.
        ongoing: True for 持续推进 and the like.
        due_text: the deadline in the notice's words.
        issued_on: of the notice, as all that follow.
        jurisdiction: its place.
        status: `loaded`, or `cited` if the graph knows its name alone.
    """

    kind: str
    id: str
    path: str
    number: str | None
    title: str
    text: str | None
    start: int
    end: int
    due_on: str | None = None
    ongoing: bool | None = None
    due_text: str | None = None
    issued_on: str | None = None
    jurisdiction: str | None = None
    status: str | None = None


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the notice, then fetch it and its parts."""
    name = str(arguments["notice"])
    matches = find_notices(store, name)
    if not matches:
        return Found([], unknown(store, name, ("Notice",)))
    notes = describe(name, matches)
    if len(matches) > 1:
        notes += (f"显示第一件 the first is shown: {matches[0].name}",)
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    parameters = {"id": matches[0].id, "fetch": skip + fetch}
    parts = [_part_row(row) for row in run_file(store, QUERY.name, parameters)]
    return Found([_notice_row(store, matches[0].id), *parts][skip : skip + fetch], notes)


def _notice_row(store: Store, notice_id: str) -> StoreRow:
    [node] = run_file(store, "_nodes", {"ids": [notice_id]})
    known = node["properties"]
    text = known.get("text")
    return {
        "kind": "Notice",
        "id": notice_id,
        "path": "",
        "number": known.get("document_number"),
        "title": node["name"],
        "text": text,
        "start": 0,
        "end": len(text or ""),
        **{name: known.get(name) for name in ("issued_on", "jurisdiction", "status")},
    }


def _part_row(row: StoreRow) -> StoreRow:
    return {"kind": row["label"]} | {key: row[key] for key in row if key != "label"}


QUERY = Query(
    name="notice",
    summary_zh="某公文及其章节和措施",
    summary_en="a notice with its sections and measures",
    own_parameters=(replace(NOTICE, required=True),),
    row=NoticePartRow,
    example={"notice": "辽宁省地理标志运用促进实施方案"},
    answer=answer,
)
