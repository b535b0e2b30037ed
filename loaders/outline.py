"""The outline of a notice: the tree of its numbered headings, read from marks in sequence.

A mark opens a heading where it stands at a boundary (start of a paragraph, after the end of a
sentence, right after its parent's heading) and its number continues the tree: the next
sibling, or the first child. Anything else is text. Enumerations inside a sentence dissolve.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.types import Span
from loaders.boxes import BoxNumbers
from loaders.closings import end_of_last
from loaders.enumerations import is_enumeration
from loaders.headings import find_heading, is_aims
from loaders.numbering import DECIMAL_RANK, STYLES, Mark, find_marks
from loaders.paragraphs import SPACES, is_line_start
from loaders.surroundings import (
    decimals_in_sequence,
    ends_sentence,
    follows_clause,
    follows_short_line,
    follows_title_word,
    is_reference,
    late_styles,
)

_CLOSERS = "”’）)〕]】》"
_OPENERS = "“‘（(〔[【《、"
_MAX_SKIPPED = 2  # numbers a careless copy may lose between siblings
_FEW_DECIMALS = 3
_HAN = re.compile(r"[\u4e00-\u9fff“《]")
_OPENING = ("part", "chapter", "article", "cn")  # styles that the first number of a text has
_LISTING = ("cn_paren", "arabic")  # that the first number of an annex may have, too
_BELOW_DECIMALS = DECIMAL_RANK + 10
_TOP_RANK = STYLES["cn"].rank  # of the lowest style that tops an outline
_GLUED_HEADING = 60  # characters a heading may have before a child glued to it


@dataclass(slots=True)
class OutlineNode:
    """A numbered item.

    Attributes:
        mark: its number.
        path: from the root, e.g. `二/(五)`, `附件/四/23`.
        heading: span of the heading, without number and final 。
        start: offset of the number.
        end: offset after the item's last character, its children included.
        children: items below, in order.
        tree: label of the tree: empty for the notice's own, `附件`, `附件1` …
        is_aims: it states aims, principles or requirements, not a measure.
    """

    mark: Mark
    path: str
    heading: Span
    start: int
    end: int
    tree: str = ""
    children: list["OutlineNode"] = field(default_factory=list)
    is_aims: bool = False

    @property
    def lead_end(self) -> int:
        """Offset where the item's own text before its first child ends."""
        return self.children[0].start if self.children else self.end

    def walk(self) -> Iterable["OutlineNode"]:
        """Yield the item and all below it, in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Tree:
    """A stretch of text with a numbering of its own.

    Attributes:
        label: empty for the notice itself, `附件`, `附件1` … for annexes.
        start: offset of the stretch.
        end: offset where the next begins.
        cuts: offsets, ascending, that no item reaches over: signatures, lists of annexes, noise.
        skips: spans whose numbers open no heading: lists of annexes, tables of contents.
        headings: as a table of contents gives them; they tell where a heading ends that runs
            into its text.
        boxes: offsets, ascending, at which boxes (专栏) begin; numbers in one open no heading.
    """

    label: str
    start: int
    end: int
    cuts: tuple[int, ...] = ()
    skips: tuple[Span, ...] = ()
    headings: frozenset[str] = frozenset()
    boxes: tuple[int, ...] = ()


def parse_outline(
    text: str, trees: Sequence[Tree], rows: Sequence[tuple[Mark, int]] = ()
) -> list[OutlineNode]:
    """Return the top-level items of all trees, in order.

    Args:
        text: the stored text.
        trees: stretches with a numbering of their own.
        rows: numbers of rows of task tables, and where the rows end; a row is an item.
    """
    marks = _with_rows(find_marks(text), rows)
    starts = [mark.start for mark in marks]
    roots: list[OutlineNode] = []
    taken: set[str] = set()
    for tree in trees:
        first, last = bisect_left(starts, tree.start), bisect_left(starts, tree.end)
        inside = [mark for mark in marks[first:last] if not _skipped(mark, tree)]
        for part in _build(text, inside, tree):
            _finish(text, part, tree, _free_label(tree.label, part, taken))
            taken.update(node.path for node in part)
            roots.extend(part)
    return roots


def _with_rows(marks: Sequence[Mark], rows: Sequence[tuple[Mark, int]]) -> list[Mark]:
    """Return all marks in order; numbers inside a row (1.…2.… in a cell) number no items."""
    ordered = sorted(rows, key=lambda row: row[0].start)
    starts = [row.start for row, _ in ordered]

    def is_inside(mark: Mark) -> bool:
        index = bisect_right(starts, mark.start) - 1
        return index >= 0 and mark.start < ordered[index][1]

    kept = [mark for mark in marks if not is_inside(mark)]
    return sorted([*kept, *(row for row, _ in ordered)], key=lambda mark: mark.start)


@dataclass(slots=True)
class _Builder:
    text: str
    tree: Tree
    has_lines: bool
    has_decimals: bool
    late_styles: frozenset[str]
    stack: list[OutlineNode] = field(default_factory=list)
    parts: list[list[OutlineNode]] = field(default_factory=lambda: [[]])
    last_of_style: dict[str, int] = field(default_factory=dict)
    boxes: BoxNumbers = field(init=False)
    run_on: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.boxes = BoxNumbers(self.tree.boxes)

    def offer(self, mark: Mark) -> None:
        """Take the mark into the tree if it opens a heading."""
        opened = {node.mark.style: node.mark.value for node in self.stack}
        if self.boxes.take(mark, opened, self.stack[-1].start if self.stack else 0):
            return
        if self.has_decimals and mark.style == "arabic_paren":
            mark = replace(mark, rank=_BELOW_DECIMALS)
        elif mark.style == "task":
            mark = replace(mark, rank=self._rank_of_task(mark))
        elif mark.style == "article" and self._is_below_heading(mark):
            mark = replace(mark, rank=_TOP_RANK + 1)
        boundary = self._boundary(mark)
        level = self._level(mark)
        siblings = self.stack[level - 1].children if level else self.parts[-1]
        is_sibling = bool(siblings) and siblings[-1].mark.style == mark.style
        if boundary == 0 and not (is_sibling and self._goes_on(siblings[-1].mark, mark)):
            return
        if is_sibling:
            gap = mark.value - siblings[-1].mark.value
            most_skipped = mark.value if mark.is_row else _MAX_SKIPPED
            if gap == 1 or (boundary == 3 and 1 < gap <= 1 + most_skipped):
                self._add(mark, level, boundary)
            elif mark.value == 1 and level == 0 and boundary == 3 and self._may_restart(mark):
                self.parts.append([])
                self._add(mark, 0, boundary)
            return
        last = self.last_of_style.get(mark.style, 0)
        most = last + 1 + (_MAX_SKIPPED if boundary == 3 else 0)
        continues = level > 0 and 0 < last < mark.value <= most
        lost_first = mark.value == 2 and last == 0 and boundary == 3 and mark.rank <= _TOP_RANK
        if mark.value == 1 or continues or lost_first or self._begins_late(mark, boundary):
            self._open(mark, level, boundary, bool(siblings))

    def _begins_late(self, mark: Mark, boundary: int) -> bool:
        """Tell whether a mark is the first of its style in a text that begins in mid-document."""
        if boundary < 3 or self.last_of_style.get(mark.style):
            return False
        if self.parts[-1]:
            return mark.is_row or self.parts[-1][0].mark.value > 1
        return mark.is_row or mark.style in self.late_styles

    def _goes_on(self, last: Mark, mark: Mark) -> bool:
        """Tell whether a mark in mid-text is the next sibling, glued to the clause before it."""
        if mark.value != last.value + 1 or is_reference(self.text, mark):
            return False
        before = self.text[max(0, mark.start - 9) : mark.start].rstrip(SPACES)[-1:]
        if mark.style in ("arabic", "arabic_paren"):
            # 完成时限：12月底2、强化运用 in a text without lines
            opens = before in _CLOSERS or _HAN.match(self.text, mark.end) is not None
            return not self.has_lines and opens and self._is_punctuated(mark)
        if mark.style in ("part", "chapter", "section"):  # 第三章 behind a table's last cell
            return not self.has_lines and self.text[mark.start - 1] in SPACES
        return mark.style in ("cn_paren", "cn") and before not in _OPENERS

    def _may_restart(self, mark: Mark) -> bool:
        if mark.style == "cn_paren" and follows_short_line(self.text, mark):
            return True  # a list for each place, under its bare name
        return mark.rank <= _TOP_RANK or (mark.style == "arabic" and self.has_decimals)

    def _open(self, mark: Mark, level: int, boundary: int, has_siblings: bool) -> None:
        if has_siblings and level == 0:
            if boundary < 3 and mark.rank > _TOP_RANK:
                return
            self.parts.append([])
        self._add(mark, level, boundary)

    def _add(self, mark: Mark, level: int, boundary: int) -> None:
        del self.stack[level:]
        node = OutlineNode(mark, "", mark.span, mark.start, self.tree.end)
        (self.stack[-1].children if self.stack else self.parts[-1]).append(node)
        self.stack.append(node)
        self.last_of_style[mark.style] = mark.value

    def _rank_of_task(self, mark: Mark) -> int:
        """Return the rank of 任务1: that of the one before it, else below the heading above it."""
        for node in self.stack:
            if node.mark.style == mark.style:
                return node.mark.rank
        return self.stack[-1].mark.rank + 1 if self._follows_heading(mark) else mark.rank

    def _is_below_heading(self, mark: Mark) -> bool:
        """Tell whether articles stand below 一、 here: 一、建立制度 第一条 … 二、… 第二条 …."""
        if any(node.mark.style == mark.style for node in self.stack):
            return self.stack[0].mark.style == "cn"
        is_first = mark.value == self.last_of_style.get(mark.style, 0) + 1
        return (
            is_first
            and bool(self.stack)
            and self.stack[-1].mark.style == "cn"
            and (self._follows_heading(replace(mark, rank=_TOP_RANK + 1)))
        )

    def _level(self, mark: Mark) -> int:
        """Return how many open items stand above the mark."""
        for level, node in enumerate(self.stack):
            if node.mark.rank >= mark.rank:
                return level
        return len(self.stack)

    def _boundary(self, mark: Mark) -> int:
        """Say how good a place for a heading this is: 3 paragraph, 2 sentence, 1 glued, 0 none."""
        if mark.is_row:
            return 3
        if mark.style == "arabic" and not self._is_punctuated(mark) and not self.has_decimals:
            return 0
        if mark.style.startswith("decimal") and not self._fits_decimal(mark):
            return 0
        if is_line_start(self.text, mark.start):
            return 3
        if is_reference(self.text, mark):
            return 0
        if self._follows_heading(mark):
            return 1
        is_lower = mark.style in ("arabic", "arabic_paren")
        if is_lower and self.has_lines and not self._runs_on(mark):
            return 0  # 1.…；2.… inside a paragraph is an enumeration
        before = self.text[max(0, mark.start - 200) : mark.start].rstrip(SPACES)[-2:]
        after_sentence = ends_sentence(before) or (
            before[-1:] in _CLOSERS
            and (
                ends_sentence(before[:1])
                or mark.style != "arabic"
                or follows_clause(self.text, mark)
            )
        )
        return 2 if after_sentence or self._follows_title(mark) else 0

    def _runs_on(self, mark: Mark) -> bool:
        """Tell whether a mark follows its sibling's sentence in a paragraph that one opens.

        1.甲事。2.乙事。 in a line of its own are items, as if each had a line.
        """
        last = next((node for node in self.stack if node.mark.style == mark.style), None)
        if last is None or last.mark.value != mark.value - 1:
            return False
        paragraph = self.text[last.start : mark.start]
        ends = paragraph.rstrip(SPACES)[-1:] == "。" or follows_clause(self.text, mark)
        is_first = is_line_start(self.text, last.start) or last.start in self.run_on
        if not (ends and is_first) or "\n" in paragraph:
            return False
        self.run_on.add(mark.start)
        return True

    def _follows_title(self, mark: Mark) -> bool:
        """Tell whether a first 一、 or 第一章 stands behind a title: …实施方案 一、….

        Where the text has lines of its own, a space must part them; where it has none, a space
        parts a first number from whatever stands before it.
        """
        is_parted = self.text[mark.start - 1] in SPACES
        is_annexed = bool(self.tree.label) and not self.parts[-1]  # 附件 任务分工 1.甲事。
        styles = (*_OPENING, *_LISTING) if is_annexed else _OPENING
        if mark.style not in styles or mark.value != 1 or (self.has_lines and not is_parted):
            return False
        if is_parted and not self.has_lines and not self.stack:
            return True
        return follows_title_word(self.text, mark)

    def _is_punctuated(self, mark: Mark) -> bool:
        return self.text[mark.start : mark.end].rstrip(" \u3000\t")[-1:] in ".．、﹒⒈⒉⒊⒋⒌⒍⒎⒏⒐"

    def _fits_decimal(self, mark: Mark) -> bool:
        parent = mark.label.rsplit(".", 1)[0]
        return any(node.mark.label == parent for node in self.stack)

    def _follows_heading(self, mark: Mark) -> bool:
        """Tell whether only its parent's heading stands before a first child."""
        if mark.value not in (1, self.last_of_style.get(mark.style, 0) + 1):
            return False
        if not self.stack or (self.stack[-1].mark.rank >= mark.rank and mark.style != "task"):
            return False
        if mark.start - self.stack[-1].mark.end > 2 * _GLUED_HEADING:
            return False
        between = self.text[self.stack[-1].mark.end : mark.start].strip(SPACES)
        return 0 < len(between) <= _GLUED_HEADING and "。" not in between[:-1]


