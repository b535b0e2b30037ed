"""The interface as its document tells it: complete, announced, and true of the answers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import web_fixture as web
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
)

from api.app import create_app
from api.openapi import describe_api
from api.settings import Settings
from kg.opening import open_store

COMMITTED = Path(__file__).parent.parent / "api" / "openapi.json"
# What is right there depends on the query that is named, or on what the graph has.
BY_THE_GRAPH = ("/api/v1/cypher", "/api/v1/explore/", "/api/v1/queries/", "/api/v1/views/")
ASKED = [
    pytest.param(path, method, mode, id=f"{method}-{path}-{mode.value}")
    for path, methods in json.loads(COMMITTED.read_text(encoding="utf-8"))["paths"].items()
    for method, operation in methods.items()
    for mode in GenerationMode
    # without parameters nothing can be wrong
    if mode is GenerationMode.POSITIVE or operation.get("parameters")
]
some = settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# Few addresses are so long that they are refused for that.
UNLIMITED = Settings(rate_anonymous="", max_url=60_000, max_text=10**9)


@pytest.fixture(scope="module")
def document() -> Any:
    with open_store("memory:", mode="write") as store:
        return describe_api(create_app(store))


def operations(document: Any) -> Iterator[tuple[str, Any]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_no_change_goes_unannounced(document: Any) -> None:
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert document == committed, "the interface has changed: run `make openapi`, look at the diff"


def test_every_operation_has_a_name_of_its_own(document: Any) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(names)) == len(names)


def test_every_answer_has_an_example_that_its_schema_allows(document: Any) -> None:
    for where, operation in operations(document):
        assert "200" in operation["responses"], where
        for status, response in operation["responses"].items():
            if "$ref" in response:
                response = document["components"]["responses"][response["$ref"].split("/")[-1]]
            assert response["description"], (where, status)
            for media_type, content in response.get("content", {}).items():
                assert "example" in content, (where, status, media_type)
                schema = {**content["schema"], "components": document["components"]}
                Draft202012Validator(schema).validate(content["example"])


def test_every_operation_tells_its_errors(document: Any) -> None:
    for where, operation in operations(document):
        assert {"401", "404", "422", "429", "503"} <= operation["responses"].keys(), where


@pytest.fixture(scope="module")
def described() -> Iterator[Any]:
    with web.evil_store() as store, web.serving(store, UNLIMITED) as base:
        yield schemathesis.openapi.from_url(f"{base}/openapi.json")


@pytest.mark.parametrize(("path", "method", "mode"), ASKED)
def test_answers_are_as_described(
    described: Any, path: str, method: str, mode: GenerationMode
) -> None:
    """Whatever is asked, right or wrong, the answer has a status and a shape that are described."""
    operation = described[path][method.upper()]
    left_out = [positive_data_acceptance] if path.startswith(BY_THE_GRAPH) else []

    @given(case=operation.as_strategy(generation_mode=mode))
    @some
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            case.query.pop("cursor", None)  # one that nobody gave out is refused
            if case.query.get("ongoing") in (True, "true"):
                for bound in ("due_from", "due_to"):  # what never ends has no deadline
                    case.query.pop(bound, None)
        answer = case.call(timeout=60)
        # an overlong address is refused before anybody looks for what else is wrong
        refused = [negative_data_rejection] if answer.status_code == 414 else []
        case.validate_response(answer, excluded_checks=[*left_out, *refused])

    ask()
