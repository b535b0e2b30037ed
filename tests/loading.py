"""A process that loads notices, for tests that kill it."""

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from builders import series

from kg.opening import open_store

_METHODS = multiprocessing.get_all_start_methods()
_CONTEXT = multiprocessing.get_context("forkserver" if "forkserver" in _METHODS else "spawn")


@contextmanager
def loading(path: Path, first: int) -> Iterator[tuple[BaseProcess, Connection]]:
    """Start a process that loads the series from a number on; the connection tells each."""
    if "forkserver" in _METHODS:
        # Importing takes longer than loading: do it once for all these processes.
        multiprocessing.set_forkserver_preload(["loading", "kg.stores.cypher_store"])
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_load, args=(path, first, theirs))
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()


def killed_while_loading(path: Path, first: int, seconds: float) -> int:
    """Kill a loader at its work; return the last number it had told."""
    with loading(path, first) as (process, told):
        last: int = told.recv()  # at least one is in
        time.sleep(seconds)
        process.kill()
        process.join()
        try:
            while True:
                last = told.recv()
        except EOFError:
            return last


def _load(path: Path, first: int, tell: Connection) -> None:
    with open_store(path, mode="write") as store:
        for number in range(first, 10_000):
            store.load(series(number))
            tell.send(number)
