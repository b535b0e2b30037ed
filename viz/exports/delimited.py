"""Tables as CSV that spreadsheets open as they are.

UTF-8 with a byte order mark, without which Excel takes Chinese for the system's code page. A text
that a spreadsheet would take for a formula gets an apostrophe before it, whatever white space it
hides behind; the full-width signs count, since East Asian versions of Excel take them so.

Source: OWASP, CSV Injection.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from queries.types import Row, column_names

SEPARATOR = " | "  # between the elements of a list
_FORMULA = tuple("=+-@＝＋－＠")
_BLANK = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b"
_BREAKS = ("\t", "\r", "\n")


class DelimitedFile:
    """A CSV file that rows of one type are written to."""

    suffix = ".csv"

    def __init__(self, path: Path, row: type[Row]) -> None:
        self._columns = column_names(row)
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(self._columns)

    def write(self, rows: Sequence[Row]) -> None:
        """Append rows."""
        self._writer.writerows([cell(getattr(row, name)) for name in self._columns] for row in rows)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def write_records(path: Path, columns: Sequence[str], records: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file of plain records, as safe as the others."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([cell(value) for value in record] for record in records)


def cell(value: Any) -> str:
    """Return how a value stands in a cell: None as nothing, a list with bars between."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return safe_text(value if isinstance(value, str) else SEPARATOR.join(value))


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    is_formula = text.startswith(_BREAKS) or text.lstrip(_BLANK).startswith(_FORMULA)
    return f"'{text}" if is_formula else text
