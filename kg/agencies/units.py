"""Units inside bodies (处, 司, 科, 室) and names relative to the issuer (我局, 省局)."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from kg.agencies.build import build_unit
from kg.agencies.local import known_local
from kg.agencies.places import leading_places, relative_place, split_relative
from kg.agencies.shape import kind_by_ending, reads_as_sentence
from kg.agencies.tables import Unit, load_tables
from kg.agencies.types import INSTITUTION_KINDS, AgencyName, Frame, Resolution, unresolved
from kg.divisions import load_divisions

type Describe = Callable[[str], AgencyName | None]

_LOCAL_UNIT = ("处", "科", "股", "室", "科室", "窗口")
_UNIT_ENDINGS = (*_LOCAL_UNIT, "司", "党委", "纪委", "党组", "监管组")
_PART_ENDINGS = (*_UNIT_ENDINGS, "办", "部", "中心", "队", "站", "所", "局", "院", "校", "厅", "署")
_BODY_ENDINGS = "局厅委部署院会办行社协联"
_NOT_UNITS = (
    "公司",
    "办事处",
    "代办处",
    "研究室",
    "参事室",
    "实验室",
    "教室",
    "等处",
    "多处",
    "各处",
)
# A body of its own, named by what it leads: 市知识产权工作领导小组办公室.
_JOINT_OFFICE = re.compile(
    r".{2,}(?:领导小组|联席会议|办公会议|协调小组|指挥部|委员会|专班)(?:办公室|秘书处)$"
)
_OF_LEADERS = re.compile(r"[省市区县州盟旗](?:党?委|政府|人民政府)(?=.)")  # 市委市政府督查室
_NOT_UNIT_HEADS = ("各", "中国", "中华", "全国", "国家", "地方", "省级", "市级", "县级", "区级")
# The office of a joint body is no unit of one bureau.
_JOINT_OFFICE = re.compile(
    r".{3,}(?:领导小组|协调小组|联席会议|办公会议|指挥部|委员会|工作专班)办公室$"
)
_TEAMS = ("总队", "支队", "大队", "中队", "执法队", "稽查队")
_SELF_WORDS = "局厅委办院会部署社行处司"
_COUNTERPARTS = "局厅院社"
_REGULATOR = "市场监督管理局"
_ITS_BUREAU = re.compile("(?:执法稽查|稽查|执法|反垄断|价格?监督?(?:检查)?|价监竞争)局")
# 自治区糖业发展办公室 is a body of the place, not an office of the issuer.
_OF_PLACE = re.compile(r"(?:自治区|省(?![级际内外直属]))(?=.{3,}办公室$)")
_OFFICE = re.compile(r"(?<=[局厅委部署院会府])办公[厅室]$")
_LONGEST_UNIT = 20
_WITH_BUREAUS = (
    "总局",
    "部",
    "国务院国有资产监督管理委员会",
)  # national bodies that have 局 below them
_OFFICE_KINDS = (
    *("department", "public_institution", "party", "mass_organisation", "unit", "court"),
    *("procuratorate", "congress", "consultative"),
)
_WITH_UNITS = (*_OFFICE_KINDS, "government")


def is_unit_name(name: str) -> bool:
    """Tell whether a name is that of a unit alone: 运用促进司, 知识产权服务处, 办公室."""
    if _JOINT_OFFICE.search(name):
        return False
    if len(name) > _LONGEST_UNIT or name.endswith(_NOT_UNITS) or name.startswith(_NOT_UNIT_HEADS):
        return False
    if _JOINT_OFFICE.match(name) or _OF_LEADERS.match(name) or _OF_PLACE.match(name):
        return False
    return name.endswith(_UNIT_ENDINGS) and not reads_as_sentence(name)


def listed_unit(name: str, frame: Frame, describe: Describe) -> Resolution | None:
    """Resolve a unit that the table of units lists for the body before, or the issuers."""
    tables = load_tables()
    for body in _bodies(frame, describe):
        unit = tables.units.get(body.name, {}).get(name) or _as_above(body, name)
        if unit:
            why = f"“{name}”为{body.name}内设机构"
            return Resolution(build_unit(body, unit.name, unit.aliases), why)
    unit = tables.own_units.get(name)
    short = tables.short_bodies.get(name)
    if unit is None and short is None:
        return None
    body_name = unit.body if unit else short
    target = describe(f"{body_name}{unit.name}" if unit else f"{body_name}")
    return Resolution(target, f"“{name}”专指{target.name}") if target else None


def _as_above(body: AgencyName, name: str) -> Unit | None:
    """Return a unit that a local bureau of market regulation has under its own name, or None.

    Its 执法稽查局 is named as that of the national one is; no department of a government is.
    """
    tables = load_tables()
    if not body.name.endswith(_REGULATOR) or body.level == "national" or name in tables.local:
        return None
    if not _ITS_BUREAU.fullmatch(name):
        return None
    return Unit(body.name, name, (), own=False)


def unit_of_context(name: str, frame: Frame, describe: Describe) -> Resolution | None:
    """Resolve a unit named without its body: by the body before it, or by the issuer."""
    bodies = [body for body in _bodies(frame, describe) if body.kind in _OFFICE_KINDS]
    is_own = is_unit_name(name) or _is_bureau_of(name, bodies) or _is_team_of(name, bodies)
    if not is_own or _begins_with_place(name, frame):
        return None
    owner = next((body for body in bodies if _can_own(body, name)), None)
    if owner is None:
        return unresolved(
            f"“{name}”是内设机构，但上文和发文机关中没有可隶属的单位",
            "a unit, but no body before it or among the issuers has it",
        )
    how = "上文同列的" if owner.name == frame.body else "发文机关"
    return Resolution(build_unit(owner, name), f"内设机构“{name}”属于{how}{owner.name}")


def _begins_with_place(name: str, frame: Frame) -> bool:
    """Tell whether a name is that of a place's own body: 河南自贸试验区工作办公室."""
    return any(
        len(name) - len(rest) > 2 or found[0].level in ("province", "prefecture")
        for found, rest in leading_places(name, frame)
    )


