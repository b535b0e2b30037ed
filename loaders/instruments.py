"""Which policy instruments a measure deploys, by the phrases it uses and where they stand.

Every cue that a clause holds (loaders/instrument_cues.py) is weighed by its tier, by its place (the
heading counts most) and by how the clause uses it: governed by a verb of deployment, or named only
in passing (以…为导向, 依托…, a list ending in 等各类资金). An instrument is deployed if its weighed
clauses reach a threshold.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.instruments import load_cues, load_instruments
from kg.scanning import compile_scan
from kg.types import Span
from loaders.instrument_cues import CUT, Hit, find_cues
from loaders.instrument_names import NamesInText
from loaders.paragraphs import with_full_stops
from loaders.product_words import INDICATION
from loaders.types import EntityMention

_THRESHOLD = 0.9
_FALLBACK = 0.5  # what the best instrument needs where none reaches the threshold
_REPEAT = 0.2  # weight of every further clause that shows the same instrument
_GOVERNED = 1.2  # factor for a phrase behind a verb; none is larger
_CLAUSE_HITS = 200  # cues weighed in one clause; more are in no sentence anybody wrote
_FEW_WORDS, _TEXT_PER_WORD = 3, 1_000  # words of property in a text on it; characters for one
_SEVERAL = 2  # geographical indications that make a measure on brands one on them, too
_LONG_LIST = 4  # with so many 、 a clause enumerates, and names each item in passing
_CLAUSE_LIMIT = 160  # characters of a clause looked at and quoted

_VERB = re.compile(
    r"建立|建设|完善|健全|推进|推动|实施|设立|开展|加强|支持|加快|鼓励|引导|优化|深化|强化|构建|打造|培育|制定|制订"
    r"|出台|组织|举办|落实|加大|探索|推广|提供|扩大|创新|深入|推行|搭建|规范|选派|建成|争取|创建|编制|办好"
    r"|统筹|发布|严格|做好|提高|提升|指导|充分发挥|开设|参与|拓展|畅通|贯彻|丰富|发展|引进|调整|采取|实行|发挥|强化"
)
_ACT = compile_scan(
    r"建立|建设|完善|健全|推进|推动|实施|设立|开展|加强|支持|加快|鼓励|引导|深化|强化|构建|打造|培育|制定|出台|开放"
    r"|组织|举办|选派|搭建|提供|(?<!海外)(?<!专利)布局|探索|参与|发布|推广|组建|设置|加大|办好|给予|予以|推行|实行|采取|落实"
)
# Words whose object is a means or an occasion: 依托X平台开展Y deploys Y, not X.
_OCCASION = compile_scan(
    r"依托|登录|围绕|面向|结合|利用|用好现有|根据|针对|按照|基于|对照|适应|借助|通过|用于|包括|聚焦|满足|对标|着眼|^以及"
)
_SETTING = re.compile(
    r"(?:在|对|为)[^,，]{2,60}?(?:方面|环节|基础上|过程中|工作中|中(?![心国小央医药介等型华外期长部西东])|期间|前提下"
    r"|(?=提供|进行表[扬彰]|予以|给予|具有|的?(?:一次性)?(?:奖励|补助|资助|补贴)\d|设[立置][^,，]{0,16}(?:站|点|窗口|通道)))"
)
_MODIFIER = re.compile(
    r"以[^,，]{1,40}(?=为(?:目的|导向|核心|载体|重点|支撑|抓手|纽带|契机|主体|基础|主线|引领|目标))"
    r"|用于[^,，]{1,60}|涉及[^,，]{1,60}?(?=等|的|$)"
)
_LIST_TAIL = re.compile(
    r"[^,，]{0,60}等(?:各类|各项|各|有关|相关|各种)?[^,，、]{0,6}"
    r"(?:资金|方面|环节|费用|作用|重点保障|倾斜|各项工作|创新主体|提供支持|开设|参与)"
)
# What is moved into a plan or a list is what that is about, not what the measure does: 将X纳入考核.
_MOVED = re.compile(r"(?:将|把)[^,，]{2,40}?(?=纳入|列入|作为)")
_FRAME_SIGN = re.compile("[在对为以用涉将把]")  # what each of the three forms begins with
_EFFECT = compile_scan(
    r"[并且要]{0,2}(?:从而|进而|切实|有效|全面|不断|持续|进一步|更好地?|全力|大幅)*"
    r"(?:助力|支撑|促进|助推|激发|满足|增强|保障|实现|形成|提升|提高|营造|强化)"
)
_EFFECT_ENDS = (
    *("效率", "效益", "水平", "能力", "能级", "质量", "活力", "竞争力", "支撑", "保障", "动力"),
    *("度", "融合", "发展", "积极性", "成本"),
)
_BRANDING = frozenset({"geographical_indication", "trademark_brand"})
_NEGATED = re.compile(r"不得|严禁|禁止|避免|防止|不以|不再")


@dataclass(frozen=True, slots=True)
class InstrumentUse:
    """An instrument that a measure deploys.

    Attributes:
        instrument: id in instruments.tsv.
        span: the clause that shows it best.
        method: `cue:` and the phrase, or `cue-fallback:` where nothing stronger was found.
        confidence: in [0, 1].
    """

    instrument: str
    span: Span
    method: str
    confidence: float


class _Evidence(NamedTuple):
    score: float
    clause: Span
    phrase: str


def is_of_property(text: str, title: str) -> bool:
    """Tell whether a notice is about intellectual property: by its title, or by most of its text.

    Args:
        text: the stored text.
        title: the notice's; empty if unknown.
    """
    words = _property_words()
    enough = max(_FEW_WORDS, len(text) // _TEXT_PER_WORD)
    return bool(words.search(title)) or len(words.findall(text)) >= enough


def detect_instruments(
    text: str,
    title: Span,
    regions: Sequence[Span],
    entities: Sequence[EntityMention] = (),
    *,
    of_property: bool = True,
) -> list[InstrumentUse]:
    """Return the instruments a measure deploys, in the order of the taxonomy.

    Args:
        text: the stored text.
        title: span of the measure's heading.
        regions: spans of its heading and body, responsibility clauses left out.
        entities: what the measure names. What is done for products is a matter of brands; words
            inside the names of bodies and places tell little.
        of_property: whether the notice is about intellectual property. Elsewhere, instruments of
            such property alone are found only in measures that speak of it.
    """
    names = NamesInText(text, max((region.end for region in regions), default=0), entities)
    best: dict[str, dict[tuple[int, int], _Evidence]] = defaultdict(dict)
    for region in _with_title(title, regions):
        for instrument, evidence in _weigh_region(text, region, title, names):
            at = (evidence.clause.start, evidence.clause.end)
            known = best[instrument].get(at)
            if known is None or evidence.score > known.score:
                best[instrument][at] = evidence
    hidden = frozenset[str]() if of_property else _hidden_in(text, regions)
    ranked = {name: _rank(found.values()) for name, found in best.items() if name not in hidden}
    uses = [
        _use(name, score, top, "cue")
        for name, (score, top) in ranked.items()
        if score >= _THRESHOLD
    ]
    if (product := _branded(entities, {use.instrument for use in uses})) is not None:
        uses.append(InstrumentUse("geographical_indication", product, "product", 0.7))
    if not uses and ranked:
        name = max(ranked, key=lambda key: (ranked[key][0], key))
        if ranked[name][0] >= _FALLBACK:
            uses = [_use(name, *ranked[name], "cue-fallback")]
    order = _order()
    return sorted(uses, key=lambda use: order[use.instrument])


def _hidden_in(text: str, regions: Sequence[Span]) -> frozenset[str]:
    """Return the instruments that a measure of another field cannot use."""
    words = _property_words()
    if any(words.search(text, region.start, region.end) for region in regions):
        return frozenset()
    return load_cues().property.instruments


@cache
def _property_words() -> re.Pattern[str]:
    return compile_scan("|".join(map(re.escape, load_cues().property.words)))


def _branded(entities: Sequence[EntityMention], used: Set[str]) -> Span | None:
    """Return the first product where what is named is a matter of geographical indications.

    Any product is, if no phrase tells of brands; several indications are, whatever it tells.
    """
    products = [entity for entity in entities if entity.label == "Product"]
    indications = [p for p in products if p.properties.get("kind") == INDICATION]
    if not products or "geographical_indication" in used:
        return None
    is_about = not used & _BRANDING or len(indications) >= _SEVERAL
    return products[0].span if is_about else None


@cache
def _order() -> Mapping[str, int]:
    return {instrument.id: place for place, instrument in enumerate(load_instruments())}


def _with_title(title: Span, regions: Sequence[Span]) -> list[Span]:
    return list(regions) if any(title in region for region in regions) else [title, *regions]


def _rank(found: Iterable[_Evidence]) -> tuple[float, _Evidence]:
    """Return the sum of the clauses' scores, the best one counting in full, and the best clause."""
    ordered = sorted(found, key=lambda item: (-item.score, item.clause.start, item.clause.end))
    return ordered[0].score + _REPEAT * sum(item.score for item in ordered[1:]), ordered[0]


