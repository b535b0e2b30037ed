"""Bodies put together from a place and a form, with parents and aliases."""

from collections.abc import Iterable
from functools import lru_cache

from kg.agencies.places import PRODUCTION_CORPS, is_autonomous
from kg.agencies.tables import Form, NationalBody, load_tables
from kg.agencies.types import NATIONAL, AgencyName
from kg.divisions import Division, load_divisions

_MOST_ALIASES = 12
_COMMISSION = ("行政公署", "行署")


def fill_template(template: str, place: Division) -> str:
    """Return a template with the names of a place put in."""
    if "{" not in template:
        return template
    full = place.canonical
    committee = f"{full}委员会"
    party = f"{full.removesuffix('区')}委" if full.endswith("地区") else f"{full}委"
    return (
        template.replace("{place}", full)
        .replace("{seat}", short_name(seat_of(place)))
        .replace("{stem}", short_name(place))
        .replace("{party}", committee if is_autonomous(place) else party)
        .replace("{committee}", committee)
        .replace("{government}", government_name(place))
    )


def short_name(place: Division) -> str:
    """Return 辽宁 for 辽宁省, 大连 for 大连市; the full name where there is no short one."""
    return place.stem or place.name


def seat_of(place: Division) -> Division:
    """Return the city a province is governed from; other places are their own.

    Source: GB/T 2260 gives the seat of a province the first code below it.
    """
    if place.level != "province" or place.name.endswith("市"):
        return place
    children = load_divisions().children(place.code)
    return children[0] if children else place


def government_name(place: Division) -> str:
    """Return the canonical name of the government of a place."""
    if place.code == PRODUCTION_CORPS:
        return place.canonical
    return f"{place.canonical}{'行政公署' if _has_commission(place) else '人民政府'}"


def _has_commission(place: Division) -> bool:
    """Tell whether a place is governed by a 行政公署 of the province's (盟, 地区)."""
    return place.name.endswith(("盟", "地区"))


@lru_cache(maxsize=65_536)
def build_local(place: Division, form: Form) -> AgencyName:
    """Return the body that a form makes in a place."""
    if "{seat}" in form.template:
        place = seat_of(place)
    name = fill_template(_template_at(place, form), place)
    return AgencyName(
        name=name,
        kind=form.kind,
        level=place.level,
        jurisdiction=place.code,
        parent=_parent(place, form, name),
        aliases=_aliases(place, form, name),
    )


def build_verbatim(written: str, place: Division | None, form: Form) -> AgencyName:
    """Return the body with the place kept as written, where that tells bodies apart."""
    template = form.template
    for slot in ("{place}", "{stem}", "{seat}"):
        template = template.replace(slot, written)
    parent = form.parent if form.parent not in ("none", "government") else None
    return AgencyName(
        name=template,
        kind=form.kind,
        level=place.level if place else "prefecture",
        jurisdiction=place.code if place else "",
        parent=parent,
        aliases=_unique(
            (head + written + tail for head, tail in load_tables().infix_keys[form.template]),
            template,
        )
        if form.template in load_tables().infix_keys
        else (),
    )


def build_national(body: NationalBody) -> AgencyName:
    """Return a national body."""
    return AgencyName(
        name=body.name,
        kind=body.kind,
        level="national",
        jurisdiction="" if body.kind == "company" else NATIONAL,
        parent=body.parent,
        aliases=body.short,
    )


def build_unit(body: AgencyName, unit: str, aliases: Iterable[str] = ()) -> AgencyName:
    """Return a unit of a body, named with it."""
    return AgencyName(
        name=f"{body.name}{unit}",
        kind="unit",
        level=body.level,
        jurisdiction=body.jurisdiction,
        parent=body.name,
        aliases=_unique((f"{body.name}{alias}" for alias in aliases), f"{body.name}{unit}"),
    )


def build_as_written(name: str, kind: str, place: Division | None) -> AgencyName:
    """Return a body that no table knows, under the name as it stands; national without a place."""
    governs = kind in ("department", "government", "court", "procuratorate")
    return AgencyName(
        name=name,
        kind=kind,
        level=place.level if place else "national",
        jurisdiction=(place.code if place else NATIONAL) if governs else "",
        parent=government_name(place) if place and kind == "department" else None,
    )


def _template_at(place: Division, form: Form) -> str:
    if form.at:
        codes = {division.code for division in load_divisions().lineage(place.code)}
        for code, was, becomes in form.at:
            if code in codes and form.template == was:
                return becomes
    return form.template


def _parent(place: Division, form: Form, name: str) -> str | None:
    if form.parent == "none":
        return None
    if form.parent == "above":
        return _government_above(place)
    if form.parent == "government":
        government = government_name(place)
        return government if government != name else None
    if form.parent == "party":
        return f"中共{place.canonical}委员会"
    return fill_template(form.parent, place)


def _government_above(place: Division) -> str | None:
    if place.parent is None or place.parent == NATIONAL:
        return "国务院"
    return government_name(load_divisions().get(place.parent))


def _aliases(place: Division, form: Form, name: str) -> tuple[str, ...]:
    tables = load_tables()
    keys = tables.keys.get(form.template, ())
    if not _has_commission(place):
        keys = tuple(key for key in keys if not key.startswith(_COMMISSION))
    starts = [place.canonical]
    if "{stem}" in form.template or "{seat}" in form.template:
        starts = [short_name(place), place.canonical]
    written = [f"{start}{key}" for start in starts for key in keys if form.reach != "relative"]
    for head, tail in tables.infix_keys.get(form.template, ()):
        is_short = "{stem}" in form.template or "{seat}" in form.template
        middle = short_name(place) if is_short else place.canonical
        written.append(f"{head}{middle}{tail}")
    if place.canonical != place.name and name.startswith(place.canonical):
        written.append(place.name + name[len(place.canonical) :])
    return _unique(written, name)


def _unique(names: Iterable[str], but: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name != but))[:_MOST_ALIASES]
