"""How middleware tells a problem, where no route and no exception handler is at work."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.types import Scope, Send

from api.errors import MEDIA_TYPE, Problem, problem_body


async def tell_problem(
    send: Send,
    scope: Scope,
    problem: Problem,
    detail: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send a whole answer as application/problem+json."""
    body = json.dumps(problem_body(problem, detail, scope["path"]), ensure_ascii=False).encode()
    given = {"content-type": MEDIA_TYPE, "content-length": str(len(body)), **(headers or {})}
    start: dict[str, Any] = {
        "type": "http.response.start",
        "status": int(problem.status),
        "headers": [(key.lower().encode(), text.encode()) for key, text in given.items()],
    }
    await send(start)
    await send({"type": "http.response.body", "body": body})
