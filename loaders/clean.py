"""From raw text to the stored text, with the noise taken out and an offset map kept.

Only what cannot belong to a notice is removed: line-ending variants, invisible characters,
advertising words, characters lost in copying, pinyin debris, page numbers inside words.
Everything else stays, so that offsets index what a person reads.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape

from kg.datafiles import read_yaml
from kg.scanning import compile_scan
from kg.simplify import simplify
from loaders.wraps import find_wraps

_INVISIBLE = "\ufeff\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\u00ad\ufffc\ufffd\ue000-\uf8ff"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_LONGEST_FURNITURE = 300  # characters of a line
_FIXED: Sequence[tuple[str, str | None, str]] = (
    (r"\r\n?", "\n", ""),
    (rf"[{_INVISIBLE}]|[\x00-\x08\x0b-\x1f\x7f]", "", "lost or invisible character"),
    # A table of a corpus may hold \n as two characters, and what HTML writes for one.
    (r"(?:\\r)?\\n(?![A-Za-z])", "\n", ""),
    (r"\\u3000|\\xa0|\\t(?![A-Za-z])", " ", ""),
    (r"(?:&amp;)?&(?:nbsp|ensp|emsp|#160);|&amp;(?:nbsp|ensp|emsp);|\u00a0|\u2002|\u2003", " ", ""),
    (r"&(?:amp;)?(?:[a-z]{2,6}|#\d{2,6}|#x[0-9a-f]{2,5});|&amp;", None, ""),
    (r"(?<=\d)\?(?=\d)", "·", "lost character"),
    (r"(?:[?？][ \t]*){2,}(?=\n|$)", "", "lost character"),
    (r"(?<=[\u4e00-\u9fff])[?？][ \t](?:[?？][ \t]*)+", " ", "lost character"),
    (
        # Spaces are looked at from the first of a run only, or a page of them takes for ever.
        (
            r"(?:\n[ \t]*[-－][ \t]?\d{1,3}[ \t]?[-－][ \t]*(?=\n|$)"
            r"|\n?(?:(?<![ \t])[ \t]+)?—[ \t]?\d{1,3}[ \t]?—)"
        ),
        "",
        "page number",
    ),
    (
        rf"(?<=[\u4e00-\u9fff])[(（][a-zü]{{0,4}}[{_TONES}][a-zü]{{0,3}}[)）]",
        "",
        "pinyin debris",
    ),
)


@dataclass(frozen=True, slots=True)
class Noise:
    """Something taken out of the raw text: where it stood there, what it was, and why."""

    start: int
    surface: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The stored text and the way back from it.

    Attributes:
        text: what is stored and indexed by every span.
        noise: what was removed, in order.
        anchors: ascending offsets in `text` where the shift to the raw text changes.
        shifts: raw offset minus text offset from each anchor on.
    """

    text: str
    noise: tuple[Noise, ...]
    anchors: tuple[int, ...]
    shifts: tuple[int, ...]

    def raw_offset(self, offset: int) -> int:
        """Return where the character at this offset of `text` stood in the raw text."""
        return offset + self.shifts[bisect_right(self.anchors, offset) - 1]


def clean_text(raw: str) -> Cleaned:
    """Return the stored text of a raw text."""
    pieces: list[str] = []
    noise: list[Noise] = []
    anchors, shifts = [0], [0]
    position = length = 0
    for start, end, replacement, reason in _edits(raw):
        if start < position or raw[start:end] == replacement:
            continue
        pieces.append(raw[position:start] + replacement)
        length += start - position + len(replacement)
        position = end
        if reason:
            noise.append(Noise(start, raw[start:end], reason))
        anchors.append(length)
        shifts.append(position - length)
    pieces.append(raw[position:])
    return Cleaned("".join(pieces), tuple(noise), tuple(anchors), tuple(shifts))


def _edits(raw: str) -> list[tuple[int, int, str, str]]:
    """Return what to replace: start, end, replacement, reason; in order."""
    folded = simplify(raw)  # advertising comes in either script
    edits = [(*match.span(), *_change(match)) for match in _pattern().finditer(folded)]
    for start, end in find_wraps(raw):  # a page number between two lines goes with the break
        edits.append((start, end, "", "page number" if raw[start:end].strip() else ""))
    return sorted(edits)


def is_furniture(line: str) -> bool:
    """Tell whether a line is a site's furniture, not the notice's."""
    # A page without line breaks may begin with such words and go on with the whole notice.
    return len(line) <= _LONGEST_FURNITURE and _furniture().match(line.strip()) is not None


def _change(match: re.Match[str]) -> tuple[str, str]:
    index = match.lastindex
    if index is None or index > len(_FIXED):
        return "", "advertising"
    _, replacement, reason = _FIXED[index - 1]
    if replacement is None:
        return unescape(match.group().replace("&amp;", "&", 1)), reason
    return replacement, reason


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_reference()["advertising"], key=len, reverse=True)
    advertising = "|".join(re.escape(word) for word in words)
    fixed = "|".join(f"({pattern})" for pattern, _, _ in _FIXED)
    glued = "|".join(re.escape(word) for word in _reference()["glued"])
    return compile_scan(f"{fixed}|((?:{advertising})[ \t]*)|((?<=[)）、.．])(?:{glued})[ \t]*)")


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _reference()["furniture"]))


@cache
def _reference() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = read_yaml("noise.yaml")
    return loaded
