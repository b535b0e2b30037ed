"""Responsibility clauses: where a text says who leads, who is responsible and who supports.

Four shapes: a label (责任单位:…), a closing bracket (…负责), a bracket of names only (〔A、B〕),
and prose (由A牵头,会同B…). A clause is cut into groups at ;, and a group into segments, each a
list of names with the word that gives their role.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.types import Span

type Role = Literal["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"]

_WHO = r"(?:单位|部门|处室|机构|主体|机关|司局|科室|成员单位|地区|部委|厅局)"
_LABEL_WORD = (
    r"(?:主要|具体|共同|总|第一)?(?:责任|牵头|负责|主办|承办|主责|组织|落实|实施|执行|推进|主管|工作)(?:责任|负责|落实|实施|推进)?"
    r"|(?:主要)?(?:配合|协助|协办|参与|参加|支持|协同|协作)"
)
LABEL = re.compile(
    rf"(?:{_LABEL_WORD})\s?{_WHO}(?:[及和与、](?:责任|配合|参与|牵头)?{_WHO})?\s?(?:[:：]|为[:：]?(?=[\u4e00-\u9fff]))"
    rf"|(?:责任|牵头|配合)(?:分工|主体)\s?[:：]"
)
_OTHER_LABEL = re.compile(
    r"(?:完成|办结|时间|时限|进度|推进|工作)(?:时限|时间|期限|节点|进度|安排|要求)\s?[:：]|时限\s?[:：]"
    r"|(?:分管|责任|牵头|包保|市级|省级|主管)?(?:领导|责任人|负责人|联系人|联络人|领导同志)\s?[:：]"
)
_ROLE_WORD = re.compile(
    r"(?:作为|为|担任)?(?:共同|联合|分别|各自|具体)?(?P<lead>牵头(?:单位|部门)?(?:负责|组织|实施|落实|推进|抓好|协调|会同|和|并)*(?!单位|部门))"
    r"|(?P<support>(?:积极|密切|共同|依职责|按职责|予以|做好|等)?(?:协同)?(?:配合|协助|参与|参加|协办|支持)(?:单位|部门)?(?:做好|落实|实施|工作|负责|推进|配合)*)"
    r"|(?P<joint>(?:会同|会商|联合(?=[省市区县国各])))"
    r"|(?P<duty>(?:依|按照?|根据|在)?(?:各自|部门|相关|有关)?(?:职责|职能)?(?:分工|范围内?)?(?:分别|共同|具体|各自|主要|统一|组织|直接|全面|牵头)?"
    r"(?:负责|主办|承办|承担|组织实施|抓好落实|贯彻落实|推进落实|组织落实"
    r"|(?:推进|组织|统筹|抓好)*(?:落实|实施|推进|办理)(?=[，,；;。、)）〕\]\s]|$))(?:落实|实施|推进)*)"
)
_BRACKETS = {"(": ")", "（": "）", "〔": "〕", "[": "]", "【": "】", "［": "］"}
_CLOSING = "".join(_BRACKETS.values())
_PROSE = re.compile(
    r"由(?P<names>[^。；;：:，,由]{2,160}?)(?P<role>牵头|(?:分别|共同|具体)?负责(?=\s*(?:[。；;)）\n]|$)))"
    r"(?P<rest>[^。；;]{0,160})"
)
# Who leads, told once for all lists; it names nobody itself.
_NOTE = re.compile(r"[，,、]?(?:排|列)(?:名|在)?(?:第一|首)[^）)；;。]{0,30}(?:下同)?")
_JOINT = re.compile(r"[，,]?\s?(?:并)?(?:会同|商|联合|协调|组织)?")
_VERB = re.compile(
    r"建立|研究|制定|制订|开展|推进|推动|组织(?!部)|负责|健全|完善|加强|做好|提出|实施|共同|落实|参加|参与|配合|协助|按|依|统筹|抓好|对|在|进行|定期|加快|出台|编制"
)
_SHORTEST = 3  # characters of a body's name
_LONGEST_LABELLED = 400
_LONGEST_CLAUSE = 1_500


@dataclass(frozen=True, slots=True)
class Segment:
    """A list of names with one role.

    Attributes:
        role: of each of the names.
        span: of the list.
        method: the shape of the clause.
    """

    role: Role
    span: Span
    method: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A responsibility clause: its span, brackets and label included, and its segments."""

    span: Span
    segments: tuple[Segment, ...]


