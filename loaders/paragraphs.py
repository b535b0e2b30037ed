"""Paragraphs: runs of text between newlines, U+3000 indents or wide gaps; sentences in them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.scanning import compile_scan
from kg.types import Span

_BREAK = compile_scan(r"\n|\u3000{2,}|[ \t\u3000]{4,}")
SPACES = " \t\n\u3000"
_POINT = re.compile(r"(?<=[\u4e00-\u9fff〇”》)）])\.(?!\d)")


def iter_paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the spans of non-empty paragraphs, stripped of spaces, in order.

    An end beyond the text is the end of the text, as in a slice.
    """
    stop = len(text) if end is None else min(end, len(text))
    position = start
    for match in _BREAK.finditer(text, start, stop):
        span = strip_span(text, position, match.start())
        if span is not None:
            yield span
        position = match.end()
    span = strip_span(text, position, stop)
    if span is not None:
        yield span


@lru_cache(maxsize=2)  # the structure of a page is read from them, and its tables
def all_paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a whole text."""
    return tuple(iter_paragraphs(text))


def strip_span(text: str, start: int, end: int) -> Span | None:
    """Return [start, end) without spaces at its ends, or None if nothing is left."""
    while start < end and text[start] in SPACES:
        start += 1
    while end > start and text[end - 1] in SPACES:
        end -= 1
    return Span(start, end) if start < end else None


def with_full_stops(text: str) -> str:
    """Return a text of the same length whose sentences end in 。 where punctuation is narrow."""
    return _POINT.sub("。", text) if "." in text else text


def is_line_start(text: str, offset: int) -> bool:
    """Tell whether only indentation stands between the offset and a paragraph break."""
    position = offset
    while position > 0 and text[position - 1] in " \t\u3000•·-*":
        position -= 1
    return position == 0 or text[position - 1] == "\n" or is_break(text[position:offset])


def is_break(gap: str) -> bool:
    """Tell whether a gap of spaces is wide enough to part paragraphs."""
    return _BREAK.search(gap) is not None
