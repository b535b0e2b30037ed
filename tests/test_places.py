"""Places: what is one, which one, and what only looks like one."""

import pytest

from kg.types import Span
from loaders.places import detect_places
from loaders.support import is_supported
from loaders.types import Context, EntityMention


def read(text: str, jurisdiction: str = "100000") -> list[EntityMention]:
    return detect_places(text, [Span(0, len(text))], Context(jurisdiction=jurisdiction))


# (jurisdiction of the notice, text, names in order)
PLACES = [
    # short names take their full form
    ("100000", "支持宁波、青岛先行先试", ["宁波市", "青岛市"]),
    (
        "100000",
        "支持广西、西藏、新疆开展试点",
        ["广西壮族自治区", "西藏自治区", "新疆维吾尔自治区"],
    ),
    ("100000", "与香港、澳门开展合作", ["香港特别行政区", "澳门特别行政区"]),
    ("510000", "推动甘孜州、凉山州用好地理标志", ["甘孜藏族自治州", "凉山彝族自治州"]),
    ("430000", "支持通道县、靖州县建站", ["通道侗族自治县", "靖州苗族侗族自治县"]),
    # counties of the notice's own place; districts carry their city
    ("370000", "指导寿光市、曲阜市申报", ["寿光市", "曲阜市"]),
    ("350200", "在思明区、翔安区设点", ["厦门市思明区", "厦门市翔安区"]),
    ("150000", "支持翁牛特旗、突泉县", ["翁牛特旗", "突泉县"]),
    ("310000", "推进徐汇区、嘉定区建设强区", ["上海市徐汇区", "上海市嘉定区"]),
    # a district's name is shared: the city before it, or the notice's own, decides
    ("100000", "支持长春市朝阳区开展试点", ["长春市朝阳区"]),
    ("110000", "支持朝阳区开展试点", ["北京市朝阳区"]),
    ("330000", "选取宁波市海曙区、鄞州区", ["宁波市海曙区", "宁波市鄞州区"]),
    ("620000", "指导临夏州东乡县申报", ["东乡族自治县"]),
    # a province shares its short name with a city or a prefecture
    ("230000", "会同吉林、辽宁建立机制", ["吉林省", "辽宁省"]),
    ("220000", "支持长春、吉林建设示范城市", ["长春市", "吉林市"]),
    ("100000", "在广东、海南等省开展试点", ["广东省", "海南省"]),
    # a path is one place
    ("100000", "支持福建省三明市沙县区", ["三明市沙县区"]),
    ("360000", "支持赣州市瑞金市发展", ["瑞金市"]),
    # lists that only their neighbours make readable
    ("500000", "重点在荣昌、合川、黔江布局", ["重庆市荣昌区", "重庆市合川区", "重庆市黔江区"]),
    ("410300", "在栾川、嵩县、洛宁三地推广", ["栾川县", "嵩县", "洛宁县"]),
    # banners by their short names; a zone with a name of its own behind its place's
    ("150000", "支持通辽市科左后旗、锡林郭勒盟东乌旗", ["科尔沁左翼后旗", "东乌珠穆沁旗"]),
    ("320000", "支持泰州医药高新区、佛山三龙湾科技城", ["泰州医药高新区", "三龙湾科技城"]),
    ("320000", "推动苏州建设高新区，提升杭州国际影响力", ["苏州市", "杭州市"]),
    (
        "500000",
        "共建西部（重庆）科学城、泸永江融合发展示范区",
        ["西部(重庆)科学城", "泸永江融合发展示范区"],
    ),
    # functional zones
    ("320000", "支持苏州工业园区、江北新区", ["苏州工业园区", "南京市江北新区"]),
    ("210000", "支持大连市高新区提档升级", ["大连高新区"]),
    ("370000", "支持烟台经济技术开发区", ["烟台经济技术开发区"]),
    ("370000", "支持烟台经开区", ["烟台经开区"]),
    ("630000", "支持西宁国家级经济技术开发区", ["西宁经济技术开发区"]),
    ("230000", "建设佳木斯国家农业高新技术产业示范区", ["佳木斯国家农业高新技术产业示范区"]),
    (
        "610000",
        "推进西安市雁塔区、宝鸡市渭滨区、汉中市勉县知识产权强县工程",
        ["西安市雁塔区", "宝鸡市渭滨区", "勉县"],
    ),
    (
        "120000",
        "推动东疆综合保税区、天津经开区、天津滨海高新区华苑科技园发展",
        ["东疆综合保税区", "天津经开区"],
    ),
    ("320100", "推动紫金山科技城开展托管", ["紫金山科技城"]),
    ("330300", "推动浙南科技城、温州高新区创建", ["浙南科技城", "温州高新区"]),
    (
        "140000",
        "推进晋中国家农高区、齐鲁科学城建设",
        ["山西晋中国家农业高新技术产业示范区", "齐鲁科学城"],
    ),
    ("370000", '支持烟台市知识产权联合会、"烟台杯"大赛', []),
    ("420000", "支持武汉开发区、长江新区", ["武汉开发区", "武汉长江新区"]),
    ("350900", "推动东侨经济技术开发区开展导航", ["东侨经开区"]),
    (
        "230000",
        "支持中国（黑龙江）自由贸易试验区绥芬河片区、黑河片区",
        ["中国(黑龙江)自由贸易试验区绥芬河片区", "中国(黑龙江)自由贸易试验区黑河片区"],
    ),
    ("410000", "在自贸区洛阳片区设窗口", ["中国(河南)自由贸易试验区洛阳片区"]),
    ("310000", "依托上海自贸试验区临港新片区", ["临港新片区"]),
    ("440000", "支持前海、横琴先行先试", ["前海深港现代服务业合作区", "横琴粤澳深度合作区"]),
    # a district before an industry is a place
    ("330000", "支持温岭市泵业、永康五金等区域品牌", ["温岭市"]),
    # names that share a zone's kind are zones; a name with its 市 is a city
    ("320000", "支持苏州、无锡高新区升级", ["苏州高新区", "无锡高新区"]),
    ("210000", "支持沈阳市、大连高新区升级", ["沈阳市", "大连高新区"]),
    ("430000", "建设长沙、株洲国家自主创新示范区", ["长沙市", "株洲市"]),
    # the notice's own place and those above it are none
    ("330100", "推动杭州高质量发展，浙江领先", []),
    ("440300", "支持深圳市福田区", ["深圳市福田区"]),
    # 等地 makes no name of what follows it
    (
        "100000",
        "对福州、厦门等地银行给予补偿，帮扶山东、浙江等地企业办理海关备案",
        ["福州市", "厦门市", "山东省", "浙江省"],
    ),
    ("310000", "支持中国（上海）自由贸易试验区临港新片区", ["临港新片区"]),
    (
        "370000",
        "支持潍坊滨海经济技术开发区、苏州昆山高新区",
        ["潍坊滨海经济技术开发区", "昆山高新区"],
    ),
    ("430400", "推动各类经济开发区、化工经济开发区升级，在松木经济开发区设站", ["松木经济开发区"]),
    ("130100", "支持赵县建设示范县", ["赵县"]),  # a short name between verbs
    ("370000", "在菏泽市牡丹区设站", ["菏泽市牡丹区"]),
    ("120000", "支持天津经济技术开发区、天津经开区", ["天津经济技术开发区"]),  # as written first
    # one mention for each place
    ("100000", "支持合肥市，推动合肥发展", ["合肥市"]),
]

