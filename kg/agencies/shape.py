"""The shape of names: normal form, what looks like a body, what names nobody."""

import re
from functools import lru_cache
from typing import Final

from kg.scanning import compile_scan

LONGEST_NAME: Final = 60
_LONGEST_SURFACE: Final = 4 * LONGEST_NAME  # hard wraps and spaces inside included
_NARROW: Final = str.maketrans("（）［］〔〕【】，；：．\u3000", "()()()()，；：.\u3000")
_SPACE = re.compile(r"\s+")
_EDGE: Final = "、,，;；:：。.·“”\"'‘’《》"
_TRAILING = compile_scan(r"(?:等(?:有关|相关)?(?:部门|单位|地方|机构)?|(?:主要)?负责同志)$")

# Endings of the names of bodies, and the kind each tells of a body that no table knows.
_KIND_BY_ENDING: Final[tuple[tuple[str, str], ...]] = (
    ("人民法院", "court"),
    ("检察院", "procuratorate"),
    ("人民政府", "government"),
    ("公司", "company"),
    ("集团", "company"),
    ("银行", "company"),
    ("交易所", "company"),
    ("大学", "university"),
    ("学院", "university"),
    ("实验室", "laboratory"),
    ("研究院", "research_institute"),
    ("研究所", "research_institute"),
    ("协会", "association"),
    ("学会", "association"),
    ("商会", "association"),
    ("联盟", "association"),
    ("研究会", "association"),
    ("促进会", "association"),
    ("基金会", "association"),
    ("联合会", "mass_organisation"),
    ("管理委员会", "department"),
    ("管委会", "department"),
    ("办事处", "department"),
    ("领导小组", "department"),
    ("联席会议", "department"),
    ("办公会议", "department"),
    ("指挥部", "department"),
    ("委员会", "department"),
    ("办公室", "department"),
    ("办公厅", "department"),
    ("中心", "public_institution"),
    ("医院", "public_institution"),
    ("学校", "public_institution"),
    ("图书馆", "public_institution"),
    ("博物馆", "public_institution"),
    ("总队", "department"),
    ("支队", "department"),
    ("大队", "department"),
    ("海关", "department"),
    ("总社", "mass_organisation"),
    ("局", "department"),
    ("厅", "department"),
    ("委", "department"),
    ("办", "department"),
    ("院", "public_institution"),
    ("站", "public_institution"),
    ("所", "public_institution"),
    ("馆", "public_institution"),
    ("台", "public_institution"),
    ("社", "public_institution"),
)
_AGENCY_ENDINGS: Final = (
    *(ending for ending, _ in _KIND_BY_ENDING),
    "政府", "法院", "部", "会", "司", "处", "处室", "科", "科室", "室", "股", "队", "工会", "行署",
    "公署", "妇联", "工商联", "残联", "侨联", "文联", "社科联", "科协", "作协", "团委", "军区",
    "政协", "人大", "人行", "支行", "分行", "中支", "分局", "支局", "组",
)  # fmt: skip
_NOT_ENDINGS: Final = (
    "等处", "多处", "机会", "社会", "宴会", "晚会", "布局", "格局", "结局", "举办", "承办",
    "主办", "协办", "督办", "查办", "交办", "代办", "干部", "全部", "内部", "外部", "东部",
    "西部", "南部", "北部", "中部", "局部", "公开", "展览会", "博览会", "交易会", "座谈会",
    "推介会", "发布会", "研讨会", "培训会", "对接会", "学科", "专科", "教科", "百科", "教室",
    "场所", "互联网", "平台", "舞台", "后台", "上台", "出台", "高校院所", "科研院所", "网站",
    "大厅", "大局", "变局", "开局", "当局", "部署", "签署", "公办", "通办", "自办", "操办",
    "开办", "即办", "好办", "易办", "可办", "快办", "常委", "上一级",
)  # fmt: skip
# Words that a sentence has and the name of a body has not.
_SENTENCE = compile_scan(
    r"的|于(?![洪都田潜])|或|须|不得|应当|及其|等|是|之|均|以下|上述|各项|各类|会同|负责|具体|牵头|[0-9.．]"
    r"|^(?:建设(?![局厅委和与工管银])|打造|推动|推进(?![办委组中处司科])|加强|加快|成立|组建|探索|落实|贯彻|完善|建立|健全|设立"
    r"|协调(?![办委组小领处司科])|依法|依托|严格|认真|积极|根据|按照|通过|鼓励|支持|引导|指导(?![中委组办处司科])|要|报|由|请|为|向|在|与|和(?![平田顺县龙静硕政布])"
    r"|你|该|其|遏制|研究确定|统筹(?![办委组城处司科])|确保|坚持|顾全|工作部|级|内(?![蒙江黄乡丘务设])|外(?![事办侨资国经贸汇联商])|长(?![三江春沙治白乐兴丰葛宁寿汀泰岭海垣清途丰征航])|签"
    r"|商(?![务标业贸会检学投事品]))"
)
_GENERIC = compile_scan(
    r"(?!各(?:业务|内设|职能)?[处科](?:室|\(室\))?$)"  # the issuer's own
    r"(?:各级|各地|各|有关|相关|其他|其它|上述|本|全省|全市|全区|全县|省级|市级|区级|县级|省直|市直|区直|县直"
    r"|中央|地方|属地|国务院|自治区|自治州|省|市|区|县|州|盟|政府|及其|及|和|的|责任|成员|牵头|配合|组成|职能|主管|行政|管理|业务|行业|监管"
    r"|内设|直属|所属)*"
    r"(?:部门|单位|机构|部委|委办局|厅局|厅委|企业|行业|方面|地方|地区|同志|人员|处室|处\(室\)|科室)"
)


