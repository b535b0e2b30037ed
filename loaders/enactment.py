"""How a regulation says it came to be, in brackets below its title: (…通过 …令第3号公布 …)."""

import re
from dataclasses import dataclass

from kg.agencies import NamingContext, resolve_agency
from kg.types import Span
from loaders.dates import find_dates
from loaders.header import Quoted
from loaders.paragraphs import is_line_start

_NOTE = re.compile(
    r"[（(](?=[^（）()]{0,30}年)(?P<note>[^（）()]{8,600}(?:通过|公布|发布|修正|修订|批准)[^（）()]{0,200})[）)]"
)
_ACT = re.compile(r"(?P<published>公布|发布)|通过|修正|修订|批准")
_ORDER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{3,24}?)令[\s\u3000（(]{0,4}第[\s\u3000]?(?P<serial>\d{1,4})[\s\u3000]?号"
)
_SESSION = re.compile(r"第[〇零一二三四五六七八九十]{1,4}届(?=人民代表大会)")
_ASSEMBLY = re.compile(r"(?P<body>[\u4e00-\u9fff]{2,30}?人民代表大会(?:常务委员会)?)第")
_REACH = 120  # characters between a title and its note


@dataclass(frozen=True, slots=True)
class Enactment:
    """When, by whom and under which number a regulation was made; None for what is not said."""

    issued_on: Quoted | None
    issuer: Quoted | None
    number: Quoted | None


def find_order(text: str, end: int, place: str) -> Enactment | None:
    """Return whose order (令) a page opens with, and its number, or None if it opens with none.

    Args:
        text: the stored text.
        end: where the first item begins.
        place: code of the notice's place.
    """
    order = next((m for m in _ORDER.finditer(text, 0, end) if is_line_start(text, m.start())), None)
    if order is None:
        return None
    issuer = _issuer(text, Span(*order.span()), order, place)
    return Enactment(None, issuer, _number(text, order)) if issuer else None


def find_enactment(text: str, start: int, place: str) -> Enactment | None:
    """Return what the brackets below a regulation's title say, or None if there are none.

    Args:
        text: the stored text.
        start: where the title ends.
        place: code of the notice's place.
    """
    match = _NOTE.search(text, start, start + _REACH + 900)
    if match is None or match.start() - start > _REACH:
        return None
    note = Span(*match.span("note"))
    order = _ORDER.search(text, note.start, note.end)
    issuer = _issuer(text, note, order, place)
    return Enactment(_date(text, note), issuer, _number(text, order))


def _date(text: str, note: Span) -> Quoted | None:
    """Return the day it was published on, else the last on which it was passed or amended."""
    dates = list(find_dates(text, note))
    last = None
    for date, following in zip(dates, [*dates[1:], None], strict=False):
        act = _ACT.search(text, date.span.end, following.span.start if following else note.end)
        if act is None:
            continue
        last = Quoted(date.iso, date.span)
        if act["published"]:
            return last
    return last


def _number(text: str, order: re.Match[str] | None) -> Quoted | None:
    if order is None:
        return None
    start = order.start() + (order["body"].startswith("日") and text[order.start() - 1].isdigit())
    body = text[start : order.end("body")]
    return Quoted(f"{body}令第{int(order['serial'])}号", Span(start, order.end()))


def _issuer(text: str, note: Span, order: re.Match[str] | None, place: str) -> Quoted | None:
    found = order or _ASSEMBLY.search(text, note.start, note.end)
    if found is None:
        return None
    span = Span(*found.span("body"))
    if text[span.start] == "日" and text[span.start - 1].isdigit():
        span = Span(span.start + 1, span.end)
    name = _SESSION.sub("", text[span.start : span.end])
    body = resolve_agency(name, NamingContext(place)).target
    return Quoted(body.name, span) if body else None
