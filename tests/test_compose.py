"""The container set-up, held to what it says without Docker."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from compose import ROOT, load_compose, neo4j_settings, substitute
from neo4j_server import Server

from api.settings import Settings

SERVICES = load_compose()["services"]


def test_a_password_must_be_chosen() -> None:
    for service, name in (("neo4j", "NEO4J_AUTH"), ("policykg", "POLICYKG_NEO4J_PASSWORD")):
        text = SERVICES[service]["environment"][name]
        with pytest.raises(KeyError, match=r"\.env"):
            substitute(text, {})
        assert substitute(text, {"POLICYKG_NEO4J_PASSWORD": "x"}).endswith("x")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert "POLICYKG_NEO4J_PASSWORD=\n" in example
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_every_variable_is_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for name in set(re.findall(r"(?<!\$)\$\{(\w+)", compose)):
        assert f"\n{name}=" in f"\n{example}"
    for name in re.findall(r"(?m)^(\w+)=", example):
        assert f"${{{name}:" in compose


def test_the_apis_settings_are_known_and_keys_are_kept() -> None:
    environment = {
        name: substitute(text, {"POLICYKG_NEO4J_PASSWORD": "x"})
        for name, text in SERVICES["policykg"]["environment"].items()
    }
    known = {f"POLICYKG_{name}".upper() for name in Settings.model_fields}
    of_the_store = {"POLICYKG_DB", "POLICYKG_NEO4J_USER", "POLICYKG_NEO4J_PASSWORD"}
    assert environment.keys() <= known | of_the_store
    with pytest.MonkeyPatch.context() as patch:
        for name, text in environment.items():
            patch.setenv(name, text)
        settings = Settings()
    assert settings.allowed_hosts == ("127.0.0.1", "localhost")
    assert "keys:/keys" in SERVICES["policykg"]["volumes"]
    assert str(settings.keys_file) == "/keys/keys.json"


def test_the_servers_settings_are_those_it_needs() -> None:
    settings = neo4j_settings({"NEO4J_HEAP": "2g"})
    assert settings["server.memory.heap.max_size"] == "2g"
    assert settings["dbms.security.allow_csv_import_from_file_urls"] == "false"
    assert "neo4j" in {volume.partition(":")[0] for volume in SERVICES["neo4j"]["volumes"]}
    assert SERVICES["policykg"]["depends_on"]["neo4j"]["condition"] == "service_healthy"


def test_the_api_starts_as_the_container_does(
    neo4j_server: Server, unused_port: int, tmp_path: Path
) -> None:
    neo4j_server.empty()
    command = SERVICES["policykg"]["command"][-1]
    assert "--host 0.0.0.0" in command
    command = command.replace("--host 0.0.0.0", f"--host 127.0.0.1 --port {unused_port}")
    program = tmp_path / "policykg"
    program.write_text(
        f"#!/bin/sh\nexec {sys.executable} -c 'from api.cli import main; main()' \"$@\"\n"
    )
    program.chmod(0o755)
    environment = SERVICES["policykg"]["environment"]
    known = {
        **os.environ,
        **{name: substitute(text, {"POLICYKG_NEO4J_PASSWORD": neo4j_server.password})
           for name, text in environment.items()},
        "POLICYKG_DB": neo4j_server.uri,
        "POLICYKG_KEYS_FILE": str(tmp_path / "keys.json"),
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
    }  # fmt: skip
    process = subprocess.Popen([str(shutil.which("sh")), "-c", command], env=known)
    try:
        assert _answers(f"http://127.0.0.1:{unused_port}/readyz", process)
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str, process: "subprocess.Popen[bytes]") -> bool:
    for _ in range(240):
        if process.poll() is not None:
            return False
        try:
            return httpx.get(url).status_code == 200
        except httpx.TransportError:
            time.sleep(0.25)
    return False
