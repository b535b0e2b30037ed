"""DOCX to lines: paragraphs with the numbers Word draws, tables in place.

The parts are read as XML: `python-docx` leaves out text in content controls and insertions, and
draws no list numbers, and a notice's outline often lives in just these.
"""

import zipfile
from collections.abc import Iterator

from lxml import etree

from kg.errors import SourceError
from loaders.readers.numbered_lists import ListNumbers, W, read_lists
from loaders.readers.packages import open_package, parse_xml, read_member
from loaders.readers.types import MAX_CHARACTERS, ReadText

_MAIN = "word/document.xml"
_LEFT_OUT = frozenset(
    (
        *(f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}sdtPr"),
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
        body = parse_xml(read_member(package, _MAIN)).find(f"{W}body")
        if body is None:
            raise SourceError(uri, "a Word file without a body")
        lists = read_lists(_part(package, "word/numbering.xml"), _part(package, "word/styles.xml"))
        lines = list(_blocks(body, lists))
    text = "\n".join(line for line in lines if line.strip())
    if not text:
        raise SourceError(uri, "the file holds no text (pictures only)")
    if len(text) > MAX_CHARACTERS:
        raise SourceError(uri, f"its text is longer than {MAX_CHARACTERS:,} characters")
    return ReadText(text + "\n", "docx", "utf-8")


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    return parse_xml(read_member(package, name)) if name in package.namelist() else None


def _blocks(root: etree._Element, lists: ListNumbers) -> Iterator[str]:
    """Yield the lines of paragraphs and rows, whatever they are wrapped in, in order."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == f"{W}p":
            yield lists.label(element) + _text(element)
            # A text box is anchored in a paragraph and holds paragraphs of its own.
            stack.extend(reversed(list(_boxes(element))))
        elif element.tag == f"{W}tr":
            yield "\t".join(_cell(cell, lists) for cell in _children(element, f"{W}tc"))
        elif element.tag not in _LEFT_OUT:
            stack.extend(reversed(element))


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
        elif element.tag not in _LEFT_OUT and element.tag != f"{W}txbxContent":
            stack.extend(reversed(element))
    return "".join(parts)
