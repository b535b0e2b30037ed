"""Firms under short names, which lists of firms tell: 支持华为、格力电器等龙头企业.

kg/reference/firms.yaml knows many. A list that ends in 等…企业 and holds one of them, or two names
that end as firms' names do, tells that its other members are firms, too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.divisions import load_divisions
from kg.scanning import compile_scan, iter_near
from loaders.firms import BEFORE
from loaders.institution_names import is_free
from loaders.name_bounds import left_bound, residue, strip_modifiers
from loaders.naming import BLANK, HAN, Passage, load_names, load_words, one_of

type Named = tuple[str, int, int]  # name, start and end in the passage

_CLOSE = re.compile(
    r"等(?:[一二两三四五六七八九十百\d]+[余多]?[家户个])?[^,，。;；:：、()（）等]{0,14}?"
    r"(?:企业|公司|厂商|车企|药企|酒企|央企|国企|民企)(?!家|集聚|聚集|所在|孵化|主管)"
)
_JOINT = re.compile("以及|[、和与及]")
_MEMBER = re.compile(rf"[{HAN}A-Za-z0-9]+(?:[(（][{HAN}]{{2,6}}[)）])?[{HAN}A-Za-z0-9]*$")
# A list without 等 before what its members do: 甲集团、乙能源、丙科技组建联合体.
_LONGEST_IN_RUN = 16
_IN_RUN = f"[{HAN}A-Za-z0-9]{{2,{_LONGEST_IN_RUN}}}"
_RUN = re.compile(f"{_IN_RUN}(?:、{_IN_RUN}){{2,40}}")
_SECOND = re.compile(f"、{_IN_RUN}、")
_ENOUGH = 2
_LONGEST = 12
_MOST_MEMBERS = 40
_NO_FIRM = compile_scan(
    r"(?:大学|学院|院|所|实验室|中心|平台|基地|园区?|高校|院所|企业|公司|机构|产业|行业|领域|协会|学会|商会|联盟|部门|单位"
    r"|集群|品牌|产品|技术|项目|银行|政府|委员会|[省市县区州盟旗局厅委])$|[的等将把向对由在各某该其]|有关|相关|若干|一批"
)
_ACTS = r"(?:开展|组建|建立|牵头|建设)"
_ACT = re.compile(_ACTS)
_AFTER_SHORT = re.compile(rf"(?:[、和与及等,，。;；)）]|集团|公司|{_ACTS}|$)")
_ACTOR = re.compile("(?:支持|鼓励|推动|引导|依托)$")  # 支持华为开展…


@dataclass(frozen=True, slots=True)
class _Member:
    start: int
    end: int
    name: str


def find_listed_firms(passage: Passage) -> Iterator[Named]:
    """Yield the firms that lists tell, and those whose short names stand free."""
    text = passage.text
    known = {at.end: at for at in _known(text)}
    firms = {at.start: at for at in known.values() if _stands_free(text, at)}
    for close in _CLOSE.finditer(text):
        members = list(_members(text, close.start(), known))
        if _is_list_of_firms(members, known):
            firms |= {at.start: at for at in members if _may_be_firm(at.name)}
    beside = (*_beside_firms(text), *_plainly_firms(text))
    firms |= {at.start: at for at in beside if at.start not in firms}
    for at in firms.values():
        yield _canonical().get(at.name, at.name), at.start, at.end


def _known(text: str) -> Iterator[_Member]:
    """Yield the places where a name from the reference data for lists stands."""
    names, matcher = _matcher()
    for index, start, end in matcher.find_matches_as_indexes(text):
        yield _Member(start, end, names[index])


def _stands_free(text: str, at: _Member) -> bool:
    """Tell whether a short name is a whole word that names a firm by itself."""
    if at.name not in _short() or not _AFTER_SHORT.match(text, at.end):
        return False
    listed = "、" in (text[at.start - 1 : at.start], text[at.end : at.end + 1])
    acts = _ACTOR.search(text[max(0, at.start - 2) : at.start]) and _ACT.match(text, at.end)
    is_one = listed or bool(acts) or text.startswith("公司", at.end)
    return is_one and is_free(text, at.start)


def _beside_firms(text: str) -> Iterator[_Member]:
    """Yield what ends as a firm's name does in a list with two known firms."""
    for run in iter_near(_RUN, _SECOND, _LONGEST_IN_RUN, text, (0, len(text))):
        items = run.group().split("、")
        known = sum(
            item in _canonical() or item in _short() or item.endswith(("有限公司", "集团"))
            for item in items
        )
        known += any(items[0][at:] in _canonical() for at in range(len(items[0]) - 2))
        if known < _ENOUGH:
            continue
        at = run.start() + len(items[0]) + 1
        for place, item in enumerate(items[1:], start=1):
            is_last = place == len(items) - 1
            lengths = range(min(len(item), _LONGEST), 3, -1) if is_last else (len(item),)
            heads = (item[:length] for length in lengths)
            name = next((head for head in heads if _ends_as_firm(head)), "")
            if name and _may_be_firm(name):
                yield _Member(at, at + len(name), name)
            at += len(item) + 1


