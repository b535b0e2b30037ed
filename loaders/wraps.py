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
        if not width * _FULL <= len(line) <= width * _OVER or line[-1] in _SENTENCE_ENDS:
            continue
        if _FIELDS.search(line.strip()) or _FIELDS.search(below.strip()):
            continue
        if below[:1] in "\u3000\t" or below.startswith("   ") or _HEADING.match(below):
            continue
        yield start + len(line), following + len(below) - len(below.lstrip())


def _page_width(text: str, lines: list[tuple[int, int]]) -> int | None:
    """Return the width in characters at which a text is wrapped, or None if it is not."""
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
