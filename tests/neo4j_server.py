"""A real Neo4j server for the tests: one that is there, one in Docker, or one from Maven.

POLICYKG_TEST_NEO4J_URI names one that is there (with POLICYKG_TEST_NEO4J_USER and _PASSWORD); its
default database is emptied. In CI there must be one; elsewhere the tests skip and say why.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import neo4j
import platformdirs
import pytest
from compose import neo4j_settings

POM = Path(__file__).parent / "neo4j" / "pom.xml"
PASSWORD = "a-password-for-tests"
STARTING = 90  # seconds


@dataclass(frozen=True)
class Server:
    """Where a server listens, and who may ask it."""

    uri: str
    user: str
    password: str

    def empty(self) -> None:
        """Delete all nodes and edges."""
        with (
            neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver,
            driver.session() as session,
        ):
            session.run("MATCH (n) DETACH DELETE n").consume()


@contextlib.contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """Yield a server; skip the test, or fail it in CI, where none can be had."""
    if uri := os.environ.get("POLICYKG_TEST_NEO4J_URI"):
        user = os.environ.get("POLICYKG_TEST_NEO4J_USER", "neo4j")
        yield Server(uri, user, os.environ.get("POLICYKG_TEST_NEO4J_PASSWORD", ""))
    elif _has_docker():
        with _in_docker() as server:
            yield server
    elif shutil.which("mvn") and shutil.which("java"):
        with _from_maven(folder) as server:
            yield server
    else:
        reason = "no Neo4j: set POLICYKG_TEST_NEO4J_URI, or install Docker, or Maven and Java 17"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextlib.contextmanager
def imported_server(folder: Path, args_file: Path) -> Iterator[Server]:
    """Yield a server of its own on a database made by `neo4j-admin database import`."""
    if not (shutil.which("mvn") and shutil.which("java")):
        reason = "no neo4j-admin: install Maven and Java 17"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with _from_maven(folder, args_file) as server:
        yield server


def _has_docker() -> bool:
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def _in_docker() -> Iterator[Server]:
    from testcontainers.neo4j import Neo4jContainer

    with Neo4jContainer("neo4j:5.26-community", password=PASSWORD) as container:
        yield Server(container.get_connection_url(), "neo4j", PASSWORD)


@contextlib.contextmanager
def _from_maven(home: Path, args_file: Path | None = None) -> Iterator[Server]:
    """Start a server in a new home; with an args file, on the database that it imports."""
    jars = _jars()
    for name in ("conf", "data", "logs", "import", "plugins", "run"):
        (home / name).mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (home / "conf" / "neo4j.conf").write_text(_conf(port, home))
    java = ["java", "-cp", f"{jars}/*"]
    environment = {**os.environ, "NEO4J_HOME": str(home)}
    admin = [*java, "org.neo4j.server.startup.Neo4jAdminCommand"]
    subprocess.run(
        [*admin, "dbms", "set-initial-password", PASSWORD],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip
    if args_file:
        subprocess.run(
            [*admin, "database", "import", "full", "neo4j", f"@{args_file.name}"],
            env=environment, check=True, capture_output=True, cwd=args_file.parent,
        )  # fmt: skip
    log = (home / "logs" / "console.log").open("w")
    main = "org.neo4j.server.CommunityEntryPoint"
    process = subprocess.Popen(
        [*java, "-Xmx2g", main, f"--home-dir={home}", f"--config-dir={home}/conf"],
        env=environment, stdout=log, stderr=log,
    )  # fmt: skip
    try:
        server = Server(f"bolt://127.0.0.1:{port}", "neo4j", PASSWORD)
        _wait(server, process, home)
        yield server
    finally:
        process.terminate()
        process.wait(60)
        log.close()


def _conf(port: int, home: Path) -> str:
    """Return the settings of docker-compose.yml, with this machine's addresses and folders."""
    settings = {
        **neo4j_settings({}),
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.directories.import": str(home / "import"),
        "server.config.strict_validation.enabled": "true",  # a wrong name stops the server
    }
    return "".join(f"{key}={value}\n" for key, value in settings.items())


def _jars() -> Path:
    """Return the folder of the server's jars, fetched once for each version of the pom."""
    stamp = POM.stat().st_size, POM.read_text().partition("neo4j.version>")[2].partition("<")[0]
    folder = platformdirs.user_cache_path("policykg-tests") / f"neo4j-{stamp[1]}-{stamp[0]}"
    if not (folder / "complete").exists():
        arguments = ["-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
        subprocess.run(
            ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", *arguments],
            check=True,
        )
        (folder / "complete").touch()
    return folder


def _wait(server: Server, process: "subprocess.Popen[bytes]", home: Path) -> None:
    stop = time.monotonic() + STARTING
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        while True:
            try:
                driver.verify_connectivity()
            except neo4j.exceptions.DriverError:
                if process.poll() is not None or time.monotonic() > stop:
                    pytest.fail((home / "logs" / "console.log").read_text()[-2000:])
                time.sleep(0.5)
            else:
                return