def _plainly_firms(text: str) -> Iterator[_Member]:
    """Yield members of lists that end as nothing but firms do: 骆驼股份, 金力永磁."""
    for found in _plain_ending().finditer(text):
        name = found["name"]
        if _may_be_firm(name) and not _industries().search(name[:-2]):
            yield _Member(*found.span("name"), name)


def _members(text: str, end: int, known: Mapping[int, _Member]) -> Iterator[_Member]:
    """Yield the members of the list that ends at an offset, the last first."""
    for _ in range(_MOST_MEMBERS):
        window = text[max(0, end - _LONGEST - 8) : end]
        found = _MEMBER.search(window)
        if found is None:
            return
        words = found.group()
        joint = [m for m in _JOINT.finditer(words) if len(words) - m.end() >= 2]
        start = end - len(words) + (joint[-1].end() if joint else 0)
        goes_on = bool(joint) or text[start - 1 : start] == "、"
        if not goes_on:
            start += _without_verbs(text[start:end])
        if end in known and known[end].start >= start:
            start = known[end].start
        if end - start >= 2:
            yield _Member(start, end, text[start:end])
        if not goes_on:
            return
        end = start - (len(joint[-1].group()) if joint else 1)


def _without_verbs(words: str) -> int:
    """Return how many characters before the first member of a list are no part of it."""
    rest = strip_modifiers(words[left_bound(words)[0] :], verbs=True)
    before = BEFORE.match(rest)
    return len(words) - len(rest) + (before.end() if before else 0)


def _is_list_of_firms(members: Sequence[_Member], known: Mapping[int, _Member]) -> bool:
    if any(known.get(at.end) == at or at.name in _canonical() for at in members):
        return True
    others = [at for at in members if not _NO_FIRM.search(at.name)]
    shaped = [at for at in others if _ends_as_firm(at.name)]
    if len(shaped) >= 2 and 2 * len(shaped) >= len(others):
        return True
    # One is enough where no member is a trade: 欧亚乳业、力帆骏马等企业.
    return bool(shaped) and len(others) >= 2 and all(_may_be_firm(at.name) for at in others)


def _ends_as_firm(name: str) -> bool:
    found = _endings().search(name)
    stem = name[: found.start()] if found else ""
    return len(stem) >= 2 and not _industries().search(stem) and bool(residue(stem))


def _may_be_firm(name: str) -> bool:
    if len(name) > _LONGEST or _NO_FIRM.search(name) or load_divisions().named(name):
        return False
    if name in _canonical() or name in _short() or name in load_words("firms", "goods"):
        return True
    if strip_modifiers(name + BLANK, verbs=True) == BLANK:
        return False  # 深化与甲、乙等企业合作
    industries = _industries().match(name)
    return industries is None and bool(residue(name)) and left_bound(name)[0] == 0


@cache
def _matcher() -> tuple[tuple[str, ...], AhoCorasick]:
    names = (*load_words("firms", "short"), *load_words("firms", "goods"))
    return names, AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


@cache
def _short() -> frozenset[str]:
    return frozenset(load_words("firms", "short"))


@cache
def _canonical() -> dict[str, str]:
    """Return the canonical name for every name that is known wherever it stands."""
    names = load_names("firms", "names")
    return {word: name for name, others in names.items() for word in (name, *others)}


@cache
def _plain_ending() -> re.Pattern[str]:
    ends = one_of(load_words("firms", "plain_endings"))
    after = f"[、和与及等,，。;；)）]|{one_of(load_words('naming', 'verbs'))}|$"
    return re.compile(
        r"(?<=[、持动励导])"  # a quick look before the others
        r"(?:(?<=、)|(?<=支持)|(?<=推动)|(?<=鼓励)|(?<=引导))"
        rf"(?P<name>[{HAN}]{{2,4}}(?:{ends}))(?={after})"
    )


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(f"(?:{one_of(load_words('firms', 'endings'))})$")


@cache
def _industries() -> re.Pattern[str]:
    return re.compile(one_of(load_words("firms", "industries")))