def find_clauses(text: str, region: Span, is_name: Callable[[str], bool]) -> list[Clause]:
    """Return the responsibility clauses in a region, in order, without overlaps.

    Args:
        text: the stored text.
        region: an item, or a section's own words.
        is_name: tells whether a string is the name of a body, as names in lists are written.
    """
    brackets = list(_bracket_clauses(text, region, is_name))
    clauses = [*brackets, *_label_clauses(text, region, brackets)]
    taken = sorted(c.span for c in clauses)
    for clause in _prose_clauses(text, region, is_name):
        if not _overlaps_any(clause.span, taken):
            clauses.append(clause)
    return sorted(clauses, key=lambda c: c.span)


def cell_clause(text: str, cell: Span, role: Role) -> Clause:
    """Return the clause that a cell of a task table makes, in a column for this role."""
    return Clause(cell, tuple(_segments(text, cell, role, "table")))


def _overlaps_any(span: Span, taken: Sequence[Span]) -> bool:
    index = bisect_left(taken, span)
    return any(t.overlaps(span) for t in taken[max(0, index - 1) : index + 1])


def _bracket_clauses(text: str, region: Span, is_name: Callable[[str], bool]) -> Iterator[Clause]:
    for outer in _outer_brackets(text, region):
        inner = Span(outer.start + 1, outer.end - 1) if outer.end - outer.start > 2 else None
        if inner is None or outer.end - outer.start > _LONGEST_CLAUSE:
            continue
        segments = tuple(_bracket_segments(text, outer, inner, region.start, is_name))
        if segments:
            yield Clause(outer, segments)


def _bracket_segments(
    text: str, outer: Span, inner: Span, floor: int, is_name: Callable[[str], bool]
) -> Iterator[Segment]:
    """Yield the segments of a bracket, if it is a clause: labelled, with a role word, or of names.

    A bracket in a labelled list is none: 牵头单位:省市场监管局(省知识产权局) gives an alias.
    """
    surface = text[inner.start : inner.end]
    surface = _NOTE.sub(lambda m: "、" * len(m.group()), surface)
    if LABEL.search(surface[:40]):
        yield from _label_segments(text, inner)
        return
    if len(surface) < _SHORTEST or not _is_closing(text, outer):
        return
    if _follows_label(text, outer.start, floor):
        return
    if _ROLE_WORD.search(surface):
        if _has_name(surface, is_name):
            yield from _segments(text, inner, None, "bracket")
    elif _all_names(surface, is_name):
        yield Segment("RESPONSIBLE_FOR", inner, "bracket_names")


def _outer_brackets(text: str, region: Span) -> Iterator[Span]:
    stack: list[tuple[str, int]] = []
    for position in range(region.start, region.end):
        char = text[position]
        if char in _BRACKETS:
            stack.append((_BRACKETS[char], position))
        elif char in _CLOSING:
            while stack and not _matches(stack[-1][0], char):
                stack.pop()
            if stack:
                _, start = stack.pop()
                if not stack:
                    yield Span(start, position + 1)
        elif char == "\n" and stack and position - stack[0][1] > _LONGEST_CLAUSE:
            stack.clear()


def _matches(expected: str, char: str) -> bool:
    round_, square = ")）", "]］〕】"
    return (
        expected == char
        or (expected in round_ and char in round_)
        or (expected in square and char in square)
    )


def _is_closing(text: str, bracket: Span) -> bool:
    """Tell whether a bracket ends a sentence or a paragraph, as a clause does."""
    before = text[max(0, bracket.start - 4) : bracket.start].rstrip(" \t\u3000\n")[-1:]
    after = text[bracket.end : bracket.end + 4].lstrip(" \t\u3000")[:1]
    return before in "。；;!！”’" or after in ("", "\n") or after in "。；;"


