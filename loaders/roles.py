"""From the lists of a responsibility clause to actors: coordination expanded, names resolved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from kg.agencies import INSTITUTION_KINDS, AgencyName, NamingContext, resolve_agency
from kg.divisions import load_divisions
from kg.scanning import compile_scan
from kg.types import Span
from loaders.actor_names import (
    BARE_DEPARTMENT,
    BRANCH,
    ETC,
    EVERY_PLACE,
    JOINT_COLLECTIVE,
    NOBODY,
    TOWN,
    ZONE,
    institution_kind,
    is_actor_name,
    is_one_name,
    naming_context,
    resolve_actor,
)
from loaders.clause_parts import STARS, Clause, Role
from loaders.paragraphs import strip_span
from loaders.types import NATIONAL, Context

_SEPARATORS = "、，,；;。：:\n\t|/／ \u3000"
_OPENERS, _CLOSERS = "(（〔[", ")）〕]"
_OPENER = re.compile(f"[{re.escape(_OPENERS)}]")
_MARK = re.compile(f"[{re.escape(_SEPARATORS + _OPENERS + _CLOSERS)}.．]")
_LEADING = re.compile(
    r"^(?:(?:此项|该项|本项|以上|上述)(?:工作|任务)?|(?:落实|责任|配合|参与|牵头)单位(?:包括|有|为)|包括|以及|并由|由|会同|请|其中|和|及|与|或|并|(?:\d++|[①-⑳])[.．、]?(?![年月日])|[:：\-—·•*＊★☆▲△●◆※#])+"
)
_CONJUNCTIONS = re.compile(r"以及|和|与|及")
_EVERY = re.compile(
    r"各(?:(?:[省市县]级|市(?!场)|地(?![方区])|[省县区旗州盟]|自治[县旗州区]|直辖市|直管市|设区的?市"
    r"|地级以上市)[、（(）)]*)+"
    r"(?=[\u4e00-\u9fff]{2}|委$)"
)
# A bracket that belongs to a collective: 各区县(自治县)人民政府.
_OF_COLLECTIVE = re.compile(
    r"^.{0,6}[(（](?:自治[县旗州]|市|县|旗|州|盟|地|区|室|筹|镇|街道|园区|功能区|开发区|高新区)[、)）]"
)
_PARTY_AND_STATE = re.compile(
    r"(?P<place>.{2,}?)(?P<party>党?委|党工委)(?:和|与|及|、)?(?P<state>(?:人民)?政府|管委会|管理委员会)"
)
_COMMITTEE = re.compile(r"^(?:[省市区县州盟旗]|自治区)党?委$")
_ROUND = str.maketrans("〔〕[]【】〈〉", "（）（）（）（）")
_WHOLE = ("政府", "兵团", "管委会", "管理委员会")
_OBLIGED = re.compile(r"[都均也]?(?:要|应当?|须|需)$")  # 各地要抓好落实
_SHORTEST = 2  # characters of a name
_LONGEST_PLACE = 10  # characters of 和布克赛尔蒙古自治县
# A line break within a name, or the space that stands for one.
_WRAP = re.compile(r"\s*\n\s*|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Where two names may have lost the mark between them: 市科委中关村管委会.
_SEAM = re.compile(r"(?<=[局厅委部办院会])(?=[\u4e00-\u9fff]{3})")
_SHARED_EVERY = re.compile(r"^(?:[市县区旗州盟]?(?:人民)?政府|(?:地区)?行政公署|(?:地区)?行署)$")
_TOWNS = re.compile("各(?:乡镇?|镇乡?)、?(?:人民)?政府$")
_KINDS = re.compile("(?:镇街|街镇|乡镇|镇办|镇|街道|园区|功能区)$")  # 各园区、镇街
_STREETS = re.compile("街道(?:办|办事处|党工委)?$")
_FIRST_LEADS = compile_scan(
    r"(?:排|列)?(?:名|在|序)?(?:第一|首)(?:位|个|家|名)?[的者]?(?:责任)?(?:单位|部门)?(?:为|是|作为|即为)+牵头"
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
    alone = naming_context(context)
    for clause in clauses:
        naming = alone
        is_led = _is_led_by_first(text, clause)
        is_first = True
        for segment in clause.segments:
            listed = _expand(list(_items(text, segment.span, naming)), alone)
            for item in chain.from_iterable(map(_both_bodies, listed)):
                role = segment.role
                if is_led:
                    role = "LEADS" if is_first else "SUPPORTS"
                is_first = False
                actor, naming = _resolve(item, role, segment.method, naming)
                key = (actor.role, actor.target.name if actor.target else actor.surface)
                if key not in seen:
                    seen.add(key)
                    actors.append(actor)
    return actors


def _is_led_by_first(text: str, clause: Clause) -> bool:
    """Tell whether the first of a clause's one list leads the others."""
    if not has_leading_first(text) or {s.role for s in clause.segments} != {"RESPONSIBLE_FOR"}:
        return False
    listed = text[clause.segments[0].span.start : clause.segments[-1].span.end]
    return re.search("[；;]", listed) is None


