"""The outline: trees of numbered items from every layout that notices come in."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.analyse import analyse_text
from loaders.headings import is_aims
from loaders.numbering import chinese_number
from loaders.outline import OutlineNode, parse_outline
from loaders.structure import read_contents, read_structure


def outline(text: str) -> list[OutlineNode]:
    structure = read_structure(text, lambda name: name.endswith(("局", "政府", "办公室")))
    return parse_outline(text, structure.trees)


def leaves(roots: list[OutlineNode]) -> list[OutlineNode]:
    return [node for root in roots for node in root.walk() if not node.children]


def paths(text: str) -> list[str]:
    return [node.path for node in leaves(outline(text))]


CASES = [
    # items in one paragraph that the first of them opens; an enumeration in a paragraph is none
    (
        "一、任务\n（一）创造\n1.甲事。2.乙事。3.丙事。\n（二）运用\n1.丁事。\n2.戊事。\n",
        ["一/(一)/1", "一/(一)/2", "一/(一)/3", "一/(二)/1", "一/(二)/2"],
    ),
    ("一、任务\n（一）甲事，做好1.某事；2.某事。\n（二）乙事。\n", ["一/(一)", "一/(二)"]),
    # a bracket that only closes
    ("一、任务\n1）甲事。\n2）乙事。\n二、保障\n", ["一/(1)", "一/(2)", "二"]),
    ("一、任务，增长5）甲事。\n二、保障\n", ["一", "二"]),
    # a space within a number; sentences that end in a narrow point, in text without lines
    ("一 、任务\n（一）甲事。\n（二）乙事。\n二 、保障。\n", ["一/(一)", "一/(二)", "二"]),
    (
        "提出如下意见.一、任务(一)甲事.做好.(二)乙事.做好.二、保障.加强领导.",
        ["一/(一)", "一/(二)", "二"],
    ),
    ("某市工作规则第一章 总则第一条 甲事。第二条 乙事。", ["第一章/第一条", "第一章/第二条"]),
    # an annex behind the list of annexes, in text without lines; its first item is numbered 1
    (
        "方案。一、甲事。做好。二、乙事。做好。附件：任务分工表附件任务分工表一、丙事。二、丁事。",
        ["一", "二", "附件/一", "附件/二"],
    ),
    (
        "方案。一、甲事。做好。二、乙事。做好。（此件公开发布） 附件 任务分工 1．丙事。2．丁事。",
        ["一", "二", "附件/1", "附件/2"],
    ),
    # a first number glued to the date above it
    (
        "某市方案某市人民政府2023年2月20日一、任务（一）甲事。做好。（二）乙事。做好。二、保障加强领导。",
        ["一/(一)", "一/(二)", "二"],
    ),
    # decimals in text without lines; figures with a point
    (
        "某市方案。1 总则 1.1 甲事。1.2 乙事。2 任务 2.1 运用 2.1.1 丙事。（甲局、各街道办事处）2.1.2 丁事。",
        ["1/1.1", "1/1.2", "2/2.1/2.1.1", "2/2.1/2.1.2"],
    ),
    ("一、甲事，增长2.1个百分点。二、乙事，占2.2成。", ["一", "二"]),
    # items that begin with months
    ("一、安排\n1.1-2月，制定方案。\n2.3月底前，组织实施。\n", ["一/1", "一/2"]),
    # a text that begins in mid-document: its first numbers are no 1
    (
        "三、保护\n（七）甲事。\n（八）乙事。\n四、运用\n（九）丙事。\n",
        ["三/(七)", "三/(八)", "四/(九)"],
    ),
    ("五、运用\n12.甲事。\n13.乙事。\n", ["五/12", "五/13"]),
    ("前言。\n三、某数。\n一、甲事。\n二、乙事。\n", ["一", "二"]),
    # tasks counted behind a word, below a section, below (一), and running on
    ("一、任务\n任务1：甲事。\n任务2：乙事。\n二、保障\n加强领导。\n", ["一/1", "一/2", "二"]),
    # of two numbers of one value the later bears its word
    ("二、事项\n2.甲事。\n任务2：运用\n（二）乙事。\n", ["二/2", "二/任务2/(二)"]),
    (
        "一、任务\n(一)保护\n任务一、甲事。\n任务二、乙事。\n(二)运用\n任务三、丙事。\n二、保障。\n",
        ["一/(一)/一", "一/(一)/二", "一/(二)/三", "二"],
    ),
    (
        "一、任务\n专项行动1：甲\n1.甲事。\n2.乙事。\n专项行动2：乙\n1.丙事。\n2.丁事。\n",
        ["一/1/1", "一/1/2", "一/2/1", "一/2/2"],
    ),
    ("完成任务1：某事。\n一、甲事。\n二、乙事。\n", ["一", "二"]),
    # in text without lines: below a heading that ends like a counted task, behind a clause's
    # bracket, a number, and 意见
    (
        "某市工作要点一、工作任务1.甲事。做好。2.乙事。做好。二、提升行动3.丙事。做好。",
        ["一/1", "一/2", "二/3"],
    ),
    (
        "某办〔2022〕3号一、任务（一）保护。（甲局牵头）1.甲事。2.乙事。（二）运用。（乙局负责）1.丙事。",
        ["一/(一)/1", "一/(一)/2", "一/(二)/1"],
    ),
    ("某市关于加强保护的意见一、甲事。二、乙事。", ["一", "二"]),
    # articles that run on below headings; articles of a text behind a signature stand alone
    (
        "一、机制\n第一条 甲事。\n第二条 乙事。\n二、附则\n第三条 丙事。\n",
        ["一/第一条", "一/第二条", "二/第三条"],
    ),
    (
        "一、甲事。\n二、乙事。\n甲局\n2023年1月1日\n第一条 丙事。\n第二条 丁事。\n",
        ["一", "二", "第一条", "第二条"],
    ),
    # a box beside the text counts for itself
    (
        "(一)创造\n1.甲事。\n专栏1 某工程\n1.建库。\n2.建站。\n2.乙事。\n专栏2：某计划\n建网。\n(二)保护\n1.丙事。\n",
        ["(一)/1", "(一)/2", "(二)/1"],
    ),
    # three levels, each on its own line
    (
        "一、任务\n(一)保护\n1.甲事。\n2.乙事。\n(二)运用\n3.丙事。\n二、保障\n(一)组织。\n",
        ["一/(一)/1", "一/(一)/2", "一/(二)/3", "二/(一)"],
    ),
    # numbering that restarts under each heading
    (
        "一、任务\n1.甲事。\n2.乙事。\n二、保障\n1.丙事。\n2.丁事。\n",
        ["一/1", "一/2", "二/1", "二/2"],
    ),
    # numbering of (一) that runs on across 一、二、
    ("一、任务\n(一)甲事。\n二、保障\n(二)乙事。\n(三)丙事。\n", ["一/(一)", "二/(二)", "二/(三)"]),
    # no line breaks at all: headings glued to text and to each other
    (
        "如下意见。一、总体安排(一)抓保护。严格执法。(二)抓运用。促进转化。二、抓保障。加强领导。",
        ["一/(一)", "一/(二)", "二"],
    ),
    # only U+3000 as paragraph mark
    ("现通知如下：　　一、抓保护　　严格执法。　　二、抓运用　　促进转化。", ["一", "二"]),
    # top-level sections without children are the measures
    ("一、抓保护\n严格执法。\n二、抓运用\n促进转化。\n", ["一", "二"]),
    # inline enumerations make no measures
    ("一、抓保护。一是严格执法；二是宣传；——三是培训；①甲②乙。\n二、抓运用。\n", ["一", "二"]),
    # a list after a colon, closed by semicolons, is one sentence
    (
        "一、条件\n申报单位应当：\n1.依法设立；\n2.信用良好；\n3.材料齐全。\n二、程序。\n",
        ["一", "二"],
    ),
    # projects announced by a colon are items, and so is whatever somebody answers for
    (
        "一、计划\n(一)育人。实施如下重点项目：\n1.名师项目。培养名师。\n2.工匠项目。培养工匠。\n二、保障。\n",
        ["一/(一)/1", "一/(一)/2", "二"],
    ),
    (
        "一、分工如下：\n1.抓宣传；（甲局牵头，乙局配合）\n2.抓培训；（责任单位：丙局）\n二、保障。\n",
        ["一/1", "一/2", "二"],
    ),
    # items of an article are not items of the outline
    (
        "第一章 总则\n第一条 为了。\n第二条 分为：\n(一)甲；\n(二)乙。\n第二章 附则\n第三条 行。\n",
        ["第一章/第一条", "第一章/第二条", "第二章/第三条"],
    ),
    # a number lost in copying
    ("一、甲。\n二、乙。\n四、丁。\n", ["一", "二", "四"]),
    # and one between two sections of a numbering that runs on
    (
        "一、甲\n(一)子。\n(二)丑。\n二、乙\n(四)卯。\n(五)辰。\n",
        ["一/(一)", "一/(二)", "二/(四)", "二/(五)"],
    ),
    # an annex starts a tree of its own, and its list names none
    (
        "一、甲。\n二、乙。\n附件：1.甲\n  2.乙\n2024年3月1日\n附件1\n一、丙\n1.丁。\n2.戊。\n附件2\n",
        ["一", "二", "附件1/一/1", "附件1/一/2"],
    ),
    # a plan behind its covering notice, when both are numbered
    (
        "一、请落实。\n二、请上报。\n某市知识产权局\n2024年3月1日\n工作方案\n一、总任务\n(一)甲事。\n(二)乙事。\n二、保障。\n",
        ["一", "二", "附件/一/(一)", "附件/一/(二)", "附件/二"],
    ),
    # decimals
    (
        "1 总则\n1.1 目的\n为了。\n1.2 依据\n依法。\n2 职责\n2.1 领导\n负责。\n2.2 部门\n配合。\n",
        ["1/1.1", "1/1.2", "2/2.1", "2/2.2"],
    ),
    # items that follow a clause without a full stop, all in one line
    (
        "一、保护(一)执法。严查。责任部门:保护处、法规处(二)调解。化解。责任部门:保护处二、运用(三)转化。推进。",
        ["一/(一)", "一/(二)", "二/(三)"],
    ),
    (
        "一、甲（一）乙1．丙。做。（某局）2．丁。办。（某局）（二）戊3．己。行。",
        ["一/(一)/1", "一/(一)/2", "一/(二)/3"],
    ),
    # a list for each place, under its bare name
    (
        "甲市\n(一)保护\n1.执法。\n2.调解。\n(二)运用\n3.转化。\n乙市\n(一)创造\n1.培育。\n",
        ["(一)/1", "(一)/2", "(二)/3", "附件/(一)/1"],
    ),
    # figures at the start of a line are no headings
    ("一、目标\n2.5亿元的规模。\n二、任务。\n", ["一", "二"]),
    # references to items are none
    ("一、按照第一条和前款(一)的规定办理。\n二、见(二)所列。\n", ["一", "二"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_paths(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(一)加强保护。严格执法。", "加强保护"),
        ("(一)加强保护\n严格执法。", "加强保护"),
        ("1.修订《甲办法。试行》，完善制度。另行公布。", "修订《甲办法。试行》，完善制度"),
        ("第一章 总 则\n第一条 为了保护。", "总 则"),
        # a line break that became a space; two halves of one heading are no such thing
        ("一、暂停办理安排 单位和个人的参保登记业务，自本月起暂停。", "暂停办理安排"),
        ("一、加强领导 压实责任。各地要做好工作，抓好落实。", "加强领导 压实责任"),
        # headings that run into their text, known by their words
        ("一、组织保障各地要加强领导。", "组织保障"),
        ("一、工作目标用3年时间培育200家。", "工作目标"),
        ("一、明确总体要求坚持政府引导。", "明确总体要求"),
        ("一、目标任务全年新增专利100件。", "目标任务"),
        ("一、主要目标责任制考核办法。", "主要目标责任制考核办法"),
        ("一、推进强市建设一是制定计划。二是开展试点。", "推进强市建设"),
        ("一、落实统一是非标准，做到一是一。", "落实统一是非标准，做到一是一"),
        ("一、成员单位由市科技局、市教育局组成。", "成员单位"),
        ("一、组织领导干部学习法规。", "组织领导干部学习法规"),
    ],
)
def test_headings(text: str, expected: str) -> None:
    node = outline(text)[0]
    assert text[node.heading.start : node.heading.end] == expected


@pytest.mark.parametrize(
    "heading",
    [
        "总体要求",
        "指导思想",
        "基本原则",
        "工作目标",
        "主要目标",
        "总体要求和主要目标",
        "总 体 要 求",
    ],
)
def test_aims_are_told(heading: str) -> None:
    assert is_aims(heading)


@pytest.mark.parametrize(
    "heading", ["目标责任考核", "加强思想建设", "明确总体目标任务分工", "组织保障"]
)
def test_measures_are_no_aims(heading: str) -> None:
    assert not is_aims(heading)


def test_the_last_item_ends_before_the_closing_words() -> None:
    text = "一、甲。\n二、乙。\n三、丙。\n四、丁。\n各单位要高度重视。\n"
    text += "特此通知。\n某市政府\n2024年1月1日\n"
    last = leaves(outline(text))[-1]
    assert text[last.start : last.end].strip() == "四、丁。"


type Tree = list["Tree"]  # one entry for each item: the items below it

ROUND = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽"
STYLES: dict[str, Callable[[int], str]] = {
    "cn": lambda n: f"{chinese_number(n)}、",
    "cn_paren": lambda n: f"（{chinese_number(n)}）",
    "cn_paren_half": lambda n: f"({chinese_number(n)})",
    "cn_round": lambda n: ROUND[n - 1],
    "arabic": lambda n: f"{n}.",
    "arabic_full": lambda n: f"{n}．",
    "arabic_comma": lambda n: f"{n}、",
    "arabic_paren": lambda n: f"（{n}）",
    "arabic_paren_half": lambda n: f"({n})",
    "arabic_bracketed": lambda n: BRACKETED[n - 1],
}
# Which styles stand at which depth: a notice takes one of each row, and may leave rows out.
LEVELS = (
    ("cn",),
    ("cn_paren", "cn_paren_half", "cn_round"),
    ("arabic", "arabic_full", "arabic_comma"),
    ("arabic_paren", "arabic_paren_half", "arabic_bracketed"),
)
TREES: st.SearchStrategy[Tree] = st.lists(
    st.lists(st.lists(st.lists(st.just([]), max_size=3), max_size=3), max_size=4),
    min_size=1,
    max_size=5,
)
NOISE = st.sampled_from(["欢迎访问某网!\n", "首页 > 正文\n", "\n\n\u3000\u3000\n", "打印 关闭\n"])


@st.composite
def styles(draw: st.DrawFn) -> list[str]:
    """Draw a style for each depth, in the order in which notices use them."""
    chosen = [draw(st.sampled_from(level)) for level in LEVELS]
    left_out = draw(st.sampled_from([None, 1, 2]))
    return [style for depth, style in enumerate(chosen) if depth != left_out]


def render(tree: Tree, names: list[str], gap: str = "。") -> str:
    """Write a tree as a notice does, one item a line; what is deeper than the styles is left out."""
    if not names:
        return ""
    lines = []
    for number, below in enumerate(tree, 1):
        lines.append(f"{STYLES[names[0]](number)}推进甲类工作{gap}")
        lines.append(render(below, names[1:], gap))
    return "\n".join(line for line in lines if line)


def cut(tree: Tree, depth: int) -> Tree:
    return [cut(below, depth - 1) for below in tree] if depth else []


def shape(text: str) -> Tree:
    def below(nodes: Sequence[OutlineNode]) -> Tree:
        return [below(node.children) for node in nodes]

    return below(outline(text))


@settings(max_examples=150, deadline=None)
@given(TREES, styles())
def test_numbering_in_any_style_is_read_back_as_the_same_tree(tree: Tree, names: list[str]) -> None:
    assert shape(render(tree, names)) == cut(tree, len(names))


@settings(max_examples=60, deadline=None)
@given(TREES, styles(), NOISE)
def test_noise_lines_before_and_after_change_no_path(
    tree: Tree, names: list[str], noise: str
) -> None:
    text = render(tree, names) + "\n"
    assert paths(noise + text + noise) == paths(text)


@settings(max_examples=60, deadline=None)
@given(TREES, styles())
def test_full_width_and_half_width_give_the_same_outline(tree: Tree, names: list[str]) -> None:
    text = render(tree, names, "：各地要抓好落实；加强宣传，务求实效。")
    narrow = text.translate(str.maketrans("（）：；，．", "():;,."))
    assert paths(text) == paths(narrow)


@settings(max_examples=60, deadline=None)
@given(TREES, styles())
def test_a_line_break_after_a_heading_changes_no_path(tree: Tree, names: list[str]) -> None:
    glued = render(tree, names, "。各地要抓好落实。")
    assert paths(render(tree, names, "\n各地要抓好落实。")) == paths(glued)


@settings(max_examples=60, deadline=None)
@given(TREES, styles())
def test_newlines_and_ideographic_spaces_mark_the_same_paragraphs(
    tree: Tree, names: list[str]
) -> None:
    text = render(tree, names)
    assert paths(text) == paths(text.replace("\n", "\u3000\u3000"))


@settings(max_examples=60, deadline=None)
@given(TREES, styles())
def test_a_notice_in_one_line_has_the_same_outline(tree: Tree, names: list[str]) -> None:
    text = render(tree, names, "。各地要抓好落实。")
    assert paths(text) == paths(text.replace("\n", ""))


def test_a_number_may_bear_a_star() -> None:
    text = "一、优化环境\n（一）企业开办。\n1*.开展改革。\n2* .开展登记。\n3.推进评估。\n"
    paths = [item.node.path for item in analyse_text(text).items if item.is_measure]
    assert paths == ["一/(一)/1", "一/(一)/2", "一/(一)/3"]


def test_a_box_is_no_part_of_the_item_above_it() -> None:
    text = "一、创造\n建设中心。\n【专栏1】某工程\n1.建库。\n二、保护\n加强执法。\n"
    first, _ = leaves(outline(text))
    assert text[first.start : first.end].strip() == "一、创造\n建设中心。"


def test_a_label_before_a_heading_is_no_part_of_it() -> None:
    text = "一、重点任务：建设平台。\n责任单位：甲局\n二、加强领导：抓好落实。\n"
    first, second = leaves(outline(text))
    headings = [text[n.heading.start : n.heading.end] for n in (first, second)]
    assert headings == ["建设平台", "加强领导"]


def test_names_in_a_bracket_of_their_own_are_part_of_the_last_item() -> None:
    items = "".join(f"（{n}）甲事。做好。（市科技局）\n" for n in "一二三四")
    last = leaves(outline(f"一、任务\n{items}（五）乙事。做好。\n（市教育局，各区政府）\n"))[-1]
    assert last.end > len(items)


def test_a_heading_ends_before_a_circled_number() -> None:
    text = "某方案一、完善网络 ①设立委员会。②建立库。二、加强领导。抓好落实。"
    first, _ = leaves(outline(text))
    assert text[first.heading.start : first.heading.end] == "完善网络"


def test_a_short_table_of_contents_with_pages_is_no_outline() -> None:
    text = (
        "某市行动方案\n目录\n一、目标\t1\n二、任务\t2\n三、保障\t3\n为做好工作，制定本方案。\n"
        "一、目标\n到2025年建成强市。\n二、任务\n（一）培育专利。支持企业创新。\n三、保障\n加强领导。\n"
    )
    contents = read_contents(text)
    assert contents is not None
    assert (
        text[contents.span.start : contents.span.end]
        == "目录\n一、目标\t1\n二、任务\t2\n三、保障\t3"
    )
    assert contents.headings == {"目标", "任务", "保障"}
