"""From what a question asks to the query of the catalogue that answers it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kg.store import Store
from queries.catalogue import run_query
from queries.grammar import tidy_name
from queries.names import (
    Match,
    find_actors,
    find_instruments,
    find_measures,
    find_node,
    find_notices,
    find_subjects,
)
from queries.questions.intent import Intent
from queries.questions.naming import (
    THINGS,
    is_exact,
    is_foreign,
    is_place,
    misread,
    part_actors,
    part_places,
    part_things,
)
from queries.types import Argument

type Parameters = dict[str, Argument]


@dataclass(frozen=True, slots=True)
class Reading:
    """A query that a question was taken for.

    Attributes:
        query: its name.
        parameters: those of it; None counts as not given.
        notes: what to know of the answer.
        is_count: whether the number of rows is what was asked for.
    """

    query: str
    parameters: Mapping[str, Argument]
    notes: tuple[str, ...] = ()
    is_count: bool = False


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Why a question that has a known form is not understood, in Chinese and English."""

    why: str


def read_intent(store: Store, intent: Intent) -> Reading | Puzzle | None:
    """Return the query for what a question asks, or why there is none; None for no reason."""
    names = () if intent.kind in ("lacks", "has") else (intent.name, intent.other)
    for name in filter(None, names):
        puzzle = _puzzle(store, name)
        if puzzle:
            return puzzle
    reading = _READERS[intent.kind](store, intent)
    if isinstance(reading, Reading) and intent.is_count:
        return replace(reading, is_count=not reading.query.endswith("_count"))
    return reading


def read_bare(store: Store, question: str) -> Reading | None:
    """Take a name alone, such as 盘锦大米, for the question what is known of it."""
    name = tidy_name(question)
    if len(name) < 2:
        return None
    named = find_node(store, name)
    if len(named) == 1:
        return Reading("entity", {"id": name})
    actors = find_actors(store, name)
    if len(actors) == 1:
        return Reading("entity", {"id": actors[0].name})
    if actors:
        return Reading("measures_by_actor", {"actor": name})
    # 浑南区 is 沈阳市浑南区.
    ending = [match for match in find_subjects(store, name, THINGS) if match.name.endswith(name)]
    if len(ending) == 1:
        return Reading("entity", {"id": ending[0].name})
    return Reading("measures_about", {"subject": name}) if is_exact(named) else None


def _puzzle(store: Store, name: str) -> Puzzle | None:
    words = misread(store, name)
    if words:
        return Puzzle(
            f"没有「{name}」这个名称，其中的「{words}」没有看懂 nothing is named {name!r}, "
            f"and {words!r} in it is not understood"
        )
    if is_foreign(name) and not find_instruments(store, name) and not find_subjects(store, name):
        return Puzzle(
            f"没有看懂「{name}」：图中的名称是中文 "
            f"{name!r} is not understood: names are in Chinese, "
            'as in "which measures involve 省教育厅?"'
        )
    return None


def _read_who(store: Store, intent: Intent) -> Reading:
    name, role = intent.name, intent.role
    subjects, measures = find_subjects(store, name, THINGS), find_measures(store, name)
    if not subjects and not measures:
        name = tidy_name(_FILLER.sub("", name))
        subjects, measures = find_subjects(store, name, THINGS), find_measures(store, name)
    if not is_exact(subjects) and not is_exact(measures) and _are_agencies(store, name):
        return Reading("actor_partners", {"actor": name})
    if is_exact(subjects) or (subjects and not measures):
        return Reading("actors_about", {"subject": name, "role": role})
    return Reading("actors_of_measure", {"measure": name, "role": role})


def _read_by_actor(store: Store, intent: Intent) -> Reading:
    if intent.other:
        other = _FACETS[intent.other_role]
        denied = f"not_{other}" if intent.is_denied else other
        return _measures(intent, {_FACETS[intent.role]: intent.name, denied: intent.other})
    names = part_actors(store, intent.name)
    if intent.is_plain and len(names) == 1:
        return Reading("measures_by_actor", {"actor": names[0], "role": intent.role})
    if intent.is_plain and len(names) == 2 and intent.role is None:
        return Reading("shared_measures", {"actor": names[0], "partner": names[1]})
    facet = _FACETS[intent.role]
    key = f"not_{facet}" if intent.is_denied else facet
    if len(names) > 1 and intent.role:
        asked = f"{'和'.join(names)}共同参与的措施"
        note = f"须有同样的角色；不论角色，请问 each in that role; for any role, ask: 「{asked}」"
        return _measures(intent, {key: ";".join(names)}, note)
    return _measures(intent, {key: ";".join(names)})


