"""What notices say of themselves, in the layouts pages give it."""

import pytest

from loaders.analyse import analyse_text
from loaders.metadata import Metadata

BODY = "为做好工作，现通知如下：\n一、加强保护\n严格执法。\n二、加强运用\n促进转化。\n三、保障\n抓好落实。\n"


def metadata(text: str) -> Metadata:
    return analyse_text(text).metadata


PAGES = {
    "plain": (
        "合肥市市场监督管理局关于加强专利保护的通知\n合市监〔2023〕8号\n各县（市）区市场监督管理局：\n"
        + BODY
        + "合肥市市场监督管理局\n2023年4月6日\n",
        ("合肥市市场监督管理局关于加强专利保护的通知", "合市监〔2023〕8号", ["合肥市市场监督管理局"],
         "2023-04-06", "signature", "通知", "340100"),
    ),
    "header": (
        "索引号：000/2023-1 主题分类：其他\n发布机构： 贵州省知识产权局 成文日期： 2023-05-06\n"
        "标　　题：关于做好专利开放许可工作的通知\n发文字号：黔知发〔2023〕9号 有效性：有效\n各市（州）知识产权局：\n" + BODY,
        ("关于做好专利开放许可工作的通知", "黔知发〔2023〕9号", ["贵州省知识产权局"],
         "2023-05-06", "metadata", "通知", "520000"),
    ),
    "glued": (
        (
            "甘肃省人民政府办公厅关于强化商标保护的实施意见甘政办发〔2020〕12号各市、自治州人民政府："
            "经省政府同意，现提出如下意见。一、加强保护。严格执法。二、加强运用。促进转化。甘肃省人民政府办公厅2020年3月9日（此件公开发布）"
        ),
        ("甘肃省人民政府办公厅关于强化商标保护的实施意见", "甘政办发〔2020〕12号", ["甘肃省人民政府办公厅"],
         "2020-03-09", "signature", "意见", "620000"),
    ),
    "joint": (
        "省知识产权局 省财政厅关于印发《专利资助办法》的通知\n赣知发〔2019〕3号\n各设区市知识产权局、财政局：\n"
        + BODY + "江西省知识产权局　江西省财政厅\n二〇一九年六月三日\n",
        ("省知识产权局 省财政厅关于印发《专利资助办法》的通知", "赣知发〔2019〕3号",
         ["江西省知识产权局", "江西省财政厅"], "2019-06-03", "signature", "通知", "360000"),
    ),
    "joint, without a space between the names": (
        "关于加强版权保护的意见\n赣市监发〔2021〕3号\n各设区市市场监管局：\n" + BODY
        + "中共江西省委宣传部江西省发展和改革委员会江西省财政厅江西省市场监督管理局\n2021年6月3日\n",
        ("关于加强版权保护的意见", "赣市监发〔2021〕3号",
         ["中共江西省委宣传部", "江西省发展和改革委员会", "江西省财政厅", "江西省市场监督管理局"],
         "2021-06-03", "signature", "意见", "360000"),
    ),
    "offices of ministries, without a space": (
        "关于做好专利转化工作的通知\n国知办发运字〔2024〕3号\n各省、自治区、直辖市知识产权局：\n" + BODY
        + "国家知识产权局办公室教育部办公厅科技部办公厅\n2024年5月8日\n",
        ("关于做好专利转化工作的通知", "国知办发运字〔2024〕3号",
         ["国家知识产权局办公室", "教育部办公厅", "科学技术部办公厅"],
         "2024-05-08", "signature", "通知", "100000"),
    ),
    "unsigned, of a city whose name its number begins with": (
        "铜陵市知识产权任务分工方案\n铜政办〔2021〕8号\n" + BODY,
        ("铜陵市知识产权任务分工方案", "铜政办〔2021〕8号", ["铜陵市人民政府办公室"],
         None, None, "方案", "340700"),
    ),
    "labels of another portal, and a date in the covering words": (
        "- 备注/文号: 昆政办发〔2022〕60号\n- 公文生成日期: 2022-06-09\n"
        "昆山市人民政府办公室关于加强专利保护的通知\n各镇人民政府：\n经研究，现通知如下。"
        "2009年5月4日经市政府批准印发的办法同时废止。\n" + BODY,
        ("昆山市人民政府办公室关于加强专利保护的通知", "昆政办发〔2022〕60号", ["昆山市人民政府办公室"],
         "2022-06-09", "metadata", "通知", "320583"),
    ),
    "with a branch of a national body": (
        "关于印发《质押融资办法》的通知\n晋市监发〔2022〕8号\n各市市场监督管理局：\n" + BODY
        + "山西省市场监督管理局\n中国人民银行太原中心支行\n2022年6月27日\n",
        ("关于印发《质押融资办法》的通知", "晋市监发〔2022〕8号",
         ["山西省市场监督管理局", "中国人民银行太原中心支行"], "2022-06-27", "signature", "通知", "140000"),
    ),
    "a number in the title": (
        "海关总署公告2022年第15号（关于知识产权备案事项的公告）\n" + BODY + "海关总署\n2022年2月10日\n",
        ("海关总署公告2022年第15号（关于知识产权备案事项的公告）", "2022年第15号", ["海关总署"],
         "2022-02-10", "signature", "公告", "100000"),
    ),
    "what two build together": (
        "山东省知识产权局 济宁市人民政府共建强市工作要点\n" + BODY,
        ("山东省知识产权局 济宁市人民政府共建强市工作要点", None, ["山东省知识产权局", "济宁市人民政府"],
         None, None, "要点", "370800"),
    ),
    "a plan, its number and preamble in one line": (
        "铜陵市知识产权任务分解铜政办〔2021〕8号为扎实推进知识产权工作，制定本方案。一、加强保护。严格执法。",
        ("铜陵市知识产权任务分解", "铜政办〔2021〕8号", ["铜陵市人民政府办公室"], None, None, None, "340700"),
    ),
    "a plan and a space": (
        "江苏省知识产权局2023年工作要点 2023年工作的总体要求是：深入贯彻落实。 一、加强保护。严格执法。 二、加强运用。促进转化。",
        ("江苏省知识产权局2023年工作要点", None, ["江苏省知识产权局"], None, None, "要点", "320000"),
    ),
    "a numbered announcement in one line": (
        "海关总署公告2022年第15号（关于备案事项的公告） 为优化程序，现公告如下： 一、加强保护。 二、加强运用。 海关总署 2022年2月10日",
        ("海关总署公告2022年第15号（关于备案事项的公告）", "2022年第15号", ["海关总署"],
         "2022-02-10", "signature", "公告", "100000"),
    ),
    "a regulation in one line": (
        (
            "河北省专利保护条例（2022年10月28日河北省第十三届人民代表大会常务委员会第三次会议通过）"
            "第一章 总则第一条 为保护专利，制定本条例。第二条 本条例自公布之日起施行。"
        ),
        ("河北省专利保护条例", None, ["河北省人民代表大会常务委员会"], "2022-10-28", "metadata", "条例", "130000"),
    ),
    "a clause above the signature, with spaces for lines": (
        (
            "绥中县人民政府关于加强商标工作的意见 绥政发〔2014〕22号 各乡镇人民政府： 现提出如下意见。"
            " 一、加强保护。严格执法。 二、落实奖励。责任单位：县财政局 绥中县人民政府 二〇一四年九月十日"
        ),
        ("绥中县人民政府关于加强商标工作的意见", "绥政发〔2014〕22号", ["绥中县人民政府"],
         "2014-09-10", "signature", "意见", "211421"),
    ),
    "wrapped title": (
        "　　福建省人民政府关于\n　　印发知识产权强省纲要的通知\n　　闽政〔2022〕5号\n　　各设区市人民政府：\n"
        + BODY + "　　福建省人民政府\n　　2022年2月8日\n",
        ("福建省人民政府关于印发知识产权强省纲要的通知", "闽政〔2022〕5号", ["福建省人民政府"],
         "2022-02-08", "signature", "通知", "350000"),
    ),
    "encloses its plan": (
        "各市人民政府：\n现将《山西省知识产权保护行动方案》印发给你们，请认真执行。\n山西省人民政府\n2021年7月1日\n"
        "山西省知识产权保护行动方案\n" + BODY,
        ("山西省知识产权保护行动方案", None, ["山西省人民政府"], "2021-07-01", "signature", "方案", "140000"),
    ),
    "repost with a site's date": (
        "关于开展专利导航工作的通知\n2020/06/01\n(云知发2020-7)\n各州（市）知识产权局：\n" + BODY,
        ("关于开展专利导航工作的通知", "云知发〔2020〕7号", ["云南省知识产权局"],
         "2020-06-01", "publication", "通知", "530000"),
    ),
    "one line of spaces": (
        ("市知识产权局关于做好专利导航工作的通知 各区知识产权局： 为做好工作，通知如下： 一、加强保护。严格执法。 二、加强运用。促进转化。"
        "   附件：项目申报表                          2021年11月18日     （联系人：某某；联系电话：00000000）"),
        ("市知识产权局关于做好专利导航工作的通知", None, [], "2021-11-18", "signature", "通知", "100000"),
    ),
    "to the whole country": (
        "国家知识产权局关于规范专利申请的公告\n（第411号）\n各省、自治区、直辖市知识产权局：\n"
        + BODY + "国家知识产权局\n2021年3月11日\n",
        ("国家知识产权局关于规范专利申请的公告", "第411号", ["国家知识产权局"],
         "2021-03-11", "signature", "公告", "100000"),
    ),
    "repealed": (
        "海南省专利奖励办法*本文已被新办法废止\n琼府〔2015〕6号\n" + BODY + "海南省人民政府\n2015年1月5日\n",
        ("海南省专利奖励办法", "琼府〔2015〕6号", ["海南省人民政府"], "2015-01-05", "signature", "办法", "460000"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_metadata(name: str) -> None:
    text, expected = PAGES[name]
    found = metadata(text)
    assert (
        found.title and found.title.value,
        found.document_number and found.document_number.value,
        [q.value for q in found.issuers],
        found.issued_on and found.issued_on.value,
        found.basis,
        found.kind and found.kind.value,
        found.jurisdiction,
    ) == expected


@pytest.mark.parametrize("name", PAGES)
def test_every_value_quotes_the_text(name: str) -> None:
    text, _ = PAGES[name]
    found = metadata(text)
    for quoted in (found.title, found.document_number, *found.issuers, found.issued_on):
        if quoted is not None:
            assert text[quoted.span.start : quoted.span.end].strip()


def test_a_clause_before_the_signature_signs_nothing() -> None:
    text = (
        "贵州省水利厅关于节水的通知\n一、节水。做好工作。（责任单位：省水利厅、省财政厅）\n"
        "贵州省水利厅\n2023年4月2日\n"
    )
    analysis = analyse_text(text)
    assert [q.value for q in analysis.metadata.issuers] == ["贵州省水利厅"]
    actors = [a.target.name for item in analysis.items for a in item.actors if a.target]
    assert actors == ["贵州省水利厅", "贵州省财政厅"]


def test_a_news_item_has_no_measures_and_no_number() -> None:
    text = "某区举办政策大讲堂活动\n10月15日，某区举办活动，专家讲解了《专利法》。参加者表示受益匪浅。\n"
    analysis = analyse_text(text)
    assert analysis.items == ()
    assert analysis.metadata.document_number is None


REGULATION = (
    "第一条　为了保护创新，制定本办法。\n第二条　加强执法。\n第三条　本办法自公布之日起施行。\n"
)


@pytest.mark.parametrize(
    ("head", "title", "number", "issuers", "issued_on"),
    [
        (
            (
                "西宁市专利促进办法\n（2021年3月2日西宁市人民政府第9次常务会议通过　2021年4月8日西宁市人民政府令"
                "第61号公布　自2021年6月1日起施行）\n"
            ),
            "西宁市专利促进办法",
            "西宁市人民政府令第61号",
            ["西宁市人民政府"],
            "2021-04-08",
        ),
        (
            "山西省地理标志条例\n（2020年5月15日山西省第十三届人民代表大会常务委员会第十八次会议通过）\n",
            "山西省地理标志条例",
            None,
            ["山西省人民代表大会常务委员会"],
            "2020-05-15",
        ),
        (
            (
                "日照市人民政府令\n第12号\n《日照市专利奖励办法》已经市人民政府常务会议审议通过，现予公布，自2022年"
                "1月1日起施行。\n市长 某某某\n2021年11月9日\n日照市专利奖励办法\n"
            ),
            "日照市专利奖励办法",
            "日照市人民政府令第12号",
            ["日照市人民政府"],
            "2021-11-09",
        ),
    ],
)
def test_how_a_regulation_came_to_be(
    head: str, title: str, number: str | None, issuers: list[str], issued_on: str
) -> None:
    found = metadata(head + REGULATION)
    assert found.title is not None
    assert found.title.value == title
    assert (found.document_number.value if found.document_number else None) == number
    assert [q.value for q in found.issuers] == issuers
    assert found.issued_on is not None
    assert found.issued_on.value == issued_on


@pytest.mark.parametrize(
    ("head", "jurisdiction"),
    [
        # 青 is the province's letter, and that of a city elsewhere
        ("青岛市知识产权领导小组办公室关于印发工作要点的通知\n青知组办〔2023〕2号\n", "370200"),
        ("关于印发工作要点的通知\n青知发〔2023〕2号\n西宁市知识产权局：\n", "630000"),
        ("关于印发《易县知识产权工作方案》的通知\n各乡镇人民政府：\n根据河北省要求，\n", "130633"),
    ],
)
def test_the_place_a_page_is_about(head: str, jurisdiction: str) -> None:
    assert metadata(head + BODY).jurisdiction == jurisdiction


def test_a_plan_names_whose_it_is_and_for_which_year() -> None:
    text = "2023年青海省知识产权局工作要点\n一、加强保护。6月底前出台办法。（责任处室：保护处）\n二、抓好落实。\n三、加强宣传。\n"
    found = analyse_text(text)
    assert [q.value for q in found.metadata.issuers] == ["青海省知识产权局"]
    assert found.items[0].deadline is not None
    assert found.items[0].deadline.due_on == "2023-06-30"
    assert [a.target.name for a in found.items[0].actors if a.target] == ["青海省知识产权局保护处"]


def test_contents_are_known_whatever_spaces_their_headings_have() -> None:
    contents = "某市专利办法\n目　录\n第一章 总则\n第二章 保护\n第三章 附则\n"
    body = "第一章　总　则\n第一条　制定本办法。\n第二章　保　护\n第二条　加强执法。\n第三章　附　则\n第三条　施行。\n"
    paths = [item.node.path for item in analyse_text(contents + body).items if item.is_measure]
    assert paths == ["第一章/第一条", "第二章/第二条", "第三章/第三条"]


def test_bodies_without_a_place_tell_the_level_of_an_untitled_page() -> None:
    text = (
        "按照山西省统一安排，结合大同市实际，抓好山西省各项任务。\n一、加强保护。（责任单位：市司法局、市公安局、市财政局）\n"
        "二、抓好落实。（责任单位：市财政局）\n三、加强宣传。\n"
    )
    assert metadata(text).jurisdiction == "140200"


def test_a_list_of_duties_is_a_title() -> None:
    title = metadata("西宁市知识产权重点任务责任分解\n" + BODY).title
    assert title is not None
    assert title.value == "西宁市知识产权重点任务责任分解"


def test_a_boxed_heading_is_the_title_of_its_article() -> None:
    items = analyse_text(
        "某市办法\n第一条 【专利奖励】对获奖单位给予奖励。\n第二条 【质押融资】给予贴息。\n第三条 施行。\n"
    ).items
    text = "某市办法\n第一条 【专利奖励】对获奖单位给予奖励。\n第二条 【质押融资】给予贴息。\n第三条 施行。\n"
    titles = [text[i.heading.start : i.heading.end] for i in items]
    assert titles == ["专利奖励", "质押融资", "施行"]


def test_tasks_below_a_heading_of_aims_are_measures() -> None:
    text = (
        "山西省知识产权局关于下达目标任务的通知\n一、目标任务\n1.新增发明专利150件。（责任单位：省科技厅）\n2.办案20件。\n"
        "二、工作目标\n到年底，各项指标完成。\n三、主要目标\n1.培育企业30家。（省教育厅负责）\n2.前列。\n"
    )
    paths = [item.node.path for item in analyse_text(text).items if item.is_measure]
    assert paths == ["一/1", "一/2", "三/1"]


def test_fields_of_a_header_are_no_title() -> None:
    head = "索引号\t000-1\n公开目录\t规划计划\n发布机构\t山西省知识产权局\n"
    title = metadata(head + "山西省知识产权局关于加强保护的通知\n各市知识产权局：\n" + BODY).title
    assert title is not None
    assert title.value == "山西省知识产权局关于加强保护的通知"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            (
                "某市政策网 法规首页 惠州市人民政府关于加强商标工作的若干意见\n\n收藏\n\n"
                "惠州市人民政府关于加强商标工作的若干意见\n"
            ),
            "惠州市人民政府关于加强商标工作的若干意见",
        ),
        (
            (
                "常州市人民政府文件\n常政发〔2010〕1号\n市政府关于大力实施品牌战略\n"
                "推进创新型城市建设的意见\n各辖市、区人民政府：\n"
            ),
            "市政府关于大力实施品牌战略推进创新型城市建设的意见",
        ),
        (
            "2022年全国打击侵犯知识产权和\n\n制售假冒伪劣商品工作要点\n\n做好全年工作。\n",
            "2022年全国打击侵犯知识产权和制售假冒伪劣商品工作要点",
        ),
        (
            "某省知识产权局关于印发年度工作要点\n的通知\n各市知识产权局：\n",
            "某省知识产权局关于印发年度工作要点的通知",
        ),
        (
            "部门规定\n当前位置:首页 > 政策法规 > 部门规定\n\n某省人民政府办公厅关于加强保护的意见\n",
            "某省人民政府办公厅关于加强保护的意见",
        ),
        ("某市科技局 关于印发《某规划》的 通知 |\n|||||\n", "某市科技局 关于印发《某规划》的 通知"),
        ("【自治区文件】 某自治区知识产权战略纲要\n", "某自治区知识产权战略纲要"),
        (
            (
                "今日，某省知识产权局印发《专利转化行动方案》\n某知发〔2021〕17号\n"
                "某省知识产权局关于印发《专利转化行动方案》的通知\n"
            ),
            "某省知识产权局关于印发《专利转化行动方案》的通知",
        ),
    ],
)
def test_a_title_is_whole_and_alone(head: str, title: str) -> None:
    found = analyse_text(head + "一、加强保护\n（一）严格执法。\n").metadata.title
    assert found is not None
    assert found.value == title


