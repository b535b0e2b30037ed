"""Conditions on measures that compose: who takes part, what about, by when, in whose notices.

Each name given must be met (several are separated by a semicolon), and none of those denied.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.errors import QueryError
from kg.store import Store
from queries.jurisdictions import JURISDICTION, resolve_jurisdiction
from queries.names import (
    MAX_MATCHES,
    Match,
    describe,
    find_actors,
    find_instruments,
    find_notices,
    find_subjects,
    unknown,
)
from queries.parameters import ISSUED_FROM, ISSUED_TO, NOTICE, last_day
from queries.rows import ROLES
from queries.things import find_things, unknown_thing
from queries.types import Arguments, Found, Parameter, run_file

_ABOUT = ("MENTIONS", "SUPPORTS")
_SEPARATORS = (";", "；")
_NAMES_ZH = "；有几个时用分号隔开，须全部符合"
_NAMES_EN = "; several, with ; between them, must all be met"


@dataclass(frozen=True, slots=True)
class Facet:
    """A way in which a measure may involve a thing.

    Attributes:
        roles: edges from the thing to the measure that count.
        relations: edges from the measure to the thing that count.
        find: what a name means here.
        labels: among which the likes of an unknown name are looked for.
        zh: what the parameter means, in Chinese.
        en: the same in English.
    """

    roles: tuple[str, ...]
    relations: tuple[str, ...]
    find: Callable[[Store, str], list[Match]]
    labels: tuple[str, ...]
    zh: str
    en: str


_ACTORS = ("Agency", "Institution")
_SUBJECTS = ("Place", "Product", "Program", "Institution", "Platform")
FACETS: Mapping[str, Facet] = {
    "involves": Facet(
        ROLES,
        (*_ABOUT, "USES"),
        find_things,
        (),
        "涉及的主体、事物或政策工具",
        "an actor, a thing or a policy instrument that the measure involves",
    ),
    "actor": Facet(ROLES, (), find_actors, _ACTORS, "参与的主体，不论角色", "who has any role"),
    "leader": Facet(("LEADS",), (), find_actors, _ACTORS, "牵头的主体", "who leads"),
    "responsible": Facet(
        ("RESPONSIBLE_FOR",), (), find_actors, _ACTORS, "负责的主体", "who is responsible"
    ),
    "supporter": Facet(("SUPPORTS",), (), find_actors, _ACTORS, "配合的主体", "who assists"),
    "supports": Facet(
        (), ("SUPPORTS",), find_subjects, _SUBJECTS, "受支持的事物", "what the measure supports"
    ),
    "uses": Facet(
        (),
        ("USES",),
        find_instruments,
        ("Instrument",),
        "运用的政策工具或其类别",
        "the policy instrument it uses, or a class of them",
    ),
}
DENIALS = {f"not_{name}": facet for name, facet in FACETS.items()}
LACKS = ("leader", "actor", "deadline", "instrument")

_OTHERS = (
    JURISDICTION,
    NOTICE,
    Parameter("issuer", "text", "发文机关", "the agency that issued the notice"),
    ISSUED_FROM,
    ISSUED_TO,
    Parameter("from", "date", "最早的期限", "earliest deadline"),
    Parameter("to", "date", "最晚的期限，含当日、当月或当年", "latest deadline, inclusive"),
    Parameter("ongoing", "bool", "只看持续推进的", "only those without an end", default=False),
    Parameter(
        "lacks",
        "text",
        "缺少：牵头者 leader、任何主体 actor、期限 deadline、政策工具 instrument",
        "what the measure does not have",
        values=LACKS,
    ),
    Parameter("text", "text", "正文里的字词", "words of its text", minimum=2),
)
CONDITIONS: tuple[Parameter, ...] = (
    *(
        Parameter(name, "text", facet.zh + _NAMES_ZH, facet.en + _NAMES_EN)
        for name, facet in FACETS.items()
    ),
    *(
        Parameter(name, "text", f"排除：{facet.zh}{_NAMES_ZH}", f"not: {facet.en}{_NAMES_EN}")
        for name, facet in DENIALS.items()
    ),
    *_OTHERS,
)


@dataclass
class Resolved:
    """Conditions with their names resolved.

    Attributes:
        cypher: the parameters of the Cypher, those of the page left out.
        kinds: the facts looked for, as (edge type, id of the thing, whether it is a role).
        notes: how names were taken.
        possible: False where a name means nothing, so that no measure can meet it.
    """

    cypher: dict[str, Any] = field(default_factory=dict)
    kinds: set[tuple[str, str, bool]] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    possible: bool = True


def resolve_conditions(store: Store, arguments: Arguments) -> Resolved:
    """Return the conditions as the Cypher takes them.

    Raises:
        QueryError: ongoing measures are asked for by a deadline.
    """
    if arguments["ongoing"] and (arguments["from"] or arguments["to"]):
        raise QueryError("ongoing measures have no date, so omit from and to")
    made = Resolved(cypher=_plain(arguments))
    _require(store, arguments, made)
    _deny(store, arguments, made)
    _restrict(store, arguments, made)
    return made


def run_conditions(
    store: Store,
    arguments: Arguments,
    files: tuple[str, str],
    more: Mapping[str, Any] | None = None,
) -> Found:
    """Run one of two Cypher files, by whether the conditions name what a measure must involve.

    Args:
        store: the graph.
        arguments: those of the query.
        files: the one that begins at every measure, and the one that begins at what they involve.
        more: further parameters of the Cypher.
    """
    made = resolve_conditions(store, arguments)
    if not made.possible:
        return Found([], tuple(made.notes))
    page = {name: arguments[name] for name in ("skip", "fetch")}
    rows = run_file(
        store, files[bool(made.cypher["needed"])], {**made.cypher, **page, **(more or {})}
    )
    return Found(rows, tuple(made.notes))


def split_names(value: object) -> list[str]:
    """Return the names in the value of a parameter."""
    text = str(value or "")
    for separator in _SEPARATORS[1:]:
        text = text.replace(separator, _SEPARATORS[0])
    return [name for part in text.split(_SEPARATORS[0]) if (name := part.strip())]


def _plain(arguments: Arguments) -> dict[str, Any]:
    lacks, final, issued = arguments["lacks"], arguments["to"], arguments["issued_to"]
    return {
        "first_day": arguments["from"],
        "final_day": last_day(str(final)) if final else None,
        "issued_first": arguments["issued_from"],
        "issued_final": last_day(str(issued)) if issued else None,
        "ongoing": arguments["ongoing"],
        "text": arguments["text"],
        **{f"no_{what}": lacks == what for what in LACKS},
    }


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of a condition, and what it means."""

    name: str
    facet: Facet
    found: Sequence[Match]
    cut: bool

    def notes(self, store: Store) -> tuple[str, ...]:
        if not self.found:
            labels = self.facet.labels
            return unknown(store, self.name, labels) if labels else unknown_thing(store, self.name)
        cut = (
            f"「{self.name}」只查前 {len(self.found)} 个 only the first {len(self.found)} are taken"
        )
        return (*describe(self.name, self.found), *([cut] if self.cut else []))


