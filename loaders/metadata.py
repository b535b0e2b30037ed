"""What a notice says of itself: title, number, issuers, dates, kind, place, validity."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.agencies import NamingContext, describe_agency, resolve_agency
from kg.types import Span
from loaders.clean import is_furniture
from loaders.dates import find_dates
from loaders.numbers import find_numbers, find_serial
from loaders.paragraphs import SPACES, iter_paragraphs, strip_span
from loaders.jurisdiction import body_of_code, guess_jurisdiction
from loaders.structure import Structure
from loaders.types import NATIONAL

KINDS = (
    "通知 意见 方案 规划 纲要 办法 条例 公告 决定 批复 函 通告 规定 细则 措施 要点 计划 报告 指南 规则 "
    "通报 决议 命令 令 举措 清单 制度 规范 标准 预案 章程 协议 工作安排 实施意见 指引 目录 建议 政策 准则 战略 公报 分工 议案"
).split()
_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
_TAIL = r"(?:\s?[(（〔][^()（）\n]{1,24}[)）〕])?"
_TITLE_END = re.compile(rf"(?:{_KIND}|十条|\d+条|[一二三四五六七八九十]+条){_TAIL}$")
_GLUED_TITLE = re.compile(
    rf"[^。；;\n]{{2,110}}?(?:的(?:{_KIND})|印发[^。；;\n]{{2,60}}?的通知){_TAIL}"
    rf"(?=\s*(?:[\u4e00-\u9fff]{{1,8}}[〔\[(（]\s?\d{{4}}|各|[\u4e00-\u9fff（）()、，]{{2,80}}[：:]))"
)
_SELF = re.compile(r"(?:现将|现发布|现公布)?《(?P<title>[^《》\n]{4,90}(?:\n[^《》\n]{2,60})?)》"
                   r"(?:已经?[^。]{0,40}[，,]\s?)?(?:现)?(?:予以)?(?:印发|发布|公布|下发)")
# Bodies set up by decision, which no table of departments lists.
_JOINT_BODY = re.compile(r"[\u4e00-\u9fff]{4,}(?:领导小组|联席会议|指挥部|委员会|协调小组|专班)(?:办公室)?$")
_TITLE_VERB = re.compile(r"关于|印发|转发|公布|发布|贯彻")
_BODY_END = re.compile(r"厅|局|委员会|委|部|政府|办公室|院|会|署|行|中心")
_SEAM = re.compile(r"[局厅委部办院](?=[省市区县州盟][\u4e00-\u9fff]{2,})")
_REPEALED = re.compile(r"[*＊(（]\s?(?:本文|本文件|此件)?已?被?.{0,40}(?:废止|失效)\s?[)）]?")

_LABELS: Mapping[str, str] = {
    "title": r"标\s*题|名\s*称|文件名称|信息名称",
    "number": r"发文字号|文\s*号|发\s*文\s*号|文件编号|公文文号",
    "issuer": r"发布机构|发文机关|发文机构|制定机关|发文单位|发布单位|公开主体|印发单位|发布部门|制发机关",
    "source": r"文章来源|信息来源|来\s*源",
    "signed": r"成文日期|成文时间|生成日期|签发日期|发文日期|印发日期|制发日期|发文时间",
    "published": r"发布日期|发布时间|公开日期|公布日期|时\s*间|日\s*期",
    "validity": r"有\s*效\s*性|时效性?|效力状态|是否有效|文件状态",
    "other": r"索\s*引\s*号|组配分类|统一编号|主题分类|主题词|信息分类|分\s*类|作\s*者|字\s*号|公开方式|体裁分类|服务对象|关\s*键\s*词|登记号|浏览次数|有效期",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s\u3000•·●\-*\t|【]))(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS.items())
    + r")\s*[】]?\s*(?P<mark>[:：|\t]|\n)[ \t\u3000]*"
)
HEADER_LIMIT = 4_000


@dataclass(frozen=True, slots=True)
class Quoted:
    """A value and the words it was read from."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a notice says of itself; None or empty where it says nothing.

    Attributes:
        title: as a person would cite it; spaces inside are kept, line breaks are not.
        document_number: as 辽知发〔2022〕6号.
        issuers: canonical names with the words they were read from.
        issued_on: ISO prefix.
        basis: `signature`, `metadata` or `publication`.
        kind: 通知, 意见, 方案 …
        jurisdiction: six-digit code; NATIONAL for 全国.
    """

    title: Quoted | None
    document_number: Quoted | None
    issuers: tuple[Quoted, ...]
    issued_on: Quoted | None
    basis: str | None
    published_on: Quoted | None
    kind: Quoted | None
    jurisdiction: str
    validity: Quoted | None
    warnings: tuple[str, ...] = field(default=())


def is_body_name(surface: str) -> bool:
    """Tell whether a string could sign a notice: a body, in full or relative to a place."""
    name = surface.strip("()（） ")
    if not 3 <= len(name) <= 50:
        return False
    return (
        _JOINT_BODY.search(name) is not None
        or resolve_agency(name, NamingContext(NATIONAL)).target is not None
    )


def read_metadata(text: str, structure: Structure, first_mark: int) -> Metadata:
    """Return what the notice says of itself.

    Args:
        text: the stored text.
        structure: its layout.
        first_mark: offset of the first numbered item, or the length of the text.
    """
    header_end = min(first_mark, HEADER_LIMIT)
    labels = dict(_read_labels(text, header_end))
    title = _find_title(text, header_end, labels)
    number = _find_number(text, header_end, labels, title)
    place = guess_jurisdiction(text, title.value if title else "", number.value if number else "")
    issuers = _find_issuers(text, structure, labels, title, place) or issuer_of_number(number)
    issued_on, basis = _find_date(text, structure, labels, header_end)
    return Metadata(
        title=title,
        document_number=number,
        issuers=issuers,
        issued_on=issued_on,
        basis=basis,
        published_on=_label_date(text, labels.get("published")),
        kind=_kind_of(title),
        jurisdiction=_jurisdiction(issuers, place),
        validity=_quoted(text, labels.get("validity")),
    )


def _read_labels(text: str, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the labelled values of the header, the first of each kind."""
    matches = list(_LABEL.finditer(text, 0, end))
    seen = set()
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        line_end = text.find("\n", match.end(), end)
        stop = min(line_end if line_end >= 0 else end, following.start() if following else end)
        span = strip_span(text, match.end(), max(stop, match.end()))
        name = match.lastgroup if match.lastgroup != "mark" else _label_name(match)
        if span is not None and name not in seen and span.end - span.start <= 150:
            seen.add(name)
            yield name or "other", span


