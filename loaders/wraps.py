"""Hard wraps: line breaks that a page's width made, not its author."""

import re
from collections.abc import Iterator
from itertools import pairwise

_LINE = re.compile(r"[^\n]*")
_SENTENCE_ENDS = "。；;：:!！?？"
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,3}[.．、]\D|第[一二三四五六七八九十百]{1,5}[章条节]"
    r"|附件|责任(?:单位|部门)|牵头(?:单位|部门)|配合(?:单位|部门)|——)"
)
_MIN_LINES = 10
_WIDEST = 64
_FULL = 0.88  # of the page's width, from which a line counts as full


def find_wraps(text: str) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of every line break, with the spaces about it, that is a hard wrap.

    A text is hard-wrapped where most of its lines that end in no punctuation are as long as the
    page is wide. In such a text a full line that ends in mid-sentence goes on in the next,
    unless that one is indented or opens an item.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if m.group().strip()]
    width = _page_width(text, lines)
    if width is None:
        return
    for (start, end), (following, stop) in pairwise(lines):
        line = text[start:end].rstrip()
        below = text[following:stop]
        if len(line.strip()) < width * _FULL or line[-1] in _SENTENCE_ENDS:
            continue
        if below[:1] in "\u3000\t" or below.startswith("   ") or _HEADING.match(below):
            continue
        yield start + len(line), following + len(below) - len(below.lstrip())


def _page_width(text: str, lines: list[tuple[int, int]]) -> int | None:
    """Return the width in characters at which a text is wrapped, or None if it is not."""
    if len(lines) < _MIN_LINES:
        return None
    lengths = sorted(len(text[start:end].strip()) for start, end in lines)
    width = lengths[int(len(lengths) * 0.9)]
    if not 12 <= width <= _WIDEST or lengths[-1] > width * 1.25:
        return None
    unfinished = [s for s in (text[a:b].strip() for a, b in lines) if s[-1] not in _SENTENCE_ENDS]
    full = sum(len(line) >= width * _FULL for line in unfinished)
    return width if full * 5 >= len(lines) * 2 else None
