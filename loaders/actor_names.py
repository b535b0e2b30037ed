"""What the name of an actor means in a notice, completed as its issuer lets it be."""

import re
from dataclasses import replace
from functools import lru_cache

from kg.agencies import NamingContext, Resolution, describe_agency, resolve_agency
from kg.divisions import load_divisions
from loaders.paragraphs import SPACES
from loaders.types import NATIONAL, Context

ETC = re.compile(
    r"(?<!高)等(?:\d+|[一二三四五六七八九十]+)?(?:家|个)?"
    r"(?:[^、，,；;]{0,14}?(?:部门|单位|部委|机构|方面|地区|处室|企业|成员|高校|院校|院所|学校|地方|市县|银行))?(?:及各地区?)?"
    r"(?:依[照据]?|按照?|根据|在)?(?:各自)?(?:职责|职能)?(?:分工|范围内?)?$"
)
_AFTER_ETC = re.compile(r"等[^、，,；;]{0,14}?(?:部门|单位)(?:以及|及|和|与).{2,}$")
NOBODY = re.compile(
    r"^(?!(?:[局厅委办]?机关|[局厅委办])?各(?:业务|内设|职能)?[处科](?:室|[(（]室[)）])?$)"
    r"(?:(?:[局厅委]机关)?(?:各|其他|其它|有关|相关|等|及|上述|省级|市级|区级|县级|[省市区县州旗][直属]|[在驻][\u4e00-\u9fff]{1,2}(?=单位|有关|相关|各)|[（(][市县区旗州盟、]+[)）]|中央|国务院|本|全市|全省|全区|自治区|(?:[省市区县州盟旗]|自治区)(?:人民)?政府|[省市区县州]|"
    r"成员|责任|牵头|配合|主管|行业|业务|职能|直属|地方|机关|内设|市区|所属)*"
    r"(?:单位|部门|地方|企业|处室|处\(室\)|机构|方面|科室|部委|社会组织|行业组织|成员)"
    r"|(?:京津冀|长三角|珠三角|粤港澳|成渝|东北|中西部).{0,8}"
    r"|(?:各|地方)?(?:有关|相关)(?:地方.*|.{0,12}(?:人民)?政府)|(?:[省市区县]?[局厅委]|管委会)?(?:机关)?各?直属(?:单位|机构)"
    r"|各?(?:有关|相关)[省市区县州盟旗](?:[（(][市县区旗州盟、]+[)）])?(?:[、，,/](?:县级市|[市区县州盟旗]))*|各.{0,6}(?:牵头|责任|配合)(?:单位|部门)"
    r"|.{0,6}(?:有关|相关)(?:专门)?委员会|.*(?:转载|商业目的|学习交流|版权所有|免责声明).*|.*成员单位|下同|(?:立即|即日起|尽快|随时|及时).*|(?:排|列)(?:在|名)?.*"
    r"|(?:各|[在驻].{1,3}|有关|相关|[省市区县][内属直]|全[省市区县]|辖区|重点)*"
    r"(?:高校|高等学校|高等院校|院校|科研院所|高校院所|科研机构|金融机构|(?:商业)?银行(?:机构)?|行业协会|服务机构|社会组织|学校|企业|企事业单位)+"
    r"|(?:有关|相关)(?:镇办|镇街|街镇|乡镇|镇|街道)"
    r"|各地|各级|各方|同上|无|略|长期|全年|按职责.*|依职责.*|职责.*|分工.*|(?:年内|全程|常年)?(?:持续|长期|常态).*|年内.*|全年.*|[上下]半年.*|每[年月季半两周].*|\d.*"
    r"|.{0,4}(?:\d|[一二三四五六七八九十])(?:月|季度|年).*|(?:.{0,3}年|月)?(?:底|末)?前?(?:完成|启动|推进|落实|出台|印发|制定|建成|上线|实现).*"
    r"|年?[底末]前?.*|启动.*|完成.*|根据.*|适时.*|视.{2,8}情况.*)$"
)
_INSTITUTION = {
    "university": ("大学", "学院"),
    "research_institute": ("研究院", "研究所", "科学院"),
    "laboratory": ("实验室",),
    "centre": ("中心",),
    "association": ("协会", "学会", "商会", "联盟", "联合会", "促进会", "基金会"),
    "company": ("公司", "集团", "银行", "交易所", "证券", "出版社", "报社"),
}
_SHORTEST_ZONE = 3  # characters: 示范区 alone names none
_SHORTEST = {"university": 4, "company": 4}  # characters, where fewer than five make a name
BARE_DEPARTMENT = re.compile(
    r"^(?!省|市(?!场)|区(?!块)|[县州盟旗国]|各|中共|中国|全国)[\u4e00-\u9fff]{2,8}(?:局|办|部|办公室)$"
)
BRANCH = re.compile(r"^[\u4e00-\u9fff]{2,6}(?:区|市|县)?分局$")
TOWN = re.compile(
    r"^(?!各|所在|所属|辖区|属地|有关|相关|试点|重点|本|该)[\u4e00-\u9fff]{1,5}(?:镇|乡|街道)$"
)
_POLICE = re.compile(
    r"^(?:(?![省市])(?P<place>[\u4e00-\u9fff]{2,4}?)公安分局"
    r"|公安局?(?P<then>[\u4e00-\u9fff]{2,4}?)分局)$"
)
_OWN_POLICE = re.compile(r"^区?公安分局$")
# A district, a city's and a county's: every relative name (省…, 市…, 区…) means something there.
_SOMEWHERE = NamingContext("110101"), NamingContext("370102"), NamingContext("370124")
_RELATIVE = re.compile(r"^(?:[省市县区州盟旗]|自治[区州县旗])")
_COUNTERPART = re.compile(r"^(?P<place>(?![省市区县旗州盟])[\u4e00-\u9fff]{2,10}[市区县旗])局$")
_KINDS = r"[（(][市县区旗州盟地、]{1,8}[)）]"
JOINT_COLLECTIVE = re.compile(
    r"各(?:有关|相关)?(?:[省市县区旗州盟]{1,2}|地(?=[、,，/][州市县盟])|自治[县旗州]|设区市)"
    rf"(?:{_KINDS}[、,，/][市县区旗州盟](?=(?:{_KINDS})?(?:人民政府|政府|党委|管委|知识产权局|市场监管)))?"
    r"(?:[、,，/](?:自治[县旗州区]|直辖市|直管市|林区|[县区旗州盟]|市(?=[、,，（(县区州党政人委知]|市场))"
    r"(?=[\u4e00-\u9fff（(、，,)）〕\]；;。]|$))*"
)
ZONE = re.compile(
    r"^[\u4e00-\u9fff]{0,10}(?:(?:示范|新|开发|投资|高新|经开|航空港|风景(?:名胜)?|度假|园|合作|保税|试验|功能|管理|自贸|试验)区"
    r"|(?<=[\u4e00-\u9fff]{2})(?:(?:矿|林|垦|工业)区|新城))$"
)
EVERY_PLACE = re.compile(
    r"各(?:地级以上市|设区市|省辖市|直管市|县级市|自治[州县旗]|地区|园区|开发区|功能区|新区|地(?=[、州市县盟])|[省市县区旗州盟、()（）])+"
)
# Centres that a bureau's own notice names without their place and business.
_IP_CENTRE = re.compile(
    r"^(?:(?:保护|维权|维权援助|快速维权|信息)|知识产权[\u4e00-\u9fff]{2,8})中心$"
)
_IP_BODIES = ("知识产权局", "市场监督管理局", "知识产权保护中心")
# The last of 甲、乙市、丙县(市)人民政府 tells the kind of all.
_SHARED_KIND = re.compile(r"(?<=[县市区旗])[（(][市县区旗、]{1,5}[)）](?=(?:人民)?政府$)")
_KIND_ALONE = re.compile(r"[市县区旗州盟]{1,3}[（(][市县区旗州盟、]{1,5}[)）]")
# Whom a collective takes in adds no name to it: 各区县政府(含两江新区管委会).
_INCLUSIVE = re.compile(
    r"[(（](?:(?:含|包括|不含)[^()（）]{1,80}|(?:地区)?行署|(?:地区)?行政公署)[)）]"
)