@lru_cache(maxsize=16_384)
def normalise_surface(surface: str) -> str:
    """Return a name with half-width brackets, without spaces, a closing 等 and edge punctuation.

    A string too long for any name comes back as it is.
    """
    if len(surface) > _LONGEST_SURFACE:
        return surface
    bare = _SPACE.sub("", surface.translate(_NARROW)).strip(_EDGE)
    return _TRAILING.sub("", bare)


def is_agency_like(surface: str) -> bool:
    """Tell whether a string ends as names of bodies do (厅局委办部院会社司处中心 …).

    It says nothing on whether such a body exists; names of nobody (有关部门) are not like one.
    """
    name = normalise_surface(surface)
    if not 2 <= len(name) <= LONGEST_NAME or names_nobody(name):
        return False
    if any(mark in name for mark in "，。；：、") and not name.startswith("各"):
        return False
    return (
        name.endswith(_AGENCY_ENDINGS)
        and not name.endswith(_NOT_ENDINGS)
        and not reads_as_sentence(name)
    )


def names_nobody(surface: str) -> bool:
    """Tell whether a name stands for no body in particular: 有关部门, 各成员单位, 市级相关单位."""
    return surface != "各地区" and _GENERIC.fullmatch(surface[:LONGEST_NAME]) is not None


def reads_as_sentence(name: str) -> bool:
    """Tell whether a string has words that no name has: 鼓励…, …的…, …等…."""
    return _SENTENCE.search(name[:LONGEST_NAME]) is not None


def kind_by_ending(name: str) -> str | None:
    """Return the kind that the ending of an unknown body's name tells, or None."""
    if name.endswith(_NOT_ENDINGS) or reads_as_sentence(name):
        return None
    for ending, kind in _KIND_BY_ENDING:
        if name.endswith(ending) and len(name) > len(ending):
            return kind
    return None


def split_bracket(name: str) -> tuple[str, str] | None:
    """Part a name from the bracket that ends it: 省数据局(营商局) → 省数据局, 营商局."""
    if not name.endswith(")"):
        return None
    depth = 0
    for position in range(len(name) - 1, -1, -1):
        depth += (name[position] == ")") - (name[position] == "(")
        if depth == 0:
            outer, inner = name[:position], name[position + 1 : -1]
            return (outer, inner) if outer and inner else None
    return None
