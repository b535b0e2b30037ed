"""Citations and document numbers: a table of texts and what is cited in them."""

import pytest

from kg.types import Span
from loaders.analyse import analyse_text
from loaders.citations import (
    find_citations,
    find_name_aliases,
    find_title_aliases,
    find_title_citations,
)
from loaders.numbers import find_numbers, parse_number

CASES = [
    # several in a row share the relation of the first
    (
        "为贯彻落实《甲纲要》《乙规划》，根据《丙条例》（国令第1号）、《丁意见》（国发〔2019〕5号）精神，制定本方案。",
        [
            ("implements", "甲纲要", None),
            ("implements", "乙规划", None),
            ("based_on", "丙条例", None),
            ("based_on", "丁意见", "国发〔2019〕5号"),
        ],
    ),
    # the verb stands behind the list
    (
        "统筹推进《甲条例》《乙纲要》和《丙规划》实施，完善体系。",
        [
            ("implements", "甲条例", None),
            ("implements", "乙纲要", None),
            ("implements", "丙规划", None),
        ],
    ),
    # what others issued is implemented, what the text itself is to issue is not
    (
        "落实国务院办公厅印发《甲意见》和省委、省政府《乙意见》，制定本方案。",
        [("implements", "甲意见", None), ("implements", "乙意见", None)],
    ),
    ("落实要求，制定印发《甲方案》。", [(None, "甲方案", None)]),
    # the cells of a list of laws, glued: what stands in another's bracket states nothing
    (
        "实施审批无某局一级单位1．《甲条例》（2014年公布，2018年修改）第八条2．《乙办法》（第3号令）",
        [(None, "甲条例", None), (None, "乙办法", None)],
    ),
    # an empty line within a sentence
    (
        "提高效益，根据\n\n《甲通知》（甲办〔2018〕9号）、《乙方案》等要求，制定规定。",
        [("based_on", "甲通知", "甲办〔2018〕9号"), ("based_on", "乙方案", None)],
    ),
    # what is followed is named before the word that says so
    ("以《甲意见》为根本遵循，加强协作。", [("based_on", "甲意见", None)]),
    (
        "紧扣《甲纲要》（以下简称《纲要》）和《乙规划》推进实施，增强意识。",
        [("implements", "甲纲要", None), ("implements", "乙规划", None)],
    ),
    # what is said to have been issued is not what was followed
    (
        "落实《甲意见》，某部与某局联合印发《乙意见》。",
        [("implements", "甲意见", None), (None, "乙意见", None)],
    ),
    # a form to be filled in is no policy, whoever fills it in
    ("报送《甲工作统计表（地方机关）》。", []),
    ("按要求填写《甲站申报书》。", []),
    ("对标《甲纲要》，制定本方案。", [("based_on", "甲纲要", None)]),
    # what follows a title may tell, too
    (
        "现将《甲通知》（某知发〔2022〕7号）转发给你们。",
        [("forwards", "甲通知", "某知发〔2022〕7号")],
    ),
    (
        "做好《甲纲要》实施工作，巩固《乙方案》实施成效。",
        [("implements", "甲纲要", None), (None, "乙方案", None)],
    ),
    ("贯彻实施新修订的《甲条例》。", [("implements", "甲条例", None)]),
    # titles of several bodies share one verb
    (
        "根据党中央、国务院《甲纲要》，中共中央办公厅、国务院办公厅《乙意见》，以及省政府《丙方案》要求，制定本方案。",
        [("based_on", "甲纲要", None), ("based_on", "乙意见", None), ("based_on", "丙方案", None)],
    ),
    (
        "落实《甲纲要》，建设示范区，宣传《乙办法》。",
        [("implements", "甲纲要", None), (None, "乙办法", None)],
    ),
    ("推进《甲条例》修订。", [("amends", "甲条例", None)]),
    (
        "全面实施《甲条例》，出台《乙办法》及实施细则。",
        [("implements", "甲条例", None), (None, "乙办法", None)],
    ),
    ("与《甲条例》做好衔接；修改完善办法。", [(None, "甲条例", None)]),
    ("完善《甲办法》。贯彻要求。", [(None, "甲办法", None)]),
    ("做好《甲协定》（RCEP）知识产权条款实施工作。", [("implements", "甲协定", None)]),
    (
        "落实《甲通知》（某知发〔2024〕2号，以下简称《通知》）。",
        [("implements", "甲通知", "某知发〔2024〕2号")],
    ),
    ("修订《甲办法》，完善机制。", [("amends", "甲办法", None)]),
    (
        "本办法自印发之日起施行，《甲办法》（某政发〔2010〕8号）同时废止。",
        [("repeals", "甲办法", "某政发〔2010〕8号")],
    ),
    (
        "《甲办法》自2021年9月1日起施行，《乙办法》《丙规定》予以废止。",
        [(None, "甲办法", None), ("repeals", "乙办法", None), ("repeals", "丙规定", None)],
    ),
    (
        "按照某政办发〔2020〕3号文件要求，抓好落实。",
        [("based_on", "某政办发〔2020〕3号", "某政办发〔2020〕3号")],
    ),
    ("制定出台《甲专项规划》。", [(None, "甲专项规划", None)]),  # made here, not a source
    ("推动企业贯彻《甲规范》等国家标准。", [("implements", "甲规范", None)]),
    ("落实国务院、甲部、乙部联合印发的《丙方案》。", [("implements", "丙方案", None)]),
    ("转发《甲通知》。", [("forwards", "甲通知", None)]),
    ("按照《关于印发<甲办法>的通知》执行。", [("based_on", "关于印发〈甲办法〉的通知", None)]),
    (
        "依据《关于加快\n甲工作的意见》开展。",
        [("based_on", "关于加快甲工作的意见", None)],
    ),  # wrapped
    ("填写《甲申请表》并签订《乙责任书》。", []),  # forms are no policies
    ("据《某某日报》报道。", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_citations(text: str, expected: list[tuple[str | None, str, str | None]]) -> None:
    found = find_citations(text, Span(0, len(text)), {})
    assert [(c.relation, c.title, c.number) for c in found] == expected
    for citation in found:
        assert text[citation.span.start] in "《某国"


def test_a_short_title_stands_for_the_full_one() -> None:
    text = "按照《甲省知识产权保护条例》（以下简称《保护条例》）规定。落实《保护条例》。"
    aliases = find_title_aliases(text)
    assert aliases == {"保护条例": "甲省知识产权保护条例"}
    found = find_citations(text, Span(0, len(text)), aliases)
    assert {c.title for c in found} == {"甲省知识产权保护条例"}


def test_a_short_title_may_be_said_to_be_called_so_below() -> None:
    for alias in ("《若干意见》", "“《若干意见》”"):
        text = f"落实《甲若干意见》（下称{alias}），制定方案。"
        assert find_title_aliases(text) == {"若干意见": "甲若干意见"}
        found = find_citations(text, Span(0, len(text)), find_title_aliases(text))
        assert [c.title for c in found] == ["甲若干意见"]


def test_a_short_name_of_a_body_is_no_title() -> None:
    text = "由甲市知识产权局（以下简称“市局”）负责。"
    assert [alias for alias, _ in find_name_aliases(text)] == ["市局"]
    assert find_title_aliases(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("辽知发〔2022〕6号", "辽知发〔2022〕6号"),
        ("鲁知发〔２０２１〕３号", "鲁知发〔2021〕3号"),
        ("鲁知发[2021]3号", "鲁知发〔2021〕3号"),
        ("鲁知发(2021)3号", "鲁知发〔2021〕3号"),
        ("鲁知发（2021）第3号", "鲁知发〔2021〕3号"),
        ("鲁知发【2021】3号", "鲁知发〔2021〕3号"),
        ("鲁知发〔 2021 〕 3 号", "鲁知发〔2021〕3号"),
        ("鲁知发〔20213号", "鲁知发〔2021〕3号"),  # a bracket lost in copying
        ("鲁知发2021-3", "鲁知发〔2021〕3号"),
        ("关于某事的通知渝府办发〔2019〕7号", "渝府办发〔2019〕7号"),  # glued to the title
    ],
)
def test_numbers_are_written_one_way(text: str, expected: str) -> None:
    assert [str(n) for n in find_numbers(text)] == [expected]


def test_a_number_is_read_and_written_back() -> None:
    number = parse_number("国发〔2021〕20号")
    assert number is not None
    assert (number.code, number.year, number.number) == ("国发", "2021", "20")
    assert str(number) == "国发〔2021〕20号"
    assert parse_number("2021年第20号文") is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "某省关于印发《某省贯彻落实〈甲强国纲要〉实施方案》的通知",
            [("implements", "甲强国纲要")],
        ),
        ("某省关于贯彻《甲强国纲要》的意见", [("implements", "甲强国纲要")]),
        ("某省关于印发《〈甲强国纲要〉解读》的通知", []),
        ("某省关于印发《甲强国纲要》的通知", []),
    ],
)
def test_what_a_title_implements(title: str, expected: list[tuple[str, str]]) -> None:
    found = find_title_citations(title, Span(0, len(title)))
    assert [(c.relation, c.title) for c in found] == expected


