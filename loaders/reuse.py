"""Text reuse: which measures of later notices take over the words of earlier ones.

Blocks of at least 20 characters that two measures share seed a pair; inside the pair, blocks of
12 count as well. The share is what the blocks cover of the later measure. Containment is what
counts: symmetric measures (MinHash, ratio) miss a short measure inside a long one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.ids import edge_id
from kg.types import Edge, NodeRef, Value

SEED, EXTENSION = 20, 12
MIN_SHARE = 0.3
_MAX_POSTINGS = 200  # a phrase that stands in more measures than this is a formula, no reuse
_TITLES = re.compile(r"《[^《》]{2,100}》")
_NUMBER = re.compile(r"^\s*[(（第]?[〇零一二三四五六七八九十百\d]{1,5}[条)）.、．]+")
_CLAUSES = re.compile(
    r"[(（〔][^()（）〔〕]{0,600}(?:负责|牵头|配合)[^()（）〔〕]{0,80}[)）〕]|(?:责任|牵头|配合)(?:单位|部门)[:：][^\n]*"
)


@dataclass(frozen=True, slots=True)
class MeasureText:
    """A measure as reuse sees it.

    Attributes:
        id: of the Measure node.
        notice_id: of its notice.
        issued_on: of its notice, ISO prefix; empty if unknown.
        text: of the measure.
        start: offset of the text in the notice.
    """

    id: str
    notice_id: str
    issued_on: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Block:
    """Words two measures share: offsets in the later and the earlier, and length.

    All three count kept characters: Han characters, letters and digits.
    """

    later: int
    earlier: int
    length: int


@dataclass(frozen=True, slots=True)
class _Prepared:
    measure: MeasureText
    kept: str  # Han characters, letters and digits, with titles and clauses masked
    offsets: tuple[int, ...]  # of each kept character, in the measure's text


def find_reuse(
    measures: Iterable[MeasureText], touching: frozenset[str] | None = None
) -> list[Edge]:
    """Return DERIVES_FROM edges from later measures to the earlier ones whose words they reuse.

    Args:
        measures: of all notices in the graph.
        touching: if given, only pairs in which one notice is among these.
    """
    prepared = [_prepare(m) for m in sorted(measures, key=lambda m: m.id) if m.issued_on]
    edges = []
    for later, earlier in _candidates(prepared, touching):
        blocks = shared_blocks(later.kept, earlier.kept)
        covered = sum(block.length for block in blocks)
        share = covered / len(later.kept)
        if share >= MIN_SHARE:
            edges.append(_edge(later, earlier, blocks, round(share, 3)))
    return sorted(edges, key=lambda edge: edge.id)


def shared_blocks(later: str, earlier: str) -> list[Block]:
    """Return the blocks of EXTENSION characters or more that two texts share, from the left."""
    index: dict[str, list[int]] = defaultdict(list)
    for position in range(len(earlier) - EXTENSION + 1):
        postings = index[earlier[position : position + EXTENSION]]
        if len(postings) < 8:
            postings.append(position)
    blocks = []
    position = 0
    while position <= len(later) - EXTENSION:
        best = Block(position, 0, 0)
        for start in index.get(later[position : position + EXTENSION], ()):
            length = _common_length(later, position, earlier, start)
            if length > best.length:
                best = Block(position, start, length)
        if best.length:
            blocks.append(best)
            position += best.length
        else:
            position += 1
    return blocks


def _common_length(later: str, i: int, earlier: str, j: int) -> int:
    length = 0
    limit = min(len(later) - i, len(earlier) - j)
    while length < limit and later[i + length] == earlier[j + length]:
        length += 1
    return length


def _prepare(measure: MeasureText) -> _Prepared:
    text = measure.text
    for pattern in (_NUMBER, _CLAUSES, _TITLES):
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    offsets = tuple(i for i, char in enumerate(text) if char.isalnum())
    return _Prepared(measure, "".join(text[i] for i in offsets), offsets)


def _candidates(
    prepared: Sequence[_Prepared], touching: frozenset[str] | None
) -> Iterator[tuple[_Prepared, _Prepared]]:
    """Yield the pairs (later, earlier) of different notices that share a seed."""
    postings: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(prepared):
        for shingle in {item.kept[i : i + SEED] for i in range(len(item.kept) - SEED + 1)}:
            postings[shingle].append(number)
    pairs: set[tuple[int, int]] = set()
    for numbers in postings.values():
        if not 1 < len(numbers) <= _MAX_POSTINGS:
            continue
        for position, one in enumerate(numbers):
            pairs.update((one, other) for other in numbers[position + 1 :])
    for one, other in sorted(pairs):
        pair = _ordered(prepared[one], prepared[other])
        if pair and (
            touching is None
            or not touching.isdisjoint({pair[0].measure.notice_id, pair[1].measure.notice_id})
        ):
            yield pair


def _ordered(one: _Prepared, other: _Prepared) -> tuple[_Prepared, _Prepared] | None:
    """Return (later, earlier), or None within a notice or where the dates do not tell."""
    a, b = one.measure, other.measure
    if a.notice_id == b.notice_id or a.issued_on == b.issued_on:
        return None
    if a.issued_on.startswith(b.issued_on) or b.issued_on.startswith(a.issued_on):
        return None
    return (one, other) if a.issued_on > b.issued_on else (other, one)


def _edge(later: _Prepared, earlier: _Prepared, blocks: Sequence[Block], share: float) -> Edge:
    longest = max(blocks, key=lambda block: block.length)
    start = later.offsets[longest.later]
    end = later.offsets[longest.later + longest.length - 1] + 1
    measure = later.measure
    properties: dict[str, Value] = {
        "notice_id": measure.notice_id,
        "start": measure.start + start,
        "end": measure.start + end,
        "quote": measure.text[start:end],
        "method": "text_reuse",
        "confidence": 0.9,
        "relation": "text_reuse",
        "share": share,
    }
    key = edge_id("DERIVES_FROM", measure.id, earlier.measure.id, "text_reuse")
    ends = NodeRef(measure.id, "Measure"), NodeRef(earlier.measure.id, "Measure")
    return Edge(key, "DERIVES_FROM", *ends, properties)
