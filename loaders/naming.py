"""Where names begin and end in running text: what the detectors of named things share.

A passage is a region of the text made easy to match, character for character: 《titles》 are
blanked, brackets narrowed, quotation marks curled. A hit is a name found in it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.datafiles import read_yaml
from kg.errors import OntologyError
from kg.types import Span, Value
from loaders.paragraphs import with_full_stops
from loaders.support import is_supported
from loaders.types import EntityMention

_MOST_READ = 16  # places of one name in a measure at which support is looked for
BLANK = "\0"
MOST_NAMES = 64  # that a clause is searched for: more words that end names are no sentence
HAN = "\u4e00-\u9fff〇"
_NARROW = tuple(zip("（）［］「」『』‘’－–", "()[]“”“”“”--", strict=True))
_TITLE = re.compile(r"《(?:[^《》]|《[^《》]{0,100}》){0,150}》")
_IGNORED = re.compile("[“” \u3000·•・]")
_DASH = re.compile(rf"(?<=[{HAN}])—(?=[{HAN}])")
_ASCII_QUOTE = re.compile(r'"([^"\n]{1,40})"')


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
                if not _ends_other_quote(passage.text, first, last + 1):
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
    raw = read_yaml(f"{stem}.yaml")
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
    counts: Counter[str] = Counter()
    supported: set[str] = set()
    for hit in hits:
        first.setdefault(hit.name, hit)
        counts[hit.name] += 1
        if hit.name in supported or counts[hit.name] > _MOST_READ:
            continue
        if is_supported(text, hit.span):
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


def under_key(mention: EntityMention, key: str) -> EntityMention:
    """Return a mention under the key that all spellings of its name share.

    Where the name is not the key, both are kept as names the thing goes by: what another notice
    calls it may be shown instead.
    """
    if key == mention.name:
        return mention
    others = mention.properties.get("aliases", [])
    aliases = {mention.name, key, *(others if isinstance(others, list) else [])}
    return replace(mention, key=key, properties={**mention.properties, "aliases": sorted(aliases)})


def _normalise(text: str) -> str:
    for wide, narrow in _NARROW:  # much faster than str.translate on Chinese text
        text = text.replace(wide, narrow)
    if '"' in text:
        text = _ASCII_QUOTE.sub(r"“\1”", text)
    text = with_full_stops(text)
    if "—" in text:
        text = _DASH.sub("-", text)
    masked = _TITLE.sub(lambda found: BLANK * len(found.group()), text) if "《" in text else text
    return masked.replace("《", BLANK).replace("》", BLANK)  # without its pair it bounds names, too


def _fold(text: str) -> tuple[str, list[int]]:
    """Return a text without ignored characters, and how many stood before each that was lost.

    The list holds for the k-th ignored character its offset less k, which is the offset in the
    folded text of what follows it.
    """
    lost = [found.start() - k for k, found in enumerate(_IGNORED.finditer(text))]
    return (_IGNORED.sub("", text), lost) if lost else (text, lost)


def _ends_other_quote(text: str, start: int, end: int) -> bool:
    """Return whether a span begins inside a quoted word and ends after it: “大东风”汽车."""
    inside = text[start:end]
    return "”" in inside and "“" not in inside and start > 1 and text[start - 2] == "“"


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
