"""Numbers of headings: finding the marks, reading them, writing them back.

Source: GB/T 9704-2012, 7.3.3 (一、 (一) 1. (1)); 立法技术规范 for 编 章 节 条.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.scanning import compile_scan
from kg.types import Span

_DIGITS = "〇零一二三四五六七八九"
_LAW_STYLES = {
    "编": "part",
    "部分": "part",
    "章": "chapter",
    "节": "section",
    "条": "article",
}
_LAW = rf"(?P<law>{'|'.join(_LAW_STYLES)})"
_CN = "[〇零一二三四五六七八九十百]"
# 1. [发文机构] …: the fields of a portal's header, counted.
_LABEL = r"[ \u3000]?[\[【][\u4e00-\u9fff]{2,8}[\]】]"
# What is counted where numbers stand behind a word: 任务1：, 重点任务二、, 专项行动三：.
_COUNTABLE = r"(?:(?:重点|主要|专项|工作|核心|具体)?(?:任务|行动|举措)|(?:重点|专项)工程)"
# Behind other words, as in 提升行动1.某事, they are a heading with the first item below it.
_COUNTED = rf"(?<![\u4e00-\u9fff、.．])(?<![一二三四五六七八九十\d][)）]){_COUNTABLE}"


@dataclass(frozen=True, slots=True)
class Style:
    """A way of numbering headings; a lower rank stands above a higher one."""

    name: str
    rank: int


# Even ranks, so that counted tasks fit in between wherever they stand.
STYLES = {
    name: Style(name, 2 * place)
    for place, name in enumerate(
        ("part", "chapter", "section", "article", "cn", "cn_paren", "arabic", "arabic_paren")
    )
} | {"task": Style("task", 9)}
DECIMAL_RANK = 20  # 1.1, 1.1.1 …: rank 20 + number of parts


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that may open a heading.

    Attributes:
        style: name of the style; decimals are `decimal2`, `decimal3` …
        rank: place in the hierarchy.
        value: the number.
        label: as a path shows it: 一, (一), 1, (1), 第三条, 1.2.
        start: offset of the mark.
        end: offset after the mark and the spaces behind it.
        is_row: it stands for a row of a table, needs no mark of punctuation, and is empty
            where the row bears no number.
    """

    style: str
    rank: int
    value: int
    label: str
    start: int
    end: int
    is_row: bool = False

    @property
    def span(self) -> Span:
        """The words of the mark; the first character of a row that bears no number."""
        return Span(self.start, max(self.end, self.start + 1))


@lru_cache(maxsize=2)  # the outline is read from them, and doubts about it
def find_marks(text: str) -> tuple[Mark, ...]:
    """Return every mark in the text that could open a heading, in order."""
    return tuple(mark for match in _pattern().finditer(text) if (mark := _read(match)) is not None)


def chinese_number(value: int) -> str:
    """Write 1..999 in Chinese: 12 → 十二.

    Raises:
        ValueError: the value is out of range.
    """
    if not 0 < value < 1000:
        raise ValueError(f"cannot write {value} as a heading number")
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds + 1]}百" if hundreds else ""
    if hundreds and not tens and ones:
        return f"{text}零{_DIGITS[ones + 1]}"
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens + 1]) + "十"
    return text + (_DIGITS[ones + 1] if ones else "")


def read_chinese_number(text: str) -> int | None:
    """Read 一 … 九百九十九, or None if it is no number."""
    total = current = 0
    for char in text:
        if char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        elif char in _DIGITS:
            current = max(_DIGITS.index(char) - 1, 0)
        else:
            return None
    return total + current or None


@cache
def _pattern() -> re.Pattern[str]:
    styles = (
        rf"第[ \u3000]?(?P<cn_law>{_CN}{{1,7}}|\d{{1,3}})[ \u3000]?{_LAW}(?![款例件])",
        (
            rf"{_COUNTED}(?P<task>{_CN}{{1,3}}|\d{{1,2}})"
            r"(?:[ \u3000]?[：:、.．]|(?=[ \u3000]+[\u4e00-\u9fff]))"
        ),
        rf"{_COUNTABLE}(?P<task_colon>{_CN}{{1,3}}|\d{{1,2}})[ \u3000]?[：:]",
        rf"(?:{_COUNTED})?[(（]\s?(?P<cn_paren>{_CN}{{1,4}})\s?[)）]",
        r"(?P<cn_round>[㈠-㈩])",
        rf"(?P<cn>{_CN}{{1,4}})[ \u3000]?[、.．](?!\d)",
        r"(?P<dash>[—－])、",  # a dash typed for 一
        r"(?P<decimal>\d{1,2}(?:[.．]\d{1,2}){1,3})(?=[ \u3000\t]*[\u4e00-\u9fff“])(?!\s*月)",
        (
            rf"(?P<arabic>\d{{1,3}})(?:[*＊★☆▲]?[ \u3000]?[.．、﹒]"
            rf"(?:(?![\d%]|{_LABEL})|(?=(?:19|20)\d\d年|\d{{1,2}}(?:[-—–~至]\d{{1,2}})?月))"
            r"|(?=[ \u3000\t]{1,4}[\u4e00-\u9fff]))"
        ),
        r"[(（]\s?(?P<arabic_paren>\d{1,2})\s?[)）]",
        r"(?<!\S)(?P<arabic_half>\d{1,2})[)）](?=[ \u3000]?[\u4e00-\u9fff“《])",  # 1）甲事
        r"(?P<arabic_round>[⑴-⒇])",
        r"(?P<arabic_dot>[⒈-⒛])",
    )
    return compile_scan("|".join(styles))


def _read(match: re.Match[str]) -> Mark | None:
    end = match.end()
    text = match.string
    while end < len(text) and text[end] in " \u3000\t":
        end += 1
    style, label, value = _parts(match)
    if not value:
        return None
    rank = DECIMAL_RANK + label.count(".") if style.startswith("decimal") else STYLES[style].rank
    return Mark(style, rank, value, label, match.start(), end)


def _parts(match: re.Match[str]) -> tuple[str, str, int]:
    kind = match.lastgroup or ""
    surface = match[kind]
    if kind == "law":
        digits = match["cn_law"]
        value = int(digits) if digits.isdigit() else read_chinese_number(digits) or 0
        return (
            _LAW_STYLES[surface],
            f"第{chinese_number(value) if 0 < value < 1000 else digits}{surface}",
            value,
        )
    kind = kind.removesuffix("_colon")
    if kind in ("cn", "task") and not surface.isdigit():
        return kind, surface, read_chinese_number(surface) or 0
    if kind == "dash":
        return "cn", "一", 1
    if kind in ("cn_paren", "cn_round"):
        is_round = kind == "cn_round"
        value = ord(surface) - ord("㈠") + 1 if is_round else read_chinese_number(surface) or 0
        return "cn_paren", f"({chinese_number(value)})" if value else "", value
    if kind == "task":
        return kind, str(int(surface)), int(surface)
    if kind == "decimal":
        label = surface.replace("．", ".")
        return f"decimal{label.count('.') + 1}", label, int(label.rsplit(".", 1)[1])
    if kind == "arabic":
        return "arabic", str(int(surface)), int(surface)
    if kind == "arabic_dot":
        value = ord(surface) - ord("⒈") + 1
        return "arabic", str(value), value
    if kind == "arabic_round":
        value = ord(surface) - ord("⑴") + 1
        return "arabic_paren", f"({value})", value
    return "arabic_paren", f"({int(surface)})", int(surface)