# (jurisdiction, text): a name that is only a part of another, or no name at all
NONE = [
    ("100000", "建设新品种测试中心（北京）和测试站"),
    ("100000", "建设天津市滨海新区技术与创新支持中心"),
    ("130000", "加大对邯郸永年大蒜的保护"),
    ("460000", "推动海口云谷互联网信息产业园发展"),
    ("500000", "推进成都知识产权审判庭建设"),
    ("100000", "依托大连理工大学、南京大学培养人才"),
    ("210000", "加强沈阳海关与大连海关协作"),
    ("330000", "加强杭州、宁波知识产权保护中心建设"),
    ("440000", "支持广州、深圳知识产权法院发展"),
    ("320000", "建好中国（南京）知识产权保护中心"),
    ("100000", "落实《深圳经济特区知识产权保护条例》"),
    ("210000", "扩大盘锦大米、旅顺海带的影响"),
    ("340000", "打造“芜湖米市”等区域品牌"),
    ("500000", "推进重庆台湾农民创业园发展"),
    ("420000", "推动武汉城市圈、襄阳都市圈协同"),
    ("431200", "由县市场监管局牵头，会同县委宣传部开展检查"),
    ("431200", "会同县公安局、会同县有关部门联合执法"),
    ("100000", "加强对中小企业的服务，确定西部重点任务"),
    ("100000", "办好北京冬奥会、广州博览会知识产权保护"),
    ("100000", "推动长三角、京津冀、粤港澳大湾区协同"),
    ("100000", "做大同类产业，长治久安，公开平等竞争"),
    ("100000", "网上海量信息，进出口海运，交通化解"),
    ("510000", "参照沈阳经验、学习义乌模式"),
    ("100000", "推动国家级经济技术开发区、省级高新技术产业开发区升级"),
    ("130000", "各设区市、雄安新区管委会按职责落实"),
    ("100000", "发挥北京银行、上海证券交易所作用"),
    ("370000", "推动市场监管系统加强行政执法"),
]


