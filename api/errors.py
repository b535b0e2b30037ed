"""Errors to HTTP statuses, in one table, and the one shape in which they are told (RFC 9457)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kg.errors import KgError, LimitExceeded, QueryError, StoreError, StoreUnavailable

_log = logging.getLogger(__name__)


class NotFound(KgError):
    """What was asked for by id or name is not in the graph, or not in the catalogue.

    Attributes:
        candidates: what may have been meant: objects with `name`, and `id` and `url` of nodes.
    """

    def __init__(self, message: str, candidates: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class Ambiguous(NotFound):
    """A name means several things, the candidates, of which one must be chosen."""


@dataclass(frozen=True, slots=True)
class Problem:
    """How an error is told: its status, its stable code, and a title for people."""

    status: HTTPStatus
    code: str
    title: str


# First match wins, so the more special errors stand first.
PROBLEMS: Mapping[type[KgError], Problem] = {
    Ambiguous: Problem(HTTPStatus.MULTIPLE_CHOICES, "ambiguous", "名称不唯一 ambiguous name"),
    NotFound: Problem(HTTPStatus.NOT_FOUND, "not-found", "未找到 not found"),
    LimitExceeded: Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, "limit-exceeded", "超出限额 over a limit"
    ),
    QueryError: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "bad-parameter", "参数有误 bad parameter"),
    StoreUnavailable: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "store-unavailable",
        "图数据库暂不可用 the graph is away for a moment",
    ),
    StoreError: Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR, "store-rejected", "图数据库拒绝了请求 the graph refused"
    ),
    KgError: Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "内部错误 internal error"),
}
BAD_REQUEST = PROBLEMS[QueryError]
INTERNAL = PROBLEMS[KgError]
_HTTP_TITLES: Mapping[int, str] = {
    400: "请求有误 bad request",
    401: "需要密钥 a key is needed",
    403: "没有权限 not allowed",
    404: "未找到 not found",
    405: "不支持的方法 no such method",
    413: "请求过大 request too large",
    414: "地址过长 address too long",
    421: "主机名不被接受 host not accepted",
    429: "请求过于频繁 too many requests",
    503: "暂不可用 away for a moment",
    504: "超时 out of time",
}
_ANYWHERE = (401, 403, 414, 421, 429, 504)  # what any route may answer, whatever it does
_LONGEST_PATH = 200  # characters compared with those that exist
MEDIA_TYPE = "application/problem+json"


def problem_of(error: KgError) -> Problem:
    """Return how the error is told over HTTP."""
    return next(problem for kind, problem in PROBLEMS.items() if isinstance(error, kind))


def http_problem(status: int) -> Problem:
    """Return how a bare HTTP status is told."""
    known = HTTPStatus(status)
    return Problem(
        known, known.phrase.lower().replace(" ", "-"), _HTTP_TITLES.get(status, "错误 error")
    )


def problem_body(
    problem: Problem, detail: str, instance: str, errors: Sequence[Mapping[str, str]] = ()
) -> dict[str, Any]:
    """Return the problem+json object; `errors` names each parameter at fault."""
    body: dict[str, Any] = {
        "type": f"urn:policykg:problem:{problem.code}",
        "title": problem.title,
        "status": int(problem.status),
        "detail": detail,
        "instance": instance,
    }
    if errors:
        body["errors"] = [dict(error) for error in errors]
    return body


PROBLEM_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:policykg:problem:not-found"]},
        "title": {"type": "string", "examples": ["未找到 not found"]},
        "status": {"type": "integer", "examples": [404]},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"where": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "candidates": {
            "type": "array",
            "description": "可能所指:名称不唯一或找不到时",
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {key: {"type": "string"} for key in ("id", "label", "name", "url")},
            },
        },
    },
}


def described_errors() -> dict[int | str, dict[str, Any]]:
    """Return what the OpenAPI document says of errors, the same for every route."""
    problems = {status: http_problem(status) for status in _ANYWHERE}
    problems |= {int(problem.status): problem for problem in reversed(list(PROBLEMS.values()))}
    return {
        status: {
            "description": problem.title,
            "content": {MEDIA_TYPE: {"schema": dict(PROBLEM_SCHEMA)}},
        }
        for status, problem in sorted(problems.items())
        if status >= HTTPStatus.BAD_REQUEST
    }


def add_error_handlers(app: FastAPI) -> None:
    """Make the app tell every error as application/problem+json."""

    @app.exception_handler(KgError)
    def told(request: Request, error: KgError) -> JSONResponse:
        problem = problem_of(error)
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("%s: %s", type(error).__name__, error)
        headers = {"Retry-After": "2"} if isinstance(error, StoreUnavailable) else None
        body = problem_body(problem, str(error), request.url.path)
        if isinstance(error, NotFound) and error.candidates:
            body["candidates"] = [dict(candidate) for candidate in error.candidates]
        return _response(body, headers)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = [_fault(item) for item in error.errors()]
        detail = "; ".join(f"{fault['where']}: {fault['message']}" for fault in faults)
        return _response(problem_body(BAD_REQUEST, detail, request.url.path, faults))

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> JSONResponse:
        problem = http_problem(error.status_code)
        detail = str(error.detail)
        if error.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
            detail = _no_path(request.url.path, [*app.openapi()["paths"]])
        return _response(problem_body(problem, detail, request.url.path), error.headers)


def _no_path(path: str, known: Sequence[str]) -> str:
    """Return what to say of a path that nothing answers: those like it, and where all are."""
    close = get_close_matches(path[:_LONGEST_PATH], known, n=3, cutoff=0.6)
    meant = f"; 是否指 did you mean {', '.join(close)}" if close else ""
    return f"没有这个地址 there is no such path{meant}; 全部见 all are at /docs"


def _fault(item: Mapping[str, Any]) -> dict[str, str]:
    # the value itself is not repeated: it may be long, and the caller knows it
    where = ".".join(str(part) for part in item["loc"][1:]) or str(item["loc"][0])
    return {"where": where, "message": str(item["msg"]).removeprefix("Value error, ")}


def _response(body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> JSONResponse:
    extra = dict(headers) if headers else None
    return JSONResponse(body, status_code=body["status"], headers=extra, media_type=MEDIA_TYPE)
