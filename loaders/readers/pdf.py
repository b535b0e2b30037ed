"""PDF to lines, by its text layer."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pypdfium2 as pdfium

from kg.errors import SourceError
from loaders.readers.characters import restore_ideographs
from loaders.readers.types import ReadText, check_length

MOST_PAGES = 2_000
_NUMBER = re.compile(
    r"[-—–－·•.\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–－·•.\s]*"
    r"(?:(?:/|[,，]?\s*共)\s*\d{1,4}(?:\s*页)?)?[\s]*"
)
_DIGITS = re.compile(r"\d+")
_EMPTY_PAGE = 10  # characters, below which a page of a text counts as a picture
_RUNNING = 0.6  # of the pages, or of those on one side, from which a line at the edge runs on
_EDGE = 2  # lines at each end of a page that may be its head or foot
_FEWEST_PAGES = 3


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
    dropped = _running_lines(pages)
    pages = [list(_without(page, dropped)) for page in pages]
    empty = [n for n, lines in enumerate(pages, 1) if sum(map(len, lines)) < _EMPTY_PAGE]
    if len(empty) == len(pages):
        reason = "no text layer: the pages are pictures; recognise their text (OCR) first"
        raise SourceError(uri, reason)
    text = "\n".join(line for page in pages for line in page)
    return ReadText(text + "\n", "pdf", "text layer", tuple(_warnings(empty, dropped)))


def _why(error: pdfium.PdfiumError) -> str:
    if "password" in str(error).lower():
        return "an encrypted PDF: it opens with a password only"
    return f"a damaged PDF ({error})"


def _read_pages(document: pdfium.PdfDocument, uri: str) -> list[list[str]]:
    if len(document) > MOST_PAGES:
        raise SourceError(uri, f"{len(document):,} pages are more than the {MOST_PAGES:,} allowed")
    pages: list[list[str]] = []
    characters = 0
    for number in range(len(document)):
        page = document[number]
        text = restore_ideographs(page.get_textpage().get_text_range())
        page.close()
        characters += len(text)
        check_length(characters, uri)
        pages.append([line.rstrip() for line in text.splitlines() if line.strip()])
    return pages


def _running_lines(pages: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the lines that head or foot most pages: their pattern, and one of them.

    Such lines differ in the number of the page alone, and may stand on every other page.
    """
    if len(pages) < _FEWEST_PAGES:
        return {}
    counts: Counter[tuple[int, str]] = Counter()
    examples: dict[str, str] = {}
    for number, page in enumerate(pages):
        for line in {pattern: line for line in _edges(page) if (pattern := _pattern(line))}.items():
            examples.setdefault(*line)
            counts[number % 2, line[0]] += 1
    return {
        pattern: line
        for pattern, line in examples.items()
        if _runs_on([counts[0, pattern], counts[1, pattern]], len(pages))
    }


def _runs_on(counts: Sequence[int], pages: int) -> bool:
    """Tell whether a line on so many odd and even pages stands on most pages, or of one side."""
    sides = zip(counts, ((pages + 1) // 2, pages // 2), strict=True)
    on_side = any(count >= max(_FEWEST_PAGES, _RUNNING * side) for count, side in sides)
    return on_side or sum(counts) >= _RUNNING * pages


def _edges(page: Sequence[str]) -> Sequence[str]:
    return [*page[:_EDGE], *page[-_EDGE:]]


def _pattern(line: str) -> str:
    """Return what lines with another page's number have in common; empty for numbers alone."""
    pattern = _DIGITS.sub("0", " ".join(line.split()))
    return pattern if pattern.strip("0 -—–/.,") else ""


def _without(page: Sequence[str], running: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a page, its running lines and its number left out."""
    kept = list(page)
    for end in (0, -1):
        is_numbered = False  # a second number may be that of a table's row
        for _ in range(_EDGE):
            is_number = bool(kept) and _NUMBER.fullmatch(kept[end]) is not None
            if kept and (_pattern(kept[end]) in running or (is_number and not is_numbered)):
                is_numbered |= is_number
                del kept[end]
    return iter(kept)


def _warnings(empty: Sequence[int], running: Mapping[str, str]) -> Iterator[str]:
    if empty:
        pages = "、".join(map(str, empty[:10])) + ("等" if len(empty) > 10 else "")
        yield (
            f"第{pages}页没有文字层（可能是扫描图像），未读 "
            "pages without text, perhaps scanned, not read"
        )
    for line in sorted(running.values()):
        yield f"去掉了每页重复的页眉或页脚 left out as head or foot of each page：{line[:60]}"
