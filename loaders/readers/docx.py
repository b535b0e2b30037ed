"""DOCX to lines: paragraphs with the numbers Word draws, tables in place.

The parts are read as XML: `python-docx` leaves out text in content controls and insertions, and
draws no list numbers, and a notice's outline often lives in just these.
"""

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from kg.errors import SourceError
from loaders.readers.numbered_lists import ListNumbers, W, read_lists
from loaders.readers.packages import open_package, parse_xml, read_member
from loaders.readers.types import ReadText, check_length

_MAIN = re.compile(r"word/document\d*\.xml")
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_CODE = re.compile(r"(?!d[89a-f])[0-9a-f]{4}", re.IGNORECASE)
_MOST_MERGED = 300  # characters of a cell that is read again in the rows it reaches into
_LEFT_OUT = frozenset(
    (
        *(f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}rt"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}


def read_docx(raw: bytes, uri: str) -> ReadText:
    """Return the text of a Word document: deleted text left out, text boxes after their place.

    Raises:
        SourceError: it is damaged, encrypted, too large, or no Word document.
    """
    with open_package(raw, uri, "Word file") as package:
        main = next(filter(_MAIN.fullmatch, package.namelist()))
        body = _part(package, main).find(f"{W}body")
        if body is None:
            raise SourceError(uri, "a Word file without a body")
        parts = (f"word/{name}.xml" for name in ("numbering", "styles"))
        lists = read_lists(*(_part(package, n) if n in package.namelist() else None for n in parts))
        lines = list(_blocks(body, lists))
        warnings = tuple(_warnings(package))
    text = "\n".join(line for line in lines if line.strip())
    if not text:
        embedded = body.find(f"{W}altChunk") is not None
        reason = "it embeds another file: save it anew from Word" if embedded else "pictures only"
        raise SourceError(uri, f"the file holds no text ({reason})")
    check_length(len(text), uri)
    return ReadText(text + "\n", "docx", "utf-8", warnings)


def _part(package: zipfile.ZipFile, name: str) -> etree._Element:
    return parse_xml(read_member(package, name).replace(_STRICT, W[1:-1].encode()))


def _warnings(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield what is left out: notes below the pages."""
    for name, words in (("footnote", "脚注 footnotes"), ("endnote", "尾注 endnotes")):
        if f"word/{name}s.xml" in package.namelist():
            part = _part(package, f"word/{name}s.xml")
            own = [note for note in part.iterfind(f"{W}{name}") if note.get(f"{W}type") is None]
            if own:
                yield f"{len(own)}条{words}，未读 not read"


def _blocks(root: etree._Element, lists: ListNumbers) -> Iterator[str]:
    """Yield the lines of paragraphs and rows, whatever they are wrapped in, in order."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == f"{W}p":
            text = _text(element)
            if text or element.find(f"{W}pPr/{W}rPr/{W}del") is None:
                yield lists.label(element) + text
            # A text box is anchored in a paragraph and holds paragraphs of its own.
            stack.extend(reversed(list(_boxes(element))))
        elif element.tag == f"{W}tbl":
            yield from _rows(element, lists)
        elif element.tag not in _LEFT_OUT:
            stack.extend(reversed(element))


def _rows(table: etree._Element, lists: ListNumbers) -> Iterator[str]:
    """Yield the rows of a table; a cell merged over rows is read in each, as HTML tables are.

    A row of one cell lays out text: its paragraphs are lines.
    """
    above: dict[int, str] = {}  # by column: the cell that rows below may go on with
    for row in _children(table, f"{W}tr"):
        cells = list(_children(row, f"{W}tc"))
        if len(cells) == 1:
            yield from _blocks(cells[0], lists)
            continue
        texts: list[str] = []
        column = 0
        for cell in cells:
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            text = above.get(column, "") if goes_on else _cell(cell, lists)
            above[column] = text if merged is not None and len(text) <= _MOST_MERGED else ""
            texts.append(text)
            column += _width(cell)
        yield "\t".join(texts)


def _width(cell: etree._Element) -> int:
    """Return how many columns a cell takes up."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = span.get(f"{W}val", "") if span is not None else ""
    return int(value) if value.isdecimal() and 0 < len(value) < 4 else 1


def _cell(cell: etree._Element, lists: ListNumbers) -> str:
    """Return a cell on one line; a table within it gives its texts too."""
    parts = (lists.label(p) + _text(p) for p in cell.iter(f"{W}p"))
    return " ".join(" ".join(part.split("\n")).replace("\t", " ") for part in parts if part)


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the nearest descendants of a tag, those in content controls too."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag == tag:
            yield child
        elif child.tag not in _LEFT_OUT:
            stack.extend(reversed(child))


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    return _children(paragraph, f"{W}txbxContent")


def _text(paragraph: etree._Element) -> str:
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == f"{W}t":
            parts.append(element.text or "")
        elif element.tag in _BREAKS:
            parts.append(_BREAKS[element.tag])
        elif element.tag == f"{W}sym":
            parts.append(_symbol(element.get(f"{W}char", "")))
        elif element.find(f"{W}rPr/{W}vanish") is not None:
            continue
        elif element.tag not in _LEFT_OUT and element.tag != f"{W}txbxContent":
            stack.extend(reversed(element))
    return "".join(parts)


def _symbol(code: str) -> str:
    """Return a character that is written by its code; those of symbol fonts are none of text."""
    value = int(code, 16) if _CODE.fullmatch(code) else 0
    return "" if value < 0x20 or 0xE000 <= value <= 0xF8FF else chr(value)
