"""/api/v1/explore/measures: measures to narrow down by what they have in common."""

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from api.http.asking import TheDesk
from queries.measures import MatchingMeasureRow
from queries.narrowing import Page, faceted_measures

router = APIRouter(prefix="/api/v1/explore", tags=["graph"])

_PAGE = 50
_LAST = 20_000

Name = Annotated[str | None, Query(max_length=200)]
Date = Annotated[str | None, Query(max_length=10)]


class ValueModel(BaseModel):
    """A value of a facet and how many measures have it."""

    value: str
    count: int


class FacetedModel(BaseModel):
    """One page of measures, and how all of them divide."""

    total: int
    truncated: bool = Field(description="符合条件的过多,只统计了一部分")
    facets: dict[str, list[ValueModel]]
    measures: list[MatchingMeasureRow]
    notes: list[str]


def _conditions(
    text: Annotated[str | None, Query(min_length=2, max_length=200)] = None,
    involves: Name = None,
    jurisdiction: Name = None,
    due_from: Date = None,
    due_to: Date = None,
) -> Mapping[str, object]:
    given = {"text": text, "involves": involves, "jurisdiction": jurisdiction}
    return {**given, "from": due_from, "to": due_to}


def _chosen(
    level: Name = None,
    place: Name = None,
    year: Annotated[str | None, Query(pattern=r"^\d{4}$")] = None,
    role: Literal["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"] | None = None,
    kind: Annotated[Literal["supply", "environment", "demand"] | None, Query(alias="class")] = None,
) -> Mapping[str, str]:
    given = {"level": level, "place": place, "year": year, "role": role, "class": kind}
    return {name: value for name, value in given.items() if value}


@router.get("/measures", summary="按特征筛选措施")
def get_faceted(
    desk: TheDesk,
    conditions: Annotated[Mapping[str, object], Depends(_conditions)],
    chosen: Annotated[Mapping[str, str], Depends(_chosen)],
    skip: Annotated[int, Query(ge=0, le=_LAST, description="跳过的行数")] = 0,
    limit: Annotated[int, Query(ge=1, le=_PAGE, description="最多返回的行数")] = 20,
) -> FacetedModel:
    """Return measures with counts by level, place, year, role and class of instrument."""
    found = faceted_measures(desk.store, conditions, chosen, Page(skip, limit))
    return FacetedModel(
        total=found.total,
        truncated=found.truncated,
        facets={
            name: [ValueModel(value=value, count=count) for value, count in counts.items()]
            for name, counts in found.counts.items()
        },
        measures=list(found.rows),
        notes=list(found.notes),
    )
