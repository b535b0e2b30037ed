"""By when: labelled limits, limits inside responsibility clauses, limits that govern a measure."""

import pytest

from kg.types import Span
from loaders.analyse import analyse_text
from loaders.deadlines import detect_deadline, start_of_plan

ISSUED = "2024-03-10"

CLAUSES = [
    ("(责任单位:市科技局牵头,市财政局配合。完成时限:2025年12月底前)", "2025-12-31", False),
    ("责任单位:市科技局 完成时限:2025年6月底前", "2025-06-30", False),
    ("（省商务厅牵头，6月底前完成）", "2024-06-30", False),
    ("(市教育局负责,2024年9月1日前印发)", "2024-09-01", False),
    ("(市局牵头;2025年)", "2025-12-31", False),
    ("完成时限：2025年第二季度", "2025-06-30", False),
    ("完成时间:年底前", "2024-12-31", False),
    ("时限要求:2024年上半年", "2024-06-30", False),
    ("完成时限：9月底", "2024-09-30", False),  # a label makes a month a limit
    ("时限要求：11月30日", "2024-11-30", False),
    ("完成时间：4月-10月", "2024-10-31", False),
    ("完成时间：2024.12", "2024-12-31", False),
    ("完成时限：2025", "2025-12-31", False),
    ("时间节点：2024年6月完成方案，12月完成验收", "2024-12-31", False),
    ("推进时间：2024年4月—11月", "2024-11-30", False),
    ("【责任单位】市科技局\n【完成时限】2025年6月底前", "2025-06-30", False),
    ("责任单位　市科技局\n完成时限　2025年6月", "2025-06-30", False),
    ("责任单位:市科技局;时间:2025年6月前", "2025-06-30", False),
    ("完成时限:长期", None, True),
    ("完成时限:自2025年起", None, True),
    ("完成时限:2024年起实施,2025年底前完成", "2025-12-31", True),
    ("完成时限:持续推进", None, True),
    ("完成时限:每年12月底前", None, True),  # recurs, so it has no last day
    ("(县林业局负责,长期坚持)", None, True),
    ("(市局牵头,2022年起每年12月底前落实)", None, True),
    ("(市局负责,每年召开一次会议)", None, True),
    ("(市局负责,2024年10月底前建立联席会议制度)", "2024-10-31", False),
    ("(市局负责,3月启动、11月底前完成)", "2024-11-30", False),
    ("(市局负责,2024年11月底前报请审议)", "2024-11-30", False),
    ("（综合处；11月底）", "2024-11-30", False),  # a month that fills its part
    ("（综合处，6月—9月）", "2024-09-30", False),
    ("完成时限:2024年6月底前拿出方案,2025年6月底前全面完成", "2025-06-30", False),
    ("(市局牵头,年内持续推进)", "2024-12-31", True),  # two in one part
    ("(市局牵头,即日起至6月30日)", "2024-06-30", False),
    ("(市局负责,2024年底前见成效,并长期坚持)", "2024-12-31", True),
]


@pytest.mark.parametrize(("clause", "due_on", "is_ongoing"), CLAUSES)
def test_limit_of_a_clause(clause: str, due_on: str | None, is_ongoing: bool) -> None:
    text = "推进某项工作。" + clause
    deadline = detect_deadline(text, [Span(0, 7)], [Span(7, len(text))], ISSUED)
    assert deadline is not None
    assert (deadline.due_on, deadline.ongoing) == (due_on, is_ongoing)


def test_evidence_is_label_and_value_and_text_is_the_value() -> None:
    text = "建设站点。(责任单位:甲局;乙局。完成时限:2025年12月底前)"
    deadline = detect_deadline(text, [Span(0, 5)], [Span(5, len(text))], ISSUED)
    assert deadline is not None
    assert text[deadline.span.start : deadline.span.end] == "完成时限:2025年12月底前"
    assert deadline.due_text == "2025年12月底前"


def test_a_label_after_the_clause_counts() -> None:
    text = "建设站点。\n责任单位:甲局。完成时限:2024年11月\n下一项"
    clause = Span(6, text.index("。完成"))
    rest = Span(clause.end, len(text) - len("\n下一项"))
    deadline = detect_deadline(text, [Span(0, 5), rest], [clause], ISSUED)
    assert deadline is not None
    assert deadline.due_on == "2024-11-30"


def test_a_label_in_the_next_item_does_not_count() -> None:
    text = "建设站点。（责任单位：甲局）　　二、推广经验。（完成时限：2024年11月）"
    clause = Span(5, text.index("　"))
    assert detect_deadline(text, [Span(0, 5)], [clause], ISSUED) is None


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("总结试点做法。推广成熟经验。(2025年6月底前完成)", "2025-06-30"),
        ("总结试点做法。推广成熟经验。（2024年）\n", "2024-12-31"),
    ],
)
def test_a_closing_bracket_that_states_only_a_limit(text: str, due_on: str) -> None:
    deadline = detect_deadline(text, [Span(0, len(text))], [], ISSUED)
    assert deadline is not None
    assert deadline.due_on == due_on


