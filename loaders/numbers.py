"""Document numbers (发文字号): found in any bracket style, written one way.

Source: GB/T 9704-2012, 7.2.5: 发文机关代字、年份、发文顺序号, the year in 〔 〕.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.scanning import compile_scan, iter_near
from kg.types import Span
from loaders.numerals import fold_all_digits
from loaders.numerals import parse_number as parse_numeral

_OPEN, _CLOSE = r"[〔\[(（【〈<［]", r"[〕\])）】〉>］]"
_SERIAL_PART = rf"\s?(?:年\s?)?{_CLOSE}?\s?第?\s?(?P<number>\d{{1,5}})\s?号"
_NUMBER = re.compile(
    rf"(?P<code>(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{1,16}}|[\u4e00-\u9fff]{{2,24}})\s?"
    rf"{_OPEN}\s?(?P<year>(?:19|20)\d\d){_SERIAL_PART}"
    r"|(?P<code2>[\u4e00-\u9fff]{1,10}(?:发|函|办|字|规|通))\s?(?P<year2>20\d\d)-(?P<number2>\d{1,4})(?!\d)"
)
# What every number ends with: few stretches of a text hold one, and Han before it stand everywhere.
_YEAR_AND_NUMBER = re.compile(rf"(?:19|20)\d\d(?:-\d|{_SERIAL_PART})")
_LONGEST_CODE = 24 + 3  # with a bracket and spaces
_SERIAL = compile_scan(
    r"(?:(?P<year>(?:19|20)\d\d)年)?第\s?(?P<number>\d{1,4}|[〇零○一二三四五六七八九十百]{1,7})\s?号"
)
# What may stand glued before the code in text without line breaks or spaces.
_BEFORE_CODE = re.compile(
    r".*(?:通知|意见|方案|规划|纲要|办法|条例|公告|决定|批复|的复?函|通告|规定|细则|措施|要点|计划|报告|"
    r"精神|文件|根据|按照|依据|落实|贯彻|转发|以及|参照|执行|文号|字号|和|与|及)(?=[\u4e00-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A document number at a span, as 辽知发〔2022〕6号."""

    code: str
    year: str
    number: str
    span: Span

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.number}号"


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[NumberMention]:
    """Yield the document numbers in a stretch of text, in order."""
    region = (start, len(text) if end is None else end)
    for match in iter_near(_NUMBER, _YEAR_AND_NUMBER, _LONGEST_CODE, fold_all_digits(text), region):
        group = "code" if match["code"] else "code2"
        code = match[group]
        glued = _BEFORE_CODE.match(code)
        if glued:
            code = code[glued.end() :]
        if "的" in code:
            continue  # …的公告(2020年第3号) bears a serial, not a 发文字号
        year, number = match["year"] or match["year2"], match["number"] or match["number2"]
        at = match.end(group) - len(code)
        yield NumberMention(code, year, str(int(number)), Span(at, match.end()))


def parse_number(text: str) -> NumberMention | None:
    """Return the fields of a 发文字号 such as 国发〔2021〕20号, or None if it is not one."""
    found = next(find_numbers(text), None)
    return (
        found
        if found and text.strip(" ()（）") == text[found.span.start : found.span.end]
        else None
    )


def find_serial(text: str, start: int, end: int) -> tuple[str, Span] | None:
    """Return a number without a code (2022年第6号, 第四六二号), as announcements carry, or None."""
    match = _SERIAL.search(text, start, end)
    value = parse_numeral(match["number"].replace("○", "〇")) if match else None
    if match is None or value is None:
        return None
    year = f"{match['year']}年" if match["year"] else ""
    return f"{year}第{int(value)}号", Span(*match.span())
