"""Figures to be reached, and the figures that are none."""

import pytest

from kg.types import Span
from loaders.targets import TargetMention, detect_targets
from loaders.types import Context


def _detect(text: str, issued_on: str | None = "2023-03-01") -> list[TargetMention]:
    return detect_targets(text, [Span(0, len(text))], Context("370000", issued_on=issued_on))


def _rows(text: str) -> list[str]:
    return [
        f"{found.metric}|{found.comparator}|{found.value:g}|{found.unit}" for found in _detect(text)
    ]


TARGETS = [
    ("招收知识产权方向研究生200名", ["知识产权方向研究生|=|200|名"]),
    (
        "综合水平全国排名提升2位，研发人员达到35人年，推进6个市级专利导航项目建设",
        ["综合水平全国排名|up=|2|位", "研发人员|=|35|人年", "市级专利导航项目建设|=|6|个"],
    ),
    ("质押登记额争取在2022年3亿元基础上增长20%", ["质押登记额|up=|20|%"]),
    ("每万人口发明专利拥有量达到9件。", ["每万人口发明专利拥有量|=|9|件"]),
    ("每万人口发明专利拥有量达到９件。", ["每万人口发明专利拥有量|=|9|件"]),  # full-width
    ("质押登记金额突破30亿元", ["质押登记金额|>=|30|亿元"]),
    ("商标有效注册量年均增长8%以上", ["商标有效注册量|up>=|8|%"]),
    ("商标有效注册量年均增长８％以上", ["商标有效注册量|up>=|8|%"]),
    ("单位产值能耗下降百分之十二", ["单位产值能耗|down=|12|%"]),
    ("结案率不低于95%,力争达到98%", ["结案率|=|98|%"]),  # a bare limit needs a sign of a goal
    ("确保结案率不低于95%", ["结案率|>=|95|%"]),
    ("确保平均用时不超过20天", ["平均用时|<=|20|天"]),
    ("认知度达到80%左右", ["认知度|about|80|%"]),
    ("拥有量进入全国前10%", ["拥有量|<=|10|%"]),
    ("占比提高3个百分点", ["占比|up=|3|个百分点"]),
    ("建成6个公共服务网点", ["公共服务网点|=|6|个"]),
    ("聘任调解员30名,走进园区20个", ["调解员|=|30|名", "园区|=|20|个"]),
    ("不良率控制在2%以内", ["不良率|<=|2|%"]),
    ("检查企业不少于60家次,申请植物新品种权20件", ["企业|>=|60|家次", "植物新品种权|=|20|件"]),
    ("调解纠纷不少于20起", ["纠纷|>=|20|起"]),
    ("查办案件不少于10件,扩大授权企业至50家", ["案件|>=|10|件", "授权企业|=|50|家"]),
    ("建成公共服务网点6个", ["公共服务网点|=|6|个"]),
    ("培育示范企业20家、示范园区3个", ["示范企业|=|20|家", "示范园区|=|3|个"]),
    ("建成7个导航基地和2个分中心", ["导航基地|=|7|个", "分中心|=|2|个"]),
    ("培育10家左右的骨干机构", ["骨干机构|about|10|家"]),
    ("新增CDO建设试点企业30家", ["CDO建设试点企业|=|30|家"]),
    ("培养20名法院、检察院、公安系统法治人才", ["公安系统法治人才|=|20|名"]),
    ("选拔10名“金匠人才工程”后备人才", ["“金匠人才工程”后备人才|=|10|名"]),
    ("5年内直接服务“千人计划”等各类人才2000名", ["“千人计划”等各类人才|=|2000|名"]),
    ("引进两家评估机构,新建十个工作站", ["评估机构|=|2|家", "工作站|=|10|个"]),
    ("力争新增3-5家高水平机构", ["高水平机构|>=|3|家"]),  # a range counts from its lower end
    ("每年组织不少于4场对接会", ["对接会|>=|4|场"]),
    ("开展培训2000人次以上", ["培训|>=|2000|人次"]),
    ("力争2个工作日完成审核", ["完成审核|=|2|个工作日"]),
    ("将办理时限由9个工作日压缩至4个工作日", ["办理时限|=|4|个工作日"]),
    ("合格率、满意率分别提高到90%、85%以上", ["合格率|=|90|%", "满意率|>=|85|%"]),
    ("国家和市级示范社分别达到400家、1800家", ["国家示范社|=|400|家", "市级示范社|=|1800|家"]),
    ("专利、商标授权量分别增长10%和8%", ["专利授权量|up=|10|%", "商标授权量|up=|8|%"]),
    ("实现200户或500人以上的居民点设施全覆盖", []),
    (
        "新建“四好农村路”12公里，新建或改扩建供水工程30处",
        ["“四好农村路”|=|12|公里", "供水工程|=|30|处"],
    ),
    ("产值增长6%以上、占全市比重提高到40%", ["产值|up>=|6|%", "产值占全市比重|=|40|%"]),
    ("出口额较2020年翻一番", ["出口额|up=|1|番"]),
    ("发展指数达到65", ["发展指数|=|65|"]),
    ("引导各县至少对接3家担保公司", ["担保公司|>=|3|家"]),
    ("推动800项以上专利实现许可", ["专利实现许可|>=|800|项"]),
    ("促成技术合作120项", ["技术合作|=|120|项"]),
    ("编制导航报告4份,绘制产业图谱6幅", ["导航报告|=|4|份", "产业图谱|=|6|幅"]),
    ("新设立维权工作站9个", ["维权工作站|=|9|个"]),
    ("发明专利许可备案700次以上", ["发明专利许可备案|>=|700|次"]),  # counted acts
    ("新增注册商标500件,同比增长8%", ["注册商标|=|500|件", "新增注册商标|up=|8|%"]),
    ("设立担保基金2只,规模合计不低于3亿元", ["担保基金|=|2|只", "规模|>=|3|亿元"]),
    ("2023年商标质押额不低于6亿元", ["商标质押额|>=|6|亿元"]),
    (
        "力争贯标企业达到90家,用标企业120家以上.建成服务站12个.",  # points end sentences
        ["贯标企业|=|90|家", "用标企业|>=|120|家", "服务站|=|12|个"],
    ),
    ("| 扩大规模 | 质押融资额达到7亿元 | 市财政局 |", ["质押融资额|=|7|亿元"]),  # a cell
]


