"""From the lists of a responsibility clause to actors: coordination expanded, names resolved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.agencies import (
    INSTITUTION_KINDS,
    AgencyName,
    NamingContext,
    Resolution,
    describe_agency,
    resolve_agency,
)
from kg.divisions import load_divisions
from kg.types import Span
from loaders.clauses import Clause, Role
from loaders.paragraphs import SPACES, strip_span
from loaders.types import Context

_SEPARATORS = "、，,；;：:\n\t|/ \u3000"
_ETC = re.compile(
    r"等(?:\d+|[一二三四五六七八九十]+)?(?:家|个)?"
    r"(?:[^、，,；;]{0,14}?(?:部门|单位|部委|机构|方面|地区|处室|企业|成员))?(?:及各地区?)?"
    r"(?:依|按照?|根据|在)?(?:各自)?(?:职责|职能)?(?:分工|范围内?)?$"
)
_AFTER_ETC = re.compile(r"等[^、，,；;]{0,14}?(?:部门|单位)(?:以及|及|和|与).{2,}$")
_LEADING = re.compile(
    r"^(?:以及|并由|由|会同|请|其中|和|及|与|或|并|[\d①-⑳]+[.．、]?|[:：\-—·•*])+"
)
_NOBODY = re.compile(
    r"^(?!(?:[局厅委办]?机关|[局厅委办])?各(?:业务|内设|职能)?[处科](?:室|[(（]室[)）])?$)"
    r"(?:(?:[局厅委]机关)?(?:各|其他|其它|有关|相关|等|及|上述|省级|市级|区级|县级|省直|市直|中央|国务院|本|全市|全省|全区|"
    r"成员|责任|牵头|配合|主管|行业|业务|职能|直属|地方|机关|内设|市区|所属)*"
    r"(?:单位|部门|地方|企业|处室|处\(室\)|机构|方面|科室|部委|社会组织|行业组织|成员)"
    r"|(?:各?有关|各?相关|各级)(?:地方.*|.{0,12}(?:人民)?政府)|(?:[省市区县]?[局厅委]|管委会)?(?:机关)?各?直属(?:单位|机构)"
    r"|.*(?:领导小组|联席会议|协调小组|专班)各?成员单位|下同|(?:排|列)(?:在|名)?.*"
    r"|各地|各级|各方|同上|无|略|长期|全年|按职责.*|依职责.*|职责.*|分工.*|持续.*|长期.*|\d.*"
    r"|.{0,4}(?:\d|[一二三四五六七八九十])(?:月|季度|年).*|(?:.{0,3}年|月)?(?:底|末)?前?(?:完成|启动|推进|落实|出台|印发|制定|建成|上线|实现).*"
    r"|年?[底末]前?.*|启动.*|完成.*)$"
)
_ROLE_IN_BRACKETS = re.compile(r"牵头|负责|配合|主办|协办|参与")
_CONJUNCTIONS = re.compile(r"以及|和|与|及")
_INSTITUTION = {
    "university": ("大学", "学院"),
    "research_institute": ("研究院", "研究所", "科学院"),
    "laboratory": ("实验室",),
    "centre": ("中心",),
    "association": ("协会", "学会", "商会", "联盟", "联合会", "促进会", "基金会"),
    "company": ("公司", "集团", "银行", "交易所"),
}
_ZONE = re.compile(
    r"^[\u4e00-\u9fff]{0,10}(?:示范|新|开发|高新|经开|风景(?:名胜)?|度假|园|合作|保税|试验|功能|管理|自贸)区$"
)
_BARE_DEPARTMENT = re.compile(
    r"^(?!省|市(?!场)|区(?!块)|[县州盟旗国]|各|中共|中国|全国)[\u4e00-\u9fff]{2,8}(?:局|办|部|办公室)$"
)
_TOWN = re.compile(r"^(?!各)[\u4e00-\u9fff]{1,5}(?:镇|乡|街道)$")
_BRANCH = re.compile(r"^[\u4e00-\u9fff]{2,6}(?:区|市|县)?分局$")
_POLICE = re.compile(r"^(?![省市])(?P<place>[\u4e00-\u9fff]{2,4}?)公安分局$")
_COUNTERPART = re.compile(r"^(?P<place>(?![省市区县旗州盟])[\u4e00-\u9fff]{2,10}[市区县旗])局$")
_JOINT_COLLECTIVE = re.compile(
    r"各(?:[省市县区旗州盟]|自治[县旗州]|设区市)"
    r"(?:[、,，/](?:[省市县区旗州盟]|自治[县旗州])(?=[\u4e00-\u9fff（(、]))+"
)
_EVERY = re.compile(
    r"各(?:(?:[省市县区旗州盟]|自治[县旗州]|设区的?市|地级以上市)[、（(）)]*)+(?=[\u4e00-\u9fff]{2})"
)
# Centres that a bureau's own notice names without their place and business.
_IP_CENTRE = re.compile(r"^(?:保护|维权|维权援助|快速维权|信息)中心$")
_IP_BODIES = ("知识产权局", "市场监督管理局", "知识产权保护中心")
_SHARED_EVERY = re.compile(r"^[市县区旗州盟](?:人民)?政府$")
# Whom a collective takes in adds no name to it: 各区县政府(含两江新区管委会).
_INCLUSIVE = re.compile(r"[(（](?:含|包括|不含)[^()（）]{1,80}[)）]")
_FIRST_LEADS = re.compile(
    r"(?:排|列)(?:名|在)?(?:第一|首)(?:位|个|名)?的?(?:单位|部门|为|是|作为)*牵头(?:责任)?(?:单位|部门)?"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who has a role, and the words that say so.

    Attributes:
        role: LEADS, RESPONSIBLE_FOR or SUPPORTS.
        target: the body, or None where the name could not be resolved.
        surface: the name as it stands, coordination expanded.
        institution: kind of institution, where the actor is one and no agency.
        span: of the words it was read from.
        reason: how the name was resolved, or why not.
        candidates: canonical names that were possible, too.
        certainty: of the resolution, in [0, 1]; 1.0 for names the reference data list.
        method: the shape of the clause.
    """

    role: Role
    target: AgencyName | None
    surface: str
    institution: str | None
    span: Span
    reason: str
    candidates: tuple[str, ...]
    certainty: float
    method: str


