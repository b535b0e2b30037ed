"""Names of divisions and zones in running text, and whether they stand for themselves.

沈阳 in 沈阳海关 is no place but part of a name, 海口 in 入海口 no word at all: the words that
decide are in kg/reference/places.yaml.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.datafiles import read_yaml
from kg.divisions import Division, Divisions, load_divisions
from kg.scanning import compile_scan
from kg.types import Span
from kg.zones import Zone, ZoneForm, load_zones

HAN = r"\u3007\u4e00-\u9fff"
_CHUNK = 26  # characters after a name in which the head of a longer name is sought
_STRAIGHT_AFTER = re.compile(r"(?:[市县](?=[场])|[市区县州](?=[域]))")
_STRONG_AFTER = re.compile(rf"[^{HAN}A-Za-z0-9]|$|[等和及与市州区县]|以及|两[市地]|三[市地]|地区")
_PHRASE = re.compile(r"[^，。；、：:,;“”‘’《》〈〉\s（）()！？!?/—…·〔〕\[\]]*")
_ETC = re.compile(
    r"等?(?:(?:[一二两三四五六七八九十\d]+)?个?(?:省份?|市|县|区|地区?|城市(?![圈群带])|区县|市县|省市))?"
)
# 甲、乙等地银行 are banks in those places: 等地 makes no name of what it follows.
_AND_SUCH_PLACES = re.compile(r"等(?:[一二两三四五六七八九十\d]+个?)?(?:地区?|省份)(?!方)")
# Bodies whose names a seat in brackets ends: 测试中心(北京).
_SEATED = ("中心", "基地", "平台", "大学", "学院", "研究院", "研究所", "实验室", "枢纽", "港")
_UNLISTED_KINDS = frozenset(
    {"high_tech_zone", "development_zone", "provincial_development_zone", "bonded_zone"}
)
_OWN_NAMED_KINDS = _UNLISTED_KINDS | {"science_park", "tourism_zone"}
_ALL_HAN = re.compile(rf"[{HAN}]+")
_FREE_TRADE = "自由贸易试验区"
_AREA = re.compile(rf"[、和与及](?P<area>[{HAN}]{{2,8}}?片区)")
_OWN_NAME = 4  # characters of a zone's own name between its place and its kind
_NO_ZONE_NAME = compile_scan(
    r"[级各类该本我全等的和与及或个家型有新老省市县区]|国家|农业|化工|临港|边境|现代|产业|科技|国际|综合|特色|相关|一批|现有|重点|依托|支持|推动|推进"
    r"|建设|鼓励|引导|加快|加强|促进|优化|范围|关于|设立|升级|成为|申报|争创|创建|获批|批准|同意"
)


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place in the text, not yet resolved.

    Attributes:
        span: where it stands.
        surface: as written.
        divisions: the divisions it may mean, likeliest first; () for a zone.
        zone: the zone it names, if it names one.
    """

    span: Span
    surface: str
    divisions: tuple[Division, ...] = ()
    zone: Zone | None = None


@dataclass(frozen=True)
class Words:
    """The words of places.yaml, compiled."""

    before: re.Pattern[str]
    not_places: tuple[str, ...]
    head: re.Pattern[str]
    glued: re.Pattern[str]
    verb: re.Pattern[str]
    generic: frozenset[str]


@cache
def load_words() -> Words:
    """Return the words that decide whether a name stands for itself."""
    raw: Mapping[str, list[str]] = read_yaml("places.yaml")
    heads = "|".join([*map(re.escape, raw["heads"]), *raw["head_patterns"]])
    before = "|".join(sorted(map(re.escape, raw["before"]), key=len, reverse=True))
    return Words(
        before=re.compile(rf"(?:^|[^{HAN}A-Za-z]|{before})$"),
        not_places=tuple(raw["not_places"]),
        head=re.compile(heads),
        glued=re.compile("|".join(raw["glued"])),
        verb=re.compile("|".join(raw["verbs"])),
        generic=frozenset(raw["generic"]),
    )


@dataclass(frozen=True)
class Gazetteer:
    """Everything the scan looks for."""

    automaton: AhoCorasick
    names: tuple[str, ...]
    divisions: Divisions
    zones: Mapping[str, Zone]
    forms: Mapping[str, ZoneForm]