def _is_team_of(name: str, bodies: Sequence[AgencyName]) -> bool:
    """Tell whether a name is that of a bureau's own team: 执法支队, 稽查大队."""
    is_bare = name.endswith(_TEAMS) and not name.startswith(_NOT_UNIT_HEADS) and len(name) <= 12
    if not is_bare or split_relative(name) or reads_as_sentence(name):
        return False
    return any(
        body.kind == "department" and body.name.endswith(("局", "委员会")) for body in bodies
    )


def _is_bureau_of(name: str, bodies: Sequence[AgencyName]) -> bool:
    """Tell whether a name is that of a bureau of a ministry, as 执法稽查局, 经济犯罪侦查局."""
    is_bare = name.endswith("局") and not name.startswith(_NOT_UNIT_HEADS)
    is_bare = is_bare and 4 <= len(name) <= _LONGEST_UNIT and not reads_as_sentence(name)
    return is_bare and any(_can_own(body, name) for body in bodies)


def _can_own(body: AgencyName, unit: str) -> bool:
    if unit.endswith("局"):
        return body.level == "national" and body.name.endswith(_WITH_BUREAUS)
    if unit.endswith("司"):
        return body.level == "national"
    return body.level != "national" or unit.endswith("室")


def _bodies(frame: Frame, describe: Describe) -> Iterator[AgencyName]:
    """Yield the bodies that may own a unit, the likeliest first.

    National bodies named before come first (…局A司、B司). A local bureau's own notice means its own
    处 even after other bodies, so its issuers come before local bodies of the list.
    """
    before = [*_with_owners(frame.body, describe)]
    issuers = [body for name in frame.issuers for body in _with_owners(name, describe)]
    yield from (body for body in before if body.level == "national")
    yield from issuers
    yield from (body for body in before if body.jurisdiction and body.kind != "collective")


