"""Numbers of headings: reading every style, and writing Chinese numbers back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.numbering import chinese_number, find_marks, read_chinese_number


@pytest.mark.parametrize(
    ("text", "style", "value", "label"),
    [
        ("一、总体要求", "cn", 1, "一"),
        ("二十三、附则", "cn", 23, "二十三"),
        ("(十二)健全机制", "cn_paren", 12, "(十二)"),
        ("（十二）健全机制", "cn_paren", 12, "(十二)"),  # full-width brackets, same label
        ("㈢健全机制", "cn_paren", 3, "(三)"),
        ("7.加强培训", "arabic", 7, "7"),
        ("7．加强培训", "arabic", 7, "7"),
        ("7、加强培训", "arabic", 7, "7"),
        ("⒎加强培训", "arabic", 7, "7"),
        ("(4)加强培训", "arabic_paren", 4, "(4)"),
        ("⑷加强培训", "arabic_paren", 4, "(4)"),
        ("第十条 本办法", "article", 10, "第十条"),
        ("第3条 本办法", "article", 3, "第三条"),
        ("第二章 职 责", "chapter", 2, "第二章"),
        ("3.2 预警", "decimal2", 2, "3.2"),
        ("—、总体要求", "cn", 1, "一"),  # a dash typed for 一
        ("任务3：建设平台", "task", 3, "3"),
        ("重点任务二、建设平台", "task", 2, "二"),
        ("专项行动一 建设平台", "task", 1, "一"),
    ],
)
def test_reads_every_style(text: str, style: str, value: int, label: str) -> None:
    mark = find_marks(text)[0]
    assert (mark.style, mark.value, mark.label) == (style, value, label)
    assert mark.start == 0


@pytest.mark.parametrize("text", ["增长2.5亿元", "第三条款", "达到1.2%", "第二项"])
def test_figures_and_references_are_no_numbers_of_headings(text: str) -> None:
    assert all(mark.start > 0 for mark in find_marks(text))


@given(st.integers(1, 999))
def test_chinese_numbers_are_read_back(value: int) -> None:
    assert read_chinese_number(chinese_number(value)) == value


@pytest.mark.parametrize("value", [0, 1000, -1])
def test_numbers_out_of_range_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match="cannot write"):
        chinese_number(value)
