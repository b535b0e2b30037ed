"""Where names begin and end in running text: what the detectors of named things share.

A passage is a region of the text made easy to match, character for character: 《titles》 are
blanked, brackets narrowed, quotation marks curled. A hit is a name found in it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from kg.divisions import Division, load_divisions
from kg.errors import OntologyError
from kg.types import Span, Value
from loaders.support import is_supported
from loaders.types import NATIONAL, EntityMention

BLANK = "\0"
MOST_NAMES = 64  # that a clause is searched for: more words that end names are no sentence
HAN = "\u4e00-\u9fff〇"
_NARROW = tuple(zip("（）［］「」『』‘’－–", "()[]“”“”“”--", strict=True))
_TITLE = re.compile(r"《(?:[^《》]|《[^《》]{0,100}》){0,150}》")
_IGNORED = re.compile("[“” \u3000·•・]")
_DASH = re.compile(rf"(?<=[{HAN}])—(?=[{HAN}])")
_ASCII_QUOTE = re.compile(r'"([^"\n]{1,40})"')
_YEAR = re.compile(r"(?:20\d\d|二[〇○0]..)(?:[-—至](?:20\d\d|二[〇○0]..))?(?:年度?|(?=[^\d.年]))")


@dataclass(frozen=True, slots=True)
class Passage:
    """A region of the document.

    Attributes:
        start: offset of its first character in the document.
        text: its characters, one for one with the document's, made easy to match.
        folded: the text without quotation marks, dots and spaces, and where they stood.
    """

    start: int
    text: str
    folded: tuple[str, list[int]] = field(compare=False, repr=False, default=("", []))

    def span(self, start: int, end: int) -> Span:
        """Return the span in the document of [start, end) in the passage."""
        return Span(self.start + start, self.start + end)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a document.

    Attributes:
        name: canonical name.
        span: in the document.
        method: the rule that found it.
        confidence: in [0, 1].
    """

    name: str
    span: Span
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class PlaceAt:
    """A place name in a passage; `code` is None for a region that is no division."""

    start: int
    end: int
    name: str
    code: str | None


class Gazetteer:
    """Names matched leftmost-longest, without regard to quotation marks, dots and spaces."""

    def __init__(self, entries: Mapping[str, Sequence[str]], not_names: Iterable[str] = ()) -> None:
        self._canonical: dict[str, str | None] = {_fold(word)[0]: None for word in not_names}
        self._aliases = {name: sorted(others) for name, others in entries.items() if others}
        for name, others in entries.items():
            for word in (name, *others):
                self._canonical.setdefault(_fold(word)[0], name)
        self._keys = list(self._canonical)
        self._matcher = AhoCorasick(self._keys, matchkind=MatchKind.LeftmostLongest)

    def find(self, passage: Passage) -> Iterator[tuple[str, int, int]]:
        """Yield canonical name, start and end of each name in a passage."""
        folded, lost = passage.folded
        for key, start, end in self._matcher.find_matches_as_indexes(folded):
            name = self._canonical[self._keys[key]]
            if name is not None:
                first = start + bisect_right(lost, start)
                last = end - 1 + bisect_right(lost, end - 1)
                yield name, *_with_quotes(passage.text, first, last + 1)

    def canonical(self, word: str) -> str | None:
        """Return the canonical name that a word means, or None."""
        return self._canonical.get(_fold(word)[0])

    def properties(self, name: str) -> dict[str, Value]:
        """Return the aliases of a canonical name, as a node property."""
        return {"aliases": list(self._aliases[name])} if name in self._aliases else {}


