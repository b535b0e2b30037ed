"""XLSX to rows: a task table whose rows are a notice's measures, or a corpus.

Source: ECMA-376-1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath

from lxml import etree

from kg.errors import SourceError
from loaders.readers.corpus import find_text_column
from loaders.readers.packages import open_package, parse_xml, read_member
from loaders.readers.types import ReadText, check_length

type Cells = dict[int, dict[int, str]]  # by row, then by column, both from 1

_DAY_ZERO = date(1899, 12, 30)  # of the serials that stand for dates
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_REFERENCE = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")
_MOST_SHEETS = 50
_MOST_COLUMNS = 16_384
_MOST_MERGED = 300  # characters of a cell that is read again in the rows it reaches into
_MOST_ROWS_MERGED = 200


def read_xlsx(raw: bytes, uri: str) -> ReadText:
    """Return the text of a workbook: a line for each row, cells parted by tabs.

    Cells merged over rows are read in each, as HTML tables are.

    Raises:
        SourceError: it is damaged, encrypted, too large, or holds no text.
    """
    lines: list[str] = []
    with open_package(raw, uri, "Excel file") as package:
        for cells in _sheets(package):
            rows = [row for _, row in sorted(cells.items())]
            if rows and not lines and find_text_column(list(rows[0].values())) is not None:
                raise SourceError(uri, "a table of notices within an archive: load it by itself")
            lines += map(_line, rows)
    text = "\n".join(line for line in lines if line.strip())
    if not text:
        raise SourceError(uri, "the file holds no text")
    check_length(len(text), uri)
    return ReadText(text + "\n", "xlsx", "utf-8")


def table_rows(raw: bytes, uri: str) -> Sequence[Mapping[str, str]]:
    """Return the rows of the first sheet that has any, by what its first row calls the columns.

    Raises:
        SourceError: it is damaged, encrypted or too large.
    """
    with open_package(raw, uri, "Excel file") as package:
        cells = next(filter(None, _sheets(package)), {})
    header, *rows = (row for _, row in sorted(cells.items())) if cells else ({},)
    names = {column: name.strip() for column, name in header.items() if name.strip()}
    return [{name: row.get(column, "") for column, name in names.items()} for row in rows]


def _line(row: Mapping[int, str]) -> str:
    columns = range(min(row), max(row) + 1)
    return "\t".join(" ".join(row.get(column, "").split()) for column in columns).rstrip("\t")


def _sheets(package: zipfile.ZipFile) -> Iterator[Cells]:
    """Yield the cells of each sheet, in the order of the workbook."""
    names = set(package.namelist())
    strings = _strings(package) if "xl/sharedStrings.xml" in names else []
    dates = _date_styles(package) if "xl/styles.xml" in names else []
    for name in _sheet_names(package)[:_MOST_SHEETS]:
        root = parse_xml(read_member(package, name))
        cells: Cells = {}
        for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
            place = _place(cell.get("r", ""))
            text = _text(cell, strings, dates)
            if place is not None and text.strip():
                cells.setdefault(place[0], {})[place[1]] = text
        for merged in root.iterfind("{*}mergeCells/{*}mergeCell"):
            _fill(cells, merged.get("ref", ""))
        yield cells


def _sheet_names(package: zipfile.ZipFile) -> list[str]:
    """Return the members that are sheets, in the order of the workbook."""
    links = {
        link.get("Id"): link.get("Target", "")
        for link in parse_xml(read_member(package, "xl/_rels/workbook.xml.rels"))
    }
    found = []
    for sheet in parse_xml(read_member(package, "xl/workbook.xml")).iterfind(".//{*}sheet"):
        ids = [value for key, value in sheet.attrib.items() if str(key).endswith("}id")]
        target = links.get(str(ids[0]), "") if ids else ""
        name = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        if PurePosixPath(name).suffix == ".xml" and "chartsheets" not in name:
            found.append(posixpath.normpath(name))
    return found


def _strings(package: zipfile.ZipFile) -> list[str]:
    return [_plain(item) for item in parse_xml(read_member(package, "xl/sharedStrings.xml"))]


def _plain(item: etree._Element) -> str:
    """Return the text of a string, how it is said (rPh) left out."""
    return "".join(
        part.text or ""
        for part in item.iterfind(".//{*}t")
        if not str(getattr(part.getparent(), "tag", "")).endswith("}rPh")
    )


def _date_styles(package: zipfile.ZipFile) -> list[str]:
    """Return for each style of cells the format of its dates; empty where it has none."""
    root = parse_xml(read_member(package, "xl/styles.xml"))
    own = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iterfind(".//{*}numFmt")}
    found = []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        code = _QUOTED.sub("", own.get(number, "")).lower()
        builtin = "yyyymd" if number.isdecimal() and int(number) in _DATE_FORMATS else ""
        found.append(code if "y" in code and "m" in code else builtin)
    return found


def _text(cell: etree._Element, strings: Sequence[str], dates: Sequence[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _plain(cell)
    value = cell.findtext("{*}v") or ""
    if kind == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    style = cell.get("s", "")
    code = dates[int(style)] if style.isdecimal() and int(style) < len(dates) else ""
    return _date(value, code) if kind == "n" and code else value


def _date(serial: str, code: str) -> str:
    """Return the date that a number stands for, with its day where its format shows one."""
    try:
        day = _DAY_ZERO + timedelta(days=int(float(serial)))
    except (ValueError, OverflowError):
        return serial
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if "d" in code else "")


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column of C5, from 1; None if it is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match["column"]:
        column = column * 26 + ord(letter) - 64
    return (int(match["row"]), column) if column <= _MOST_COLUMNS else None


def _fill(cells: Cells, reference: str) -> None:
    """Write a cell merged over rows into each of them."""
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last)
    if start is None or end is None:
        return
    text = cells.get(start[0], {}).get(start[1], "")
    stop = min(end[0], start[0] + _MOST_ROWS_MERGED)
    if text and len(text) <= _MOST_MERGED:
        for row in range(start[0] + 1, stop + 1):
            cells.setdefault(row, {})[start[1]] = text
