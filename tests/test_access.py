"""What stands around the routes: keys, rates, CORS, bounds, request ids, metrics, traces."""

import asyncio
import base64
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import web_fixture as web
from pydantic import ValidationError
from starlette.types import Message, Receive, Scope, Send

from api.http.access import _address
from api.http.bounds import AnswerTooLarge, SizeLimit, TimeLimit
from api.keys import KeyFile
from api.keys import Scope as KeyScope
from api.settings import Settings
from kg.store import Store

STATUS = "/api/v1/status"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with web.evil_store() as opened:
        yield opened


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


@contextmanager
def asking(store: Store, **settings: Any) -> Iterator[httpx.Client]:
    with (
        web.serving(store, Settings(**settings)) as base,
        httpx.Client(base_url=base, timeout=30) as client,
    ):
        yield client


def is_problem(answer: httpx.Response, status: int) -> bool:
    guarded = "x-content-type-options" in answer.headers and "x-request-id" in answer.headers
    is_told = answer.headers["content-type"] == "application/problem+json"
    return answer.status_code == status and is_told and guarded


class TestKeys:
    def test_anyone_may_read_unless_told_otherwise(self, store: Store, keys: KeyFile) -> None:
        with asking(store, keys_file=keys.path) as client:
            assert client.get(STATUS).status_code == 200
        with asking(store, keys_file=keys.path, anonymous_read=False) as client:
            for path in (STATUS, "/", "/docs", "/openapi.json", "/static/app.js", "/nothing"):
                answer = client.get(path)
                assert is_problem(answer, 401), path
                assert "Basic" in answer.headers["www-authenticate"]
            for path in ("/healthz", "/readyz"):
                assert client.get(path).status_code == 200

    def test_a_key_comes_in_three_ways(self, store: Store, keys: KeyFile) -> None:
        _, secret = keys.add("Lab", [KeyScope.READ])
        basic = base64.b64encode(f"anyone:{secret}".encode()).decode()
        with asking(store, keys_file=keys.path, anonymous_read=False) as client:
            for headers in (
                {"Authorization": f"Bearer {secret}"},
                {"authorization": f"bearer  {secret}"},
                {"X-API-Key": secret},
                {"Authorization": f"Basic {basic}"},
            ):
                assert client.get(STATUS, headers=headers).status_code == 200
            assert is_problem(client.get(STATUS, params={"api_key": secret}), 401)

    @pytest.mark.parametrize(
        "headers",
        [
            {"Authorization": "Bearer pkg_00000000_x"},
            {"X-API-Key": "x" * 5000},
            {"Authorization": "Basic !!"},
            {"Authorization": "Basic /w=="},
        ],
    )
    def test_a_wrong_key_is_refused_even_where_none_is_needed(
        self, store: Store, keys: KeyFile, headers: dict[str, str]
    ) -> None:
        with asking(store, keys_file=keys.path) as client:
            assert is_problem(client.get(STATUS, headers=headers), 401)

    def test_a_revoked_key_is_refused_from_then_on(self, store: Store, keys: KeyFile) -> None:
        _, secret = keys.add("Lab", [KeyScope.READ])
        headers = {"X-API-Key": secret}
        with asking(store, keys_file=keys.path, anonymous_read=False) as client:
            assert client.get(STATUS, headers=headers).status_code == 200
            keys.revoke("Lab")
            assert client.get(STATUS, headers=headers).status_code == 401

    def test_a_spoilt_file_lets_nobody_in(self, store: Store, keys: KeyFile) -> None:
        keys.path.write_text("{")
        with asking(store, keys_file=keys.path, anonymous_read=False) as client:
            answer = client.get(STATUS, headers={"X-API-Key": "pkg_00000000_x"})
            assert is_problem(answer, 503)

    def test_metrics_need_an_admin(self, store: Store, keys: KeyFile) -> None:
        _, reader = keys.add("Lab", [KeyScope.READ])
        _, admin = keys.add("Prometheus", [KeyScope.ADMIN])
        with asking(store, keys_file=keys.path) as client:
            assert is_problem(client.get("/metrics"), 401)
            assert is_problem(client.get("/metrics", headers={"X-API-Key": reader}), 403)
            client.get(STATUS)
            client.get("/api/v1/entities/nothing")
            told = client.get("/metrics", headers={"X-API-Key": admin}).text
        assert f'http_requests_total{{handler="{STATUS}",method="GET",status="2xx"}} 1.0' in told
        assert 'handler="/api/v1/entities/{id}",method="GET",status="4xx"' in told
        assert "process_resident_memory_bytes" in told

    def test_metrics_can_be_opened(self, store: Store) -> None:
        with asking(store, open_metrics=True) as client:
            assert client.get("/metrics").headers["content-type"].startswith("text/plain")


