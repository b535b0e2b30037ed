"""Collective actors: 各市人民政府, 各区县(自治县)教育局, 各省、自治区、直辖市知识产权局."""

import re
from collections.abc import Callable

from kg.agencies.build import build_local, government_name
from kg.agencies.local import find_form
from kg.agencies.places import (
    PRODUCTION_CORPS,
    leading_places,
    own_place,
    relative_place,
    split_relative,
)
from kg.agencies.shape import kind_by_ending, names_nobody, reads_as_sentence
from kg.agencies.tables import load_tables
from kg.agencies.types import NATIONAL, AgencyName, Frame, Resolution, unresolved
from kg.divisions import Division, load_divisions
from kg.scanning import compile_scan

_TOKEN = compile_scan(
    r"新疆生产建设兵团|设区的市|设区市|地级以上市|地级市|省辖市|直管市|省直管县|计划单列市|副省级城市|自治区|自治州"
    r"|自治县|自治旗|直辖市|行政公署|功能区|高新区|经开区|开发区|园区|街道|乡镇|镇街|省级|市级|县级|地区"
    r"|省|市|区|县|州|盟|旗|师|镇|乡|街|地|[、()及和与]"
)
_NOT_EACH = ("项", "类", "种", "自", "位", "界", "方", "家", "环节", "领域", "阶段")
_MARKS = "、()及和与"
_SELF_CONTAINED = ("省", "自治区", "直辖市")
_ADMINISTRATIVE = frozenset("省市区县州盟旗") | {
    *("自治区", "自治州", "自治县", "自治旗", "直辖市", "设区市", "设区的市", "地级市"),
    *("地级以上市", "省辖市", "直管市", "省直管县", "新疆生产建设兵团"),
}
_COUNTY_WORDS = frozenset({"县", "旗", "自治县", "自治旗", "区"})
_NOT_MEMBERS = ("71", "81", "82")  # 台湾、香港、澳门
_COMMITTEES = ("管委会", "管理委员会")
_PLAIN_TAILS = ("党委和政府", "党委、政府", "党委政府", "管委会", "局", "厅", "委")
_MOST_MEMBERS = 60
_BRANCHES = compile_scan(r"(?:基层|辖区)?(?:分局|支局|(?:市场)?监管所|基层所)")
# 地方各级人民政府, 各级地方党委, 地方政府, 各级知识产权局: all there are below the notice's place.
_EVERY_LEVEL = re.compile(r"(?P<how>地方各级|各级地方|地方|各级)(?P<body>.{2,14})")
_OF_EVERY_LEVEL = ("政府", "人民政府", "党委", "人民法院", "人民检察院")
_UNITS = compile_scan(r"(?:业务|内设|职能)?(?P<unit>处|科)(?:室|[(（]室[)）])?")


def resolve_collective(
    name: str, frame: Frame, resolve_known: Callable[[str], Resolution | None]
) -> Resolution | None:
    """Resolve a name with 各, or one of the collectives named without it, or return None."""
    if name in load_tables().collectives:
        return Resolution(_collective(name, None, ()), "集合主体，名称按原文")
    at = name.find("各")
    if at < 0 or at > 20:
        return None
    before, rest = name[:at], name[at + 1 :]
    if not rest:
        return None
    if not before and _BRANCHES.fullmatch(rest) and frame.issuers:
        return _own_branches(rest, resolve_known(frame.issuers[0]))
    if units := _UNITS.fullmatch(rest):
        return _own_units(before, units["unit"], resolve_known)
    place, found = _scope(before, frame)
    if found:
        return _named_with_each(rest, place, frame)
    if rest.startswith(_NOT_EACH) or reads_as_sentence(rest):
        return None
    owner = resolve_known(before)
    if owner is None and before.endswith("区") and (zone := resolve_known(f"{before}管委会")):
        parent = zone.target.name if zone.target else None
        own = _collective(f"{before}{name[at:]}", None, (), parent=parent)
        return Resolution(own, f"集合主体，属于{before}")
    if owner is None or owner.target is None:
        return unresolved(
            f"“{name}”前的“{before}”无法解析", "what the name begins with is not known"
        )
    body = owner.target.name
    target = _collective(f"{body}{name[at:]}", None, (), parent=body)
    return Resolution(target, f"集合主体，属于{body}")


def _own_branches(rest: str, owner: Resolution | None) -> Resolution:
    """Resolve 各分局, 各市场监管所: what the issuing bureau has below it."""
    if owner is None or owner.target is None:
        return unresolved(f"“各{rest}”不知属于哪个机关", "it is not said whose they are")
    body = owner.target.name
    target = _collective(f"{body}各{rest}", None, (), parent=body)
    return Resolution(target, f"集合主体，为发文机关{body}的派出机构")


