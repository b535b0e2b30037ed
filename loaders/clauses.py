"""Responsibility clauses: where a text says who leads, who is responsible and who supports.

Five shapes: a label (责任单位:…), a closing bracket (…负责), a bracket of names only (〔A、B〕),
a sentence of names (A牵头,B配合。), and prose (由A牵头,会同B…). A clause is cut into groups at ;,
and a group into segments, each a list of names with the word that gives their role.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterator, Sequence

from kg.scanning import compile_scan
from kg.types import Span
from loaders.clause_parts import (
    LABEL,
    LONGEST_CLAUSE,
    OTHER_LABEL,
    ROLE_WORD,
    Clause,
    Role,
    Segment,
    outer_brackets,
    pieces,
    unclosed_bracket,
)
from loaders.duties import find_duties, find_told
from loaders.paragraphs import is_line_start

# Who leads, told once for all lists; it names nobody itself.
_NOTE = compile_scan(
    r"[，,、]?(?:其中)?(?:责任单位)?(?:(?:排|列)(?:名|在|序)?(?:第一|首)|(?:第一|首)(?:位|个|家)?[^）)；;。]{0,8}(?:为|是)牵头)"
    r"[^）)；;。]{0,30}(?:下同)?"
)
# What a clause says of others than its own measure: 以下均需各市政府落实，不再列出.
_EACH = re.compile(r"各[^、，,；;()（）]{0,8}(?:单位|部门)$")
_LONGEST_EACH = 14  # characters of 各…牵头责任单位
_ASIDE = re.compile(r"\s*(?:以下|下列)(?:各项|各条|任务|工作|内容)?(?:均|都|不再)")
# Brackets that name nobody: (4月至10月), (共11项)
_WHEN = re.compile(r"[\d\s年月日底末初前上中下旬至到—~、－-]+|[共计\d\s]+[项条个家件类张款种]")
_LAST_ROLE = re.compile("(?:牵头|负责|配合|参与)[。\\s]*$")
_HAN = re.compile("[\u4e00-\u9fff]")
_OPENERS, _CLOSERS = "(（〔[", ")）〕]"
_GROUP_MARK = re.compile(f"[{re.escape(_OPENERS + _CLOSERS)}；;。]")
# Names that a clause goes on with behind its word of role: （甲局、乙局负责，各县人民政府）.
_TRAILING_NAMES = re.compile(
    r"[，,、]\s?(?:[^、，,\s]{2,24}[局厅委部府会院办行关](?:[、，,]|\s*$))+"
)
_WRAP = re.compile(r"[ \t]*\n[ \t]*")  # a line break within a name
# 本意见自某日起施行 closes a notice, whatever clause stands before it.
_CLAUSE_END = re.compile(
    r"[。\n]|(?:本|该)(?:实施|工作|行动|若干)*(?:意见|方案|办法|措施|规定|细则|计划|通知)自"
)
_SHORTEST = 3  # characters of a body's name
_LONGEST_LABELLED = 400


def find_clauses(text: str, region: Span, is_name: Callable[[str], bool]) -> list[Clause]:
    """Return the responsibility clauses in a region, in order, without overlaps.

    Args:
        text: the stored text.
        region: an item, or a section's own words.
        is_name: tells whether a string is the name of a body, as names in lists are written.
    """
    brackets = list(_bracket_clauses(text, region, is_name))
    clauses = [*brackets, *_label_clauses(text, region, brackets, is_name)]
    for found in (_sentence_clauses(text, region, is_name), find_duties(text, region, is_name)):
        taken = sorted(c.span for c in clauses)
        clauses += [clause for clause in found if not _overlaps_any(clause.span, taken)]
    return sorted(clauses, key=lambda c: c.span)


def cell_clause(text: str, cell: Span, role: Role) -> Clause:
    """Return the clause that a cell of a task table makes, in a column for this role."""
    return Clause(cell, tuple(_segments(text, cell, role, "table")))


def _overlaps_any(span: Span, taken: Sequence[Span]) -> bool:
    index = bisect_left(taken, span)
    return any(t.overlaps(span) for t in taken[max(0, index - 1) : index + 1])


def _bracket_clauses(text: str, region: Span, is_name: Callable[[str], bool]) -> Iterator[Clause]:
    for outer in outer_brackets(text, region):
        inner = Span(outer.start + 1, outer.end - 1) if outer.end - outer.start > 2 else None
        if inner is None or outer.end - outer.start > LONGEST_CLAUSE:
            continue
        segments = tuple(_bracket_segments(text, outer, inner, region, is_name))
        if segments:
            yield Clause(outer, segments)
    unclosed = unclosed_bracket(text, region)
    if unclosed is None:
        return
    inner = Span(unclosed.start + 1, unclosed.end)
    if LABEL.match(text, inner.start, inner.end) or _LAST_ROLE.search(text, inner.start, inner.end):
        segments = tuple(_bracket_segments(text, unclosed, inner, region, is_name))
        if segments:
            yield Clause(unclosed, segments)


def _bracket_segments(
    text: str, outer: Span, inner: Span, region: Span, is_name: Callable[[str], bool]
) -> Iterator[Segment]:
    """Yield the segments of a bracket, if it is a clause: labelled, with a role word, or of names.

    A bracket in a labelled list is none: 牵头单位:省市场监管局(省知识产权局) gives an alias.
    """
    if LABEL.match(text, outer.start, outer.end + 1):
        return  # 【责任单位】 is a label itself
    surface = text[inner.start : inner.end]
    surface = _NOTE.sub(lambda m: "、" * len(m.group()), surface)
    if LABEL.search(surface[:40]):
        yield from _label_segments(text, inner)
        return
    if (
        len(surface) < _SHORTEST
        or not _is_closing(text, outer, region.end)
        or _WHEN.fullmatch(surface)
    ):
        return
    if _follows_label(text, outer.start, region.start):
        return
    if ROLE_WORD.search(surface):
        if _has_name(surface, is_name):
            yield from _segments(text, inner, None, "bracket")
        return
    other = OTHER_LABEL.search(surface)  # (甲局、乙局。责任领导：某某)
    names = surface[: other.start()] if other else surface
    if _all_names(names, is_name):
        yield Segment(
            "RESPONSIBLE_FOR", Span(inner.start, inner.start + len(names)), "bracket_names"
        )


def _sentence_clauses(text: str, region: Span, is_name: Callable[[str], bool]) -> Iterator[Clause]:
    """Yield what sentences say with names and words of roles alone, as A牵头，B配合."""
    for told in find_told(text, region, is_name):
        yield Clause(told, tuple(_segments(text, told, None, "sentence")))


def _is_closing(text: str, bracket: Span, stop: int) -> bool:
    """Tell whether a bracket ends a sentence, a paragraph or its region, as a clause does."""
    before = text[max(0, bracket.start - 4) : bracket.start].rstrip(" \t\u3000\n")[-1:]
    after = text[bracket.end : min(stop, bracket.end + 4)].lstrip(" \t\u3000")[:1]
    return before in "。；;!！”’" or after in ("", "\n") or after in "。；;"


def _follows_label(text: str, position: int, floor: int) -> bool:
    """Tell whether a label opened the sentence or line that a position stands in."""
    start = max(floor, position - _LONGEST_LABELLED)
    start = max(start, *(text.rfind(c, start, position) + 1 for c in "。\n"))
    return start < position and LABEL.search(text, start, position) is not None


def _has_name(surface: str, is_name: Callable[[str], bool]) -> bool:
    return any(is_name(piece) for piece in pieces(surface))


def _all_names(surface: str, is_name: Callable[[str], bool]) -> bool:
    names = [p for p in pieces(surface) if p]
    if names and sum(map(is_name, names)) * 4 >= len(names) * 3:
        return True
    return "\n" in surface and _all_names(_WRAP.sub("", surface), is_name)


def _label_clauses(
    text: str, region: Span, brackets: Sequence[Clause], is_name: Callable[[str], bool]
) -> Iterator[Clause]:
    """Yield clauses that open with a label outside any bracket clause."""
    taken = [c.span for c in brackets]
    position = region.start
    while True:
        match = LABEL.search(text, position, region.end)
        if match is None:
            return
        span = Span(match.start(), _clause_end(text, match.end(), region.end, is_name))
        position = span.end
        is_whole = match.group().rstrip()[-1] in "：:为】〗］]"
        opens = is_whole and _opens_clause(text, match.start(), region.start)
        if not opens and not _announces_name(text, match, region, is_name):
            continue
        if _overlaps_any(span, taken):
            continue
        segments = tuple(_label_segments(text, span))
        if segments:
            yield Clause(span, segments)


def _opens_clause(text: str, start: int, floor: int) -> bool:
    before = text[max(floor, start - 6) : start].rstrip(" \t\u3000")
    if text[max(floor, start - 2) : start].isspace():  # set apart, as paragraphs are
        return True
    return not before or before[-1] in "\n。；;，,!！)）]】|*•·-—"


def _announces_name(
    text: str, label: re.Match[str], region: Span, is_name: Callable[[str], bool]
) -> bool:
    """Tell whether a label is followed by a body's name.

    It may run into the text before it, or fill a line without a colon.
    """
    end = label.group().rstrip()[-1]
    if end == "为" or (end not in "：:" and not is_line_start(text, label.start())):
        return False
    start = _skip_spaces(text, label.end(), region.end)
    first = re.match(r"[^、，,；;。\s]{2,40}", text[start : start + 40])
    return first is not None and is_name(first.group())


def _clause_end(text: str, start: int, stop: int, is_name: Callable[[str], bool]) -> int:
    """Return where a labelled clause ends: at the end of its paragraph or sentence.

    It goes on in the next line where that opens with a label, or a name breaks over the two.
    """
    begin = _skip_spaces(text, start, stop)
    limit = min(stop, start + LONGEST_CLAUSE)
    for mark in _CLAUSE_END.finditer(text, begin, limit):
        end = mark.start()
        if mark.group() != "\n":
            return end
        if LABEL.match(text, _skip_spaces(text, end, stop), stop):
            continue
        if not _breaks_name(text, Span(begin, limit), end, is_name):
            return end
    return max(begin, limit)


def _breaks_name(text: str, area: Span, end: int, is_name: Callable[[str], bool]) -> bool:
    """Tell whether a line ends within a list: behind its mark, or inside a name."""
    left = re.split("[、，,；;：:\\s]", text[area.start : end])[-1]
    right = re.split("[、，,；;。：:\\s]", text[end : area.end].lstrip(), maxsplit=1)[0]
    if not left:
        return is_name(right)
    return is_name(left + right) and not (is_name(left) and is_name(right))


def _skip_spaces(text: str, start: int, stop: int) -> int:
    while start < stop and text[start] in " \t\u3000\n":
        start += 1
    return start


def _label_segments(text: str, span: Span) -> Iterator[Segment]:
    """Yield the segments of a stretch with labels; each label rules until the next.

    Who is 责任单位 after another's 牵头 in one group (牵头单位：甲，责任单位：乙) supports; after a
    semicolon, a stop or a new line the group is another.
    """
    note = _NOTE.search(text, span.start, span.end)  # 第一责任单位为牵头单位 is no label
    labels = [
        label
        for label in LABEL.finditer(text, span.start, span.end)
        if note is None or not note.start() <= label.start() < note.end()
    ]
    others = [*OTHER_LABEL.finditer(text, span.start, span.end)]
    marks = sorted([*labels, *others], key=lambda m: m.start())
    led = False
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.start() if following else span.end
        led = led and text[span.start : mark.start()].rstrip(" \u3000").endswith(("，", ","))
        if mark in others or end <= mark.end():
            continue
        role = _label_role(mark.group())
        if led and role == "RESPONSIBLE_FOR":
            role = "SUPPORTS"
        yield from _segments(text, Span(mark.end(), end), role, "label")
        led = led or role == "LEADS"


def _label_role(label: str) -> Role:
    if "牵头" in label or "主办" in label or "主责" in label:
        return "LEADS"
    if re.search(r"配合|协助|协办|参与|参加|支持|协同|协作", label):
        return "SUPPORTS"
    return "RESPONSIBLE_FOR"


def _segments(text: str, span: Span, label: Role | None, method: str) -> Iterator[Segment]:
    for number, group in enumerate(_groups(text, span)):
        if _ASIDE.match(text, group.start):
            continue
        yield from _group_segments(text, group, label, method, is_first=number == 0)


def _group_segments(
    text: str, group: Span, label: Role | None, method: str, is_first: bool
) -> Iterator[Segment]:
    """Yield the segments of one group; whoever follows another's 牵头 in it supports."""
    led = joint = False
    start = group.start
    words = list(_role_words(text, group))
    for match, following in zip(words, [*words[1:], None], strict=False):
        kind = match.lastgroup or "duty"
        if kind == "joint" and not led and _leads_jointly(text, match, following):
            kind = "lead"  # 甲局会同乙局牵头
        role: Role = label or "RESPONSIBLE_FOR"
        if kind == "lead":
            role = "LEADS"
        elif kind == "support" or (joint and led) or (led and label != "LEADS"):
            role = "SUPPORTS"
        if _has_text(text, start, match.start()):
            rest = Span(start, match.start())
            if text[match.start() - 1] in "(（":  # 甲局、乙局（牵头）、丙局: of 乙局 alone
                is_led = led or kind == "lead"
                before: Role = "SUPPORTS" if is_led else (label or "RESPONSIBLE_FOR")
                rest = yield from _before_last(text, rest, before, method)
            elif kind == "support" and not led and label != "SUPPORTS" and is_first:
                rest = yield from _before_support(text, rest, label or "RESPONSIBLE_FOR", method)
            yield Segment(role, rest, method)
        is_joint = match.lastgroup == "joint"
        led = led or (kind == "lead" and not is_joint) or (is_joint and label == "LEADS")
        joint = is_joint
        start = match.end()
    note = _NOTE.search(text, start, group.end)
    end = note.start() if note else group.end
    if _has_text(text, start, end):
        trailing: Role = "SUPPORTS" if led else (label or "RESPONSIBLE_FOR")
        is_list = _TRAILING_NAMES.fullmatch(text, start, end) is not None
        if method == "label" or led or joint or is_list or start == group.start:
            yield Segment(trailing, Span(start, end), method)


