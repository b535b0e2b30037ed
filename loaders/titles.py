"""The title of a notice, wherever a page puts it, and the kind that its last word names."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from kg.scanning import compile_scan
from kg.types import Span
from loaders.clean import is_furniture
from loaders.header import FONT_SWITCH, Quoted, notice_words, read_fields
from loaders.issuers import is_body_name
from loaders.numbers import find_numbers
from loaders.paragraphs import SPACES, iter_paragraphs, strip_span

_TAIL = r"(?:\s?[(（〔](?!\d{4}年\d{1,2}月\d)[^()（）\n]{1,24}[)）〕])?"
# 某总署公告2022年第15号（关于某事的公告）
_CN = r"[\d〇零一二三四五六七八九十百]"
_SERIAL = rf"\s?(?:\d{{4}}年)?\s?第\s?{_CN}{{1,7}}\s?号(?:\s?[（(][^()（）]{{4,80}}[)）])?"
_TABLE = r"(?:分工|任务|责任|分解|清单|计划|进度)表|台账|(?:责任|任务|工作)分[解工]"
_ONE = r"《(?P<title>[^《》\n]{4,90}(?:\n[^《》\n]{2,60})?)》"
_PUTS_OUT = (
    r"[，,]?\s?(?P<passed>已经?[^。]{0,40}[，,]\s?)?(?P<now>现|兹)?(?:予以?)?"
    r"(?:印发|发布|公布|下发)"
)
_SELF = compile_scan(rf"(?P<these>现将|现发布|现公布)?{_ONE}{_PUTS_OUT}")
_LISTED = compile_scan(
    rf"(?P<these>将|现发布|现公布)?(?P<listed>《[^《》]{{4,120}}》(?:[、和及与\s]{{0,3}}《[^《》]{{4,120}}》){{0,5}}){_PUTS_OUT}"
)
_MADE_BELOW = compile_scan(
    r"(?:制定|制订|编制)了(?P<listed>《[^《》]{4,120}》)(?=[（(，,](?:[^()（）。]{0,40}[，,])?(?:详?见)?附件)"
)
# A text without a title above it says what it is before its items: …，制定《某市活动方案》。
_MADE = re.compile(r"(?:制定|制订|编制)了?本?《(?P<title>[^《》\n]{6,90})》(?:如下)?[。：:]?\s*$")
_LONGEST_LINE = 60  # characters of a title's second line, with the space above it
_SHORTEST_TITLE = 10
_LONGEST_PREAMBLE = 600
_TRAIL = re.compile(r"[>»_|]")  # between the columns that lead to a page
_STUTTER = re.compile(r"(..)\1{3}")  # hidden words of a page: 政策政策政策政策
_DATELINE = re.compile(
    r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})\s{0,3}\d{1,2}[:：时]\s?\d\d"
    r"|(?:发布|更新)?(?:时间|日期)\s?[:：]\s?(?:19|20)\d\d|来\s?源\s?[:：]"
)
_LONGEST_COLUMN = 8
_COLUMN = re.compile(r"^[【\[][^【】\[\]]{2,8}[】\]]\s?(?=\S{6})")  # 【政策文件】某市关于…
# What a sentence begins with, or a field of a portal's header.
_SENTENCE_START = re.compile(
    r"(?:根据|按照|依据|依照|现将|为了?(?!.{0,3}民)|\d{1,2}[.．、]\s?[\[【])"
)
_HEADLINE = re.compile(
    r"(?:(?!关于)[^《》]){2,40}?(?:印发|发布|出台|公布)(?:《(?P<named>[^《》]{4,80})》|(?P<title>[^《》]{8,80}))"
)
_OF_YEAR = re.compile(r"^\d{4}(?:[—\-－~至]\d{4})?年度?")
_REPEALED = re.compile(r"[*＊(（]\s?(?:本文|本文件|此件)?已?被?.{0,40}(?:废止|失效)\s?[)）]?")


@cache
def _kind() -> str:
    return "|".join(sorted(notice_words()["kinds"], key=len, reverse=True))


@cache
def _title_end() -> re.Pattern[str]:
    kinds = rf"(?:{_kind()}|{_TABLE}|\d+条|[一二三四五六七八九十]+条){_TAIL}"
    # 两办印发《关于…的意见》 names the text itself.
    return compile_scan(
        rf"{kinds}$|(?:公告|通告|令){_SERIAL}$|(?:印发|发布|公布|下发)《[^《》。]{{2,80}}?{kinds}》$"
    )


@cache
def _full_end() -> re.Pattern[str]:
    return compile_scan(rf"的(?:{_kind()}){_TAIL}$")


@cache
def _glued_title() -> re.Pattern[str]:
    """Match a title that runs into a number, an addressee or 各… without a line break."""
    return re.compile(
        rf"[^。；;\n]{{2,110}}?(?:的(?:实施|指导|若干|贯彻|补充)*(?:{_kind()})+|印发[^。；;\n]{{2,60}}?的通知){_TAIL}"
        r"(?=\s*(?:[\u4e00-\u9fff]{1,8}[〔\[(（]\s?\d{4}|各|[\u4e00-\u9fff（）()、，]{2,80}[：:]))"
        # a plan that is no 通知, or 印发《a plan》, and the preamble behind it
        rf"|[^。；;，,\n]{{4,80}}?(?:印发《[^《》。\n]{{4,60}}》|(?:{_kind()}|{_TABLE})+{_TAIL})"
        r"(?=\s*(?:[(（]\d{4}年[^()（）\n]{2,12}[)）])?\s*"
        r"为(?:深入|全面|切实|认真|进一步|扎实|大力|持续|充分|更好地?|有效|积极|着力|规范)*"
        r"(?:贯彻|落实|加快|推进|推动|加强|做好|促进|提升|强化|实施|发挥|完善|健全|支持|鼓励|优化))"
        # a plan with its own number behind it; a regulation with how it came to be
        rf"|[^。；;，,\n]{{4,80}}?(?:{_kind()}|{_TABLE})+{_TAIL}"
        r"(?=\s*[\u4e00-\u9fff]{2,10}[〔\[(（]\s?\d{4}\s?[〕\])）]\s?\d{1,4}\s?号)"
        # a plan and a space, in a page without lines; a numbered announcement
        rf"|[^。；;，,\n]{{4,80}}?(?:{_kind()}|{_TABLE})+{_TAIL}"
        r"(?=[ \u3000]+(?:20\d\d年|[一1][、.． ]|第一[章条]|前\s?言|序\s?号|目\s?录))"
        rf"|[^。；;，,\n]{{2,40}}?(?:公告|通告|令){_SERIAL}(?=\s*(?:为|根据|按照|依据|现))"
        r"|[^。；;，,\n]{4,60}?(?:条例|办法|规定|决定)"
        r"(?=\s*[(（]\d{4}年\d{1,2}月\d{1,2}日[^()（）]{4,300}(?:通过|公布|发布|修订|修正))"
    )


def find_kind(title: Quoted | None) -> Quoted | None:
    """Return the kind a title ends with: 通知, 意见, 方案 …; None if it names none."""
    if title is None:
        return None
    numbered = re.sub(rf"(?<=[告令]){_SERIAL}$", "", title.value)
    bare = re.sub(rf"{_TAIL}$", "", numbered.removesuffix("》"))
    match = re.search(rf"(?:{_kind()})$", bare)
    return Quoted(match.group(), title.span) if match else None


def find_title(text: str, end: int, labels: Mapping[str, Span]) -> Quoted | None:
    """Return the title: the header's, else the first line or lines that read like one.

    A page without one gives the title of the text it encloses (现将《…》印发).
    """
    if "title" in labels:
        return as_title(text, labels["title"])
    taken = {*labels.values(), *read_fields(text, end)}
    lines: list[Span] = []
    for paragraph in iter_paragraphs(text, 0, end):
        paragraph = _after_font_switch(text, paragraph)
        surface = text[paragraph.start : paragraph.end]
        glued = _glued_title().match(surface)
        if glued and _is_whole(surface, glued.end()):
            return as_title(text, Span(paragraph.start, paragraph.start + glued.end()))
        paragraph = _before_fields(text, paragraph, taken)
        if any(paragraph.overlaps(span) for span in taken) or is_furniture(surface):
            lines.clear()
            continue
        number = next(find_numbers(text, paragraph.start, paragraph.end), None)
        repealed = _REPEALED.search(text, paragraph.start + 1, paragraph.end)
        stop = min(
            number.span.start if number else paragraph.end,
            repealed.start() if repealed else paragraph.end,
        )
        bare = strip_span(text, paragraph.start, _before_bracket(text, paragraph.start, stop))
        if bare is None or not _could_be_title(text[bare.start : bare.end]):
            lines.clear()
            continue
        lines.append(bare)
        if _title_end().search(text[bare.start : bare.end]):
            if _is_begun(text, bare, end):
                continue
            if _is_column(text, bare, end):
                lines.clear()
                continue
            own = _SELF.search(text, bare.end, min(len(text), bare.end + 200))
            if own and text[bare.end - 1] == "令":  # 某市人民政府令 encloses what it is about
                return as_title(text, Span(*own.span("title")))
            announced = _announced(text, bare, end)
            return as_title(text, announced or _said_again(text, _joined(text, lines), end))
    own = next(filter(_is_of_now, _SELF.finditer(text, 0, min(len(text), end + 400))), None)
    made = None if own else _MADE.search(text, max(0, end - _LONGEST_PREAMBLE), end)
    said = own or made
    span = Span(*said.span("title")) if said else _above_dateline(text, end, taken)
    return as_title(text, span) if span else None


def find_late_title(text: str, start: int, end: int) -> Span | None:
    """Return the title that stands below a site's menu, whose entries are numbered, or None.

    A line that is 关于 something and ends with its kind; what it is of is addressed below it.
    """
    for line in iter_paragraphs(text, start, end):
        words = text[line.start : line.end]
        if "关于" in words and _could_be_title(words) and _full_end().search(words):
            return line
    return None


def _above_dateline(text: str, end: int, taken: set[Span]) -> Span | None:
    """Return the line above that in which a site says when and whence it has a page, or None.

    That is the title of what is no 公文: news, interpretations, answers.
    """
    above = None
    for paragraph in iter_paragraphs(text, 0, end):
        surface = text[paragraph.start : paragraph.end]
        if _DATELINE.search(surface):
            return above
        is_title = not is_furniture(surface) and _could_be_title(surface)
        if is_title and len(surface) >= _SHORTEST_TITLE:
            above = None if any(paragraph.overlaps(span) for span in taken) else paragraph
    return None


def find_enclosed(text: str, title: str) -> tuple[str, ...]:
    """Return the titles of the plans a notice puts out (现将《X》《Y》印发, 制定了《Z》，见附件).

    They stand below it, or its own title says that it puts something out.
    """
    puts_out = re.search(r"印发|发布|公布|下发", title) is not None
    found = [one for match in _MADE_BELOW.finditer(text) for one in _listed_titles(text, match)]
    for match in _LISTED.finditer(text):
        for one in _listed_titles(text, match):
            words = "".join(one.split())
            below = re.compile(r"(?<![《\u4e00-\u9fff])" + r"\s*".join(map(re.escape, words)))
            if (puts_out and _is_of_now(match)) or below.search(text, match.end()):
                found.append(one)
    return tuple(found)


def _listed_titles(text: str, match: re.Match[str]) -> Iterator[str]:
    start = match.start("listed")
    for one in re.finditer(r"《([^《》]+)》", match["listed"]):
        yield as_title(text, Span(start + one.start(1), start + one.end(1))).value


def _is_of_now(putting_out: re.Match[str]) -> bool:
    """Tell 现将《甲方案》印发 from what others did: 《乙纲要》印发以来, 《丙意见》发布后."""
    return any(putting_out[name] for name in ("these", "passed", "now"))


def _before_fields(text: str, paragraph: Span, taken: set[Span]) -> Span:
    """Return what stands before the fields that a site sets behind a title, if it could be one."""
    stop = min((s.start for s in taken if paragraph.overlaps(s)), default=paragraph.end)
    is_title = stop - paragraph.start > _SHORTEST_TITLE
    is_title = is_title and not _TRAIL.search(text, paragraph.start, stop)
    return Span(paragraph.start, stop) if is_title else paragraph


def _is_whole(surface: str, end: int) -> bool:
    """Tell whether the first words of a paragraph are a title, not the beginning of a sentence."""
    words = surface[:end]
    is_cut = surface[end : end + 1] == "》" or any(
        words.count(left) != words.count(right) for left, right in ("《》", "（）")
    )
    return not is_cut and not _SENTENCE_START.match(surface)


def _is_begun(text: str, line: Span, end: int) -> bool:
    """Tell whether a title ends on the next line: 某市关于大力实施商标战略 / 推进…的意见.

    What is 关于 something ends with 的 and its kind.
    """
    surface = text[line.start : line.end]
    if "关于" not in surface or _full_end().search(surface):
        return False
    below = next(iter_paragraphs(text, line.end, min(end, line.end + _LONGEST_LINE)), None)
    if below is None:
        return False
    words = text[below.start : below.end]
    return "关于" not in words and "，" not in words and _full_end().search(words) is not None


def _is_column(text: str, line: Span, end: int) -> bool:
    """Tell whether a short line is a column of the site, not a title: 部门规定, 政策文件.

    A title stands below it.
    """
    if line.end - line.start > _LONGEST_COLUMN or "关于" in text[line.start : line.end]:
        return False
    below = (text[p.start : p.end] for p in iter_paragraphs(text, line.end, end))
    return any("关于" in words and _full_end().search(words) for words in below)


def _announced(text: str, line: Span, end: int) -> Span | None:
    """Return the title that a site's headline announces, or None if it announces none.

    某局印发《甲规划》 stands above 某局关于印发《甲规划》的通知, 某市印发工作要点 above 工作要点.
    """
    headline = _HEADLINE.fullmatch(text, line.start, line.end)
    if headline is None or _full_end().search(text[line.start : line.end]):
        return None
    named = headline["named"] or headline["title"]
    for below in iter_paragraphs(text, line.end, end):
        words = text[below.start : below.end]
        if words == headline["title"] or (
            named in words and "关于" in words and _full_end().search(words)
        ):
            return below
    return None


def _said_again(text: str, title: Span, end: int) -> Span:
    """Return where a title stands alone that a site's name precedes: 某网 首页 某市关于….

    The page says it again, on a line of its own.
    """
    surface = text[title.start : title.end]
    if "\n" in surface:
        return title
    for space in re.finditer(r"[ \u3000]", surface):
        words = surface[space.end() :]
        if len(words) < _SHORTEST_TITLE:
            break
        for line in iter_paragraphs(text, title.end, end):
            if text[line.start : line.end] == words:
                return line
    return title


def _after_font_switch(text: str, paragraph: Span) -> Span:
    """Return what follows a site's header on the same line: … 字体:[大 中 小] 某市关于….

    Only words that end as titles do; a header alone stays as it is.
    """
    switches = [*FONT_SWITCH.finditer(text, paragraph.start, paragraph.end)]
    rest = strip_span(text, switches[-1].end(), paragraph.end) if switches else None
    if rest is None or not _title_end().search(text[rest.start : rest.end]):
        return paragraph
    return rest


def _before_bracket(text: str, start: int, stop: int) -> int:
    while stop > start and text[stop - 1] in SPACES + "(（[〔【*|":
        stop -= 1
    return stop


def _could_be_title(surface: str) -> bool:
    return (
        2 <= len(surface) <= 120
        and surface[-1] not in "。；;：:，,、"
        and "。" not in surface
        and "附件" not in surface
        and not _STUTTER.search(surface)
        and not re.match(r"\d{1,2}[.．、]", surface)
        and not re.fullmatch(r"[\d\s./:：\-年月日]+", surface)
        and not surface.startswith(
            ("现将", "为", "附件", "(此件", "（此件", "今日", "近日", "日前")
        )
    )


def _joined(text: str, lines: list[Span]) -> Span:
    """Return the span of a title set over lines: from the line that names 关于 or the issuer."""
    first = len(lines) - 1
    while (
        first > 0
        and lines[first].start - lines[first - 1].end <= 30
        and (
            _is_cut(text[lines[first].start : lines[-1].end])
            or _continues(
                text[lines[first - 1].start : lines[first - 1].end],
                text[lines[first].start : lines[first].end],
            )
        )
    ):
        first -= 1
    return Span(lines[first].start, lines[-1].end)


def _is_cut(words: str) -> bool:
    """Tell whether the beginning of a title is missing: 某强区实施方案》的工作方案."""
    return words.count("》") > words.count("《")


def _continues(above: str, below: str) -> bool:
    """Tell whether a title goes on from one line to the next."""
    has_ended = _title_end().search(above) and not ("关于" in above and _full_end().search(below))
    if has_ended or is_furniture(above) or len(above) > 60:
        return False
    if re.search(r"[：:\d年月日]$", above) or re.fullmatch(r"[\u4e00-\u9fff]{2,3}", above):
        return False
    if below.startswith(("关于", "印发", "转发", "公布", "发布")) or "关于" in above:
        return True
    if "关于" in below:
        return False
    if all(map(is_body_name, above.split())):  # a signature, or the bodies that a title names
        return below.startswith(("共建", "联合", "与"))
    return re.search(r"[\sA-Za-z0-9]", _OF_YEAR.sub("", above)) is None


def as_title(text: str, span: Span) -> Quoted:
    """Return the title at a span: one line, without number, remark of repeal or enclosing 《》."""
    number = next(find_numbers(text, span.start, span.end), None)
    if number is not None and number.span.start == span.start:
        span = strip_span(text, number.span.end, span.end) or span
    surface = text[span.start : span.end]
    repealed = _REPEALED.search(surface)
    if repealed and repealed.start() > 0:
        span = strip_span(text, span.start, span.start + repealed.start()) or span
        surface = text[span.start : span.end]
    value = re.sub(r"\s*\n\s*", "", surface).strip(SPACES + "*")
    value = _COLUMN.sub("", re.sub(r"[\u3000\t ]+", " ", value))
    whole = re.fullmatch(r"《([^《》]+)》", value)
    return Quoted(whole[1] if whole else value, span)
