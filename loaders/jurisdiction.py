"""The place a page is about, guessed from its number, title and names before issuers are known."""

import re
from collections import Counter
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.agencies import NamingContext, resolve_agency
from kg.datafiles import read_table
from kg.divisions import Division, load_abbreviations, load_divisions
from loaders.types import NATIONAL

_TO_ALL = re.compile(r"各省[、,，]\s?自治区")
_SHORT_COUNTY = re.compile(r"(?:^|[《〈省市州盟]|关于|印发)([\u4e00-\u9fff]县)")
_RELATIVE_BODY = re.compile(
    r"(?:^|(?<=[、，,：:（(〔；;\n]))([省市县区])(?=[\u4e00-\u9fff]{2,10}[局厅委院办](?:[、，,）)〕；;。\n]|$))"
)
_STATIONED = re.compile(
    r"[驻在来]([\u4e00-\u9fff])(?=高校|单位|机关|企业|部门|机构|院校|科研|银行)"
)
_CODE_ENDS = "发办函字规令通"  # they say what a number is of, in no body's name
_UNIT = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,3}[发函])[\u4e00-\u9fff]{0,2}字"
    r"|(?P<bureau>[\u4e00-\u9fff]局)[\u4e00-\u9fff]{1,2}"
)
_OWN_PLACE = re.compile(r"[我本全][省市区县州盟旗]|[省市区县州盟旗](?:委|政府|级|直|内|属)")
_OF_BODY = re.compile(r"(?:人民)?政府|委|人大|[\u4e00-\u9fff]{2,12}[局厅院署关]")
_FEW_BODIES = 3
_HEAD, _TAIL = 4_000, 600
_TITLE_WEIGHT = 60
_OUTSIDE_WEIGHT = 2  # more for a name outside of titles
_QUOTED = re.compile(r"《[^《》]{1,120}》")


def guess_jurisdiction(text: str, title: str, number: str) -> str:
    """Return the six-digit code of the place a notice is most likely of; NATIONAL if none shows.

    The title decides, then the first character of the number (辽知发 is Liaoning's), then the
    names of places that the text's head and tail hold most often.
    """
    return guess_place(text, title, number)[0]


def guess_place(text: str, title: str, number: str) -> tuple[str, str]:
    """Return the code that `guess_jurisdiction` returns, and why, for people."""
    province = load_abbreviations().get(number[:1]) if number else None
    if province == NATIONAL or (province is None and _TO_ALL.search(text[:_HEAD])):
        return NATIONAL, "发文字号为全国性机关所编，或主送各省、自治区、直辖市"
    counts: Counter[str] = Counter()
    coded = _place_of_code(number.partition("〔")[0])
    titled = [*_find_names(title), *_short_counties(title)]
    for name in titled:
        counts[name] += _TITLE_WEIGHT
    if coded and not titled:
        name, place = coded
        return place.code, f"发文字号以“{name}”开头"
    for part in (text[:_HEAD], text[-_TAIL:]):
        counts.update(_find_names(part))
        # Titles of what is cited name other places as often as this one.
        counts.update(_find_names(_QUOTED.sub("", part)) * _OUTSIDE_WEIGHT)
    below = _level_spoken_of(text) if not titled else None
    found = _likeliest(_of_level(counts, below), province) or _likeliest(counts, province)
    if found is None and province:
        # 青 is 青海's; but 青岛市's bodies begin their numbers with it, too.
        alike = {n: k for n, k in counts.items() if n in titled or n.startswith(number[:1])}
        found = _likeliest(Counter(alike), None)
    if found and not _is_in_passing(text, title, load_divisions().get(found[1])):
        name, code = found
        return code, f"标题写明“{name}”" if name in titled else f"“{name}”在正文首尾出现最多"
    if province:
        return province, f"发文字号以“{number[:1]}”开头"
    stationed = _STATIONED.search(text, 0, _HEAD)
    if stationed and stationed[1] in load_abbreviations():  # 中央驻津单位
        return load_abbreviations()[stationed[1]], f"正文首部写有“{stationed.group()}”"
    return NATIONAL, "标题、发文字号和正文首尾均未写明地方，按全国处理"


def _is_in_passing(text: str, title: str, place: Division) -> bool:
    """Tell whether a text names a province only once, and not as its own or that of a body.

    News of the country name one: …分布在28个省，其中浙江省7家.
    """
    at = text.find(place.name)
    if place.level != "province" or (place.stem or place.name) in title or at < 0:
        return False
    is_once = text.find(place.name, at + 1) < 0
    named = at + len(place.name)
    return is_once and not _OWN_PLACE.search(text) and not _OF_BODY.match(text, named)