def _build(text: str, marks: list[Mark], tree: Tree) -> list[list[OutlineNode]]:
    at_lines = sum(is_line_start(text, m.start) for m in marks)
    has_lines = at_lines * 2 > len(marks)
    decimals = [m for m in marks if m.rank >= DECIMAL_RANK]
    if has_lines:
        decimals = [m for m in decimals if is_line_start(text, m.start)]
    else:
        decimals = list(decimals_in_sequence(decimals))
    late = late_styles(text, marks, _OPENING)
    builder = _Builder(text, tree, has_lines, len(decimals) >= _FEW_DECIMALS, late)
    for mark in marks:
        builder.offer(mark)
    parts = [part for part in builder.parts if part]
    for part, following in pairwise(parts):
        part[-1].end = following[0].start  # before a lost 一、 stands (一), and no more
    return _without_contents(text, parts)


def _skipped(mark: Mark, tree: Tree) -> bool:
    if mark.start == mark.end and mark.start in tree.cuts:
        return True  # what looks like a row without a number is noise
    index = bisect_right(tree.skips, mark.start, key=lambda skip: skip.start) - 1
    return index >= 0 and mark.start < tree.skips[index].end


def _without_contents(text: str, parts: list[list[OutlineNode]]) -> list[list[OutlineNode]]:
    """Drop tables of contents (headings that the next part repeats) and copies of a part."""
    kept: list[list[OutlineNode]] = []
    seen: set[str] = set()
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        body = text[part[0].start : part[-1].mark.end + 60]
        if body in seen or (following and _is_contents(text, part, following)):
            continue
        seen.add(body)
        kept.append(part)
    return kept


