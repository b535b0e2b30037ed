"""The parts of a page around the outline: signatures, annexes, furniture, where each tree ends."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from kg.scanning import compile_scan
from kg.types import Span
from loaders.boxes import find_boxes
from loaders.clean import is_furniture
from loaders.numbering import find_marks
from loaders.outline import Tree
from loaders.paragraphs import SPACES, all_paragraphs, is_line_start, iter_paragraphs
from loaders.signatures import CLOSING, Signature, find_signatures

_ANNEX = re.compile(
    r"附\s?[件表录](?:\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2}))?\s*(?P<colon>[：:]?)"
)
# A list of annexes and the annex behind it, in text without lines: 附件：分工表附件分工表一、….
_NAMED_TWICE = compile_scan(
    r"附件[：:]\s?(?:1[.．])?(?P<title>[^。；;：:\n]{4,60}?)\s?(?P<opening>附件(?P<number>\d{1,2})?)\s?"
    r"(?=(?P=title))"
)
# From when a text holds is said below its last item: 本方案自2024年7月20日起施行.
_IN_FORCE = re.compile(
    r"(?:本|以上)(?:实施|工作|行动|若干|暂行|管理|专项|扶持|奖励|政策)*"
    r"(?:方案|意见|办法|措施|政策|通知|规定|计划|规划|细则|规范|举措|清单|要点|决定)"
    r"(?:[(（][^()（）]{1,8}[)）])?[，,]?自[^。；;\n]{2,24}起?(?:施行|实施|执行|生效)"
)
_REMARK = re.compile(r"[(（](?:此件|公开方式)[^()（）\n]{0,20}[)）]")
_NUMBERED = compile_scan(r"(?:附件)?\s?\d{1,2}[.．、:：]")
_CONTENTS = re.compile(
    r"目[ \u3000]{0,6}录(?=[\s\u3000]*(?:第[一二三四五六七八九十]|[一1][、.\s\u3000]|[(（]一))"
)
_FORM = re.compile(
    r"[^。；;]*(?:名单|名录|通讯录|(?:企业|项目|产品|机构|专利|材料)(?:目录|清单)|回执|模板|样[式本表]|[提大]纲"
    r"|(?:一览|汇总|统计|登记|申报|申请|推荐|信息|备案|情况|评分|意见|审批|报名|自评)表"
    r"|(?:申报|申请|承诺|委托|推荐|任务)书|评价指标(?:体系)?)(?:[(（][^()（）]{1,20}[)）])?$"
)
_LEADER = re.compile(r"[\t\n.…·]|[ \u3000]*\d")  # between a heading and its page
_LONGEST_CONTENTS = 8_000
_LONGEST_ENTRY = 60  # characters of a heading with its page
_ANCHOR = 30  # characters of a paragraph long enough to know a copy by
_MIN_COPY = 5  # paragraphs
_LONGEST_ANNEX_LINE = 80  # characters of 附件1 and its title on one line


@dataclass(frozen=True, slots=True)
class Structure:
    """How a page is laid out.

    Attributes:
        body_start: offset of the first paragraph that is not the site's furniture.
        body_end: offset after the last that is not.
        signatures: in order.
        trees: stretches with a numbering of their own, in order; the first is the notice's own.
        furniture: spans of paragraphs that are noise.
        annexes: headings of annexes (附件1) and lists of them (附件：1.…2.…), in order.
        contents: span of the table of contents, or None.
        closings: what stands below a text: 抄送…, 联系人…, (此件公开发布), in order.
        copy: offset at which the page repeats itself, or the length of the text.
    """

    body_start: int
    body_end: int
    signatures: tuple[Signature, ...]
    trees: tuple[Tree, ...]
    furniture: tuple[Span, ...]
    annexes: tuple[Span, ...] = ()
    contents: Span | None = None
    closings: tuple[Span, ...] = ()
    copy: int | None = None


def read_structure(text: str, is_body: Callable[[str], bool]) -> Structure:
    """Return the layout of a page.

    Args:
        text: the stored text.
        is_body: tells whether a string is the name of a body that can sign.
    """
    paragraphs = all_paragraphs(text)
    furniture = tuple(p for p in paragraphs if is_furniture(text[p.start : p.end]))
    kept = [p for p in paragraphs if p not in set(furniture)]
    body_start = kept[0].start if kept else 0
    body_end = kept[-1].end if kept else len(text)
    signatures = tuple(find_signatures(text, is_body))
    annexes = _find_annexes(text, paragraphs)
    ends = _find_ends(text, paragraphs, signatures, furniture)
    boxes = list(find_boxes(text, paragraphs))
    contents = read_contents(text)
    copy = find_copy(text, kept)
    cuts = sorted([*ends, *boxes])
    trees = tuple(_with_boxes(_lay_trees(text[:copy], annexes, cuts, contents), boxes))
    return Structure(
        body_start=body_start,
        body_end=body_end,
        signatures=signatures,
        trees=trees,
        furniture=furniture,
        annexes=tuple(_annex_spans(text, annexes, trees)),
        contents=contents.span if contents else None,
        closings=tuple(_find_closings(text, paragraphs)),
        copy=copy,
    )


@dataclass(frozen=True, slots=True)
class _Annex:
    start: int
    end: int
    number: str
    is_list: bool  # `附件：1.…2.…` names annexes; a bare `附件1` opens one


def _find_annexes(text: str, paragraphs: Sequence[Span]) -> list[_Annex]:
    found = []
    for paragraph in paragraphs:
        match = _ANNEX.match(text, paragraph.start, paragraph.end)
        if match is None:
            continue
        rest = text[match.end() : paragraph.end].strip(SPACES)
        is_list = bool(match["colon"]) and bool(rest)
        is_bare = not rest or (not match["colon"] and bool(match["number"]) and len(rest) <= 60)
        if is_list or is_bare:
            found.append(_Annex(paragraph.start, match.end(), match["number"] or "", is_list))
    found.extend(_glued_annexes(text, paragraphs))
    return sorted(found, key=lambda annex: annex.start)


def _annex_spans(text: str, annexes: Sequence[_Annex], trees: Sequence[Tree]) -> Iterator[Span]:
    """Yield the words of each annex's heading, and of each list of annexes."""
    skips = {skip.start: skip for tree in trees for skip in tree.skips}
    for annex in annexes:
        if annex.is_list:
            yield skips.get(annex.start, Span(annex.start, annex.end))
            continue
        line = next(iter_paragraphs(text, annex.start, annex.start + _LONGEST_ANNEX_LINE))
        is_line = is_line_start(text, annex.start)
        yield line if is_line and line.end > annex.end else Span(annex.start, annex.end)


