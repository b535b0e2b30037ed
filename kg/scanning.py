r"""Regular expressions that texts are scanned with.

`re` tries the alternatives of a pattern one after another at every character of a text, unless
each of them begins with a plain character. A look at that character, put before the pattern,
spares most of it: `责任|(?P<lead>牵头)` becomes `(?=[牵责])(?:责任|(?P<lead>牵头))`, which finds
the same, several times as fast.
"""

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

_COMMON = 0x4E00  # a range around it takes in most of a text, so that a look would spare nothing
_CLASSES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}
_NOTHING = frozenset[str]()


class _AnythingError(Exception):
    """A pattern may begin with nearly any character."""


def compile_scan(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern that looks at a character before it tries what begins with it.

    A pattern that may begin with nearly any character, or match nothing, is compiled as it is.
    """
    try:
        first, may_be_empty = _first_of(import_module("re._parser").parse(pattern))
    except (ImportError, _AnythingError):  # a later Python may keep its parser elsewhere
        return re.compile(pattern)
    if may_be_empty:
        return re.compile(pattern)
    return re.compile(f"(?=[{''.join(sorted(first))}])(?:{pattern})")


def iter_near(
    pattern: re.Pattern[str], sign: re.Pattern[str], reach: int, text: str, region: tuple[int, int]
) -> Iterator[re.Match[str]]:
    """Yield what pattern.finditer does in a region, looking only around signs.

    For patterns that begin with any characters and go on with rare ones: 、 between words.

    Args:
        pattern: what to find.
        sign: what every match holds, not more than `reach` characters behind its beginning.
        reach: characters.
        text: where to look.
        region: start and end of it.
    """
    at, end = region
    while (found := sign.search(text, at, end)) is not None:
        match = pattern.search(text, max(at, found.start() - reach), end)
        if match is None:
            return
        yield match
        at = match.end()


def _first_of(sequence: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str], bool]:
    """Return the members of a character class that a parsed pattern may begin with.

    And whether it may match nothing, so that what follows it may begin there, too.
    """
    found = _NOTHING
    for operation, argument in sequence:
        members, may_be_empty = _first(operation.name, argument)
        found |= members
        if not may_be_empty:
            return found, False
    return found, True


def _first(operation: str, argument: Any) -> tuple[frozenset[str], bool]:
    match operation, argument:
        case "LITERAL", character:
            return frozenset((re.escape(chr(character)),)), False
        case "IN", members:
            return frozenset(_member(kind.name, what) for kind, what in members), False
        case "BRANCH", (_, parts):
            firsts = [_first_of(part) for part in parts]
            return _NOTHING.union(*(first for first, _ in firsts)), any(e for _, e in firsts)
        case "SUBPATTERN", (_, 0, 0, part):
            return _first_of(part)
        case "MAX_REPEAT" | "MIN_REPEAT", (least, _, part):
            first, may_be_empty = _first_of(part)
            return first, may_be_empty or not least
        case "ASSERT" | "ASSERT_NOT" | "AT", _:  # conditions: they take no character
            return _NOTHING, True
    raise _AnythingError


def _member(kind: str, what: Any) -> str:
    match kind, what:
        case "LITERAL", character:
            return re.escape(chr(character))
        case "RANGE", (low, high) if not low <= _COMMON < high:
            return f"{re.escape(chr(low))}-{re.escape(chr(high))}"
        case "CATEGORY", category if category.name in _CLASSES:
            return _CLASSES[category.name]
    raise _AnythingError
