"""Phrases inside the names of bodies, systems, places and fairs: which tell what a measure does.

依托某市股权托管交易中心 sets up no exchange and takes nobody in custody; 建设某市知识产权交易中心
does build one, and a protection centre protects whatever is done with it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.instruments import load_instruments
from kg.scanning import compile_scan
from kg.types import Span
from loaders.types import EntityMention

_PASSING = 0.5  # weight of a phrase that only belongs to a name
# Instruments that the work of the named thing itself deploys.
_EVENT = re.compile("(?:博览会|交易会|洽谈会|展览会|展|论坛|峰会|大赛|大会|年会|节)$")
_OWN_WORK_OF_EVENTS = frozenset({"trade_fair", "publicity"})
_OWN_WORK = {
    "Institution": frozenset(
        {
            *("rapid_protection", "rights_assistance", "overseas_protection"),
            *("public_service", "talent"),
        }
    ),
    "Platform": frozenset({"platform_infrastructure", "information_service"}),
    "Place": frozenset(),
}
_LOOKED_AT = 80  # characters before a name in which the verb that governs it is sought
_REACH = 2_000  # characters after a name's first place in which it is sought again
_CUT = re.compile(r"[,，。;；:：!！?？\n]")
_ACT = compile_scan(
    r"(?P<makes>建设(?!银行)|建成|建好|建立|设立|成立|组建|打造|筹建|共建|新建|搭建|构建|布局|创建|开发|升级|完善)"
    r"|支持|鼓励|引导|指导|推动|推进|依托|发挥|利用|联合|组织|通过|借助|面向|加强|用好|推广"
)
_MADE_AFTER = compile_scan("等?(?:的?建设|筹建|组建|升级)")


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    own_work: frozenset[str]


class NamesInText:
    """The names in a measure that lend their words no weight of their own."""

    def __init__(self, text: str, end: int, mentions: Iterable[EntityMention]) -> None:
        found = [
            _Name(*place, own_work)
            for mention in mentions
            if (own_work := _own_work(mention)) is not None
            for place in _places(text, mention.span, end)
            if not _is_made(text, *place)
        ]
        self._names = sorted(found, key=lambda name: name.start)
        self._starts = [name.start for name in self._names]

    def __bool__(self) -> bool:
        return bool(self._names)

    def weight(self, instrument: str, start: int, end: int) -> float:
        """Return how much a phrase at [start, end) counts for an instrument: 1 outside names."""
        at = bisect_right(self._starts, start) - 1
        if at < 0 or end > self._names[at].end or instrument in self._names[at].own_work:
            return 1.0
        return _PASSING


def _own_work(mention: EntityMention) -> frozenset[str] | None:
    """Return the instruments that a named thing itself deploys; None if its words count fully."""
    if mention.label == "Program":
        return _OWN_WORK_OF_EVENTS if _EVENT.search(mention.name) else _all_but_planning()
    return _OWN_WORK.get(mention.label)


@cache
def _all_but_planning() -> frozenset[str]:
    """Return the instruments that campaigns deploy: a 三年行动计划 carried out plans nothing."""
    return frozenset(instrument.id for instrument in load_instruments()) - {"goal_planning"}


def _places(text: str, span: Span, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the words of a span stand, from it on."""
    surface = text[span.start : span.end]
    end = min(end, span.end + _REACH)
    at = span.start
    while at >= 0:
        yield at, at + len(surface)
        at = text.find(surface, at + len(surface), end)


def _is_made(text: str, start: int, end: int) -> bool:
    """Tell whether the measure builds what is named, alone or in a list."""
    if _MADE_AFTER.match(text, end):
        return True
    before = text[max(0, start - _LOOKED_AT) : start]
    cuts = [cut.end() for cut in _CUT.finditer(before)]
    acts = list(_ACT.finditer(before, cuts[-1] if cuts else 0))
    return bool(acts) and acts[-1]["makes"] is not None
