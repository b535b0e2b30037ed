"""No character of a notice is lost: pieces tile the text, and the raw text is accounted for."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loaders.analyse import Analysis, analyse_text
from loaders.clean import Cleaned, clean_text
from loaders.partition import KINDS, Piece, count_characters, partition_text
from loaders.readers import read_document
from loaders.samples import read_samples

NOTICE = """某网站 > 首页 > 文件
【打印】【关闭】
索 引 号：0001    发布日期：2023年3月8日
标题：吉林省知识产权局关于印发《商标保护工作方案》的通知
吉林省知识产权局关于印发《商标保护
工作方案》的通知
吉知发〔2023〕4号
各市（州）知识产权局：
　　现将方案印发给你们。
吉林省知识产权局
2023年3月6日
（此件主动公开）
商标保护工作方案
　　为加强商标保护，制定本方案。
一、总体要求
坚持统筹协调。
二、重点任务
（一）开展专项行动。（省市场监管厅牵头，省教育厅配合）
（二）完善公共服务。责任单位：省科技厅
三、加强保障。
附件：1.任务分工表
联系人：某某，电话：0431-00000000
附件
任务分工表
（略）
责任编辑：某某
"""


def kinds(text: str) -> dict[str, list[str]]:
    analysis = analyse_text(text)
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for piece in partition_text(analysis):
        found[piece.kind].append(analysis.text[piece.start : piece.end].strip())
    return found


def assert_tiled(analysis: Analysis) -> None:
    pieces = partition_text(analysis)
    assert [p.start for p in pieces] == [0, *(p.end for p in pieces[:-1])][: len(pieces)]
    assert all(p.start < p.end for p in pieces)
    assert "".join(analysis.text[p.start : p.end] for p in pieces) == analysis.text
    assert {p.kind for p in pieces} <= set(KINDS)


def test_each_part_of_a_notice_is_of_its_kind() -> None:
    found = kinds(NOTICE)
    assert found["title"] == [
        "吉林省知识产权局关于印发《商标保护工作方案》的通知",
        "吉林省知识产权局关于印发《商标保护\n工作方案》的通知",
        "商标保护工作方案",
    ]
    metadata = "".join(found["metadata"])
    for words in ("0001", "2023年3月8日", "吉知发〔2023〕4号", "各市（州）知识产权局：", "联系人"):
        assert words in metadata
    assert [re.sub(r"\s", "", s) for s in found["signature"]] == [
        "吉林省知识产权局",
        "2023年3月6日",
    ]
    assert found["section"] == ["一、总体要求\n坚持统筹协调。", "二、重点任务"]
    assert found["measure"] == ["（一）开展专项行动。", "（二）完善公共服务。", "三、加强保障。"]
    assert found["clause"] == ["（省市场监管厅牵头，省教育厅配合）", "责任单位：省科技厅"]
    assert found["annex"] == ["附件：1.任务分工表", "附件", "任务分工表"]
    assert {"【打印】【关闭】", "责任编辑：某某"} <= set(found["furniture"])
    assert "为加强商标保护，制定本方案。" in found["unsectioned"]


def test_text_outside_every_item_is_counted_without_spaces() -> None:
    text = "关于某事的通知\n各有关单位：\n　　前言共六字\n一、做事。\n"
    analysis = analyse_text(text)
    assert count_characters(text, partition_text(analysis), "unsectioned") == len("前言共六字")


def test_a_page_that_stands_twice_is_read_once() -> None:
    body = "".join(
        f"第{n}段的文字足够长，足以辨认出它在页面上出现了两次而不是一次。\n" for n in "甲乙丙丁戊己"
    )
    found = kinds(body + body)
    assert "".join(found["furniture"]).count("第甲段") == 1
    assert "".join(found["unsectioned"]).count("第甲段") == 1


def test_a_text_of_spaces_is_one_piece() -> None:
    assert partition_text(analyse_text(" \n　")) == (Piece(0, 3, "unsectioned"),)
    assert partition_text(analyse_text("")) == ()


@pytest.mark.parametrize("sample", read_samples(), ids=lambda s: s.path.stem)
def test_the_samples_lie_in_pieces_and_few_characters_in_no_section(sample: object) -> None:
    path = sample.path  # type: ignore[attr-defined]
    raw = read_document(path.read_bytes(), path.name).text
    cleaned = clean_text(raw)
    analysis = analyse_text(cleaned.text)
    assert_tiled(analysis)
    assert_accounted(raw, cleaned)
    outside = count_characters(cleaned.text, partition_text(analysis), "unsectioned")
    assert outside < len(cleaned.text) * 0.15


VARIANTS = sorted((Path(__file__).parent / "variants").glob("*.txt"))


@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: path.stem)
def test_made_up_notices_in_every_layout_lie_in_pieces(path: Path) -> None:
    raw = read_document(path.read_bytes(), path.name).text
    cleaned = clean_text(raw)
    assert_accounted(raw, cleaned)
    analysis = analyse_text(cleaned.text)
    assert_tiled(analysis)
    outside = count_characters(cleaned.text, partition_text(analysis), "unsectioned")
    assert outside < len(cleaned.text) * 0.2


PIECES = st.sampled_from(
    [
        *("一、", "（一）", "1.", "第一条", "附件", "附件：1.甲", "目录", "抄送：", "此件公开发布"),
        *(
            "责任单位：",
            "省教育厅",
            "（省科技厅牵头）",
            "、",
            "。",
            "；",
            "：",
            "\n",
            "\u3000\u3000",
        ),
        *("2024年3月1日", "某省人民政府", "关于印发《乙》的通知", "各市：", "国发〔2021〕3号"),
        *(
            "标题：",
            "发布日期：",
            "序号\t任务\t责任单位\n",
            "1\t甲\t省民政厅\n",
            "打印本页",
            "-",
            "\t",
        ),
        *("必威体育", "\r\n", "&nbsp;", "\u200b", "- 3 -", "\n— 4 —\n", "3?5", "？ ？ ", "(zhì)"),
    ]
)
TEXTS = st.lists(PIECES, max_size=80).map("".join) | st.text(max_size=200)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
@example("序号\t任务\t责任单位\n打印本页\t一、")  # a row without a number, on a line of noise
def test_every_character_of_any_text_is_in_exactly_one_piece(text: str) -> None:
    assert_tiled(analyse_text(text))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_raw_text_is_the_stored_text_and_what_is_declared(raw: str) -> None:
    assert_accounted(raw, clean_text(raw))


def test_page_numbers_that_go_with_a_hard_wrap_are_declared() -> None:
    line = "这是一行没有标点的文字它正好和页面一样宽于是在行末被迫换到下"
    raw = "\n".join([line] * 5 + ["- 3 -"] + [line] * 4)
    cleaned = clean_text(raw)
    assert "3" not in cleaned.text
    assert_accounted(raw, cleaned)
    assert any(noise.surface.strip() == "- 3 -" for noise in cleaned.noise)


ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|lt|gt|amp|#160);")


def assert_accounted(raw: str, cleaned: Cleaned) -> None:
    """Walk the offset map: what differs is declared noise, or white space and its entities."""
    declared = {noise.start: noise for noise in cleaned.noise}
    assert len(declared) == len(cleaned.noise)
    seams = [*cleaned.anchors, len(cleaned.text)]
    ends = [a + s for a, s in zip(cleaned.anchors[1:], cleaned.shifts[1:], strict=True)]
    position = 0
    told = 0
    for index, (start, end) in enumerate(pairwise(seams)):
        stop = ends[index] if index < len(ends) else len(raw)
        kept, came = cleaned.text[start:end], raw[position:stop]
        same = len(kept) if came.startswith(kept) else len(kept) - 1
        assert came[:same] == kept[:same]
        rest, instead = came[same:], kept[same:]
        noise = declared.get(position + same)
        if noise is None and instead == "" and same and position + same - 1 in declared:
            noise, rest = declared[position + same - 1], came[same - 1 :]
        if noise is not None:
            assert noise.surface == rest
            told += 1
        elif rest:
            assert ENTITY.fullmatch(rest) or not rest.strip() or ENTITY.sub("", rest) == ""
        position = stop
    assert position == len(raw)
    assert told == len(cleaned.noise)


@pytest.mark.parametrize(
    "unit", [" ", "\n", "附件1\n", "• ", "一、\n", "（此件", "标题：", "各市 "]
)
def test_a_long_hostile_text_lies_in_pieces(unit: str) -> None:
    raw = unit * (200_000 // len(unit))
    cleaned = clean_text(raw)
    assert_accounted(raw, cleaned)
    assert_tiled(analyse_text(cleaned.text))