def _use(name: str, score: float, top: _Evidence, method: str) -> InstrumentUse:
    confidence = round(min(0.95, 0.35 + 0.4 * score), 2)
    return InstrumentUse(name, top.clause, f"{method}:{top.phrase}", confidence)


def _weigh_region(
    text: str, region: Span, title: Span, names: NamesInText
) -> Iterator[tuple[str, _Evidence]]:
    """Yield the best evidence for each instrument in each clause of a region."""
    piece = with_full_stops(text[region.start : region.end])
    cuts = [0, *(match.end() for match in CUT.finditer(piece)), len(piece) + 1]
    clauses: dict[tuple[int, int], list[Hit]] = defaultdict(list)
    for hit in find_cues(piece):
        _, _, first, last = hit
        at = bisect_right(cuts, first)
        clauses[cuts[at - 1], max(last, cuts[at] - 1)].append(hit)
    for (start, end), hits in clauses.items():
        for window, inside in _windows(start, end, hits[:_CLAUSE_HITS]):
            clause = _read_clause(piece, *window, region.start, title)
            for instrument, (score, first, last) in _weigh(clause, inside, names).items():
                yield instrument, _Evidence(score, clause.span, piece[first:last])


def _windows(
    start: int, end: int, hits: Sequence[Hit]
) -> Iterator[tuple[tuple[int, int], Sequence[Hit]]]:
    """Yield what is read of a clause for its cues: all of it, or of a long one what is near."""
    if end - start <= _CLAUSE_LIMIT:
        yield (start, end), hits
        return
    for hit in hits:
        _, _, first, last = hit
        yield (max(start, first - _CLAUSE_LIMIT), min(end, last + _CLAUSE_LIMIT)), (hit,)