@cache
def load_gazetteer() -> Gazetteer:
    """Return the automaton over names that need no context: stems of counties are not in it."""
    divisions, zones, words = load_divisions(), load_zones(), load_words()
    names = {name for row in divisions.all() for name in _names_for_scan(row)}
    patterns = sorted(names | zones.by_name.keys() | set(words.not_places) | zones.forms.keys())
    automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard)
    return Gazetteer(automaton, tuple(patterns), divisions, zones.by_name, zones.forms)


def _names_for_scan(row: Division) -> Iterator[str]:
    if row.parent is None:
        return
    yield from (row.name, row.canonical)
    stems = (row.stem,) if row.level == "prefecture" and row.stem else ()
    for name in (*row.aliases, *row.former, *stems):
        if row.level != "county" or (len(name) > 2 and name != row.stem):
            yield name


def find_toponyms(text: str, region: Span) -> list[Toponym]:
    """Return the names of places in a region, in order, without overlaps.

    Longer names win over shorter ones that begin at the same place; what is no word of its own
    (定西 in 确定西部) is left out.
    """
    gazetteer, words = load_gazetteer(), load_words()
    part = text[region.start : region.end]
    found = gazetteer.automaton.find_matches_as_indexes(part, overlapping=True)
    spans = [(region.start + start, region.start + end, i) for i, start, end in found]
    zones = [zone for zone in _formed_zones(text, region, spans) if zone is not None]
    listed = list(_listed(text, spans, words))
    candidates = [*zones, *listed, *_further_areas(text, listed)]
    candidates.sort(key=lambda at: (at.span.start, -at.span.end, at.zone is None))
    kept: list[Toponym] = []
    at = region.start
    for candidate in candidates:
        if candidate.span.start < at:
            continue
        at = candidate.span.end
        if candidate.divisions or candidate.zone is not None:
            kept.append(candidate)
    return kept


def _listed(text: str, spans: list[tuple[int, int, int]], words: Words) -> Iterator[Toponym]:
    gazetteer = load_gazetteer()
    ends = {end for _, end, i in spans if gazetteer.divisions.named(gazetteer.names[i])}
    blocked = frozenset(words.not_places)
    for start, end, i in spans:
        name = gazetteer.names[i]
        span = Span(start, end)
        if name in blocked:
            yield Toponym(span, name)
        elif name in gazetteer.zones:
            yield Toponym(span, name, zone=_as_written(gazetteer.zones[name], name))
        elif name not in gazetteer.forms and is_word(text, span, follows_place=start in ends):
            yield Toponym(span, name, gazetteer.divisions.named(name))


def _further_areas(text: str, listed: list[Toponym]) -> Iterator[Toponym]:
    """Yield the areas of a free trade zone named after its first: 绥芬河片区、黑河片区."""
    zones = load_gazetteer().zones
    for toponym in listed:
        if toponym.zone is None or not toponym.zone.kind.startswith("free_trade_zone"):
            continue
        whole = toponym.zone.name.partition(_FREE_TRADE)[0] + _FREE_TRADE
        at = toponym.span.end
        while area := _AREA.match(text, at):
            zone = zones.get(whole + area["area"])
            if zone is None:
                break
            yield Toponym(Span(*area.span("area")), area["area"], zone=zone)
            at = area.end()


def _formed_zones(
    text: str, region: Span, spans: list[tuple[int, int, int]]
) -> Iterator[Toponym | None]:
    """Yield the zones named by a division and a form: 义乌经开区, 大连市高新区."""
    gazetteer = load_gazetteer()
    for start, end, i in spans:
        form = gazetteer.forms.get(gazetteer.names[i])
        if form is not None:
            yield _formed_zone(text, region.start, Span(start, end), form)


def _formed_zone(text: str, floor: int, span: Span, form: ZoneForm) -> Toponym | None:
    names = load_gazetteer().divisions
    for length in range(min(14, span.start - floor), 1, -1):
        start = span.start - length
        found = names.named(text[start : span.start])
        is_free = form.kind != "science_park" or length > 2 or _begins_name(text, start, "")
        if found and is_free and _is_own_name(text, floor, start, found):
            break  # 潍坊滨海经济技术开发区 is of 潍坊, and none of 滨海县
        if found and is_free and is_word(text, Span(start, span.start), right_is_free=True):
            if form.kind == "innovation_zone" and text[start - 1 : start] in ("、", "和"):
                return None  # 长沙、株洲、湘潭国家自主创新示范区 is one zone of three cities
            whole = Span(start, span.end)
            surface = text[start : span.end]
            return Toponym(whole, surface, zone=formed_zone(found[0], form, surface))
    return _own_named_zone(text, floor, span, form) or _unlisted_zone(text, floor, span, form)