@lru_cache(maxsize=4)
def has_leading_first(text: str) -> bool:
    """Tell whether a notice says that the first of every list leads (列第一位的为牵头单位,下同)."""
    return _FIRST_LEADS.search(text) is not None


def _items(text: str, span: Span, naming: NamingContext) -> Iterator[_Item]:
    """Yield the names of a list; nested brackets are aliases or roles, and go."""
    depth = 0
    start = span.start
    joint = {
        position
        for match in JOINT_COLLECTIVE.finditer(text, span.start, span.end)
        for position in range(*match.span())
    }
    for mark in _MARK.finditer(text, span.start, span.end):
        position, char = mark.start(), mark.group()
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif depth or (char in "\n " and _is_wrap(text, Span(start, span.end), position, naming)):
            continue
        elif _is_dot_between(text, position) if char in ".．" else position not in joint:
            yield from _item(text, start, position, naming)
            start = position + 1
    yield from _item(text, start, span.end, naming)


def _is_wrap(text: str, rest: Span, position: int, naming: NamingContext) -> bool:
    """Tell whether a line breaks within a name: 市市场⏎监管局."""
    left = text[rest.start : position].strip()
    right = re.split(f"[{re.escape(_SEPARATORS)}]", text[position : rest.end].lstrip(), maxsplit=1)[
        0
    ]
    return bool(left and right) and is_one_name(left, right, naming)


def _is_dot_between(text: str, position: int) -> bool:
    """Tell whether a dot stands for a mark between two names: 市教育局.市财政局."""
    return bool(
        _HAN.match(text[position - 1 : position]) and _HAN.match(text[position + 1 : position + 2])
    )


def _item(text: str, start: int, end: int, naming: NamingContext) -> Iterator[_Item]:
    span = strip_span(text, start, end)
    if span is None:
        return
    surface = text[span.start : span.end]
    if _WRAP.search(surface):
        yield _Item(_WRAP.sub("", surface), span)
        return
    read = _read_name(surface, naming if _OPENER.search(surface) else None)
    if read is not None:
        name, begin, end = read
        yield _Item(name, Span(span.start + begin, span.start + end))


@lru_cache(maxsize=8_192)
def _read_name(surface: str, naming: NamingContext | None) -> tuple[str, int, int] | None:
    """Return the name in a member of a list, where it begins and ends; None if it names nobody.

    Args:
        surface: the member.
        naming: tells whether its bracket is part of the name; None where there is no bracket.
    """
    lead = None if _begins_with_place(surface) else _LEADING.match(surface)
    offset = lead.end() if lead else 0
    name = surface[offset:].translate(_ROUND)
    bracket = re.search(r"[(（]", name)
    whole = name
    if bracket and naming and not _keeps_bracket(name, bracket, naming):
        whole = name[: bracket.start()] + re.sub(r"^[^)）]*[)）]?", "", name[bracket.end() :])
    whole = ETC.sub("", _OBLIGED.sub("", whole)).rstrip("等。.;；:： " + STARS)
    if len(whole) < _SHORTEST or not _HAN.search(whole) or NOBODY.match(whole):
        return None
    stop = offset + (bracket.start() if bracket and whole == name[: bracket.start()] else len(name))
    if surface[offset:stop].startswith(whole):
        stop = offset + len(whole)
    return whole, offset, max(stop, offset + 1)