def naming_context(context: Context) -> NamingContext:
    """Return what the resolver needs to know of a notice."""
    return NamingContext(
        jurisdiction=context.jurisdiction,
        issuers=context.issuers,
        issued_on=context.issued_on,
        aliases=context.aliases,
    )


@lru_cache(maxsize=16_384)  # notices name the same bodies again and again
def is_actor_name(surface: str, naming: NamingContext) -> bool:
    """Tell whether a string names a body or an institution that can have a role."""
    bare = ETC.sub("", surface.strip(SPACES))
    bare = _AFTER_ETC.sub("", bare)
    if len(bare) < 2 or len(bare) > 40 or NOBODY.match(bare):
        return len(bare) >= 2 and NOBODY.match(bare) is not None
    return (
        resolve_actor(bare, naming).target is not None
        or institution_kind(bare) is not None
        or bool(load_divisions().named(bare))
        or EVERY_PLACE.fullmatch(bare) is not None
        or TOWN.match(bare) is not None
        or (len(bare) > _SHORTEST_ZONE and ZONE.match(bare) is not None)
        or (
            naming.jurisdiction == NATIONAL
            and _RELATIVE.match(bare) is not None
            and names_body_somewhere(bare)
        )
    )


def is_one_name(left: str, right: str, naming: NamingContext) -> bool:
    """Tell whether two pieces that a line break parts are one name: 海口⏎海关, 市市场⏎监管局."""
    if not is_actor_name(left + right, naming):
        return False
    if right.startswith(("人民政府", "政府", "管委会")) and EVERY_PLACE.match(left):
        return True
    alone = (resolve_actor(piece, naming).target for piece in (left, right))
    return not all(alone) and resolve_actor(left + right, naming).target is not None


@lru_cache(maxsize=4_096)
def names_body_somewhere(name: str) -> bool:
    """Tell whether a name means a body in some place, whatever the notice's own."""
    return any(resolve_agency(name, context).target is not None for context in _SOMEWHERE)


