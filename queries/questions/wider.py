"""What else a question may mean where its answer is empty, or leaves out those who act for one."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.store import Store
from queries.catalogue import run_query
from queries.names import find_actors
from queries.types import MAX_LIMIT, Argument, run_file

_STAND_INS: Mapping[str, Argument] = {"units": True, "collectives": True}
_ROLES: Mapping[object, tuple[str, str]] = {
    None: ("参与", "takes part in"),
    "LEADS": ("牵头", "leads"),
    "RESPONSIBLE_FOR": ("负责", "is responsible for"),
    "SUPPORTS": ("配合", "supports"),
}
_FACETS = {"leader": "LEADS", "responsible": "RESPONSIBLE_FOR", "supporter": "SUPPORTS"}
# 谁负责 is often asked where the notice names a leader and supporters only.
_ROLE_NOTE = "以下列出全部角色 all roles are listed below"
# 国家知识产权局 itself may have no role where its 运用促进司 has one.
_STAND_IN_NOTE = (
    "以下列出其内设机构和所属集合主体的措施 "
    "listed are those of its units and of collectives with it"
)
_NOTHING_OWN = "它自己没有 none of its own"
_LEFT_OUT_NOTE = (
    "不含其内设机构和所属集合主体的，请另问 "
    "those of its units and of collectives with it are left out; ask:"
)
_ASKABLE: Mapping[str, str] = {"cooperation": "actor", "notices_by_issuer": "issuer"}
_MOST_LOOKED_AT = 30
_SHOWN = 5


class Wider(NamedTuple):
    """Parameters that have rows, and the notes that say how they are not those asked for."""

    parameters: Mapping[str, Argument]
    notes: tuple[str, ...] = ()


def widen(store: Store, query: str, given: Mapping[str, Argument]) -> Wider:
    """Return the parameters, or the first wider ones that have rows where these have none.

    What a page shows must not depend on where it begins, so no page is looked at here.
    """
    wider_ones = [*_wider_questions(query, given)]
    if wider_ones and not has_rows(store, query, given):
        for wider, notes in wider_ones:
            if has_rows(store, query, wider):
                return Wider(wider, notes)
        return Wider(given, _nothing(store, query, given))
    return Wider(given, _left_out(store, query, given))


def has_rows(store: Store, query: str, given: Mapping[str, Argument]) -> bool:
    """Tell whether a query has any rows."""
    return bool(run_query(store, query, {**given, "limit": 1}).rows)


def count_rows(store: Store, query: str, given: Mapping[str, Argument]) -> str:
    """Return the note that says how many rows a query has, whichever page is shown."""
    found = run_query(store, query, {**given, "limit": MAX_LIMIT})
    more = "以上 or more" if found.truncated else ""
    return f"共 {len(found.rows)} 行{more} rows in all: {len(found.rows)}"


def explain_count(store: Store, given: Mapping[str, Argument], count: object) -> tuple[str, ...]:
    """Return the notes for a number of measures in one role, where it is none: that of all."""
    facet = next((name for name in _FACETS if given.get(name)), None)
    if count or facet is None:
        return ()
    name = str(given[facet])
    others = {key: value for key, value in given.items() if key != facet}
    rows = run_query(store, "measure_count", {**others, "actor": name}).rows
    total = rows[0].model_dump()["measures"] if rows else 0
    nothing = _no_role(name, _FACETS[facet])
    return (f"{nothing}；各种角色共 {total} 项 {total} in any role",) if total else (nothing,)


def _wider_questions(
    query: str, given: Mapping[str, Argument]
) -> Iterator[tuple[Mapping[str, Argument], tuple[str, ...]]]:
    stand_ins = _STAND_INS if query == "measures_by_actor" else {}
    direct = _direct(query, given)
    if stand_ins:
        yield {**given, **stand_ins}, (*direct, _STAND_IN_NOTE)
    if "role" in given and query != "actor_ranking":
        anyone = {key: value for key, value in given.items() if key != "role"}
        yield anyone, (*direct, _ROLE_NOTE)
        if stand_ins:
            yield {**anyone, **stand_ins}, (*direct, _ROLE_NOTE, _STAND_IN_NOTE)


def _direct(query: str, given: Mapping[str, Argument]) -> tuple[str, ...]:
    """Return the answer to what was asked, which is: none."""
    role = given.get("role")
    if query == "measures_by_actor":
        return (_no_role(str(given["actor"]), role),)
    zh, en = _ROLES[role]
    return (f"没有任何主体{zh} nobody {en} it",) if role else ()


def _no_role(name: str, role: Argument) -> str:
    zh, en = _ROLES[role]
    return f"「{name}」没有{zh}任何措施 {en} no measure"


def _nothing(store: Store, query: str, given: Mapping[str, Argument]) -> tuple[str, ...]:
    if query != "measures_by_actor" or not find_actors(store, str(given["actor"])):
        return ()
    return _direct(query, given)


def _left_out(store: Store, query: str, given: Mapping[str, Argument]) -> tuple[str, ...]:
    """Return the note that names units and collectives whose rows the answer leaves out."""
    key = "actor" if query == "measures_by_actor" else _ASKABLE.get(query)
    if key is None or not given.get(key):
        return ()
    names = [
        name
        for name in _those_acting_for(store, str(given[key]))[:_MOST_LOOKED_AT]
        if has_rows(store, query, {**given, key: name})
    ]
    if not names:
        return ()
    asked = "、".join(f"「{_question(query, name, given)}」" for name in names[:_SHOWN])
    more = " …" if len(names) > _SHOWN else ""
    direct = () if has_rows(store, query, given) else (_NOTHING_OWN,)
    return (*direct, f"{_LEFT_OUT_NOTE} {asked}{more}")


def _those_acting_for(store: Store, name: str) -> list[str]:
    ids = [match.id for match in find_actors(store, name)][:_MOST_LOOKED_AT]
    found = {row["id"] for row in run_file(store, "_standing_for", {"ids": ids})} - {*ids}
    nodes = run_file(store, "_nodes", {"ids": sorted(found)})
    return sorted(row["name"] for row in nodes)


def _question(query: str, name: str, given: Mapping[str, Argument]) -> str:
    if query == "cooperation":
        return f"谁和{name}合作"
    if query == "notices_by_issuer":
        return f"{name}印发了哪些通知"
    return f"{name}{_ROLES[given.get('role')][0]}哪些措施"
