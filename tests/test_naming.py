"""What the detectors of names share: passages, gazetteers, bounds, hits."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.types import Span
from loaders.institutions import detect_institutions
from loaders.name_bounds import (
    bounds,
    find_places,
    leading_place,
    own_division,
    residue,
    starts_with_place,
    strip_modifiers,
)
from loaders.naming import Gazetteer, Hit, as_mentions, read_passages, widen
from loaders.platforms import detect_platforms
from loaders.programs import detect_programs
from loaders.types import Context

UNITS = (
    *(
        "实施",
        "开展",
        "支持",
        "“",
        "”",
        "《",
        "》",
        "(",
        ")",
        "（",
        "）",
        "、",
        "和",
        "，",
        "。",
        "\n",
    ),
    *(
        "专项行动",
        "工程",
        "计划",
        "平台",
        "系统",
        "网",
        "大学",
        "研究院",
        "实验室",
        "有限公司",
        "中心",
    ),
    *(
        "沈阳市",
        "辽宁",
        "中国",
        "国家",
        "省",
        "知识产权",
        "保护",
        "甲乙",
        "3家",
        "等",
        "的",
        "中科院",
        "·",
    ),
    *(
        "全国知识产权宣传周",
        "大连理工大学",
        "中国商标网",
        "\u3000",
        '"',
        "代办处",
        "分中心",
        "?",
        "A",
    ),
)


def passage_of(text: str):  # type: ignore[no-untyped-def]
    return read_passages(text, (Span(0, len(text)),))[0]


def test_passage_keeps_every_character_in_its_place() -> None:
    text = '（甲）"乙"「丙」《丁》戊—己'
    passage = passage_of(text)
    assert passage.text == "(甲)“乙”“丙”" + "\0" * 3 + "戊-己"
    assert len(passage.text) == len(text)


def test_gazetteer_ignores_quotation_marks_and_dots() -> None:
    gazetteer = Gazetteer({"“春雨”行动": ["春雨专项行动"]}, ["春雨行动组"])
    text = "实施春·雨行动、“春雨”专项行动，成立春雨行动组。"
    found = list(gazetteer.find(passage_of(text)))
    assert [(name, text[start:end]) for name, start, end in found] == [
        ("“春雨”行动", "春·雨行动"),
        ("“春雨”行动", "“春雨”专项行动"),
    ]
    assert gazetteer.properties("“春雨”行动") == {"aliases": ["春雨专项行动"]}


def test_longer_hit_wins_and_shared_words_stay() -> None:
    def hit(name: str, start: int, end: int) -> Hit:
        return Hit(name, Span(start, end), "test", 1.0)

    hits = [hit("短", 2, 4), hit("长", 1, 6), hit("并", 8, 12), hit("列", 8, 12)]
    assert [h.name for h in widen(hits)] == ["长", "列", "并"]


def test_mentions_keep_the_first_place_of_each_name() -> None:
    text = "参加甲会，参加乙会，支持甲会。"
    hits = [Hit(text[i : i + 2], Span(i, i + 2), "test", 0.5) for i in (2, 7, 12)]
    first, second = as_mentions("Program", text, hits, {})
    assert (first.name, first.span, first.supported) == ("甲会", Span(2, 4), True)
    assert (second.name, second.supported) == ("乙会", False)


def test_places_are_the_longest() -> None:
    (place,) = find_places(passage_of("在辽宁省沈阳市浑南区的园区"))
    assert (place.name, place.code) == ("辽宁省沈阳市浑南区", "210112")


@pytest.mark.parametrize(
    ("name", "expected"), [("沈阳市某中心", "沈阳市"), ("长三角联盟", None), ("比如某中心", None)]
)
def test_leading_place(name: str, expected: str | None) -> None:
    division = leading_place(name)
    assert (division.name if division else None) == expected


def test_regions_and_common_county_names_begin_names() -> None:
    assert starts_with_place("长三角论坛")
    assert starts_with_place("义乌博览会")
    assert not starts_with_place("资源保护工程")  # 资源县, but an ordinary word


@pytest.mark.parametrize(
    ("jurisdiction", "level", "expected"),
    [
        ("210102", "省", "辽宁省"),
        ("210102", "市", "沈阳市"),
        ("210102", "区", "和平区"),
        ("110108", "市", "北京市"),
        ("450100", "自治区", "广西壮族自治区"),
        ("210000", "市", None),
        ("100000", "省", None),
        ("999999", "省", None),
    ],
)
def test_own_division(jurisdiction: str, level: str, expected: str | None) -> None:
    division = own_division(jurisdiction, level)
    assert (division.name if division else None) == expected


def test_bounds_and_modifiers() -> None:
    assert bounds("深入实施某某") == [(4, "verb"), (2, "adverb"), (0, "start")]
    assert bounds("资源综合利用某") == [(0, "start")]
    assert strip_modifiers("2024年度一批某某工程", verbs=False) == "某某工程"
    assert strip_modifiers("推进某某工程", verbs=False) == "推进某某工程"
    assert strip_modifiers("推进某某工程", verbs=True) == "某某工程"
    assert residue("知识产权保护专项") == ""
    assert residue("沈阳市直播推介") == "直播"


@settings(max_examples=200, deadline=None)
@example('"《"平台', 0)
@given(st.lists(st.sampled_from(UNITS), max_size=40).map("".join), st.integers(0, 10))
def test_any_text_gives_sound_mentions(text: str, skip: int) -> None:
    start = min(skip, len(text))
    regions = [Span(start, len(text))] if start < len(text) else []
    for detect in (detect_programs, detect_platforms, detect_institutions):
        mentions = detect(text, regions, Context("210100"))
        assert len({m.name for m in mentions}) == len(mentions)
        for mention in mentions:
            assert mention.name.strip() == mention.name != ""
            assert start <= mention.span.start < mention.span.end <= len(text)
            assert "\0" not in mention.name
            assert "《" not in mention.name