def _is_contents(text: str, part: list[OutlineNode], following: list[OutlineNode]) -> bool:
    own, theirs = (_first_words(text, p[0].mark.end) for p in (part, following))
    has_text = "。" in text[part[0].start : part[-1].start]
    return bool(own) and own == theirs and len(part) > 1 and not has_text


def _first_words(text: str, start: int) -> str:
    """Return the first characters from an offset, spaces left out: 总　则 and 总则 are the same."""
    return "".join(text[start : start + 12].split())[:3]


def _free_label(label: str, part: list[OutlineNode], taken: set[str]) -> str:
    """Return a label under which the part's paths are not taken yet."""
    tried = 0
    candidate = label
    while any(_join(candidate, node.mark.label) in taken for node in part):
        tried += 1
        candidate = "附件" if tried == 1 and not label else f"{label or '附件'}{tried}"
    return candidate


def _join(*parts: str) -> str:
    return "/".join(part for part in parts if part)


def _finish(text: str, part: list[OutlineNode], tree: Tree, label: str) -> None:
    """Set ends, dissolve enumerations, then set paths, headings and aims, top down."""
    _close(part, tree)
    for root in part:
        for node in root.walk():
            if is_enumeration(text, node.mark, [(c.mark, c.end) for c in node.children]):
                node.children.clear()
    ordered = [node for root in part for node in root.walk()]
    leaves = [node for node in ordered if not node.children]
    leaves[-1].end = end_of_last(text, [(node.mark.end, node.end) for node in leaves])
    for node in reversed(ordered):
        if node.children:
            node.end = node.children[-1].end
    paths: set[str] = set()
    stack = [(node, label, False) for node in reversed(part)]
    while stack:
        node, above, in_aims = stack.pop()
        node.tree = label
        node.path = _free_path(text, above, node.mark, paths)
        paths.add(node.path)
        node.heading = find_heading(text, node.mark, node.lead_end, tree.headings)
        heading = text[node.heading.start : node.heading.end]
        has_tasks = bool(node.children) and heading.endswith("任务")  # 目标任务 1.… 2.…
        node.is_aims = in_aims or (is_aims(heading) and not has_tasks)
        stack.extend((child, node.path, node.is_aims) for child in reversed(node.children))


def _free_path(text: str, above: str, mark: Mark, taken: Set[str]) -> str:
    """Return the path of a number; of two of one value (2. and 任务2) the later bears its word."""
    path = _join(above, mark.label)
    if path in taken:
        path = _join(above, text[mark.start : mark.end].strip(" \u3000\n.．、：:"))
    while path in taken:
        path += "*"
    return path


def _close(part: list[OutlineNode], tree: Tree) -> None:
    """Let every item end where the next begins, or at the first cut after its last number."""
    ordered = [node for root in part for node in root.walk()]
    below: dict[int, int] = {}
    stop = part[-1].end
    for node in reversed(ordered):
        end = below[id(node.children[-1])] if node.children else _cut(stop, node.mark.end, tree)
        node.end = below[id(node)] = max(end, node.mark.end)
        stop = node.start


def _cut(stop: int, start: int, tree: Tree) -> int:
    index = bisect_left(tree.cuts, start)
    return min(stop, tree.cuts[index]) if index < len(tree.cuts) else stop
