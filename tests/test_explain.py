"""`policykg explain`: what is told of made-up notices, in the words a person sees."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from kg.agencies import NamingContext, resolve_agency, trace_name
from loaders.explain import Mention, explain_name, explain_notice, find_items
from loaders.pipeline import Extraction, extract_bytes

OLD = """吉林省工商行政管理局关于加强商标保护工作的通知
吉工商发〔2016〕4号
各市（州）工商局：
为落实《中华人民共和国商标法》，按照国家工商总局、长春新区商标服务中心（以下简称“服务中心”）的部署，现通知如下：
一、重点任务
（一）开展“清风”专项行动。到2017年，商标注册量达到5万件。支持长春市建设商标品牌指导站。（省工商局牵头，国家工商总局、奇怪组、长春、吉林市政府配合；2016年12月底前完成）
（二）培育双阳梅花鹿品牌。责任单位：省质监局、吉林大学、总局
二、加强保障。
吉林省工商行政管理局
2016年3月6日
"""
NEW = OLD.replace("2016", "2020").replace("工商行政管理局", "市场监督管理厅")


def read(text: str = OLD) -> Extraction:
    return extract_bytes(text.encode(), "notice.txt")


def mentions(text: str, path: str) -> list[Mention]:
    explanation = explain_notice(read(text))
    return [m for item in find_items(explanation, path) for m in item.mentions]


def told(kind: str, path: str, text: str = OLD) -> dict[str, Mention]:
    return {m.words: m for m in mentions(text, path) if m.kind == kind}


def test_the_header_says_what_was_read_and_where() -> None:
    header = explain_notice(read()).header
    assert header.title is not None
    assert header.title.value == "吉林省工商行政管理局关于加强商标保护工作的通知"
    assert header.document_number is not None
    assert header.document_number.value == "吉工商发〔2016〕4号"
    (issuer,) = header.issuers
    assert (issuer.value, issuer.how) == ("吉林省工商行政管理局", "落款")
    assert "后由吉林省市场监督管理" in issuer.reason
    assert header.issued_on is not None
    assert (header.issued_on.value, header.issued_on.how) == ("2016-03-06", "落款")
    assert header.jurisdiction.value == "吉林省（220000）"
    assert header.jurisdiction.reason == "吉林省工商行政管理局所管辖的地方"
    assert header.addressee == "各市（州）工商局"
    assert header.aliases == (("服务中心", "长春新区商标服务中心"),)


@pytest.mark.parametrize(
    ("text", "value", "how", "reason"),
    [
        ("甲事\n一、在西安市做事。西安市要带头。", "西安市（610100）", "推断", "“西安市”在正文首尾出现最多"),
        ("关于苏州市做好某事的通知\n一、做事。", "苏州市（320500）", "推断", "标题写明“苏州市”"),
        ("今天做事。", "全国（100000）", "推断", "标题、发文字号和正文首尾均未写明地方，按全国处理"),
    ],
)  # fmt: skip
def test_the_place_is_told_with_its_reason(text: str, value: str, how: str, reason: str) -> None:
    place = explain_notice(read(text)).header.jurisdiction
    assert (place.value, place.how, place.reason) == (value, how, reason)


def test_each_actor_is_told_with_role_rule_and_reason() -> None:
    actors = told("agencies", "一/(一)")
    led = actors["省工商局"]
    assert (led.meaning, led.role, led.rule) == ("吉林省工商行政管理局", "牵头", "括号内的分工")
    assert led.reason == "按发文机关所在地解析，“省”指吉林省"
    shared = actors["长春、吉林市政府"]
    assert shared.meaning == "长春市人民政府"
    assert shared.reason.startswith("读作“长春市政府”")
    assert OLD[led.start : led.end] == "省工商局"


def test_a_renamed_body_is_told_as_of_the_date_and_since() -> None:
    body = told("agencies", "一/(一)")["国家工商总局"]
    assert body.meaning == "国家工商行政管理总局"
    assert body.history == (
        "该名称用至2018年3月，后由国家市场监督管理总局承接，此前为国家工商行政管理局"
    )
    later = told("agencies", "一/(一)", NEW)["国家工商总局"]
    assert "成文时已由国家市场监督管理总局承接" in later.history
    assert told("agencies", "一/(二)")["总局"].reason.startswith("“总局”指发文机关")


def test_what_stays_open_says_why() -> None:
    odd = told("agencies", "一/(一)")["奇怪组"]
    assert odd.meaning is None
    assert odd.reason == "“奇怪组”不像机构名称 it does not read like a body"
    assert odd.certainty == 0


def test_things_are_told_with_their_rules() -> None:
    university = told("institutions", "一/(二)")["吉林大学"]
    assert university.meaning == "吉林大学"
    assert "高等学校" in university.reason
    place = told("places", "一/(一)")["长春市"]
    assert (place.role, place.reason) == ("支持", "区划代码220100，属吉林省")
    target = told("targets", "一/(一)")["商标注册量达到5万件"]
    assert (target.meaning, target.reason) == ("商标注册量为5万件", "期限为2017")
    assert told("deadlines", "一/(一)")["2016年12月底前"].meaning == "至2016-12-31"
    assert told("programs", "一/(一)")["“清风”专项行动"].rule == "专项：引号内的名称"
    assert told("products", "一/(二)")["双阳梅花鹿"].rule == "产品表"
    assert [m.kind for m in mentions(OLD, "一/(二)")].count("instruments") >= 1


def test_citations_say_how_the_text_derives() -> None:
    (law,) = explain_notice(read()).outside
    assert (law.kind, law.role, law.meaning) == (
        "citations",
        "贯彻落实",
        "《中华人民共和国商标法》",
    )
    assert law.reason == "“落实《中华人民共和国商标法》”"


def test_a_clause_over_several_items_is_told_to_stand_above() -> None:
    text = OLD.replace("一、重点任务\n", "一、重点任务（责任单位：省教育厅）\n")
    above = told("agencies", "一/(二)", text)["省教育厅"]
    assert above.reason.startswith("承上")


def test_an_item_is_found_with_brackets_of_either_width_and_those_below_it() -> None:
    explanation = explain_notice(read())
    assert [i.path for i in find_items(explanation, "一/（二）")] == ["一/(二)"]
    assert [i.path for i in find_items(explanation, "一")] == ["一/(一)", "一/(二)"]
    assert find_items(explanation, "九") == []


def test_a_name_alone_is_explained_in_the_notice() -> None:
    body, *_ = explain_name(read(), "省教育厅").mentions
    assert body.meaning == "吉林省教育厅"
    alias, *_ = explain_name(read(), "服务中心").mentions
    assert alias.reason.startswith("本文以“服务中心”简称“长春新区商标服务中心”")
    _, place = explain_name(read(), "朝阳区").mentions
    assert place.meaning == "长春市朝阳区"
    assert "北京市朝阳区" in place.candidates
    assert (
        explain_name(read(), "省 教育厅").is_written == explain_name(read(), "省教育厅").is_written
    )
    assert not explain_name(read(), "月球开发局").is_written


@pytest.mark.parametrize(
    ("name", "jurisdiction", "until", "later"),
    [
        ("国家工商总局", "100000", "2018-03", ("国家市场监督管理总局",)),
        ("银监会", "100000", "2018-03", ("中国银行保险监督管理委员会", "国家金融监督管理总局")),
        ("市农业局", "370100", "2018", ("济南市农业农村局",)),
    ],
)
def test_the_heirs_of_a_body_are_known(
    name: str, jurisdiction: str, until: str, later: tuple[str, ...]
) -> None:
    target = resolve_agency(name, NamingContext(jurisdiction, issued_on="2005-01-01")).target
    assert target is not None
    history = trace_name(target)
    assert history is not None
    assert (history.until, history.later) == (until, later)


def test_a_name_that_never_changed_has_no_history() -> None:
    target = resolve_agency("省教育厅", NamingContext("220000")).target
    assert target is not None
    assert trace_name(target) is None


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["explain", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def notice(tmp_path: Path) -> str:
    path = tmp_path / "notice.txt"
    path.write_text(OLD, encoding="utf-8")
    return str(path)


def test_the_command_prints_the_header_and_each_measure(notice: str) -> None:
    shown = run(notice)
    for words in (
        "落款",
        "吉林省（220000）",
        "一/(一)",
        "机关·牵头",
        "✗ 未能识别",
        "条目之外",
        "括号内的分工",
    ):
        assert words in shown
    assert "…" not in shown


def test_the_command_shows_only_what_is_asked_for(notice: str) -> None:
    shown = run(notice, "--measure", "一/（二）", "--only", "agencies")
    assert "省质监局" in shown
    assert "省工商局" not in shown
    assert "双阳梅花鹿" not in shown.partition("机关")[2].partition("┏")[2].replace("培育", "")
    assert "政策工具" not in shown


def test_the_command_gives_json_a_notice_a_line(notice: str, tmp_path: Path) -> None:
    archive = tmp_path / "two.zip"
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("a.txt", OLD)
        members.writestr("b.txt", NEW)
    records = [json.loads(line) for line in run(str(archive), "--json").splitlines()]
    assert [r["header"]["issued_on"]["value"] for r in records] == ["2016-03-06", "2020-03-06"]
    record = json.loads(run(notice, "--json", "--only", "places"))
    found = [m for item in record["items"] for m in item["mentions"]]
    assert {m["kind"] for m in found} == {"places"}
    assert record["uri"] == notice


def test_the_command_explains_a_name(notice: str) -> None:
    assert "吉林省教育厅" in run(notice, "--name", "省教育厅")
    record = json.loads(run(notice, "--name", "省局", "--json"))
    assert record["mentions"][0]["meaning"] == "吉林省工商行政管理局"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--only", "people"], 2, "people"),
        (["--measure", "九"], 1, "没有条目 九"),
    ],
)
def test_the_command_says_what_is_wrong(
    notice: str, arguments: list[str], status: int, message: str
) -> None:
    result = CliRunner().invoke(app, ["explain", notice, *arguments])
    assert result.exit_code == status
    assert message in result.output


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = CliRunner().invoke(app, ["explain", str(tmp_path / "empty.txt")])
    assert result.exit_code == 1
    assert "empty.txt" in result.output
    assert CliRunner().invoke(app, ["explain", str(tmp_path / "none.txt")]).exit_code == 2


def test_brackets_in_a_notice_are_no_markup(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_text(OLD.replace("加强保障", "加强[bold]保障[/x]"), encoding="utf-8")
    assert "[bold]保障[/x]" in run(str(path))
