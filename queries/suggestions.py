"""Names to offer while somebody writes one: a few of each kind of node."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import QueryError
from kg.ontology import load_ontology
from kg.store import SearchHit, Store
from queries.types import run_for_ids

ORDER = (
    "Agency",
    "Institution",
    "Product",
    "Place",
    "Program",
    "Platform",
    "Instrument",
    "Notice",
    "Measure",
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A node to offer; `notice_id` and `notice_title` are those a measure or section stands in."""

    id: str
    label: str
    name: str
    notice_id: str | None
    notice_title: str | None


def suggest(store: Store, text: str, labels: Sequence[str], each: int) -> list[Suggestion]:
    """Return nodes by words of their name, at most `each` of a label, in the labels' order.

    Names that begin with the text come first, and the shorter of them; then as the store ranks.

    Args:
        store: the graph.
        text: two characters up.
        labels: kinds of node to look for.
        each: most hits of one label.

    Raises:
        QueryError: a label is none of the ontology's.
    """
    known = load_ontology().labels
    for label in labels:
        if label not in known:
            raise QueryError(f"没有 {label!r} 这一类节点；有 {'、'.join(known)}")
    hits = [
        hit
        for label in labels
        for hit in sorted(store.search(text, [label], 4 * each), key=lambda h: _rank(h, text))[
            :each
        ]
    ]
    notices = {row["id"]: row for row in run_for_ids(store, "_standing_in", [h.id for h in hits])}
    return [_suggestion(hit, notices.get(hit.id, {})) for hit in hits]


def _rank(hit: SearchHit, text: str) -> tuple[int, int]:
    return (0, len(hit.name)) if hit.name.startswith(text) else (1, 0)


def _suggestion(hit: SearchHit, notice: dict[str, str]) -> Suggestion:
    return Suggestion(
        hit.id, hit.label, hit.name, notice.get("notice_id"), notice.get("notice_title")
    )
