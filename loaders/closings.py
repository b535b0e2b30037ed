"""Where the last item of an outline ends: before the notice's closing words."""

from collections.abc import Sequence

from kg.scanning import compile_scan
from kg.types import Span
from loaders.paragraphs import iter_paragraphs

_FEW_ITEMS = 3
_CLAUSE = compile_scan(
    r"[(（〔\[【]?\s*(?:责任|牵头|配合|主办|协办|完成|时限|实施|落实|参与)"
    # a line that is one bracket, as names of bodies are
    r"|[(（〔【](?!此件|联系|公开)[^()（）\n]{3,300}[)）〕】]\s*(?:\n|$)"
)


def end_of_last(text: str, items: Sequence[tuple[int, int]]) -> int:
    """Return where the last item ends without the notice's closing words.

    They are the paragraphs that it has more than any other item of its shape, where there are
    enough items to tell (the page sets each item in one paragraph, say, and the last in two).

    Args:
        text: the stored text.
        items: start and end of the items that have none below them, in order, at least one.
    """
    end = items[-1][1]
    if len(items) <= _FEW_ITEMS:
        return end
    *others, last = ([*iter_paragraphs(text, start, stop)] for start, stop in items)
    is_alone = _is_heading_alone(text, last)
    usual = [len(other) for other in others if _is_heading_alone(text, other) == is_alone]
    keep = max(usual, default=len(last))
    while keep < len(last) and _CLAUSE.match(text, last[keep].start):
        keep += 1
    return last[keep - 1].end if 0 < keep < len(last) else end


def _is_heading_alone(text: str, paragraphs: Sequence[Span]) -> bool:
    """Tell whether an item's first paragraph is its heading, with the text below it."""
    return len(paragraphs) > 1 and text[paragraphs[0].end - 1] not in "。；;！)）〕】]"