def _level_spoken_of(text: str) -> str | None:
    """Return the level whose bodies a text names most without their place: 市财政局, 县司法局."""
    words = Counter(match[1] for match in _RELATIVE_BODY.finditer(text))
    word, times = words.most_common(1)[0] if words else ("", 0)
    if times < _FEW_BODIES or times * 2 <= words.total():
        return None
    return {"省": "province", "市": "prefecture"}.get(word, "county")


def _of_level(counts: Counter[str], level: str | None) -> Counter[str]:
    divisions = load_divisions()
    return Counter(
        {n: k for n, k in counts.items() if any(d.level == level for d in divisions.named(n))}
    )


def _likeliest(counts: Counter[str], within: str | None) -> tuple[str, str] | None:
    """Return the name counted most that a division bears in full, and the division's code."""
    for name, _ in counts.most_common():
        for division in load_divisions().named(name, within):
            if name in (division.name, division.canonical):
                return name, division.code
    return None


def _short_counties(title: str) -> list[str]:
    """Return names of two characters (雄县) that a title begins with, or has after a bracket."""
    return [
        match[1]
        for match in _SHORT_COUNTY.finditer(title)
        if any(d.name == match[1] for d in load_divisions().named(match[1]))
    ]


def body_of_code(code: str, place: str) -> str | None:
    """Return the canonical name of the body a 机关代字 stands for (辽知发), or None.

    Args:
        code: what stands before the year of a document number.
        place: code of the notice's place, whose bodies may begin theirs with a character of its
            own name: 银政办发 is 银川市's.
    """
    if coded := _place_of_code(code):
        return _local_body(coded[1], code[len(coded[0]) :])
    province = load_abbreviations().get(code[:1])
    if province is None:
        return _body_below(code, load_divisions().get(place))
    local, national = _bodies_of_codes().get(_without_unit(code[1:]), ("", ""))
    if province == NATIONAL:
        return national or None
    place = load_divisions().get(province).canonical
    return f"{place}{local}" if local else _spelt_out(place, code[1:])


def _body_below(code: str, place: Division) -> str | None:
    """Return the body of a city or county that a code stands for: 深龙府办发 is 深圳市龙岗区's."""
    above = load_divisions().get(place.parent).name if place.parent else ""
    own = code[1:] if code[:1] in above and code[1:2] in place.name else code
    if place.level not in ("prefecture", "county") or own[0] not in place.name[:-1]:
        return None
    return _local_body(place, own[1:])


def _without_unit(code: str) -> str:
    """Return a code without the unit that drew a text up: 知发保字 is 知发's, 知局促 知局's."""
    unit = _UNIT.fullmatch(code)
    bare = (unit["code"] or unit["bureau"]) if unit else code
    return bare if bare in _bodies_of_codes() else code


def _place_of_code(code: str) -> tuple[str, Division] | None:
    """Return the prefecture whose short name a code begins with (博州政发), and that name."""
    for length in (3, 2):
        name, rest = code[:length], code[length:]
        named = (d for d in load_divisions().named(name) if d.level == "prefecture")
        place = next(named, None) if rest in _bodies_of_codes() else None
        if place is not None:
            return name, place
    return None


def _local_body(place: Division, code: str) -> str | None:
    """Return the body of a place that the rest of a code stands for: 政办发 is its 政府办's."""
    local, _ = _bodies_of_codes().get(code, ("", ""))
    if not local:
        return None
    shorter = local.replace("人民政府办公厅", "政府办")  # 办公厅 or 办公室, as the place has it
    found = resolve_agency(place.canonical + shorter, NamingContext(place.code)).target
    return found.name if found else None


def _spelt_out(place: str, code: str) -> str | None:
    """Return the body whose short name a code spells out: 津市场监管垄 is 天津市's."""
    for length in range(len(code), 1, -1):
        if code[length - 1] in _CODE_ENDS:
            continue
        for ending in ("局", "厅", "委"):
            resolution = resolve_agency(place + code[:length] + ending, NamingContext(NATIONAL))
            if resolution.target is not None and resolution.certainty == 1.0:
                return resolution.target.name
    return None


def _find_names(text: str) -> list[str]:
    automaton, names = _automaton()
    return [names[index] for index, _, _ in automaton.find_matches_as_indexes(text)]


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    rows = [row for row in load_divisions().all() if row.abolished is None]
    own = Counter(row.name for row in rows)
    names = sorted({name for row in rows for name in _full_names(row, own[row.name] == 1)})
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


def _full_names(row: Division, is_unique: bool) -> list[str]:
    if row.level == "national" or len(row.name) < 3:
        return []
    return [row.canonical, row.name] if is_unique or row.level != "county" else [row.canonical]


@cache
def _bodies_of_codes() -> dict[str, tuple[str, str]]:
    return {code: (local, national) for code, local, national in read_table("issuer_codes.tsv")}