def _weigh(
    clause: "_Clause", hits: Sequence[Hit], names: NamesInText
) -> dict[str, tuple[float, int, int]]:
    """Return the best score of each instrument in a clause, and where its phrase stands."""
    best: dict[str, tuple[float, int, int]] = {}
    offset = clause.span.start - clause.start
    for instrument, weight, first, last in hits:
        known = best.get(instrument)
        if known is not None and weight * _GOVERNED * clause.place <= known[0]:
            continue
        use = clause.factor(first, last)
        if names:
            use *= names.weight(instrument, offset + first, offset + last)
        score = weight * use * clause.place
        if known is None or score > known[0]:
            best[instrument] = (score, first, last)
    return best


def _place(clause: Span, title: Span) -> float:
    """Return how much a clause counts for its place: a short heading says what a measure is."""
    if not clause.overlaps(title):
        return 1.0
    if clause.start > title.start:
        return 1.0  # of a sentence that serves as the title
    return 1.4 if title.end - title.start <= 40 else 1.1


class _Clause(NamedTuple):
    """A clause, read once for all the cues in it; offsets are into its piece of text.

    Attributes:
        start: of the clause, behind spaces.
        span: the clause in the document.
        place: how much it counts for its place.
        negated: end of its first negation, or its end.
        governed: end of its first verb, or its end.
        occasions: ends of the words whose object is a means or an occasion.
        frames: spans of settings and modifiers, whose words are named in passing.
        enumerates: whether it is a long list.
        is_effect: whether it only says what good comes of it.
        is_plain: whether it has none of all this but, maybe, a verb.
    """

    piece: str
    start: int
    end: int
    span: Span
    place: float
    negated: int
    governed: int
    occasions: list[int]
    frames: list[tuple[int, int]]
    enumerates: bool
    is_effect: bool
    is_plain: bool

    def factor(self, start: int, end: int) -> float:
        """Return how much a phrase at [start, end) counts for the way it is used."""
        if self.is_plain:
            return _GOVERNED if self.governed <= start else 1.0
        if self.negated <= start:
            return 0.2
        if self._is_passing(start) or self._is_listed(end):
            return 0.55
        if self.enumerates and self._is_between_commas(start, end):
            return 0.75
        if self.is_effect:
            return 0.7
        return _GOVERNED if self.governed <= start else 1.0

    def _is_passing(self, start: int) -> bool:
        """Tell whether a phrase is a means, an occasion or an attribute of what the clause does."""
        before = bisect_right(self.occasions, start)
        if before and not _ACT.search(self.piece, self.occasions[before - 1], start):
            return True
        return bool(self.frames) and any(first < start < last for first, last in self.frames)

    def _is_listed(self, end: int) -> bool:
        has_etc = self.piece.find("等", end, self.end) >= 0
        return has_etc and _LIST_TAIL.match(self.piece, end, self.end) is not None

    def _is_between_commas(self, start: int, end: int) -> bool:
        return "、" in self.piece[self.start : start] and "、" in self.piece[end : self.end]


def _read_clause(piece: str, start: int, end: int, offset: int, title: Span) -> _Clause:
    while piece[start].isspace():
        start += 1
    words = piece[start:end]
    span = Span(offset + start, offset + end)
    frames = []
    if _FRAME_SIGN.search(piece, start, end):
        frames = [
            found.span()
            for form in (_SETTING, _MODIFIER, _MOVED)
            for found in form.finditer(piece, start, end)
        ]
    negated = _end_of_first(_NEGATED, piece, start, end)
    occasions = [start + match.end() for match in _OCCASION.finditer(words)]
    enumerates = words.count("、") >= _LONG_LIST
    is_effect = words.endswith(_EFFECT_ENDS) or words.startswith("助力")
    is_effect = is_effect and _EFFECT.match(words) is not None
    is_marked = negated < end or occasions or frames or enumerates or is_effect or "等" in words
    return _Clause(
        piece=piece,
        start=start,
        end=end,
        span=span,
        place=_place(span, title),
        negated=negated,
        governed=_end_of_first(_VERB, piece, start, end),
        occasions=occasions,
        frames=frames,
        enumerates=enumerates,
        is_effect=is_effect,
        is_plain=not is_marked,
    )


def _end_of_first(words: re.Pattern[str], piece: str, start: int, end: int) -> int:
    found = words.search(piece, start, end)
    return found.end() if found else end
