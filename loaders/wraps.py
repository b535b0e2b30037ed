"""Hard wraps: line breaks that a page's width made, not its author."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.scanning import compile_scan

_LINE = re.compile(r"[^\n]*")
_SENTENCE_ENDS = "。；;：:!！?？"
_PAGE = compile_scan(r"\s*[-—－·]{0,2}\s?\d{1,3}\s?[-—－·]{0,2}\s*$")
_HEADING = compile_scan(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,3}[.．、]\D"
    r"|第[一二三四五六七八九十百]{1,5}[章条节]|附件|责任(?:单位|部门)|牵头(?:单位|部门)"
    r"|配合(?:单位|部门)|——)"
)
_MIN_WRAPPED = 6  # lines that go on in the next, below which no width shows
_NARROWEST, _WIDEST = 12, 64
# A line of a page's header: a spaced label, several fields, a path of links, a table's row.
_FIELDS = re.compile(
    r"^(?:[\u4e00-\u9fff] +){1,3}[\u4e00-\u9fff] ?[：:]|\S {2,}\S|>|\t|\|"
    r"|^(?:索引号|主题分类|发[文布](?:单位|机[关构]|字号|日期|时间)|成文日期|标题|有效性|来源|时间)[：:]"
)
_NARROW_PAGE = 24  # characters; lines of headings alone seldom reach it
_FEW_WRAPPED = 4  # lines that reach the greatest width, and go on in the next
_FEW_SENTENCES = 2
_SLACK = 2  # characters by which lines of one width differ
_MANY = 0.15  # of all lines, that reach the greatest width
_OVER = 1.15  # of the page's width, past which a line was never wrapped
_FULL = 0.85  # of the page's width, from which a line counts as full


def find_wraps(text: str) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of every line break, with what stands about it, that is a hard wrap.

    A text is hard-wrapped where most of its lines that end in no punctuation are as long as the
    page is wide. In such a text a full line that ends in mid-sentence goes on in the next,
    unless that one is indented or opens an item. Page numbers between the two go with the break.
    """
    lines = [
        (m.start(), m.end())
        for m in _LINE.finditer(text)
        if m.group().strip() and not _PAGE.match(m.group())
    ]
    width = _page_width(text, lines)
    if width is None:
        return
    for (start, end), (following, stop) in pairwise(lines):
        line = text[start:end].rstrip()
        below = text[following:stop]
        lengths = len(line), _set_width(line)
        is_full = any(width * _FULL <= length <= width * _OVER for length in lengths)
        if not is_full or line[-1] in _SENTENCE_ENDS:
            continue
        if _FIELDS.search(line.strip()) or _FIELDS.search(below.strip()):
            continue
        if below[:1] in "\u3000\t" or below.startswith("   ") or _HEADING.match(below):
            continue
        yield start + len(line), following + len(below) - len(below.lstrip())


def _page_width(text: str, lines: list[tuple[int, int]]) -> float | None:
    """Return the width in characters at which a text is wrapped, or None if it is not.

    A list without sentences is not, however alike its lines.
    """
    if text.count("。") < _FEW_SENTENCES:
        return None
    return _usual_width(text, lines) or _greatest_width(text, lines)


def _usual_width(text: str, lines: list[tuple[int, int]]) -> float | None:
    """Return the length of most lines that end in no punctuation, if most are about as long."""
    ended = [text[start:end].rstrip() for start, end in lines]
    unfinished = sorted(
        len(line) for line in ended if line[-1] not in _SENTENCE_ENDS and len(line) >= _NARROWEST
    )
    if len(unfinished) < _MIN_WRAPPED:
        return None
    width = unfinished[int(len(unfinished) * 0.75)]
    full = sum(width * _FULL <= length <= width * _OVER for length in unfinished)
    is_wrapped = width <= _WIDEST and full * 5 >= len(unfinished) * 3
    return width if is_wrapped and full >= _MIN_WRAPPED else None


def _greatest_width(text: str, lines: list[tuple[int, int]]) -> float | None:
    """Return the length that no line exceeds and many reach, though many are headings.

    Lines of one width differ by less than two characters; a Latin one may count as a half.
    """
    ended = [text[start:end].rstrip() for start, end in lines]
    for measure in (len, _set_width):
        lengths = [measure(line) for line in ended]
        width = max(lengths, default=0)
        full = sum(
            length > width - _SLACK and line[-1] not in _SENTENCE_ENDS
            for length, line in zip(lengths, ended, strict=True)
        )
        if _NARROW_PAGE <= width <= _WIDEST and full >= max(_FEW_WRAPPED, len(lines) * _MANY):
            return width
    return None


def _set_width(line: str) -> float:
    """Return the width of a line as set: Latin letters and digits take half a character."""
    return len(line) - sum(map(str.isascii, line)) / 2
