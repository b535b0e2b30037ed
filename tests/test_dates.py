"""Dates as notices write them, and the last days of the periods they set as limits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.types import Span
from loaders.dates import find_dates, find_dues, format_date, parse_date
from loaders.numerals import fold_digits, parse_number

DATES = [
    ("2021年3月5日", "2021-03-05"),
    ("2021年03月05日", "2021-03-05"),
    ("2021 年 3 月 5 日", "2021-03-05"),  # spaces from justified lines
    ("２０２１年３月５日", "2021-03-05"),  # full-width digits
    ("2021-03-05", "2021-03-05"),
    ("2021/3/5", "2021-03-05"),
    ("2021.3.5", "2021-03-05"),
    ("二〇二一年三月五日", "2021-03-05"),
    ("二○二一年十二月三十一日", "2021-12-31"),  # U+25CB for 〇
    ("二0二一年十月二十日", "2021-10-20"),  # an ASCII nought
    ("二Ｏ二一年十一月", "2021-11"),  # a full-width letter O
    ("一九九八年六月廿五日", "1998-06-25"),
    ("2021年3月", "2021-03"),
    ("2021-03", "2021-03"),
    ("2021年", "2021"),
    ("2021", "2021"),
    ("2021年13月5日", None),
    ("2021年2月30日", None),  # no such day
    ("20XX年3月", None),  # a masked year is unknown
    ("三月五日", None),  # no year stated
    ("12021年", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_parse_date(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_format_then_parse_is_identity(day: date) -> None:
    for iso in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert parse_date(format_date(iso)) == iso


@pytest.mark.parametrize("iso", ["2021-13", "2021-02-30", "2021-3", "2021-03-05-01", "abcd"])
def test_format_date_refuses_what_is_no_prefix(iso: str) -> None:
    with pytest.raises(ValueError, match="not an ISO date prefix"):
        format_date(iso)


def test_find_dates_in_reading_order_with_spans() -> None:
    text = "甲市政府\n2022年7月1日\n(发布日期:2022-07-04,文号2022-3)"
    found = list(find_dates(text))
    assert [(date.iso, text[date.span.start : date.span.end]) for date in found] == [
        ("2022-07-01", "2022年7月1日"),
        ("2022-07-04", "2022-07-04"),
    ]


def test_find_dates_keeps_offsets_of_a_region() -> None:
    text = "前言2020年。二○二二年七月"
    (date,) = find_dates(text, Span(8, len(text)))
    assert (date.iso, text[date.span.start : date.span.end]) == ("2022-07", "二○二二年七月")


DUES = [  # read in a notice issued on 2024-05-10
    ("2025年12月底前", "2025-12-31", False),
    ("2025年6月底前", "2025-06-30", False),
    ("2025年6月前", "2025-06-30", False),
    ("2025年6月15日前", "2025-06-15", False),
    ("2024年2月", "2024-02-29", False),  # a leap year
    ("2025年第二季度", "2025-06-30", False),
    ("2025年四季度末", "2025-12-31", False),
    ("2025年上半年", "2025-06-30", False),
    ("2025年6月上旬", "2025-06-10", False),
    ("2025年", "2025-12-31", False),
    ("到2025年", "2025-12-31", False),
    ("2025年底前", "2025-12-31", False),
    ("二〇二五年底", "2025-12-31", False),
    ("2025-09-30", "2025-09-30", False),
    ("2024年7月至9月", "2024-09-30", False),
    ("“十四五”末", "2025-12-31", False),
    ("“十五五”期间", "2030-12-31", False),
    ("年底前", "2024-12-31", False),
    ("今年年底前", "2024-12-31", False),
    ("明年3月底前", "2025-03-31", False),
    ("6月底前", "2024-06-30", False),
    ("3月底前", "2025-03-31", False),  # before the month of issue: next year's
    ("每年12月底前", None, True),
    ("每季度", None, True),
    ("长期坚持", None, True),
    ("持续推进", None, True),
    ("常态化开展", None, True),
]


@pytest.mark.parametrize(("text", "due_on", "is_ongoing"), DUES)
def test_find_dues(text: str, due_on: str | None, is_ongoing: bool) -> None:
    (due,) = find_dues(text, Span(0, len(text)), "2024-05-10")
    assert (due.due_on, due.ongoing) == (due_on, is_ongoing)


@pytest.mark.parametrize("text", ["年底前", "6月底前", "今年内"])
def test_relative_limits_need_a_date_of_issue(text: str) -> None:
    assert [due for due in find_dues(text, Span(0, len(text)), None) if due.due_on] == []


@pytest.mark.parametrize("text", ["2025年初", "力争3年内", "第三方机构", "2025年13月底前"])
def test_no_day_is_invented(text: str) -> None:
    assert [due for due in find_dues(text, Span(0, len(text)), "2024-05-10") if due.due_on] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1,200", 1200),
        ("6.5", 6.5),
        ("２０", 20),
        ("十", 10),
        ("三十五", 35),
        ("两千", 2000),
        ("一百零五", 105),
        ("三万五千", 35000),
        ("二〇二一", 2021),
        ("十百", None),
        ("1,20", None),
        ("若干", None),
        ("", None),
    ],
)
def test_parse_number(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold_digits(text)) == len(text)
