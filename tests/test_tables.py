"""Task tables: the same rows from HTML, pipes, tabs, and one cell a line."""

import pytest

from loaders.analyse import Item, analyse_text
from loaders.readers.html import html_to_text

HEAD = "常州市2023年工作任务分工\n"
TAIL = "常州市人民政府\n2023年2月1日\n"
ROWS = [
    ("1", "建设专利导航服务基地5家。", "市市场监管局", "市科技局、市财政局", "2023年11月底前"),
    ("2", "开展商标品牌指导。", "市市场监管局", "各区人民政府", "持续推进"),
]
LABELS = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")

TABS = "\n".join("\t".join(row) for row in (LABELS, *ROWS)) + "\n"
PIPES = "\n".join(f"| {' | '.join(row)} |" for row in (LABELS, ("---",) * 5, *ROWS)) + "\n"
FLAT = "\n".join(cell for row in (LABELS, *ROWS) for cell in row) + "\n"
LINE = " ".join(cell for row in (LABELS, *ROWS) for cell in row) + "\n"
HTML = html_to_text(
    "<div><table>"
    + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in (LABELS, *ROWS))
    + "</table></div>"
)


def items(table: str) -> list[Item]:
    return [item for item in analyse_text(HEAD + table + TAIL).items if item.is_measure]


@pytest.mark.parametrize(
    "table", [TABS, PIPES, FLAT, LINE, HTML], ids=["tabs", "pipes", "flat", "line", "html"]
)
def test_rows_are_measures_with_roles_and_limits(table: str) -> None:
    text = HEAD + table + TAIL
    first, second = items(table)
    assert [first.node.path, second.node.path] == ["1", "2"]
    assert text[first.heading.start : first.heading.end] == "建设专利导航服务基地5家"
    assert [(a.role, a.target.name if a.target else "") for a in first.actors] == [
        ("LEADS", "常州市市场监督管理局"),
        ("SUPPORTS", "常州市科学技术局"),
        ("SUPPORTS", "常州市财政局"),
    ]
    assert first.deadline is not None
    assert first.deadline.due_on == "2023-11-30"
    assert second.deadline is not None
    assert second.deadline.ongoing
    assert [a.target.name for a in second.actors if a.target] == [
        "常州市市场监督管理局",
        "常州市各区人民政府",
    ]


@pytest.mark.parametrize("separator", ["\t", " | "])
def test_an_empty_cell_moves_no_other_to_its_column(separator: str) -> None:
    rows = [
        LABELS,
        ("1", "甲事。", "市科技局", "", "6月底前"),
        ("2", "乙事。", "", "市教育局", "9月底前"),
        ("3", "丙事。", "", "", "年底前"),
        ("4", "丁事。", "市司法局", "市公安局", ""),
    ]
    found = items("\n".join(separator.join(row) for row in rows) + "\n")
    assert [[(a.role, a.surface) for a in item.actors] for item in found] == [
        [("LEADS", "市科技局")],
        [("SUPPORTS", "市教育局")],
        [("SUPPORTS", "市教育局")],
        [("LEADS", "市司法局"), ("SUPPORTS", "市公安局")],
    ]
    dues = [item.deadline and item.deadline.due_on for item in found]
    assert dues == ["2023-06-30", "2023-09-30", "2023-12-31", None]


def test_a_merged_cell_rules_the_rows_below_it() -> None:
    table = "序号\t任务\t责任单位\n1\t甲事。\t市科技局\n2\t乙事。\n"
    assert [[a.target.name for a in i.actors if a.target] for i in items(table)] == [
        ["常州市科学技术局"],
        ["常州市科学技术局"],
    ]


def test_rows_of_one_task_whose_cells_are_merged_are_one() -> None:
    table = (
        "序号\t任务\t具体措施\t牵头单位\t配合单位\t完成时限\n1\t甲事\t子项。\t市科技局\t市公安局\t2023年5月\n"
        "1\t甲事\t又一项。\t市科技局\t市司法局\t2023年8月\n2\t乙事\t子项。\t市科技局\t市教育局\t2023年9月\n"
    )
    first, second = items(table)
    assert [first.node.path, second.node.path] == ["1", "2"]
    assert [(a.role, a.target.name) for a in first.actors if a.target] == [
        ("LEADS", "常州市科学技术局"),
        ("SUPPORTS", "常州市公安局"),
        ("SUPPORTS", "常州市司法局"),
    ]
    assert first.deadline is not None
    assert first.deadline.due_on == "2023-08-31"


def test_headings_between_rows_are_sections() -> None:
    table = "序号\n任务\n责任单位\n一、创造\n1\n甲事。\n市科技局\n二、保护\n2\n乙事。\n市公安局\n"
    assert [i.node.path for i in items(table)] == ["一/1", "二/2"]


