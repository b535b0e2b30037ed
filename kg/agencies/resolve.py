"""From a name as written to the body it means, in a context: one step after another.

The order of the steps is the order of certainty: names set up by the notice, collectives, the
issuer's own names, names that mean one body everywhere, relative and placed names the tables know,
bare names by level, units, zones, and last names put together from parts no table knows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from kg.agencies.build import build_national
from kg.agencies.collective import resolve_collective, resolve_every_level, resolve_plural
from kg.agencies.fallback import (
    bare_unknown,
    national_unknown,
    placed_unknown,
    refuse_nobody,
    relative_reason,
    relative_unknown,
)
from kg.agencies.local import (
    customs_house,
    discipline_and_supervision,
    in_use,
    infix_body,
    known_local,
    production_corps,
    protection_centre,
    township,
    validity_note,
)
from kg.agencies.places import (
    leading_places,
    lineages,
    own_place,
    relative_place,
    split_relative,
)
from kg.agencies.shape import (
    LONGEST_NAME,
    kind_by_ending,
    normalise_surface,
    split_bracket,
)
from kg.agencies.tables import NationalBody, load_tables
from kg.agencies.types import (
    NATIONAL,
    AgencyName,
    Frame,
    NamingContext,
    Resolution,
    unresolved,
)
from kg.agencies.units import (
    listed_unit,
    part_of_body,
    self_reference,
    unit_of_context,
)
from kg.agencies.zones import zone_body
from kg.divisions import Division, load_divisions

type Step = Callable[[str, Frame], Resolution | None]

_INNER_BRACKET = re.compile(
    r"(?P<body>[^()]{3,20})\((?P<alias>[^()]{3,16})\)(?P<unit>[^()]{0,8}(?:办公厅|办公室|[处科司室]))"
)
_DEEPEST_ALIAS = 3
# Words that name a body only after a place: alone they are common nouns.
_TOO_BARE = (
    "人民政府",
    "政府",
    "委员会",
    "党委",
    "委",
    "科学院",
    "办公室",
    "办公厅",
    "办",
    "研究室",
)


@lru_cache(maxsize=16_384)  # notices name the same bodies again and again
def resolve_agency(surface: str, context: NamingContext) -> Resolution:
    """Return the body that a name means in its context, with the reason; never an exception.

    Args:
        surface: the name as it stands; full-width brackets, spaces and a closing 等 are allowed.
        context: the notice's place, issuers and date, and what stood before in the list.
    """
    written = name = normalise_surface(surface)
    for _ in range(_DEEPEST_ALIAS):
        full = context.aliases.get(name) if context.aliases else None
        if full is None or normalise_surface(full) == name:
            break
        name = normalise_surface(full)
    frame = Frame(
        context.jurisdiction,
        context.issuers,
        context.body,
        context.level_hint,
        context.issued_on,
    )
    found = _resolve(name, frame)
    if name == written:
        return found
    return replace(found, reason=f"本文以“{written}”简称“{name}”；{found.reason}")


def describe_agency(name: str) -> AgencyName | None:
    """Return what a full name tells of a body without any context, or None if it tells of none."""
    return _resolve(normalise_surface(name), Frame()).target


def describe_endings(words: str, shortest: int, longest: int) -> Iterator[AgencyName]:
    """Yield the bodies whose full names some words end with, the longest name first.

    Args:
        words: what stands before a title, a bracket ….
        shortest: characters of the shortest name looked for.
        longest: characters of the longest.
    """
    for length in range(min(longest, len(words)), shortest - 1, -1):
        body = describe_agency(words[-length:])
        if body is not None:
            yield body


def list_national_names() -> Iterator[tuple[str, str]]:
    """Yield every form that means one national body in any text, with the body's canonical name."""
    for surface, bodies in load_tables().national.items():
        yield surface, bodies[0].name


