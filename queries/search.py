"""Anything by its name, or measures by their text."""

from collections.abc import Sequence

from kg.ontology import load_ontology
from kg.store import Row as StoreRow
from kg.store import SearchHit, Store
from queries.types import Arguments, Found, Parameter, Query, Row, run_file, run_for_ids

_AROUND = 30  # characters shown either side of the words found
_TEXT = Parameter(
    "text",
    "text",
    "要找的字词，至少两个字",
    "words to find, two characters up",
    required=True,
    minimum=2,
)
_LABEL = Parameter(
    "label", "text", "只看一类节点", "one kind of node only", values=tuple(load_ontology().labels)
)
_WHERE = Parameter(
    "where",
    "text",
    "在名称 name 里找，还是在措施正文 text 里找",
    "look in names and titles, or in the text of measures",
    default="name",
    values=("name", "text"),
)


class HitRow(Row):
    """A node found.

    Attributes:
        id: of the node.
        label: of the node.
        name: of the node.
        score: the engine's own, higher is better; None for a hit in the text.
        notice_id: the notice that a section or measure stands in.
        notice_title: its title.
        snippet: the words found in the text, with some around them.
    """

    id: str
    label: str
    name: str
    score: float | None
    notice_id: str | None
    notice_title: str | None
    snippet: str | None


def answer(store: Store, arguments: Arguments) -> Found:
    """Search names with the store's own index, texts with Cypher."""
    text, label = str(arguments["text"]), arguments["label"]
    skip, fetch = int(arguments["skip"] or 0), int(arguments["fetch"] or 0)
    if arguments["where"] == "name":
        hits = store.search(text, [str(label)] if label else None, skip + fetch)
        return Found(_name_rows(store, hits[skip:]))
    if label not in (None, "Measure"):
        return Found([], ("正文只有措施可查 only measures are searched by text",))
    rows = run_file(store, QUERY.name, {"text": text, "skip": skip, "fetch": fetch})
    return Found([_text_row(row, text) for row in rows])


def _name_rows(store: Store, hits: Sequence[SearchHit]) -> list[StoreRow]:
    ids = [hit.id for hit in hits]
    nodes = {row["id"]: row["properties"] for row in run_for_ids(store, "_nodes", ids)}
    notice_ids = {key: nodes.get(key, {}).get("notice_id") for key in ids}
    wanted = sorted({str(notice) for notice in notice_ids.values() if notice})
    titles = {row["id"]: row["title"] for row in run_for_ids(store, "_titles", wanted)}
    return [
        {
            "id": hit.id,
            "label": hit.label,
            "name": hit.name,
            "score": hit.score,
            "notice_id": notice_ids[hit.id],
            "notice_title": titles.get(notice_ids[hit.id] or ""),
            "snippet": None,
        }
        for hit in hits
    ]


def _text_row(row: StoreRow, words: str) -> StoreRow:
    text, at = row["text"], row["text"].find(words)
    start, end = max(0, at - _AROUND), at + len(words) + _AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    kept = {name: row[name] for name in ("id", "label", "name", "notice_id", "notice_title")}
    return kept | {"score": None, "snippet": f"{before}{text[start:end]}{after}"}


QUERY = Query(
    name="search",
    summary_zh="按名称查找任何节点，或按正文查找措施",
    summary_en="any node by its name, or measures by their text",
    own_parameters=(_TEXT, _LABEL, _WHERE),
    row=HitRow,
    example={"text": "大米"},
    answer=answer,
)