def _label_name(match: re.Match[str]) -> str:
    return next(name for name in _LABELS if match[name])


def _quoted(text: str, span: Span | None) -> Quoted | None:
    return Quoted(text[span.start : span.end], span) if span else None


def _find_title(text: str, end: int, labels: Mapping[str, Span]) -> Quoted | None:
    if "title" in labels:
        return _as_title(text, labels["title"])
    taken = set(labels.values())
    lines: list[Span] = []
    for paragraph in iter_paragraphs(text, 0, end):
        surface = text[paragraph.start : paragraph.end]
        glued = _GLUED_TITLE.match(surface)
        if glued and "》" not in surface[glued.end() : glued.end() + 1]:
            return _as_title(text, Span(paragraph.start, paragraph.start + glued.end()))
        if any(paragraph.overlaps(span) for span in taken) or is_furniture(surface):
            lines.clear()
            continue
        number = next(find_numbers(text, paragraph.start, paragraph.end), None)
        stop = number.span.start if number else paragraph.end
        bare = strip_span(text, paragraph.start, _before_bracket(text, paragraph.start, stop))
        if bare is None or not _could_be_title(text[bare.start : bare.end]):
            lines.clear()
            continue
        lines.append(bare)
        if _TITLE_END.search(text[bare.start : bare.end]):
            return _as_title(text, _joined(text, lines))
    own = _SELF.search(text, 0, min(len(text), end + 400))
    return _as_title(text, Span(*own.span("title"))) if own else None


def _before_bracket(text: str, start: int, stop: int) -> int:
    while stop > start and text[stop - 1] in SPACES + "(（[〔【*":
        stop -= 1
    return stop


