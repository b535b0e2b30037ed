"""Conditions on measures that compose: who takes part, what about, by when, in whose notices.

Each name given must be met (several are separated by a semicolon), and none of those denied.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from kg.errors import QueryError
from kg.store import Store
from queries.jurisdictions import JURISDICTION, resolve_jurisdiction
from queries.names import (
    MAX_MATCHES,
    Match,
    Meaning,
    describe,
    describe_unknown,
    find_actors,
    find_instruments,
    find_notices,
    find_subjects,
    similar,
)
from queries.parameters import ISSUED_FROM, ISSUED_TO, NO_DATES, NOTICE, last_day
from queries.rows import ROLES
from queries.things import THING_LABELS, find_things
from queries.types import Arguments, Parameter

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
_SUBJECTS_ZH: Mapping[str, str] = {
    "Place": "措施所及的地方",
    "Product": "措施所及的产品",
    "Program": "措施所及的行动、工程、计划",
    "Institution": "措施所及的机构",
    "Platform": "措施所及的平台",
}
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
    "about": Facet(
        (),
        _ABOUT,
        partial(find_subjects, labels=_SUBJECTS),
        _SUBJECTS,
        "措施的内容：地方、产品、项目、机构或平台，不论是否支持",
        "what the measure is about, supported or only mentioned",
    ),
    **{
        label.lower(): Facet(
            (),
            _ABOUT,
            partial(find_subjects, labels=(label,)),
            (label,),
            zh,
            f"a {label.lower()} that it is about",
        )
        for label, zh in _SUBJECTS_ZH.items()
    },
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
NEEDS: Mapping[str, tuple[str, ...]] = {
    "leader": ("LEADS",),
    "responsible": ("RESPONSIBLE_FOR",),
    "supporter": ("SUPPORTS",),
    "actor": ROLES,
    "instrument": ("USES",),
}
"""Edges of which a measure may have some or none."""
PARTS = (*NEEDS, "deadline")
_PARTS_ZH = (
    "牵头者 leader、负责者 responsible、配合者 supporter、任何主体 actor、"
    "政策工具 instrument、期限 deadline"
)

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
        f"缺少：{_PARTS_ZH}",
        "what the measure does not have",
        values=PARTS,
    ),
    Parameter("has", "text", f"具有：{_PARTS_ZH}", "what the measure has", values=PARTS),
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
        cypher: the conditions on measures and notices themselves.
        terms: for each name that must be met, the ids it may mean and the edges that count.
        denied: the same of each name that must not be.
        needs: keys of NEEDS, of which there must be some.
        lacks: keys of NEEDS, of which there must be none.
        kinds: the facts looked for, as (edge type, id of the thing, whether it is a role).
        notes: how names were taken.
        meanings: the same for programs.
        possible: False where a name means nothing, so that no measure can meet it.
    """

    cypher: dict[str, Any] = field(default_factory=dict)
    terms: list[dict[str, Any]] = field(default_factory=list)
    denied: list[dict[str, Any]] = field(default_factory=list)
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    kinds: set[tuple[str, str, bool]] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)
    possible: bool = True


def resolve_conditions(store: Store, arguments: Arguments) -> Resolved:
    """Return the conditions with what their names mean in the graph.

    Raises:
        QueryError: ongoing measures are asked for by a deadline.
    """
    if arguments["ongoing"] and (arguments["from"] or arguments["to"]):
        raise QueryError(NO_DATES)
    made = Resolved(cypher=_plain(arguments))
    made.needs = tuple(what for what in NEEDS if arguments["has"] == what)
    made.lacks = tuple(what for what in NEEDS if arguments["lacks"] == what)
    _require(store, arguments, made)
    _deny(store, arguments, made)
    _restrict(store, arguments, made)
    return made