def _follows_label(text: str, position: int, floor: int) -> bool:
    """Tell whether a label opened the sentence or line that a position stands in."""
    start = max(floor, position - _LONGEST_LABELLED)
    start = max(start, *(text.rfind(c, start, position) + 1 for c in "。\n"))
    return start < position and LABEL.search(text, start, position) is not None


def _has_name(surface: str, is_name: Callable[[str], bool]) -> bool:
    return any(is_name(piece) for piece in _pieces(surface))


def _all_names(surface: str, is_name: Callable[[str], bool]) -> bool:
    pieces = [p for p in _pieces(surface) if p]
    return bool(pieces) and sum(map(is_name, pieces)) * 4 >= len(pieces) * 3


def _pieces(surface: str) -> list[str]:
    bare = re.sub(r"[(（][^()（）]*[)）]", "", surface)
    bare = _ROLE_WORD.sub("、", bare)
    pieces = re.split(r"[、,，；;：:\s]+", bare)
    return [re.sub(r"^由|等.{0,12}$", "", p) for p in pieces if len(p) >= 2]


def _label_clauses(text: str, region: Span, brackets: Sequence[Clause]) -> Iterator[Clause]:
    """Yield clauses that open with a label outside any bracket clause."""
    taken = [c.span for c in brackets]
    position = region.start
    while True:
        match = LABEL.search(text, position, region.end)
        if match is None:
            return
        span = Span(match.start(), _clause_end(text, match.end(), region.end))
        position = span.end
        if _overlaps_any(span, taken) or not _opens_clause(text, match.start(), region.start):
            continue
        segments = tuple(_label_segments(text, span))
        if segments:
            yield Clause(span, segments)


def _opens_clause(text: str, start: int, floor: int) -> bool:
    before = text[max(floor, start - 6) : start].rstrip(" \t\u3000")
    return not before or before[-1] in "\n。；;，,!！)）]】|*•·-—"


def _clause_end(text: str, start: int, stop: int) -> int:
    """Return where a labelled clause ends: at the end of its paragraph or sentence."""
    end = start
    while end < stop and end - start < _LONGEST_CLAUSE:
        if text[end] == "\n":
            following = LABEL.match(text, _skip_spaces(text, end, stop), stop)
            if following is None:
                return end
        elif text[end] == "。":
            return end
        end += 1
    return end


def _skip_spaces(text: str, start: int, stop: int) -> int:
    while start < stop and text[start] in " \t\u3000\n":
        start += 1
    return start


def _label_segments(text: str, span: Span) -> Iterator[Segment]:
    """Yield the segments of a stretch with labels; each label rules until the next.

    Who is 责任单位 after another's 牵头 in one group (牵头单位：甲，责任单位：乙) supports; after a
    semicolon, a stop or a new line the group is another.
    """
    labels = [*LABEL.finditer(text, span.start, span.end)]
    others = [*_OTHER_LABEL.finditer(text, span.start, span.end)]
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
    for number, group in enumerate(_split(text, span, "；;。\n")):
        yield from _group_segments(text, group, label, method, is_first=number == 0)


def _group_segments(
    text: str, group: Span, label: Role | None, method: str, is_first: bool
) -> Iterator[Segment]:
    """Yield the segments of one group; whoever follows another's 牵头 in it supports."""
    led = joint = False
    start = group.start
    for match in _role_words(text, group):
        kind = match.lastgroup or "duty"
        role: Role = label or "RESPONSIBLE_FOR"
        if kind == "lead":
            role = "LEADS"
        elif kind == "support" or (joint and led) or (led and label != "LEADS"):
            role = "SUPPORTS"
        if _has_text(text, start, match.start()):
            rest = Span(start, match.start())
            if kind == "support" and not led and label is None and is_first:
                rest = yield from _before_support(text, rest, method)
            yield Segment(role, rest, method)
        led = led or kind == "lead" or (kind == "joint" and label == "LEADS")
        joint = kind == "joint"
        start = match.end()
    note = _NOTE.search(text, start, group.end)
    end = note.start() if note else group.end
    if _has_text(text, start, end):
        trailing: Role = "SUPPORTS" if led else (label or "RESPONSIBLE_FOR")
        if method == "label" or led or joint or start == group.start:
            yield Segment(trailing, Span(start, end), method)


