"""Conditions on notices that compose: of which place, from whom, of what kind, from when."""

from collections.abc import Sequence

from kg.store import Store
from queries.conditions import Asked, Resolved, tell_name
from queries.jurisdictions import JURISDICTION, resolve_jurisdiction
from queries.names import find_actors
from queries.parameters import last_day
from queries.types import Arguments, Parameter, run_for_ids

KIND = Parameter("kind", "text", "文种，如 通知", "kind of notice, in Chinese")
NOTICE_CONDITIONS = (
    Parameter(
        "status",
        "text",
        "loaded 为已装入的公文，cited 为只被引用的公文；不填为全部",
        "loaded: read in full; cited: known from citations only; without it, both",
        values=("loaded", "cited"),
    ),
    JURISDICTION,
    Parameter("issuer", "text", "发文机关", "the agency that issued it"),
    Parameter(
        "actor",
        "text",
        "某主体在其中牵头、负责或配合措施",
        "an actor that has a role in its measures",
    ),
    KIND,
    Parameter("issued_from", "date", "最早的日期", "earliest date"),
    Parameter("issued_to", "date", "最晚的日期", "latest date, inclusive"),
)


def resolve_notice_conditions(store: Store, arguments: Arguments) -> Resolved:
    """Return the conditions as the Cypher takes them, and how names were taken."""
    issued_to = arguments["issued_to"]
    made = Resolved(
        cypher={
            **{name: arguments[name] for name in ("status", "kind")},
            "issued_first": arguments["issued_from"],
            "issued_final": last_day(str(issued_to)) if issued_to else None,
        }
    )
    places = issuers = notices = None
    if arguments["jurisdiction"]:
        places, notes = resolve_jurisdiction(store, str(arguments["jurisdiction"]))
        made.notes += notes
        made.possible &= places is not None
    if arguments["issuer"]:
        name = str(arguments["issuer"])
        found = [match for match in find_actors(store, name) if match.label == "Agency"]
        tell_name(store, Asked("issuer", name, ("Agency",)), found, made)
        issuers = [match.id for match in found]
    if arguments["actor"]:
        name = str(arguments["actor"])
        involved = find_actors(store, name)
        tell_name(store, Asked("actor", name, ("Agency",)), involved, made)
        notices = notices_of_actors(store, [match.id for match in involved])
    made.cypher |= {"jurisdictions": places, "issuer_ids": issuers, "notice_ids": notices}
    return made


def notices_of_actors(store: Store, actor_ids: Sequence[str] | None) -> list[str] | None:
    """Return the ids of the notices in whose measures the actors have a role; None for None.

    Not an EXISTS of the queries: Grafeo tries that on every notice, whether it is asked or not.
    """
    if actor_ids is None:
        return None
    rows = run_for_ids(store, "_notices_of_actors", actor_ids)
    return sorted({row["notice_id"] for row in rows})
