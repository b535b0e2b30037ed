"""/api/v1/cypher: read-only Cypher of a caller's own, where the operator allows it."""

from http import HTTPStatus
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.http.access import Caller, demand
from api.keys import Scope
from kg.adhoc import AdhocReader
from kg.adhoc.guard import LONGEST

router = APIRouter(prefix="/api/v1", tags=["queries"])

_EXAMPLE = (files("api.http") / "example.cypher").read_text(encoding="utf-8")


class StatementModel(BaseModel):
    """A statement and the values of its $parameters."""

    model_config = ConfigDict(extra="forbid")

    cypher: Annotated[str, Field(min_length=1, max_length=LONGEST, examples=[_EXAMPLE])]
    parameters: Annotated[
        dict[str, JsonValue], Field(default_factory=dict, examples=[{"word": "大米"}])
    ]


class TableModel(BaseModel):
    """Rows by column; a node stands as its labels and properties."""

    columns: list[str] = Field(examples=[["id", "name"]])
    rows: list[dict[str, Any]]
    truncated: bool = Field(
        description="是否因行数或字节数的限额而未列全;请用 SKIP 与 LIMIT 取其余"
    )


def _reader(request: Request) -> AdhocReader:
    reader: AdhocReader | None = request.app.state.adhoc
    if reader is None:
        raise HTTPException(
            HTTPStatus.FORBIDDEN, "此服务不开放 Cypher: it is off here (POLICYKG_CYPHER)"
        )
    return reader


@router.post("/cypher", summary="只读 Cypher")
def run_cypher(
    request: Request,
    reader: Annotated[AdhocReader, Depends(_reader)],
    caller: Annotated[Caller, Depends(demand(Scope.CYPHER))],
    statement: StatementModel,
) -> TableModel:
    """Answer one statement that only reads, within limits of time, memory, rows and bytes.

    It needs a key with the scope `cypher`. Allowed are MATCH, OPTIONAL MATCH, WITH, UNWIND, RETURN,
    UNION and subqueries, and of the procedures db.labels, db.relationshipTypes and db.propertyKeys.
    """
    request.state.rates.count_cypher(caller)
    found = reader.run(statement.cypher, statement.parameters)
    return TableModel(
        columns=list(found.columns),
        rows=[dict(row) for row in found.rows],
        truncated=found.truncated,
    )