@cache
def load_reference(stem: str) -> Mapping[str, object]:
    """Return a reference file of kg/reference as parsed YAML.

    Raises:
        OntologyError: it is no mapping.
    """
    raw = yaml.safe_load((files("kg") / "reference" / f"{stem}.yaml").read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise OntologyError(f"{stem}.yaml must hold a mapping, not {type(raw).__name__}")
    return raw


def load_words(stem: str, key: str) -> tuple[str, ...]:
    """Return a list of words from a reference file.

    Raises:
        OntologyError: the key is missing or holds something else.
    """
    words = load_reference(stem).get(key)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise OntologyError(f"{stem}.yaml: {key} must be a list of words")
    return tuple(words)


def load_names(stem: str, key: str) -> dict[str, list[str]]:
    """Return canonical names with their aliases from a reference file.

    Raises:
        OntologyError: the key is missing or holds something else.
    """
    names = load_reference(stem).get(key)
    if not isinstance(names, dict) or not all(isinstance(v, list) for v in names.values()):
        raise OntologyError(f"{stem}.yaml: {key} must map names to lists of aliases")
    return {str(name): [str(alias) for alias in aliases] for name, aliases in names.items()}


def one_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


@lru_cache(maxsize=4)  # the detectors read the same regions one after another
def read_passages(text: str, regions: tuple[Span, ...]) -> tuple[Passage, ...]:
    """Return the regions of a text as passages."""
    spans = ((r.start, _normalise(text[r.start : r.end])) for r in regions)
    return tuple(Passage(start, words, _fold(words)) for start, words in spans)


def clauses_with(
    passage: Passage, clause: re.Pattern[str], matcher: AhoCorasick
) -> Iterator[re.Match[str]]:
    """Yield the clauses of a passage in which a matcher finds something."""
    starts_found = [start for _, start, _ in matcher.find_matches_as_indexes(passage.text)]
    if not starts_found:
        return
    at, count = 0, len(starts_found)
    for found in clause.finditer(passage.text):
        while at < count and starts_found[at] < found.start():
            at += 1
        if at == count:
            return
        if starts_found[at] < found.end():
            yield found


@lru_cache(maxsize=16)
def find_places(passage: Passage) -> tuple[PlaceAt, ...]:
    """Return the place names of a passage, leftmost-longest, in order."""
    names, keys, matcher = _place_names()
    return tuple(
        PlaceAt(start, end, keys[key], names[keys[key]])
        for key, start, end in matcher.find_matches_as_indexes(passage.text)
    )


def place_starting(places: Sequence[PlaceAt], start: int) -> PlaceAt | None:
    """Return the place that starts at an offset of the passage, or None."""
    at = bisect_left(places, start, key=lambda place: place.start)
    return places[at] if at < len(places) and places[at].start == start else None


def first_anchor(
    passage: Passage, places: Sequence[PlaceAt], marks: re.Pattern[str], span: tuple[int, int]
) -> int | None:
    """Return the first offset in a stretch of a passage at which a proper name may begin.

    Args:
        passage: the passage.
        places: its places.
        marks: words that begin names besides places (国家, 中国).
        span: start and end of the stretch, offsets in the passage.
    """
    start, end = span
    mark = marks.search(passage.text, start, end)
    at = bisect_left(places, start, key=lambda place: place.start)
    place = places[at].start if at < len(places) and places[at].end <= end else None
    found = [offset for offset in (mark.start() if mark else None, place) if offset is not None]
    return min(found, default=None)


def leading_place(name: str) -> Division | None:
    """Return the division that a name begins with, the longest, or None."""
    for length in range(min(len(name), _LONGEST_PLACE), 1, -1):
        code = _place_names()[0].get(name[:length])
        if code is not None:
            return load_divisions().get(code)
    return None


def starts_with_place(name: str) -> bool:
    """Tell whether a name begins with a place or a region."""
    return any(name[:n] in _place_names()[0] for n in range(2, min(len(name), _LONGEST_PLACE) + 1))


def own_division(jurisdiction: str, level: str) -> Division | None:
    """Return the division of a level that contains a notice's jurisdiction, or None.

    Args:
        jurisdiction: division code of the notice.
        level: 省, 市, 区, 县, as written before a relative name (省知识产权保护中心).
    """
    if jurisdiction == NATIONAL:
        return None
    try:
        line = load_divisions().lineage(jurisdiction)
    except KeyError:
        return None
    wanted = {"省": "province", "自治区": "province", "市": "prefecture"}.get(level, "county")
    for division in line:
        if division.level == wanted:
            return division
        if level == "市" and division.level == "province" and division.name.endswith("市"):
            return division
        if level == "区" and division.level == "province" and division.name.endswith("区"):
            return division
    return None


def left_bound(before: str) -> tuple[int, str]:
    """Return where a name that runs to the end of `before` may begin, and what bounds it there.

    Args:
        before: the clause up to the name's end, without separators.

    Returns:
        The offset, and `verb`, `adverb`, `break`, or `start` for the clause's own start.
    """
    return bounds(before)[0]


def bounds(before: str) -> list[tuple[int, str]]:
    """Return all bounds of left_bound, from right to left; the clause's start is the last."""
    found = [(m.end(), m.lastgroup) for m in _bounds().finditer(before) if m.lastgroup]
    return [*reversed(found), (0, "start")]


def starts(before: str) -> list[int]:
    """Return where a name that runs to the end of `before` may begin, the nearest first.

    Bounds that names themselves may contain (指导, 对接) are followed by those before them.
    """
    offsets: list[int] = []
    for at, _ in bounds(before):
        stripped = strip_modifiers(before[at:] + BLANK, verbs=True)
        offsets.append(len(before) + 1 - len(stripped))
        if not before[:at].endswith(_inner_verbs()):
            break
    return offsets


def strip_modifiers(name: str, *, verbs: bool) -> str:
    """Return a name without the modifiers, years and (if asked for) verbs it begins with."""
    pattern = _modifiers_and_verbs() if verbs else _modifiers()
    while (found := pattern.match(name)) is not None and found.end() < len(name):
        if starts_with_place(name):
            break
        name = name[found.end() :]
    return name


def residue(name: str) -> str:
    """Return what is left of a name without its generic words and places."""
    place = leading_place(name)
    if place is not None:
        name = name[_place_length(name) :]
    left = _generic().sub("", re.sub(rf"[^{HAN}A-Za-z]", "", name))
    return left if left.strip(_generic_characters()) else ""


def widen(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits in order, without those that overlap a longer one."""
    ranked = sorted(hits, key=lambda h: (h.span.start - h.span.end, h.span.start, h.name))
    kept: list[Hit] = []
    starts: list[Span] = []
    for hit in ranked:
        at = bisect_left(starts, hit.span)
        clash = any(s.overlaps(hit.span) and s != hit.span for s in starts[max(0, at - 1) : at + 1])
        if not clash:
            kept.append(hit)
            if hit.span not in starts[at : at + 1]:
                starts.insert(at, hit.span)
    return sorted(kept, key=lambda h: (h.span, h.name))


def as_mentions(
    label: str, text: str, hits: Iterable[Hit], properties: Mapping[str, Mapping[str, Value]]
) -> list[EntityMention]:
    """Return one mention for each distinct name, at its first place; supported if any is.

    Args:
        label: Program, Platform or Institution.
        text: the whole document.
        hits: in reading order.
        properties: node properties by canonical name.
    """
    first: dict[str, Hit] = {}
    supported: set[str] = set()
    for hit in hits:
        first.setdefault(hit.name, hit)
        if hit.name not in supported and is_supported(text, hit.span):
            supported.add(hit.name)
    return [
        EntityMention(
            label=label,
            name=hit.name,
            span=hit.span,
            supported=hit.name in supported,
            method=hit.method,
            confidence=hit.confidence,
            properties=properties.get(hit.name, {}),
        )
        for hit in first.values()
    ]


def _normalise(text: str) -> str:
    for wide, narrow in _NARROW:  # much faster than str.translate on Chinese text
        text = text.replace(wide, narrow)
    if '"' in text:
        text = _ASCII_QUOTE.sub(r"“\1”", text)
    if "—" in text:
        text = _DASH.sub("-", text)
    return _TITLE.sub(lambda found: BLANK * len(found.group()), text) if "《" in text else text


def _fold(text: str) -> tuple[str, list[int]]:
    """Return a text without ignored characters, and how many stood before each that was lost.

    The list holds for the k-th ignored character its offset less k, which is the offset in the
    folded text of what follows it.
    """
    lost = [found.start() - k for k, found in enumerate(_IGNORED.finditer(text))]
    return (_IGNORED.sub("", text), lost) if lost else (text, lost)


def _with_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span widened to quotation marks that belong to the name in it."""
    inside = text[start:end]
    opens, closes = inside.count("“"), inside.count("”")
    after = text[end : end + 1]
    if text[start - 1 : start] == "“" and (closes > opens or (closes == opens and after == "”")):
        start, opens = start - 1, opens + 1
    if opens > closes and after == "”":
        end += 1
    return start, end


@cache
def _place_names() -> tuple[dict[str, str | None], list[str], AhoCorasick]:
    divisions = load_divisions()
    names: dict[str, str | None] = {}
    for division in divisions.all():
        if division.code != NATIONAL and division.abolished is None:
            for name in (division.name, division.canonical, *division.aliases):
                if len(name) > 2 or (len(name) == 2 and division.level != "county"):
                    names.setdefault(name, divisions.named(name)[0].code)
    for name in load_words("naming", "short_counties"):
        names.setdefault(name, next((d.code for d in divisions.named(name)), None))
    for region in load_words("naming", "regions"):
        names.setdefault(region, None)
    for word in load_words("naming", "not_places"):
        names.pop(word, None)
    keys = list(names)
    return names, keys, AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest)


_LONGEST_PLACE = 16


def _place_length(name: str) -> int:
    lengths = range(min(len(name), _LONGEST_PLACE), 1, -1)
    return next((n for n in lengths if name[:n] in _place_names()[0]), 0)


@cache
def _inner_verbs() -> tuple[str, ...]:
    return load_words("naming", "inner_verbs")


@cache
def _bounds() -> re.Pattern[str]:
    verbs, adverbs = load_words("naming", "verbs"), load_words("naming", "adverbs")
    breaks = one_of(load_words("naming", "breaks"))
    compounds = one_of(load_words("naming", "compounds"))
    return re.compile(
        rf"{compounds}|(?P<verb>{one_of(verbs)})|(?P<adverb>{one_of(adverbs)})|(?P<break>{breaks})"
    )


@cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(rf"(?:{_YEAR.pattern}|{one_of(load_words('naming', 'modifiers'))})+")


@cache
def _modifiers_and_verbs() -> re.Pattern[str]:
    keys = ("modifiers", "start_verbs", "adverbs")
    words = [word for key in keys for word in load_words("naming", key)]
    return re.compile(rf"(?:{_YEAR.pattern}|{one_of(words)})+")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(one_of(w for w in load_words("naming", "generic") if len(w) > 1))


@cache
def _generic_characters() -> str:
    return "".join(word for word in load_words("naming", "generic") if len(word) == 1)