def test_the_mark_of_a_body_above_the_title_is_its_issuer() -> None:
    head = (
        "全国打击侵犯知识产权和\n制售假冒伪劣商品工作领导小组 文件\n2022年工作要点\n一、加强保护\n"
    )
    issuers = analyse_text(head).metadata.issuers
    assert [i.value for i in issuers] == ["全国打击侵犯知识产权和制售假冒伪劣商品工作领导小组"]


def test_a_header_may_be_cells_parted_by_pipes() -> None:
    head = "颁布部门 | 国家知识产权局 |\n文件号 | 国知发运字〔2025〕1号 | 制发日期 | 2025-05-21 |\n"
    metadata = analyse_text(f"{head}各省知识产权局，各有关中心：\n一、盘活存量专利\n").metadata
    assert metadata.document_number is not None
    assert metadata.document_number.value == "国知发运字〔2025〕1号"
    assert metadata.issued_on is not None
    assert metadata.issued_on.value == "2025-05-21"
    assert [i.value for i in metadata.issuers] == ["国家知识产权局"]
    assert metadata.addressee is not None
    assert metadata.addressee.start == len(head)


def test_the_state_of_things_is_no_measure_though_glued_to_its_text() -> None:
    text = (
        "某市科技规划\n一、现实基础“十三五”期间，成绩很大。（一）活力增强。人才增加。"
        "二、主要任务（一）强化平台。建设实验室。"
    )
    assert [item.node.path for item in analyse_text(text).items if item.is_measure] == ["二/(一)"]


def test_the_years_that_a_plan_is_for_do_not_date_it() -> None:
    text = "内蒙古自治区知识产权战略纲要\n(2013—2020年)\n一、战略重点\n（一）完善政策。\n"
    assert analyse_text(text).metadata.issued_on is None


def test_a_number_alone_on_its_line_is_the_notices_own() -> None:
    text = "某局印发《专利转化行动方案》\n国知发运字〔2021〕17号\n各省知识产权局：\n一、加强保护\n"
    number = analyse_text(text).metadata.document_number
    assert number is not None
    assert number.value == "国知发运字〔2021〕17号"


def test_a_sites_date_is_known_as_that_of_publication() -> None:
    found = metadata(PAGES["repost with a site's date"][0])
    assert found.published_on == found.issued_on is not None


def test_places_in_cited_titles_count_for_less() -> None:
    text = "各乡镇人民政府：根据《浙江省人民政府关于权责清单的意见》精神，现公布安吉县权责清单。"
    assert analyse_text(text).metadata.place == "330523"