def test_a_short_title_of_two_characters_stands_for_the_full_one() -> None:
    text = "参照《甲建设纲要》（以下简称《纲要》），制定方案。一、落实《纲要》要求，填写《表》。"
    start = text.index("一、")
    found = find_citations(text, Span(start, len(text)), find_title_aliases(text))
    assert [(c.title, c.relation) for c in found] == [("甲建设纲要", "implements")]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        # the plan below is the notice's own text, whatever its title calls it
        (
            "某区人民政府关于印发本区强区方案的通知\n各镇：\n现将《某区知识产权强区方案》印发给你们。\n",
            [],
        ),
        (
            "某区人民政府关于学习推广的通知\n各镇：\n现将《某县知识产权经验》印发给你们。\n",
            ["某县知识产权经验"],
        ),
    ],
)
def test_what_a_notice_encloses_is_not_cited(head: str, expected: list[str]) -> None:
    text = head + "某区知识产权\n强区方案\n一、加强领导。\n二、加强保护。\n"
    assert [c.title for c in analyse_text(text).citations] == expected


def test_a_short_title_stands_for_the_full_one_in_the_script_of_the_text() -> None:
    text = (
        "某市知識產權局關於推進工作的通知\n各單位：\n為貫徹《甲市專利實施辦法》（以下簡稱《辦法》），通知如下。\n"
        "一、抓好學習\n組織學習《辦法》。\n二、抓好宣傳\n廣泛宣傳。\n"
    )
    analysis = analyse_text(text)
    titles = {c.title for item in analysis.items for c in item.citations}
    assert titles | {c.title for c in analysis.citations} == {"甲市專利實施辦法"}
