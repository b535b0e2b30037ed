"""Which policy instruments a measure deploys, and which it merely names."""

import pytest

from kg.instruments import CLASSES, load_cues, load_instruments
from kg.types import Span
from loaders.instruments import InstrumentUse, detect_instruments, is_of_property
from loaders.types import EntityMention


def _detect(title: str, body: str = "") -> list[InstrumentUse]:
    text = f"{title}。{body}"
    heading = Span(0, len(title))
    return detect_instruments(text, heading, [heading, Span(len(title), len(text))])


def _ids(title: str, body: str = "") -> set[str]:
    return {use.instrument for use in _detect(title, body)}


# One measure for each instrument, in the words of no particular notice.
DEPLOYED = [
    ("talent", "壮大专业力量", "引进知识产权高层次人才,开设专业学位课程。"),
    ("funding", "加大投入", "市级专项资金对获证单位给予补助。"),
    ("information_service", "开放数据", "建设重点产业专题数据库,推动基础数据开放共享。"),
    ("platform_infrastructure", "夯实数字底座", "搭建一体化知识产权交易平台。"),
    ("public_service", "织密服务网络", "新设技术与创新支持中心,公布公共服务事项清单。"),
    ("service_industry", "做强服务机构", "培育知识产权品牌服务机构。"),
    ("patent_navigation", "开展专利导航", "面向氢能产业发布导航成果。"),
    ("high_value_patent", "培育高价值专利", "推行专利申请前评估。"),
    ("research_cooperation", "推进产学研合作", "组建创新联合体开展联合攻关。"),
    ("pilot_demonstration", "深化试点示范", "创建知识产权示范园区。"),
    ("goal_planning", "加强规划引领", "编制知识产权五年规划。"),
    ("legislation", "健全法规", "推动地方立法,修订专利促进办法。"),
    ("administrative_enforcement", "严格行政执法", "严厉打击侵权假冒行为。"),
    ("judicial_coordination", "衔接司法", "完善案件移送和行刑衔接机制。"),
    ("administrative_adjudication", "推行行政裁决", "规范专利侵权纠纷行政裁决程序。"),
    ("mediation", "化解纠纷", "成立知识产权人民调解委员会。"),
    ("rapid_protection", "提速保护", "建设知识产权保护中心,开展专利预审。"),
    ("rights_assistance", "开展维权援助", "畅通举报投诉渠道。"),
    ("overseas_protection", "应对海外纠纷", "设立海外知识产权纠纷应对指导站。"),
    ("credit_supervision", "推进信用监管", "对严重失信主体实施联合惩戒。"),
    ("filing_regulation", "规范申请行为", "排查非正常专利申请,整治无资质代理。"),
    ("pledge_financing", "扩大质押融资", "推动专利权质押贷款增量扩面。"),
    ("risk_compensation", "分担风险", "设立风险补偿资金池。"),
    ("ip_insurance", "推广知识产权保险", "支持开发专利保险产品。"),
    ("securitisation", "探索知识产权证券化", "鼓励以专利作价入股。"),
    ("ip_fund", "用好基金", "设立知识产权运营基金。"),
    ("valuation", "规范价值评估", "发展专业评估机构。"),
    ("reward", "设立专利奖", "对有功单位予以表彰。"),
    ("benefit_distribution", "深化权益分配改革", "落实职务发明收益分配。"),
    ("procedural_facilitation", "优化审批", "开通绿色通道,推行告知承诺。"),
    ("coordination", "加强组织领导", "健全联席会议制度,强化部门联动。"),
    ("evaluation", "强化督查考核", "定期开展绩效评价。"),
    ("enterprise_management", "推进企业贯标", "开展知识产权托管服务。"),
    ("publicity", "加强宣传", "办好宣传周活动,发布典型案例。"),
    ("technology_transfer", "促进专利转化", "组织供需对接,盘活存量专利。"),
    ("open_licence", "推行专利开放许可", "引导高校参与先使用后付费。"),
    ("patent_pool", "组建专利池", "发展产业知识产权联盟。"),
    ("patent_intensive_product", "壮大专利密集型产业", "开展密集型产品备案认定。"),
    ("trademark_brand", "实施商标品牌战略", "建设商标品牌指导站。"),
    ("geographical_indication", "用好地理标志", "支持地理标志产品提质。"),
    ("trade_fair", "办好展会", "举办产品博览会和直播推介。"),
    ("administrative_enforcement", "加强版权工作", "组织“剑网”“春雷行动”等行动。"),
    ("securitisation", "拓宽渠道", "发行知识产权资产支持证券。"),
    ("funding", "资助申请", "对新获授权的，每件资助3000元。"),
    ("judicial_coordination", "打击犯罪", "情节严重的移送公安机关。"),
    ("research_cooperation", "联合攻关", "支持企业联合高校攻关关键技术。"),
    ("administrative_enforcement", "规范采购", "对侵权产品零容忍。"),
    ("talent", "提升代理能力", "加强专利代理师培养。"),
    ("trade_fair", "打响品牌", "在外地开设展示店。"),
    ("talent", "交流互鉴", "选送业务骨干跟班学习。"),
    ("funding", "发放创新券", "支持企业购买服务。"),
    ("overseas_protection", "护航出海", "帮助企业应对“337调查”。"),
    ("procedural_facilitation", "提高效率", "减少申报材料。"),
    ("international", "扩大开放", "扩大知识产权使用费进出口规模。"),
    ("administrative_enforcement", "净化市场", "处置网上侵权链接。"),
    ("filing_regulation", "整治乱象", "对代理机构开展抽查，打击“黑代理”。"),
    ("rapid_protection", "完善机构", "建好中国（甲）、中国（乙）知识产权保护中心。"),
    ("pilot_demonstration", "保护民间文艺", "支持某州建设民间文艺版权保护试点。"),
    ("platform_infrastructure", "数字赋能", "建设知识产权数字化监管系统。"),
    ("enterprise_management", "管好科研项目", "推行知识产权全流程管理。"),
    ("international", "深化国际合作", "拓展知识产权贸易。"),
    ("international", "走向海外", "推动产品加入中欧地理标志互认互保。"),
    ("international", "深化合作", "开展粤港知识产权合作。"),
    ("judicial_coordination", "明确分工", "知识产权检察办公室负责联络。"),
    ("public_service", "服务企业", "为创新主体提供优质的政府公共服务。"),
    ("pledge_financing", "金融支农", "推出地理标志信贷产品。"),
    ("rapid_protection", "强化保护", "成立数字产业知识产权保护中心。"),
    ("rapid_protection", "强化服务", "建成中国（甲）知识产权保护中心，服务企业。"),
    ("pilot_demonstration", "盘活专利", "以甲大学作为试点单位，率先开展分级。"),
    ("trademark_brand", "打响公共品牌", "唱响特色产品。"),
    ("enterprise_management", "引导企业", "支持企业贯彻国家标准。"),
    ("evaluation", "跟踪实施", "开展年度监测。"),
    ("publicity", "办好论坛", "举办版权保护主题活动。"),
    ("talent", "壮大队伍", "启动版权师培养计划。"),
    ("judicial_coordination", "做好衔接", "健全与公安部门的案件查办衔接机制。"),
    ("rapid_protection", "提高效率", "构建侵权纠纷快速处理渠道。"),
    ("platform_infrastructure", "智能监管", "建设侵权假冒线索智能检测系统。"),
    ("rights_assistance", "社会共治", "建立健全志愿者制度。"),
    ("filing_regulation", "行业自律", "引导代理行业加强自律自治。"),
    ("publicity", "走向海外", "开展知识产权保护成就巡展。"),
    ("securitisation", "拓宽渠道", "推动企业进入区域性股权市场。"),
    ("coordination", "加强组织", "建立品牌工作领导机构。"),
    ("evaluation", "摸清底数", "启动服务业统计工作。"),
    ("funding", "落实政策", "对获授权的采取补助形式支持。"),
    ("talent", "建强队伍", "加强队伍专业化建设。"),
    ("research_cooperation", "院地合作", "加强与研究院的科技合作。"),
]


