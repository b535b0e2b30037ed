"""What tools answer with: rows whose evidence and links a reader can follow."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from pydantic import BaseModel, Field, JsonValue

from api.http.asking import Rows

_EVIDENCE = ("notice_id", "notice_title", "quote", "start", "end")


class Evidence(BaseModel):
    """The words that a fact was read from."""

    notice_id: str
    notice_title: str
    quote: str
    start: int = Field(description="in code points of the notice's text")
    end: int = Field(description="exclusive")
    link: str = Field(description="a page that shows the words in their notice")


class Fact(BaseModel):
    """One row of an answer."""

    values: dict[str, JsonValue]
    evidence: list[Evidence]
    links: dict[str, str] = Field(description="a page for each node named, by the column of its id")


class Facts(BaseModel):
    """One page of an answer."""

    query: str | None = Field(description="of the catalogue, as at /api/v1/queries")
    facts: list[Fact]
    notes: list[str] = Field(description="what a reader must know, such as whom a name matched")
    truncated: bool
    next_cursor: str | None = Field(description="give it back as `cursor` for the next page")


class Reading(Facts):
    """What a question was taken for, and its answer."""

    understood: bool
    explanation: str
    parameters: dict[str, JsonValue]
    examples: list[str] = Field(description="questions that are understood, if this was not")


class Entity(Facts):
    """A node, and a page of its relations."""

    id: str
    label: str
    name: str
    link: str
    properties: dict[str, JsonValue]


class Statement(BaseModel):
    """Rows of a statement of one's own."""

    columns: list[str]
    rows: list[dict[str, JsonValue]]
    truncated: bool
    links: list[dict[str, str]] = Field(description="for each row, pages of the nodes it names")


class Links:
    """Addresses of the page that `policykg serve` shows."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")

    def node(self, node_id: str) -> str:
        """Return where a node is drawn with its neighbours."""
        return f"{self._base}/#/graph?{urlencode({'node': node_id, 'panel': f'n.{node_id}'})}"

    def words(self, notice_id: str, start: int, end: int) -> str:
        """Return where words are shown in their notice."""
        panel = f"t.{notice_id}.{start}.{end}"
        return f"{self._base}/#/graph?{urlencode({'node': notice_id, 'panel': panel})}"

    def facts(self, page: Rows) -> list[Fact]:
        """Return the rows of a page as facts."""
        return [self.fact(row.model_dump(mode="json")) for row in page.rows]

    def fact(self, row: Mapping[str, Any]) -> Fact:
        """Return a row as a fact; quotes leave the values, and ids gain links."""
        values = {key: value for key, value in row.items() if key not in ("quote", "start", "end")}
        return Fact(values=values, evidence=self._evidence(row), links=self.of_row(row))

    def of_row(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Return links for the columns that hold ids of nodes."""
        return {
            key: self.node(value)
            for key, value in row.items()
            if isinstance(value, str) and value and (key == "id" or key.endswith("_id"))
        }

    def _evidence(self, row: Mapping[str, Any]) -> list[Evidence]:
        quoted = [row, *_parts(row)]
        found = [self._quoted({**item, **_notice_of(row)}) for item in quoted]
        partner = {name: row.get(f"partner_{name}") for name in ("quote", "start", "end")}
        found.append(self._quoted({**partner, **_notice_of(row)}))
        return [evidence for evidence in found if evidence]

    def _quoted(self, row: Mapping[str, Any]) -> Evidence | None:
        known = {name: row.get(name) for name in _EVIDENCE}
        if None in (known["notice_id"], known["quote"], known["start"], known["end"]):
            return None
        known["notice_title"] = known["notice_title"] or ""
        link = self.words(str(known["notice_id"]), int(known["start"] or 0), int(known["end"] or 0))
        return Evidence.model_validate({**known, "link": link})


def _notice_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in ("notice_id", "notice_title")}


def _parts(row: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the facts within a row: why a measure meets each of several conditions."""
    parts = row.get("facts")
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []
