"""Heads of pages as portals give them: counted fields, datelines, dates without 年月日, no title."""

import pytest

from loaders.analyse import analyse_text
from loaders.metadata import Metadata

BODY = "为做好工作，现通知如下：\n一、加强保护\n严格执法。\n二、加强运用\n促进转化。\n"


def metadata(text: str) -> Metadata:
    return analyse_text(text).metadata


COUNTED = (
    "政务公开 > 政策公开\n  1. [主题分类] 科技/知识产权\n  2. [发文机构] 兰州市知识产权局\n"
    "  3. [联合发文单位]\n  4. [成文日期] 2022-04-20\n  5. [发文字号] 兰知发〔2022〕8号\n"
    "  6. [发布日期] 2022-04-27\n  7. [文件来源] 政府公报 2022年 第7期\n"
    "兰州市知识产权局关于做好专利转化工作的通知\n兰知发〔2022〕8号\n各区县知识产权局：\n" + BODY
)


def test_counted_fields_of_a_header_are_read_and_are_no_items() -> None:
    analysis = analyse_text(COUNTED)
    found = analysis.metadata
    assert [item.node.path for item in analysis.items] == ["一", "二"]
    assert found.title is not None
    assert found.title.value == "兰州市知识产权局关于做好专利转化工作的通知"
    assert found.document_number is not None
    assert found.document_number.value == "兰知发〔2022〕8号"
    assert found.published_on is not None
    assert (found.published_on.value, found.basis) == ("2022-04-27", "metadata")
    assert [q.value for q in found.issuers] == ["兰州市知识产权局"]


@pytest.mark.parametrize(
    ("text", "issued_on", "basis"),
    [
        # the site's own words between the digits were lost
        (f"关于评审的通知\n各市局：\n{BODY}青海省知识产权局\n20211127\n", "2021-11-27", "signature"),
        (f"关于评审的通知\n各市局：\n{BODY}青海省知识产权局\n2021-11-27\n", "2021-11-27", "signature"),
        # behind the number: the day of signing
        (f"省政府关于印发某纲要的通知\n苏政发〔2019〕7号 2019年2月5日\n{BODY}", "2019-02-05", "metadata"),
        # with the hour: the day the page was put out
        (
            "市场监管局评出示范县\n某门户网 2013年08月30日 20时43分 来源：某报网站\n日前，结果揭晓。\n",
            "2013-08-30",
            "publication",
        ),
        # digits that mean one day only, and a line that says the text is complete
        (f"关于评审的通知\n各市局：\n{BODY}   2025225\n(此件主动公开)\n", "2025-02-25", "signature"),
        (f"关于评审的通知\n各市局：\n{BODY}青海省知识产权局\n2021121\n", None, None),
        # digits of a telephone are no date
        (f"关于评审的通知\n各市局：\n{BODY}联系电话\n20211127\n", None, None),
    ],
)  # fmt: skip
def test_dates(text: str, issued_on: str | None, basis: str | None) -> None:
    found = metadata(text)
    assert (found.issued_on and found.issued_on.value, found.basis) == (issued_on, basis)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "首页 > 工作动态\n某县评出知识产权示范乡镇\n发布时间：2023-08-30 来源：县局\n日前，评审结束。\n",
            "某县评出知识产权示范乡镇",
        ),
        ("某市强市建设试点名单公示\n各有关单位：\n根据工作安排，现将名单公示如下。\n", "某市强市建设试点名单公示"),
        # a sentence that goes on behind a cited title is no title
        ("根据《关于开展试点的通知》（某知办函〔2021〕7号）要求，各单位：\n组织申报。\n", None),
        ("国家知识产权局公告第四九八号\n现予登记。\n", "国家知识产权局公告第四九八号"),
        ("2021年度某市规范性文件清理情况报告 时间：2022-01-05\n我局进行清理。\n", "2021年度某市规范性文件清理情况报告"),
        ("政策政策政策政策强国办事指南\n某局关于规范运营的通知\n各单位：\n", "某局关于规范运营的通知"),
        ("原标题：某局关于规范运营的通知\n某局关于规范运营的通知\n各单位：\n", "某局关于规范运营的通知"),
    ],
)  # fmt: skip
def test_titles_of_what_is_no_notice(text: str, title: str | None) -> None:
    found = metadata(text).title
    assert (found and found.value) == title


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("国家知识产权局公告第四九八号\n现予登记。\n国家知识产权局\n2022年8月30日\n", "第498号"),
        ("关于受理3个产品申请的公告(2020年第93号)\n现予以公告。\n", "2020年第93号"),
        ("某联席会议办公室关于总结的通知 国知战联办〔2018〕24号 2018年12月27日\n各省：\n", "国知战联办〔2018〕24号"),
    ],
)  # fmt: skip
def test_numbers(text: str, number: str) -> None:
    found = metadata(text).document_number
    assert found is not None
    assert found.value == number


def test_who_decided_issued_what_nobody_signed() -> None:
    text = "关于认定首批示范园区的通知\n各有关单位：\n长春市知识产权局研究决定，认定某园区。\n二〇一二年一月二十日\n"
    assert [q.value for q in metadata(text).issuers] == ["长春市知识产权局"]


def test_the_site_that_a_text_was_taken_from_issued_nothing() -> None:
    text = "某县评出示范乡镇\n来源：浙江省知识产权局网站\n日前，评审结束。\n"
    assert metadata(text).issuers == ()


def test_addressees_may_stand_in_groups() -> None:
    text = "关于评审的通知\n某区各街道、镇，区属各单位；某开发区直属各单位，各群众团体：\n" + BODY
    found = metadata(text).addressee
    assert found is not None
    assert text[found.start : found.end].endswith("各群众团体：")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        # what a headline announces stands below it
        (
            "某版权局印发《版权“十四五”规划》\n某版发〔2021〕2号\n某版权局关于印发《版权“十四五”规划》的通知\n各市：\n",
            "某版权局关于印发《版权“十四五”规划》的通知",
        ),
        (
            "滨州印发2022年滨州市商标工作要点\n时间：2022-09-06\n2022年滨州市商标工作要点\n坚持治理。\n",
            "2022年滨州市商标工作要点",
        ),
        # a title that a cited one's brackets hold together
        (
            "自治州贯彻落实《某自治区政府 国家\n知识产权局共建知识产权\n强区实施方案》的工作方案\n为贯彻精神，\n",
            "自治州贯彻落实《某自治区政府 国家知识产权局共建知识产权强区实施方案》的工作方案",
        ),
    ],
)  # fmt: skip
def test_whole_titles(head: str, title: str) -> None:
    found = metadata(head + BODY).title
    assert found is not None
    assert found.value == title


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        # the headline leaves out whose notice it is
        (
            "关于报送2018年宣传周活动的通知\n\n湖南省知识产权工作领导小组办公室\n关于报送2018年宣传周\n活动的通知\n各市：\n",
            ["湖南省知识产权工作领导小组办公室"],
        ),
        # codes that begin with the short name of a prefecture
        ("关于印发方案的通知\n博州政发〔2023〕7号\n各县市：\n", ["博尔塔拉蒙古自治州人民政府"]),
        ("关于印发方案的通知\n黔东南府办发〔2021〕7号\n各县市：\n", ["黔东南苗族侗族自治州人民政府办公室"]),
        ("锡林郭勒盟商标工作方案\n锡署办发〔2021〕7号\n各旗：\n", ["锡林郭勒盟行政公署办公室"]),
        # the unit that drew a text up
        ("关于批复方案的通知\n国知发保字〔2024〕9号\n某省：\n", ["国家知识产权局"]),
        ("关于认定园区的通知\n沪知局促〔2022〕6号\n各区：\n", ["上海市知识产权局"]),
        # a code that no table has is nobody's
        ("关于开展行动的通知\n黔农办发〔2011〕14号\n各市：\n", []),
        (
            "各市：现开展试点。附件：1.方案2.申报表青海省教育厅青海省科学技术厅青海省科学技术协会2023年9月8日附件下载：附件2",
            ["青海省教育厅", "青海省科学技术厅", "青海省科学技术协会"],
        ),
    ],
)  # fmt: skip
def test_issuers(text: str, issuers: list[str]) -> None:
    assert [q.value for q in metadata(text).issuers] == issuers


def test_a_number_before_the_headline_is_the_notices_own() -> None:
    title = "某省人民政府办公厅关于印发工作要点的通知"
    found = metadata(f"某政办发〔2016〕5号《{title}》\n{title}\n各市人民政府：\n{BODY}")
    assert found.document_number is not None
    assert found.document_number.value == "某政办发〔2016〕5号"


def test_fields_with_their_values_on_lines_of_their_own() -> None:
    text = (
        "索  引  号：\n1145/2021-7\n发文单位：\n安吉县人民政府办公室\n成文日期：\n2021年3月19日\n"
        "标  题：\n安政规〔2021〕1号关于印发《安吉白茶使用管理办法》的通知\n发文字号：\n安政规〔2021〕1号\n"
        "发布日期：\n2021年3月20日\n效力状态：\n文字解读\n各乡镇人民政府：\n" + BODY
    )
    found = metadata(text)
    assert found.title is not None
    assert found.title.value == "关于印发《安吉白茶使用管理办法》的通知"
    assert found.document_number is not None
    assert found.document_number.value == "安政规〔2021〕1号"
    assert [q.value for q in found.issuers] == ["安吉县人民政府办公室"]
    assert found.published_on is not None
    assert (found.issued_on and found.issued_on.value, found.published_on.value) == (
        "2021-03-19",
        "2021-03-20",
    )
    assert found.validity is None


def test_a_bulleted_field_is_no_addressee() -> None:
    text = "某省出台意见\n• 来源: 四川省市场监督管理局网站\n• 【字体：\n近日，意见出台。\n"
    assert metadata(text).addressee is None


def test_the_numbered_entries_of_a_menu_are_no_items() -> None:
    text = (
        "学校首页\n• 科研平台\n  1. 国家级平台\n  2. 省级平台\n• 政策法规\n  1. 国家文件\n  2. 省级文件\n"
        "• 通知公告\n湖北省知识产权局关于评选专利奖的通知\n发布时间：2020-09-24  浏览次数：\n各有关单位：\n"
        + BODY
    )
    analysis = analyse_text(text)
    found = analysis.metadata
    assert [item.node.path for item in analysis.items] == ["一", "二"]
    assert found.title is not None
    assert found.title.value == "湖北省知识产权局关于评选专利奖的通知"
    assert found.issued_on is not None
    assert found.issued_on.value == "2020-09-24"


@pytest.mark.parametrize(
    "text",
    [
        "各有关单位：\n我局制定了《某市扶持计划操作规程》，现予印发实施。\n某市扶持计划操作规程\n" + BODY,
        "为做好宣传，结合我市工作，制定《某市扶持计划操作规程》。\n一、指导思想\n坚持原则。\n",
    ],
)  # fmt: skip
def test_an_untitled_text_says_what_it_is(text: str) -> None:
    analysis = analyse_text(text)
    assert analysis.metadata.title is not None
    assert analysis.metadata.title.value == "某市扶持计划操作规程"
    assert analysis.citations == ()


def test_a_list_of_provinces_may_be_addressed() -> None:
    text = "国知发保字〔2024〕9号\n江苏省、湖北省知识产权局、司法厅：\n经研究，现批复如下：\n一、同意方案。\n"
    found = metadata(text).addressee
    assert found is not None
    assert text[found.start : found.end] == "江苏省、湖北省知识产权局、司法厅："


def test_what_was_put_out_before_is_no_title() -> None:
    text = "《某省强省建设若干意见》印发半年多来，各地高度重视，制定了配套政策。\n"
    assert metadata(text).title is None


def test_the_members_of_a_conference_are_addressees() -> None:
    for names in ("知识产权工作联席会议各成员单位", "市政府各部门，市直各单位"):
        found = metadata(f"关于印发方案的通知\n{names}：\n{BODY}").addressee
        assert found is not None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("全国已建成保护中心74家\n来源：某网\n全国已建成74家，其中浙江省7家。\n", "100000"),
        ("全省已建成保护中心7家\n来源：某网\n我省已建成7家，浙江省排名靠前。\n", "330000"),
        ("已建成保护中心7家通报\n来源：某网\n浙江省知识产权局通报建成7家。\n", "330000"),
    ],
)
def test_a_place_named_in_passing_is_not_the_pages(text: str, place: str) -> None:
    assert metadata(text).place == place


def test_a_header_whose_cells_have_labels_with_colons() -> None:
    text = (
        "索 引 号: | 主题分类: | 市政府文件 | |\n发文机关: | 鞍山市政府 | 成文日期: | |\n"
        "标 题: | 鞍政发〔2010〕7号 鞍山市人民政府关于认定著名商标的决定 | ||\n"
        "发文字号: | 发布日期: | 2010-07-14 | |\n主 题 词: |\n"
        "鞍政发〔2010〕7号 鞍山市人民政府关于认定著名商标的决定\n各区人民政府：\n根据办法，决定如下。\n"
    )
    found = metadata(text)
    assert found.title is not None
    assert found.title.value == "鞍山市人民政府关于认定著名商标的决定"
    assert found.document_number is not None
    assert found.document_number.value == "鞍政发〔2010〕7号"
    assert found.published_on is not None
    assert found.published_on.value == "2010-07-14"
    assert [q.value for q in found.issuers] == ["鞍山市人民政府"]


@pytest.mark.parametrize(
    ("year", "issuer"),
    [
        ("2016", "中共山东省委网络安全和信息化领导小组办公室"),
        ("2022", "中共山东省委网络安全和信息化委员会办公室"),
    ],
)
def test_who_signed_is_named_as_it_was_then(year: str, issuer: str) -> None:
    text = f"关于做好网络版权工作的通知\n各市：\n{BODY}山东省委网信办\n{year}年5月4日\n"
    assert [q.value for q in metadata(text).issuers] == [issuer]