def _with_owners(name: str | None, describe: Describe) -> Iterator[AgencyName]:
    """Yield a body; for a unit, the bodies it is part of as well, the smallest first."""
    while name:
        body = describe(name)
        if body is None:
            return
        if body.kind != "unit":
            yield body
            return
        if body.name in load_tables().units:
            yield body
        name = body.parent


def part_of_body(name: str, resolve_known: Callable[[str], Resolution | None]) -> Resolution | None:
    """Resolve 市市场监管局知识产权处, 国家知识产权局条法司: a known body, then its unit."""
    if not name.endswith(_PART_ENDINGS) or name.endswith("公司"):
        return None
    for cut in range(len(name) - 2, 1, -1):
        rest = name[cut:]
        if name[cut - 1] not in _BODY_ENDINGS or len(rest) > _LONGEST_UNIT:
            continue
        if rest.startswith(("公厅", "公室", "公会议")):
            continue  # of 办公厅 or 办公会议, not below a 办
        if reads_as_sentence(rest) or kind_by_ending(rest) in INSTITUTION_KINDS:
            continue
        if _ends_in_body(rest):
            continue  # 市科技局市教育局 lost the mark between two bodies
        body = resolve_known(name[:cut])
        if body and body.target and _is_committee(body.target):
            continue  # 省委目标绩效办 is an organ beside the others of the committee
        if body is not None and body.target is not None and body.target.kind in _WITH_UNITS:
            return _named_unit(body.target, name[cut:], body.reason)
    return None


@lru_cache(maxsize=4_096)
def _ends_in_body(rest: str) -> bool:
    """Tell whether what follows a body ends with another, which has a place of its own.

    An office of that other one (教育部办公厅) is no unit of the first, either.
    """
    tables = load_tables()
    rest = _OFFICE.sub("", rest)
    for start in range(len(rest) - 2):
        if start and rest[start - 1] not in _BODY_ENDINGS + "室关":
            continue
        tail = rest[start:]
        level = split_relative(tail)
        if (level and level[1] in tables.local) or any(
            after in tables.local for _, after in leading_places(tail, Frame())
        ):
            return True
        if tail in tables.national or _is_stationed(tail):
            return True
    return False


def _is_stationed(name: str) -> bool:
    """Tell whether a name is that of a national body's branch: 国家金融监督管理总局天津监管局."""
    heads = (head for head in load_tables().heads if name.startswith(head))
    return any(found for head in heads for found, _ in leading_places(name[len(head) :], Frame()))


def _is_committee(body: AgencyName) -> bool:
    return body.kind == "party" and body.name.startswith("中共") and body.name.endswith("委员会")


def _named_unit(body: AgencyName, rest: str, why: str) -> Resolution:
    unit = load_tables().units.get(body.name, {}).get(rest)
    if unit:
        return Resolution(build_unit(body, unit.name, unit.aliases), f"{body.name}内设机构；{why}")
    return Resolution(build_unit(body, rest), f"{body.name}内设机构；{why}")


def self_reference(name: str, frame: Frame, describe: Describe) -> Resolution | None:
    """Resolve 我局, 本厅, 省局, 总局, and their units (局办公室, 省局知识产权保护处)."""
    for length in (2, 3, 4, 1):
        head, rest = name[:length], name[length:]
        if rest and not (is_unit_name(rest) or rest.endswith(("队", "中心", "机关"))):
            continue
        if length == 1 and not rest:
            continue
        found = _refer(head, frame, describe)
        if found is None:
            continue
        if not rest or found.target is None:
            return found
        if rest == "机关":
            return found
        unit = rest if rest.endswith(("党委", "纪委")) else rest.removeprefix("机关")
        return _named_unit(found.target, unit or rest, found.reason)
    return None


def _refer(word: str, frame: Frame, describe: Describe) -> Resolution | None:
    ending = word[-1:]
    if len(word) == 1:
        return _own_body(word, frame, describe) if ending in "局厅委署社" else None
    if word[0] in "我本" and len(word) == 2 and ending in _SELF_WORDS:
        return _own_body(word, frame, describe)
    if word in ("总局", "国家局"):
        return _national_counterpart(word, frame, describe)
    parted = split_relative(word)
    if parted and len(parted[1]) == 1 and ending in _COUNTERPARTS:
        return _counterpart(word, parted[0], frame, describe)
    return None


