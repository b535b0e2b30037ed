"""OFD (GB/T 33190-2016, the state's fixed-layout format) to lines."""

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from kg.errors import SourceError
from loaders.readers.characters import restore_ideographs
from loaders.readers.packages import open_package, parse_xml, read_member
from loaders.readers.types import ReadText, check_length

_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_LINE_HEIGHT = 2.0  # millimetres: glyphs nearer than this stand on one line
MOST_PAGES = 2_000


def read_ofd(raw: bytes, uri: str) -> ReadText:
    """Return the text of an OFD file, line by line as the pages show it.

    Raises:
        SourceError: it is damaged, encrypted, or holds no text.
    """
    with open_package(raw, uri, "OFD file") as package:
        lines = [line for page in _pages(package) for line in _lines(page)]
    text = restore_ideographs("\n".join(lines))
    if not text.strip():
        reason = "no text layer: the pages are pictures; recognise their text (OCR) first"
        raise SourceError(uri, reason)
    check_length(len(text), uri)
    return ReadText(text + "\n", "ofd", "utf-8")


def _pages(package: zipfile.ZipFile) -> Iterator[etree._Element]:
    """Yield the roots of the pages' contents, in reading order."""
    main = parse_xml(read_member(package, "OFD.xml"))
    for root in main.iterfind(".//{*}DocRoot"):
        document = (root.text or "").strip().lstrip("/")
        folder = posixpath.dirname(document)
        pages = parse_xml(read_member(package, document)).findall("{*}Pages/{*}Page")
        for page in pages[:MOST_PAGES]:
            location = page.get("BaseLoc", "")
            name = location if location.startswith("/") else posixpath.join(folder, location)
            yield parse_xml(read_member(package, posixpath.normpath(name).lstrip("/")))


def _lines(page: etree._Element) -> Iterator[str]:
    """Yield the lines of a page from top to bottom; texts on one line from left to right."""
    lines: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
    for text_object in page.iterfind(".//{*}TextObject"):
        left, top = _numbers(text_object.get("Boundary", ""))[:2]
        for code in text_object.iterfind("{*}TextCode"):
            x, y = _numbers(f"{code.get('X', '0')} {code.get('Y', '0')}")[:2]
            lines[round((top + y) / _LINE_HEIGHT)].append((left + x, code.text or ""))
    for height in sorted(lines):
        line = "".join(text for _, text in sorted(lines[height], key=lambda part: part[0]))
        if line.strip():
            yield line.strip("\n")


def _numbers(text: str) -> list[float]:
    """Return the numbers in an attribute, two at least."""
    return [*map(float, _NUMBER.findall(text)[:4]), 0.0, 0.0]