def _begins_with_place(surface: str) -> bool:
    """Tell whether a 和 is the first character of a place: 和平区人民政府, 和田地区行署."""
    if not surface.startswith("和"):
        return False
    heads = (surface[:length] for length in range(2, min(len(surface), _LONGEST_PLACE) + 1))
    return any(load_divisions().named(head) for head in heads)


def _keeps_bracket(name: str, bracket: re.Match[str], naming: NamingContext) -> bool:
    """Tell whether a bracket is part of a name, as in 中国(沈阳)知识产权保护中心."""
    if _OF_COLLECTIVE.match(name[max(0, bracket.start() - 6) :]):
        return True
    if not name.startswith(("中国", "国家")) or name.endswith((")", "）")):
        return False
    return resolve_agency(name, naming).target is not None


def _expand(items: Sequence[_Item], naming: NamingContext) -> Iterator[_Item]:
    """Share the body of 甲、乙、丙市政府 among its places, and part A和B.

    Args:
        items: of a list.
        naming: of the notice, as for a name that stands alone.
    """
    pending: list[_Item] = []
    every: re.Match[str] | None = None
    towns = each = False
    for item in items:
        if every and _SHARED_EVERY.match(item.surface):
            # 各盟行政公署、市人民政府; 各县(区)委、政府
            shared = every[0] if item.surface in ("政府", "人民政府") else "各"
            item = replace(item, surface=f"{shared}{item.surface}")
        elif every and _is_shared(item.surface):
            item = replace(item, surface=every[0] + item.surface)  # 各区县知识产权局、财政局
        elif (towns and _STREETS.match(item.surface)) or (each and _KINDS.match(item.surface)):
            item = replace(item, surface=f"各{item.surface}")  # 各乡镇人民政府、街道办事处
        towns = _TOWNS.match(item.surface) is not None
        each = item.surface.startswith("各")
        every = _EVERY.match(item.surface)
        for piece in _parted(item, naming):
            if _is_place(piece.surface):
                pending.append(piece)
                continue
            body = _shared_body(piece.surface) if pending else None
            for place in pending:
                yield _with_body(place, body, piece, naming)
            pending.clear()
            yield piece
    for place in pending:
        yield _with_body(place, None, place, naming)


def _both_bodies(item: _Item) -> Iterator[_Item]:
    """Part 各市党委和政府 into the party's committee and the government."""
    both = _PARTY_AND_STATE.fullmatch(item.surface)
    if both is None:
        yield item
        return
    state = both["state"] if both["state"].startswith("管") else "人民政府"
    yield replace(item, surface=both["place"] + both["party"])
    yield replace(item, surface=both["place"] + state)


def _is_shared(surface: str) -> bool:
    """Tell whether a name lacks the 各 of the one before it: 各省级知识产权局、财政厅(局)."""
    is_bare = BARE_DEPARTMENT.match(surface) or (len(surface) <= 10 and surface.endswith("厅"))
    return bool(is_bare) and not surface.startswith(("省", "各")) and not BRANCH.match(surface)


