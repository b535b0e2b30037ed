"""Bodies of functional zones: 高新区管委会, 沈抚示范区知识产权局."""

from kg.agencies.build import government_name, short_name
from kg.agencies.places import leading_places, own_place, relative_place, split_relative
from kg.agencies.tables import load_tables
from kg.agencies.types import AgencyName, Frame, Resolution, unresolved
from kg.divisions import Division, load_divisions
from kg.zones import Zone, load_zones

_COMMITTEE = ("管委会", "管理委员会", "管委")
_COMMITTEE_NAME = "管理委员会"
_OFFICES = ("管理局", "管理服务中心", "管理办公室")
_COURTS = {
    "法院": "人民法院",
    "人民法院": "人民法院",
    "检察院": "人民检察院",
    "人民检察院": "人民检察院",
}
_BEAR_FULL_NAME = (
    _COMMITTEE_NAME,
    *_OFFICES,
    *_COURTS.values(),
)  # the zone's official name before them
_LONGEST_ZONE = 24
_SHORTEST_FULL = 5  # 综合保税区; what is shorter is no full name
_SHORT_KINDS = ("高新区", "经开区")
# Words for a zone that need the place before them, besides the forms of zones.yaml.
_PLAIN_ZONES = ("开发区", "度假区", "保税区")


def zone_body(name: str, frame: Frame) -> Resolution | None:
    """Resolve the committee or a department of a zone, or return None if no zone is named."""
    return _listed_zone(name) or _zone_of_place(name, frame) or _formed_zone(name, frame)


def _zone_of_place(name: str, frame: Frame) -> Resolution | None:
    """Resolve 市前海管理局, 深圳市前海管理局: a listed zone with its place before it."""
    parted = split_relative(name)
    rests = [parted[1]] if parted else [rest for _, rest in leading_places(name, frame)]
    found = (_listed_zone(rest) for rest in rests if len(rest) > _SHORTEST_FULL - 2)
    return next((zone for zone in found if zone), None)


def _listed_zone(name: str) -> Resolution | None:
    by_name = load_zones().by_name
    for zone_name, committee in load_zones().committees.items():
        if name in (committee, committee.replace("执行委员会", "执委会")):
            return _listed_zone(f"{zone_name}管委会")
    whole = by_name.get(name)
    if whole and name.endswith(_COMMITTEE):  # a zone known by its committee: 长白山管委会
        return _listed_zone(f"{whole.name}管委会")
    for length in range(min(len(name) - 2, _LONGEST_ZONE), 1, -1):
        zone = by_name.get(name[:length])
        tail = _zone_tail(name[length:]) if zone else None
        if zone and tail and not (tail.endswith("中心") and name[:length] != zone.name):
            place = load_divisions().get(zone.parent)
            title = _official_zone(zone, place) if tail in _BEAR_FULL_NAME else zone.name
            aliases = tuple(
                dict.fromkeys(n.removesuffix("管委会") + tail for n in (zone.name, *zone.aliases))
            )
            own = load_zones().committees.get(zone.name, "")
            is_committee = tail == _COMMITTEE_NAME or own.endswith(tail)
            own = own if is_committee else ""
            body = _body(own or f"{title}{tail}", place, aliases)
            return Resolution(body, f"功能区{zone.name}的机构")
    return None


def _official_zone(zone: Zone, place: Division) -> str:
    """Return a zone's name as its committee bears it: 辽宁省沈抚示范区, 武汉东湖新技术开发区.

    Which names are official is told by the listed ones: in full rather than short (高新区), with
    the place before it where a listed name has it.
    """
    is_short = zone.name.endswith(_SHORT_KINDS)
    endings = ("开发区", "园区") if is_short else (zone.name,)
    names = [name for name in (zone.name, *zone.aliases) if name.endswith(endings)] or [zone.name]
    above = load_divisions().lineage(place.code)
    short = [short_name(division) for division in above]
    if not is_short and any(part in zone.name for part in short):
        return zone.name
    starts = [*short, *(division.canonical for division in above)]
    if place.level == "province" and zone.kind != "national_new_area":
        starts.reverse()  # 辽宁省沈抚示范区, but 河北雄安新区
    placed = (name for start in starts for name in names if name.startswith(start))
    return next(placed, names[0])


def _formed_zone(name: str, frame: Frame) -> Resolution | None:
    """Resolve [place]高新区管委会: the zone is named by its place and its kind."""
    bare = _zone_and_tail(name)
    if bare:
        return _zone_at(own_place(frame), *bare, name)
    parted = split_relative(name)
    if parted and (found := _zone_and_tail(parted[1])):
        return _zone_at(relative_place(parted[0], frame), *found, name)
    for places, rest in leading_places(name, frame):
        if rest in _COMMITTEE and len(places) == 1 and places[0].name.endswith("区"):
            own = f"{places[0].canonical}管理委员会"
            return Resolution(_body(own, places[0], (name,)), f"{places[0].canonical}的机构")
        found = _zone_and_tail(rest)
        if found and len(places) == 1:
            return _zone_at(places[0], *found, name)
    return None


def _zone_at(place: Division | None, zone: str, tail: str, name: str) -> Resolution:
    if place is None or place.name.endswith(("省", "自治区")):
        return unresolved(f"“{name}”未指明是哪里的{zone}", "it is not said of which place")
    short, forms = short_name(place), load_zones().forms
    kind = forms[zone].canonical if zone in forms else zone
    longer = [surface for surface, form in forms.items() if form.canonical == kind]
    aliases = [f"{place.canonical}{kind}{tail}"]
    aliases += [f"{short}{surface}{tail}" for surface in longer]
    own = f"{short}{_full_kind(zone) if tail in _BEAR_FULL_NAME else kind}{tail}"
    others = tuple(dict.fromkeys(alias for alias in aliases if alias != own))
    return Resolution(_body(own, place, others), f"{place.canonical}的{zone}")


def _full_kind(zone: str) -> str:
    """Return the kind of a zone as official names have it: 高新区 → 高新技术产业开发区."""
    forms = load_zones().forms
    if zone not in forms or (len(zone) >= _SHORTEST_FULL and not zone.startswith("国家")):
        return zone
    same = [s for s in forms if forms[s].canonical == forms[zone].canonical]
    return next((s for s in same if len(s) >= _SHORTEST_FULL), zone)


def _zone_and_tail(text: str) -> tuple[str, str] | None:
    forms = load_zones().forms
    for length in range(min(len(text) - 1, _LONGEST_ZONE), 1, -1):
        head = text[:length]
        if head in forms or head in _PLAIN_ZONES:
            tail = _zone_tail(text[length:])
            if tail and tail not in _OFFICES:
                return head, tail
    return None


def _zone_tail(rest: str) -> str | None:
    """Return what follows a zone in full: 管委会 → 管理委员会, 市场监管局 → …监督管理局."""
    if rest in _COMMITTEE:
        return _COMMITTEE_NAME
    if rest in _OFFICES:
        return rest
    if rest in _COURTS:
        return _COURTS[rest]
    forms = load_tables().local.get(rest, ())
    full = forms[0].template if forms else ""
    return full[7:] if full.startswith("{place}") and "{" not in full[7:] else None


def _body(name: str, place: Division, aliases: tuple[str, ...]) -> AgencyName:
    below = {"national": "province", "province": "prefecture"}
    return AgencyName(
        name=name,
        kind="department",
        level=below.get(place.level, "county"),
        jurisdiction="",
        parent=government_name(place) if place.parent else None,
        aliases=tuple(alias for alias in aliases if alias != name)[:12],
    )