@lru_cache(maxsize=131_072)
def _resolve(name: str, frame: Frame) -> Resolution:
    if len(name) < 2 or len(name) > LONGEST_NAME:
        return unresolved("名称过短或过长，不像机构名称", "too short or too long for a name")
    for step in (*_KNOWN_STEPS, *_UNKNOWN_STEPS):
        found = step(name, frame)
        if found is not None:
            return found
    if kind_by_ending(name) is None:
        return unresolved(f"“{name}”不像机构名称", "it does not read like a body")
    why = f"“{name}”不在机构表中，也没有可据以确定的地方"
    return unresolved(why, "no table has it, and no place tells which it is")


@lru_cache(maxsize=131_072)  # not for speed alone: 局局局局… would be parsed in every way there is
def _resolve_known(name: str, frame: Frame) -> Resolution | None:
    """Resolve by the steps that need a table's word for it; None where none gives a target."""
    if len(name) < 2:
        return None
    for step in _KNOWN_STEPS:
        found = step(name, frame)
        if found is not None:
            return found if found.target else None
    return None


def _collective(name: str, frame: Frame) -> Resolution | None:
    return resolve_collective(
        name,
        frame,
        lambda part: _resolve_known(part.removesuffix("机关"), frame) or _own_office(part, frame),
    )


def _own_office(part: str, frame: Frame) -> Resolution | None:
    """Resolve the 局 of 局机关各处室, 局各有关处室; 机关各处室 are the issuer's."""
    word = part.removesuffix("机关").removesuffix("属").removesuffix("直")
    if not word and part and frame.issuers:
        return _resolve_known(frame.issuers[0], frame)
    return self_reference(f"我{word}", frame, describe_agency) if len(word) == 1 else None


def _self(name: str, frame: Frame) -> Resolution | None:
    return self_reference(name, frame, describe_agency)


def _listed_unit(name: str, frame: Frame) -> Resolution | None:
    return listed_unit(name, frame, describe_agency)


def _national(name: str, frame: Frame) -> Resolution | None:
    bodies = load_tables().national.get(name)
    return _pick_national(name, bodies, frame) if bodies else None


def _bare_national(name: str, frame: Frame) -> Resolution | None:
    if frame.jurisdiction != NATIONAL or (frame.level_hint and own_place(frame)):
        return None
    bodies = load_tables().national_bare.get(name)
    return _pick_national(name, bodies, frame) if bodies else None


def _pick_national(name: str, bodies: tuple[NationalBody, ...], frame: Frame) -> Resolution:
    body = next((b for b in bodies if in_use(b.since, b.until, frame)), bodies[0])
    others = tuple(b.name for b in bodies if b.name != body.name)
    why = f"“{name}”为{body.name}" if name != body.name else "国家机关全称"
    note = validity_note(body.until, body.successor, frame)
    return Resolution(build_national(body), why + note, others)


def _infix(name: str, frame: Frame) -> Resolution | None:
    found = infix_body(name, frame)
    if found is None and name.startswith("中共") and not name.startswith("中共中央"):
        party = _resolve_known(name[2:], frame)
        return party if party and party.target and party.target.kind == "party" else None
    return found


def _relative(name: str, frame: Frame) -> Resolution | None:
    """Resolve 省教育厅, 市委宣传部: 省, 市 … is looked up from the notice's place upwards."""
    parted = split_relative(name)
    if parted is None or not parted[1]:
        return None
    word, rest = parted
    place = relative_place(word, frame)
    if place is None:
        return None
    why = relative_reason(word, place)
    found = known_local(rest, place, frame, "relative", why) or township(rest, place, why)
    return replace(found, level_word=word) if found else None


def _placed(name: str, frame: Frame) -> Resolution | None:
    """Resolve a name that begins with a place and goes on with a body the tables know."""
    for found, rest in leading_places(name, frame):
        known = [(place, body) for place in found if (body := _at_place(rest, place, frame))]
        if len(known) == 1 or (known and len(found) == 1):
            return known[0][1]
        if known:
            names = tuple(body.target.name for _, body in known if body.target)
            return unresolved(f"“{name}”的地名有多处同名", "several places have this name", names)
    return None


