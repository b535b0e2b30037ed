"""The OpenAPI document made whole: every response with an example, errors said once."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from fastapi import FastAPI

from api.errors import MEDIA_TYPE, PROBLEM_SCHEMA, PROBLEMS, Problem, http_problem, problem_body
from api.release import version

type Document = dict[str, Any]

_DEEPEST = 8  # objects within objects in an example
_JSON = "application/json"
_DETAILS: Mapping[int, str] = {
    300: "「省教育厅」指 2 个:请改用 candidates 之一的 id、规范名或 url",
    401: "此处需要密钥",
    403: "此密钥没有所需的权限",
    404: "/api/v1/agencies 中没有「省海盗厅」;可在 /api/v1/agencies?q= 中查找",
    422: "没有参数 no parameter 'involve'; did you mean involves? (known: involves, …)",
    429: "每个密钥或地址最多 600/minute;请在 7 秒后再试",
    414: "地址有 9000 字节,最多 8192 字节",
    421: "此服务只以设置的主机名应答 (POLICYKG_ALLOWED_HOSTS)",
    500: "服务器遇到意外错误,详情见日志",
    503: "图数据库暂不可用,请稍后再试",
    504: "30 秒内未能作答;请缩小范围,如减小 limit",
}
_CANDIDATE = {
    "id": "f247bd0f09a6bf8bb4b5",
    "label": "Agency",
    "name": "辽宁省教育厅",
    "url": "/api/v1/agencies/f247bd0f09a6bf8bb4b5",
}
_TEXTS: Mapping[str, str] = {
    "text/csv": "id,name\r\nf247bd0f09a6bf8bb4b5,辽宁省教育厅\r\n",
    "application/x-ndjson": '{"id":"f247bd0f09a6bf8bb4b5","name":"辽宁省教育厅"}\n',
}


def serve_openapi(app: FastAPI) -> None:
    """Make the app tell its document from the committed copy.

    To make it anew takes seconds, in which a server answers nobody; a test holds the copy to what
    `describe_api` returns.
    """
    app.openapi = _committed  # type: ignore[method-assign]


def describe_api(app: FastAPI) -> Document:
    """Return the document, made anew from the routes of the app."""
    app.openapi_schema = None
    return _completed(FastAPI.openapi(app))


@cache
def _committed() -> Document:
    text = (files("api") / "openapi.json").read_text(encoding="utf-8")
    document: Document = json.loads(text)
    document["info"]["version"] = version()
    return document


def _completed(document: Document) -> Document:
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = dict(PROBLEM_SCHEMA)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)  # FastAPI's own, which no route answers with
    told: dict[int, Document] = {}
    for operation in _operations(document):
        responses = operation["responses"]
        for status, response in responses.items():
            if MEDIA_TYPE in response.get("content", {}):
                told.setdefault(int(status), _problem_response(int(status), response))
                responses[status] = {"$ref": f"#/components/responses/Problem{status}"}
            else:
                _add_examples(response, schemas)
    components["responses"] = {f"Problem{status}": told[status] for status in sorted(told)}
    return document


def _operations(document: Document) -> Iterator[Document]:
    for path in document["paths"].values():
        yield from path.values()


def _problem_response(status: int, response: Document) -> Document:
    known = {int(problem.status): problem for problem in reversed(list(PROBLEMS.values()))}
    problem: Problem = known.get(status) or http_problem(status)
    detail = _DETAILS.get(status, HTTPStatus(status).phrase)
    example = problem_body(problem, detail, "/api/v1/agencies")
    if status in (300, 404):
        example["candidates"] = [_CANDIDATE]
    if status == 422:
        example["errors"] = [{"where": "limit", "message": "Input should be a valid integer"}]
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    headers = {"headers": response["headers"]} if "headers" in response else {}
    return {"description": problem.title, **headers, "content": {MEDIA_TYPE: content}}


def _add_examples(response: Document, schemas: Document) -> None:
    for media_type, content in response.get("content", {}).items():
        if "example" in content or "examples" in content:
            continue
        if media_type == _JSON:
            content["example"] = _example(content.get("schema", {}), schemas, 0)
        elif media_type in _TEXTS:
            content["example"] = _TEXTS[media_type]


def _example(schema: Document, schemas: Document, depth: int) -> Any:
    """Return a value that the schema allows, made of its own examples where it has some."""
    if "$ref" in schema:
        return _example(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas, depth)
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    if "const" in schema:
        return schema["const"]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return _example(schema[key][0], schemas, depth)
    return _plain_example(schema, schemas, depth)


def _plain_example(schema: Document, schemas: Document, depth: int) -> Any:
    match schema.get("type"):
        case "object" if "properties" in schema:
            return {
                name: _example(part, schemas, depth + 1)
                for name, part in schema["properties"].items()
            }
        case "array":
            return (
                [] if depth > _DEEPEST else [_example(schema.get("items", {}), schemas, depth + 1)]
            )
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "string":
            return _word(schema)
        case "null":
            return None
    return {}


def _word(schema: Document) -> str:
    return "文字"[: schema.get("maxLength", 2)]
