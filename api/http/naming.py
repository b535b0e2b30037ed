"""From an id or a name in an address to the one node it means."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path

from api.errors import Ambiguous, NotFound
from api.http.wire import find_node
from kg.store import Store
from queries.catalogue import load_catalogue
from queries.names import Match, similar
from queries.types import Query as CataloguedQuery

NameOrId = Annotated[
    str,
    Path(min_length=1, max_length=300, description="id,或规范名、别名、相对名称"),
]
_SHOWN = 50  # candidates told


def find_one(
    store: Store, resource: str, name: str, find: Callable[[Store, str], Sequence[Match]]
) -> dict[str, Any]:
    """Return id, label, name and properties of the one node that an id or name means.

    Args:
        store: the graph.
        resource: the list it is in, for addresses.
        name: id, canonical name, alias or relative name.
        find: what names mean there.

    Raises:
        Ambiguous: several are named so.
        NotFound: none is; a part of a name tells no node, but its candidates.
    """
    found = find(store, name)
    meant = [match for match in found if match.how != "part"]
    if len(meant) == 1:
        return find_node(store, meant[0].id)
    if meant:
        raise Ambiguous(
            f"「{name}」指 {len(meant)} 个:请改用 candidates 之一的 id、规范名或 url",
            [_candidate(resource, match) for match in meant[:_SHOWN]],
        )
    candidates = [_candidate(resource, match) for match in found[:_SHOWN]]
    candidates = candidates or [{"name": like} for like in similar(store, name, None)]
    advice = ";可能指 candidates 之一" if candidates else f";可在 /api/v1/{resource}?q= 中查找"
    raise NotFound(
        f"/api/v1/{resource} 中没有「{name}」 nothing in this list is named so{advice}", candidates
    )


def find_listed(name: str) -> CataloguedQuery:
    """Return the query of the catalogue that a name in an address means.

    Raises:
        NotFound: none is named so; the message lists those there are.
    """
    catalogue = load_catalogue()
    if name not in catalogue:
        known = ", ".join(catalogue)
        raise NotFound(f"目录中没有名为 {name!r} 的查询 no query is named so; 已有 known: {known}")
    return catalogue[name]


def _candidate(resource: str, match: Match) -> dict[str, str]:
    url = f"/api/v1/{resource}/{quote(match.id, safe='')}"
    return {"id": match.id, "label": match.label, "name": match.name, "url": url}