def _names(store: Store, arguments: Arguments, facets: Mapping[str, Facet]) -> Iterator[_Named]:
    asked = [(facet, name) for key, facet in facets.items() for name in split_names(arguments[key])]
    most = MAX_MATCHES // max(1, len(asked))
    for facet, name in asked:
        found = facet.find(store, name)
        yield _Named(name, facet, found[:most], cut=len(found) > most)


def _require(store: Store, arguments: Arguments, made: Resolved) -> None:
    terms: list[dict[str, Any]] = []
    needed = 0
    for key, named in enumerate(_names(store, arguments, FACETS)):
        needed += 1
        made.notes += named.notes(store)
        made.possible &= bool(named.found)
        facet = named.facet
        kinds = {"roles": [*facet.roles], "relations": [*facet.relations]}
        terms += [{"key": key, "id": match.id, **kinds} for match in named.found]
        made.kinds |= {(t, m.id, True) for t in facet.roles for m in named.found}
        made.kinds |= {(t, m.id, False) for t in facet.relations for m in named.found}
    made.cypher |= {"terms": terms, "needed": needed}


def _deny(store: Store, arguments: Arguments, made: Resolved) -> None:
    inward: list[str] = []
    outward: list[str] = []
    for named in _names(store, arguments, DENIALS):
        made.notes += named.notes(store)
        # To leave out what nobody knows would be to answer another question.
        made.possible &= bool(named.found)
        inward += [f"{t} {m.id}" for t in named.facet.roles for m in named.found]
        outward += [f"{t} {m.id}" for t in named.facet.relations for m in named.found]
    made.cypher |= {"not_in": inward, "not_out": outward}


def _restrict(store: Store, arguments: Arguments, made: Resolved) -> None:
    places = notices = issuers = None
    if arguments["jurisdiction"]:
        places, notes = resolve_jurisdiction(store, str(arguments["jurisdiction"]))
        made.notes += notes
        made.possible &= places is not None
    if arguments["notice"]:
        notices = _ids(store, str(arguments["notice"]), find_notices, ("Notice",), made)
    if arguments["issuer"]:
        issuers = _ids(store, str(arguments["issuer"]), find_actors, ("Agency",), made)
    made.cypher |= {"jurisdictions": places, "notice_ids": notices, "issuer_ids": issuers}


def _ids(
    store: Store,
    name: str,
    find: Callable[[Store, str], list[Match]],
    labels: tuple[str, ...],
    made: Resolved,
) -> list[str]:
    found = find(store, name)
    made.notes += describe(name, found) if found else unknown(store, name, labels)
    made.possible &= bool(found)
    return [match.id for match in found]
