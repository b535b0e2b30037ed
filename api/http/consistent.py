"""Answers that are about one state of the graph, and that a client need not fetch twice.

Each request reads a snapshot of the store. Where the engine has none that lasts, the request is
answered again if somebody wrote meanwhile, some times at most. The state's version, with a digest
of the address, is the answer's ETag.
"""

import hashlib
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, get_origin

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from api.release import version
from kg.errors import QueryError
from kg.store import Store
from queries.arguments import unknown_name

_TRIES = 3  # answers to a request while others write
_SHAPE = version()  # answers of another version of the program may have another shape


class ConsistentRoute(APIRoute):
    """A route whose GET is answered from one state of the graph, with an ETag."""

    def check_parameters(self, request: Request) -> None:
        """Refuse a query string with a parameter that is unknown, or given twice for one value.

        Raises:
            QueryError: which one, and what is known.
        """
        if "parameters" in (self.openapi_extra or {}):
            return  # the route takes others than it declares, and checks them itself
        known = {
            name: is_list
            for field in self.dependant.query_params
            for name, is_list in _names(field)
        }
        seen: set[str] = set()
        for name, _ in request.query_params.multi_items():
            if name not in known:
                raise QueryError(f"没有参数 no parameter {unknown_name(name, known)}")
            if name in seen and not known[name]:
                raise QueryError(f"参数 {name} 只能有一个值 is given twice")
            seen.add(name)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers, or says that nothing has changed."""
        answer = super().get_route_handler()

        async def consistent(request: Request) -> Response:
            self.check_parameters(request)
            for _ in range(_TRIES):
                store = request.app.state.store.snapshot()
                before = await run_in_threadpool(store.version)
                tag = _tag(request, before)
                if _is_known(request, tag):
                    return _marked(Response(status_code=304), tag)
                request.state.view, request.state.version = store, before
                response = await answer(request)
                if await run_in_threadpool(store.version) == before:
                    break
            return _marked(response, tag) if response.status_code == 200 else response

        return consistent


def _names(field: Any) -> Iterator[tuple[str, bool]]:
    """Yield the parameters of one that is declared, and whether each takes several values."""
    annotation = field.field_info.annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, part in annotation.model_fields.items():
            yield part.alias or name, get_origin(part.annotation) is list
    else:
        yield field.alias, get_origin(annotation) is list


def view_of(request: Request) -> Store:
    """Return the store as the request is to see it."""
    view: Store | None = getattr(request.state, "view", None)
    return view or request.app.state.store.snapshot()


def _tag(request: Request, state: str) -> str:
    told = f"{_SHAPE} {state} {request.url.path}?{request.url.query}"
    # Weak: the same answer may travel compressed or not.
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'


def _is_known(request: Request, tag: str) -> bool:
    asked = request.headers.get("if-none-match", "")
    return tag in [part.strip() for part in asked.split(",")]


def _marked(response: Response, tag: str) -> Response:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"  # to be kept, but asked about each time
    return response