IN_THE_TEXT = [
    # the heading of a stage
    ("动员部署阶段（2024年3月下旬）。制定方案。", "2024-03-31", False),
    ("集中整治（4月至10月）。于6月1日前报送情况。", "2024-10-31", False),
    ("3-10月，组织实施。", "2024-10-31", False),
    ("2024年7月至2025年8月，组织推进。", "2025-08-31", False),
    ("2025年，总结评估。", "2025-12-31", False),
    ("实施阶段。4月至11月，全面组织实施。", "2024-11-30", False),
    ("活动时间：2024年4月—11月", "2024-11-30", False),
    ("活动时间\n2024年4月20日至26日。", "2024-04-26", False),
    ("请于2024年4月30日（周二）17:00前报送。", "2024-04-30", False),
    ("申报截止时间为2024年5月31日。", "2024-05-31", False),
    ("第一阶段：2024年6月底前。全面排查。", "2024-06-30", False),
    ("出台办法。2024年6月底前印发实施。", "2024-06-30", False),
    ("加强协作。2025年6月底前,出台办法。加强宣传。", "2025-06-30", False),
    ("6月底前出台办法,年底前建成平台。", "2024-12-31", False),
    ("引导机构开办业务,持续推进。", None, True),
    ("2024年四季度完成立法调研。", "2024-12-31", False),  # a period, and what is then done
    ("年内出台办法。", "2024-12-31", False),
    ("下半年完成验收。", "2024-12-31", False),
    ("2024年11月中旬完成验收。", "2024-11-20", False),
    ("9月底前建成平台,2024年12月底完成验收。", "2024-12-31", False),
]


@pytest.mark.parametrize(("text", "due_on", "is_ongoing"), IN_THE_TEXT)
def test_limit_in_the_text(text: str, due_on: str | None, is_ongoing: bool) -> None:
    deadline = detect_deadline(text, [Span(0, len(text))], [], ISSUED)
    assert deadline is not None
    assert (deadline.due_on, deadline.ongoing) == (due_on, is_ongoing)


NONE = [
    ("给予支持。", "(市局负责,2025年6月底前成立的企业)"),
    ("落实近期和中长期规划。", "(完成时限:中长期)"),
    ("2025年，融资额达到3亿元。", ""),
    ("4月26日前后举办宣传周。", ""),
    ("推进现阶段工作,到2025年,达到50家。", ""),
    ("实施培育工程(2023—2025年)。支持企业。", ""),
    ("推进工作。", "(市科技局负责)"),
    ("推进工作。", "(市科技局牵头,2024年“双百”工程办公室配合)"),  # part of a name
    ("到2025年,示范企业达到50家。", "(市局负责)"),  # a target's year
    ("支持2025年6月底前成立的企业。", "(市局负责)"),  # which ones, not by when
    ("清理2019年12月底前的存量。", ""),  # long past
    ("落实2021年印发的规划。", ""),
    ("持续推进专利导航,长期支持企业。", ""),  # no limit, only an adverb
    ("报名期限自公告之日起计算。", ""),
    ("各市于每年6月底和12月底前报送情况。", ""),  # recurs
    ("到2025年底,示范企业达到50家。", ""),
    ("“十四五”期间建成保护中心5家。", ""),
    ("落实行动方案(2023—2025年)", ""),  # a title's years
]


@pytest.mark.parametrize(("body", "clause"), NONE)
def test_no_limit(body: str, clause: str) -> None:
    text = body + clause
    clauses = [Span(len(body), len(text))] if clause else []
    assert detect_deadline(text, [Span(0, len(body))], clauses, ISSUED) is None


@pytest.mark.parametrize(
    ("title", "issued_on", "due_on"),
    [
        ("某市2024年工作要点", "2024-07-01", "2024-06-30"),  # the plan's year
        ("某市2024年工作要点", "2023-12-20", "2024-06-30"),
        ("某市工作要点", "2024-07-01", "2025-06-30"),  # the next June
        ("某市2023—2025年行动方案", "2023-07-01", "2024-06-30"),
        ("关于2022年决算的通知", "2024-07-01", "2025-06-30"),
    ],
)
def test_limits_of_a_plan_are_in_its_year(title: str, issued_on: str, due_on: str) -> None:
    text = "6月底前出台办法。"
    start = start_of_plan(title, issued_on)
    deadline = detect_deadline(text, [Span(0, len(text))], [], start)
    assert deadline is not None
    assert deadline.due_on == due_on


def test_a_stage_limits_what_stands_below_it() -> None:
    text = "一、集中整治（4月至10月）\n1.检查生产。\n2.检查流通。8月底前完成。\n2024年3月1日\n"
    items = analyse_text(text).items
    assert [i.deadline and i.deadline.due_on for i in items] == [None, "2024-10-31", "2024-08-31"]


def test_a_limit_that_governs_a_measure_of_one_sentence() -> None:
    text = "2025年6月底前,出台专利转化实施办法。"
    deadline = detect_deadline(text, [Span(0, len(text))], [], ISSUED)
    assert deadline is not None
    assert deadline.due_on == "2025-06-30"


@pytest.mark.parametrize("unit", ["完成时限:", "持续推进", "6月底前", "、", "(", "2025年"])
def test_hostile_text_is_read(unit: str) -> None:
    text = unit * (64_000 // len(unit))
    whole = Span(0, len(text))
    found = detect_deadline(text, [whole], [whole], ISSUED)
    assert found is None or found.due_text in text
