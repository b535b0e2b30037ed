"""By when a measure is to be done."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.scanning import compile_scan
from kg.types import Span
from loaders.dates import DueMention, find_dues, find_months

_LABEL = compile_scan(
    r"(?:(?:完成|办结|整改|实施|推进|开展|落实|活动|行动|整治)(?:时间|日期)|(?:完成|办结|整改|工作|落实|实施|推进|责任|任务|建设)"
    r"(?:时限|期限|进度|时间节点)|时间节点|时间要求|时间进度|进度安排|时间安排"
    r"|(?<![\u4e00-\u9fff])(?:时限|期限|时间|进度))(?:要求|安排)?"
    r"[ \u3000]{0,3}(?:[:：]|[】〗］\]][:：]?"
    r"|(?<=限)[ \u3000]+(?=\d|长期|持续)|(?<=时间)\s+(?=\d))[ \u3000]{0,3}"
    r"|截止(?:时间|日期)(?:[:：]|为|是)[ \u3000]{0,3}"
)
# A value ends with its bracket, line or sentence, or where the next label begins.
_VALUE_END = compile_scan(
    r"[)）〕\]】\n。|:：]|(?:责任|牵头|配合|主办|协办|参与|主管|完成)[^:：,，;；。\n]{0,6}[:：]"
)
_BARE_YEAR = re.compile(r"20\d\d")
_PLAN_FOR = re.compile(
    r"(?<![—\-－–~至到\d])(?P<year>20\d\d)年度?(?![—\-－–至])"
    r"[^《》]{0,40}(?:计划|要点|方案|任务|清单|安排|分工|分解|台账|工作)"
)
_VALUE_LIMIT = 120  # characters; no stated time limit is longer
_LONGEST_TASK = 20  # characters of what is to be done by then: 10月底前建立联席会议制度
_SEGMENT = re.compile(r"[^、,，;；。:：()（）〔〕\[\]【】\n]+")
_CLOSING_BRACKET = re.compile(r"[(（〔\[]([^()（）〔〕\[\]\n]{2,40})[)）〕\]][。\s]*$")
# The heading of a stage: 动员部署阶段（3月上旬）, 集中整治（4月至10月）。
_STAGE = re.compile(
    r"[^。；;\n]{0,30}?(?<!现)阶段(?=[（(〔：:，,。\s\d]|$)[。\s]{0,3}[^。；;\n]{0,40}"
    r"|(?:20\d\d年)?\d{1,2}(?:[-—–~至到]\d{1,2})?月(?:份|[底末]|[上中下]旬)?"
    r"(?:[-—–~至到](?:20\d\d年)?\d{1,2}月)?(?=[，,：:、\s])"
    r"|20\d\d年(?=[，,：:][^，,。；;\n\d]{2,8}(?:[。\n]|$))"
    r"|[^。；;，,()（）\n]{2,24}[(（][^()（）。\n]{0,20}月[^()（）。\n]{0,16}[)）](?=\s*(?:[。：:\n]|$))"
)
_DONE = (
    r"(?:要|应|须|需|全部|全面|基本|初步|力争|确保|按时|按期|如期|各[^,，;；。\n]{0,8})?"
    r"(?:完成|办结|到位|建成|出台|印发|取得|落实|实施|启动|开展|报[送请批]|提请|提交|上报|制定|公布|发布|上线|挂牌|开工|投入|实现|见效|见到?[实成]效)"
)
# A period that fills a part of a clause: 6月—9月.
_PERIOD = re.compile(r"(?=.*月)[\d\s年月日底末前上中下旬至到—~～－-]+(?:完成|开展|实施|进行)?")
_SEGMENT_TAIL = re.compile(
    rf"(?:之?前|底|内|以内)?(?:{_DONE}.{{0,12}}|并?(?:长期|持续).{{0,8}}|执行|推进|为期|止"
    r"|(?:至少)?(?:召开|举办|组织|开展|发布|更新|通报|调度|报送|遴选).{0,14})?"
)
_SEGMENT_HEAD = re.compile(
    r"(?:并|于|在|到|至|力争|确保|原则上|按年度|其中|截至|时间为?|要|均|[自从]?即日起至?|[自从]?20\d\d年起)?"
)
# 四季度完成, 年内出台 and 9月底建成 bound a measure as 前 does.
_WITHIN = re.compile(r"(?:年内|季度|[底末]|月(?:份)?|[上中下]旬|[上下]半年)$")
_DONE_AT = re.compile(
    r"(?:力争|全面|全部|基本|要|争取|确保)?(?:完成|建成|出台|印发|制定|投入(?:使用|运行))"
)
_RECURS = re.compile(r"每(?:年|季度|半年|月)[^,，。;；]*$")
_RECURS_WITHIN = 14  # characters: 每年6月底和12月底前
# Which things are meant, not by when to do something: 2023年底前成立的企业.
_CONDITION = re.compile(
    r"(?:已|未)|[^,，。;；]{0,12}(?:注册|成立|登记|授权|获得|取得|认定|设立|发生|签订|建成|批准|申报|提交|提出|备案|立项|引进|落户|获批)"
    r"[^,，。;；]{0,8}的"
)
_LASTING = re.compile(
    r"[,，。;；](?P<value>(?:并|要)?(?:长期|持续|常态化|滚动)(?:坚持|推进|实施|开展|进行))[。\s]*$"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A measure's time limit.

    Attributes:
        due_on: ISO date, the last day of the period stated; None where there is none.
        ongoing: whether the work has no end (长期坚持) or recurs (每年12月底前). True beside a
            `due_on` where the notice states both: 2025年底前完成,并长期坚持.
        span: the words that state it, with their label.
        due_text: the time limit as written, without the label.
    """

    due_on: str | None
    ongoing: bool
    span: Span
    due_text: str


