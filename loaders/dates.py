"""Dates of notices: days and months as stated, and the ends of the periods named as time limits.

A date is an ISO prefix of the precision stated: 2021, 2021-03, 2021-03-05. No day is invented.
A time limit is the last day of the period named, and 前 includes the period, as work plans use it:
2025年6月底前, 2025年6月前 and 2025年第二季度 are all 2025-06-30. A period that recurs, as in
每年12月底前, has no last day: it counts as ongoing.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kg.scanning import compile_scan
from kg.types import Span
from loaders.numerals import CHINESE_DIGITS, fold_all_digits, fold_digits, parse_number

_GAP = r"\s{0,3}"
_YEAR = rf"(?:(?<!\d)(?:19|20)\d\d|(?<![{CHINESE_DIGITS}\d])[一二][{CHINESE_DIGITS}0-9]{{3}})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_DATE = compile_scan(
    rf"(?P<y>{_YEAR}){_GAP}年(?:{_GAP}(?P<m>{_SMALL}){_GAP}月"
    rf"(?:份|(?:{_GAP}(?P<d>{_SMALL}){_GAP}[日号]))?)?"
    rf"|(?P<ny>(?<![\d./-])(?:19|20)\d\d)(?P<sep>[-/.])(?P<nm>\d{{1,2}})(?P=sep)(?P<nd>\d{{1,2}})(?![\d./-])"
)
_YEAR_MONTH = re.compile(r"(?<![\d./-])((?:19|20)\d\d)[-/.](\d{1,2})(?![\d./-])")
_ISO_PREFIX = re.compile(r"\d{4}(?:-\d\d){0,2}")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d{2,4})")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_PLAN_END = {"十": 2005, "一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}

_BEFORE = "(?:[之以]?前(?!后))"  # no 4月26日前后
# The day of the week, and the hour: 4月30日（周二）17:00前.
_ASIDE = (
    r"(?:[（(](?:星期|周)[一二三四五六日天][)）])?(?:(?:上午|下午)?\d{1,2}(?:[时点]|[:：]\d\d))?"
)
_DUE = compile_scan(
    rf"(?P<every>(?:每{_GAP}(?:两年|半年|年度?|个?季度?|个?月|学期|周)|逐年|逐月|按(?:年度?|季度?|月)))"
    rf"(?:{_SMALL}月(?:底|末|{_SMALL}[日号])?|第?[一二三四1-4]季度|上半年|下半年|年?[底末])?(?P<e1>{_BEFORE})?"
    rf"|(?P<ny>(?<![\d./-])(?:19|20)\d\d)(?:-(?P<nm>\d{{1,2}})(?:-(?P<nd>\d{{1,2}}))?"
    rf"|[/.](?P<nm2>\d{{1,2}})(?P<sep>[/.])(?P<nd2>\d{{1,2}}))(?![\d./-])(?P<e0>{_BEFORE}|止)?"
    rf"|(?:(?P<y>{_YEAR}){_GAP}(?:年度?(?!初)|(?=[底末]))|(?P<rel>今年|本年度?|当年|明年|次年|(?<![{CHINESE_DIGITS}十\d])年内|全年)"
    rf"|“?十(?P<plan>[一二三四五六])?五”?(?:规划)?(?P<planend>期?末|期间|时期))"
    rf"(?:{_GAP}(?:(?:{_SMALL}月(?:{_SMALL}日)?[至到—~-]{{1,2}})?(?P<m>{_SMALL}){_GAP}月(?:份)?(?:{_GAP}(?P<d>{_SMALL}){_GAP}[日号](?:[至到—~-]{{1,2}}(?P<dr>{_SMALL})[日号])?{_ASIDE}|(?P<part>底|末|上旬|中旬|下旬|初))?"
    rf"|第?(?P<q>[一二三四1-4]){_GAP}季度[底末]?|(?P<half>[上下]半年)|(?P<end>年?[底末])|内|全年))?"
    rf"(?P<e2>{_GAP}(?:{_BEFORE}|止))?"
    rf"|(?P<m2>(?<!\d){_SMALL})月(?:份)?(?:(?P<d2>{_SMALL})[日号]{_ASIDE}|(?P<part2>底|末|上旬|中旬|下旬))?"
    rf"(?P<e3>{_BEFORE})"
    rf"|(?P<half2>[上下]半年)(?P<e4>{_BEFORE})?"
    rf"|第?(?P<q2>[一二三四1-4])季度[底末]?(?P<e5>{_BEFORE})?"
    rf"|(?P<yearend>年[底末])(?P<e6>{_BEFORE})?"
)
# A month that is a time limit where a label says so: 完成时限：9月底.
_MONTH = compile_scan(
    rf"(?<![\d年个]){_SMALL}月(?:份)?(?:{_SMALL}[日号]|底|末|[上中下]旬)?(?:之?前)?(?![\d个])"
)
# One of these is in all that _DUE matches.
_MAY_BE_DUE = compile_scan(r"[年月季五半逐按每]|\d[-./]\d")
_OPEN_END = compile_scan(
    r"(?:(?<!中)长期|持续|常年|常态化?|滚动|不间断|长效|经常性?|日常)(?:性|化)?"
    r"(?:地?(?:坚持|推进|推动|实施|开展|执行|落实|进行|加强|抓好|工作|任务|有效|深化|完善|优化|运行|推行|跟进))*"
    r"|(?:贯穿|全程)(?:始终|全程|全年)?推?进?|适时(?:推进|启动|开展|实施)?"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in running text, as an ISO prefix of the precision stated."""

    iso: str
    span: Span


