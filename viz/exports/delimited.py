"""Tables as CSV that spreadsheets open as they are.

UTF-8 with a byte order mark, without which Excel takes Chinese for the system's code page; no text
is taken for a formula.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.spreadsheets import safe_code, safe_text
from queries.tables.columns import codes_of
from queries.types import Row, column_names

SEPARATOR = " | "  # between the elements of a list


class DelimitedFile:
    """A CSV file that rows of one type are written to."""

    suffix = ".csv"

    def __init__(self, path: Path, row: type[Row]) -> None:
        self._columns = {name: codes_of(row, name) for name in column_names(row)}
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(self._columns)

    def write(self, rows: Sequence[Row]) -> None:
        """Append rows."""
        self._writer.writerows(
            [cell(getattr(row, name), codes) for name, codes in self._columns.items()]
            for row in rows
        )

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def write_records(path: Path, columns: Sequence[str], records: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file of plain records, as safe as the others."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([cell(value) for value in record] for record in records)


def cell(value: Any, codes: frozenset[str] = frozenset()) -> str:
    """Return how a value stands in a cell: None as nothing, a list with bars between.

    Args:
        value: of a column.
        codes: what the column holds, if that is a fixed list; those stand as they are.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return safe_code(value, codes)
    return safe_text(SEPARATOR.join(value))