def _glued_annexes(text: str, paragraphs: Sequence[Span]) -> list[_Annex]:
    """Find annexes in text without line breaks: （此件公开发布）附件1重庆市."""
    found = []
    pattern = compile_scan(
        r"(?:(?<=[)）。日 \u3000\n])|(?<=\d)(?=附件：))附件(?P<number>\d{1,2})?(?P<colon>[：:]?)"
    )
    starts = {p.start for p in paragraphs}
    for match in pattern.finditer(text):
        if match.start() not in starts:
            is_list = bool(match["colon"])
            found.append(_Annex(match.start(), match.end(), match["number"] or "", is_list))
    taken = {annex.start for annex in found} | starts
    for match in _NAMED_TWICE.finditer(text):
        start, end = match.span("opening")
        if start not in taken:
            found.append(_Annex(start, end, match["number"] or "", is_list=False))
    return found


def _find_ends(
    text: str,
    paragraphs: Sequence[Span],
    signatures: Sequence[Signature],
    furniture: Sequence[Span],
) -> list[int]:
    """Return the offsets, ascending, at which an outline cannot go on."""
    ends = [s.start for s in signatures] + [f.start for f in furniture]
    ends += [p.start for p in paragraphs if CLOSING.match(text, p.start, p.end)]
    ends += [
        p.start
        for above, p in pairwise(paragraphs)
        if _IN_FORCE.match(text, p.start, p.end) and text[above.end - 1] in "。)）〕】]"
    ]
    return sorted(ends)


