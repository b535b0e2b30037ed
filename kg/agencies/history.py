"""What a body was called before and is called since, by the years in the reference tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.agencies.build import fill_template
from kg.agencies.local import known_local
from kg.agencies.tables import ENDINGS, Form, NationalBody, load_tables
from kg.agencies.types import AgencyName, Frame
from kg.divisions import Division, load_divisions

_LONGEST_CHAIN = 6


@dataclass(frozen=True, slots=True)
class NameHistory:
    """The life of a name.

    Attributes:
        since: ISO prefix from which the name was in use, or None where that is not recorded.
        until: ISO prefix from which it was no longer, or None where it still is.
        later: canonical names of those who took over, one after another, the present one last.
        earlier: canonical names of those it took over from, in no order.
    """

    since: str | None = None
    until: str | None = None
    later: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


@lru_cache(maxsize=4_096)
def trace_name(agency: AgencyName) -> NameHistory | None:
    """Return what is recorded of a body's name; None where nothing is, or it never changed."""
    national = _national().get(agency.name)
    if national is not None:
        earlier = tuple(body.name for body in _national().values() if body.successor == agency.name)
        found = NameHistory(national.since, national.until, _heirs(national), earlier)
    else:
        found = _trace_local(agency)
    # That a name began some day tells nothing where none went before.
    return found if found.until or found.earlier else None


@cache
def _national() -> dict[str, NationalBody]:
    bodies = (body for listed in load_tables().national.values() for body in listed)
    return {body.name: body for body in bodies}


def _heirs(body: NationalBody) -> tuple[str, ...]:
    names: list[str] = []
    heir = body.successor
    while heir and heir not in names and len(names) < _LONGEST_CHAIN:
        names.append(heir)
        following = _national().get(heir)
        heir = following.successor if following else None
    return tuple(names)


def _trace_local(agency: AgencyName) -> NameHistory:
    place = _place(agency.jurisdiction)
    if place is None or agency.kind == "unit":
        return NameHistory()
    own = next((f for f in _dated_forms() if fill_template(f.template, place) == agency.name), None)
    later = _present_name(own, place) if own else None
    earlier = tuple(
        dict.fromkeys(
            fill_template(form.template, place)
            for form in _dated_forms()
            if _is_usual(form, place) and _present_name(form, place) == agency.name
        )
    )
    return NameHistory(
        own.since if own else None, own.until if own else None, (later,) if later else (), earlier
    )


def _place(code: str) -> Division | None:
    try:
        return load_divisions().get(code) if code else None
    except KeyError:
        return None


@cache
def _dated_forms() -> tuple[Form, ...]:
    """Return the forms that are out of use, each template once, at the level that has most."""
    forms = (form for listed in load_tables().local.values() for form in listed if form.until)
    return tuple({(form.template, form.levels): form for form in forms}.values())


def _is_usual(form: Form, place: Division) -> bool:
    """Tell whether a form has the ending that is usual at a level: the tables list them all."""
    if place.level not in form.levels:
        return False
    stem = next(
        (s for s in load_tables().stem_heads if form.template.startswith(f"{{place}}{s}")), ""
    )
    head = load_tables().stem_heads.get(stem, "")
    ending = "局" if head == "厅" and place.level != "province" else ENDINGS.get(head, head)
    return not stem or form.template == f"{{place}}{stem}{ending}"


def _present_name(form: Form, place: Division) -> str | None:
    """Return the full name of who took over in a place; the tables give a stem or a template."""
    if form.successor is None:
        return None
    for key in _keys(form.successor, place):
        found = known_local(key, place, Frame(), "absolute", "")
        if found and found.target:
            return found.target.name
    filled = fill_template(form.successor, place)
    return filled if filled.startswith(place.canonical) else None


def _keys(successor: str, place: Division) -> Iterator[str]:
    head = load_tables().stem_heads.get(successor)
    if head:
        yield f"{successor}{'局' if head == '厅' and place.level != 'province' else head}"
    yield successor
