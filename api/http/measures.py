"""/api/v1/measures: measures by who takes part in them and what they are about."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.http.asking import DEFAULT_LIMIT, Cursor, Limit, TheDesk
from api.http.wire import EvidenceModel, PageModel
from kg.errors import QueryError
from queries.types import Row

router = APIRouter(prefix="/api/v1/measures", tags=["graph"])

type Role = Literal["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"]


class FactModel(BaseModel):
    """Why a measure is in the answer: a role of an actor, or a thing it supports or mentions."""

    type: str = Field(examples=["LEADS"])
    id: str = Field(description="主体或事物的节点 id")
    name: str = Field(examples=["辽宁省教育厅"])
    eid: str
    evidence: EvidenceModel


class MeasureModel(BaseModel):
    """A measure with the facts for which it was found."""

    id: str
    title: str
    path: str = Field(examples=["二/(三)/7"])
    due_on: str | None
    ongoing: bool | None
    notice_id: str
    notice_title: str
    issued_on: str | None
    role: FactModel | None
    about: FactModel | None


class MeasuresModel(PageModel):
    """One page of measures; a measure comes once for each fact."""

    measures: list[MeasureModel]


@router.get("", summary="按主体或内容查措施")
def list_measures(
    desk: TheDesk,
    involves: Annotated[
        str | None,
        Query(
            max_length=200, description="主体:规范名、简称、相对名称或 id", examples=["省教育厅"]
        ),
    ] = None,
    role: Annotated[Role | None, Query(description="只看一种角色;与 involves 同用")] = None,
    about: Annotated[
        str | None,
        Query(max_length=200, description="地方、产品、项目、机构或平台", examples=["盘锦大米"]),
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> MeasuresModel:
    """Return measures in which an actor has a role, that are about a thing, or both at once."""
    name, parameters = _question(involves, role, about)
    page = desk.ask(name, parameters, limit, cursor)
    return MeasuresModel(
        measures=[_measure(row, by_actor=involves is not None) for row in page.rows],
        truncated=page.truncated,
        next_cursor=page.next_cursor,
        notes=list(page.notes),
    )


def _question(
    involves: str | None, role: str | None, about: str | None
) -> tuple[str, dict[str, object]]:
    if involves and about:
        return "measures_by_actor_about", {"actor": involves, "role": role, "subject": about}
    if involves:
        return "measures_by_actor", {"actor": involves, "role": role}
    if about and role is None:
        return "measures_about", {"subject": about}
    if about:
        raise QueryError("role 说的是主体的角色,需要同时给出 involves")
    raise QueryError("请给出 involves(主体)或 about(内容),例如 ?involves=省教育厅")


def _measure(row: Row, *, by_actor: bool) -> MeasureModel:
    known: dict[str, Any] = row.model_dump()
    role = about = None
    if by_actor:
        role = _fact(known, known["role"], ("actor_id", "actor"), "")
        if "subject_id" in known:
            about = _fact(known, known["relation"], ("subject_id", "subject"), "subject_")
    else:
        about = _fact(known, known["relation"], ("subject_id", "subject"), "")
    return MeasureModel(
        id=known["measure_id"],
        title=known["measure"],
        role=role,
        about=about,
        **{key: known[key] for key in _COPIED},
    )


_COPIED = ("path", "due_on", "ongoing", "notice_id", "notice_title", "issued_on")


def _fact(known: dict[str, Any], kind: str, thing: tuple[str, str], prefix: str) -> FactModel:
    words = {key: known[prefix + key] for key in ("start", "end", "quote")}
    return FactModel(
        type=kind,
        id=known[thing[0]],
        name=known[thing[1]],
        eid=known[f"{prefix}eid"],
        evidence=EvidenceModel(
            notice_id=known["notice_id"], notice_title=known["notice_title"], **words
        ),
    )