def _find_closings(text: str, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Yield what stands below a text: paragraphs, and remarks that run into other text."""
    yield from (p for p in paragraphs if CLOSING.match(text, p.start, p.end))
    yield from (Span(*match.span()) for match in _REMARK.finditer(text))


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: where it stands and the headings it lists."""

    span: Span
    headings: frozenset[str]


def read_contents(text: str) -> Contents | None:
    """Return the table of contents, or None: 目录, then headings up to where the first recurs."""
    match = _CONTENTS.search(text)
    if match is None:
        return None
    marks = find_marks(text[match.end() : match.end() + _LONGEST_CONTENTS])
    if len(marks) < 3:
        return None
    opening = text[match.end() + marks[0].end : match.end() + marks[0].end + 6]
    first = text[match.end() + marks[0].start : match.end() + marks[0].end]
    first += _LEADER.split(opening, maxsplit=1)[0]
    again = _spaced(first).search(text, match.end() + marks[0].end)
    if again is None:
        return None
    inside = [m for m in marks if match.end() + m.start < again.start()]
    end = _contents_end(text, match.end() + inside[-1].start, again.start())
    stops = [*(m.start for m in inside[1:]), end - match.end()]
    listed = (
        re.sub(r"[\s\u3000.…·\d-]+$", "", text[match.end() + m.end : match.end() + stop])
        for m, stop in zip(inside, stops, strict=True)
    )
    return Contents(Span(match.start(), end), frozenset(h for h in listed if 2 <= len(h) <= 50))


def _contents_end(text: str, last: int, again: int) -> int:
    """Return where a table of contents ends: with the line of its last heading, if it is short.

    A preface may stand between it and where its first heading recurs.
    """
    end = text.find("\n", last, again)
    return end if 0 <= end - last <= _LONGEST_ENTRY else again


def _spaced(words: str) -> re.Pattern[str]:
    """Match words whatever spaces stand between them: 第一章 总则, 第一章　总　则."""
    bare = re.sub(r"[\s\u3000]", "", words)
    return re.compile(r"[ \t\u3000]{0,8}".join(map(re.escape, bare)))


def find_copy(text: str, paragraphs: Sequence[Span]) -> int:
    """Return where a second copy of the whole page begins, or the length of the text."""
    words = [text[p.start : p.end] for p in paragraphs]
    anchor = next((i for i, w in enumerate(words) if len(w) >= _ANCHOR), None)
    if anchor is None:
        return len(text)
    for index in range(anchor + _MIN_COPY, len(words)):
        if words[index] == words[anchor]:
            pairs = list(zip(words[anchor:index], words[index:], strict=False))
            same = sum(a == b for a, b in pairs)
            if len(pairs) >= _MIN_COPY and same * 10 >= len(pairs) * 9:
                return paragraphs[index - anchor].start
            return len(text)
    return len(text)


def _lay_trees(
    text: str, annexes: Sequence[_Annex], ends: Sequence[int], contents: Contents | None
) -> list[Tree]:
    annexes = [a for a in annexes if a.start < len(text)]
    openings = [a for a in annexes if not a.is_list]
    starts = [("", 0), *((_label(a, openings), a.end) for a in openings)]
    stops = [a.start for a in openings] + [len(text)]
    lists = [a.start for a in annexes if a.is_list]
    cuts = sorted({*ends, *lists, *stops})
    skips = [Span(start, _list_end(text, start, cuts)) for start in lists]
    bounds = zip(openings, stops[1:], strict=True)
    annexed = [Span(a.end, stop) for a, stop in bounds if a.end < stop]
    skips += [annex for annex in annexed if _is_form(text, annex)]
    headings = contents.headings if contents else frozenset[str]()
    skips = sorted([*skips, contents.span] if contents else skips)
    skip_starts = [skip.start for skip in skips]
    return [
        Tree(
            label,
            start,
            stop,
            tuple(cuts[bisect_left(cuts, start) : bisect_right(cuts, stop)]),
            tuple(skips[bisect_left(skip_starts, start) : bisect_left(skip_starts, stop)]),
            headings,
        )
        for (label, start), stop in zip(starts, stops, strict=True)
    ]


def _with_boxes(trees: Sequence[Tree], boxes: Sequence[int]) -> Iterator[Tree]:
    for tree in trees:
        inside = boxes[bisect_left(boxes, tree.start) : bisect_left(boxes, tree.end)]
        yield replace(tree, boxes=tuple(inside))


def _is_form(text: str, annex: Span) -> bool:
    """Tell whether an annex is a list of names or a form, whose numbers say nothing to do."""
    below = iter_paragraphs(text, annex.start, min(annex.end, annex.start + _LONGEST_ANNEX_LINE))
    return any(_FORM.match(text, line.start, line.end) for line in islice(below, 2))


def _list_end(text: str, start: int, cuts: Sequence[int]) -> int:
    """Return where a list of annexes ends: at the next cut, or its last numbered line."""
    index = bisect_right(cuts, start)
    stop = cuts[index] if index < len(cuts) else len(text)
    end = start + 1
    for index, paragraph in enumerate(iter_paragraphs(text, start, min(stop, start + 2_000))):
        if index and not _NUMBERED.match(text, paragraph.start):
            break
        end = paragraph.end
    return end


def _label(annex: _Annex, openings: Sequence[_Annex]) -> str:
    return f"附件{annex.number}" if annex.number and len(openings) > 1 else "附件"