def _read_about(store: Store, intent: Intent) -> Reading | None:
    name = intent.name
    if not intent.is_plain:
        return _read_involving(store, intent)
    parts = part_things(store, name)
    if len(parts) > 1:
        return _measures(intent, {"involves": ";".join(parts)})
    actors = [match for match in find_actors(store, name) if match.label == "Agency"]
    subjects = find_subjects(store, name, THINGS)
    if is_exact(actors) and intent.relation is None:
        return Reading("measures_by_actor", {"actor": name})
    if is_exact(subjects):
        given = {"subject": name, "relation": intent.relation}
        return Reading("measures_about", given, _told_of(store, name))
    if actors:
        return Reading("measures_by_actor", {"actor": name})
    tool = _TOOL.sub("", name)
    if tool and is_exact(find_instruments(store, tool)):
        return Reading("measures_by_instrument", {"instrument": tool})
    if subjects and intent.relation is not None:
        return Reading("measures_about", {"subject": name, "relation": intent.relation})
    return _read_words(store, name, subjects)


def _read_involving(store: Store, intent: Intent) -> Reading:
    key = "involves" if intent.relation is None else "supports"
    names = ";".join(part_things(store, intent.name))
    if intent.other and intent.is_denied:
        return _measures(intent, {key: names, f"not_{key}": intent.other})
    if intent.other:
        return _measures(intent, {key: f"{names};{intent.other}"})
    return _measures(intent, {f"not_{key}" if intent.is_denied else key: names})


def _read_words(store: Store, name: str, subjects: list[Match]) -> Reading | None:
    """Take words that name nothing exactly for words of the text, or for a part of a name."""
    if len(name) < 2:
        return None
    in_text = {"text": name, "where": "text"}
    if subjects and not run_query(store, "search", {**in_text, "limit": 1}).rows:
        return Reading("measures_about", {"subject": name})
    return Reading("search", in_text)


def _read_of(store: Store, intent: Intent) -> Reading | None:
    name = intent.name
    if is_place(store, name) and intent.relation is None:
        asked = f"哪些措施涉及{name}"
        note = f"只提到它的，请问 for those that only name the place, ask: 「{asked}」"
        return _measures(intent, {"jurisdiction": name}, _OF_PLACE, note)
    if is_exact(find_notices(store, name)):
        if intent.is_plain:
            return Reading("notice", {"notice": name})
        return _measures(intent, {"notice": name})
    if not intent.is_plain and find_actors(store, name):
        return _read_by_actor(store, intent)
    return _read_about(store, intent)


def _read_all(_store: Store, intent: Intent) -> Reading:
    return _measures(intent, {})


def _read_uses(_store: Store, intent: Intent) -> Reading:
    if intent.is_plain:
        return Reading("measures_by_instrument", {"instrument": intent.name})
    return _measures(intent, {"not_uses" if intent.is_denied else "uses": intent.name})


def _read_parts(_store: Store, intent: Intent) -> Reading:
    return _measures(intent, {intent.kind: intent.name})


def _read_due(store: Store, intent: Intent) -> Reading | None:
    span: Parameters = {"from": intent.first, "to": intent.last}
    if not (intent.first or intent.last):
        return _measures(intent, {"has": "deadline"}) if not intent.name else None
    if intent.name:
        return _condition_on(store, intent, span)
    return Reading("measure_count" if intent.is_count else "measures_by_deadline", span)


def _condition_on(store: Store, intent: Intent, span: Parameters) -> Reading:
    """Return the measures due in a span that an actor takes part in, or a place's notices hold."""
    name = "measure_count" if intent.is_count else "measures"
    if is_place(store, intent.name):
        return Reading(name, {"jurisdiction": intent.name, **span})
    names = part_actors(store, intent.name)
    return Reading(name, {_FACETS[intent.role]: ";".join(names), **span})


def _read_ongoing(_store: Store, intent: Intent) -> Reading:
    if intent.is_plain:
        return Reading("measures_by_deadline", {"ongoing": True})
    return _measures(intent, {"ongoing": True})


def _read_issued(store: Store, intent: Intent) -> Reading:
    if intent.is_plain:
        return Reading("notices_by_issuer", {"issuer": intent.name})
    return _read_notices(store, intent)


def _read_notices(store: Store, intent: Intent) -> Reading:
    name = intent.name
    query = "notice_count" if intent.is_count else "notices"
    span: Parameters = {"issued_from": intent.first, "issued_to": intent.last}
    if name:
        key = "jurisdiction" if is_place(store, name) else "issuer"
        return Reading(query, {key: name, **span})
    # Without a bound in time, those known from citations alone would be most of the answer.
    return Reading(query, span if intent.first or intent.last else {"status": "loaded"})


def _read_lineage(_store: Store, intent: Intent) -> Reading:
    return Reading("notice_lineage", {"notice": intent.name})


def _read_descendants(_store: Store, intent: Intent) -> Reading:
    return Reading("notice_descendants", {"notice": intent.name})


def _read_citing(_store: Store, intent: Intent) -> Reading:
    return Reading("measures_citing", {"cited": intent.name, **_issued(intent)})


def _read_partners(_store: Store, intent: Intent) -> Reading:
    return Reading("cooperation", {"actor": intent.name, **_issued(intent)})


def _read_ranking(store: Store, intent: Intent) -> Reading:
    scope = _scope(store, intent.name)
    return Reading("actor_ranking", {"role": intent.role, **scope, **_time(intent)})