def split_names(value: object) -> list[str]:
    """Return the names in the value of a parameter."""
    text = str(value or "")
    for separator in _SEPARATORS[1:]:
        text = text.replace(separator, _SEPARATORS[0])
    return [name for part in text.split(_SEPARATORS[0]) if (name := part.strip())]


def _plain(arguments: Arguments) -> dict[str, Any]:
    final, issued = arguments["to"], arguments["issued_to"]
    return {
        "first_day": arguments["from"],
        "final_day": last_day(str(final)) if final else None,
        "issued_first": arguments["issued_from"],
        "issued_final": last_day(str(issued)) if issued else None,
        "ongoing": arguments["ongoing"],
        "text": arguments["text"],
        "no_deadline": arguments["lacks"] == "deadline",
        "any_deadline": arguments["has"] == "deadline",
    }


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of a condition, and what it means."""

    parameter: str
    name: str
    facet: Facet
    found: Sequence[Match]
    cut: bool

    def term(self) -> dict[str, Any]:
        facet = self.facet
        kinds = {"roles": [*facet.roles], "relations": [*facet.relations]}
        return {"ids": [match.id for match in self.found], **kinds}

    def tell(self, store: Store, made: Resolved) -> None:
        labels = self.facet.labels or THING_LABELS
        tell_name(store, Asked(self.parameter, self.name, labels), self.found, made)
        if self.cut:
            most = len(self.found)
            made.notes.append(f"「{self.name}」只查前 {most} 个 only the first {most} are taken")


class Asked(NamedTuple):
    """A name as it was given, and among which labels its like are looked for."""

    parameter: str
    name: str
    labels: tuple[str, ...]


def tell_name(store: Store, asked: Asked, found: Sequence[Match], made: Resolved) -> None:
    """Add to the notes how a name was taken; one that means nothing cannot be met."""
    likes = () if found else similar(store, asked.name, asked.labels)
    made.notes += describe(asked.name, found) if found else describe_unknown(asked.name, likes)
    made.meanings.append(Meaning(asked.parameter, asked.name, tuple(found), likes))
    # To leave out what nobody knows would be to answer another question.
    made.possible &= bool(found)


def _names(store: Store, arguments: Arguments, facets: Mapping[str, Facet]) -> Iterator[_Named]:
    asked = [(key, name) for key in facets for name in split_names(arguments[key])]
    for key, name in asked:
        found = facets[key].find(store, name)
        yield _Named(key, name, facets[key], found[:MAX_MATCHES], cut=len(found) > MAX_MATCHES)


def _require(store: Store, arguments: Arguments, made: Resolved) -> None:
    for named in _names(store, arguments, FACETS):
        named.tell(store, made)
        made.terms.append(named.term())
        made.kinds |= {(t, m.id, True) for t in named.facet.roles for m in named.found}
        made.kinds |= {(t, m.id, False) for t in named.facet.relations for m in named.found}


def _deny(store: Store, arguments: Arguments, made: Resolved) -> None:
    for named in _names(store, arguments, DENIALS):
        named.tell(store, made)
        made.denied.append(named.term())


def _restrict(store: Store, arguments: Arguments, made: Resolved) -> None:
    places = notices = issuers = None
    if arguments["jurisdiction"]:
        places, notes = resolve_jurisdiction(store, str(arguments["jurisdiction"]))
        made.notes += notes
        made.possible &= places is not None
    if arguments["notice"]:
        asked = Asked("notice", str(arguments["notice"]), ("Notice",))
        notices = _ids(store, asked, find_notices, made)
    if arguments["issuer"]:
        asked = Asked("issuer", str(arguments["issuer"]), ("Agency",))
        issuers = _ids(store, asked, find_actors, made)
    made.cypher |= {"jurisdictions": places, "notice_ids": notices, "issuer_ids": issuers}


def _ids(
    store: Store, asked: Asked, find: Callable[[Store, str], list[Match]], made: Resolved
) -> list[str]:
    found = find(store, asked.name)
    tell_name(store, asked, found, made)
    return [match.id for match in found]