@dataclass(frozen=True, slots=True)
class DueMention:
    """A time limit in running text.

    Attributes:
        due_on: last day of the period named, ISO; None where it has no end.
        ongoing: whether it has no end: 长期坚持, or a period that recurs (每年12月底前).
        bounded: whether the words set a limit (底前, 前, 末) and do not merely name a period.
        span: the words.
    """

    due_on: str | None
    ongoing: bool
    bounded: bool
    span: Span


def parse_date(text: str) -> str | None:
    """Return the ISO prefix of a text that is a date and nothing else, or None.

    Reads 2021年3月5日, 二○二一年三月五日, 2021-03-05, 2021/3/5, 20210305, 2021.3, 2021年3月,
    2021年, 2021.
    """
    folded = fold_digits(text.strip())
    if match := _DATE.fullmatch(folded):
        return _iso_of(match)
    if match := _YEAR_MONTH.fullmatch(folded):
        return _iso(int(match[1]), int(match[2]), None)
    if match := _COMPACT.fullmatch(folded):
        return _only_day(int(match[1]), match[2])
    return folded if _BARE_YEAR.fullmatch(folded) else None


def _only_day(year: int, digits: str) -> str | None:
    """Return the day that a month and a day without 月 and 日 mean; None if they mean several.

    A site that sets them apart from the digits loses the words: 2025225 is 2025年2月25日.
    """
    ways = ((digits[:at], digits[at:]) for at in (1, 2))
    read = {
        _iso(year, int(month), int(day))
        for month, day in ways
        if 0 < len(day) < 3 and int(day) and (day[0] != "0" or len(month) == 2)
    }
    days = read - {None}
    return days.pop() if len(days) == 1 else None


def format_date(iso: str) -> str:
    """Return an ISO prefix as notices write it: 2021-03-05 → 2021年3月5日, 2021-03 → 2021年3月.

    Raises:
        ValueError: not an ISO prefix of a real date.
    """
    parts = [int(part) for part in iso.split("-")] if _ISO_PREFIX.fullmatch(iso) else []
    year, month, day = [*parts, None, None, None][:3]
    if year is None or _iso(year, month, day) != iso:
        raise ValueError(f"not an ISO date prefix: {iso!r}")
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def find_dates(text: str, region: Span | None = None) -> Iterator[DateMention]:
    """Yield the dates of a text (or of a region of it) in reading order.

    Impossible dates (2021年13月) are left out; 2021-3 is left out, too, for it may be a number.
    """
    start, end = (region.start, region.end) if region else (0, len(text))
    for match in _DATE.finditer(fold_all_digits(text)[start:end]):
        if iso := _iso_of(match):
            yield DateMention(iso, Span(start + match.start(), start + match.end()))


def find_dues(text: str, region: Span, issued_on: str | None) -> Iterator[DueMention]:
    """Yield the time limits named in a region, in reading order.

    Args:
        text: the stored text.
        region: where to look.
        issued_on: ISO prefix of the date of issue, against which 年底前 and 6月底前 are read;
            without it they are left out. A month before the month of issue is of the next year.
    """
    return iter(_find_dues(text, region, issued_on))


