"""The reference tables of bodies, read once: local forms, national bodies, units.

Data: kg/reference/{departments,local_bodies,national_bodies,units}.yaml, which name their sources.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.datafiles import read_yaml
from kg.errors import OntologyError

type Reach = Literal["any", "absolute", "relative"]

LOCAL_LEVELS = frozenset({"province", "prefecture", "county"})
# Ending as notices shorten it → ending of the official name.
ENDINGS: Mapping[str, str] = {
    "厅": "厅",
    "局": "局",
    "委": "委员会",
    "委员会": "委员会",
    "办": "办公室",
    "办公室": "办公室",
}


@dataclass(frozen=True, slots=True)
class Form:
    """How the official name of a local body is made from its place.

    Attributes:
        template: with {place}, {stem}, {seat}, {party}, {committee}, {government}.
        kind: kind of the body.
        parent: template, or government, party, above, none.
        levels: levels at which the body exists.
        bare_levels: levels at which the name may stand without 省, 市 … before it.
        since: first ISO prefix at which the name was in use, or None.
        until: ISO prefix from which it was no longer, or None.
        successor: who took over, for people.
        reach: whether the key needs a named place (absolute) or 省, 市 … (relative).
        verbatim: the place is kept as it was written (人民银行沈阳分行).
        at: division code → {template: template used there and below}.
    """

    template: str
    kind: str
    parent: str
    levels: frozenset[str] = LOCAL_LEVELS
    bare_levels: frozenset[str] = LOCAL_LEVELS
    since: str | None = None
    until: str | None = None
    successor: str | None = None
    reach: Reach = "any"
    verbatim: bool = False
    at: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NationalBody:
    """A body of national level, under the name it bore from `since` to `until`."""

    name: str
    kind: str
    parent: str | None
    short: tuple[str, ...]
    bare: tuple[str, ...]
    since: str | None
    until: str | None
    successor: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit inside a body whose units are listed."""

    body: str
    name: str
    aliases: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """All reference tables, indexed.

    Attributes:
        local: what stands after the place → forms, present ones first.
        infix: head → [(tail, form)] for names with the place inside (国家税务总局…税务局).
        heads: the heads of `infix`, longest first.
        keys: template → keys that mean it.
        infix_keys: template → (head, tail) pairs that mean it.
        stems: stems of departments, short and full → full.
        stem_heads: full stem → ending at provincial level.
        national: name or short form → bodies.
        national_bare: form that means a national body in national notices only → bodies.
        units: body → unit form → unit.
        own_units: unit form that needs no body → unit.
        short_bodies: 专利局 → 国家知识产权局专利局.
        collectives: collectives named without a place.
    """

    local: Mapping[str, tuple[Form, ...]]
    infix: Mapping[str, tuple[tuple[str, Form], ...]]
    heads: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]]
    infix_keys: Mapping[str, tuple[tuple[str, str], ...]]
    stems: Mapping[str, str]
    stem_heads: Mapping[str, str]
    national: Mapping[str, tuple[NationalBody, ...]]
    national_bare: Mapping[str, tuple[NationalBody, ...]]
    units: Mapping[str, Mapping[str, Unit]]
    own_units: Mapping[str, Unit]
    short_bodies: Mapping[str, str]
    collectives: frozenset[str]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Stem(_Strict):
    full: str
    head: Literal["厅", "局", "委", "办", "室", "中心"]
    short: list[str] = []
    forms: dict[str, str] = {}
    gov: list[str] = []
    relative: list[str] = []
    kind: str = "department"
    since: str | None = None
    until: str | None = None
    successor: str | None = None
    at: dict[str, dict[str, str]] = {}


class _Local(_Strict):
    name: str
    keys: list[str]
    infix: list[tuple[str, str]] = []
    levels: list[Literal["province", "prefecture", "county"]] = Field(
        default=["province", "prefecture", "county"]
    )
    relative: Literal["only"] | bool = True
    kind: str = "department"
    since: str | None = None
    until: str | None = None
    successor: str | None = None
    verbatim: bool = False
    parent: str


class _National(_Strict):
    name: str
    short: list[str] = []
    bare: list[str] = []
    kind: str = "department"
    parent: str = "国务院"
    since: str | None = None
    until: str | None = None
    successor: str | None = None


class _Unit(_Strict):
    name: str
    aliases: list[str] = []
    absolute: list[str] = []
    own: bool = False


class _UnitBody(_Strict):
    body: str
    short: list[str] = []
    units: list[_Unit]


class _Departments(_Strict):
    meta: dict[str, str]
    stems: list[_Stem]


class _LocalBodies(_Strict):
    meta: dict[str, str]
    bodies: list[_Local]


class _NationalBodies(_Strict):
    meta: dict[str, str]
    bodies: list[_National]
    collectives: list[str]


class _Units(_Strict):
    meta: dict[str, str]
    bodies: list[_UnitBody]


