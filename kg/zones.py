"""Functional zones (开发区, 新区, 自贸试验区 …), which the table of divisions does not hold.

Data: kg/reference/zones.yaml, which names its source.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.datafiles import read_yaml
from kg.divisions import load_divisions
from kg.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Zone:
    """A functional zone.

    Attributes:
        name: canonical name.
        aliases: other names.
        parent: code of the division it lies in, or of the smallest that holds all of it.
        kind: e.g. national_new_area, high_tech_zone, free_trade_zone.
        key: natural key where that is not the name: a zone that is named after a division is known
            by its short form (天水经开区), under whichever form of its name a notice has.
    """

    name: str
    aliases: tuple[str, ...]
    parent: str
    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ZoneForm:
    """What may follow the name of a division to make the name of a zone.

    Attributes:
        surface: as written, e.g. 高新技术产业开发区.
        canonical: as in the canonical name, e.g. 高新区.
        kind: of the zone.
    """

    surface: str
    canonical: str
    kind: str


@dataclass(frozen=True)
class Zones:
    """Zones by name, the forms that make further ones, and committees named otherwise."""

    by_name: Mapping[str, Zone]
    forms: Mapping[str, ZoneForm]
    committees: Mapping[str, str]


@cache
def load_zones() -> Zones:
    """Return the zones shipped with the package.

    Raises:
        OntologyError: the file is wrong.
    """
    return parse_zones(read_yaml("zones.yaml"))


def parse_zones(raw: Mapping[str, Any]) -> Zones:
    """Build the zones from parsed YAML.

    Raises:
        OntologyError: two zones share a name, or one lies in no known division.
    """
    divisions = load_divisions()
    by_name: dict[str, Zone] = {}
    for zone in (*_listed(raw["zones"]), *_free_trade_zones(raw["free_trade_zones"])):
        try:
            divisions.get(zone.parent)
        except KeyError:
            raise OntologyError(f"zones.yaml: {zone.name} lies in unknown {zone.parent}") from None
        for name in {zone.name, *zone.aliases}:
            if by_name.setdefault(name, zone) is not zone:
                raise OntologyError(f"zones.yaml: {name} names two zones")
    forms = {
        surface: ZoneForm(surface, surfaces[0], kind)
        for kind, surfaces in raw["types"].items()
        for surface in surfaces
    }
    return Zones(by_name, forms, raw["committees"])


def _listed(kinds: Mapping[str, list[list[str]]]) -> Iterator[Zone]:
    for kind, rows in kinds.items():
        for name, parent, *aliases in rows:
            wide = [word.replace("(", "（").replace(")", "）") for word in (name, *aliases)]
            others = dict.fromkeys((*aliases, *wide))
            yield Zone(name, tuple(word for word in others if word != name), parent, kind)


def _free_trade_zones(provinces: Mapping[str, list[str]]) -> Iterator[Zone]:
    """Yield each 自由贸易试验区 and its areas with the names they go by."""
    for province, areas in provinces.items():
        code = load_divisions().named(province, "100000")[0].code
        name, *others = _free_trade_names(province)
        yield Zone(name, tuple(others), code, "free_trade_zone")
        for area in areas:
            aliases = [zone + area for zone in others]
            aliases += [f"{bare}{area}" for bare in ("自由贸易试验区", "自贸试验区", "自贸区")]
            aliases.append(f"{area.removesuffix('片区')}自贸片区")
            yield Zone(name + area, tuple(aliases), code, "free_trade_zone_area")


def _free_trade_names(province: str) -> tuple[str, ...]:
    suffix = "自由贸易试验区"
    return (
        f"中国({province}){suffix}",
        f"中国（{province}）{suffix}",
        f"({province}){suffix}",
        f"（{province}）{suffix}",
        f"{province}{suffix}",
        f"{province}省{suffix}",
        f"{province}市{suffix}",
        f"{province}自贸试验区",
        f"{province}省自贸试验区",
        f"{province}自贸区",
    )
