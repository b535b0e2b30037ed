"""Enumerations: numbered parts of one sentence, which are no items of the outline."""

import re
from collections.abc import Sequence

from kg.scanning import compile_scan
from loaders.numbering import Mark
from loaders.paragraphs import SPACES, iter_paragraphs

_LISTED = re.compile(
    r"(?:以下|下列|如下|包括)[^。；;]{0,12}?"
    r"(?:条件|情形|情况|标准|材料|程序|行为|范围|内容|含义|原则|事项)?[：:]$"
)
_TASKS = re.compile(r"(?:措施|任务|工作|意见|举措|项目|工程|行动)[：:]$")
_SECOND = {
    "arabic": re.compile(r"[；;。，,]\s?2[.．、](?!\d)"),
    "arabic_paren": re.compile(r"[；;。，,]\s?(?:[(（]2[)）]|⑵)"),
}
_DUTY = compile_scan(
    r"(?:责任|牵头|配合|主办|负责|承办)(?:单位|部门|处室|科室)\s*[：:]|(?:牵头|负责|配合|参与)[)）]"
)


def is_enumeration(text: str, mark: Mark, children: Sequence[tuple[Mark, int]]) -> bool:
    """Tell whether the children are the parts of one sentence, not items of their own.

    Below an article (条) they always are (款, 项). Elsewhere they are where the text before them
    ends with a colon and they end with semicolons, unless somebody answers for each.

    Args:
        text: the stored text.
        mark: the item's number.
        children: the numbers below it, each with the offset where its item ends.
    """
    if not children:
        return False
    if mark.style == "article" or _is_one_paragraph(text, children):
        return True
    lead = text[mark.end : children[0][0].start].rstrip(SPACES)
    if not lead.endswith(("：", ":")) or all(
        _DUTY.search(text, child.end, end) for child, end in children
    ):
        return False
    if _LISTED.search(lead[-40:]) and not _TASKS.search(lead[-10:]):
        return True
    endings = [text[child.start : end].rstrip(SPACES)[-1:] for child, end in children[:-1]]
    return bool(endings) and sum(e in "；;，,、" for e in endings) * 2 >= len(endings)


def _is_one_paragraph(text: str, children: Sequence[tuple[Mark, int]]) -> bool:
    """Tell whether a lone child's paragraph holds its own next sibling: （1）…；（2）…."""
    child, end = children[0]
    if len(children) > 1 or child.value != 1:
        return False
    line = next(iter_paragraphs(text, child.end, end), None)
    second = _SECOND.get(child.style)
    return (
        line is not None and second is not None and bool(second.search(text, line.start, line.end))
    )
