"""How answers are written out: a table for people, JSON or CSV for programs."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from queries.types import Row

FORMATS = ("table", "json", "csv")
_LONGEST_CELL = 120  # characters of one cell of a table
_HIDDEN = frozenset({"start", "end", "eid", "subject_start", "subject_end", "subject_eid"})
_LAST = ("notice_title", "quote")


def rows_as_json(
    rows: Sequence[Row], truncated: bool, notes: Sequence[str], about: Mapping[str, object]
) -> str:
    """Return one JSON object: what was asked, the rows, whether the limit cut them, the notes."""
    answer = {
        **about,
        "rows": [row.model_dump(mode="json") for row in rows],
        "truncated": truncated,
        "notes": list(notes),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def rows_as_csv(row_type: type[Row], rows: Sequence[Row]) -> str:
    """Return CSV with a line of column names; lists and maps stand as JSON, None as nothing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = list_columns(row_type)
    writer.writerow(columns)
    for row in rows:
        values = row.model_dump(mode="json")
        writer.writerow([_csv_cell(values[column]) for column in columns])
    return out.getvalue()


def rows_as_table(row_type: type[Row], rows: Sequence[Row]) -> Table:
    """Return a table without offsets, without ids that have a name beside them, and without
    columns that are empty; long cells are shortened, quotes stand last.
    """  # noqa: D205  one sentence
    values = [row.model_dump(mode="json") for row in rows]
    table = Table(show_lines=False)
    columns = [
        name for name in _shown_columns(row_type) if any(_is_filled(v[name]) for v in values)
    ]
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    for row in values:
        # Text, not str: rich would read square brackets in a title as markup.
        table.add_row(*(Text(_table_cell(row[name])) for name in columns))
    return table


def list_columns(row_type: type[Row]) -> list[str]:
    """Return the columns of a row type, its own before those it shares with other queries."""
    columns: dict[str, None] = {}
    for cls in row_type.__mro__:
        own = cls.__annotations__ if issubclass(cls, Row) else {}
        columns.update(dict.fromkeys(name for name in own if name in row_type.model_fields))
    return list(columns)


def _shown_columns(row_type: type[Row]) -> list[str]:
    columns = list_columns(row_type)
    shown = [name for name in columns if name not in _HIDDEN and not _is_named(name, columns)]
    return [name for name in shown if name not in _LAST] + [n for n in _LAST if n in shown]


def _is_named(name: str, columns: Sequence[str]) -> bool:
    stem = name.removesuffix("_id")
    return stem != name and any(f"{stem}{ending}" in columns for ending in ("", "_name", "_title"))


def _is_filled(value: Any) -> bool:
    return value not in (None, "", [], {})


def _table_cell(value: Any) -> str:
    text = _csv_cell(value)
    # A control character of a notice must not steer the terminal.
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
