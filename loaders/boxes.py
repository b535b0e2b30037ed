"""Boxes (专栏) beside a plan's text: where they begin, and the numbers inside them.

A box describes a project in its own words, often with a numbering of its own. It is no measure,
nor part of the measure above it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from kg.types import Span
from loaders.numbering import Mark

_GLUED_BOX = re.compile(r"(?<=[。）)])[【\[]?专栏\d")  # in text without lines
_BOX = re.compile(
    r"[【\[]?专\s?栏\s?(?:\d|[一二三四五六七八九十]|[：:]|[ \u3000]+(?=[\u4e00-\u9fff]))"
)


def find_boxes(text: str, paragraphs: Sequence[Span]) -> Iterator[int]:
    """Yield the offsets at which boxes begin, in order: 专栏1 …, 【专栏 …】."""
    starts = {p.start for p in paragraphs if _BOX.match(text, p.start, p.end)}
    yield from sorted(starts | {match.start() for match in _GLUED_BOX.finditer(text)})


class BoxNumbers:
    """Tells the numbers inside boxes from those of the outline around them."""

    def __init__(self, boxes: Sequence[int]) -> None:
        """Take the offsets, ascending, at which boxes begin."""
        self._boxes = boxes
        self._box = -1
        self._last: dict[str, int] = {}

    def take(self, mark: Mark, opened: Mapping[str, int], position: int) -> bool:
        """Tell whether a mark stands in a box, and remember its number if it does.

        A box ends where a number goes on from the items above it, not from the box's own.

        Args:
            mark: the next number of the text.
            opened: number of each open item of the outline, by style.
            position: offset of the last item that the outline took in.
        """
        index = bisect_right(self._boxes, mark.start) - 1
        if index < 0 or not opened or position > self._boxes[index]:
            return False
        if self._box != self._boxes[index]:
            self._box = self._boxes[index]
            self._last.clear()
        is_own = self._last.get(mark.style) == mark.value - 1
        if not is_own and opened.get(mark.style) == mark.value - 1:
            return False
        self._last[mark.style] = mark.value
        return True