def _is_own_name(text: str, floor: int, start: int, found: Sequence[Division]) -> bool:
    """Tell whether a short name behind a city it does not lie in is a zone's own name."""
    divisions = load_gazetteer().divisions
    for length in (3, 2):
        cities = divisions.named(text[max(floor, start - length) : start])
        if cities and cities[0].level == "prefecture":
            return not any(divisions.is_within(row.code, cities[0].code) for row in found)
    return False


def _own_named_zone(text: str, floor: int, span: Span, form: ZoneForm) -> Toponym | None:
    """Return the zone with a name of its own after its division's: 泰州医药高新区, or None."""
    if form.kind not in _OWN_NAMED_KINDS:
        return None
    names = load_gazetteer().divisions
    for own in range(2, _OWN_NAME + 1):
        middle = text[span.start - own : span.start]
        bare = middle.removeprefix("国际")
        if not _ALL_HAN.fullmatch(middle) or _NO_ZONE_NAME.search(bare) or has_verb(middle):
            return None
        for length in range(min(8, span.start - own - floor), 1, -1):
            start = span.start - own - length
            place = text[start : start + length]
            found = names.named(place)
            is_local = found and found[0].level in ("prefecture", "county")
            if is_local and _begins_name(text, start, place):
                zone = _zone_named(middle, found[0], form, text[start : span.end])
                return Toponym(Span(start, span.end), text[start : span.end], zone=zone)
    return None


def _zone_named(own: str, place: Division, form: ZoneForm, surface: str) -> Zone:
    listed = load_gazetteer().zones.get(own + form.surface)
    if listed is not None:
        return listed
    name = (place.stem or place.name) + own + form.surface
    aliases = dict.fromkeys((surface, name.removesuffix(form.surface) + form.canonical))
    others = tuple(alias for alias in aliases if alias != name)
    return Zone(name, others, place.code, form.kind)


def has_verb(words: str) -> bool:
    """Tell whether words hold a verb that ends the noun phrase a name may begin."""
    return load_words().verb.search(words) is not None


def _begins_name(text: str, start: int, place: str) -> bool:
    is_full = len(place) > 2 and place[-1:] in "省市区县州盟旗"
    return is_full or load_words().before.search(text[max(0, start - 4) : start]) is not None


def _unlisted_zone(text: str, floor: int, span: Span, form: ZoneForm) -> Toponym | None:
    """Return the zone whose name begins with no division (东侨经济技术开发区), or None."""
    is_park = form.kind == "science_park"  # 浙南科技城
    if not is_park and (len(form.surface) < 5 or form.kind not in _UNLISTED_KINDS):
        return None
    for length in (2, 3):
        start = span.start - length
        name = text[start : span.start]
        if start < floor or not _ALL_HAN.fullmatch(name) or _NO_ZONE_NAME.search(name):
            return None
        if load_words().before.search(text[max(0, start - 4) : start]):
            surface = text[start : span.end]
            if surface in load_gazetteer().zones:
                return None
            full = surface if is_park else name + form.canonical
            aliases = (surface,) if surface != full else ()
            zone = Zone(full, aliases, "100000", form.kind)
            return Toponym(Span(start, span.end), surface, zone=zone)
    return None


def formed_of(toponym: Toponym) -> ZoneForm | None:
    """Return the form of a zone named by a bare stem and a form: 大连高新区, not 大连市高新区."""
    gazetteer = load_gazetteer()
    surface = toponym.surface
    if toponym.zone is None or surface in gazetteer.zones:
        return None
    for cut in range(2, min(6, len(surface))):
        form = gazetteer.forms.get(surface[cut:])
        if form is not None and surface[cut - 1] not in "市省县区":
            return form
    return None


_FULL_FORMS = frozenset(
    {
        *("经济技术开发区", "高新技术产业开发区", "农业高新技术产业示范区"),
        *("新技术开发区", "高技术产业开发区", "经济综合实验区", "综合改革示范区"),
    }
)