@cache
def load_tables() -> Tables:
    """Return the tables shipped with the package.

    Raises:
        OntologyError: a file is malformed.
    """
    departments = _read("departments.yaml", _Departments)
    local_bodies = _read("local_bodies.yaml", _LocalBodies)
    national = _read("national_bodies.yaml", _NationalBodies)
    units = _read("units.yaml", _Units)
    local = [*_local_pairs(local_bodies.bodies), *_stem_pairs(departments.stems)]
    infix = [
        (head, tail, form) for row, form in _local_forms(local_bodies) for head, tail in row.infix
    ]
    bodies = [(row, _national_body(row)) for row in national.bodies]
    return Tables(
        local={key: _present_first(forms) for key, forms in _grouped(local).items()},
        infix=_grouped((head, (tail, form)) for head, tail, form in infix),
        heads=tuple(sorted({head for head, _, _ in infix}, key=lambda head: (-len(head), head))),
        keys=_grouped((form.template, key) for key, form in local if form.reach != "relative"),
        infix_keys=_grouped((form.template, (head, tail)) for head, tail, form in infix),
        stems=dict(_stem_names(departments.stems)),
        stem_heads={row.full: row.head for row in departments.stems},
        national=_grouped((key, body) for row, body in bodies for key in (row.name, *row.short)),
        national_bare=_grouped((key, body) for row, body in bodies for key in row.bare),
        units=_unit_index(units.bodies),
        own_units=_own_units(units.bodies),
        short_bodies={short: row.body for row in units.bodies for short in row.short},
        collectives=frozenset(national.collectives),
    )


def _read[T: BaseModel](name: str, model: type[T]) -> T:
    try:
        return model.model_validate(read_yaml(name))
    except ValidationError as error:
        raise OntologyError(f"{name}: {error}") from error


# The C parser reads the four files in a tenth of the time; not every build of PyYAML has it.


def _grouped[K, V](pairs: Iterator[tuple[K, V]] | list[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, dict[V, None]] = {}
    for key, value in pairs:
        groups.setdefault(key, {})[value] = None
    return {key: tuple(group) for key, group in groups.items()}


def _present_first(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    return tuple(sorted(forms, key=lambda form: form.until is not None))


def _local_forms(rows: _LocalBodies) -> Iterator[tuple[_Local, Form]]:
    for row in rows.bodies:
        yield row, _local_form(row)


def _local_form(row: _Local) -> Form:
    reach: Reach = "relative" if row.relative == "only" else "any" if row.relative else "absolute"
    levels = frozenset(row.levels)
    return Form(
        template=row.name,
        kind=row.kind,
        parent=row.parent,
        levels=levels,
        bare_levels=levels,
        since=row.since,
        until=row.until,
        successor=row.successor,
        reach=reach,
        verbatim=row.verbatim,
    )


def _local_pairs(rows: list[_Local]) -> Iterator[tuple[str, Form]]:
    for row in rows:
        form = _local_form(row)
        for key in row.keys:
            yield key, form


def _stem_names(rows: list[_Stem]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for name in (row.full, *row.short):
            yield name, row.full


def _stem_pairs(rows: list[_Stem]) -> Iterator[tuple[str, Form]]:
    """Return key and form for every stem, short and full, with every ending."""
    for row in rows:
        for key, full in row.forms.items():
            yield key, _stem_form(row, full)
            yield full, _stem_form(row, full)
    for row in rows:
        for ending, full_ending in ENDINGS.items():
            full = f"{row.full}{full_ending}"
            if ending[0] in row.gov:
                full = f"人民政府{full}"
                yield full, _stem_form(row, full)
            for stem in (row.full, *row.short):
                yield f"{stem}{ending}", _stem_form(row, full)
            for stem in row.relative:
                yield f"{stem}{ending}", _stem_form(row, full, "relative")


def _stem_form(row: _Stem, full: str, reach: Reach = "any") -> Form:
    below = frozenset({"prefecture", "county"})
    levels = LOCAL_LEVELS
    if full.endswith("厅"):
        levels = frozenset({"province"})
    elif row.head == "厅" and full.endswith("局"):
        levels = below  # a province's is called 厅, so a bare 教育局 is not the province's
    return Form(
        template=f"{{place}}{full}",
        kind=row.kind,
        parent="government",
        bare_levels=levels,
        since=row.since,
        until=row.until,
        successor=row.successor,
        reach=reach,
        at=tuple(
            (code, f"{{place}}{was}", f"{{place}}{becomes}")
            for code, renamed in row.at.items()
            for was, becomes in renamed.items()
        ),
    )


def _national_body(row: _National) -> NationalBody:
    return NationalBody(
        name=row.name,
        kind=row.kind,
        parent=row.parent if row.parent and row.parent != row.name else None,
        short=tuple(row.short),
        bare=tuple(row.bare),
        since=row.since,
        until=row.until,
        successor=row.successor,
    )


def _unit_index(rows: list[_UnitBody]) -> dict[str, dict[str, Unit]]:
    return {
        row.body: {
            key: Unit(row.body, unit.name, tuple(unit.aliases), unit.own)
            for unit in row.units
            for key in (unit.name, *unit.aliases)
        }
        for row in rows
    }


def _own_units(rows: list[_UnitBody]) -> dict[str, Unit]:
    return {
        key: Unit(row.body, unit.name, tuple(unit.aliases), unit.own)
        for row in rows
        for unit in row.units
        for key in (*unit.absolute, *((unit.name, *unit.aliases) if unit.own else ()))
    }
