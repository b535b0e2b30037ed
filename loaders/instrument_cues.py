"""The phrases that show policy instruments: where a text has them, masked ones left out.

A cue `A…B` of instrument_cues.yaml is A, then B a few characters on in the same clause. A mask is a
phrase whose words show nothing, for one instrument or for all.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from kg.instruments import InstrumentCues, load_cues
from kg.scanning import compile_scan

CUT = re.compile(r"[,，。;；:：!！?？\n]")
_STRONG, _PLAIN, _FAINT = 1.0, 0.6, 0.3
_GAP = 14  # characters allowed at the … of a cue
# What is drafted or relied on is a rule, whatever its title names: 修订《某省专利奖励办法》.
_DRAFTED = re.compile(
    r"(?:修订|修改|修正|制[定订]|出台|起草|废止)[^，,。；;《》]{0,6}"
    r"(?P<title>《[^《》]{2,100}》(?:[、和及与]?《[^《》]{2,100}》){0,9})"
    r"|《(?P<then>[^《》]{2,100})》(?:的|等)?(?:修订|修改|修正|制[定订]|出台|起草|立法)"
)
# What is obeyed is neither made nor, by its title, done.
_OBEYED = re.compile(
    r"(?:根据|依据|按照|依照|参照|遵循|符合|对照|严格执行|严格遵守|严格落实)[^，,。；;《》]{0,6}(?P<title>《[^《》]{2,100}》)"
)
# What is merely carried out is a rule to obey, not one to make; what is put into effect is one.
_EXECUTED = re.compile(
    r"(?:贯彻执行|认真执行|严格执行)[^，,。；;《》]{0,6}(?P<title>《[^《》]{2,100}》)"
)
_ENFORCED = re.compile(
    r"(?:实施好?|贯彻|落实|宣贯)(?P<title>《[^《》]{2,100}(?:条例|办法|规定|细则|法)(?:[（(][^《》]{2,6}[)）])?》"
    r"(?:[、和及与]?《[^《》]{2,100}(?:条例|办法|规定|细则|法)(?:[（(][^《》]{2,6}[)）])?》){0,9})"
)
# Bodies set up for a task do no more than organise it: 成立专利转化运用工作专班.
_BODY_END = re.compile("领导小组|联席会议|专班|指挥部|领导机制|协调小组")
_BODY = re.compile(f"[^，,。；;、：:]{{0,6}}?(?:工作专班|{_BODY_END.pattern})")
_RULES = frozenset({"legislation", "goal_planning"})


class _Cue(NamedTuple):
    instrument: str
    weight: float  # 0 for a mask
    tail: str  # what must follow within the gap; empty for a simple phrase


class _Begun(NamedTuple):
    """The cues that a phrase begins: any of their tails, and how far on one must end."""

    cues: tuple[_Cue, ...]
    tails: re.Pattern[str]
    reach: int


class _Head(NamedTuple):
    """A phrase: the instruments it shows and with what weight, those it masks, cues it begins."""

    shown: tuple[tuple[str, float], ...]
    masked: tuple[str, ...]
    begun: _Begun | None


type Hit = tuple[str, float, int, int]  # instrument, weight of the cue, its start and end


def find_cues(piece: str) -> list[Hit]:
    """Return the cues of a text that no mask touches."""
    found: list[Hit] = []
    masks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    automaton, heads = _automaton()
    for index, start, end in automaton.find_matches_as_indexes(piece, overlapping=True):
        shown, masked, begun = heads[index]
        for instrument, weight in shown:
            found.append((instrument, weight, start, end))
        for instrument in masked:
            masks[instrument].append((start, end))
        # Most phrases stand without any of their tails.
        if begun is not None and begun.tails.search(piece, end, end + begun.reach):
            for instrument, weight, tail in begun.cues:
                stop = _tail_end(piece, end, tail)
                if stop >= 0 and weight:
                    found.append((instrument, weight, start, stop))
                elif stop >= 0:
                    masks[instrument].append((start, stop))
    kept = _outside(found, masks) if masks else found
    if _BODY_END.search(piece):
        kept = [hit for hit in kept if not _is_of_body(hit, piece)]
    return _not_in_titles(kept, piece) if "《" in piece else kept


def _not_in_titles(hits: Sequence[Hit], piece: str) -> list[Hit]:
    """Return the hits without those in titles of what is drafted, obeyed or carried out."""
    drafted, executed, enforced, obeyed = (
        _Cover([m.span(str(m.lastgroup)) for m in form.finditer(piece)])
        for form in (_DRAFTED, _EXECUTED, _ENFORCED, _OBEYED)
    )
    return [
        (instrument, weight, start, end)
        for instrument, weight, start, end in hits
        if not obeyed.touches(start, end)
        and not (executed if instrument in _RULES else enforced).touches(start, end)
        and (instrument in _RULES or not drafted.touches(start, end))
    ]


def _outside(hits: Sequence[Hit], masks: Mapping[str, list[tuple[int, int]]]) -> list[Hit]:
    """Return the hits that no mask of theirs touches, nor one of all instruments."""
    everywhere = _Cover(masks[_EVERYWHERE]) if _EVERYWHERE in masks else None
    if everywhere is not None:
        hits = [hit for hit in hits if not everywhere.touches(hit[2], hit[3])]
    shown = {hit[0] for hit in hits}
    covers = {name: _Cover(spans) for name, spans in masks.items() if name in shown}
    return [
        hit for hit in hits if hit[0] not in covers or not covers[hit[0]].touches(hit[2], hit[3])
    ]


def _is_of_body(hit: Hit, piece: str) -> bool:
    """Tell whether a phrase says what a body is set up for, which does no more than organise."""
    instrument, _, _, end = hit
    return instrument != "coordination" and _BODY.match(piece, end) is not None


def _tail_end(piece: str, end: int, tail: str) -> int:
    """Return where a cue ends that has a tail: with it, if that follows in the gap; else -1."""
    at = piece.find(tail, end, end + _GAP + len(tail))
    # Most windows lack the tail, so that a cut before it is looked for last.
    return -1 if at < 0 or CUT.search(piece, end, at + len(tail)) else at + len(tail)


class _Cover:
    """Spans sorted by start, with the furthest end up to each: does one of them touch a span?"""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        spans.sort()
        self._starts = [start for start, _ in spans]
        self._furthest: list[int] = []
        for _, end in spans:
            self._furthest.append(max(end, self._furthest[-1] if self._furthest else 0))

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a span shares a character with [start, end)."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._furthest[at] > start


_EVERYWHERE = ""


@cache
def _automaton() -> tuple[AhoCorasick, tuple[_Head, ...]]:
    """Return the matcher of all phrases and, for each, the cues it stands for."""
    table: dict[str, list[_Cue]] = defaultdict(list)
    cues = load_cues()
    for name, entry in [(_EVERYWHERE, cues.everywhere), *cues.instruments.items()]:
        for phrase, weight in _phrases(entry):
            head, _, tail = phrase.partition("…")
            table[head].append(_Cue(name, weight, tail))
    return AhoCorasick(list(table)), tuple(map(_head_of, table.values()))


def _head_of(cues: Sequence[_Cue]) -> _Head:
    begun = tuple(cue for cue in cues if cue.tail)
    whole = [cue for cue in cues if not cue.tail]
    return _Head(
        shown=tuple((cue.instrument, cue.weight) for cue in whole if cue.weight),
        masked=tuple(cue.instrument for cue in whole if not cue.weight),
        begun=_begun(begun) if begun else None,
    )


def _begun(cues: tuple[_Cue, ...]) -> _Begun:
    tails = [cue.tail for cue in cues]
    return _Begun(cues, compile_scan("|".join(map(re.escape, tails))), _GAP + max(map(len, tails)))


def _phrases(entry: InstrumentCues) -> Iterator[tuple[str, float]]:
    tiers = ((entry.strong, _STRONG), (entry.plain, _PLAIN), (entry.faint, _FAINT), (entry.mask, 0))
    for phrases, weight in tiers:
        for phrase in phrases:
            yield phrase, weight