def _own_body(word: str, frame: Frame, describe: Describe) -> Resolution | None:
    issuers = [body for name in frame.issuers if (body := _office(name, describe))]
    fitting = [body for body in issuers if _ends_like(body.name, word[-1])]
    if len({body.name for body in fitting}) == 1:
        return Resolution(fitting[0], f"“{word}”指发文机关{fitting[0].name}")
    if len(word) == 1 and fitting:  # 局机关各处室 of a joint notice are those of its first issuer
        return Resolution(fitting[0], f"“{word}”指列首位的发文机关{fitting[0].name}")
    if len(word) == 1:
        return None
    if fitting:
        return unresolved(
            f"“{word}”可指多个发文机关",
            "it could be any of several issuers",
            tuple(body.name for body in fitting),
        )
    return unresolved(f"“{word}”与发文机关不符", "it is none of the issuers", frame.issuers)


def _ends_like(name: str, ending: str) -> bool:
    endings = {"委": ("委", "委员会"), "办": ("办", "办公室")}.get(ending, (ending,))
    return name.endswith(endings)


def _office(name: str, describe: Describe) -> AgencyName | None:
    """Return an issuer; for its 办公室, the body that the office speaks for."""
    body = describe(name)
    if body and body.kind == "unit" and body.parent:
        return describe(body.parent)
    return body


def _counterpart(word: str, level: str, frame: Frame, describe: Describe) -> Resolution:
    """Resolve 省局, 市局 …: the issuer if it is of that level, else its fellow there."""
    place = relative_place(level, frame)
    issuers = [body for name in frame.issuers if (body := _office(name, describe))]
    if place is None or not issuers:
        return unresolved(
            f"“{word}”须由发文机关确定，而发文机关不明或其上没有这一级",
            "it depends on the issuer, who is not known or has none above",
        )
    for body in issuers:
        if body.jurisdiction == place.code and body.name.endswith(word[-1]):
            return Resolution(body, f"“{word}”指发文机关{body.name}")
    for body in issuers:
        fellow = _fellow(body, place.code, word[-1], frame, describe)
        if fellow:
            return Resolution(fellow, f"“{word}”指发文机关{body.name}的上下级{fellow.name}")
    return unresolved(f"“{word}”与发文机关不符", "it is none of the issuers", frame.issuers)


def _fellow(
    body: AgencyName, code: str, ending: str, frame: Frame, describe: Describe
) -> AgencyName | None:
    """Return the body of the same business in another place: 济南市…局 → 山东省…局."""
    if not body.jurisdiction or body.name[-1] not in _COUNTERPARTS:
        return None
    here = load_divisions().get(body.jurisdiction)
    there = load_divisions().get(code)
    if not body.name.startswith(here.canonical):
        swapped = body.name.replace(here.canonical, there.canonical)
        return describe(swapped) if swapped != body.name else None
    rest = body.name[len(here.canonical) : -1] + ending
    found = known_local(rest, there, frame, "absolute", "")
    return found.target if found else None


def _national_counterpart(word: str, frame: Frame, describe: Describe) -> Resolution:
    for name in frame.issuers:
        body = _office(name, describe)
        if body is None:
            continue
        if body.level == "national":
            return Resolution(body, f"“{word}”指发文机关{body.name}")
        for found, rest in leading_places(body.name, Frame()):
            stem = rest.removesuffix("局")
            if len(found) != 1 or stem == rest:
                continue
            for national in (f"国家{stem}总局", f"国家{stem}局"):
                target = describe(national) if national in load_tables().national else None
                if target:
                    return Resolution(target, f"“{word}”指发文机关{body.name}的国家主管机关")
        if body.parent and body.parent.startswith("国家") and (head := describe(body.parent)):
            return Resolution(head, f"“{word}”指发文机关{body.name}的上级{head.name}")
    return unresolved(
        f"“{word}”须由发文机关确定",
        "it depends on the issuer, who is of another kind",
        frame.issuers,
    )
