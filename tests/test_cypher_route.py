"""POST /api/v1/cypher and `policykg cypher`: who may, what comes back, how others fare."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web
from typer.testing import CliRunner

from api.cli import app
from api.keys import KeyFile, Scope
from api.settings import Settings
from kg.adhoc import open_adhoc
from kg.stores import open_store

PATH = "/api/v1/cypher"
COUNT = {"cypher": "MATCH (n:Notice) RETURN count(n) AS n"}
ENDLESS = {"cypher": "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN count(a.name + g.id) AS n"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cypher") / "graph.grafeo"
    with open_store(path, mode="write") as store:
        for fragment in sample.fragments():
            store.load(fragment)
    return path


@pytest.fixture(scope="module")
def keys(file: Path) -> KeyFile:
    return KeyFile(file.with_name("keys.json"))


@pytest.fixture(scope="module")
def secret(keys: KeyFile) -> str:
    return keys.add("Lab", [Scope.CYPHER])[1]


@contextmanager
def asking(file: Path, **settings: Any) -> Iterator[httpx.Client]:
    known = Settings(keys_file=file.with_name("keys.json"), **settings)
    with ExitStack() as stack:
        store = stack.enter_context(open_store(file, mode="read"))
        adhoc = None
        if known.cypher:
            adhoc = stack.enter_context(open_adhoc(file, known.cypher_limits))
        base = stack.enter_context(web.serving(store, known, adhoc))
        yield stack.enter_context(httpx.Client(base_url=base, timeout=30))


@pytest.fixture(scope="module")
def client(file: Path, secret: str) -> Iterator[httpx.Client]:
    with asking(file, cypher=True, cypher_seconds=2, rate_cypher="") as made:
        made.headers["X-API-Key"] = secret
        yield made


def told(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["type"].rpartition(":")[2])


def test_it_is_off_unless_enabled(file: Path, secret: str) -> None:
    with asking(file) as off:
        answer = off.post(PATH, json=COUNT, headers={"X-API-Key": secret})
        assert told(answer, 403) == "forbidden"
        assert "POLICYKG_CYPHER" in answer.json()["detail"]


def test_it_needs_a_key_with_that_scope(client: httpx.Client, keys: KeyFile) -> None:
    _, reader = keys.add("Reader", [Scope.READ])
    told(client.post(PATH, json=COUNT, headers={"X-API-Key": ""}), 401)
    told(client.post(PATH, json=COUNT, headers={"X-API-Key": reader}), 403)


def test_it_answers_with_rows_by_column(client: httpx.Client) -> None:
    statement = "MATCH (p:Product) WHERE p.name CONTAINS $word RETURN p.name AS name, p.id AS id"
    answer = client.post(PATH, json={"cypher": statement, "parameters": {"word": "大米"}})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["columns"] == ["name", "id"]
    assert [row["name"] for row in found["rows"]] == ["盘锦大米"]
    assert found["truncated"] is False


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"cypher": ""},
        {"cypher": "x" * 10_001},
        {"cypher": "RETURN 1 AS x", "more": 1},
        {"cypher": "RETURN 1 AS x", "parameters": [1]},
        {"cypher": "CREATE (:Evil)"},
        {"cypher": "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"},
        {"cypher": "RETURN 1 AS x; MATCH (n) DETACH DELETE n"},
        {"cypher": "RETURN $absent AS x"},
    ],
)
def test_what_is_refused_is_told(client: httpx.Client, body: dict[str, Any]) -> None:
    assert told(client.post(PATH, json=body), 422) == "bad-parameter"


def test_a_form_of_another_page_is_no_statement(client: httpx.Client) -> None:
    """A page elsewhere may send text without asking; only JSON is read."""
    answer = client.post(PATH, content=json.dumps(COUNT), headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422
    assert client.get(PATH, params=COUNT).status_code == 405


def test_a_body_that_grows_is_cut_off(client: httpx.Client) -> None:
    pieces = (b"x" * 10_000 for _ in range(20))
    answer = client.post(PATH, content=pieces, headers={"Content-Type": "application/json"})
    told(answer, 413)


def test_others_are_served_while_one_is_stopped(client: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(client.post, PATH, json=ENDLESS) for _ in range(8)]
        slowest = 0.0
        served = 0
        while not all(future.done() for future in running):
            began = time.monotonic()
            assert client.get("/api/v1/notices").status_code == 200
            slowest = max(slowest, time.monotonic() - began)
            served += 1
        kinds = {told(f.result(), f.result().status_code) for f in running}
    assert kinds == {"limit-exceeded", "store-unavailable"}
    assert {f.result().headers.get("retry-after") for f in running} == {None, "2"}
    assert served > 1
    assert slowest < 2
    assert client.post(PATH, json=COUNT).json()["rows"] == [{"n": 5}]


def test_statements_have_a_rate_of_their_own(file: Path, secret: str) -> None:
    with asking(file, cypher=True, rate_cypher="2/hour") as made:
        made.headers["X-API-Key"] = secret
        assert [made.post(PATH, json=COUNT).status_code for _ in range(3)] == [200, 200, 429]
        assert made.get("/api/v1/status").status_code == 200


class TestCommand:
    def run(self, file: Path, *words: str, status: int = 0) -> tuple[str, str]:
        result = CliRunner().invoke(app, ["cypher", *words, "--db", str(file)])
        assert result.exit_code == status, result.output
        return result.stdout, result.stderr

    def test_formats(self, file: Path) -> None:
        words = [
            "MATCH (p:Product {name: $name}) RETURN p.name AS name",
            "--param",
            "name=盘锦大米",
        ]
        assert "盘锦大米" in self.run(file, *words)[0]
        assert self.run(file, *words, "--format", "csv")[0] == "name\n盘锦大米\n"
        found = json.loads(self.run(file, *words, "--format", "json")[0])
        assert found == {"columns": ["name"], "rows": [{"name": "盘锦大米"}], "truncated": False}

    def test_parameters_are_json_else_text(self, file: Path) -> None:
        out, _ = self.run(
            file, "RETURN $n + 1 AS n, $t AS t", "--param", "n=1", "--param", "t=x",
            "--format", "csv",
        )  # fmt: skip
        assert out == "n,t\n2,x\n"
        self.run(file, "RETURN 1 AS x", "--param", "n", status=2)

    def test_the_rest_is_told(self, file: Path) -> None:
        _, told = self.run(file, "UNWIND range(1, 9) AS x RETURN x", "--limit", "2")
        assert "truncated" in told
        assert "no rows" in self.run(file, "MATCH (n:Nothing) RETURN n")[1]

    @pytest.mark.parametrize("cypher", ["CREATE (:Evil)", "RETURN"])
    def test_refusals_are_one_sentence(self, file: Path, cypher: str) -> None:
        _, told = self.run(file, cypher, status=1)
        assert len(told.splitlines()) == 1
        assert told.startswith("policykg: ")