@pytest.mark.parametrize(("instrument", "title", "body"), DEPLOYED)
def test_each_instrument_is_found(instrument: str, title: str, body: str) -> None:
    assert instrument in _ids(title, body)


def test_every_instrument_of_the_taxonomy_has_a_case_and_cues() -> None:
    ids = {instrument.id for instrument in load_instruments()}
    assert {instrument for instrument, _, _ in DEPLOYED} == ids
    assert set(load_cues().instruments) == ids
    assert all(entry.strong for entry in load_cues().instruments.values())


IN_PASSING = [
    ("service_industry", "打响商标", "打造服务业商标新亮点。"),
    ("trade_fair", "发展服务", "着力发展会展、物流。"),
    ("platform_infrastructure", "加强监管", "强化网络交易平台监管。"),
    ("coordination", "做好衔接", "落实案件移送、信息通报制度。"),
    ("international", "防控风险", "建设知识产权涉外风险防控体系。"),
    ("technology_transfer", "加强领导", "加强对专利转化运用工作的领导。"),
    ("information_service", "清理网站", "停止侵权信息传播。"),
    ("rights_assistance", "优化确权维权衔接", "做好衔接。"),
    ("legislation", "打击假冒", "强化打击侵权假冒犯罪制度建设。"),
    ("goal_planning", "培育名牌", "实施名牌和标准化战略。"),
    ("legislation", "健全机构", "完善规章制度和自律机制。"),
    ("filing_regulation", "修订规章", "推进修订《甲法》《关于规范专利申请行为的规定》。"),
    ("coordination", "建设中心", "与某大学合作共建技术转移中心。"),
    ("international", "产学研合作", "扩大产学研开放合作。"),
    ("talent", "走访企业", "加强政企常态化双向交流。"),
    ("goal_planning", "压实责任", "明确任务分工,指导某县制定试点方案。"),
    ("goal_planning", "培育产业", "选择符合《某省制造业行动纲要》的产业。"),
    ("evaluation", "建好示范区", "确保通过三年建设验收。"),
    ("technology_transfer", "布局专利", "构建产业化导向的专利组合。"),
    ("technology_transfer", "引育英才", "举办人才供需对接活动。"),
    ("benefit_distribution", "培育商标", "建立商标品牌培育激励机制。"),
    ("platform_infrastructure", "鼓励研发", "支持企业设立技术研发中心。"),
    ("pilot_demonstration", "办好宣传周", "邀请代表走进知识产权优势企业。"),
    ("administrative_enforcement", "衔接司法", "实现行政处罚和刑事处罚无缝对接。"),
    ("coordination", "评选先进", "对推进协作机制的集体进行表扬。"),
    ("funding", "引进机构", "给予50万元落户奖励。"),
    ("enterprise_management", "参与制定国际标准", "支持企业牵头或参与制定国际标准。"),
    ("coordination", "建好机构", "建好贸促会商事法律服务中心。"),  # 会商
    ("reward", "惩戒失信", "取消市场评优资格。"),
    ("technology_transfer", "创新保险", "推出专利许可信用保险。"),
    ("rapid_protection", "推进调解", "委托中国（甲）知识产权保护中心开展调解。"),
    ("high_value_patent", "严格执法", "查处侵犯植物新品种权案件。"),
    ("reward", "惩戒失信", "取消奖励资格。"),
    ("evaluation", "支持培育", "验收合格给予补助。"),
    ("trade_fair", "规范办展", "展会主办方设立投诉站。"),
    ("trademark_brand", "组织参加展会，扩大品牌影响", "做好服务。"),  # no heading, a sentence
    ("mediation", "纾困解难", "化解企业融资难题。"),
    ("goal_planning", "拓展市场", "制定品牌推广方案。"),
    ("rapid_protection", "办好培训", "依托保护中心开展培训。"),
    ("trade_fair", "压实责任", "加强电商平台监管。"),
    ("filing_regulation", "优化供给", "优化商标代理服务。"),
    ("information_service", "促进融合", "推进信息化与工业化深度融合。"),
    ("pilot_demonstration", "增强企业意识", "增强市场主体活力,加强县域合作。"),  # 强企, 强市, 强县
    ("legislation", "提供法律服务", "建立法律援助渠道,设立法庭巡回点。"),  # 立法
    ("coordination", "评好专利奖", "按照全省部署做好评选。"),  # 省部
    ("coordination", "推进工程", "组织实施地理标志保护工程。"),
    ("public_service", "扩大贸易", "推动知识产权服务进出口规模增长。"),  # 服务进
    ("talent", "优化供给", "提供知识产权专业化服务。"),
    ("enterprise_management", "健全法规", "完善知识产权制度,制定实施细则。"),
    ("administrative_enforcement", "做好登记", "市场监管部门负责质押登记服务。"),  # an office
    ("administrative_enforcement", "引进英才", "落实昆仑英才行动。"),
    ("open_licence", "辅导企业", "组织专家一对多辅导企业。"),
    ("technology_transfer", "建设园区", "盘活闲置土地建设园区。"),
    ("evaluation", "办好培训", "经考核合格的发给证书。"),
    ("high_value_patent", "依法裁决", "依法处理发明专利侵权纠纷。"),
    ("trade_fair", "加强展会知识产权保护", "在展会现场设立投诉站。"),
    ("ip_insurance", "丰富金融产品", "支持银行保险机构开发质押产品。"),
    ("funding", "奖励获奖单位", "分别给予100万元、50万元、20万元一次性奖励。"),
    ("enterprise_management", "推进改革", "开展知识产权制度创新。"),  # a reform, no firm's rules
    ("international", "参加展会", "组织参加国际发明展。"),  # the fair's name
    ("information_service", "做好报送", "按月做好信息报送。"),  # a report on progress
    ("procedural_facilitation", "管好项目", "将管理贯穿科研项目全流程管理。"),
    ("legislation", "设立机构", "支持独立法人单位入驻。"),  # 立法 in 独立法人
    ("mediation", "做好应急", "协调处置突发事件。"),
    ("goal_planning", "加强教育", "将知识产权纳入普法规划。"),
    ("funding", "深化商标改革", "不得将资助与商标注册数量挂钩。"),  # forbidden
    ("technology_transfer", "严把质量关", "以专利转化为导向完善专利导航。"),  # an attribute
    ("platform_infrastructure", "开展专利导航", "依托省公共服务平台发布专利导航报告。"),  # a means
    ("talent", "设立运营基金", "用于专业机构和人才队伍建设。"),  # an occasion
    ("trade_fair", "开展专利导航", "结合各类博览会开展专利导航。"),
    ("patent_pool", "建设维权援助站", "在商会设立维权援助站。"),
    ("rapid_protection", "培育保险市场", "推出涉及快速维权等费用的知识产权保险。"),
    ("ip_fund", "完善补偿机制", "用好风险补偿基金。"),  # that is risk compensation
    ("platform_infrastructure", "加强快速保护", "建设知识产权保护中心。"),
    ("judicial_coordination", "推广人民调解", "对调解协议开展司法确认。"),
    ("trademark_brand", "严格考核", "各旗县要将商标品牌发展纳入年度考核。"),  # moved into a plan
    ("talent", "设立运营基金", "基金收益用于开展贯标和人才培养等工作。"),  # a purpose
    ("geographical_indication", "加强领导", "成立地理标志保护工作专班。"),  # a body for it
    ("geographical_indication", "完善法规", "加快地理标志保护立法进程。"),
    ("legislation", "严守纪律", "严格贯彻执行《某省财政资金管理办法》。"),
    ("mediation", "用好新规", "实施好《某省专利纠纷调解办法》。"),
    ("trademark_brand", "完善法规", "推动《某省商标促进条例》修订。"),
    ("funding", "奖励获奖单位", "对获得金奖的,给予30万元奖励。"),
    ("coordination", "办好展会", "办好大会商标品牌展。"),  # 会商 in 大会商标
    ("platform_infrastructure", "培育高价值专利", "建设高价值专利培育布局中心。"),
]


@pytest.mark.parametrize(("instrument", "title", "body"), IN_PASSING)
def test_naming_in_passing_is_no_deployment(instrument: str, title: str, body: str) -> None:
    assert instrument not in _ids(title, body)


# Words inside the names of bodies, systems and places tell little, unless these are built.
NAMED = [
    ("international", "Program", "江城国际茶叶博览会", "组织参加{}。", False),
    ("trade_fair", "Program", "江城国际茶叶博览会", "组织参加{}。", True),
    ("geographical_indication", "Program", "江城地理标志提升工程", "实施{}。", True),
    ("platform_infrastructure", "Institution", "江城知识产权交易中心", "依托{}发行产品。", False),
    ("platform_infrastructure", "Institution", "江城知识产权交易中心", "高标准建设{}。", True),
    ("platform_infrastructure", "Institution", "江城知识产权交易中心", "推进{}建设。", True),
    ("mediation", "Institution", "某组织仲裁与调解中心", "支持{}办会。", False),
    ("enterprise_management", "Institution", "江城股权托管登记所", "引导{}办会。", False),
    ("rapid_protection", "Institution", "江城知识产权保护中心", "发挥{}作用。", True),
    ("credit_supervision", "Platform", "企业信用信息公示系统", "运用{}比对线索。", False),
    ("service_industry", "Place", "江海服务业合作区", "推动{}参会。", False),
]


@pytest.mark.parametrize(("instrument", "label", "name", "form", "counts"), NAMED)
def test_words_in_names(instrument: str, label: str, name: str, form: str, counts: bool) -> None:
    text = "统筹谋划。" + form.format(name) + "加强统筹协调。"
    at = text.index(name)
    named = EntityMention(label, name, Span(at, at + len(name)), False, "test", 1.0)
    uses = detect_instruments(text, Span(0, 4), [Span(0, len(text))], [named])
    assert (instrument in {use.instrument for use in uses}) is counts


@pytest.mark.parametrize(
    ("names", "kind", "is_about"),
    [
        (["甲山茶", "乙河米"], "geographical_indication", True),
        (["甲山茶"], "geographical_indication", False),  # an example of a brand
        (["甲城服装", "乙城家具"], "regional_brand", False),
    ],
)
def test_several_indications_make_a_matter_of_brands_one_of_them(
    names: list[str], kind: str, is_about: bool
) -> None:
    text = f"打造特色品牌。支持{'、'.join(names)}做大做强。"
    products = [
        EntityMention(
            *("Product", name, Span(text.index(name), text.index(name) + 3), True, "test", 1.0),
            properties={"kind": kind},
        )
        for name in names
    ]
    uses = detect_instruments(text, Span(0, 6), [Span(0, len(text))], products)
    found = {use.instrument for use in uses}
    assert "trademark_brand" in found
    assert ("geographical_indication" in found) is is_about