@lru_cache(maxsize=64)  # a region is asked for by targets and by deadlines
def _find_dues(text: str, region: Span, issued_on: str | None) -> tuple[DueMention, ...]:
    piece = fold_all_digits(text)[region.start : region.end]
    found = [*_dated_dues(piece, issued_on), *_open_dues(piece)]
    found.sort(key=lambda due: (due.span.start, due.span.end))
    return tuple(replace(due, span=_moved(due.span, region.start)) for due in found)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def find_months(text: str, region: Span, issued_on: str | None) -> Iterator[DueMention]:
    """Yield the months of a region as time limits, whether or not they are said to be: 9月底, 9月.

    Args:
        text: the stored text.
        region: the value of a label that announces a time limit.
        issued_on: as for find_dues.
    """
    piece = fold_all_digits(text)[region.start : region.end]
    for match in _YEAR_MONTH.finditer(piece):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12:
            due_on = f"{year}-{month:02d}-{monthrange(year, month)[1]}"
            span = Span(region.start + match.start(), region.start + match.end())
            yield DueMention(due_on, False, True, span)
    for match in _MONTH.finditer(piece):
        limit = match.group().rstrip("之前") + "前"
        for due in _dated_dues(limit, issued_on):
            span = Span(region.start + match.start(), region.start + match.end())
            yield DueMention(due.due_on, False, True, span)


def _dated_dues(piece: str, issued_on: str | None) -> Iterator[DueMention]:
    if not _MAY_BE_DUE.search(piece):
        return
    for match in _DUE.finditer(piece):
        span = Span(match.start(), match.end())
        if match["every"]:
            yield DueMention(None, True, True, span)
        elif piece.startswith("起", span.end):  # 自2024年起: a beginning, and no end
            yield DueMention(None, True, False, Span(span.start, span.end + 1))
        elif due := _last_day(match, issued_on):
            yield DueMention(due, False, _is_bounded(match), span)


def _open_dues(piece: str) -> Iterator[DueMention]:
    for match in _OPEN_END.finditer(piece):
        yield DueMention(None, True, False, Span(match.start(), match.end()))


def _is_bounded(match: re.Match[str]) -> bool:
    groups = ("e0", "e2", "e3", "e4", "e5", "e6", "end", "yearend", "planend")
    return any(match[name] for name in groups) or match["part"] in ("底", "末")


def _last_day(match: re.Match[str], issued_on: str | None) -> str | None:
    """Return the last day of the period a match of _DUE names, or None if that cannot be told."""
    month = _number(_first(match, "m", "nm", "nm2", "m2"))
    day = _number(_first(match, "dr", "d", "nd", "nd2", "d2"))
    if quarter := match["q"] or match["q2"]:
        month = (_number(quarter) or 0) * 3
    if half := match["half"] or match["half2"]:
        month = 6 if half == "上半年" else 12
    part = match["part"] or match["part2"]
    if part == "初":
        return None
    year = _year_of(match, month, issued_on)
    if year is None:
        return None
    month = month or 12
    if not day:
        if not 1 <= month <= 12:
            return None
        day = {"上旬": 10, "中旬": 20}.get(part or "", monthrange(year, month)[1])
    return _iso(year, month, day)


def _year_of(match: re.Match[str], month: int | None, issued_on: str | None) -> int | None:
    if stated := match["y"] or match["ny"]:
        return _number(stated)
    if match["planend"]:
        return _PLAN_END[match["plan"] or "十"]
    if not issued_on:
        return None
    issued = [int(part) for part in issued_on.split("-")]
    if match["rel"]:
        return issued[0] + (match["rel"] in ("明年", "次年"))
    is_past = month is not None and len(issued) > 1 and month < issued[1]
    return issued[0] + is_past


def _iso_of(match: re.Match[str]) -> str | None:
    year = _number(match["y"] or match["ny"])
    month = match["m"] or match["nm"]
    day = match["d"] or match["nd"]
    return _iso(year, _number(month), _number(day)) if year else None


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    """Return the ISO prefix, or None if there is no such day or month."""
    if month is None:
        return f"{year:04d}"
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


def _first(match: re.Match[str], *groups: str) -> str | None:
    return next((match[name] for name in groups if match[name]), None)


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdecimal():  # 二0二一: an ASCII nought among Chinese digits stands for 〇
        text = text.replace("0", "〇").replace("廿", "二十").replace("卅", "三十")
    value = parse_number(text)
    return None if value is None else int(value)
