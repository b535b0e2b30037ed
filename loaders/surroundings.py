"""What stands around a number and tells whether it can open a heading."""

import re
from collections.abc import Iterator, Sequence

from kg.scanning import compile_scan
from loaders.numbering import Mark
from loaders.paragraphs import SPACES, is_line_start

_BEFORE_REFERENCE = compile_scan(
    r"(?:[前本上]|第.{1,5}|上述|所列)[款项条]$|(?<!意)见$|[第至和与及、，,照(（]$"
)
_AFTER_REFERENCE = re.compile(
    r"的(?!确)|项(?!目)|款(?!项)|条(?!件|例)|至(?!少)|[、，,]|和(?!谐)|及(?!时)|所[列述指规]|规定|中[的所规]"
)
_CLAUSE_ENDS = re.compile(
    r"(?:牵头|负责|配合|参与|落实|完成|推进|[局厅委府院部办会行处科所司队心室])[)）〕\]】]$"
)
_TITLE_ENDS = (
    *("方案", "计划", "规划", "意见", "措施", "办法", "要点"),
    *("纲要", "细则", "规定", "举措", "政策", "清单", "通知"),
    *("规程", "条例", "规范", "分工", "决定", "公告", "分解", "台账"),
    *("规则", "制度", "章程", "预案", "重点工作", "工作任务", "安排", "号"),
    *("分工表", "分解表", "任务表", "责任表", "计划表"),
)
_DATE_ENDS = re.compile(r"[\d〇○零一二三四五六七八九十]\s?日$")
_SENTENCE_END = "。！？；;!?：:"
_SHORT_LINE = 12  # characters
_MARKED = re.compile(r"[。；;：:，,、)）]")


def is_reference(text: str, mark: Mark) -> bool:
    """Tell whether a number in running text names an item elsewhere: 前款(一)的, 见(二)所列."""
    before = text[max(0, mark.start - 8) : mark.start]
    return (
        _BEFORE_REFERENCE.search(before) is not None
        or _AFTER_REFERENCE.match(text, mark.end) is not None
    )


def follows_clause(text: str, mark: Mark) -> bool:
    """Tell whether a mark follows a bracket that says who does what: （甲局牵头）1.某事."""
    before = text[max(0, mark.start - 12) : mark.start].rstrip(SPACES)
    return _CLAUSE_ENDS.search(before) is not None


def follows_title_word(text: str, mark: Mark) -> bool:
    """Tell whether a mark follows the last word of a title, number or date: …实施方案 一、…."""
    before = text[max(0, mark.start - 12) : mark.start].rstrip(SPACES)
    return before.endswith(_TITLE_ENDS) or _DATE_ENDS.search(before) is not None


def follows_short_line(text: str, mark: Mark) -> bool:
    """Tell whether a mark opens the line below one of a few words, as 天津市."""
    above = text[: mark.start].rstrip(SPACES + "\n").rsplit("\n", 1)[-1].strip(SPACES)
    return 2 <= len(above) <= _SHORT_LINE and not _MARKED.search(above)


def decimals_in_sequence(decimals: Sequence[Mark]) -> Iterator[Mark]:
    """Yield the decimals that number items: 2.2 behind 2.1, with 2.1; no 2.1个百分点 alone."""
    labels = {mark.label for mark in decimals}
    for mark in decimals:
        parent = mark.label.rsplit(".", 1)[0]
        if not {f"{parent}.{mark.value - 1}", f"{parent}.{mark.value + 1}"}.isdisjoint(labels):
            yield mark


def ends_sentence(words: str) -> bool:
    """Tell whether words end with a mark that ends sentences, 。 also where it is narrowed."""
    is_narrowed = words[-1:] in (".", "．") and "\u4e00" <= words[-2:-1] <= "\u9fff"
    return words[-1:] in _SENTENCE_END or is_narrowed


def late_styles(text: str, marks: Sequence[Mark], opening: Sequence[str]) -> frozenset[str]:
    """Return the styles whose numbers run on at the starts of lines, but have no 1.

    Args:
        text: the stored text.
        marks: of one stretch, in order.
        opening: styles of which one number is enough.
    """
    values: dict[str, list[int]] = {}
    for mark in marks:
        if is_line_start(text, mark.start):
            values.setdefault(mark.style, []).append(mark.value)
    return frozenset(
        style
        for style, found in values.items()
        if 1 not in found and (style in opening or found[0] + 1 in found)
    )