def test_a_measure_deploys_several() -> None:
    body = "扩大专利质押融资规模,设立风险补偿资金,开发专利保险产品,对质押贷款给予贴息。"
    assert {"pledge_financing", "risk_compensation", "ip_insurance", "funding"} <= _ids(
        "丰富金融供给", body
    )


def test_measures_on_other_subjects_get_generic_instruments() -> None:
    assert "coordination" in _ids("加强组织领导", "成立工作领导小组,统筹推进垃圾分类。")
    assert "talent" in _ids("建设养老护理员队伍", "开展护理员职业培训。")
    assert "evaluation" in _ids("严格考核", "将河道保洁纳入年度考核。")


def test_fallback_is_marked_and_less_certain() -> None:
    (use,) = _detect("做好衔接", "统筹推进有关事项。")
    assert use.method.startswith("cue-fallback:")
    assert use.confidence < 0.65


def test_text_without_cues_deploys_nothing() -> None:
    assert _detect("甲乙丙丁", "子丑寅卯。") == []


def test_evidence_quotes_the_clause_and_names_the_cue() -> None:
    text = "拓宽渠道。完善机制, 扩大专利权质押融资规模,服务企业。"
    uses = detect_instruments(text, Span(0, 4), [Span(0, len(text))])
    (use,) = [use for use in uses if use.instrument == "pledge_financing"]
    assert text[use.span.start : use.span.end] == "扩大专利权质押融资规模"
    assert use.method.removeprefix("cue:") in text[use.span.start : use.span.end]
    assert 0 < use.confidence <= 1


