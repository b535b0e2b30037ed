"""POST /api/v1/cypher and `policykg cypher`: who may, what comes back, how others fare."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
import web_fixture as web
from typer.testing import CliRunner

from api.cli import app
from api.keys import KeyFile, Scope
from api.settings import Settings
from kg.adhoc import open_adhoc
from kg.opening import Login
from kg.stores import open_store

PATH = "/api/v1/cypher"
COUNT = {"cypher": "MATCH (n:Notice) RETURN count(n) AS n"}
ENDLESS = {"cypher": "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN count(a.name + g.id) AS n"}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    return KeyFile(tmp_path_factory.mktemp("keys") / "keys.json")


@pytest.fixture(scope="module")
def secret(keys: KeyFile) -> str:
    return keys.add("Lab", [Scope.CYPHER])[1]


@contextmanager
def asking(kept: tuple[str, Login], keys: KeyFile, **settings: Any) -> Iterator[httpx.Client]:
    url, login = kept
    known = Settings(keys_file=keys.path, **settings)
    with ExitStack() as stack:
        store = stack.enter_context(open_store(url, mode="read", login=login))
        adhoc = None
        if known.cypher:
            adhoc = stack.enter_context(open_adhoc(url, known.cypher_limits, login=login))
        base = stack.enter_context(web.serving(store, known, adhoc))
        yield stack.enter_context(httpx.Client(base_url=base, timeout=30))


@pytest.fixture(scope="module")
def reading_secret(keys: KeyFile) -> str:
    return keys.add("Reader", [Scope.READ])[1]


@pytest.fixture(scope="module")
def client(kept: tuple[str, Login], keys: KeyFile, secret: str) -> Iterator[httpx.Client]:
    with asking(kept, keys, cypher=True, cypher_seconds=2, rate_cypher="") as made:
        made.headers["X-API-Key"] = secret
        yield made


def told(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["type"].rpartition(":")[2])


def test_it_is_off_unless_enabled(kept: tuple[str, Login], keys: KeyFile, secret: str) -> None:
    with asking(kept, keys) as off:
        answer = off.post(PATH, json=COUNT, headers={"X-API-Key": secret})
        assert told(answer, 403) == "forbidden"
        assert "POLICYKG_CYPHER" in answer.json()["detail"]


def test_it_needs_a_key_with_that_scope(client: httpx.Client, reading_secret: str) -> None:
    told(client.post(PATH, json=COUNT, headers={"X-API-Key": ""}), 401)
    told(client.post(PATH, json=COUNT, headers={"X-API-Key": reading_secret}), 403)


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
        served = 0
        while not all(future.done() for future in running):
            assert client.get("/api/v1/notices").status_code == 200
            served += 1
        kinds = {told(f.result(), f.result().status_code) for f in running}
    assert kinds == {"limit-exceeded", "store-unavailable"}
    assert {f.result().headers.get("retry-after") for f in running} == {None, "2"}
    assert served > 1  # had they waited, one would have been served at most
    assert client.post(PATH, json=COUNT).json()["rows"] == [{"n": 5}]


def test_statements_have_a_rate_of_their_own(
    kept: tuple[str, Login], keys: KeyFile, secret: str
) -> None:
    with asking(kept, keys, cypher=True, rate_cypher="2/hour") as made:
        made.headers["X-API-Key"] = secret
        assert [made.post(PATH, json=COUNT).status_code for _ in range(3)] == [200, 200, 429]
        assert made.get("/api/v1/status").status_code == 200


class TestCommand:
    def run(self, kept: tuple[str, Login], *words: str, status: int = 0) -> tuple[str, str]:
        url, login = kept
        known = {"POLICYKG_NEO4J_USER": login.user, "POLICYKG_NEO4J_PASSWORD": login.password}
        result = CliRunner().invoke(app, ["cypher", *words, "--db", url], env=known)
        assert result.exit_code == status, result.output
        return result.stdout, result.stderr

    def test_formats(self, kept: tuple[str, Login]) -> None:
        words = [
            "MATCH (p:Product {name: $name}) RETURN p.name AS name",
            "--param",
            "name=盘锦大米",
        ]
        assert "盘锦大米" in self.run(kept, *words)[0]
        assert self.run(kept, *words, "--format", "csv")[0] == "name\n盘锦大米\n"
        found = json.loads(self.run(kept, *words, "--format", "json")[0])
        assert found == {"columns": ["name"], "rows": [{"name": "盘锦大米"}], "truncated": False}

    def test_parameters_are_json_else_text(self, kept: tuple[str, Login]) -> None:
        out, _ = self.run(
            kept, "RETURN $n + 1 AS n, $t AS t", "--param", "n=1", "--param", "t=x",
            "--format", "csv",
        )  # fmt: skip
        assert out == "n,t\n2,x\n"
        self.run(kept, "RETURN 1 AS x", "--param", "n", status=2)

    def test_the_rest_is_told(self, kept: tuple[str, Login]) -> None:
        _, told = self.run(kept, "UNWIND range(1, 9) AS x RETURN x", "--limit", "2")
        assert "truncated" in told
        assert "no rows" in self.run(kept, "MATCH (n:Nothing) RETURN n")[1]

    @pytest.mark.parametrize("cypher", ["CREATE (:Evil)", "RETURN"])
    def test_refusals_are_one_sentence(self, kept: tuple[str, Login], cypher: str) -> None:
        _, told = self.run(kept, cypher, status=1)
        assert len(told.splitlines()) == 1
        assert told.startswith("policykg: ")