def _own_units(
    before: str, unit: str, resolve_known: Callable[[str], Resolution | None]
) -> Resolution:
    """Resolve 局机关各处室, 各处(室): all units of the body named, or else of the issuer."""
    owner = resolve_known(before or "机关")
    if owner is None or owner.target is None:
        return unresolved(
            f"“各{unit}室”前没有机构，也没有发文机关",
            "no body before it, and no issuer, whose they could be",
        )
    body = owner.target.name
    target = _collective(f"{body}各{unit}室", None, (f"{body}机关各{unit}室",), parent=body)
    return Resolution(target, f"集合主体，为{body}的内设机构")


def resolve_every_level(name: str, frame: Frame) -> Resolution | None:
    """Resolve 地方各级人民政府, 各级知识产权局: one collective for all levels below a place."""
    every = _EVERY_LEVEL.fullmatch(name)
    if every is None:
        return None
    body, is_bare = every["body"], every["how"] == "地方"
    if body not in _OF_EVERY_LEVEL and (is_bare or not _known_tail(body)):
        return None
    place = own_place(frame)
    where = place.canonical if place else "全国"
    target = _collective(f"{where if place else '地方'}各级{_full_tail(body)}", place, ())
    return Resolution(target, f"集合主体，范围为{where}")


def resolve_plural(name: str, frame: Frame) -> Resolution | None:
    """Resolve collectives without 各, as 区县政府, 市县教育局, or return None."""
    tokens = [m.group() for m in _leading_tokens(name)]
    words = [token for token in tokens if token not in _MARKS]
    if len(words) < 2 or words[0] == "省" or split_relative(name) is None:
        return None
    head, tail = _head_and_tail(name)
    if sum(word in _ADMINISTRATIVE for word in words) < 2 or not _known_tail(tail):
        return None
    place = own_place(frame)
    return _named_with_each(head + tail, place, frame) if place else None


def _scope(before: str, frame: Frame) -> tuple[Division | None, bool]:
    """Return the place that 各 ranges over (None for 全国), and whether it could be told."""
    if before in ("", "全国"):
        return (None if before else own_place(frame)), True
    parted = split_relative(before)
    if parted and parted[1] in ("", "级", "内", "辖", "属"):
        place = relative_place(parted[0], frame)
        return place, place is not None
    for found, rest in leading_places(before + "各", frame):
        if rest == "各" and len(found) == 1:
            return found[0], True
    return None, False


def _named_with_each(rest: str, place: Division | None, frame: Frame) -> Resolution | None:
    if rest.startswith(_NOT_EACH) or reads_as_sentence(rest):
        return None
    if names_nobody(rest) and rest != "地区":
        return unresolved(f"“各{rest}”泛指，不指明具体机构", "it means no body in particular")
    if "有关" in rest or "相关" in rest:
        return unresolved(f"“各{rest}”泛指，不指明具体机构", "it means no body in particular")
    if rest.startswith("师"):
        return _divisions_of_corps(rest)
    head, tail = _head_and_tail(rest)
    if not head and kind_by_ending(rest) is None and rest not in _COMMITTEES:
        return unresolved(f"“各{rest}”不像机构", "it does not read like bodies")
    words = {m.group() for m in _leading_tokens(head)} - set(_MARKS)
    is_governed = bool(words & _ADMINISTRATIVE) and "地区" not in words
    if not tail and is_governed and not head.endswith("行政公署"):
        tail = "人民政府"
    full_tail = _full_tail(_own_tail(tail, frame))
    prefix = place.canonical if place else _national_prefix(head, frame)
    if prefix is None:
        return unresolved(f"“各{rest}”的范围不明", "it is not said of which place")
    name = f"{prefix}各{head}{full_tail}"
    members = _members(words, full_tail, place, frame)
    aliases = _collective_aliases(prefix, head, tail, full_tail)
    why = f"集合主体，范围为{place.canonical if place else '全国'}"
    return Resolution(_collective(name, place, members, aliases), why)


def _divisions_of_corps(rest: str) -> Resolution:
    """Resolve 各师市, 各师市知识产权局: the divisions of 新疆生产建设兵团, whoever names them."""
    corps = load_divisions().get(PRODUCTION_CORPS)
    head, tail = _head_and_tail(rest)
    target = _collective(f"{corps.canonical}各{head}{_full_tail(tail)}", corps, ())
    return Resolution(target, f"集合主体，范围为{corps.canonical}")


