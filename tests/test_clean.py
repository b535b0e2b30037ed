"""Cleaning: what goes, what stays, and the way back to the raw text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clean import clean_text, is_furniture


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("(一)必威体育加强保护", "(一)加强保护"),  # advertising glued between number and heading
        ("每年3?15、4?26集中宣传", "每年3·15、4·26集中宣传"),  # a lost middle dot
        ("某省知识产权局? ? ? ??\n2024年", "某省知识产权局\n2024年"),  # lost spaces
        ("產(chǎn)權(quán)保护", "產權保护"),  # pinyin debris
        ("知识产— 12 —权", "知识产权"),  # a page number inside a word
        ("一行\r\n二行\r三行", "一行\n二行\n三行"),
        ("全角&nbsp;空格\u00a0在", "全角 空格 在"),
        ("&ldquo;甲&rdquo;&middot;乙&amp;ldquo;丙&amp;nbsp;丁&#23425;", "“甲”·乙“丙 丁宁"),
        ("研究&amp;开发&foo;", "研究&开发&foo;"),
        ("通知\\n一、甲\\r\\n\\u3000二、乙", "通知\n一、甲\n 二、乙"),
        ("存于C:\\new", "存于C:\\new"),
        ("\ufeff标题\u200b", "标题"),
    ],
)
def test_takes_out_what_is_no_text(raw: str, cleaned: str) -> None:
    assert clean_text(raw).text == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "知识产权强国建设纲要(2021—2035年)",  # a dash between years is no page number
        "打击六合彩、老虎机等赌博活动",  # enforcement notices use such words
        "是否达标?",
        "专利合作条约(PCT)途径",  # a bracket with capitals is no pinyin
    ],
)
def test_leaves_what_a_notice_may_say(text: str) -> None:
    assert clean_text(text).text == text


@given(st.text(alphabet="必威体育一二、(chǎn)產權?·3 15\r\n\u3000\u200b— 。", max_size=60))
def test_every_kept_character_maps_back(raw: str) -> None:
    cleaned = clean_text(raw)
    for offset, char in enumerate(cleaned.text):
        if char not in " \n·":  # these may stand for something else in the raw text
            assert raw[cleaned.raw_offset(offset)] == char


@pytest.mark.parametrize(
    "line", ["欢迎访问某网!", "  • 来源:某局", "[免责声明] 本文", "原文链接:http://x"]
)
def test_furniture_is_told(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", ["一、总体要求", "来源地证明管理办法", "时间服从质量"])
def test_text_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)
