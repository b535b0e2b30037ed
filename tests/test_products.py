"""Products: gazetteer, place and goods, lists and quotation marks, support, origin."""

import re

import pytest

from kg.divisions import load_divisions
from kg.errors import OntologyError
from kg.products import load_products, parse_products
from kg.types import Span
from loaders.products import detect_products, find_products, origin_of
from loaders.types import Context, EntityMention

ANYWHERE = Context(jurisdiction="100000")


def read(text: str) -> list[EntityMention]:
    return detect_products(text, [Span(0, len(text))], ANYWHERE)


# (text, names in order)
NAMED = [
    # the gazetteer, wherever the name stands
    ("加强五常大米的全链条保护", ["五常大米"]),
    ("创建麻江蓝莓地理标志产品保护示范区", ["麻江蓝莓"]),
    ("打造“福海冰川龙斑鱼”等县域公共品牌", ["福海冰川龙斑鱼"]),
    ("培育“天山贡枣”“红旗坡苹果”等特色林果品牌", ["天山贡枣", "红旗坡苹果"]),
    ("支持“大东风”汽车打造品牌", []),  # the name is inside of another quoted one
    ("秀山红茶、秀山白茶获批地理标志证明商标", ["秀山红茶", "秀山白茶"]),
    ("在库尔勒香梨主产区设立工作站", ["库尔勒香梨"]),
    ("查处假冒西湖龙井、安溪铁观音的行为", ["西湖龙井", "安溪铁观音"]),
    ("指导普洱茶、宣威火腿换发专用标志", ["普洱茶", "宣威火腿"]),
    ("保护和田玉、岫岩玉等玉石品牌", ["和田玉", "岫岩玉"]),
    ("开展赣南脐橙“一标一码”追溯", ["赣南脐橙"]),
    # other names come out as the canonical one
    ("推介郫县豆瓣酱", ["郫县豆瓣"]),
    ("南丰蜜橘出口", ["南丰蜜桔"]),
    ("太湖边的碧螺春茶", ["洞庭山碧螺春"]),
    ("做强铁观音和大红袍", ["安溪铁观音", "武夷山大红袍"]),
    # a count closes a list without 等; a word for goods of the soil is no brand
    ("推广“小屿虾仁”“小屿紫菜”3件地理标志商标", ["小屿虾仁", "小屿紫菜"]),
    ("打造河套葵花籽、乌兰察布马铃薯6个区域公用品牌", ["河套葵花籽", "乌兰察布马铃薯"]),
    ("叫响一批“乡土”区域品牌", []),
    ("打造“百乡百味”区域品牌", []),
    # the longest name wins, in quotation marks even over a known one; unknown goods of a county
    ("做强“武功苦荞麦”等地理标志产品", ["武功苦荞麦"]),
    # unknown goods beside named ones; goods of longer names
    ("发展洛川苹果、乙丙丁等地理标志产品", ["洛川苹果", "乙丙丁"]),
    ("提升门源油菜籽、龙游黄花梨品牌影响力", ["门源油菜籽", "龙游黄花梨"]),
    ("保护潮州凤凰单丛茶", ["凤凰单丛"]),
    ("申报英吉沙杏、于田县新梨等为中国地理标志保护产品", ["英吉沙杏", "于田县新梨"]),
    ("培育“天岭贡枣”“红坡小苹果”等3个中国名牌产品", ["天岭贡枣", "红坡小苹果"]),
    ("吐鲁番葡萄干加工", ["吐鲁番葡萄干"]),
    ("中宁枸杞质量标准", ["中宁枸杞"]),
    # the other members of a list with several known ones; goods made of those named
    (
        "支持赣南脐橙、南丰蜜桔、崇仁麻鸡、樟树吴茱萸、李渡烟花发展",
        ["赣南脐橙", "南丰蜜桔", "崇仁麻鸡", "樟树吴茱萸", "李渡烟花"],
    ),
    ("建设“山西药茶”“山西小米”省级区域公用品牌", ["山西药茶", "山西小米"]),
    ("支持盐池滩羊肉、景德镇陶瓷等地理标志产品", ["盐池滩羊肉", "景德镇陶瓷"]),
    (
        "开展寿山石、永泰李果、连江鲍鱼、平潭水仙保护",
        ["寿山石", "永泰李果", "连江鲍鱼", "平潭水仙"],
    ),
    ("推动甘南牦牛肉、平凉红牛发展", ["甘南牦牛肉", "平凉红牛"]),
    # a place and goods straight after it
    ("培育金寨红茶品牌", ["金寨红茶"]),
    ("支持靖边羊肉上市", ["靖边羊肉"]),
    ("打造施甸蜂蜜公共标识", ["施甸蜂蜜"]),
    ("扶持榆树小米种植户", ["榆树小米"]),
    ("推广苏尼特羊肉", ["苏尼特羊肉"]),
    ("推广凉山苦荞茶等特产", ["凉山苦荞茶"]),
    ("支持瓦房店红富士苹果申报示范区", ["瓦房店红富士苹果"]),
    ("扩大克山大豆产销规模", ["克山大豆"]),
    ("冒用绛县黄芩、互助青稞酒名义", ["绛县黄芩", "互助青稞酒"]),
    # a short name that no place begins, behind its place
    ("支持蕲春蕲艾、建阳建盏发展", ["蕲春蕲艾", "建阳建盏"]),
    # lists closed by 等 and a word for indications, brands or products
    ("培育大荔冬枣、周至猕猴桃等地理标志产品", ["大荔冬枣", "周至猕猴桃"]),
    ("重点保护甲山红米、石桥豆腐等地理标志", ["甲山红米", "石桥豆腐"]),
    ("推动横沟大米、白水苹果等国家地理标志保护产品出口", ["横沟大米", "白水苹果"]),
    ("做优静宁苹果、云岭秀芽等特色产品", ["静宁苹果", "云岭秀芽"]),
    ("擦亮章丘大葱、龙山小米等区域公用品牌", ["章丘大葱", "龙山小米"]),
    ("打响柯桥纺织、嵊州领带等区域品牌", ["柯桥纺织", "嵊州领带"]),
    ("围绕黄岩蜜桔、仙居杨梅等3个地理标志编制指引", ["黄岩蜜桔", "仙居杨梅"]),
    ("引导吴兴区织里童装、柯桥纺织等区域品牌注册", ["织里童装", "柯桥纺织"]),
    # a list without 等
    ("推进平遥牛肉、沁州黄小米地理标志提质", ["平遥牛肉", "沁州黄小米"]),
    # quotation marks
    ("支持“海州泳装”等区域品牌注册", ["海州泳装"]),
    ("擦亮“甘味”区域公用品牌", ["甘味"]),
    ("将“丽水山耕”“三衢味”等区域公用品牌纳入名录", ["丽水山耕", "三衢味"]),
    ("申请“虎门服装”集体商标", ["虎门服装"]),
    ("规范“章丘铁锅”证明商标的使用", ["章丘铁锅"]),
    # what is registered as such
    ("推动云岭葡萄注册集体商标", ["云岭葡萄"]),
    ("指导滕村白莲申报农产品地理标志", ["滕村白莲"]),
    # one mention for each name
    ("盘锦大米提质，盘锦大米出海", ["盘锦大米"]),
]