def test_text_outside_the_regions_is_not_read() -> None:
    text = "加强宣传。〔责任单位:质押融资服务处〕"
    uses = detect_instruments(text, Span(0, 4), [Span(0, 4)])
    assert [use.instrument for use in uses] == ["publicity"]


def test_full_width_punctuation_makes_no_difference() -> None:
    half = "推广开放许可,设立绿色通道,依托平台:培训人员。"
    full = half.replace(",", "，").replace(":", "：")
    assert _ids("优化服务", half) == _ids("优化服务", full)


def test_a_point_ends_a_sentence_where_punctuation_is_narrow() -> None:
    wide = "依托服务平台开展培训。对展会加强执法。"
    assert _ids("优化服务", wide) == _ids("优化服务", wide.replace("。", "."))


def test_order_is_that_of_the_taxonomy() -> None:
    order = [instrument.id for instrument in load_instruments()]
    found = [
        use.instrument for use in _detect("加强宣传", "设立专利奖,开展专利导航,表彰先进集体。")
    ]
    assert found == sorted(found, key=order.index)
    assert len(found) == len(set(found))


def test_taxonomy() -> None:
    instruments = load_instruments()
    assert len(instruments) == 42
    assert {instrument.class_ for instrument in instruments} == set(CLASSES)
    for instrument in instruments:
        assert all((instrument.id, instrument.category, instrument.name_zh, instrument.name_en))
        assert instrument.scope


def test_a_cue_stands_in_one_tier_only() -> None:
    for name, entry in load_cues().instruments.items():
        phrases = [*entry.strong, *entry.plain, *entry.faint, *entry.mask]
        twice = sorted({phrase for phrase in phrases if phrases.count(phrase) > 1})
        assert not twice, (name, twice)


@pytest.mark.parametrize(
    "unit", ["1、", "质押融资", "建设", "以为", "等", "专利,", "推进知识产权保护。", "为提供", "《"]
)
def test_hostile_text_is_read(unit: str) -> None:
    text = unit * (64_000 // len(unit))
    for use in detect_instruments(text, Span(0, 10), [Span(0, len(text))]):
        assert text[use.span.start : use.span.end]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("完善农村金融服务，扩大农业保险覆盖面，支持发行债券。", set()),
        ("推进专利质押融资。", {"pledge_financing"}),
        ("举办培训班，培养乡村人才。", {"talent"}),
    ],
)
def test_instruments_of_property_need_it_elsewhere(text: str, found: set[str]) -> None:
    uses = detect_instruments(text, Span(0, 4), [Span(0, len(text))], of_property=False)
    assert {use.instrument for use in uses} == found


def test_what_a_notice_is_about() -> None:
    assert is_of_property("加强保护。", "某市知识产权强市建设方案")
    assert is_of_property("保护专利。运用专利。管理专利。", "某市工作方案")
    assert not is_of_property("发展农业，申请专利。" * 2 + "发展农业。" * 900, "某市农业规划")


def test_a_plan_that_is_carried_out_plans_nothing() -> None:
    text = "做强品牌。实施农牧业品牌提升三年行动计划。"
    program = EntityMention(
        "Program", "农牧业品牌提升三年行动计划", Span(7, 20), False, "test", 1.0
    )
    regions = [Span(0, 5), Span(5, len(text))]
    uses = detect_instruments(text, Span(0, 4), regions, [program])
    assert {use.instrument for use in uses} == {"trademark_brand"}