def institution_kind(surface: str) -> str | None:
    """Return the kind of institution a name ends like, or None."""
    for kind, endings in _INSTITUTION.items():
        if surface.endswith(endings) and len(surface) >= _SHORTEST.get(kind, 5):
            return kind
    return None


@lru_cache(maxsize=16_384)
def resolve_actor(surface: str, naming: NamingContext) -> Resolution:
    """Return what an actor's name means in its notice, completed as its issuer lets it be."""
    full = _completed(surface, naming)
    found = resolve_agency(full, naming)
    if full == surface:
        return found
    return replace(found, reason=f"“{surface}”按发文机关补全为“{full}”；{found.reason}")


def _completed(surface: str, naming: NamingContext) -> str:
    """Return a name with what its issuer lets it leave out.

    科技局 in a zone's notice is 某高新区科技局; 某区局 is the issuing bureau's counterpart.
    """
    surface = _tidied(surface)
    zone = zone_of(naming.issuers[0]) if naming.issuers else None
    if _OWN_POLICE.match(surface):
        return _own_police(naming.jurisdiction) or surface
    if police := _POLICE.match(surface):
        return f"市公安局{police['place'] or police['then']}分局"  # 高新公安分局 is the city's
    if zone is not None and _is_zones_own(surface, zone):
        return f"{zone}{surface.removeprefix(_kind_of_zone(surface, zone))}"
    if _is_branch(surface, naming):
        return naming.issuers[0] + surface  # 高新区分局 is the issuing bureau's
    if _IP_CENTRE.match(surface) and naming.issuers:
        issuer = describe_agency(naming.issuers[0])
        place = _place_of_issuer(naming)
        if issuer and place and issuer.name.endswith(_IP_BODIES):
            return f"{place}知识产权{surface.removeprefix('知识产权')}"
    counterpart = _COUNTERPART.match(surface)
    if counterpart and naming.issuers:
        # In a notice of a city's 市场监督管理局, 某区局 is that district's 市场监督管理局.
        place = _place_of_issuer(naming)
        if place and naming.issuers[0].startswith(place):
            return counterpart["place"] + naming.issuers[0].removeprefix(place)
    return surface


def _place_of_issuer(naming: NamingContext) -> str:
    """Return the place that the first issuer governs; "" for those of zones and townships."""
    issuer = describe_agency(naming.issuers[0])
    code = issuer.jurisdiction if issuer else ""
    return load_divisions().get(code).canonical if code else ""


def _own_police(code: str) -> str | None:
    """Return the branch that a city's police has in its district (公安分局), or None elsewhere."""
    place = load_divisions().get(code)
    if place.level != "county" or not place.name.endswith("区") or not place.parent:
        return None
    city = load_divisions().get(place.parent).canonical
    return f"{city}公安局{place.stem or place.name}分局"


def _tidied(surface: str) -> str:
    """Return a name without what says only that it includes others."""
    surface = _INCLUSIVE.sub("", surface) or surface
    if _KIND_ALONE.match(surface):
        surface = f"各{surface}"  # 各开发区管委会、区县（市）人民政府
    if not surface.startswith("各"):
        return _SHARED_KIND.sub("", surface)
    if "(" not in surface and "（" not in surface:
        return JOINT_COLLECTIVE.sub(_closed, surface)
    return surface


def _closed(collective: re.Match[str]) -> str:
    """Return 各县、区 as 各县区; 各省、自治区、直辖市 is a phrase of its own."""
    phrase = collective.group()
    return phrase if "自治区" in phrase else re.sub(r"[、,，/]", "", phrase)


def _is_branch(surface: str, naming: NamingContext) -> bool:
    """Tell whether a name is that of a branch of the issuing bureau, and of no other body."""
    if not BRANCH.match(surface) or not (naming.issuers and naming.issuers[0].endswith("局")):
        return False
    found = resolve_agency(surface, replace(naming, issuers=()))
    return found.target is None or found.certainty < 1.0


def _is_zones_own(surface: str, zone: str) -> bool:
    """Tell whether a name in the notice of a zone lacks the zone: 科技局, 各社区服务中心."""
    if surface.startswith("各"):
        return not surface.endswith(("政府", "局", "厅", "委", "单位", "部门", "处室"))
    return BARE_DEPARTMENT.match(surface) is not None and not surface.startswith(zone[:2])


def _kind_of_zone(surface: str, zone: str) -> str:
    """Return the word by which a zone's notice means the zone: 新区综合执法局, or nothing."""
    words = (zone[at:] for at in range(len(zone) - 5, len(zone) - 1) if at > 0)
    return next((word for word in words if surface.startswith(word)), "")


@lru_cache(maxsize=64)
def zone_of(issuer: str) -> str | None:
    """Return the short name of the zone whose committee issued, or None."""
    if not issuer.endswith(("管理委员会", "管委会")):
        return None
    place = re.sub(r"(?:管理委员会|管委会)$", "", issuer)
    short = place.replace("高新技术产业开发区", "高新区").replace("经济技术开发区", "经开区")
    return short if short.endswith("区") else None