# Nothing is a product here.
NONE = [
    "在日喀则、林芝组织地理标志产品推介",
    "调配口罩、消毒液等防疫物资",
    "培育优质大米、有机茶叶等特色产品",
    "苹果、大枣、核桃等农产品",
    "推动专利、商标、地理标志协同发展",
    "开设“抗疫”地理标志产品线上专区",
    "落实“一村一品”等区域品牌政策",
    "发展我市特色苹果产业",
    "云南茶叶和山东苹果的产业基础",
    "落实《五常大米保护条例》",
    "支持五常大米协会制定标准",
    "举办盘锦大米节",
    "依托安溪铁观音研究院开展检测",
    "五常大米产业研究院挂牌",
    "加强地理标志、集体商标、证明商标保护",
    "鼓励企业、高校、科研院所等创新主体建设平台",
    "支持芯片、软件等产品出口",
    "建设国家地理标志产品保护示范区",
    "开展农产品地理标志登记",
    "推动沈阳市市场监管部门加强执法",
    "建立商标品牌指导站等服务机构",
    "“蓝天”行动期间查处假冒",
    "在菏泽市牡丹区设立工作站",
    "指导企业注册集体商标，推动大同区、林甸县申报地理标志商标",
    "引导果农、茶农申报地理标志",
]


@pytest.mark.parametrize(("text", "names"), NAMED, ids=[row[0] for row in NAMED])
def test_named_products_are_found(text: str, names: list[str]) -> None:
    assert [mention.name for mention in read(text)] == names


@pytest.mark.parametrize("text", NONE)
def test_generic_goods_titles_and_bodies_are_none(text: str) -> None:
    assert read(text) == []


