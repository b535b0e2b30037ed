"""The names in questions: what they mean, whether they are names at all, where two are joined."""

import re
from collections.abc import Callable, Iterator, Sequence

from kg.store import Store
from queries.jurisdictions import find_divisions
from queries.names import (
    Match,
    find_actors,
    find_instruments,
    find_measures,
    find_notices,
    find_subjects,
)
from queries.types import run_file

THINGS = ("Place", "Product", "Program", "Institution", "Platform")
_EXACT = ("id", "name", "alias")
_JOINTS = re.compile(r"以及|[和与跟同及、]| and | with | to ")
_HAN = re.compile(r"[㐀-鿿]")
_ID = re.compile(r"[0-9a-f]{20}")
# Words that a question is made of: in what nothing is named, they tell that it was misread.
_NO_NAME = re.compile(
    r"(?<!\d)(?:19|20)\d{2}年|[上下]半年|(?:今|去|明|前)年|哪(?:些|个|种|家|几)|什么|多少|有没有|谁|为什么|怎么"
    r"|(?:牵头|负责|配合|参与)[、,，但且]|没有?人|没有?(?=[参牵负配支涉提用])|不(?:是|由|涉及|参与|牵头|负责|配合|支持|提到)|并非|除了?|以外|之外"
    r"|最[多少大小]|共同|既|但是|或者?|全部|所有"
    r"|\b(?:not|no|never|without|except|most|least|or|which|what|who|how many|all|every"
    r"|(?:in|by|before|after|since) \d{4})\b",
    re.IGNORECASE,
)


def is_exact(matches: Sequence[Match]) -> bool:
    """Tell whether a name is an id, a name or an alias of what was found."""
    return bool(matches) and matches[0].how in _EXACT


def is_known(store: Store, name: str) -> bool:
    """Tell whether something in the graph is named so: exactly, or by a relative name."""
    if is_place(store, name) or any(match.how != "part" for match in find_actors(store, name)):
        return True
    found: tuple[Callable[[Store, str], list[Match]], ...] = (
        find_subjects,
        find_instruments,
        find_notices,
        find_measures,
    )
    return any(is_exact(find(store, name)) for find in found)


def is_place(store: Store, name: str) -> bool:
    """Tell whether a name is that of a division, or of a place whose notices are in the graph."""
    if find_divisions(name):
        return True
    return any(row["id"] == name for row in run_file(store, "_jurisdictions", {}))


def misread(store: Store, name: str) -> str:
    """Return the words for which a name cannot be one; "" if it may be."""
    words = _NO_NAME.search(name)
    if words is None or is_known(store, name):
        return ""
    return words[0]


def is_foreign(name: str) -> bool:
    """Tell whether a name is written in Latin letters alone, so that no node can be named so."""
    has_letters = re.search(r"[A-Za-z]{2}", name) is not None
    return has_letters and not _HAN.search(name) and not _ID.fullmatch(name)


def part_actors(store: Store, name: str) -> list[str]:
    """Return the actors that a name joins, or the name alone if it is one or joins no actors."""
    if find_actors(store, name):
        return [name]
    return _parted(name, lambda part: bool(find_actors(store, part))) or [name]


def part_things(store: Store, name: str) -> list[str]:
    """Return the things that a name joins, or the name alone if it is one or joins no things."""
    if is_known(store, name):
        return [name]
    return _parted(name, lambda part: is_known(store, part)) or [name]


def part_places(name: str) -> list[str]:
    """Return two places that a name joins, or an empty list."""
    found = _parted(name, lambda part: bool(find_divisions(part)))
    return found if len(found) == 2 else []


def _parted(name: str, is_one: Callable[[str], bool]) -> list[str]:
    """Return the parts of a name, all of which are one; none if it cannot be parted so."""
    for head, tail in _splits(name):
        if not is_one(head):
            continue
        if is_one(tail):
            return [head, tail]
        rest = _parted(tail, is_one)
        if rest:
            return [head, *rest]
    return []


def _splits(name: str) -> Iterator[tuple[str, str]]:
    for joint in _JOINTS.finditer(name):
        head, tail = name[: joint.start()].strip(" ,，"), name[joint.end() :].strip(" ,，")
        if head and tail:
            yield head, tail