@dataclass(frozen=True, slots=True)
class _Item:
    surface: str
    span: Span


def read_actors(text: str, clauses: Sequence[Clause], context: Context) -> list[Actor]:
    """Return the actors of clauses, in reading order; each role of a body once."""
    actors: list[Actor] = []
    seen: set[tuple[str, str]] = set()
    first_leads = has_leading_first(text)
    for clause in clauses:
        naming = naming_context(context)
        for segment in clause.segments:
            role = segment.role
            if first_leads and role == "RESPONSIBLE_FOR" and len(clause.segments) == 1:
                role = "LEADS"
            for item in _expand(list(_items(text, segment.span)), context):
                actor, naming = _resolve(item, role, segment.method, naming)
                if first_leads and role == "LEADS" and segment.role != "LEADS":
                    role = "SUPPORTS"
                key = (actor.role, actor.target.name if actor.target else actor.surface)
                if key not in seen:
                    seen.add(key)
                    actors.append(actor)
    return actors


@lru_cache(maxsize=4)
def has_leading_first(text: str) -> bool:
    """Tell whether a notice says that the first of every list leads (列第一位的为牵头单位,下同)."""
    return _FIRST_LEADS.search(text) is not None


def naming_context(context: Context) -> NamingContext:
    """Return what the resolver needs to know of a notice."""
    return NamingContext(
        jurisdiction=context.jurisdiction,
        issuers=context.issuers,
        issued_on=context.issued_on,
        aliases=context.aliases,
    )


def is_actor_name(surface: str, naming: NamingContext) -> bool:
    """Tell whether a string names a body or an institution that can have a role."""
    bare = _ETC.sub("", surface.strip(SPACES))
    bare = _AFTER_ETC.sub("", bare)
    if len(bare) < 2 or len(bare) > 40 or _NOBODY.match(bare):
        return len(bare) >= 2 and _NOBODY.match(bare) is not None
    return (
        resolve_actor(bare, naming).target is not None
        or institution_kind(bare) is not None
        or bool(load_divisions().named(bare))
        or bare in ("各市", "各区", "各县", "各区县", "各县区", "各地区")
    )


def institution_kind(surface: str) -> str | None:
    """Return the kind of institution a name ends like, or None."""
    for kind, endings in _INSTITUTION.items():
        if surface.endswith(endings) and len(surface) > (3 if surface.endswith("大学") else 4):
            return kind
    return None


