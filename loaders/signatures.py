"""Who signed a notice, and when: names of bodies above a date, however a page lays them out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.divisions import load_divisions
from kg.scanning import compile_scan
from kg.types import Span
from loaders.paragraphs import SPACES, is_line_start

_NUMERAL = r"[〇零○O0一二三四五六七八九十]"
_DATE = compile_scan(
    rf"(?:\d{{4}}|{_NUMERAL}{{4}})\s?年\s?(?:\d{{1,2}}|{_NUMERAL}{{1,3}})\s?月"
    rf"\s?(?:\d{{1,2}}|{_NUMERAL}{{1,3}})\s?日"
    r"|(?<![\d./-])(?P<digits>20\d\d(?:(?P<sep>[./-])[01]?\d(?P=sep)[0-3]?\d|\d{2,4}))(?![\d./-])"
)
# What stands below a text: 特此通知, (此件公开发布), 联系人：…
CLOSING = compile_scan(
    r"(?:[(（]此件|此件(?:主动|公开|依申请)|特此(?:通知|公告|通告|函复|批复|函告|报告)"
    r"|(?:联\s?系\s?人|联系电话|联系方式|抄\s?送|主\s?送|信息公开选项|主题词|印发份数)[：:\s]"
    r"|[(（]联系人)"
)
_GLUED_DATE = re.compile(
    r" ?(?=[\u4e00-\u9fff(（]|20\d\d年)(?![前起至到之以在开始发布印止经由召举，,、。日时内])"
)
_GLUED_NAME = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,9}?(?:省|市|县|区|州|盟|旗))[\u4e00-\u9fff]{0,14}"
    r"(?:政府|局|厅|委员会|办公室|协会|中心|法院|检察院)$"
)
_HAS_TITLE = re.compile(r"(?:方案|意见|办法|计划|规划|细则|要点|措施|清单|纲要|通知)(?=.{4})")
_TITLED = ("意见", "决定", "办法", "规定", "方案", "解释", "公告", "规划", "纲要", "措施")
_NAMES_ACTORS = re.compile(r"(?:责任|牵头|配合|参与|主办|协办)(?:单位|部门|处室)?[：:]$")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+")
_LISTS = re.compile(r"[、：:；;]|负责|牵头|配合|代章|盖章")  # in a bracket that names no signer
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


def find_signatures(text: str, is_body: Callable[[str], bool]) -> list[Signature]:
    """Return the signatures: names of bodies, then a date, with nothing else between."""
    found = []
    for match in _DATE.finditer(text):
        if match["digits"] and not _is_paragraph(text, match):
            continue  # 2021-03-05 is written everywhere, 20210305 in numbers
        names = _names_before(text, match.start(), is_body)
        alone = not names and _stands_alone(text, match)
        if alone and match["digits"]:
            alone = CLOSING.match(text[match.end() :].lstrip()[:20]) is not None
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
