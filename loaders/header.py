"""The header of a page: labelled values such as 发文字号 and 成文日期, and the genre's words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.datafiles import read_yaml
from kg.scanning import compile_scan
from kg.types import Span
from loaders.dates import find_dates
from loaders.paragraphs import SPACES, strip_span

_LONGEST_VALUE = 150
FONT_SWITCH = re.compile(r"字[体号]\s?[:：]?\s?[\[【(（]?\s?大[\s|·、]*中[\s|·、]*小\s?[\]】)）]?")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A value and the words it was read from."""

    value: str
    span: Span


def read_labels(text: str, end: int) -> dict[str, Span]:
    """Return the labelled values of a header, the first of each kind.

    Keys are title, number, issuer, source, signed, published, validity, other.
    """
    found: dict[str, Span] = {}
    for match, span in _labelled(text, end):
        name = next(name for name in notice_words()["labels"] if match[name])
        if span is not None:
            found.setdefault(name, span)
    return found


def read_fields(text: str, end: int) -> tuple[Span, ...]:
    """Return the spans of all labels of a header, each with its value."""
    return tuple(
        Span(match.start(), span.end if span else match.end())
        for match, span in _labelled(text, end)
    )


def _labelled(text: str, end: int) -> Iterator[tuple[re.Match[str], Span | None]]:
    """Yield the labels and their values; None for a value that is empty or too long."""
    matches = list(_label_pattern().finditer(text, 0, end))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        line_end = text.find("\n", match.end(), end)
        stop = min(line_end if line_end >= 0 else end, following.start() if following else end)
        switch = FONT_SWITCH.search(text, match.start(), stop)
        if switch:  # a value ends where the site's font switch stands, its own as well
            stop = switch.start() if switch.start() > match.start() else switch.end()
        stop = match.end() + len(text[match.end() : stop].rstrip(SPACES + "|"))
        span = strip_span(text, match.end(), max(stop, match.end()))
        if span is None and following and line_end >= 0:
            span = _line_between(text, line_end, following.start())
        yield match, span if span and span.end - span.start <= _LONGEST_VALUE else None


def _line_between(text: str, line_end: int, following: int) -> Span | None:
    """Return the one line between two labels, the value of the first where each has its own line.

    What follows the last of a header's labels may be anything.
    """
    line = strip_span(text, line_end, following)
    return line if line and "\n" not in text[line.start : line.end] else None


def label_spans(text: str, labels: Mapping[str, Span], name: str) -> tuple[Span, ...]:
    """Return the spans of the names that a labelled value lists."""
    span = labels.get(name)
    if span is None:
        return ()
    pieces = re.finditer(r"[^\s、,，;；]+", text[span.start : span.end])
    return tuple(Span(span.start + p.start(), span.start + p.end()) for p in pieces)


def label_date(text: str, span: Span | None) -> Quoted | None:
    """Return the date in a labelled value, or None."""
    date = next(find_dates(text, span), None) if span else None
    return Quoted(date.iso, date.span) if date else None


@cache
def notice_words() -> dict[str, Any]:
    """Return the words of the genre: `kinds` of notices and `labels` of headers."""
    loaded: dict[str, Any] = read_yaml("notice_words.yaml")
    return loaded


@cache
def _label_pattern() -> re.Pattern[str]:
    labels = notice_words()["labels"].items()
    names = "|".join(f"(?P<{name}>{pattern})" for name, pattern in labels)
    return compile_scan(
        rf"(?:^|(?<=[\s\u3000•·●\-*\t|【\[]))(?:{names})\s*"
        r"(?:[】\]](?:[ \t]*[:：|])?|】?\s*(?:[:：|\t]|\n))[ \t\u3000]*(?:\|[ \t]*)?"
    )