def _items(text: str, span: Span) -> Iterator[_Item]:
    """Yield the names of a list; nested brackets are aliases or roles, and go."""
    depth = 0
    start = span.start
    joint = {
        position
        for match in _JOINT_COLLECTIVE.finditer(text, span.start, span.end)
        for position in range(*match.span())
    }
    for position in range(span.start, span.end + 1):
        char = text[position] if position < span.end else "、"
        depth = max(0, depth + (char in "(（〔[") - (char in ")）〕]"))
        is_separator = char in _SEPARATORS and depth == 0 and position not in joint
        if is_separator or position == span.end:
            yield from _item(text, start, position)
            start = position + 1


def _item(text: str, start: int, end: int) -> Iterator[_Item]:
    span = strip_span(text, start, end)
    if span is None:
        return
    surface = text[span.start : span.end]
    lead = _LEADING.match(surface)
    offset = lead.end() if lead else 0
    name = surface[offset:]
    bracket = re.search(r"[(（〔\[]", name)
    whole = name
    if bracket and not re.match(
        r"^.{0,6}[(（](?:自治[县旗州]|市|县|旗|州|盟|地|区|室|筹|镇|街道|园区|功能区)[、)）]",
        name[bracket.start() - 6 if bracket.start() > 6 else 0 :],
    ):
        whole = name[: bracket.start()] + re.sub(
            r"^[^)）〕\]]*[)）〕\]]?", "", name[bracket.end() :]
        )
    whole = _ETC.sub("", whole).rstrip("等。.;；:： ")
    if not whole or _NOBODY.match(whole):
        return
    begin = span.start + offset
    stop = begin + (bracket.start() if bracket and whole == name[: bracket.start()] else len(name))
    if text[begin:stop].startswith(whole):
        stop = begin + len(whole)
    yield _Item(whole, Span(begin, max(stop, begin + 1)))


def _expand(items: Sequence[_Item], context: Context) -> Iterator[_Item]:
    """Share the body of 甲、乙、丙市政府 among its places, and part A和B."""
    pending: list[_Item] = []
    every: re.Match[str] | None = None
    for item in items:
        if every and _SHARED_EVERY.match(item.surface):
            item = replace(item, surface=f"各{item.surface}")  # 各盟行政公署、市人民政府
        elif every and _BARE_DEPARTMENT.match(item.surface) and not _BRANCH.match(item.surface):
            item = replace(item, surface=every[0] + item.surface)  # 各区县知识产权局、财政局
        every = _EVERY.match(item.surface)
        for piece in _parted(item, naming_context(context)):
            if _is_place(piece.surface, context):
                pending.append(piece)
                continue
            body = _shared_body(piece.surface, context) if pending else None
            for place in pending:
                yield _with_body(place, body, piece, context)
            pending.clear()
            yield piece
    for place in pending:
        yield _with_body(place, None, place, context)


def _parted(item: _Item, naming: NamingContext) -> Iterator[_Item]:
    """Part a name at 和, 与, 及 where both sides are names by themselves."""
    start = 0
    for match in _CONJUNCTIONS.finditer(item.surface):
        left, right = item.surface[start : match.start()], item.surface[match.end() :]
        zones = _ZONE.search(left) is not None and right.endswith(("管委会", "管理委员会"))
        if (
            (zones or is_actor_name(left, naming))
            and is_actor_name(right, naming)
            and not (_is_listed(item.surface[start:], naming))
        ):
            left = _ETC.sub("", left)  # 省公安厅等有关部门及各市政府
            if not _NOBODY.match(left):
                begin = item.span.start + start
                yield _Item(left, Span(begin, begin + len(left)))
            start = match.end()
    if start == 0:
        yield item
    elif not _NOBODY.match(item.surface[start:]):
        yield _Item(item.surface[start:], Span(item.span.start + start, item.span.end))


def _is_listed(name: str, naming: NamingContext) -> bool:
    return resolve_agency(name, naming).certainty == 1.0


def _is_place(surface: str, context: Context) -> bool:
    if re.fullmatch(
        r"各(?:省|市|州|盟|区|县|旗|地级以上市|设区市|区县|县区|市州|市县|盟市|[市县区旗州、()（）]+)",
        surface,
    ):
        return True
    if _TOWN.match(surface):
        return True
    return bool(load_divisions().named(surface)) or _ZONE.search(surface) is not None


