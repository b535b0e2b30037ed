"""Lists written out: as JSON, JSON lines or CSV, whole rows or some fields of them."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from fastapi import Request, Response
from pydantic import BaseModel
from pydantic_core import to_json

from api.http.filters import Listing
from kg.comparators import COMPARATORS
from kg.errors import QueryError
from kg.spreadsheets import safe_code, safe_text
from queries.arguments import unknown_name

type Row = Mapping[str, Any]

_JSON = "application/json"
_LINES = "application/x-ndjson"
_CSV = "text/csv"
_BOM = "\ufeff"
_BETWEEN = "; "
_CODES = {"comparator": frozenset(COMPARATORS)}  # by column
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list.

    Attributes:
        rows: with every field that was asked for.
        total: how many rows all pages have.
        next_cursor: where the next page begins; None for the last.
        more: what else the JSON says: notes, names, facets.
    """

    rows: Sequence[Row]
    total: int
    next_cursor: str | None
    more: Mapping[str, Any] = field(default_factory=dict)


def chosen_fields(query: Listing, model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields asked for, in the order asked; all without any.

    Raises:
        QueryError: there is no such field.
    """
    known = tuple(model.model_fields)
    asked = [name.strip() for name in (query.fields or "").split(",") if name.strip()]
    for name in asked:
        if name not in known:
            raise QueryError(f"fields: 没有字段 {unknown_name(name, known)}")
    return tuple(dict.fromkeys(asked)) or known


def page_response(
    request: Request, query: Listing, name: str, model: type[BaseModel], page: Page
) -> Response:
    """Return a page in the format asked for.

    Args:
        request: for the address of the next page.
        query: format and fields.
        name: of the rows, in JSON.
        model: of a row.
        page: what to write.
    """
    fields = chosen_fields(query, model)
    rows = [{key: row[key] for key in fields} for row in page.rows]
    headers = {"X-Total-Count": str(page.total)}
    if page.next_cursor:
        following = request.url.include_query_params(cursor=page.next_cursor)
        headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    if query.format == "json":
        told = {
            name: rows,
            "total": page.total,
            "truncated": page.next_cursor is not None,
            "next_cursor": page.next_cursor,
            **page.more,
        }
        return Response(_json(told), media_type=_JSON, headers=headers)
    if query.format == "jsonl":
        lines = "".join(f"{_json(row)}\n" for row in rows)
        return Response(lines, media_type=_LINES, headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    text = rows_as_csv(rows, csv_columns(model, fields))
    return Response(_BOM * query.bom + text, media_type=_CSV, headers=headers)


def csv_columns(model: type[BaseModel], fields: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the columns of a table: a field, or a field of the object in one."""
    columns: list[tuple[str, ...]] = []
    for name in fields:
        inner = _model_in(model.model_fields[name].annotation)
        columns += [(name, part) for part in inner.model_fields] if inner else [(name,)]
    return columns


def rows_as_csv(rows: Sequence[Row], columns: Sequence[tuple[str, ...]]) -> str:
    """Return CSV (RFC 4180) with a line of column names such as evidence_quote.

    Lists of words are joined, lists of objects stand as JSON. A cell that a spreadsheet would take
    for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow("_".join(column) for column in columns)
    for row in rows:
        writer.writerow(
            [_cell(_within(row, column), _CODES.get(column[-1], _NONE)) for column in columns]
        )
    return out.getvalue()


def _model_in(annotation: Any) -> type[BaseModel] | None:
    kinds = get_args(annotation) or (annotation,)
    found = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return found[0] if found and not str(annotation).startswith("list") else None


def _within(row: Row, column: tuple[str, ...]) -> Any:
    value: Any = row
    for key in column:
        value = value.get(key) if value is not None else None
    return value


def _cell(value: Any, codes: frozenset[str]) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return safe_text(_BETWEEN.join(value))
    return safe_text(_json(value)) if isinstance(value, list | dict) else safe_code(value, codes)


def _json(value: Any) -> str:
    return to_json(value).decode()  # several times as fast as the standard library's
