"""`policykg serve` and `policykg viz`, as a person runs them."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web
from typer.testing import CliRunner

from api.cli import app
from api.cli.serve import serve
from api.keys import KeyFile, Scope
from api.serving import AddressUnusable
from kg.stores import open_store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "graph.grafeo"
    with open_store(path, mode="write") as store:
        for fragment in (*sample.fragments(), web.evil_fragment()):
            store.load(fragment)
    return path


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@dataclass(frozen=True)
class Running:
    """A server in a process of its own."""

    base: str
    process: "subprocess.Popen[str]"

    def interrupt(self) -> str:
        """End it as Ctrl-C does; return what it wrote after its address."""
        assert self.process.stderr is not None
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(30) in (0, 130)
        return self.process.stderr.read()


@contextmanager
def running(database: Path, **settings: str) -> Iterator[Running]:
    words = ["serve", "--db", str(database), "--port", "0"]
    command = [sys.executable, "-c", "from api.cli import main; main()", *words]
    environment = {**os.environ, **{f"POLICYKG_{name}": text for name, text in settings.items()}}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        timer = threading.Timer(60, process.kill)
        timer.start()
        try:
            assert process.stderr is not None
            told = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", told)
            assert found, told
            yield Running(found[0], process)
        finally:
            timer.cancel()
            process.kill()


class TestServe:
    def test_a_taken_port_is_one_sentence(self, database: Path, taken: int) -> None:
        result = CliRunner().invoke(app, ["serve", "--db", str(database), "--port", str(taken)])
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert str(taken) in line
        assert "in use" in line
        assert f"--port {taken + 1}" in line

    def test_a_taken_port_is_an_error_for_callers(self, database: Path, taken: int) -> None:
        with pytest.raises(AddressUnusable, match="in use"):
            serve(str(database), port=taken)

    def test_a_strange_address_is_one_sentence(self, database: Path) -> None:
        words = ["serve", "--db", str(database), "--host", "192.0.2.1", "--port", "0"]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert "cannot listen on 192.0.2.1" in line

    def test_no_database_is_one_sentence(self, tmp_path: Path) -> None:
        words = ["serve", "--db", str(tmp_path / "none.grafeo"), "--port", "0"]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert "none.grafeo" in line

    @pytest.mark.parametrize("port", ["-1", "65536", "http"])
    def test_an_impossible_port_is_a_usage_error(self, port: str) -> None:
        assert CliRunner().invoke(app, ["serve", "--port", port]).exit_code == 2

    def test_it_answers_until_interrupted(self, database: Path) -> None:
        with running(database) as server:
            assert httpx.get(f"{server.base}/healthz", timeout=30).json()["status"] == "ok"
            listed = httpx.get(f"{server.base}/api/v1/notices?status=loaded", timeout=30).json()
            assert len(listed["notices"]) == 4
            assert "Traceback" not in server.interrupt()

    def test_it_logs_requests_without_secrets(self, database: Path, tmp_path: Path) -> None:
        keys = KeyFile(tmp_path / "keys.json")
        key, secret = keys.add("Lab", [Scope.READ])
        settings = {"KEYS_FILE": str(keys.path), "NEO4J_PASSWORD": "hush-hush"}
        with running(database, **settings) as server:
            path = f"{server.base}/api/v1/status"
            headers = {"Authorization": f"Bearer {secret}", "X-Request-ID": "lab-7"}
            httpx.get(path, params={"token": "a-token"}, headers=headers, timeout=30)
            httpx.get(path, headers={"X-API-Key": "pkg_00000000_guess"}, timeout=30)
            logged = server.interrupt()
        lines = [json.loads(line) for line in logged.splitlines()]
        first, second = (line for line in lines if line["event"] == "request")
        assert first["request_id"] == "lab-7"
        assert first["key"] == key.id
        assert (first["method"], first["path"], first["status"]) == ("GET", "/api/v1/status", 200)
        assert first["milliseconds"] > 0
        assert first["timestamp"].endswith("Z")
        assert (second["status"], second["key"]) == (401, None)
        for hidden in (secret, key.digest, "guess", "a-token", "hush-hush"):
            assert hidden not in logged

    def test_an_error_is_logged_under_its_request(self, database: Path) -> None:
        with running(database) as server:
            database.write_bytes(b"GRAF, and then nothing")
            answer = httpx.get(f"{server.base}/readyz", timeout=30)
            assert answer.status_code == 500
            logged = server.interrupt()
        errors = [line for line in map(json.loads, logged.splitlines()) if line["level"] == "error"]
        assert {line["request_id"] for line in errors} == {answer.headers["x-request-id"]}
        assert [line.get("status") for line in errors] == [None, 500]
        assert "graph.grafeo" in errors[0]["event"]

    def test_telemetry_that_cannot_be_sent_is_one_sentence(
        self, database: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("POLICYKG_TELEMETRY", "true")
        monkeypatch.setitem(sys.modules, "opentelemetry.exporter", None)
        result = CliRunner().invoke(app, ["serve", "--db", str(database), "--port", "0"])
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert "policykg[telemetry]" in line


class TestViz:
    def test_it_writes_one_page(self, database: Path, tmp_path: Path) -> None:
        file = tmp_path / "大米.html"
        words = ["viz", "盘锦大米", "--db", str(database), "--depth", "2", "-o", str(file)]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output
        page = file.read_text(encoding="utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert "支持盘锦大米等地理标志产品" in page  # the text around a quote
        assert file.stat().st_size < 1_500_000
        assert not list(Path.cwd().glob("lib")), "pyvis left its files behind"

    def test_an_unknown_node_is_one_sentence(self, database: Path, tmp_path: Path) -> None:
        file = tmp_path / "x.html"
        words = ["viz", "并不存在", "--db", str(database), "-o", str(file)]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 1
        assert "并不存在" in result.stderr
        assert "Traceback" not in result.output
        assert not file.exists()

    def test_an_unwritable_file_is_one_sentence(self, database: Path, tmp_path: Path) -> None:
        file = tmp_path / "no" / "such" / "folder" / "x.html"
        words = ["viz", "盘锦大米", "--db", str(database), "-o", str(file)]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert str(file) in line
