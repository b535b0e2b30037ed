"""Spans of time in questions: 2017年到2022年间, 2025年下半年, "before 2025", "十四五"期间.

Before and after a year leave out the year itself; by its end (年底前) takes it in.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

_YEAR = r"(?:19|20)\d{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_PART = r"[上下]半年|第?[一二三四1-4]季度"
_DATE = (
    rf"(?<!\d){_YEAR}"
    rf"(?:-{_MONTH}(?:-{_DAY})?|年度?(?:{_PART}|{_MONTH}月(?:份|{_DAY}[日号])?)?)?(?:年?[底末])?(?!\d)"
)
_AFTER_BARE = r"完成|到期|[之以]?[前后]|以来|起"  # what tells that 2025 alone is a year
_PLAN_YEARS = {"十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}

_ZH = re.compile(
    rf"(?P<to>(?<![提及用])到|至|截至|截止到?)?(?:自|从|在|于)?"
    rf"(?P<first>{_DATE})(?:\s*(?:到|至|[-—–~～和、])\s*(?P<last>{_DATE}))?"
    r"(?P<how>[以之]来|起|开始|[之以]?后|[之以]?前|(?:之间|期间|年间|间|以内|内|里))?(?:，|,)?"
)
_PLAN = re.compile(rf"[“\"]?(?P<plan>{'|'.join(_PLAN_YEARS)})五[”\"]?(?:期间|时期)")
_EN = re.compile(
    rf"\s*\b(?P<how>by|before|until|till|after|since|in|on|during|from|between)"
    rf" (?P<end>the end of )?(?P<first>{_DATE})"
    rf"(?:(?: ?[-–] ?| to | and | until | through )(?P<last>{_DATE}))?(?: on(?:wards)?)?",
    re.IGNORECASE,
)
_KEPT = re.compile(r"《[^》]*》|〔[^〕]*〕|[（(][^）)]*[）)]|“[^”]*”|「[^」]*」|\[[^\]]*\]")
_PARTS = re.compile(r"\d+|[上下](?=半年)|[一二三四1-4](?=季度)")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Times(NamedTuple):
    """A question without its time, and the time; dates are ISO prefixes, None for no bound."""

    rest: str
    first: str | None
    last: str | None


def peel_times(text: str) -> Times | None:
    """Return the question without its first span of time, or None if it has none.

    Years within titles, brackets and quotes belong to a name: 知识产权强国建设纲要(2021—2035年).
    """
    kept = [match.span() for match in _KEPT.finditer(text)]
    for pattern, read in ((_PLAN, _read_plan), (_EN, _read_en), (_ZH, _read_zh)):
        for match in pattern.finditer(text):
            inside = any(start < match.end() and match.start() < end for start, end in kept)
            if (inside and pattern is not _PLAN) or _is_no_year(text, match):
                continue
            rest = text[: match.start()] + text[match.end() :]
            return Times(rest.strip(" ,，"), *read(match))
    return None


def _is_no_year(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is one only by chance, as in 质量强国2030行动."""
    if match.re is not _ZH:
        return False
    bare = re.fullmatch(_YEAR, match["first"]) and not (match["last"] or match["to"])
    return bool(bare) and not (match["how"] or re.match(_AFTER_BARE, text[match.end() :]))


def _read_plan(match: re.Match[str]) -> tuple[str, str]:
    year = _PLAN_YEARS[match["plan"]]
    return str(year), str(year + 4)


def _read_zh(match: re.Match[str]) -> tuple[str | None, str | None]:
    begin, end = _bounds(match["first"])
    how = match["how"] or ""
    if match["last"]:
        return begin, _bounds(match["last"])[1]
    if how.endswith("前"):
        # 12月31日前完成 is written for what is due on that day, 年底前 for what is in the year.
        takes_in = len(end) == 10 or match["first"][-1] in "底末"
        return None, end if takes_in else before(end)
    if match["to"]:
        return None, end
    if how.endswith("后"):
        return after(end), None
    return (begin, None) if how in ("以来", "之来", "起", "开始") else (begin, end)


def _read_en(match: re.Match[str]) -> tuple[str | None, str | None]:
    begin, end = _bounds(match["first"])
    how = match["how"].lower()
    if match["last"]:
        return begin, _bounds(match["last"])[1]
    if how == "before" and not match["end"]:
        return None, before(begin)
    if how in ("before", "by", "until", "till"):
        return None, end
    if how == "after":
        return after(end), None
    return (begin, None) if how in ("since", "from") else (begin, end)


def before(prefix: str) -> str:
    """Return the year, month or day before one, as precise."""
    return _moved(prefix, -1)


def after(prefix: str) -> str:
    """Return the year, month or day after one, as precise."""
    return _moved(prefix, 1)


def _moved(prefix: str, step: int) -> str:
    year, month, day = (*(int(part) for part in prefix.split("-")), 0, 0)[:3]
    if day:
        last = min(day, 28) if month == 2 else min(day, 30) if month in (4, 6, 9, 11) else day
        return (date(year, month, last) + timedelta(days=step)).isoformat()
    if month:
        count = year * 12 + month - 1 + step
        return f"{count // 12}-{count % 12 + 1:02d}"
    return str(year + step)


def _bounds(written: str) -> tuple[str, str]:
    """Return the first and last of what a written date covers: 2025年下半年 → 2025-07, 2025-12."""
    year, *parts = _PARTS.findall(written)
    if "半年" in written:
        return (f"{year}-01", f"{year}-06") if parts[0] == "上" else (f"{year}-07", f"{year}-12")
    if "季度" in written:
        quarter = _QUARTERS.get(parts[0]) or int(parts[0])
        return f"{year}-{3 * quarter - 2:02d}", f"{year}-{3 * quarter:02d}"
    prefix = "-".join([year, *(f"{int(part):02d}" for part in parts)])
    return prefix, prefix
