"""The parts of a page around the outline: signatures, annexes, furniture, where each tree ends."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from kg.divisions import load_divisions
from kg.scanning import compile_scan
from kg.types import Span
from loaders.boxes import find_boxes
from loaders.clean import is_furniture
from loaders.numbering import find_marks
from loaders.outline import Tree
from loaders.paragraphs import SPACES, all_paragraphs, is_line_start, iter_paragraphs

_NUMERAL = r"[〇零○O0一二三四五六七八九十]"
_DATE = compile_scan(
    rf"(?:\d{{4}}|{_NUMERAL}{{4}})\s?年\s?(?:\d{{1,2}}|{_NUMERAL}{{1,3}})\s?月"
    rf"\s?(?:\d{{1,2}}|{_NUMERAL}{{1,3}})\s?日"
    r"|(?<![\d./-])(?P<digits>20\d\d(?:(?P<sep>[./-])[01]?\d(?P=sep)[0-3]?\d|\d{2,4}))(?![\d./-])"
)
_ANNEX = re.compile(
    r"附\s?[件表录](?:\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2}))?\s*(?P<colon>[：:]?)"
)
# A list of annexes and the annex behind it, in text without lines: 附件：分工表附件分工表一、….
_NAMED_TWICE = compile_scan(
    r"附件[：:]\s?(?:1[.．])?(?P<title>[^。；;：:\n]{4,60}?)\s?(?P<opening>附件(?P<number>\d{1,2})?)\s?"
    r"(?=(?P=title))"
)
_CLOSING = compile_scan(
    r"(?:[(（]此件|此件(?:主动|公开|依申请)|特此(?:通知|公告|通告|函复|批复|函告|报告)"
    r"|(?:联\s?系\s?人|联系电话|联系方式|抄\s?送|主\s?送|信息公开选项|主题词|印发份数)[：:\s]"
    r"|[(（]联系人)"
)
# From when a text holds is said below its last item: 本方案自2024年7月20日起施行.
_IN_FORCE = re.compile(
    r"(?:本|以上)(?:实施|工作|行动|若干|暂行|管理|专项|扶持|奖励|政策)*"
    r"(?:方案|意见|办法|措施|政策|通知|规定|计划|规划|细则|规范|举措|清单|要点|决定)"
    r"(?:[(（][^()（）]{1,8}[)）])?[，,]?自[^。；;\n]{2,24}起?(?:施行|实施|执行|生效)"
)
_REMARK = re.compile(r"[(（](?:此件|公开方式)[^()（）\n]{0,20}[)）]")
_GLUED_DATE = re.compile(
    r" ?(?=[\u4e00-\u9fff(（]|20\d\d年)(?![前起至到之以在开始发布印止经由召举，,、。日时内])"
)
_GLUED_NAME = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,9}?(?:省|市|县|区|州|盟|旗))[\u4e00-\u9fff]{0,14}"
    r"(?:政府|局|厅|委员会|办公室|协会|中心|法院|检察院)$"
)
_HAS_TITLE = re.compile(r"(?:方案|意见|办法|计划|规划|细则|要点|措施|清单|纲要|通知)(?=.{4})")
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
_TITLED = ("意见", "决定", "办法", "规定", "方案", "解释", "公告", "规划", "纲要", "措施")
_NAMES_ACTORS = re.compile(r"(?:责任|牵头|配合|参与|主办|协办)(?:单位|部门|处室)?[：:]$")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+")
_LISTS = re.compile(r"[、：:；;]|负责|牵头|配合|代章|盖章")  # in a bracket that names no signer
_LONGEST_CONTENTS = 8_000
_LONGEST_ENTRY = 60  # characters of a heading with its page
_ANCHOR = 30  # characters of a paragraph long enough to know a copy by
_MIN_COPY = 5  # paragraphs
_LONGEST_ANNEX_LINE = 80  # characters of 附件1 and its title on one line
_WIDE_GAP = 6  # spaces that set a line apart where a page lost its line breaks
_WINDOW = 300  # characters before a date in which its signature stands


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and when.

    Attributes:
        names: spans of the signing bodies, in order; empty for an unsigned date.
        date: span of the date.
        start: offset where the signature begins.
    """

    names: tuple[Span, ...]
    date: Span
    start: int


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


def find_signatures(text: str, is_body: Callable[[str], bool]) -> list[Signature]:
    """Return the signatures: names of bodies, then a date, with nothing else between."""
    found = []
    for match in _DATE.finditer(text):
        if match["digits"] and not _is_paragraph(text, match):
            continue  # 2021-03-05 is written everywhere, 20210305 in numbers
        names = _names_before(text, match.start(), is_body)
        alone = not names and _stands_alone(text, match)
        if alone and match["digits"]:
            alone = _CLOSING.match(text[match.end() :].lstrip()[:20]) is not None
        if names or alone:
            start = names[0].start if names else match.start()
            found.append(Signature(names, Span(*match.span()), start))
    return found