def _shared_body(surface: str, context: Context) -> str | None:
    """Return what follows the place at the head of a name: 朝阳市政府 → 政府."""
    match = re.match(r"各[市县区旗州盟省、()（）设地级以上]+(?=[\u4e00-\u9fff]{2})", surface)
    if match:
        return surface[match.end() :]
    for length in range(min(len(surface) - 1, 14), 1, -1):
        if _is_place(surface[:length], context):
            return surface[length:].removeprefix("市") if length == 2 else surface[length:]
    return None


def _with_body(place: _Item, body: str | None, giver: _Item, context: Context) -> _Item:
    name = place.surface
    if not name.startswith("各"):
        found = load_divisions().named(name, context.jurisdiction) or load_divisions().named(name)
        name = found[0].name if found else name
    if body is None and _TOWN.match(name):
        body = "办事处" if name.endswith("街道") else "人民政府"
    is_zone = _ZONE.search(name) is not None and not load_divisions().named(name)
    if is_zone and (body is None or body.endswith("政府")):
        body = "管委会"  # 湘江新区、各区县人民政府: a zone has no government
        end = place.span.end
    else:
        end = giver.span.end if body else place.span.end
    filled = name + (body or "人民政府")
    return _Item(filled, Span(place.span.start, max(end, place.span.end)))


def _resolve(
    item: _Item, role: Role, method: str, naming: NamingContext
) -> tuple[Actor, NamingContext]:
    resolution = resolve_actor(item.surface, naming)
    target = resolution.target
    kind = target.kind if target and target.kind in INSTITUTION_KINDS else None
    if target is None:
        kind = institution_kind(item.surface)
    actor = Actor(
        role=role,
        target=target,
        surface=item.surface,
        institution=kind,
        span=item.span,
        reason=resolution.reason,
        candidates=resolution.candidates,
        certainty=resolution.certainty,
        method=method,
    )
    if target is not None:
        hint = resolution.level_word or naming.level_hint
        naming = replace(naming, body=_body_of(target), level_hint=hint)
    return actor, naming


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
    surface = _INCLUSIVE.sub("", surface) or surface
    if surface.startswith("各") and "(" not in surface and "（" not in surface:
        surface = _JOINT_COLLECTIVE.sub(lambda m: re.sub(r"[、,，/]", "", m.group()), surface)
    zone = zone_of(naming.issuers[0]) if naming.issuers else None
    if police := _POLICE.match(surface):
        return f"市公安局{police['place']}分局"  # 高新公安分局 is the city's
    if zone is not None and _is_zones_own(surface, zone):
        return f"{zone}{surface}"
    if _BRANCH.match(surface) and naming.issuers and naming.issuers[0].endswith("局"):
        return naming.issuers[0] + surface  # 高新区分局 is the issuing bureau's
    if _IP_CENTRE.match(surface) and naming.issuers:
        issuer = describe_agency(naming.issuers[0])
        if issuer and issuer.jurisdiction and issuer.name.endswith(_IP_BODIES):
            return f"{load_divisions().get(issuer.jurisdiction).canonical}知识产权{surface}"
    counterpart = _COUNTERPART.match(surface)
    if counterpart and naming.issuers:
        # In a notice of a city's 市场监督管理局, 某区局 is that district's 市场监督管理局.
        issuer = describe_agency(naming.issuers[0])
        place = load_divisions().get(issuer.jurisdiction).canonical if issuer else ""
        if place and naming.issuers[0].startswith(place):
            return counterpart["place"] + naming.issuers[0].removeprefix(place)
    return surface


def _is_zones_own(surface: str, zone: str) -> bool:
    """Tell whether a name in the notice of a zone lacks the zone: 科技局, 各社区服务中心."""
    if surface.startswith("各"):
        return not surface.endswith(("政府", "局", "厅", "委", "单位", "部门", "处室"))
    return _BARE_DEPARTMENT.match(surface) is not None and not surface.startswith(zone[:2])


@lru_cache(maxsize=64)
def zone_of(issuer: str) -> str | None:
    """Return the short name of the zone whose committee issued, or None."""
    if not issuer.endswith(("管理委员会", "管委会")):
        return None
    place = re.sub(r"(?:管理委员会|管委会)$", "", issuer)
    short = place.replace("高新技术产业开发区", "高新区").replace("经济技术开发区", "经开区")
    return short if short.endswith("区") else None


def _body_of(target: AgencyName) -> str:
    """Return the body whose units may follow in a list: a unit's own body, else the body itself."""
    return target.parent if target.kind == "unit" and target.parent else target.name
