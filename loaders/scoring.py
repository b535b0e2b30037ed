"""Compare facts with facts: what was found, what was missed, what is false.

Values are compared without punctuation and spaces, names by their aliases, titles by prefix either
way, targets by value and unit. An optional fact is neither a miss when it is not found nor false
when it is.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import SourceError

ROLES = ("LEADS", "RESPONSIBLE_FOR", "SUPPORTS")
ABOUT = {
    "Place": "PLACE",
    "Product": "PRODUCT",
    "Program": "PROGRAM",
    "Institution": "INSTITUTION",
    "Platform": "PLATFORM",
}
RELATIONS = (
    "NOTICE_TITLE",
    "DOC_NUMBER",
    "ISSUER",
    "ISSUED_ON",
    "KIND",
    "JURISDICTION",
    "SECTION",
    "PATH",
    "TITLE",
    *ROLES,
    "DUE",
    "CITES",
    "DERIVES_FROM",
    *ABOUT.values(),
    "INSTRUMENT",
    "TARGET",
)
POOLED = "ROLES"
_BY_PREFIX = ("NOTICE_TITLE", "SECTION", "TITLE")
type _Key = tuple[str, str, str]  # notice, path, folded value

_SHORTEST_PREFIX = 4  # 总体要求; a shorter beginning would match by chance


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One line of a gold file, or what a fragment says in its place.

    Attributes:
        notice: stem of the gold file.
        path: path of the measure or section; `.` for the notice itself.
        relation: one of RELATIONS.
        value: as annotated or extracted.
        quote: the words it rests on.
        optional: whether it counts neither way.
    """

    notice: str
    path: str
    relation: str
    value: str
    quote: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """How one relation did: facts found and right, not found, and found but false."""

    relation: str
    hits: int
    misses: tuple[Fact, ...]
    false: tuple[Fact, ...]

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 if nothing was found."""
        return _share(self.hits, self.hits + len(self.false))

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 if nothing is there."""
        return _share(self.hits, self.hits + len(self.misses))

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.hits, 2 * self.hits + len(self.false) + len(self.misses))


class Aliases:
    """Names that mean the same thing, by their words without punctuation and spaces."""

    def __init__(self, classes: Iterable[Sequence[str]] = ()) -> None:
        self._class_of: dict[str, str] = {}
        for names in classes:
            words = [fold(name) for name in names if fold(name)]
            known = {self._class_of[word] for word in words if word in self._class_of}
            for word, old in list(self._class_of.items()):
                if old in known:
                    self._class_of[word] = words[0]
            self._class_of.update((word, words[0]) for word in words)

    def key(self, name: str) -> str:
        """Return what is equal for two names exactly if they mean the same thing."""
        word = fold(name)
        return self._class_of.get(word, word)


def score_facts(
    wanted: Iterable[Fact], found: Iterable[Fact], aliases: Aliases
) -> tuple[Score, ...]:
    """Return the score of every relation that is wanted or found, in the order of RELATIONS.

    The roles come once more, pooled.
    """
    gold, ours = _by_relation(wanted), _by_relation(found)
    scores: list[Score] = []
    for relation in RELATIONS:
        if relation in gold or relation in ours:
            scores.append(_score(relation, gold[relation], ours[relation], aliases))
        if relation == ROLES[-1]:
            roles = [score for score in scores if score.relation in ROLES]
            scores += [_pool(roles)] if roles else []
    return tuple(scores)


def fold(text: str) -> str:
    """Return the letters, digits and Han characters of a text, in one width and case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier run: facts now right or no longer false, and the reverse."""

    gains: tuple[Fact, ...]
    losses: tuple[Fact, ...]


def compare_scores(earlier: Sequence[Score], later: Sequence[Score]) -> Comparison:
    """Return the gains and losses of the later run; the pooled roles are not told twice."""
    was, now = _wrong(earlier), _wrong(later)
    return Comparison(
        tuple(sorted(fact for key, fact in was.items() if key not in now)),
        tuple(sorted(fact for key, fact in now.items() if key not in was)),
    )