def detect_deadline(
    text: str, regions: Sequence[Span], clauses: Sequence[Span], issued_on: str | None
) -> Deadline | None:
    """Return the time limit of a measure, or None if none is stated for the whole of it.

    A labelled limit (完成时限:…) comes first, then one inside a responsibility clause
    ((A牵头,6月底前完成)), then one in the text (6月底前出台办法). Where several are stated, the
    measure is done when the last is.

    Args:
        text: the stored text.
        regions: heading and body of the measure.
        clauses: its responsibility clauses.
        issued_on: ISO prefix of the date of issue, or None.
    """
    stop = max((span.end for span in (*regions, *clauses)), default=0)
    areas = [_with_tail(text, clause, stop) for clause in clauses]
    for area in [*areas, *regions]:
        for label, value in _labelled_values(text, area):
            dues = list(_labelled_dues(text, value, issued_on))
            if dues:
                return _summarise(text, dues, Span(label.start, value.end), value)
    for clause in [*clauses, *_closing_brackets(text, regions), *_stages(text, regions)]:
        if dues := list(_segment_dues(text, clause, issued_on)):
            span = Span(dues[0].span.start, dues[-1].span.end)
            return _summarise(text, dues, span, span)
    return _stated_deadline(text, regions, issued_on)


def start_of_plan(title: str, issued_on: str | None) -> str | None:
    """Return what the limits of a notice that name no year are read by.

    It is the year that the plan is for, where its title names the one of issue or the next:
    6月底前 in the plan for 2024 that was issued in December 2023, or in July 2024, is of 2024.
    """
    plan = _PLAN_FOR.search(title)
    if plan is None or not issued_on or int(plan["year"]) - int(issued_on[:4]) not in (0, 1):
        return issued_on
    return plan["year"]


def _labelled_dues(text: str, value: Span, issued_on: str | None) -> Iterator[DueMention]:
    """Yield the limits of a labelled value; a bare month among them is one, too."""
    dues = list(find_dues(text, value, issued_on))
    if year := _BARE_YEAR.fullmatch(text, value.start, value.end):  # 完成时限：2025
        yield DueMention(f"{year.group()}-12-31", False, True, value)
    yield from dues
    for month in find_months(text, value, issued_on):
        if not any(month.span.overlaps(due.span) for due in dues):
            yield month


def _closing_brackets(text: str, regions: Sequence[Span]) -> Iterator[Span]:
    """Yield what stands in brackets at the end of a region: …推广经验。(2025年6月底前完成)."""
    for region in regions:
        tail = max(region.start, region.end - _VALUE_LIMIT)
        if match := _CLOSING_BRACKET.search(text[tail : region.end]):
            yield Span(tail + match.start(1), tail + match.end(1))