@pytest.mark.parametrize(("text", "rows"), TARGETS)
def test_targets(text: str, rows: list[str]) -> None:
    assert _rows(text) == rows


NO_TARGETS = [
    "对获奖单位给予10万元奖励",  # a grant
    "去年进出口总值5亿元。同比增长8%。",  # a report, not the end of an aim
    "核定事业编制12名",
    "按实际投入的30%给予补助,最高不超过50万元",
    "按建筑面积的20%计入",  # a rule
    "资产负债率不得超过60%",
    "申报主体注册资本不低于500万元",
    "营业收入超过5亿元的企业优先支持",  # a condition
    "依托22个产业集群开展工作",  # what exists
    "现有示范企业4家",
    "已建成服务站12个",
    "自受理之日起20个工作日内作出决定",  # procedure
    "2020年全市授权专利1.2万件",  # the past
    "专利授权量同比增长20%",
    "落实省发〔2021〕3号文件第二十五条",  # numbers of documents and articles
    "形成一批典型经验,打造一个平台,建立两项制度",  # articles, not figures
    "解决关键零部件“卡脖子”问题",  # 零 is no nought here
    "协调推进“四个全面”战略布局",
    "从2021年3月5日起施行",
    "经三分之二以上成员同意",
    "不得将资助与申请数量挂钩",
]


@pytest.mark.parametrize("text", NO_TARGETS)
def test_not_targets(text: str) -> None:
    assert _rows(text) == []


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("到2025年,建成6个网点", "2025"),  # in the precision stated
        ("2025年底前,建成6个网点", "2025-12-31"),
        ("全年新增机构3家", "2023"),
        ("主要目标。到2027年,实现以下目标:建成6个网点。", "2027"),
        ("能耗较“十三五”末下降6%", None),  # a baseline is no horizon
        ("力争3年内培育10家企业", None),
        ("建成6个网点", None),
    ],
)
def test_horizon(text: str, by: str | None) -> None:
    (target,) = _detect(text)
    assert target.by == by


def test_a_passage_that_looks_back_sets_nothing() -> None:
    text = "“十二五”期间,工作取得显著成效,专利拥有量达到3万件,建成网点12个。"
    assert _detect(text, "2016-01-05") == []


def test_evidence_is_the_clause() -> None:
    text = "强化供给。 到2025年,建成6个网点,覆盖全市。"
    (target,) = _detect(text)
    assert text[target.span.start : target.span.end] == "建成6个网点"


def test_regions_keep_their_offsets_and_repeat_nothing() -> None:
    text = "建成6个网点。〔某局负责〕建成6个网点。"
    regions = [Span(0, 7), Span(13, len(text))]
    targets = detect_targets(text, regions, Context("370000"))
    assert [(found.value, found.span) for found in targets] == [(6.0, Span(0, 6))]


@pytest.mark.parametrize(
    "unit", ["1", "、", "1、", "到2025年达到20家。", "一", "1-", "1,111", "达到", "6月", " "]
)
def test_hostile_text_is_read(unit: str) -> None:
    text = unit * (64_000 // len(unit))
    for target in _detect(text):
        assert text[target.span.start : target.span.end]


def test_a_figure_reached_before_the_notice_is_no_target() -> None:
    found = _detect("截至2022年底，有效发明专利达到43万件。到2025年，有效发明专利达到60万件。")
    assert [target.value for target in found] == [60]


def test_a_share_after_a_goal_of_the_same_sentence_is_a_target() -> None:
    assert _rows("案件结案率达到95%以上，纠纷调解成功率不低于60%。") == [
        "案件结案率|>=|95|%",
        "纠纷调解成功率|>=|60|%",
    ]
