"""PDF to lines, by its text layer."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from kg.errors import SourceError
from loaders.readers.characters import restore_ideographs
from loaders.readers.types import MAX_CHARACTERS, ReadText

MOST_PAGES = 2_000
_NUMBER = re.compile(r"[-—–－·\s]*(?P<number>\d{1,4})[-—–－·\s]*(?:/\s*\d{1,4})?")
_EMPTY_PAGE = 10  # characters, below which a page of a text counts as a picture
_RUNNING = 0.6  # of the pages, from which a line at the edge is a running header


def read_pdf(raw: bytes, uri: str) -> ReadText:
    """Return the text layer of a PDF, page after page, without page numbers and running headers.

    Raises:
        SourceError: it is damaged, encrypted, too long, or has no text layer.
    """
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise SourceError(uri, _why(error)) from error
    try:
        pages = _read_pages(document, uri)
    except pdfium.PdfiumError as error:
        raise SourceError(uri, f"a damaged PDF ({error})") from error
    finally:
        document.close()
    empty = [n for n, lines in enumerate(pages, 1) if sum(map(len, lines)) < _EMPTY_PAGE]
    if len(empty) == len(pages):
        reason = "no text layer: the pages are pictures; recognise their text (OCR) first"
        raise SourceError(uri, reason)
    dropped = _running_lines(pages)
    text = "\n".join(line for page in pages for line in _without(page, dropped))
    return ReadText(text + "\n", "pdf", "text layer", tuple(_warnings(empty, dropped)))


def _why(error: pdfium.PdfiumError) -> str:
    if "password" in str(error).lower():
        return "an encrypted PDF: it opens with a password only"
    return f"a damaged PDF ({error})"


def _read_pages(document: pdfium.PdfDocument, uri: str) -> list[list[str]]:
    if len(document) > MOST_PAGES:
        raise SourceError(uri, f"{len(document):,} pages are more than the {MOST_PAGES:,} allowed")
    pages: list[list[str]] = []
    left = MAX_CHARACTERS
    for number in range(len(document)):
        page = document[number]
        text = restore_ideographs(page.get_textpage().get_text_range())
        page.close()
        left -= len(text)
        if left < 0:
            raise SourceError(uri, f"its text is longer than {MAX_CHARACTERS:,} characters")
        pages.append([line.rstrip() for line in text.splitlines() if line.strip()])
    return pages


def _running_lines(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines that head or foot most of the pages."""
    if len(pages) < 3:
        return frozenset()
    edges = Counter(line for page in pages for line in {*page[:1], *page[-1:]})
    return frozenset(line for line, count in edges.items() if count >= _RUNNING * len(pages))


def _without(page: Sequence[str], dropped: frozenset[str]) -> Iterator[str]:
    for number, line in enumerate(page):
        is_edge = number in (0, len(page) - 1)
        if is_edge and (line in dropped or _NUMBER.fullmatch(line)):
            continue
        yield line


def _warnings(empty: Sequence[int], dropped: frozenset[str]) -> Iterator[str]:
    if empty:
        pages = "、".join(map(str, empty[:10])) + ("等" if len(empty) > 10 else "")
        yield (
            f"第{pages}页没有文字层（可能是扫描图像），未读 "
            "pages without text, perhaps scanned, not read"
        )
    for line in sorted(dropped):
        yield f"去掉了每页重复的页眉或页脚 left out as head or foot of each page：{line[:60]}"