def formed_zone(place: Division, form: ZoneForm, surface: str = "") -> Zone:
    """Return the zone of a division (大连市高新区: 大连高新区), in full where it is so written."""
    stem = place.stem or place.name
    if form.kind in ("industrial_park", "science_park", "tourism_zone"):
        return Zone(stem + form.surface, (surface,) if surface else (), place.code, form.kind)
    zones = load_gazetteer().zones
    listed = zones.get(surface) or zones.get(stem + form.canonical)
    if listed is not None:
        return _as_written(listed, surface)
    short = stem + form.canonical
    full = form.surface.removeprefix("国家级")
    name = stem + full if full.removeprefix("国家") in _FULL_FORMS else short
    aliases = dict.fromkeys((surface, short, place.name + form.canonical))
    others = tuple(alias for alias in aliases if alias and alias != name)
    return Zone(name, others, place.code, form.kind, key=short)


def _as_written(zone: Zone, surface: str) -> Zone:
    """Return a listed zone under its full name where the text writes it out."""
    if surface == zone.name or not surface.endswith(tuple(_FULL_FORMS)):
        return zone
    aliases = (zone.name, *(alias for alias in zone.aliases if alias != surface))
    return replace(zone, name=surface, aliases=aliases, key=zone.key or zone.name)


def is_word(
    text: str, span: Span, *, follows_place: bool = False, right_is_free: bool = False
) -> bool:
    """Tell whether a name of a division is a word of its own there, not a chance sequence.

    Names of four characters and more, and of three that end in 省 or 市, hardly ever arise by
    chance; shorter ones must begin after a mark or a word a name may follow, or end before one.
    """
    name = text[span.start : span.end]
    if _STRAIGHT_AFTER.match(text, span.end - 1):
        return False
    is_division_name = name[-1] in "市省州盟旗" and len(name) > 2
    if (
        follows_place
        or len(name) > 3
        or is_division_name
        or (len(name) == 3 and name[-1] not in "区县")
    ):
        return True
    is_short_county = len(name) == 2 and name[-1] in "县区"
    left = text[max(0, span.start - 4) : span.start]
    has_left = load_words().before.search(left) is not None
    has_right = right_is_free or _STRONG_AFTER.match(text, span.end) is not None
    if name in _risky_stems():
        return has_left and has_right
    if is_short_county:
        has_right = has_right or load_words().verb.match(text, span.end) is not None
        return has_left and has_right and left[-1:] not in ("市", "区", "县", "和", "及", "与")
    return has_left or has_right


@cache
def _risky_stems() -> frozenset[str]:
    """Return the short forms of cities that are ordinary words too: 朝阳, 日照, 白银."""
    rows = [row for row in load_divisions().all() if row.level == "prefecture"]
    return frozenset(row.stem for row in rows if row.stem not in row.aliases)


def is_part_of_name(text: str, span: Span) -> bool:
    """Tell whether a place's name only begins, or stands inside, the name of something else."""
    end = span.end
    before, after = text[span.start - 1 : span.start], text[end : end + 1]
    if before and before in "(（" and after and after in ")）":
        if text.endswith(_SEATED, 0, span.start - 1):
            return True
        end += 1
    elif before == "“" and after and after not in "”、":
        closing = text.find("”", end, end + 12)
        if closing >= 0:
            return True
    return has_name_head(text, end)


def has_name_head(text: str, start: int) -> bool:
    """Tell whether the words from an offset on make a longer name of what precedes them."""
    words = load_words()
    if text.startswith("知识产权强", start):
        return False  # 勉县知识产权强县工程: what is done for the place
    if _AND_SUCH_PLACES.match(text, start):
        return False
    if words.glued.match(text, start):
        return True
    etc = _ETC.match(text, start)
    if etc is not None:
        start = etc.end()
    phrase = _PHRASE.match(text, start, start + _CHUNK)
    if phrase is None or not phrase.group() or phrase.group()[0] in "和与及或":
        return False
    verb = words.verb.search(text, start, phrase.end())
    end = verb.start() if verb else phrase.end()
    head = words.head.search(text, start, min(len(text), end + 1))
    # Heads look one character ahead, but must themselves lie inside the phrase.
    return head is not None and head.end() <= max(end, start) and end > start
