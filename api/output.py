"""How answers are written out: a table for people, JSON or CSV for programs."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from kg.spreadsheets import safe_text
from queries.types import Row, column_names

FORMATS = ("table", "json", "csv")
_LONGEST_CELL = 120  # characters of one cell of a table
_NARROWEST = 12  # terminal columns that a column of a table needs, on average
_HIDDEN = frozenset({"start", "end", "eid", "notice_id", "confidence"})
_HIDDEN_ENDINGS = ("_start", "_end", "_eid", "_label")
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
    """Return CSV with a line of column names; lists and maps stand as JSON, None as nothing.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = column_names(row_type)
    writer.writerow(columns)
    for row in rows:
        values = row.model_dump(mode="json")
        writer.writerow([_safe_csv_cell(values[column]) for column in columns])
    return out.getvalue()


def table_as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Return CSV of rows that have no type of their own."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_safe_csv_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def table_for_people(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return a table of rows that have no type of their own; long cells are shortened."""
    table = Table()
    for name in columns:
        table.add_column(Text(_people_cell(name)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_people_cell(row[name])) for name in columns))
    return table


def rows_for_people(row_type: type[Row], rows: Sequence[Row], width: int) -> Table:
    """Return a table, or one block for each row where a table would not fit the width.

    Offsets, ids that have a name beside them and empty columns are left out; long cells are
    shortened; the notice and its words come last.
    """
    values = [row.model_dump(mode="json") for row in rows]
    columns = [
        name for name in _shown_columns(row_type) if any(_is_filled(v[name]) for v in values)
    ]
    if len(columns) * _NARROWEST > width:
        return _blocks(columns, values)
    table = Table()
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    for row in values:
        # Text, not str: rich would read square brackets in a title as markup.
        table.add_row(*(Text(_people_cell(row[name])) for name in columns))
    return table


def _shown_columns(row_type: type[Row]) -> list[str]:
    columns = column_names(row_type)
    shown = [name for name in columns if not _is_hidden(name, columns)]
    return [name for name in shown if name not in _LAST] + [n for n in _LAST if n in shown]


def _blocks(columns: Sequence[str], values: Sequence[Mapping[str, Any]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for row in values:
        for name in columns:
            if _is_filled(row[name]):
                grid.add_row(Text(name), Text(_people_cell(row[name])))
        grid.add_row()
    return grid


def _is_hidden(name: str, columns: Sequence[str]) -> bool:
    if name in _HIDDEN or name.endswith(_HIDDEN_ENDINGS):
        return True
    stem = name.removesuffix("_id")
    return stem != name and any(f"{stem}{ending}" in columns for ending in ("", "_name", "_title"))


def _is_filled(value: Any) -> bool:
    return value not in (None, "", [], {})


def _people_cell(value: Any) -> str:
    text = _csv_cell(value) if _is_filled(value) else ""
    # A control character of a notice must not steer the terminal.
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def _safe_csv_cell(value: Any) -> str:
    text = _csv_cell(value)
    return text if isinstance(value, int | float) else safe_text(text)


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
