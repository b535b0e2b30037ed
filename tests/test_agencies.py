"""Resolving names of agencies by context, describing full names, and the reference tables."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_agencies_table import LOCAL, NATIONAL

from kg.agencies import (
    INSTITUTION_KINDS,
    NamingContext,
    describe_agency,
    is_agency_like,
    list_national_names,
    names_nobody,
    resolve_agency,
)
from kg.agencies.tables import load_tables
from kg.divisions import load_divisions

BUREAU = NamingContext("370100", issuers=("济南市市场监督管理局",))
CNIPA = NamingContext("100000", issuers=("国家知识产权局",))
JOINT = NamingContext("430000", issuers=("湖南省人民政府", "国家知识产权局"), issued_on="2023-05")


def name_of(surface: str, context: NamingContext) -> str | None:
    target = resolve_agency(surface, context).target
    return target.name if target else None


# The issuer's own names and units, and those of the bodies above and below it.
@pytest.mark.parametrize(
    ("surface", "context", "canonical"),
    [
        ("我局", BUREAU, "济南市市场监督管理局"),
        ("本局", BUREAU, "济南市市场监督管理局"),
        ("市局", BUREAU, "济南市市场监督管理局"),
        ("省局", BUREAU, "山东省市场监督管理局"),
        ("总局", BUREAU, "国家市场监督管理总局"),
        ("国家局", NamingContext("320000", ("江苏省药品监督管理局",)), "国家药品监督管理局"),
        ("省厅", NamingContext("370100", ("济南市教育局",)), "山东省教育厅"),
        ("市局", NamingContext("330782", ("金华市财政局",)), "义乌市财政局"),
        (
            "省局",
            NamingContext("210200", ("国家税务总局大连市税务局",)),
            "国家税务总局辽宁省税务局",
        ),
        ("我厅", NamingContext("330000", ("浙江省科学技术厅",)), "浙江省科学技术厅"),
        ("我委", NamingContext("120000", ("天津市农业农村委员会",)), "天津市农业农村委员会"),
        ("我厅", BUREAU, None),
        ("我局", NamingContext("370100"), None),
        ("省局", NamingContext("500000", ("重庆市市场监督管理局",)), None),
        ("你局", BUREAU, None),
        ("知识产权运用促进处", BUREAU, "济南市市场监督管理局知识产权运用促进处"),
        ("办公室", BUREAU, "济南市市场监督管理局办公室"),
        ("局办公室", BUREAU, "济南市市场监督管理局办公室"),
        ("局综合执法支队", BUREAU, "济南市市场监督管理局综合执法支队"),
        ("省局机关党委", BUREAU, "山东省市场监督管理局机关党委"),
        ("省局商标处", BUREAU, "山东省市场监督管理局商标处"),
        ("市局各有关处室", BUREAU, "济南市市场监督管理局各有关处室"),
        ("局机关各处室", BUREAU, "济南市市场监督管理局各处室"),
        ("各区县局", BUREAU, "济南市各区县市场监督管理局"),
        ("知识产权处", NamingContext("370100"), None),
        ("条法司", CNIPA, "国家知识产权局条法司"),
        ("商标局", CNIPA, "国家知识产权局商标局"),
        ("人事司", JOINT, "国家知识产权局人事司"),
        ("法规处", JOINT, None),
        ("省教育厅", JOINT, "湖南省教育厅"),
        ("专利局初审及流程管理部", JOINT, "国家知识产权局专利局初审流程部"),
        ("专利局长沙代办处", JOINT, "国家知识产权局专利局长沙代办处"),
        (
            "战略规划司",
            NamingContext("100000", ("国家知识产权局办公室",)),
            "国家知识产权局战略规划司",
        ),
        ("市公安局经侦支队", NamingContext("341500"), "六安市公安局经侦支队"),
        ("市市场监管局知识产权科", NamingContext("330782"), "义乌市市场监督管理局知识产权科"),
    ],
)
def test_own_names_are_read_from_the_issuer(
    surface: str, context: NamingContext, canonical: str | None
) -> None:
    assert name_of(surface, context) == canonical


# A body named before in the list: 国家知识产权局条法司、战略规划司.
@pytest.mark.parametrize(
    ("surface", "body", "canonical"),
    [
        ("战略规划司", "国家知识产权局", "国家知识产权局战略规划司"),
        ("联席办", "国家知识产权局", "国家知识产权局联席办"),
        ("审业部", "国家知识产权局专利局", "国家知识产权局专利局审业部"),
        ("审业部", "国家知识产权局", "国家知识产权局专利局审业部"),
        ("商标局", "国家知识产权局专利局", "国家知识产权局商标局"),
        ("公共服务司", "国家知识产权局专利局", "国家知识产权局公共服务司"),
        ("科技司", "教育部", "教育部科技司"),
        ("规划处", "湖南省教育厅", "湖南省教育厅规划处"),
        ("规划处", "湖南省各市州知识产权局", None),
    ],
)
def test_a_unit_belongs_to_the_body_named_before(
    surface: str, body: str, canonical: str | None
) -> None:
    assert name_of(surface, NamingContext("430000", body=body)) == canonical


# The level is written once for a list: 市行政审批局、住建局、司法局.
@pytest.mark.parametrize(
    ("surface", "place", "hint", "canonical"),
    [
        ("住建局", "341500", "市", "六安市住房和城乡建设局"),
        ("司法局", "340121", "市", "合肥市司法局"),
        ("司法局", "340121", "县", "长丰县司法局"),
        ("发展改革委", "340000", "省", "安徽省发展和改革委员会"),
        ("林草局", "620000", "省", "甘肃省林业和草原局"),
        ("宣传部", "620000", "省", "中共甘肃省委宣传部"),
        ("教委", "500000", "市", "重庆市教育委员会"),
        ("检察院", "340000", "省", "安徽省人民检察院"),
        ("科学技术部", "340000", "省", "科学技术部"),
        ("教育局", "340000", None, None),
        ("教育厅", "340000", None, "安徽省教育厅"),
        ("教育局", "110000", None, "北京市教育局"),
        ("政府", "340000", None, None),
    ],
)
def test_a_level_written_once_holds_for_the_list(
    surface: str, place: str, hint: str | None, canonical: str | None
) -> None:
    assert name_of(surface, NamingContext(place, level_hint=hint)) == canonical


def test_names_set_up_by_the_notice_come_first() -> None:
    aliases = {"联席会议": "重庆市民办教育工作部门联席会议", "示范区": "重庆市示范区管理办公室"}
    context = NamingContext("500000", aliases=aliases)
    assert name_of("联席会议", context) == "重庆市民办教育工作部门联席会议"
    assert name_of("市教委", NamingContext("500000", aliases={"市教委": "市教委"})) is not None
    loop = NamingContext("500000", aliases={"甲局": "乙局", "乙局": "甲局"})
    assert resolve_agency("甲局", loop).reason


@pytest.mark.parametrize(
    ("surface", "canonical"),
    [
        ("省市场监管局（省知识产权局）", "湖南省市场监督管理局"),
        ("省 教 育 厅", "湖南省教育厅"),
        ("省教育厅等部门", "湖南省教育厅"),
        ("省教育厅等", "湖南省教育厅"),
        ("、省教育厅；", "湖南省教育厅"),
        ("各市、县（市、区）人民政府", "湖南省各市、县(市、区)人民政府"),
        ("中国（长沙）知识产权保护中心", "中国(长沙)知识产权保护中心"),
    ],
)
def test_punctuation_around_a_name_does_not_matter(surface: str, canonical: str) -> None:
    assert name_of(surface, JOINT) == canonical


# The same short name means another body at another time.
@pytest.mark.parametrize(
    ("surface", "place", "date", "canonical"),
    [
        ("中央网信办", "100000", "2016-03", "中央网络安全和信息化领导小组办公室"),
        ("中央网信办", "100000", "2019", "中共中央网络安全和信息化委员会办公室"),
        ("广电总局", "100000", "2010", "国家广播电影电视总局"),
        ("广电总局", "100000", "2020", "国家广播电视总局"),
        ("国家药监局", "100000", "2001", "国家药品监督管理局"),
        ("省编办", "370000", "2015-06", "山东省机构编制委员会办公室"),
        ("省编办", "370000", "2020-06", "中共山东省委机构编制委员会办公室"),
        ("市税务局", "370100", "2020", "国家税务总局济南市税务局"),
        ("人民银行", "341500", "2022", "中国人民银行六安市中心支行"),
        ("人民银行", "341500", "2024", "中国人民银行六安市分行"),
    ],
)
def test_a_short_name_is_read_as_of_the_date(
    surface: str, place: str, date: str, canonical: str
) -> None:
    assert name_of(surface, NamingContext(place, issued_on=date)) == canonical


def test_a_name_of_the_past_says_who_took_over() -> None:
    found = resolve_agency("工商总局", NamingContext("100000", issued_on="2021-01"))
    assert found.target is not None
    assert found.target.name == "国家工商行政管理总局"
    assert "国家市场监督管理总局" in found.reason
    assert (
        "承接" not in resolve_agency("工商总局", NamingContext("100000", issued_on="2016")).reason
    )


def test_what_cannot_be_told_stays_unresolved_with_candidates() -> None:
    ambiguous = resolve_agency("鼓楼区人民政府", NamingContext("100000"))
    assert ambiguous.target is None
    assert "南京市鼓楼区人民政府" in ambiguous.candidates
    assert "福州市鼓楼区人民政府" in ambiguous.candidates
    assert name_of("鼓楼区人民政府", NamingContext("350000")) == "福州市鼓楼区人民政府"
    wrong_level = resolve_agency("教育局", NamingContext("340000"))
    assert wrong_level.candidates
    assert "安徽省" in wrong_level.reason
    competent = resolve_agency("市场监管部门", NamingContext("370100"))
    assert competent.target is None
    assert competent.candidates == ("济南市市场监督管理局",)


def test_an_unknown_department_is_put_together_with_less_certainty() -> None:
    found = resolve_agency("省低空经济办", NamingContext("340000"))
    assert found.target is not None
    assert found.target.name == "安徽省低空经济办"
    assert found.target.parent == "安徽省人民政府"
    assert found.certainty < 0.7
    assert "不在机构表" in found.reason


@pytest.mark.parametrize(
    "surface",
    ["", "省", "积极推进知识产权保护", "有关部门", "各成员单位", "等有关单位", "顾全大局",
     "鼓励企业承办",
     "属地政府", "县级以上地方人民政府", "沈阳化工大学", "知识产权",
     "由省教育厅会同省科技厅", "一窗通办",
     "仁怀市、威宁县人民政府", "十个以上的部"],
)  # fmt: skip
def test_what_is_no_body_is_not_resolved(surface: str) -> None:
    found = resolve_agency(surface, NamingContext("210000", issuers=("辽宁省人民政府",)))
    assert found.target is None
    assert found.reason
    assert found.certainty == 0


def test_a_body_tells_its_place_level_and_parent() -> None:
    body = describe_agency("沈阳市浑南区市场监督管理局")
    assert body is not None
    assert (body.kind, body.level, body.jurisdiction) == ("department", "county", "210112")
    assert body.parent == "沈阳市浑南区人民政府"
    assert "浑南区市场监督管理局" in body.aliases
    assert "沈阳市浑南区市场监管局" in body.aliases
    unit = describe_agency("安徽省知识产权局保护处")
    assert unit is not None
    assert (unit.kind, unit.parent) == ("unit", "安徽省知识产权局")
    assert describe_agency("省教育厅") is None
    assert describe_agency("教育厅") is None


def test_aliases_are_the_same_whatever_the_mention() -> None:
    context = NamingContext("340000")
    forms = ("省发展改革委", "安徽省发改委", "省发展和改革委员会")
    bodies = {resolve_agency(form, context).target for form in forms}
    assert len(bodies) == 1


def test_members_of_a_collective_are_the_bodies_below() -> None:
    found = resolve_agency("各市政府", NamingContext("210000")).target
    assert found is not None
    assert len(found.members) == 14
    assert {"沈阳市人民政府", "葫芦岛市人民政府"} <= set(found.members)
    bureaus = resolve_agency("各设区市市场监管局", NamingContext("320000")).target
    assert bureaus is not None
    assert "苏州市市场监督管理局" in bureaus.members
    provinces = resolve_agency("各省、自治区、直辖市人民政府", NamingContext("100000")).target
    assert provinces is not None
    assert len(provinces.members) == 31


def _resolved() -> list[tuple[str, str, str]]:
    local = [(p, d, s) for (p, d), rows in LOCAL.items() for s, canonical in rows if canonical]
    national = [("100000", d, s) for d, rows in NATIONAL.items() for s, name in rows if name]
    return local + national


@pytest.mark.parametrize(("place", "date", "surface"), _resolved())
def test_a_full_name_describes_the_same_body(place: str, date: str, surface: str) -> None:
    target = resolve_agency(surface, NamingContext(place, issued_on=date)).target
    assert target is not None
    if target.kind in INSTITUTION_KINDS:
        return
    again = describe_agency(target.name)
    assert again is not None
    assert (again.name, again.kind, again.level) == (target.name, target.kind, target.level)
    assert (again.jurisdiction, again.parent) == (target.jurisdiction, target.parent)


def test_every_division_has_its_government_and_departments() -> None:
    for division in load_divisions().all():
        if division.level == "national" or division.abolished:
            continue
        context = NamingContext(division.code)
        for surface in (f"{division.canonical}政府", f"{division.canonical}市场监管局"):
            target = resolve_agency(surface, context).target
            assert target is not None, surface
            assert target.jurisdiction == division.code, surface


GOLD = Path(__file__).parent / "gold"
GOLD_CONTEXTS = {
    "000": NamingContext("210000", ("辽宁省知识产权局",), issued_on="2022-05-10"),
    "003": NamingContext("210000", ("辽宁省人民政府", "国家知识产权局"), issued_on="2024-07-30"),
}


@pytest.mark.parametrize("notice", sorted(GOLD_CONTEXTS))
def test_actors_of_the_gold_notices_have_their_canonical_names(notice: str) -> None:
    same: dict[str, str] = {}
    for line in (GOLD / "aliases.tsv").read_text(encoding="utf-8").splitlines():
        names = line.split("\t")
        same.update(dict.fromkeys(names, names[0]))
    checked = 0
    for line in (GOLD / f"{notice}.tsv").read_text(encoding="utf-8").splitlines():
        _, relation, canonical, quote = line.split("\t")[:4]
        surface = quote.removesuffix("牵头")
        if relation not in ("LEADS", "SUPPORTS", "RESPONSIBLE_FOR") or "、" in surface:
            continue
        if surface != "联席办":  # needs the body before it
            name = name_of(surface, GOLD_CONTEXTS[notice])
            assert same.get(name or "", name) == same.get(canonical, canonical), surface
            checked += 1
    assert checked > 5


@pytest.mark.parametrize(
    ("surface", "is_like"),
    [
        ("省教育厅", True), ("市民政局", True), ("国家安全局", True), ("财政局", True),
        ("移民办", True),
        ("运用促进司", True), ("大连海关", True), ("省法院", True), ("省属高校", False),
        ("布局", False),
        ("顾全大局", False), ("有关部门", False), ("加强组织领导", False), ("厅", False),
    ],
)  # fmt: skip
def test_shape_of_names(surface: str, is_like: bool) -> None:
    assert is_agency_like(surface) is is_like


def test_names_of_nobody() -> None:
    assert names_nobody("市级有关部门")
    assert names_nobody("各责任单位")
    assert not names_nobody("市财政局")
    assert not names_nobody("各地区")


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet="省市区县各局委办厅政府、()（）国家知识产权教育沈阳辽宁党中共团处司", max_size=80
    )
)
def test_any_text_gives_a_resolution(text: str) -> None:
    found = resolve_agency(text, BUREAU)
    assert found.reason
    if found.target:
        assert found.target.name
        assert found.target.parent != found.target.name


def test_hostile_names_are_read() -> None:
    for unit in ("、", "(", "各", "局", "局处", "市", "省市区县", "国家知识产权局", "中共", "委"):
        for length in (30, 60, 1_000_000):
            assert resolve_agency((unit * length)[:length], BUREAU).reason


def test_national_bodies_refer_to_listed_ones() -> None:
    tables = load_tables()
    for bodies in tables.national.values():
        for body in bodies:
            for other in (body.parent, body.successor):
                assert other is None or other in tables.national, (body.name, other)


def test_no_national_form_means_two_bodies_at_one_time() -> None:
    tables = load_tables()
    for form, bodies in [*tables.national.items(), *tables.national_bare.items()]:
        spans = sorted((b.since or "0", b.until or "9") for b in bodies)
        for (_, until), (since, _) in pairwise(spans):
            assert until <= since, (form, [b.name for b in bodies])


def test_national_names_can_be_listed() -> None:
    names = dict(list_national_names())
    assert "发展改革委" not in names  # every province has one
    assert names["科技部"] == "科学技术部"
    assert len(names) > 300


@pytest.mark.parametrize(("place", "date", "surface"), _resolved())
def test_parents_are_bodies_that_can_be_described(place: str, date: str, surface: str) -> None:
    body = resolve_agency(surface, NamingContext(place, issued_on=date)).target
    seen = []
    while body is not None and body.parent is not None:
        seen.append(body.name)
        parent = describe_agency(body.parent)
        assert parent is not None, body
        assert parent.name == body.parent
        assert parent.name not in seen
        body = parent


@pytest.mark.parametrize(
    ("surface", "word"),
    [("市行政审批局", "市"), ("省物流办", "省"), ("市场监管局", None), ("财政局", None), ("六安市司法局", None)],
)  # fmt: skip
def test_the_level_word_is_told_only_where_a_name_has_one(surface: str, word: str | None) -> None:
    assert resolve_agency(surface, NamingContext("341500")).level_word == word