def _leads_jointly(text: str, joint: re.Match[str], following: re.Match[str] | None) -> bool:
    """Tell whether who stands before and after 会同 share the 牵头 behind them."""
    if following is None or following.lastgroup != "lead":
        return False
    return not re.search("[，,]", text[joint.end() : following.start()])


def _before_last(text: str, names: Span, role: Role, method: str) -> Generator[Segment, None, Span]:
    """Part a list from its last name, which alone a bracket speaks of; return that name."""
    cut = max(text.rfind(mark, names.start, names.end) for mark in "、，,")
    if cut < 0:
        return names
    if _has_text(text, names.start, cut):
        yield Segment(role, Span(names.start, cut), method)
    return Span(cut + 1, names.end)


def _before_support(
    text: str, names: Span, role: Role, method: str
) -> Generator[Segment, None, Span]:
    """Part A、B，C配合: who stands before the comma is responsible; return the rest.

    A，B，C配合 with commas alone is one list.
    """
    surface = text[names.start : names.end]
    commas = [
        match.start()
        for match in re.finditer("[，,]", surface)
        if match.start() and _has_text(text, names.start + match.end(), names.end)
    ]
    if not commas or (len(commas) > 1 and "、" not in surface):
        return names
    yield Segment(role, Span(names.start, names.start + commas[-1]), method)
    return Span(names.start + commas[-1] + 1, names.end)