def _at_place(rest: str, place: Division, frame: Frame) -> Resolution | None:
    return known_local(rest, place, frame, "absolute", "地名写明") or township(
        rest, place, "地名写明"
    )


def _bare(name: str, frame: Frame) -> Resolution | None:
    """Resolve 住建局, 发展改革委 by the level carried along the list, else the notice's place."""
    hinted = relative_place(frame.level_hint, frame) if frame.level_hint else None
    if hinted:
        found = _bare_at(name, hinted, frame, f"承前省略“{frame.level_hint}”")
        if found:
            return found
    place = own_place(frame)
    if place is None:
        return None
    for division in load_divisions().lineage(place.code):
        found = _bare_at(name, division, frame, f"未写地名，按发文机关所在地为{division.canonical}")
        if found:
            return found
    # 教育厅 in a joint notice of 四川 and 重庆 is of the one that has a 厅.
    for line in lineages(frame):
        for division in line:
            why = f"未写地名，按联合发文机关所在地为{division.canonical}"
            if found := _bare_at(name, division, frame, why):
                return found
    return None


def _bare_at(name: str, place: Division, frame: Frame, why: str) -> Resolution | None:
    if name in _TOO_BARE:
        hinted = why.startswith("承前")
        return known_local(name, place, frame, "relative", why) if hinted else None
    for key in (name, f"委{name}"):  # 省委组织部、宣传部: the 委 is written once
        found = known_local(key, place, frame, "bare", why)
        if found:
            return found
    return township(name, place, why) if place.level == "county" else None


def _unit(name: str, frame: Frame) -> Resolution | None:
    return unit_of_context(name, frame, describe_agency)


def _offices(name: str, frame: Frame) -> Resolution | None:
    """Resolve 市监委机关, 市总工会机关: the body itself, told apart from those below it."""
    body = name.removesuffix("机关")
    return _resolve_known(body, frame) if body != name else None


def _part(name: str, frame: Frame) -> Resolution | None:
    return part_of_body(name, lambda head: _resolve_known(head, frame))


def _zone(name: str, frame: Frame) -> Resolution | None:
    return zone_body(name, frame)


def _bracket_inside(name: str, frame: Frame) -> Resolution | None:
    """Resolve 省市场监管局(省知识产权局)办公室: the unit of the body before the bracket."""
    parted = _INNER_BRACKET.fullmatch(name)
    if parted is None or _resolve_known(parted["body"], frame) is None:
        return None
    found = _resolve_known(parted["body"] + parted["unit"], frame)
    if found is None:
        return None
    return replace(found, reason=f"{found.reason}；括号内“{parted['alias']}”为别称")


def _bracketed(name: str, frame: Frame) -> Resolution | None:
    """Resolve 省数据局(营商局): the bracket explains the name before it."""
    parted = split_bracket(name)
    if parted is None:
        return None
    outer, inner = parted
    found = _resolve(outer, frame)
    if found.target:
        return Resolution(
            found.target,
            f"{found.reason}；括号内“{inner}”为别称",
            found.candidates,
            found.certainty,
        )
    return None


_KNOWN_STEPS: tuple[Step, ...] = (
    refuse_nobody,
    resolve_every_level,
    _collective,
    _self,
    _listed_unit,
    _national,
    customs_house,
    protection_centre,
    production_corps,
    discipline_and_supervision,
    _infix,
    _relative,
    _placed,
    _bare_national,
    _bare,
    _offices,
    _bracket_inside,
    _part,
    _unit,
    _zone,
    _bracketed,
)
_UNKNOWN_STEPS: tuple[Step, ...] = (
    resolve_plural,
    relative_unknown,
    placed_unknown,
    national_unknown,
    bare_unknown,
)
