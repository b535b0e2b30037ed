"""Programs in several spellings: one key for one program, two for two."""

import itertools

import pytest

from kg.types import Span
from loaders.pipeline import extract_bytes
from loaders.program_keys import program_key
from loaders.programs import detect_programs
from loaders.types import Context

SAME = [
    # marks, the year of an edition, and what a kind of campaign adds to a quoted name
    [
        "“山鹰”行动",
        "“山鹰”专项行动",
        "山鹰行动",
        "“山鹰”专项执法行动",
        "2024年“山鹰”专项行动",
        "“山鹰2025”行动",
    ],
    ["山鹰2023专项行动", "山鹰行动"],
    # 活动 behind an event, 计划 behind 行动, 专项 before it
    ["知识产权服务季节宣传周", "知识产权服务季节宣传周活动"],
    ["某业提升三年行动", "某业提升三年行动计划"],
    ["商标代理专项整治行动", "商标代理整治行动"],
    # the short and the full name of the place it begins with
    ["江苏知识产权强企行动", "江苏省知识产权强企行动计划"],
]
DIFFERENT = [
    ["专利转化专项计划", "专利转化专项行动"],
    ["第二届地理标志直播节", "第三届地理标志直播节"],
    ["江苏省高价值专利培育计划", "山东省高价值专利培育计划", "高价值专利培育计划"],
    ["商标代理整治行动", "商标代理宣传行动"],
    ["“双百”工程", "“双百”行动"],
    ["知识产权服务能力提升工程", "知识产权保护能力提升工程"],
    ["赣鄱英才555工程", "赣鄱英才工程"],
]


@pytest.mark.parametrize("names", SAME)
def test_spellings_share_a_key(names: list[str]) -> None:
    assert len({program_key(name) for name in names}) == 1


@pytest.mark.parametrize("names", DIFFERENT)
def test_programs_keep_their_keys_apart(names: list[str]) -> None:
    keys = [program_key(name) for name in names]
    assert all(one != other for one, other in itertools.combinations(keys, 2))


@pytest.mark.parametrize("name", list(itertools.chain(*SAME, *DIFFERENT)))
def test_a_key_is_its_own_key(name: str) -> None:
    assert program_key(program_key(name)) == program_key(name)


def test_a_province_s_program_is_named_with_it() -> None:
    text = "组织实施省知识产权强企行动计划。"
    [found] = detect_programs(text, [Span(0, len(text))], Context("320000"))
    assert found.name == "江苏省知识产权强企行动计划"
    assert found.key == "江苏省知识产权强企行动"


def test_two_spellings_make_one_node_that_keeps_both() -> None:
    text = "某局通知\n一、开展“山鹰”专项行动。\n二、深化“山鹰”行动成果，开展“山鹰”行动。\n"
    fragment = extract_bytes(text.encode(), "a.txt").fragment
    [program] = [node for node in fragment.nodes if node.label == "Program"]
    assert program.properties["aliases"] == ["“山鹰”专项行动", "“山鹰”行动", "山鹰行动"]
    assert program.properties["name"] == "“山鹰”专项行动"
    assert sum(edge.end.id == program.id for edge in fragment.edges) == 2
