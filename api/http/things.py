"""The lists of what measures are joined to: agencies, places, products … each made alike.

The fields of each are the properties of its label in the ontology.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, create_model

from api.http.asking import DEFAULT_LIMIT, Cursor, Desk, Limit, TheDesk
from api.http.consistent import ConsistentRoute
from api.http.cursor import SortKey, decode_place, encode_place
from api.http.filters import Name, Role, ThingList, fields_of
from api.http.formats import Page, chosen_fields, page_response
from api.http.lists import (
    FactModel,
    ListModel,
    choose_measures,
    fact_told,
    names_told,
    notices_by_id,
    question_of,
)
from api.http.naming import NameOrId, find_one
from api.http.responses import LIST, ONE
from api.http.wire import PageModel, RelationModel, relations_page
from kg.ontology import PropertyType, load_ontology
from kg.store import Row, Store
from queries.inventory import Thing, list_things, things_of
from queries.measures import measure_facts
from queries.names import Match, find_actors, find_instruments, find_node, find_subjects, fold

type Finder = Callable[[Store, str], list[Match]]

_TYPES: Mapping[PropertyType, Any] = {
    "text": str,
    "name": str,
    "date": str,
    "int": int,
    "float": float,
    "bool": bool,
    "list": list[str],
}
_SHOWN_NAME = 60  # characters of a name that a cursor holds


@dataclass(frozen=True, slots=True)
class Resource:
    """A list of one label.

    Attributes:
        name: in addresses and in JSON.
        label: of the ontology.
        name_zh: for people.
        find: what a name means in it.
        own: properties that the list can be narrowed by.
    """

    name: str
    label: str
    name_zh: str
    find: Finder
    own: tuple[str, ...] = ()


class ThingModel(BaseModel):
    """A node with what is known of it; with `fields`, only those that were asked for."""

    id: str = ""
    label: str = ""
    name: str = ""
    measures: int = Field(0, description="符合条件的措施中,与之相关的有多少")
    notices: int = Field(0, description="这些措施在多少份公文中")
    measure_id: str | None = Field(None, description="其中一项")
    facts: list[FactModel] = Field([], description="那一项措施与之如何相关,各有依据")


def labelled(label: str) -> Finder:
    """Return what finds nodes of one label by their names."""

    def find(store: Store, name: str) -> list[Match]:
        return [match for match in find_node(store, name) if match.label == label]

    return find


def _actors(label: str) -> Finder:
    def find(store: Store, name: str) -> list[Match]:
        return [match for match in find_actors(store, name) if match.label == label]

    return find


def _subjects(label: str) -> Finder:
    return partial(find_subjects, labels=(label,))


RESOURCES = (
    Resource("agencies", "Agency", "机关", _actors("Agency"), ("kind", "level")),
    Resource("institutions", "Institution", "机构", _subjects("Institution"), ("kind",)),
    Resource("places", "Place", "地区", _subjects("Place"), ("level", "code")),
    Resource("products", "Product", "产品", _subjects("Product"), ("kind",)),
    Resource("programs", "Program", "行动项目", _subjects("Program")),
    Resource("platforms", "Platform", "平台", _subjects("Platform")),
    Resource("instruments", "Instrument", "政策工具", find_instruments, ("category",)),
    Resource("targets", "Target", "目标", labelled("Target"), ("unit", "comparator")),
)


def make_router(resource: Resource) -> APIRouter:
    """Return the routes of a list and of the single things in it."""
    router = APIRouter(
        prefix=f"/api/v1/{resource.name}", tags=["graph"], route_class=ConsistentRoute
    )
    model, page_model, detail = _models(resource)
    asked = _query_model(resource, model)

    def list_route(
        request: Request,
        desk: TheDesk,
        query: Annotated[asked, Query()],  # type: ignore[valid-type]
    ) -> Response:
        return _list(request, desk, resource, model, query)

    def single_route(
        desk: TheDesk, id: NameOrId, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
    ) -> Any:
        node = find_one(desk.store, resource.name, id, resource.find)
        row = _single(desk, resource, node)
        return detail.model_validate(row | relations_page(desk, node["id"], limit, cursor))

    router.add_api_route(
        "",
        list_route,
        name=f"list_{resource.name}",
        summary=f"{resource.name_zh}列表",
        description="有关于措施的条件时,只列符合条件的措施所涉及的;`measures` 按这些措施计数。",
        response_model=page_model,
        responses=LIST,
    )
    router.add_api_route(
        "/{id:path}",  # a name may hold a slash
        single_route,
        name=f"get_{resource.name}",
        summary=f"一个{resource.name_zh}及其关系",
        description="按 id、规范名、别名或相对名称;不唯一时答以候选 (300)。",
        response_model=detail,
        responses=ONE,
    )
    return router


def _models(resource: Resource) -> tuple[type[BaseModel], type[BaseModel], type[BaseModel]]:
    spec = load_ontology().labels[resource.label]
    known: dict[str, Any] = {
        name: (_TYPES[prop.type] | None, None) for name, prop in spec.properties.items()
    }
    model = create_model(
        f"{resource.label}Model", __base__=ThingModel, __doc__=spec.description, **known
    )
    rows: dict[str, Any] = {resource.name: (list[model], ...)}  # type: ignore[valid-type]
    page = create_model(
        f"{resource.label}Page", __base__=ListModel, __doc__="One page of a list.", **rows
    )
    detail = create_model(
        f"{resource.label}Detail",
        __base__=(model, PageModel),
        __doc__="A node with one page of its relations.",
        relations=(list[RelationModel], ...),
    )
    return model, page, detail


def _query_model(resource: Resource, row: type[BaseModel]) -> type[ThingList]:
    own: dict[str, Any] = {"fields": (str | None, fields_of(row))}
    specs = load_ontology().labels[resource.label].properties
    for name in resource.own:
        allowed = specs[name].values
        told = f"只看此{name},如 " + "、".join(allowed) if allowed else f"只看此 {name}"
        own[f"own_{name}"] = (Name | None, Field(None, alias=name, description=told))
    if resource.label in ("Agency", "Institution"):
        told = "只看有此角色的"
        own["role"] = (Role | None, Field(None, description=told))
    return create_model(
        f"{resource.label}List", __base__=ThingList, __doc__="Parameters of a list.", **own
    )


def _list(
    request: Request, desk: Desk, resource: Resource, model: type[BaseModel], query: ThingList
) -> Response:
    question = question_of(resource.name, query)
    kind = (int, str, str) if query.sort == "-measures" else (str, str)
    after = decode_place(query.cursor, question, kind)
    fields = chosen_fields(query, model)
    things, notes, names = _chosen(desk, resource, query)
    kept = [thing for thing in things if _is_asked(thing, resource, query)]
    pairs = _sorted(kept, query.sort)
    pairs, has_more = _page(pairs, after, query)
    facts = _facts(desk, [thing for _, thing in pairs]) if "facts" in fields else {}
    page = Page(
        rows=[_row(resource, thing, facts.get(thing.id, [])) for _, thing in pairs],
        total=len(kept),
        next_cursor=encode_place(pairs[-1][0], question) if has_more else None,
        more={"notes": notes, "names": names},
    )
    return page_response(request, query, resource.name, model, page)


def _chosen(
    desk: Desk, resource: Resource, query: ThingList
) -> tuple[list[Thing], list[str], list[dict[str, Any]]]:
    """Return the things that the conditions on measures leave, and how those were taken."""
    store, label = desk.store, resource.label
    is_actor = label in ("Agency", "Institution")
    role = query.role if is_actor else None
    left_out = {"role"} if is_actor else {"tool_class"} if label == "Instrument" else set()
    conditions = query.model_copy(update=dict.fromkeys(left_out))
    if not conditions.arguments() and role is None:
        key: tuple[object, ...] = ("things", label)
        return desk.recall(key, lambda: list_things(store, label)), [], []
    chosen = choose_measures(desk, conditions)
    key = ("things", label, role, str(sorted(conditions.arguments().items())))
    ids = [measure.id for measure in chosen.keys]
    things = desk.recall(key, lambda: things_of(store, label, ids, role))
    return things, chosen.made.notes, names_told(chosen.made.meanings, conditions)


def _is_asked(thing: Thing, resource: Resource, query: ThingList) -> bool:
    if resource.label == "Instrument" and query.tool_class not in (None, thing.properties["class"]):
        return False  # of another class, though the same measure uses one of this
    for name in resource.own:
        wanted = getattr(query, f"own_{name}")
        if wanted is not None and thing.properties.get(name) != wanted:
            return False
    if query.q is None:
        return True
    words = fold(query.q)
    names = (thing.name, *(thing.properties.get("aliases") or ()))
    return any(words in fold(name) for name in names)


def _sorted(things: Sequence[Thing], sort: str) -> list[tuple[SortKey, Thing]]:
    if sort == "-measures":
        keyed = [((-thing.measures, thing.name[:_SHOWN_NAME], thing.id), thing) for thing in things]
        return sorted(keyed, key=lambda pair: pair[0])
    named = [((thing.name[:_SHOWN_NAME], thing.id), thing) for thing in things]
    return sorted(named, key=lambda pair: pair[0], reverse=sort == "-name")


def _page(
    pairs: list[tuple[SortKey, Thing]], after: SortKey | None, query: ThingList
) -> tuple[list[tuple[SortKey, Thing]], bool]:
    """Return the rows behind a place, and whether there are more behind those."""
    if after is None:
        start = 0
    elif query.sort == "-name":
        start = sum(key >= after for key, _ in pairs)
    else:
        start = bisect_right(pairs, after, key=lambda pair: pair[0])
    return pairs[start : start + query.limit], start + query.limit < len(pairs)


def _single(desk: Desk, resource: Resource, node: Row) -> dict[str, Any]:
    things = desk.recall(
        ("things", resource.label), lambda: list_things(desk.store, resource.label)
    )
    [thing] = [thing for thing in things if thing.id == node["id"]]
    return _row(resource, thing, _facts(desk, [thing]).get(thing.id, []))


def _facts(desk: Desk, things: Sequence[Thing]) -> dict[str, list[dict[str, Any]]]:
    """Return for each thing the facts that join it to one of its measures."""
    pairs = {(thing.measure_id, thing.id) for thing in things if thing.measure_id}
    measures = sorted({measure for measure, _ in pairs if measure})
    found = measure_facts(desk.store, measures, sorted({thing for _, thing in pairs}))
    facts = [
        (fact["thing_id"], fact)
        for measure, rows in found.items()
        for fact in rows
        if (measure, fact["thing_id"]) in pairs
    ]
    notices = notices_by_id(desk.store, [fact["notice_id"] for _, fact in facts])
    told: dict[str, list[dict[str, Any]]] = {}
    for thing, fact in facts:
        told.setdefault(thing, []).append(fact_told(fact, notices[fact["notice_id"]]))
    return told


def _row(resource: Resource, thing: Thing, facts: list[dict[str, Any]]) -> dict[str, Any]:
    properties = {
        name: thing.properties.get(name)
        for name in load_ontology().labels[resource.label].properties
    }
    return {
        **properties,
        "id": thing.id,
        "label": resource.label,
        "name": thing.name,
        "measures": thing.measures,
        "notices": thing.notices,
        "measure_id": thing.measure_id,
        "facts": facts,
    }
