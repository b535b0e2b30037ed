"""What the lists share: which measures meet the conditions, how names were taken, evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.http.asking import Desk
from api.http.filters import Listing, MeasureConditions
from api.http.wire import EvidenceModel, PageModel
from kg.store import Row, Store
from queries.arguments import bind_arguments
from queries.conditions import Resolved, resolve_conditions
from queries.matching import SORTS, MeasureKey, SortKey, match_measures, sorted_measures
from queries.measures import QUERY as MEASURES
from queries.names import Match, Meaning
from queries.types import run_for_ids

_CHOOSE = "用规范名或 id 只取其一 give a full name or an id to choose one"


class NodeName(BaseModel):
    """A node that a name may mean, and how the name tells it."""

    id: str
    label: str = Field(examples=["Agency"])
    name: str = Field(examples=["辽宁省教育厅"])
    how: Literal["id", "name", "alias", "relative", "part"]


class NameModel(BaseModel):
    """How a name in the conditions was taken; all its candidates count."""

    parameter: str = Field(examples=["involves"])
    given: str = Field(examples=["省教育厅"])
    candidates: list[NodeName]
    did_you_mean: list[str] = Field(description="没有候选时,图中写法相近的名称")
    advice: str | None = Field(description="不止一个候选时,如何取其一")


class ListModel(PageModel):
    """What every list says of itself."""

    total: int = Field(description="各页合计的行数")
    names: list[NameModel] = Field(default_factory=list, description="条件中的名称各指什么")


class FactModel(BaseModel):
    """What joins a measure to somebody or something, with the words that say so."""

    type: str = Field(examples=["LEADS"])
    id: str = Field(description="主体、事物或工具的节点 id")
    label: str = Field(examples=["Agency"])
    name: str = Field(examples=["辽宁省教育厅"])
    is_role: bool = Field(description="是主体的角色,而非措施的内容")
    eid: str
    evidence: EvidenceModel


@dataclass(frozen=True, slots=True)
class Chosen:
    """The measures that meet conditions, in order."""

    made: Resolved
    pairs: Sequence[tuple[SortKey, MeasureKey]]

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def keys(self) -> list[MeasureKey]:
        """The measures without what they were sorted by."""
        return [key for _, key in self.pairs]


def choose_measures(desk: Desk, query: MeasureConditions, sort: str = SORTS[0]) -> Chosen:
    """Return the measures that meet the conditions; kept while the graph stays as it is."""
    arguments = bind_arguments(MEASURES, query.arguments())

    def choose() -> Chosen:
        made = resolve_conditions(desk.store, arguments)
        keys = match_measures(desk.store, made, desk.recall)
        return Chosen(made, sorted_measures(keys, sort))

    key = ("measures", sort, tuple(sorted((k, str(v)) for k, v in arguments.items())))
    return desk.recall(key, choose)


def question_of(name: str, query: Listing) -> dict[str, object]:
    """Return what a cursor belongs to: the list, its conditions and its order."""
    asked = query.model_dump(exclude={"limit", "cursor", "fields", "format", "bom", "facets"})
    return {"list": name, **asked}


def names_told(meanings: Sequence[Meaning], query: MeasureConditions) -> list[dict[str, Any]]:
    """Return how the names in the parameters of a request were taken, in the shape of NameModel."""
    return [
        {
            "parameter": query.sent_as(meaning.parameter),
            "given": meaning.name,
            "candidates": [_node_name(match) for match in meaning.matches],
            "did_you_mean": list(meaning.likes),
            "advice": _CHOOSE if len(meaning.matches) > 1 else None,
        }
        for meaning in meanings
    ]


def fact_told(fact: Row, notice: Mapping[str, Any]) -> dict[str, Any]:
    """Return a fact in the shape of FactModel."""
    return {
        "type": fact["type"],
        "id": fact["thing_id"],
        "label": fact["thing_label"],
        "name": fact["thing"],
        "is_role": fact["is_role"],
        "eid": fact["eid"],
        "evidence": evidence_told(fact, notice),
    }


def evidence_told(row: Row, notice: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of a row, and the notice they stand in, in the shape of EvidenceModel."""
    return {
        "notice_id": notice["id"],
        "notice_title": notice["title"],
        "issued_on": notice["issued_on"],
        **{name: row[name] for name in ("start", "end", "quote")},
        "confidence": row.get("confidence"),
    }


def notices_by_id(store: Store, ids: Sequence[str]) -> dict[str, Row]:
    """Return id, title and date of notices."""
    return {row["id"]: row for row in run_for_ids(store, "_titles", sorted(set(ids)))}


def _node_name(match: Match) -> dict[str, str]:
    return {"id": match.id, "label": match.label, "name": match.name, "how": match.how}
