"""Extraction takes time in proportion to the text, whatever the text."""

import time

import pytest

from kg.jsonl import format_fragment
from loaders.parallel import Extracted, extract_one
from loaders.pipeline import extract_bytes
from loaders.sources import Source

HEAD = """青海省科学技术厅关于做好成果登记的通知
各市科技局：
一、重点任务
（一）抓好登记。各地要及时登记。
（二）做好服务。组织"""
SHORT, FACTOR = 3_000, 4
MOST = FACTOR * 2  # a step that takes squared time shows up as FACTOR squared
MEGABYTE = 1_000_000
TRIES = 4  # other processes disturb the clock

# What grammars of brackets, lists, numbers, labels and quotes trip over when it never ends.
UNITS = {
    "open brackets": "（",
    "unbalanced brackets": "（（）",
    "nested brackets": "（(〔[【",
    "list": "成果、",
    "names in a list": "西宁市、",
    "decimal numbers": "1.",
    "items in one line": "（一）",
    "items": "（一）做好登记。\n",
    "numbers": "一、",
    "articles": "第一条",
    "aliases": "省成果管理中心（以下简称“中心”）",
    "alias words": "以下简称",
    "quotes": "“",
    "titles": "《",
    "whole titles": "《成果登记办法》",
    "document numbers": "青科发〔2023〕7号、",
    "digits": "1234567890",
    "years": "2025年",
    "months": "6月底前",
    "targets": "增长10%",
    "spaces": " ",
    "wide spaces": "\u3000",
    "line feeds": "\n",
    "leading": "牵头",
    "labels": "责任单位：",
    "open clauses": "（责任单位：省科技厅",
    "clauses": "责任单位：省科技厅\n",
    "rows": "|1|登记成果|省科技厅|2025年|\n",
    "cells": "1\t登记成果\t省科技厅\t2025年\n",
    "plain words": "组织各地登记科技成果推动转化",
    "signatures": "青海省科学技术厅\n2023年3月1日\n",
    "firms": "西宁登记股份有限公司",
    "provinces": "青海省",
    "latin letters": "a",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_four_times_the_text_takes_four_times_as_long(unit: str) -> None:
    seconds_for(unit, SHORT)
    ratios = []
    for _ in range(TRIES):
        ratios.append(seconds_for(unit, SHORT * FACTOR) / seconds_for(unit, SHORT))
        if ratios[-1] < MOST:
            return
    pytest.fail(f"{FACTOR} times as much of {unit!r} takes {ratios} times as long")


@pytest.mark.parametrize(
    "name", ["list", "plain words", "quotes", "wide spaces", "leading", "latin letters"]
)
def test_a_megabyte_without_end_is_read(name: str) -> None:
    unit = UNITS[name].encode()
    raw = HEAD.encode() + unit * (MEGABYTE // len(unit))
    answer = extract_one(Source("x.txt", raw), seconds=60)  # it takes two at most
    assert isinstance(answer, Extracted), answer


def seconds_for(unit: str, length: int) -> float:
    raw = (HEAD + unit * (length // len(unit))).encode()
    begin = time.process_time()
    for _ in format_fragment(extract_bytes(raw, "x.txt").fragment):
        pass
    return time.process_time() - begin