def format_scores(scores: Iterable[Score]) -> list[Mapping[str, object]]:
    """Return the scores as values that JSON can hold; `parse_scores` reads them back."""
    return [
        {
            "relation": score.relation,
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "hits": score.hits,
            "misses": [format_fact(fact) for fact in score.misses],
            "false": [format_fact(fact) for fact in score.false],
        }
        for score in scores
    ]


def scoreboard(scores: Iterable[Score]) -> str:
    """Return the scores as a Markdown table."""
    lines = [
        "| relation | precision | recall | F1 | right | missed | false |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for score in scores:
        shares = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
        counts = f"{score.hits} | {len(score.misses)} | {len(score.false)}"
        lines.append(f"| {score.relation} | {shares} | {counts} |")
    return "\n".join(lines) + "\n"


def format_fact(fact: Fact) -> Mapping[str, str]:
    """Return a fact as values that JSON can hold."""
    return {
        "notice": fact.notice,
        "path": fact.path,
        "relation": fact.relation,
        "value": fact.value,
        "quote": fact.quote,
    }


def parse_scores(records: Iterable[Mapping[str, Any]], uri: str) -> tuple[Score, ...]:
    """Read back what `format_scores` returned.

    Raises:
        SourceError: the records are of another shape; `uri` says where they came from.
    """
    try:
        return tuple(
            Score(
                record["relation"],
                record["hits"],
                tuple(Fact(**fact) for fact in record["misses"]),
                tuple(Fact(**fact) for fact in record["false"]),
            )
            for record in records
        )
    except (KeyError, TypeError) as error:
        raise SourceError(uri, "is not a saved evaluation") from error


def _by_relation(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    grouped: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        grouped[fact.relation].append(fact)
    return grouped


def _score(relation: str, gold: list[Fact], found: list[Fact], aliases: Aliases) -> Score:
    wanted = _by_key(gold, aliases)
    hits = 0
    false: list[Fact] = []
    for key, fact in _by_key(found, aliases).items():
        match = key if key in wanted else _find_prefix(relation, wanted, key)
        if match is None:
            false.append(fact)
        else:
            hits += not wanted.pop(match).optional
    misses = [fact for fact in wanted.values() if not fact.optional]
    return Score(relation, hits, tuple(sorted(misses)), tuple(sorted(false)))


def _by_key(facts: list[Fact], aliases: Aliases) -> dict[_Key, Fact]:
    """Return the facts without those that say the same; of two, one that is wanted stays."""
    keyed: dict[_Key, Fact] = {}
    for fact in sorted(facts, key=lambda fact: fact.optional):
        path = unicodedata.normalize("NFKC", fact.path).replace(" ", "")
        keyed.setdefault((fact.notice, path, _value_key(fact, aliases)), fact)
    return keyed


def _value_key(fact: Fact, aliases: Aliases) -> str:
    fields = fact.value.split("|")
    if fact.relation == "TARGET" and len(fields) == 5:
        return f"{_number(fields[2])}|{unicodedata.normalize('NFKC', fields[3])}"
    if fact.relation == "DERIVES_FROM" and len(fields) >= 2:
        return f"{aliases.key(fields[0])}|{fields[1]}"
    if fact.relation == "PATH":
        return unicodedata.normalize("NFKC", fact.value).replace(" ", "")
    if fact.relation == "INSTRUMENT":
        return fact.value
    return aliases.key(fact.value)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _find_prefix(relation: str, wanted: Iterable[_Key], found: _Key) -> _Key | None:
    """Return the key for the same place whose title begins the found one, or begins with it."""
    if relation not in _BY_PREFIX:
        return None
    for key in wanted:
        short, long = sorted((key[2], found[2]), key=len)
        if key[:2] == found[:2] and len(short) >= _SHORTEST_PREFIX and long.startswith(short):
            return key
    return None


def _pool(scores: Sequence[Score]) -> Score:
    return Score(
        POOLED,
        sum(score.hits for score in scores),
        tuple(fact for score in scores for fact in score.misses),
        tuple(fact for score in scores for fact in score.false),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _wrong(scores: Sequence[Score]) -> dict[tuple[str, ...], Fact]:
    """Return misses and false facts by what they say; the quote of a false one may move."""
    return {
        (fact.notice, fact.path, fact.relation, fact.value): fact
        for score in scores
        if score.relation != POOLED
        for fact in (*score.misses, *score.false)
    }