def _read_instruments(store: Store, intent: Intent) -> Reading:
    scope = _scope(store, intent.name)
    if intent.role and "actor" in scope:
        scope = {_FACETS[intent.role]: scope["actor"]}
    return Reading("instrument_use", {**scope, **_time(intent)})


def _read_targets(store: Store, intent: Intent) -> Reading:
    span: Parameters = {"from": intent.first, "to": intent.last}
    return Reading("targets", {**_scope_of_targets(store, intent.name), **span})


def _scope_of_targets(store: Store, name: str) -> Parameters:
    """Return the condition on targets that a name makes: a scope, or words of what is counted."""
    if not name:
        return {}
    scope = _scope(store, name)
    if "involves" not in scope:
        return scope
    counted: Parameters = {"text": name} if len(name) > 1 else {}
    if find_notices(store, name) and not run_query(store, "targets", {**counted, "limit": 1}).rows:
        return {"notice": name}
    return counted


def _read_things(store: Store, intent: Intent) -> Reading:
    label, kind = next(kind for word, kind in _KINDS.items() if word in intent.thing)
    given: Parameters = {"label": label, "kind": kind, "relation": intent.relation}
    return Reading("subject_ranking", {**given, **_scope(store, intent.name), **_time(intent)})


def _read_comparison(_store: Store, intent: Intent) -> Reading | Puzzle:
    places = part_places(intent.name)
    if places:
        return Reading("comparison", {"first": places[0], "second": places[1]})
    return Puzzle(
        f"没有看懂「{intent.name}」是哪两个地方 "
        f"which two places {intent.name!r} are is not understood"
    )


def _read_search(_store: Store, intent: Intent) -> Reading | None:
    return Reading("search", {"text": intent.name}) if len(intent.name) > 1 else None


def _scope(store: Store, name: str) -> Parameters:
    """Return the condition on measures that a name makes: of a place, a notice or an actor."""
    if not name:
        return {}
    if is_place(store, name):
        return {"jurisdiction": name}
    if is_exact(find_notices(store, name)):
        return {"notice": name}
    return {"actor": name} if find_actors(store, name) else {"involves": name}


def _measures(intent: Intent, conditions: Parameters, *notes: str) -> Reading:
    query = "measure_count" if intent.is_count else "measures"
    return Reading(query, {**conditions, **_time(intent)}, notes)


def _time(intent: Intent) -> Parameters:
    return {"from": intent.first, "to": intent.last} if intent.is_due else _issued(intent)


def _issued(intent: Intent) -> Parameters:
    return {"issued_from": intent.first, "issued_to": intent.last}


def _told_of(store: Store, name: str) -> tuple[str, ...]:
    """Return the note that says how the measures of a place are asked for, not those naming it."""
    if not is_place(store, name):
        return ()
    asked = f"{name}有哪些措施"
    return (f"其公文中的措施，请问 for the measures of its notices, ask: 「{asked}」",)


def _are_agencies(store: Store, name: str) -> bool:
    return any(match.label == "Agency" for match in find_actors(store, name))


_OF_PLACE = "该地及其下级的公文中的措施 measures in the notices of the place and those below it"
_TOOL = re.compile(r"(?:这种|这类)?(?:政策)?工具$")
_FILLER = re.compile(r"的?(?:这项|这一|该项)?(?:措施|工作|任务)$")
_FACETS: Mapping[str | None, str] = {
    None: "actor",
    "LEADS": "leader",
    "RESPONSIBLE_FOR": "responsible",
    "SUPPORTS": "supporter",
}
_KINDS: Mapping[str, tuple[str, str | None]] = {
    "地理标志": ("Product", "geographical_indication"),
    "geographical indication": ("Product", "geographical_indication"),
    "区域品牌": ("Product", "regional_brand"),
    "产品": ("Product", None),
    "product": ("Product", None),
    "高校": ("Institution", "university"),
    "大学": ("Institution", "university"),
    "universities": ("Institution", "university"),
    "机构": ("Institution", None),
    "institution": ("Institution", None),
    "平台": ("Platform", None),
    "platform": ("Platform", None),
    "地": ("Place", None),
    "城市": ("Place", None),
    "place": ("Place", None),
    "": ("Program", None),
}
_READERS: Mapping[str, Callable[[Store, Intent], Reading | Puzzle | None]] = {
    "who": _read_who,
    "by_actor": _read_by_actor,
    "about": _read_about,
    "of": _read_of,
    "measures": _read_all,
    "uses": _read_uses,
    "lacks": _read_parts,
    "has": _read_parts,
    "due": _read_due,
    "ongoing": _read_ongoing,
    "issued": _read_issued,
    "notices": _read_notices,
    "lineage": _read_lineage,
    "descendants": _read_descendants,
    "citing": _read_citing,
    "partners": _read_partners,
    "ranking": _read_ranking,
    "instruments": _read_instruments,
    "targets": _read_targets,
    "things": _read_things,
    "comparison": _read_comparison,
    "search": _read_search,
}