def test_rows_without_numbers_end_with_their_time_limits() -> None:
    table = "任务\n责任单位\n完成时限\n甲事。\n市科技局\n2023年6月底前\n乙事。\n市公安局、\n市司法局\n持续推进\n"
    found = items(table)
    assert [i.node.path for i in found] == ["1", "2"]
    assert [len(i.actors) for i in found] == [1, 2]
    assert [bool(i.deadline) for i in found] == [True, True]


def test_cells_merged_over_rows_are_missing_on_the_left() -> None:
    table = (
        "序号\n重点领域\n工作任务\n具体举措\n牵头单位\n完成时限\n1\n创造\n甲事\n做甲。\n市科技局\n2023年6月\n"
        "2\n做乙。\n市公安局\n2023年9月\n3\n丙事\n做丙。\n市司法局\n持续推进\n"
    )
    text = HEAD + table + TAIL
    found = items(table)
    assert [text[i.heading.start : i.heading.end] for i in found] == ["甲事", "做乙", "丙事"]
    assert [actor.surface for i in found for actor in i.actors] == [
        "市科技局",
        "市公安局",
        "市司法局",
    ]


def test_a_number_without_a_column_of_its_own_is_no_task() -> None:
    table = "名头\n任务\n责任单位\n完成时限\n1\n甲事。\n市科技局\n2023年6月底前\n2\n乙事。\n市公安局\n持续推进\n"
    text = HEAD + table + TAIL
    assert [text[i.heading.start : i.heading.end] for i in items(table)] == ["甲事", "乙事"]


def test_a_table_of_something_else_holds_no_measures() -> None:
    assert items("序号\t名称\t单位\n1\t某古籍\t某图书馆\n2\t某书\t某馆\n") == []


@pytest.mark.parametrize("join", ["\t", " | "], ids=["tabs", "pipes"])
def test_rows_without_a_number_are_counted(join: str) -> None:
    table = "\n".join(join.join(row[1:]) for row in (LABELS, *ROWS)) + "\n"
    text = HEAD + table + TAIL
    found = items(table)
    assert [item.node.path for item in found] == ["1", "2"]
    assert [text[item.heading.start : item.heading.end] for item in found] == [
        "建设专利导航服务基地5家",
        "开展商标品牌指导",
    ]
    assert [len(item.actors) for item in found] == [3, 2]


def test_numbers_inside_a_cell_number_no_items_and_a_header_may_stand_again() -> None:
    text = (
        "某市任务台账\n一、创造\n| 重点任务 | 具体举措 | 责任单位 |\n| --- | --- | --- |\n"
        "| 完善政策 | 1.出台办法。2.修订规定。 | 甲局 |\n| 健全机制 | 建立台账 | 乙局 |\n"
        "二、保护\n| 重点任务 | 具体举措 | 责任单位 |\n| --- | --- | --- |\n| 加强执法 | 开展检查 | 丙局 |\n"
    )
    items = analyse_text(text).items
    assert [i.node.path for i in items if i.is_measure] == ["一/1", "一/2", "二/1"]


def test_cells_parted_by_spaces() -> None:
    head = "某某市任务分解表\n序号 工作任务 牵头单位 责任单位 完成时限\n（一）创造\n"
    text = (
        head + "1 召开 工作会议 市科技局 市教育局、市财政局 2024年5月底前\n（二）保护\n"
        "2 开展执法检查 市公安局 各有关部门 持续推进\n说明一段。\n"
    )
    first, second = (item for item in analyse_text(text).items if item.is_measure)
    assert [first.node.path, second.node.path] == ["(一)/1", "(二)/2"]
    assert text[first.heading.start : first.heading.end] == "召开 工作会议"
    assert [(a.role, a.surface) for a in first.actors] == [
        ("LEADS", "市科技局"),
        ("RESPONSIBLE_FOR", "市教育局"),
        ("RESPONSIBLE_FOR", "市财政局"),
    ]
    assert first.deadline is not None
    assert first.deadline.due_on == "2024-05-31"
    assert [a.surface for a in second.actors] == ["市公安局"]
    assert second.deadline is not None
    assert second.deadline.ongoing


def test_a_heading_set_over_lines_of_a_cell_is_whole() -> None:
    table = (
        "序号\n任务\n责任单位\n完成时限\n1\n建设专利导航基地，\n完善服务。\n市科技局\n2024年6月\n"
        "2\n推进甲地、乙地\n示范区建设\n市公安局、\n市司法局\n2024年9月\n"
    )
    text = HEAD + table + TAIL
    found = items(table)
    headings = [text[i.heading.start : i.heading.end].replace("\n", "") for i in found]
    assert headings == ["建设专利导航基地，完善服务", "推进甲地、乙地示范区建设"]
    assert [len(item.actors) for item in found] == [1, 2]