def _names_before(text: str, end: int, is_body: Callable[[str], bool]) -> tuple[Span, ...]:
    floor = max(0, end - _WINDOW)
    window = _without_lists(text[floor:end])
    cut = max((window.rfind(c) for c in "。；;！：:”"), default=-1) + 1
    if window[cut - 1 : cut] in ("：", ":") and "\n" in window[cut:]:
        cut = window.index("\n", cut) + 1  # 责任单位：某局, the line above a signature
    elif _NAMES_ACTORS.search(window, 0, cut) and (gap := _GAP.search(window, cut)):
        cut = gap.end()  # the same in a text whose lines a space parts
    cell = max(window.rfind(c) for c in "\t|")
    if cell >= cut and "\n" in window[cell:]:
        cut = window.index("\n", cell) + 1  # the last row of a table
    names: list[Span] = []
    for match in reversed(list(re.finditer(r"[^\s\u3000、,，]+", window[cut:]))):
        surface = match.group()
        if not names and (not is_body(surface) or _HAS_TITLE.search(surface)):
            glued = _glued_names(surface, is_body)
            if glued:
                start = floor + cut + match.start()
                return tuple(Span(start + a, start + b) for a, b in glued)
        if not is_body(surface):
            if names and text[end - 1] not in SPACES + "局府会厅委院部室办":
                return ()
            break
        names.append(Span(floor + cut + match.start(), floor + cut + match.end()))
    return tuple(reversed(names))


def _without_lists(window: str) -> str:
    """Return a window with blanks for brackets that list who does a thing, or are cut off.

    What stands in them, (责任单位:甲厅、乙厅) or (某局代章), signs nothing.
    """
    opened: list[int] = []
    for position, char in enumerate(window):
        if char in "(（〔[【「":
            opened.append(position)
        elif char in ")）〕]】」":
            start = opened.pop() if opened else None
            if start is None or (not opened and _LISTS.search(window, start, position)):
                start = start or 0
                window = window[:start] + " " * (position + 1 - start) + window[position + 1 :]
    return window


def _glued_names(surface: str, is_body: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Return where the names stand that text without spaces ends with, in order."""
    found: list[tuple[int, int]] = []
    end = len(surface)
    while length := _glued_name(surface[:end], is_body):
        name = _GLUED_NAME.search(surface, end - length, end)
        if found and not (name and load_divisions().named(name["place"])):
            break
        found.insert(0, (end - length, end))
        end -= length
    return found


def _glued_name(surface: str, is_body: Callable[[str], bool]) -> int:
    """Return the length of a government's or office's name that text without spaces ends with."""
    length = 0
    match = _GLUED_NAME.search(surface)
    while match is not None:
        is_placed = bool(load_divisions().named(match["place"]))
        if is_body(match.group()) and (is_placed or not length):
            length = len(match.group())  # the shortest: what stands before is other text
        match = _GLUED_NAME.search(surface, match.start() + 1)
    return length


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    after = text[match.end() : match.end() + 2]
    line = before.rsplit("\n", 1)[-1]
    if before.rstrip(SPACES)[-1:] == "。" and _GLUED_DATE.match(text, match.end()):
        return True
    is_behind = before.rstrip(SPACES).endswith(("。", ")", "）", "〕"))
    is_last = is_behind and not text[match.end() : match.end() + 200].strip(SPACES)
    if is_last or _is_paragraph(text, match) or _is_below_title(text, match):
        return True
    is_indented = not line.strip(SPACES) and (len(line) >= 2 or "\n" in before)
    is_indented |= len(line) - len(line.rstrip(SPACES)) >= _WIDE_GAP
    return is_indented and (not after.strip(SPACES) or after[:1] in "\n \u3000（(")


def _is_below_title(text: str, match: re.Match[str]) -> bool:
    """Tell whether a match fills a bracket behind a title: …的意见 （2022年4月25日） 为…."""
    is_boxed = text[match.start() - 1 : match.start()] in tuple("(（") and text[
        match.end() : match.end() + 1
    ] in tuple(")）")
    before = text[max(0, match.start() - 20) : match.start() - 1].rstrip(SPACES + "\n")
    return is_boxed and before.endswith(_TITLED)


def _is_paragraph(text: str, match: re.Match[str]) -> bool:
    """Tell whether a match fills a paragraph, whatever parts paragraphs."""
    after = re.compile(r"[ \t]*(?:\n|\u3000{2}|$)").match(text, match.end())
    return after is not None and is_line_start(text, match.start())


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
    ends += [p.start for p in paragraphs if _CLOSING.match(text, p.start, p.end)]
    ends += [
        p.start
        for above, p in pairwise(paragraphs)
        if _IN_FORCE.match(text, p.start, p.end) and text[above.end - 1] in "。)）〕】]"
    ]
    return sorted(ends)


def _find_closings(text: str, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Yield what stands below a text: paragraphs, and remarks that run into other text."""
    yield from (p for p in paragraphs if _CLOSING.match(text, p.start, p.end))
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