def _could_be_title(surface: str) -> bool:
    return (
        2 <= len(surface) <= 120
        and surface[-1] not in "。；;：:，,、"
        and "。" not in surface
        and "附件" not in surface
        and not re.match(r"\d{1,2}[.．、]", surface)
        and not re.fullmatch(r"[\d\s./:：\-年月日]+", surface)
        and not surface.startswith(("现将", "为", "附件", "(此件", "（此件"))
    )


def _joined(text: str, lines: list[Span]) -> Span:
    """Return the span of a title set over lines: from the line that names 关于 or the issuer."""
    first = len(lines) - 1
    while first > 0 and lines[first].start - lines[first - 1].end <= 30 and _continues(
        text[lines[first - 1].start : lines[first - 1].end],
        text[lines[first].start : lines[first].end],
    ):
        first -= 1
    return Span(lines[first].start, lines[-1].end)


def _continues(above: str, below: str) -> bool:
    """Tell whether a title goes on from one line to the next."""
    if _TITLE_END.search(above) or is_furniture(above) or len(above) > 60:
        return False
    if re.search(r"[：:\d年月日]$", above) or re.fullmatch(r"[\u4e00-\u9fff]{2,3}", above):
        return False
    if below.startswith(("关于", "印发", "转发", "公布", "发布")) or "关于" in above:
        return True
    is_signature = is_body_name(above.split()[-1]) and not below.startswith(("共建", "联合", "与"))
    return "关于" not in below and not is_signature


def _as_title(text: str, span: Span) -> Quoted:
    surface = text[span.start : span.end]
    repealed = _REPEALED.search(surface)
    if repealed and repealed.start() > 0:
        span = strip_span(text, span.start, span.start + repealed.start()) or span
        surface = text[span.start : span.end]
    value = re.sub(r"\s*\n\s*", "", surface).strip(SPACES + "*")
    value = re.sub(r"[\u3000\t ]+", " ", value)
    whole = re.fullmatch(r"《([^《》]+)》", value)
    return Quoted(whole[1] if whole else value, span)


def _find_number(
    text: str, end: int, labels: Mapping[str, Span], title: Quoted | None
) -> Quoted | None:
    if "number" in labels:
        span = labels["number"]
        found = next(find_numbers(text, span.start, span.end), None)
        if found:
            return Quoted(str(found), found.span)
        serial = find_serial(text, span.start, span.end)
        return Quoted(*serial) if serial else None
    for found in find_numbers(text, 0, end):
        if _is_own_number(text, found.span):
            return Quoted(str(found), found.span)
    if title and title.value.endswith(("公告", "令", "通告")):
        serial = find_serial(text, title.span.start, min(end, title.span.end + 40))
        return Quoted(*serial) if serial else None
    return None


def _is_own_number(text: str, span: Span) -> bool:
    """Tell a notice's own number from a cited one: it closes its line and no 《title》 is before."""
    before = text[max(0, span.start - 12) : span.start].rstrip(SPACES + "(（[【")
    after = text[span.end : span.end + 8].lstrip(" \t\u3000)）]】")
    if before.endswith(("》", "根据", "按照", "落实", "贯彻", "执行", "转发", "印发", "依据", "及", "和", "、")):
        return False
    return not after or after[0] in "\n*＊" or after.startswith("各") or "：" in text[
        span.end : span.end + 24
    ] or text[span.end : span.end + 3].strip(SPACES) == ""


def _find_issuers(
    text: str,
    structure: Structure,
    labels: Mapping[str, Span],
    title: Quoted | None,
    place: str,
) -> tuple[Quoted, ...]:
    """Return who issued the notice: the signature says, else the title, else the header."""
    signed = next((s.names for s in structure.signatures if s.names), ())
    for spans in (signed, _title_issuers(text, title, place),
                  _label_spans(text, labels, "issuer"), _label_spans(text, labels, "source")):
        found = [q for span in spans if (q := _resolve_issuer(text, span, place)) is not None]
        if found:
            first: dict[str, Quoted] = {}
            for quoted in found:
                first.setdefault(quoted.value, quoted)
            return tuple(first.values())
    return ()