def _national_prefix(head: str, frame: Frame) -> str | None:
    if frame.jurisdiction not in ("", NATIONAL):
        return None
    words = {m.group() for m in _leading_tokens(head)}
    if words & set(_SELF_CONTAINED):
        return ""
    return "全国"


def _leading_tokens(text: str) -> list[re.Match[str]]:
    found = []
    position = 0
    while match := _TOKEN.match(text, position):
        found.append(match)
        position = match.end()
    return found


def _head_and_tail(rest: str) -> tuple[str, str]:
    """Part the words for places from the body: 市、县(市、区)教育局 → 市、县(市、区) + 教育局."""
    ends = [m.end() for m in _leading_tokens(rest)]
    if ends and ends[-1] == len(rest):
        return rest, ""
    for end in reversed(ends):
        if rest[end - 1] not in "、(及和与" and _known_tail(rest[end:]):
            return rest[:end], rest[end:]
    for match in _TOKEN.finditer(rest):  # 各涉农区农业农村委: words before the place words
        if _known_tail(rest[match.end() :]) and match.group() not in _MARKS:
            return rest[: match.end()], rest[match.end() :]
    for end in ends:
        if rest[end:][:1] not in "、()及和与" and rest[:end].count("(") == rest[:end].count(")"):
            return rest[:end], rest[end:]
    return "", rest


def _known_tail(tail: str) -> bool:
    return tail in load_tables().local or tail in _PLAIN_TAILS


def _full_tail(tail: str) -> str:
    """Return a tail with its department in full: 市场监管局 → 市场监督管理局."""
    if tail in ("政府", "人民政府"):
        return "人民政府"
    forms = load_tables().local.get(tail, ())
    full = forms[0].template if forms else tail
    if full.startswith("{place}") and "{" not in full[7:]:
        return full[7:]
    return tail.replace("管委会", "管理委员会")


def _own_tail(tail: str, frame: Frame) -> str:
    """Return the business of 各区县局 in a bureau's own notice: that of the issuer."""
    if len(tail) != 1:
        return tail
    for issuer in frame.issuers:
        for found, rest in leading_places(issuer, frame):
            if len(found) == 1 and rest.endswith(tail):
                return rest
    return tail


def _members(words: set[str], tail: str, place: Division | None, frame: Frame) -> tuple[str, ...]:
    named = [_member(child, tail, frame) for child in _children(words, place)]
    found = tuple(name for name in named if name)
    return found if len(found) <= _MOST_MEMBERS else ()


def _children(words: set[str], place: Division | None) -> list[Division]:
    if not words or not words <= (_ADMINISTRATIVE | set(_MARKS)):
        return []
    children = load_divisions().children(place.code if place else NATIONAL)
    if place is None:
        kept = [c for c in children if not c.code.startswith(_NOT_MEMBERS)]
        if not words & {"省", "自治区", "直辖市"}:
            return []
        return [c for c in kept if c.code != PRODUCTION_CORPS or "新疆生产建设兵团" in words]
    if place.level == "province" and any(c.level == "prefecture" for c in children):
        # 各县(市、区) of a province are some hundred counties: known, but not worth an edge each.
        if words & _COUNTY_WORDS:
            return []
        return [c for c in children if c.level == "prefecture"]
    if len(words) == 1 and words <= _COUNTY_WORDS:
        word = next(iter(words))
        return [c for c in children if c.name.endswith(word)]
    return [c for c in children if c.level == "county"]


def _member(child: Division, tail: str, frame: Frame) -> str | None:
    if tail == "人民政府":
        return government_name(child)
    form = find_form(tail, child, frame, "absolute")
    return build_local(child, form).name if form else None


def _collective_aliases(prefix: str, head: str, tail: str, full_tail: str) -> tuple[str, ...]:
    names = [f"{prefix}各{head}{short}" for short in {tail, full_tail} if short]
    if full_tail == "人民政府":
        names.append(f"{prefix}各{head}政府")
        names.append(f"{prefix}各{head}")
    if not prefix:
        names.append(f"全国各{head}{full_tail}")
    own = f"{prefix}各{head}{full_tail}"
    return tuple(sorted({name for name in names if name != own}))


def _collective(
    name: str,
    place: Division | None,
    members: tuple[str, ...],
    aliases: tuple[str, ...] = (),
    parent: str | None = None,
) -> AgencyName:
    return AgencyName(
        name=name,
        kind="collective",
        level=place.level if place else "national",
        jurisdiction=place.code if place else NATIONAL,
        parent=parent,
        aliases=aliases,
        members=members,
    )