def _role_words(text: str, group: Span) -> Iterator[re.Match[str]]:
    """Yield role words outside nested brackets, and those that are a bracket's whole content."""
    note = _NOTE.search(text, group.start, group.end)
    if note:
        group = Span(group.start, max(note.start(), group.start + 1))
    depth, position = 0, group.start
    for match in ROLE_WORD.finditer(text, group.start, group.end):
        depth += _depth(text[position : match.start()])
        position, is_bracketed = match.start(), depth > 0
        is_alone = text[match.start() - 1] in "(（" and text[match.end() : match.end() + 1] in (
            ")",
            "）",
        )
        if (not is_bracketed or is_alone) and not _is_noun(text, group, match):
            yield match


def _is_noun(text: str, group: Span, word: re.Match[str]) -> bool:
    """Tell whether a role word is in a name for whoever has the role: 各项目牵头单位."""
    start = max(group.start, word.end() - _LONGEST_EACH)
    return _EACH.search(text, start, word.end()) is not None


def _depth(words: str) -> int:
    """Return how many more brackets are opened than closed."""
    return sum(map(words.count, _OPENERS)) - sum(map(words.count, _CLOSERS))


def _has_text(text: str, start: int, end: int) -> bool:
    return _HAN.search(text, start, end) is not None


def _groups(text: str, span: Span) -> Iterator[Span]:
    """Yield the non-empty pieces between separators that stand outside brackets."""
    depth = 0
    start = span.start
    for mark in _GROUP_MARK.finditer(text, span.start, span.end):
        position, char = mark.start(), mark.group()
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif depth == 0:
            if _has_text(text, start, position):
                yield Span(start, position)
            start = position + 1
    if _has_text(text, start, span.end):
        yield Span(start, span.end)