def _resolve_issuer(text: str, span: Span, place: str) -> Quoted | None:
    surface = text[span.start : span.end].strip("()（）")
    resolution = resolve_agency(surface, NamingContext(place))
    if resolution.target is not None:
        return Quoted(resolution.target.name, span)
    return Quoted(surface, span) if _JOINT_BODY.search(surface) else None


def _title_issuers(text: str, title: Quoted | None, place: str) -> tuple[Span, ...]:
    """Return the bodies named before 关于 or 印发 at the head of a title, even without spaces."""
    if title is None:
        return ()
    surface = text[title.span.start : title.span.end]
    cut = _TITLE_VERB.search(surface)
    if cut is None:
        return ()
    found = []
    for piece in re.finditer(r"[^\s\u3000、,，]+", surface[: cut.start()]):
        start = title.span.start + piece.start()
        found += [Span(start + a, start + b) for a, b in _bodies(piece.group(), place)]
    return tuple(found)


def issuer_of_number(number: Quoted | None) -> tuple[Quoted, ...]:
    """Return the body whose code a document number carries: 辽知发 is 辽宁省知识产权局's."""
    name = body_of_code(number.value.partition("〔")[0]) if number else None
    return (Quoted(name, number.span),) if number and name else ()


def _bodies(run: str, place: str) -> list[tuple[int, int]]:
    """Part a run of names without spaces: 市人社局市税务局 into two, 某局办公室 into one."""
    naming = NamingContext(place)
    if not _SEAM.search(run) and (_is_listed(run, naming) or _JOINT_BODY.search(run)):
        return [(0, len(run))]
    parts = []
    start = 0
    for match in _BODY_END.finditer(run):
        piece = run[start : match.end()]
        if _is_listed(piece, naming) and not run[match.end() :].startswith(("办公", "党组")):
            parts.append((start, match.end()))
            start = match.end()
    if start == len(run) and parts:
        return parts
    return [(0, len(run))] if resolve_agency(run, naming).target is not None else []


def _is_listed(name: str, naming: NamingContext) -> bool:
    """Tell whether a name resolves by the tables, not by its form alone."""
    resolution = resolve_agency(name, naming)
    return resolution.target is not None and "不在机构表中" not in resolution.reason


def _label_spans(text: str, labels: Mapping[str, Span], name: str) -> tuple[Span, ...]:
    span = labels.get(name)
    if span is None:
        return ()
    pieces = re.finditer(r"[^\s、,，;；]+", text[span.start : span.end])
    return tuple(Span(span.start + p.start(), span.start + p.end()) for p in pieces)


def _find_date(
    text: str, structure: Structure, labels: Mapping[str, Span], header_end: int
) -> tuple[Quoted | None, str | None]:
    if structure.signatures:
        dates = list(find_dates(text, structure.signatures[0].date))
        if dates:
            return Quoted(dates[0].iso, dates[0].span), "signature"
    for name, basis in (("signed", "metadata"), ("published", "publication")):
        quoted = _label_date(text, labels.get(name))
        if quoted:
            return quoted, basis
    for paragraph in iter_paragraphs(text, 0, header_end):
        for date in find_dates(text, paragraph):
            if len(text[paragraph.start : paragraph.end].strip("()（）[] ")) <= 14:
                return Quoted(date.iso, date.span), "publication"
    return None, None


def _label_date(text: str, span: Span | None) -> Quoted | None:
    if span is None:
        return None
    date = next(find_dates(text, span), None)
    return Quoted(date.iso, date.span) if date else None


def _kind_of(title: Quoted | None) -> Quoted | None:
    if title is None:
        return None
    bare = re.sub(rf"{_TAIL}$", "", title.value)
    match = re.search(rf"(?:{_KIND})$", bare)
    return Quoted(match.group(), title.span) if match else None


def _jurisdiction(issuers: tuple[Quoted, ...], place: str) -> str:
    """Return the place of the most local issuer; of a province and a national body, the province."""
    described = [describe_agency(q.value) for q in issuers]
    codes = [a.jurisdiction for a in described if a and a.jurisdiction]
    local = [c for c in codes if c != NATIONAL]
    if local:
        return max(local, key=lambda code: len(code.rstrip("0")))
    return NATIONAL if codes else place
