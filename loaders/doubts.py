"""What looks wrong about an outline: numbers that miss or repeat, headings left out, long items.

These are doubts, not errors: notices do misnumber. Each says where to look.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.simplify import fold
from loaders.analyse import Analysis, Item
from loaders.numbering import Mark, find_marks
from loaders.outline import OutlineNode
from loaders.paragraphs import is_line_start

_LONGEST_ITEM = 2_500  # characters of a measure's own text; few are a third of that
_MOST_DOUBTS = 30
_HEADINGS = ("part", "chapter", "section", "article", "cn")


def find_doubts(analysis: Analysis) -> list[str]:
    """Return what looks wrong about the outline, in both languages, with paths; at most 30."""
    found = [
        *_long_items(analysis.items),
        *_numbering(analysis.items),
        *_left_out(analysis),
    ]
    rest = len(found) - _MOST_DOUBTS
    return [*found[:_MOST_DOUBTS], f"另有{rest}处 more"] if rest > 0 else found


def _long_items(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        length = item.node.lead_end - item.node.start
        if length > _LONGEST_ITEM:
            yield f"条目过长：{item.node.path}有{length}字 long item"


def _numbering(items: Sequence[Item]) -> Iterator[str]:
    """Yield gaps and repeats among siblings, and lists that do not begin with 1.

    Numbers that run on through the notice (第一章 to 第三条, 第二章 from 第四条) are none.
    """
    nodes = [item.node for item in items]
    below = {id(child) for node in nodes for child in node.children}
    roots = [node for node in nodes if id(node) not in below]
    last: dict[tuple[str, str], int] = {}
    for siblings in _siblings(roots, nodes):
        first = siblings[0]
        if not first.mark.is_row and first.mark.value not in (1, _next(last, first)):
            yield f"编号不从一开始：{first.path} numbers do not begin with 1"
        for one, two in pairwise(siblings):
            gap = two.mark.value - one.mark.value
            if one.tree == two.tree and one.mark.style == two.mark.style and gap not in (1, 0):
                if two.mark.value != 1:
                    yield f"编号不连续：{one.path}之后是{two.path} numbers missing"
            elif gap == 0 and one.mark.label == two.mark.label:
                yield f"编号重复：{one.path} number repeated"
        for node in siblings:
            last[node.tree, node.mark.style] = node.mark.value


def _siblings(
    roots: Sequence[OutlineNode], nodes: Sequence[OutlineNode]
) -> Iterator[Sequence[OutlineNode]]:
    if roots:
        yield roots
    yield from (node.children for node in nodes if node.children)


def _next(last: dict[tuple[str, str], int], node: OutlineNode) -> int:
    return last.get((node.tree, node.mark.style), 0) + 1


def _left_out(analysis: Analysis) -> Iterator[str]:
    """Yield numbers of headings at the start of a line that the outline did not take for any."""
    taken = {item.node.start for item in analysis.items}
    styles = {item.node.mark.style for item in analysis.items}
    structure = analysis.structure
    stop = len(analysis.text) if structure.copy is None else structure.copy
    text = fold(analysis.text)
    for mark in find_marks(text):
        if mark.style not in _HEADINGS or mark.style not in styles or mark.start in taken:
            continue
        if mark.start >= stop or _is_listed(mark, analysis) or not is_line_start(text, mark.start):
            continue
        words = " ".join(analysis.text[mark.start : mark.start + 20].split())
        yield f"行首编号没有读作条目：{words} a number that was read as no item"


def _is_listed(mark: Mark, analysis: Analysis) -> bool:
    contents = analysis.structure.contents
    return contents is not None and contents.start <= mark.start < contents.end