def _before_support(text: str, names: Span, method: str) -> Generator[Segment, None, Span]:
    """Part A、B，C配合: who stands before the comma is responsible; return the rest."""
    surface = text[names.start : names.end]
    comma = max(surface.rfind("，"), surface.rfind(","))
    if comma <= 0 or "、" not in surface[:comma]:
        return names
    yield Segment("RESPONSIBLE_FOR", Span(names.start, names.start + comma), method)
    return Span(names.start + comma + 1, names.end)


def _role_words(text: str, group: Span) -> Iterator[re.Match[str]]:
    """Yield role words outside nested brackets, and those that are a bracket's whole content."""
    note = _NOTE.search(text, group.start, group.end)
    if note:
        group = Span(group.start, max(note.start(), group.start + 1))
    depth = 0
    depths = []
    for position in range(group.start, group.end):
        char = text[position]
        depth += (char in "(（〔[") - (char in ")）〕]")
        depths.append(depth)
    for match in _ROLE_WORD.finditer(text, group.start, group.end):
        is_bracketed = depths[match.start() - group.start] > 0
        is_alone = text[match.start() - 1] in "(（" and text[match.end() : match.end() + 1] in (
            ")",
            "）",
        )
        if not is_bracketed or is_alone:
            yield match


def _has_text(text: str, start: int, end: int) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text[start:end])


def _split(text: str, span: Span, separators: str) -> Iterator[Span]:
    """Yield the non-empty pieces between separators that stand outside brackets."""
    depth = 0
    start = span.start
    for position in range(span.start, span.end):
        char = text[position]
        depth = max(0, depth + (char in "(（〔[") - (char in ")）〕]"))
        if char in separators and depth == 0:
            if _has_text(text, start, position):
                yield Span(start, position)
            start = position + 1
    if _has_text(text, start, span.end):
        yield Span(start, span.end)


def _prose_clauses(text: str, region: Span, is_name: Callable[[str], bool]) -> Iterator[Clause]:
    """Yield duties told in prose: 由A牵头,会同B研究提出; every name in them must be a body's."""
    for match in _PROSE.finditer(text, region.start, region.end):
        names = Span(*match.span("names"))
        if not all(map(is_name, _pieces(text[names.start : names.end]))):
            continue
        role: Role = "LEADS" if match["role"] == "牵头" else "RESPONSIBLE_FOR"
        segments = [Segment(role, names, "prose")]
        end = match.end("role")
        joint = _JOINT.match(match["rest"])
        if joint:
            partners = _leading_names(text, match.start("rest") + joint.end(), match.end(), is_name)
            if partners is not None:
                supporting: Role = "SUPPORTS" if role == "LEADS" else role
                segments.append(Segment(supporting, partners, "prose"))
                end = partners.end
        yield Clause(Span(match.start(), end), tuple(segments))


def _leading_names(text: str, start: int, stop: int, is_name: Callable[[str], bool]) -> Span | None:
    """Return the list of names a stretch begins with: 甲局、乙局 of 甲局、乙局研究提出."""
    end = position = start
    while position < stop:
        limit = position
        while limit < stop and text[limit] not in "、，,。；;等" and not _VERB.match(text, limit):
            limit += 1
        length = next(
            (
                n
                for n in range(min(limit - position, 25), 1, -1)
                if is_name(text[position : position + n])
            ),
            0,
        )
        if not length:
            break
        end = position + length
        if end < limit or text[limit : limit + 1] != "、":
            break
        position = limit + 1
    return Span(start, end) if end > start else None
