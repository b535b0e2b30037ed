"""Bodies of functional zones: 高新区管委会, 沈抚示范区知识产权局."""

from kg.agencies.build import government_name, short_name
from kg.agencies.places import leading_places, own_place, relative_place, split_relative
from kg.agencies.tables import load_tables
from kg.agencies.types import AgencyName, Frame, Resolution, unresolved
from kg.divisions import Division, load_divisions
from kg.zones import Zone, load_zones

_COMMITTEE = ("管委会", "管理委员会", "管委")
_LONGEST_ZONE = 24
# Words for a zone that need the place before them, besides the forms of zones.yaml.
_PLAIN_ZONES = ("开发区", "度假区", "保税区")


def zone_body(name: str, frame: Frame) -> Resolution | None:
    """Resolve the committee or a department of a zone, or return None if no zone is named."""
    return _listed_zone(name) or _formed_zone(name, frame)


def _listed_zone(name: str) -> Resolution | None:
    by_name = load_zones().by_name
    for length in range(min(len(name) - 2, _LONGEST_ZONE), 2, -1):
        zone = by_name.get(name[:length])
        tail = _zone_tail(name[length:]) if zone else None
        if zone and tail:
            place = load_divisions().get(zone.parent)
            title = _official_zone(zone, place) if tail == "管理委员会" else zone.name
            aliases = tuple(dict.fromkeys(f"{n}{tail}" for n in (zone.name, *zone.aliases)))
            body = _body(f"{title}{tail}", place, aliases)
            return Resolution(body, f"功能区{zone.name}的机构")
    return None


def _official_zone(zone: Zone, place: Division) -> str:
    """Return a zone's name as its committee bears it: 辽宁省沈抚示范区, 重庆两江新区."""
    if place.parent is None or short_name(place) in zone.name:
        return zone.name
    province = place.level == "province" and place.name.endswith(("省", "自治区"))
    return f"{place.canonical if province else short_name(place)}{zone.name}"


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
        return unresolved(f"“{name}”未指明是哪里的{zone}")
    short = f"{short_name(place)}{zone}"
    longer = [s for s, form in load_zones().forms.items() if form.canonical == zone]
    aliases = [f"{place.canonical}{zone}{tail}"]
    aliases += [f"{short_name(place)}{surface}{tail}" for surface in longer]
    own = f"{short}{tail}"
    others = tuple(dict.fromkeys(alias for alias in aliases if alias != own))
    return Resolution(_body(own, place, others), f"{place.canonical}的{zone}")


def _zone_and_tail(text: str) -> tuple[str, str] | None:
    forms = load_zones().forms
    for length in range(min(len(text) - 1, _LONGEST_ZONE), 1, -1):
        head = text[:length]
        if head in forms or head in _PLAIN_ZONES:
            tail = _zone_tail(text[length:])
            if tail:
                return (forms[head].canonical if head in forms else head), tail
    return None


def _zone_tail(rest: str) -> str | None:
    """Return what follows a zone in full: 管委会 → 管理委员会, 市场监管局 → …监督管理局."""
    if rest in _COMMITTEE:
        return "管理委员会"
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
