"""What a notice is read from: bytes with a name, whatever they came in.

A file may hold one notice (txt, html, mht, pdf, docx, doc, ofd, xlsx) or many (a zip archive, a
table of a corpus); either way the rest of the reading sees one `Source` after another.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from loaders.fetch import NOTICES, PACKED, REFUSED, TABLES, read_file, reason_of
from loaders.readers.archive import iter_members
from loaders.readers.corpus import (
    SOURCE_NAMES,
    TITLE_NAMES,
    choose_column,
    choose_text_column,
    find_text_column,
    iter_rows,
)
from loaders.readers.kinds import HEAD, Kind, is_zip, kind_of


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a corpus (csv, jsonl, json, parquet) hold what; None where none was named.

    Attributes:
        text: the notice's text.
        title: its title, put before the text where the text does not begin with it.
        source: the page it came from.
    """

    text: str | None = None
    title: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One notice as it came.

    Attributes:
        uri: path of the file; of a member `archive.zip!/folder/notice.txt`, of a row
            `corpus.csv#12` (rows from 1).
        raw: its bytes, as they lie in the file, the archive or the cell (UTF-8 there).
        page: address of the page it came from, where a corpus tells.
    """

    uri: str
    raw: bytes
    page: str | None = None


def iter_sources(path: Path, columns: Columns | None = None) -> Iterator[Source | SourceError]:
    """Yield what a file holds, notice by notice, in the file's order.

    An error stands in place of what could not be read: a file, a member or a row.
    """
    try:
        kind = _kind(path)
        if kind == "zip":
            for member in iter_members(path, (*NOTICES, *REFUSED, *PACKED, *TABLES)):
                yield (
                    member
                    if isinstance(member, SourceError)
                    else Source(f"{path}!/{member[0]}", member[1])
                )
        elif kind in ("csv", "jsonl", "json", "parquet"):
            yield from _rows(iter_rows(path, kind), path, columns or Columns())
        elif kind == "xlsx":
            yield from _workbook(path, columns or Columns())
        else:
            yield Source(str(path), read_file(path))
    except SourceError as error:
        yield error
    except OSError as error:
        yield SourceError(str(path), reason_of(error))


def _kind(path: Path) -> Kind:
    if not path.is_file():
        return "text"  # read_file tells what it is
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not is_zip(head):
        return kind_of(head, path.name)
    try:
        with zipfile.ZipFile(path) as package:
            return kind_of(head, path.name, package)
    except Exception:  # a damaged zip: its reader tells, if its name says which
        return "text" if path.suffix.lower() in (".docx", ".ofd", ".xlsx") else "zip"


def _workbook(path: Path, columns: Columns) -> Iterator[Source | SourceError]:
    """Yield the rows of a workbook that is a corpus; the whole as one notice if it is none."""
    from loaders.readers.xlsx import table_rows

    raw = read_file(path)
    rows = table_rows(raw, str(path))
    names = list(rows[0]) if rows else []
    if columns.text is None and find_text_column(names) is None:
        yield Source(str(path), raw)
        return
    yield from _rows(rows, path, columns)


def _rows(
    rows: Iterable[Mapping[str, Any]], path: Path, columns: Columns
) -> Iterator[Source | SourceError]:
    chosen: Columns | None = None
    for number, row in enumerate(rows, 1):
        uri = f"{path}#{number}"
        if chosen is None:
            chosen = _choose(list(row), columns, str(path))
        text = _cell(row, chosen.text)
        if not text.strip():
            yield SourceError(uri, f"the column {chosen.text!r} is empty")
            continue
        title = _cell(row, chosen.title).strip()
        if title and not text.lstrip().startswith(title):
            text = f"{title}\n{text}"
        page = _cell(row, chosen.source).strip()
        is_address = page.startswith(("http://", "https://"))
        yield Source(uri, text.encode("utf-8", errors="replace"), page if is_address else None)
    if chosen is None:
        yield SourceError(str(path), "the table holds no rows")


def _choose(names: list[str], columns: Columns, uri: str) -> Columns:
    text = choose_text_column(names, columns.text, uri)
    title = choose_column(names, columns.title, TITLE_NAMES, uri)
    return Columns(text, title, choose_column(names, columns.source, SOURCE_NAMES, uri))


def _cell(row: Mapping[str, Any], column: str | None) -> str:
    value = row.get(column) if column is not None else None
    if isinstance(value, list):  # of paragraphs
        return "\n".join(str(part) for part in value)
    return "" if value is None else str(value)