@pytest.mark.parametrize(("code", "text", "names"), PLACES, ids=[row[1] for row in PLACES])
def test_places_are_found_and_resolved(code: str, text: str, names: list[str]) -> None:
    assert [mention.name for mention in read(text, code)] == names


@pytest.mark.parametrize(("code", "text"), NONE, ids=[row[1] for row in NONE])
def test_parts_of_names_are_no_places(code: str, text: str) -> None:
    assert read(text, code) == []


# (text, the thing, supported)
SUPPORT = [
    ("支持威海市建设示范城市", "威海市", True),
    ("支持济宁、威海市等地先行先试", "威海市", True),
    ("扶持威海市发展产业", "威海市", True),
    ("培育壮大威海市特色产业", "威海市", True),
    ("高标准建设威海市示范园区", "威海市", True),
    ("加大对威海市的支持力度", "威海市", True),
    ("对威海市给予倾斜", "威海市", True),
    ("向威海市等地给予资金支持", "威海市", True),
    ("推进威海市建设", "威海市", True),
    ("做大做强威海市品牌", "威海市", True),
    ("办好威海市论坛", "威海市", True),
    ("支持企业在威海市落户", "威海市", False),
    ("支持力度逐年加大，威海市参加", "威海市", False),
    ("支持政策向全省推广，威海市先行", "威海市", False),
    ("支持企业发展；威海市先行", "威海市", False),
    ("依托威海市开展试点", "威海市", False),
    ("发挥威海市示范作用", "威海市", False),
    ("建设方案由威海市制定", "威海市", False),
    ("推广威海市做法", "威海市", False),
    ("在威海市设立分中心", "威海市", False),
    ("支持烟台与威海市共建", "威海市", True),
    ("支持国家知识产权国际运营（上海）平台、威海市发展", "威海市", True),  # no verb
    ("在资金上向威海市倾斜", "威海市", True),
    ("给予威海市政策支持", "威海市", True),
    ("加快威海市保护中心建设步伐", "威海市", True),
    ("支持举办威海市博览会", "威海市", True),
    ("支持企业使用威海市平台", "威海市", False),
    ("建好法律服务中心、甲乙推广中心、威海市分中心", "威海市", True),  # no verbs, but names
    ("与新疆生产建设兵团、威海市协作", "威海市", False),
    ("支持企业发展.威海市先行", "威海市", False),  # narrow punctuation ends a sentence, too
    ("支持企业服务威海市", "威海市", False),
    ("推动威海市、烟台市加快试点城市建设", "威海市", False),  # that builds something else
]


@pytest.mark.parametrize(("text", "thing", "supported"), SUPPORT, ids=[row[0] for row in SUPPORT])
def test_support(text: str, thing: str, supported: bool) -> None:
    start = text.index(thing)
    assert is_supported(text, Span(start, start + len(thing))) is supported


def test_mentions_carry_span_code_and_level() -> None:
    text = "支持沈阳、大连市高新区升级"
    city, zone = read(text, "210000")
    assert text[city.span.start : city.span.end] == "沈阳"
    assert city.key == "210100"
    assert city.properties["code"] == "210100"
    assert city.properties["level"] == "prefecture"
    assert zone.key is None
    assert zone.properties["level"] == "zone"
    assert text[zone.span.start : zone.span.end] == "大连市高新区"
    assert city.supported
    assert zone.supported


def test_a_later_mention_can_say_that_a_place_is_supported() -> None:
    (only,) = read("推广威海市做法。支持威海市申报")
    assert only.supported
    assert only.span.start == 2


def test_only_the_regions_are_read() -> None:
    text = "支持威海市。支持烟台市"
    found = detect_places(text, [Span(6, len(text))], Context(jurisdiction="100000"))
    assert [mention.name for mention in found] == ["烟台市"]


@pytest.mark.parametrize("piece", ["沈阳、", "铁西区、", "（", "高新技术产业开发区", "和县"])
def test_long_lists_end(piece: str) -> None:
    assert len(read(piece * (30_000 // len(piece)), "210000")) <= 1


def test_a_zone_is_one_node_under_any_form_of_its_name() -> None:
    keys = {
        detect_places(text, [Span(0, len(text))], Context("370000"))[0].key
        for text in ("支持烟台经济技术开发区", "支持烟台经开区", "支持烟台市经开区")
    }
    assert keys == {"烟台经开区"}
