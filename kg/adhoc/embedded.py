"""Ad-hoc Cypher on an embedded database: in processes of its own, which are killed in time."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from kg.adhoc.guard import clean_statement
from kg.adhoc.types import Limits, Table, Turnstile
from kg.errors import LimitExceeded, QueryError, StoreRejected, StoreUnavailable
from kg.stores.files import DatabaseFile, Version

_CODE = "from kg.adhoc.worker import main; main()"
_OPENING = 60.0  # seconds that a worker has to open the database


class EmbeddedReader:
    """Keeps a worker for the next statement, unless it was killed or the file was replaced."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._file = DatabaseFile(path)
        self._limits = limits
        self._turnstile = Turnstile(limits.at_once)
        self._idle: list[_Worker] = []
        self._one_taker = threading.Lock()

    def run(self, cypher: str, parameters: Mapping[str, Any]) -> Table:
        """Answer one statement; see `AdhocReader`."""
        statement = clean_statement(cypher)
        with self._turnstile.passed():
            worker = self._take()
            try:
                found = worker.ask(statement, parameters, self._limits)
            except BaseException:
                if worker.is_alive():
                    self._put_back(worker)
                raise
            self._put_back(worker)
            return found

    def close(self) -> None:
        """End the processes."""
        with self._one_taker:
            while self._idle:
                self._idle.pop().end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _take(self) -> "_Worker":
        version = self._file.version()
        if version is None:
            raise StoreUnavailable(f"there is no database at {self._file.path}")
        with self._one_taker:
            while self._idle:
                worker = self._idle.pop()
                if worker.version == version and worker.is_alive():
                    return worker
                worker.end()
        return _Worker(self._file.path, version, self._limits)

    def _put_back(self, worker: "_Worker") -> None:
        with self._one_taker:
            self._idle.append(worker)


class _Worker:
    """A process with the database open as it was at a version."""

    def __init__(self, path: Path, version: Version, limits: Limits) -> None:
        self.version = version
        # nothing of ours is in its environment: no password, no key
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CODE, str(path), str(limits.memory), str(limits.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
            cwd="/",
            text=True,
            encoding="utf-8",
        )
        with suppress(LimitExceeded):
            if self._read_within(_OPENING):
                return
        raise StoreUnavailable(f"no process could open {path} for ad-hoc statements")

    def is_alive(self) -> bool:
        """Return whether it can be asked."""
        return self._process.poll() is None

    def ask(self, statement: str, parameters: Mapping[str, Any], limits: Limits) -> Table:
        """Return its answer; it is dead after one that took too much."""
        question = {
            "cypher": statement,
            "parameters": dict(parameters),
            "rows": limits.rows,
            "size": limits.size,
        }
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(question, ensure_ascii=False) + "\n")
            self._process.stdin.flush()
        told = self._read_within(limits.seconds)
        if told is None or told.get("memory"):
            self.end()
            raise LimitExceeded(
                f"the statement took more than {limits.memory // 2**20} MiB of memory, or broke "
                "the engine"
            )
        if "error" in told:
            raise QueryError(_first_line(told["error"]))
        return Table(tuple(told["columns"]), tuple(told["rows"]), told["truncated"])

    def end(self) -> None:
        """Kill it, and let go of its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _read_within(self, seconds: float) -> dict[str, Any] | None:
        """Return its next message; None if it died.

        Raises:
            LimitExceeded: there was none in time, and it was killed.
        """
        is_late = threading.Event()

        def kill() -> None:
            is_late.set()
            self._process.kill()

        timer = threading.Timer(seconds, kill)
        timer.daemon = True
        timer.start()
        assert self._process.stdout is not None
        try:
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        if line.endswith("\n"):
            told: dict[str, Any] = json.loads(line)
            return told
        self.end()
        if is_late.is_set():
            raise LimitExceeded(f"the statement took longer than {seconds:g} s")
        return None


def open_embedded(path: Path, limits: Limits) -> EmbeddedReader:
    """Return what answers ad-hoc statements on the database in a file.

    Raises:
        StoreRejected: this system cannot limit what a process takes, or there is no database.
    """
    if not sys.platform.startswith("linux"):
        raise StoreRejected(
            "ad-hoc Cypher on an embedded database needs Linux, which can limit a process's "
            "memory and files; use a Neo4j server"
        )
    if DatabaseFile(path).version() is None:
        raise StoreRejected(f"there is no database at {path}; load notices into it first")
    return EmbeddedReader(path, limits)


def _first_line(reason: str) -> str:
    # "GRAFEO-Q001: syntax error: …" and then a drawing of where
    head, _, rest = reason.partition(": ")
    return (rest if head.startswith("GRAFEO-") else reason).partition("\n")[0]