def _parted(item: _Item, naming: NamingContext) -> Iterator[_Item]:
    """Part a name at 和, 与, 及 where both sides are names by themselves."""
    for seam in _SEAM.finditer(item.surface) if not _is_listed(item.surface, naming) else ():
        left, right = item.surface[: seam.start()], item.surface[seam.start() :]
        if _COMMITTEE.match(left):
            continue  # 市委市政府督查室
        if _is_listed(left, naming) and _stands_alone(right, naming):
            cut = item.span.start + seam.start()
            if item.span.start < cut < item.span.end:
                yield _Item(left, Span(item.span.start, cut))
                yield _Item(right, Span(cut, item.span.end))
                return
    start = 0
    for match in _CONJUNCTIONS.finditer(item.surface):
        left, right = item.surface[start : match.start()], item.surface[match.end() :]
        zones = ZONE.search(left) is not None and right.endswith(("管委会", "管理委员会"))
        if (
            (zones or is_actor_name(left, naming))
            and is_actor_name(right, naming)
            and (
                match.group() == "以及"
                or _ends_before(left, right)
                or not _is_listed(item.surface[start:], naming)
            )
        ):
            left = ETC.sub("", left)  # 省公安厅等有关部门及各市政府
            if not NOBODY.match(left):
                begin = item.span.start + start
                yield _Item(left, Span(begin, begin + len(left)))
            start = match.end()
    if start == 0:
        yield item
    elif not NOBODY.match(item.surface[start:]):
        yield _Item(item.surface[start:], Span(item.span.start + start, item.span.end))


def _ends_before(left: str, right: str) -> bool:
    """Tell whether a collective is whole before what follows: 各省人民政府和新疆生产建设兵团."""
    return left.startswith("各") and left.endswith(_WHOLE) and right.endswith(_WHOLE)


def _stands_alone(name: str, naming: NamingContext) -> bool:
    """Tell whether a name means the same body wherever it stands: no unit, nothing left out."""
    found = resolve_agency(name, replace(naming, issuers=(), level_hint=None))
    if found.target is None or found.certainty < 1.0 or found.target.kind == "unit":
        return False
    elsewhere = resolve_agency(name, NamingContext(NATIONAL))
    return bool(found.level_word) or elsewhere.target == found.target


def _is_listed(name: str, naming: NamingContext) -> bool:
    return resolve_agency(name, naming).certainty == 1.0


@lru_cache(maxsize=4_096)
def _is_place(surface: str) -> bool:
    if EVERY_PLACE.fullmatch(surface) or TOWN.match(surface):
        return True
    return bool(load_divisions().named(surface)) or ZONE.search(surface) is not None


def _shared_body(surface: str) -> str | None:
    """Return what follows the place at the head of a name: 朝阳市政府 → 政府."""
    match = re.match(r"各[市县区旗州盟省、()（）设地级以上]+(?=[\u4e00-\u9fff]{2})", surface)
    if match:
        return surface[match.end() :]
    for length in range(min(len(surface) - 1, 14), 1, -1):
        if _is_place(surface[:length]):
            body = re.sub(r"^[(（][市县区旗、]+[)）]", "", surface[length:])  # 甲、乙县(市)政府
            return body.removeprefix("市") if length == 2 else body
    return None


def _with_body(place: _Item, body: str | None, giver: _Item, naming: NamingContext) -> _Item:
    name = place.surface
    if not name.startswith("各"):
        found = load_divisions().named(name, naming.jurisdiction) or load_divisions().named(name)
        name = found[0].name if found else name
    if body is None and TOWN.match(name):
        body = "办事处" if name.endswith("街道") else "人民政府"
    is_division = bool(load_divisions().named(name))
    is_zone = ZONE.search(name) is not None and not is_division
    if is_division and body in ("管委会", "管理委员会"):
        body = None  # 西湖区、西湖风景名胜区管委会: a district has a government
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
        naming = NamingContext(
            jurisdiction=naming.jurisdiction,
            issuers=naming.issuers,
            body=_body_of(target),
            level_hint=hint,
            issued_on=naming.issued_on,
            aliases=naming.aliases,
        )
    return actor, naming


def _body_of(target: AgencyName) -> str:
    """Return the body whose units may follow in a list: a unit's own body, else the body itself."""
    return target.parent if target.kind == "unit" and target.parent else target.name