def find_stage(text: str, region: Span) -> Span | None:
    """Return the heading of a stage of the work, or one with its months; None if it is neither.

    Args:
        text: the stored text.
        region: an item or a section, behind its number.
    """
    match = _STAGE.match(text, region.start, region.end)
    return Span(*match.span()) if match else None


def _stages(text: str, regions: Sequence[Span]) -> Iterator[Span]:
    stage = find_stage(text, regions[0]) if regions else None
    if stage is not None:
        yield stage


def _with_tail(text: str, clause: Span, stop: int) -> Span:
    """Return the clause with a labelled time limit that follows it on the same line."""
    tail = text[clause.end : min(stop, clause.end + _VALUE_LIMIT)].split("\n", 1)[0]
    return Span(clause.start, clause.end + len(tail))


def _labelled_values(text: str, area: Span) -> Iterator[tuple[Span, Span]]:
    """Yield (label, value) for each labelled time limit in an area."""
    for match in _LABEL.finditer(text, area.start, area.end):
        limit = min(match.end() + _VALUE_LIMIT, area.end)
        stop = _VALUE_END.search(text, match.end(), limit)
        end = stop.start() if stop else limit
        while end > match.end() and text[end - 1] in " \u3000,，;；、":
            end -= 1
        if end > match.end():
            yield Span(match.start(), match.end()), Span(match.end(), end)


def _segment_dues(text: str, clause: Span, issued_on: str | None) -> Iterator[DueMention]:
    """Yield the limits that fill a part of the clause between commas: (A牵头,6月底前完成)."""
    for match in _SEGMENT.finditer(text, clause.start, clause.end):
        segment = Span(match.start(), match.end())
        if segment.end - segment.start > _VALUE_LIMIT:
            continue
        dues = list(find_dues(text, segment, issued_on))
        start = segment.start
        for due in dues or find_months(text, segment, issued_on):  # (综合处；11月底)
            head = text[start : due.span.start].strip()
            tail = text[due.span.end : segment.end].strip()
            is_whole = _PERIOD.fullmatch(text, segment.start, segment.end) is not None
            is_told = due.bounded and len(tail) <= _LONGEST_TASK and not _CONDITION.match(tail)
            is_fit = is_told or _SEGMENT_TAIL.fullmatch(tail) is not None
            if is_whole or (is_fit and _SEGMENT_HEAD.fullmatch(head)):
                yield due
                start = due.span.end  # 年内持续推进 states two


def _stated_deadline(text: str, regions: Sequence[Span], issued_on: str | None) -> Deadline | None:
    """Return the limit that the text of a measure states: 2025年6月底前出台办法.

    到2025年底 dates a target, and 每年 a habit; neither is a limit of the measure.
    """
    dues = [
        due
        for region in regions
        for due in find_dues(text, region, issued_on)
        if due.due_on and _is_limit(text, due, region.end) and due.due_on >= (issued_on or "")
    ]
    if dues:
        last = max(dues, key=lambda due: due.due_on or "")
        return _summarise(text, [last], last.span, last.span)
    return _lasting(text, regions[-1]) if regions else None


def _is_limit(text: str, due: DueMention, stop: int) -> bool:
    """Tell whether a date is one by which something is to be done."""
    words = text[due.span.start : due.span.end]
    if _RECURS.search(text, max(0, due.span.start - _RECURS_WITHIN), due.span.start):
        return False
    is_bound = words.endswith("前") or (
        _WITHIN.search(words) is not None and _DONE_AT.match(text, due.span.end, stop) is not None
    )
    return is_bound and _CONDITION.match(text, due.span.end, stop) is None


def _lasting(text: str, body: Span) -> Deadline | None:
    """Return the limit of a measure whose last words are 持续推进, or the like."""
    match = _LASTING.search(text[max(body.start, body.end - _VALUE_LIMIT) : body.end])
    if match is None:
        return None
    start = max(body.start, body.end - _VALUE_LIMIT) + match.start("value")
    span = Span(start, start + len(match["value"]))
    return Deadline(None, True, span, match["value"])


def _summarise(text: str, dues: Iterable[DueMention], span: Span, value: Span) -> Deadline:
    listed = list(dues)
    days = [due.due_on for due in listed if due.due_on]
    return Deadline(
        due_on=max(days, default=None),
        ongoing=any(due.ongoing for due in listed),
        span=span,
        due_text=text[value.start : value.end],
    )