# (text, name, supported)
SUPPORT = [
    ("支持五常大米提质增效", "五常大米", True),
    ("加大对五常大米的扶持力度", "五常大米", True),
    ("加大对章丘大葱、五常大米等地理标志产品的支持力度", "五常大米", True),
    ("建设五常大米保护示范区", "五常大米", True),
    ("做大做强五常大米", "五常大米", True),
    ("培育五常大米品牌", "五常大米", True),
    ("查处假冒五常大米的行为", "五常大米", False),
    ("举办五常大米推介活动", "五常大米", False),
    ("支持企业发展。推广五常大米", "五常大米", False),
    ("以五常大米为重点开展监测，支持合作社注册商标", "五常大米", False),
    # any mention that says so is enough
    ("推广五常大米。支持五常大米出口", "五常大米", True),
]


@pytest.mark.parametrize(("text", "name", "supported"), SUPPORT, ids=[row[0] for row in SUPPORT])
def test_support(text: str, name: str, supported: bool) -> None:
    assert {m.name: m.supported for m in read(text)}[name] is supported


def test_mentions_carry_span_kind_and_aliases() -> None:
    text = "推介郫县豆瓣酱，打响“海州泳装”等区域品牌"
    sauce, swimwear = read(text)
    assert text[sauce.span.start : sauce.span.end] == "郫县豆瓣酱"
    assert sauce.properties == {"kind": "geographical_indication", "aliases": ["郫县豆瓣酱"]}
    assert text[swimwear.span.start : swimwear.span.end] == "海州泳装"
    assert swimwear.properties == {"kind": "regional_brand", "aliases": []}
    assert sauce.confidence > swimwear.confidence
    assert {m.label for m in (sauce, swimwear)} == {"Product"}


def test_only_the_regions_are_read() -> None:
    text = "五常大米。盘锦大米"
    assert [m.name for m in detect_products(text, [Span(5, 9)], ANYWHERE)] == ["盘锦大米"]


def test_names_in_longer_names_are_still_found_for_masking() -> None:
    text = "盘锦大米协会"
    assert [at.name for at in find_products(text, Span(0, len(text)))] == ["盘锦大米"]
    assert read(text) == []


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("五常大米", "五常市"),
        ("金寨红茶", "金寨县"),
        ("郫县豆瓣酱", "成都市郫都区"),
        ("岫岩玉", "岫岩满族自治县"),
        ("兴城泳装", "兴城市"),
        ("柯桥纺织", "绍兴市柯桥区"),
        ("巴味渝珍", None),
        ("海州泳装", None),  # two districts are called so
    ],
)
def test_origin(name: str, place: str | None) -> None:
    found = origin_of(name)
    assert (found.canonical if found else None) == place


class TestGazetteer:
    def test_is_large_and_consistent(self) -> None:
        products = load_products()
        assert len({product.name for product in products.values()}) > 3000
        for name, product in products.items():
            assert name in (product.name, *product.aliases)
            assert re.fullmatch(r"[\u3007\u4e00-\u9fff()（）0-9]{2,12}", name), name
            assert load_divisions().named(name) == (), name

    def test_each_province_has_some(self) -> None:
        provinces = {
            load_divisions().lineage(product.origin.code)[-1].code
            for product in load_products().values()
        }
        listed = {row.code for row in load_divisions().children("100000")}
        assert listed - provinces == {"660000", "710000", "810000", "820000"}

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"products": {"吉林省": {"不存在市": ["甲玉"]}}}, "unknown place"),
            ({"products": {"吉林省": {"长春市": ["甲玉", "甲玉"]}}}, "stands twice"),
            ({"aliases": {"无此物": ["别名"]}}, "in no list"),
            ({"aliases": {"甲玉": ["乙玉"]}}, "two products"),
            ({"regional_brands": ["无此物"]}, "in no list"),
        ],
    )
    def test_wrong_files_are_refused(self, change: dict[str, object], problem: str) -> None:
        good = {
            "products": {"吉林省": {"长春市": ["甲玉", "乙玉"]}},
            "aliases": {},
            "regional_brands": [],
        }
        assert set(parse_products(good)) == {"甲玉", "乙玉"}
        with pytest.raises(OntologyError, match=problem):
            parse_products({**good, **change})


@pytest.mark.parametrize("piece", ["盘锦大米、", "等地理标志", "“", "国家", "区域品牌、"])
def test_long_lists_end(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    assert len(read(text)) <= 1
