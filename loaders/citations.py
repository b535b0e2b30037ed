"""Citations: 《titles》 and 发文字号 named in a text, and how the text derives from them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.scanning import compile_scan
from kg.text import normalise_title
from kg.types import Span
from loaders.numbers import NumberMention, find_numbers
from loaders.paragraphs import SPACES

type Relation = Literal["implements", "based_on", "forwards", "amends", "repeals"]

_FORMS = re.compile(
    r"(?:表|申请书|申报书|推荐书|承诺书|责任书|通知书|决定书|证书|意见书|任务书|告知书|授权书|委托书|证明|证|合同|协议书|发票|请示|"
    r"报纸|日报|杂志|快报|台账|回执|收据|凭证|核对单|清单样式|样本|模板|课本|歌曲|电影)(?:[(（][^()（）]{1,20}[)）])?$"
)
_PERIODICALS = re.compile(
    r"^(?:人民日报|求是|光明日报|经济日报|中国知识产权报|.{1,8}(?:日报|晚报|周刊|时报))$"
)
_ALIAS = re.compile(
    r"[(（](?:[^()（）]{0,40}[，,；;、]\s?)?(?:以?下)?统?(?:简称|称)[：:为]?\s?(?:[“\"]?《(?P<title>[^《》]{1,40})》[”\"]?|[“\"]?(?P<alias>[^”\"》()（），,；;]{1,30})[”\"]?)\s?(?:[，,；;][^()（）]{0,20})?[)）]"
)
_NAMES_ALIAS = re.compile(r"[简统]?称[：:]?[“\"]?$")  # (以下简称《通知》) cites nothing anew
_BREAK = "。；;！!\n：:"
_WIDE = {"(": "（", ")": "）"}
_CLOSED_BY = {"《": "》", "（": "）"}
_LIST_NUMBER = re.compile(r"(?:(?<!\d)\d{1,2}[.．]|[①-⑳])\s?$")
_UNFINISHED = re.compile(
    r"(?:根据|按照|依据|依照|遵照|贯彻|落实|执行|实施|结合|转发|[院府部局委厅办、和及与])$"
)
_LONGEST_TITLE = 160
_WRAP, _SPACES = re.compile(r"\s*\n\s*"), re.compile(r"[\u3000\t ]+")
_TITLE_MARK = re.compile("[《》]")
_CUES: Sequence[tuple[Relation, re.Pattern[str]]] = (
    ("repeals", re.compile(r"(?:同时)?废止$")),
    ("amends", re.compile(r"(?<!新)(?:制定)?(?:修订|修改|修正|修编)(?:完善)?(?!后?的)")),
    ("forwards", re.compile(r"转发|现将")),
    (
        "based_on",
        re.compile(r"根据|依据|依照|按照|遵照|参照|结合|对照|对标|按(?=$|[照国省市中部])"),
    ),
    (
        "implements",
        re.compile(
            r"贯彻|落实|执行|实施|推动|推进|遵守|学习宣传|宣传贯彻|施行|达到|符合|推行|贯标"
        ),
    ),
)
_INNER = re.compile(
    r"《[^《》〈〉<>]{0,40}(?:贯彻|落实|实施|执行)+(?P<open>[〈<《])(?P<title>[^《》〈〉<>]{4,100})[〉>》]"
)
_LISTED = (
    r"^(?:\s|[(（][^()（）]{0,40}[)）])*"  # what follows a title, once later titles are taken out
)
_AFTER_IMPLEMENTS = re.compile(
    _LISTED + r"[^，,。；;]{0,14}?(?:落地|(?:实施|落实|贯彻|执行)(?!细则|办法|方案|意见))"
)
_AFTER_AMENDS = re.compile(_LISTED + r"(?:等)?[^，,。；;]{0,6}?(?:修订|修改|修正)")
_FORWARDED = re.compile(_LISTED + r"[^，,。；;]{0,12}?转发(?:给|至|你们)")
# What is seen to: 做好《…》实施工作, 抓好《…》落实.
_SEEN_TO = re.compile(
    r"(?:做好|抓好|加强|推进|推动|统筹|深入|全面|加快|持续|扎实|紧扣|围绕)[^，,。]{0,8}$"
)
_DOING = re.compile(
    _LISTED + r"(?:等)?(?:的|各项)?[^，,。《》]{0,8}?(?:贯彻|落实|实施|执行)"
    r"(?!成效|情况|效果|细则|办法|方案|条例|意见|经验)"
)
# Between titles that share one verb: 根据国务院《甲》，中央办公厅《乙》，以及省政府《丙》.
_SHARED = re.compile(
    r"(?:[（(][^（）()]*[)）])?\s?[、，,]?(?:以及|及|和)?"
    r"(?:[\u4e00-\u9fff、\s]{2,36}(?:[院央委府厅局部]|办公室)(?:联合)?(?:印发|发布|出台|制定)?的?)?"
)
# ，某部印发《丁》 says what was done, no more what was followed.
_NEW_ACT = re.compile(r"^[^，,]*[，,].*(?:印发|发布|出台|制定)$")
_REPEALS = re.compile(_LISTED + r"[^，,。；;]{0,40}?(?:废止|不再执行|停止执行|停止施行|失效)")
_LATER_TITLES = re.compile(r"[、和及与以]{0,2}《[^《》]{2,100}》")
_CREATES = compile_scan(
    r"(?:制定|出台|编制|起草|研究制定|制定出台|印发|发布|编写|(?<!新)修订(?!后?的))[^，,。]{0,12}$"
)
# What others issued: 落实国务院办公厅印发的《…》, 落实省委、省政府印发《…》.
_ISSUED_BY = re.compile(
    r"(?:印发|发布|出台|制定)的|[央院委府厅局部办会](?:联合)?(?:印发|发布|公布)[^，,。]{0,14}$"
)
# 以《…》为遵循
_AFTER_BASED = re.compile(
    _LISTED + r"(?:等)?为(?:根本|重要|行动|基本|工作)*(?:遵循|依据|指导|指引|纲领|准则|指南)"
)
_STATED_AFTER: Sequence[tuple[Relation, re.Pattern[str]]] = (
    ("repeals", _REPEALS),
    ("amends", _AFTER_AMENDS),
    ("forwards", _FORWARDED),
    ("based_on", _AFTER_BASED),
)
_SHAREABLE = frozenset({"implements", "based_on"})
_WEAK = frozenset({"推动", "推进", "实施", "达到", "符合", "推行"})


@dataclass(frozen=True, slots=True)
class Citation:
    """A named policy, law, plan or standard.

    Attributes:
        title: without 《》, inner ones as 〈〉 kept; the number where no title is given.
        number: as 国发〔2021〕20号, or None.
        span: of the title with its 《》, or of the number.
        relation: how the citing text derives from it, or None where it only names it.
        cue: span from the word that states the relation to the end of the title.
    """

    title: str
    number: str | None
    span: Span
    relation: Relation | None
    cue: Span

    @property
    def key(self) -> str:
        """The normal form under which the cited notice is known."""
        return normalise_title(self.title)


def find_citations(text: str, region: Span, aliases: Mapping[str, str]) -> list[Citation]:
    """Return the citations in a region, in order.

    Args:
        text: the stored text.
        region: where to look.
        aliases: short titles set up by 以下简称, to full ones.
    """
    named = [(t, _inner(text, t)) for t in find_titles(text, region)]
    titles = [
        title
        for title, name in named
        if _is_policy(aliases.get(name, name))
        and not _NAMES_ALIAS.search(text[max(0, title.start - 4) : title.start])
    ]
    numbers = list(find_numbers(text, region.start, region.end))
    by_start = {number.span.start: number for number in numbers}
    found: list[Citation] = []
    for title in titles:
        number = _number_after(text, title, by_start)
        name = aliases.get(_inner(text, title), _inner(text, title))
        relation, cue = _relation(text, title, region, found)
        found.append(
            Citation(name, str(number) if number else None, title, relation, Span(cue, title.end))
        )
    found.extend(_bare_numbers(text, region, titles, numbers))
    return sorted(found, key=lambda c: c.span)


def find_title_citations(text: str, title: Span) -> Iterator[Citation]:
    """Yield what a notice's title says it implements, forwards, amends or repeals.

    关于贯彻《X》的意见 derives from X; in 关于印发《X》的通知 X is the notice's own text.
    """
    for citation in find_citations(text, title, {}):
        before = text[title.start : citation.span.start]
        if citation.relation and not before.endswith(("印发", "发布", "公布", "颁布", "下发")):
            yield citation
    # 印发《某省贯彻落实〈X〉实施方案》: what is enclosed implements X
    for match in _INNER.finditer(text, title.start, title.end):
        span = Span(match.start("open"), match.end())
        name = _inner(text, span)
        yield Citation(name, None, span, "implements", Span(match.start(), match.end()))


def find_titles(text: str, region: Span) -> Iterator[Span]:
    """Yield the spans of outermost 《…》, brackets included."""
    depth = 0
    start = -1
    for mark in _TITLE_MARK.finditer(text, region.start, region.end):
        position = mark.start()
        if mark.group() == "《":
            if depth == 0 or position - start > _LONGEST_TITLE:
                start, depth = position, 0
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and 3 <= position - start <= _LONGEST_TITLE:
                yield Span(start, position + 1)


def find_title_aliases(text: str) -> dict[str, str]:
    """Return the short titles that a notice sets up: 《X》(…以下简称《Y》) gives Y → X."""
    aliases = {}
    for title in find_titles(text, Span(0, max(len(text), 1))) if text else ():
        match = _ALIAS.match(text, title.end)
        if match is None:
            number = next(find_numbers(text, title.end, min(len(text), title.end + 30)), None)
            match = _ALIAS.match(text, _after_bracket(text, number.span.end)) if number else None
        if match:
            aliases[(match["title"] or match["alias"]).strip()] = _inner(text, title)
    return aliases


def find_name_aliases(text: str) -> Iterator[tuple[str, int]]:
    """Yield each alias set up by 以下简称 and the offset where its full form ends."""
    for match in _ALIAS.finditer(text):
        if match["alias"] and match.start() and text[match.start() - 1] != "》":
            yield match["alias"].strip(), match.start()


def in_script_of(citation: Citation, text: str, stored: str) -> Citation:
    """Return a citation read from a folded text with its title as the stored text writes it."""
    if text == stored:
        return citation
    if citation.title == _inner(text, citation.span):
        return replace(citation, title=_inner(stored, citation.span))
    at = text.find(citation.title)  # where the title that a short one stands for is written out
    full = stored[at : at + len(citation.title)] if at >= 0 else citation.title
    return replace(citation, title=full)


def _after_bracket(text: str, position: int) -> int:
    return position + 1 if text[position : position + 1] in (")", "）") else position


def _inner(text: str, title: Span) -> str:
    inner = _WRAP.sub("", text[title.start + 1 : title.end - 1]).strip()
    inner = inner.replace("<", "〈").replace(">", "〉").replace("《", "〈").replace("》", "〉")
    return _SPACES.sub(" ", inner)


def _is_policy(title: str) -> bool:
    return len(title) >= 3 and not _FORMS.search(title) and not _PERIODICALS.match(title)


def _number_after(
    text: str, title: Span, numbers: Mapping[int, NumberMention]
) -> NumberMention | None:
    for start in range(title.end, title.end + 3):
        if start in numbers and text[title.end : start].strip("(（ ") == "":
            return numbers[start]
    return None


def _bare_numbers(
    text: str, region: Span, titles: Sequence[Span], numbers: Sequence[NumberMention]
) -> Iterator[Citation]:
    starts = [title.start for title in titles]
    for number in numbers:
        index = bisect_right(starts, number.span.start) - 1
        gap = text[titles[index].end : number.span.start] if index >= 0 else "?"
        near = index >= 0 and len(gap) <= 3 and not gap.strip("(（ ")
        after = text[number.span.end : number.span.end + 6]
        if (
            not near
            and re.match(r"[)）]?(?:文|通知|意见|要求|精神|规定|等|、|，)", after)
            and number.code
        ):
            relation, cue = _relation(text, number.span, region, [])
            name = str(number)
            yield Citation(name, name, number.span, relation, Span(cue, number.span.end))


def _relation(
    text: str, title: Span, region: Span, earlier: Sequence[Citation]
) -> tuple[Relation | None, int]:
    """Return the relation that the words around a title state, and where they begin."""
    after = _LATER_TITLES.sub("", text[title.end : min(region.end, title.end + 300)])
    stated = next((relation for relation, pattern in _STATED_AFTER if pattern.match(after)), None)
    if stated:
        return stated, title.start
    start = _window_start(text, title.start, region.start)
    window = _without_titles(text, start, title.start, earlier)
    if earlier and not re.search(r"[\u4e00-\u9fff]{2}", re.sub(r"以及|精神|等", "", window)):
        previous = earlier[-1]
        if title.start - previous.span.end < 40 and previous.relation != "repeals":
            return previous.relation, title.start
    for relation, pattern in _CUES:
        cue = _last(pattern, window)
        if cue is not None and _holds(relation, cue, window, after):
            return relation, start + cue.start()
    if seen := _SEEN_TO.search(window) if _DOING.match(after) else None:
        return "implements", start + seen.start()
    if earlier and earlier[-1].span.end <= title.start:
        between = text[earlier[-1].span.end : title.start]
        is_shared = _SHARED.fullmatch(between) and not _NEW_ACT.match(between)
        if earlier[-1].relation in _SHAREABLE and is_shared:
            return earlier[-1].relation, title.start
    return None, title.start


def _last(pattern: re.Pattern[str], window: str) -> re.Match[str] | None:
    """Return the last match: in 为推动…,落实《X》 the word next to the title decides."""
    matches = list(pattern.finditer(window))
    return matches[-1] if matches else None


def _holds(relation: Relation, cue: re.Match[str], window: str, after: str) -> bool:
    """Tell whether a cue states a relation to the title, not to something beside it."""
    word = cue.group()
    if relation == "forwards":
        return word != "现将"
    if relation != "implements":
        return True
    if word in _WEAK and word != "实施" and not _AFTER_IMPLEMENTS.match(after):
        return False
    between = window[cue.end() :]
    return _CREATES.search(between) is None or _ISSUED_BY.search(between) is not None


def _window_start(text: str, position: int, floor: int) -> int:
    """Return where the words about a title begin: after the last comma or stop outside titles."""
    depth = {"》": 0, "）": 0}
    low = max(floor, position - 120)
    numbered = _LIST_NUMBER.search(text, low, position)
    if numbered:
        return position  # 1.《…》2.《…》: the words before are those of another cell
    for index in range(position - 1, low - 1, -1):
        char = _WIDE.get(text[index], text[index])
        if char in depth:
            depth[char] += 1
        elif char in _CLOSED_BY:
            depth[_CLOSED_BY[char]] = max(0, depth[_CLOSED_BY[char]] - 1)
        elif depth["》"] or (char == "\n" and _goes_on(text, index)):
            continue
        elif char in "。\n" or (not depth["）"] and (char in _BREAK or char in "，,")):
            return index + 1
    return low


def _goes_on(text: str, newline: int) -> bool:
    """Tell whether a sentence goes on behind a line break: …根据⏎《…》, though a line is empty."""
    return _UNFINISHED.search(text[max(0, newline - 12) : newline].rstrip(SPACES)) is not None


def _without_titles(text: str, start: int, end: int, earlier: Sequence[Citation]) -> str:
    """Return text[start:end] with earlier titles blanked, so that offsets stay."""
    window = list(text[start:end])
    for citation in earlier[-12:]:
        for index in range(max(citation.span.start, start), min(citation.span.end, end)):
            window[index - start] = " "
    return re.sub(r"[(（][^()（）]*[)）]", lambda m: " " * len(m.group()), "".join(window))
