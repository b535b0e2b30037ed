"""Institutions: universities, institutes, laboratories, centres, associations, firms.

A gazetteer knows the universities, the institutes of the academies, large laboratories and firms;
loaders/institution_names.py builds the names of others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from kg.divisions import Division, load_divisions
from kg.errors import OntologyError
from kg.scanning import compile_scan
from kg.types import Span, Value
from loaders.firm_lists import find_listed_firms
from loaders.firms import find_banks, find_branches, find_firms, find_groups
from loaders.institution_names import (
    Named,
    find_academy,
    find_laboratories,
    find_regular,
    kind_of,
    part_at,
    seat_at,
)
from loaders.name_bounds import leading_place
from loaders.naming import (
    HAN,
    Gazetteer,
    Hit,
    Passage,
    as_mentions,
    load_names,
    load_reference,
    load_words,
    one_of,
    read_passages,
    under_key,
    widen,
)
from loaders.offices import find_offices
from loaders.types import Context, EntityMention

# 大学生, 银行业, 院士: the name is only part of a word.
_PART_OF_WORD = (
    ("大学", re.compile("[城英排路]|毕业|生(?![物命态殖])|系列")),
    ("学院", re.compile("路|派")),
    ("院", re.compile("院士|士|系统院")),
    ("银行", re.compile("[业间卡账保]|机构|系统|监管")),
    ("学会", re.compile("生")),
    ("组织", re.compile("[和的]?机构|架构|体系")),
)
_BRANCH = re.compile(rf"(?P<place>[{HAN}]{{2,8}}?)(?:分行|支行)")
_OFFICE = "知识产权保护中心"  # which has two official names where it protects for the whole country
_PROTECTION = re.compile(rf"中国\((?P<place>[{HAN}]{{2,8}})\){_OFFICE}|(?P<own>[{HAN}]+?){_OFFICE}")
_LEGAL_FORM = compile_scan("(?:股份|控股)?(?:有限责任|有限)?公司")
_FORMER = re.compile(
    "^(?:国家知识产权局专利局(?:专利审查协作)?|(?:国家)?海外知识产权纠纷应对指导中心|中国科学院|中国|中华|国家|全国)"
)
_BRACKETED = re.compile(rf"^中国(?P<city>[{HAN}]{{0,6}})\((?P<place>[{HAN}]{{2,10}})\)")


def detect_institutions(
    text: str, regions: Sequence[Span], context: Context
) -> list[EntityMention]:
    """Return the institutions named in the regions, one mention for each distinct name.

    Args:
        text: the whole stored document.
        regions: one measure's heading and body, its responsibility clauses cut out.
        context: of the notice; 省… and 市… are resolved by its jurisdiction.
    """
    hits: list[Hit] = []
    for passage in read_passages(text, tuple(regions)):
        hits += _in_passage(passage, context)
    names = {hit.name: _properties(hit.name) for hit in hits}
    found = as_mentions("Institution", text, widen(hits), names)
    return [under_key(mention, institution_key(mention.name)) for mention in found]


def institution_key(name: str) -> str:
    """Return the natural key of an institution, the same for both names that some have.

    中国(沈阳)知识产权保护中心 is 沈阳市知识产权保护中心.
    """
    centre = _PROTECTION.fullmatch(name)
    rows = load_divisions().named(centre["place"] or centre["own"]) if centre else ()
    return f"{rows[0].canonical}{_OFFICE}" if len(rows) == 1 else name


def seat_of(name: str) -> Division | None:
    """Return the division where an institution sits, if its name or the gazetteer tells.

    Args:
        name: canonical name, e.g. 大连理工大学 (大连市), 沈阳市知识产权保护中心 (沈阳市).
    """
    shortest = len(name) - 1 if name.endswith("分中心") else 3  # a branch sits elsewhere
    for length in range(len(name), shortest, -1):
        seat = _reference().seats.get(name[:length])
        if seat is not None:
            return load_divisions().named(seat)[0]
    bracketed = _BRACKETED.match(name)
    if bracketed is not None:
        place = bracketed.group("place")
        found = leading_place(bracketed.group("city")) or leading_place(place)
        return found or next(iter(load_divisions().named(place)), None)
    branch = re.search(rf"银行([{HAN}]{{2,8}})(?:分行|支行)$", name)
    return leading_place(branch.group(1)) if branch else leading_place(_FORMER.sub("", name))


def _in_passage(passage: Passage, context: Context) -> Iterator[Hit]:
    known = list(_known(passage))
    yield from _as_hits(passage, known, "institution-gazetteer", 0.95)
    yield from _as_hits(passage, _bodies_in_list(passage, known), "institution-list", 0.85)
    offices = list(find_offices(passage, context))
    yield from _as_hits(passage, offices, "institution-office", 0.9)
    yield from _as_hits(passage, find_listed_firms(passage), "institution-firm", 0.8)
    labs = find_laboratories(passage, _reference().laboratories)
    yield from _as_hits(passage, labs, "institution-laboratory", 0.85)
    # 兵团石河子大学 is 石河子大学: no place before a known name makes another.
    taken = {end for _, _, end in [*known, *offices]}
    built = [*find_academy(passage), *find_regular(passage, context), *find_firms(passage)]
    built += [
        *find_banks(passage),
        *find_branches(passage),
        *find_groups(passage, context.jurisdiction),
    ]
    loose = {(start, end): (name, start, end) for name, start, end in built}
    free = [named for at, named in loose.items() if at[1] not in taken]
    yield from _as_hits(passage, free, "institution-grammar", 0.8)


def _as_hits(
    passage: Passage, found: Iterable[Named], method: str, confidence: float
) -> Iterator[Hit]:
    for name, start, end in found:
        yield Hit(name, passage.span(start, end), method, confidence)


def _known(passage: Passage) -> Iterator[Named]:
    """Yield names of the gazetteer, with the parts of a university named after it."""
    text = passage.text
    for name, start, end in _reference().gazetteer.find(passage):
        if any(name.endswith(w) and p.match(text, end) for w, p in _PART_OF_WORD):
            continue
        if text[start:end].isascii() and _is_letter(text[start - 1 : start] + text[end : end + 1]):
            continue
        part = part_at(text, end, name)
        form = _LEGAL_FORM.match(text, end)
        branch = _BRANCH.match(text, end)
        if name.endswith("银行") and branch and load_divisions().named(branch.group("place")):
            yield name + branch.group(), start, branch.end()
        elif form and name.endswith("集团"):
            yield name + form.group(), start, form.end()
        elif part:
            yield name + part, start, end + len(part)
        elif name.endswith("创新中心") and (seat := seat_at(text, end)):
            yield name + seat, start, end + len(seat)
        elif not text.startswith(("分中心", "地方分中心", "工作站"), end):
            yield name, start, end


def _is_letter(neighbours: str) -> bool:
    return re.search("[A-Za-z]", neighbours) is not None


def _bodies_in_list(passage: Passage, known: Sequence[Named]) -> Iterator[Named]:
    """Yield bodies whose parent an earlier member of the list named (中国科学院甲所、乙所)."""
    parents = [(start, end) for name, start, end in known if name.startswith("中国科学院")]
    if not parents:
        return
    bodies = _reference().within_list
    at = 0
    for found in re.finditer(f"(?<=[、和及与])(?:{one_of(bodies)})", passage.text):
        while at + 1 < len(parents) and parents[at + 1][1] <= found.start():
            at += 1
        between = passage.text[parents[at][1] : found.start()]
        if (
            parents[at][1] < found.start()
            and len(between) < 80
            and not re.search("[。；;]", between)
        ):
            yield bodies[found.group()], found.start(), found.end()


def _properties(name: str) -> Mapping[str, Value]:
    reference = _reference()
    properties = reference.gazetteer.properties(name)
    properties["kind"] = reference.kinds.get(name) or kind_of(name)
    return properties


class _Reference:
    """kg/reference/institutions.yaml, read and indexed."""

    def __init__(self) -> None:
        groups = load_reference("institutions").get("groups")
        if not isinstance(groups, list):
            raise OntologyError("institutions.yaml: groups must be a list")
        self.kinds: dict[str, str] = {}
        self.seats: dict[str, str] = {}
        for group in groups:
            for name in group["names"]:
                self.kinds[name] = group["kind"]
                if "seat" in group:
                    self.seats[name] = group["seat"]
        firms = load_names("firms", "names")
        self.kinds |= dict.fromkeys(firms, "company")
        aliases = load_names("institutions", "aliases") | firms
        for name, others in aliases.items():
            # 中国科学院长春光机所 is written as often as 中科院长春光机所.
            short = [other for other in others if other.startswith("中科院")]
            others += [
                full
                for other in short
                if (full := other.replace("中科院", "中国科学院", 1)) not in (name, *others)
            ]
        entries = {name: aliases.get(name, []) for name in self.kinds}
        self.gazetteer = Gazetteer(entries, load_words("institutions", "not_names"))
        self.laboratories = [n for n, kind in self.kinds.items() if kind == "laboratory"]
        listed = load_names("institutions", "within_list")
        self.within_list = {word: name for name, words in listed.items() for word in words}


@cache
def _reference() -> _Reference:
    return _Reference()