class TestRates:
    def test_too_many_from_an_address(self, store: Store) -> None:
        with asking(store, rate_anonymous="3/hour") as client:
            assert [client.get(STATUS).status_code for _ in range(3)] == [200] * 3
            answer = client.get(STATUS)
            assert is_problem(answer, 429)
            assert 1 <= int(answer.headers["retry-after"]) <= 3600
            assert client.get("/healthz").status_code == 200
            assert client.get("/static/app.js").status_code == 200

    def test_a_key_has_a_rate_of_its_own(self, store: Store, keys: KeyFile) -> None:
        secrets = [keys.add(name, [KeyScope.READ])[1] for name in ("Lab", "Office")]
        with asking(
            store, keys_file=keys.path, rate_anonymous="1/hour", rate_key="2/hour"
        ) as client:
            assert client.get(STATUS).status_code == 200
            assert client.get(STATUS).status_code == 429
            for secret in secrets:
                headers = {"X-API-Key": secret}
                codes = [client.get(STATUS, headers=headers).status_code for _ in range(3)]
                assert codes == [200, 200, 429]

    def test_guessing_keys_is_counted(self, store: Store, keys: KeyFile) -> None:
        with asking(store, keys_file=keys.path, rate_anonymous="2/hour") as client:
            codes = [
                client.get(STATUS, headers={"X-API-Key": f"pkg_0000000{n}_x"}).status_code
                for n in range(4)
            ]
        assert codes == [401, 401, 429, 429]

    def test_a_proxy_that_is_trusted_tells_the_address(self, store: Store) -> None:
        with asking(store, rate_anonymous="1/hour") as client:
            for address in ("192.0.2.1", "192.0.2.2"):
                headers = {"X-Forwarded-For": address}
                codes = [client.get(STATUS, headers=headers).status_code for _ in range(2)]
                assert codes == [200, 429]

    @pytest.mark.parametrize(
        ("host", "known_as"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
            ("testclient", "testclient"),
        ],
    )
    def test_addresses(self, host: str, known_as: str) -> None:
        assert _address({"type": "http", "client": (host, 1)}) == known_as

    def test_a_rate_that_says_nothing_is_refused(self) -> None:
        with pytest.raises(ValidationError):
            Settings(rate_key="often")


class TestCors:
    def test_pages_of_the_list_may_ask(self, store: Store, keys: KeyFile) -> None:
        ours, other = "https://lab.example", "https://evil.example"
        _, secret = keys.add("Lab", [KeyScope.READ])
        with asking(
            store, keys_file=keys.path, anonymous_read=False, cors_origins=(ours,)
        ) as client:
            wish = {
                "Origin": ours,
                "Access-Control-Request-Method": "GET",
                "Access-Control-Request-Headers": "authorization",
            }
            allowed = client.options(STATUS, headers=wish)
            assert allowed.status_code == 200
            assert allowed.headers["access-control-allow-origin"] == ours
            headers = {"Origin": ours, "X-API-Key": secret}
            answer = client.get(STATUS, headers=headers)
            assert answer.headers["access-control-allow-origin"] == ours
            assert "access-control-allow-credentials" not in answer.headers
            refused = client.get(STATUS, headers={**headers, "Origin": other})
            assert "access-control-allow-origin" not in refused.headers
            # a page of ours can read why it was refused
            assert client.get(STATUS, headers={"Origin": ours}).headers[
                "access-control-allow-origin"
            ] == ours  # fmt: skip


class TestBounds:
    def test_a_slow_answer_is_given_up(self) -> None:
        class Slow:
            def snapshot(self) -> "Slow":
                return self

            def version(self) -> str:
                time.sleep(2)
                return "1"

        with asking(Slow(), request_seconds=0.2) as client:  # type: ignore[arg-type]
            began = time.monotonic()
            assert is_problem(client.get(STATUS), 504)
            assert time.monotonic() - began < 1.8
            assert client.get("/healthz").status_code == 200

    def test_a_large_answer_is_refused(self, store: Store) -> None:
        with asking(store, max_response=1000) as client:
            answer = client.get("/api/v1/ontology")
            assert is_problem(answer, 422)
            assert answer.json()["type"].endswith("answer-too-large")

    def test_a_stream_is_cut_off(self) -> None:
        async def stream(scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for _ in range(10):
                await send({"type": "http.response.body", "body": b"x" * 30, "more_body": True})

        sent: list[Message] = []
        with pytest.raises(AnswerTooLarge):
            run_asgi(SizeLimit(stream, 100), sent)
        assert sum(len(message.get("body", b"")) for message in sent) == 90

    def test_a_stream_that_has_begun_may_go_on(self) -> None:
        async def stream(scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await asyncio.sleep(0.1)
            await send({"type": "http.response.body", "body": b"done"})

        sent: list[Message] = []
        run_asgi(TimeLimit(stream, 0.05), sent)
        assert sent[-1]["body"] == b"done"


class TestRequestIds:
    @pytest.mark.parametrize("path", [STATUS, "/", "/nothing", "/healthz", "/static/app.js"])
    def test_every_answer_has_one(self, store: Store, path: str) -> None:
        with asking(store) as client:
            ids = {client.get(path).headers["x-request-id"] for _ in range(2)}
            assert len(ids) == 2
            mine = client.get(path, headers={"X-Request-ID": "lab-7"})
            assert mine.headers["x-request-id"] == "lab-7"

    @pytest.mark.parametrize("wish", ["", "x" * 65, "a b", '"}{"level":"error'])
    def test_one_that_would_spoil_a_log_is_replaced(self, store: Store, wish: str) -> None:
        with asking(store) as client:
            answer = client.get(STATUS, headers={"X-Request-ID": wish})
            assert answer.headers["x-request-id"] != wish


TRACED = """
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
import httpx, web_fixture as web
with web.evil_store() as store, web.serving(store) as base:
    httpx.get(base + "/api/v1/status", headers={"X-API-Key": ""})
print([span.name for span in exporter.get_finished_spans()])
"""


def test_requests_are_traced() -> None:
    """In a process of its own, for a process has one provider for good."""
    command = [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{TRACED}"]
    spans = subprocess.check_output(command, text=True, cwd=Path(__file__).parent)
    assert "'GET /api/v1/status'" in spans


def run_asgi(app: Callable[..., Any], sent: list[Message]) -> None:
    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/", "headers": []}
    asyncio.run(app(scope, receive, send))
