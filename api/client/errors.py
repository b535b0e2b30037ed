"""What the client raises when the server does not answer what was asked."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from kg.errors import KgError


class ApiError(KgError):
    """The server refused; its reason is the message.

    Attributes:
        status: HTTP status.
        code: stable name of the kind of problem, e.g. bad-parameter.
        errors: each parameter at fault: `where` and `message`.
        candidates: what a name may have meant: `name`, and `id`, `label` and `url` of nodes.
    """

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(problem.get("detail") or problem.get("title") or f"HTTP {status}")
        self.status = status
        self.code = str(problem.get("type", "")).rpartition(":")[2]
        self.errors: Sequence[Mapping[str, str]] = problem.get("errors", ())
        self.candidates: Sequence[Mapping[str, str]] = problem.get("candidates", ())


class NothingFound(ApiError):
    """Nothing has that name or id; `candidates` may help."""


class AmbiguousName(ApiError):
    """The name means several things: ask again with one of the `candidates`."""


_KINDS: Mapping[int, type[ApiError]] = {300: AmbiguousName, 404: NothingFound}


def check(response: httpx.Response) -> Any:
    """Return the JSON of a good answer.

    Raises:
        ApiError: it is not good.
    """
    if response.status_code == httpx.codes.OK:
        return response.json()
    try:
        problem = response.json()
    except ValueError:  # some proxy's own page
        problem = {}
    kind = _KINDS.get(response.status_code, ApiError)
    raise kind(response.status_code, problem if isinstance(problem, dict) else {})
