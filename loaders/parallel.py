"""Extract many notices at once: whole notices in worker processes, answers in the order asked.

Only so many notices are on their way at a time, so that memory does not grow with their number.
A notice that kills its worker, or takes too long, is told as an error; the others go on.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain, islice
from types import FrameType
from typing import Any

from kg.errors import KgError, SourceError
from kg.jsonl import format_fragment
from kg.types import GraphFragment
from loaders.ingest import NOTICE_ERRORS, extract_source
from loaders.report import Report
from loaders.sources import Source

SECONDS = 120  # for one notice
_FEW = 12  # notices, up to which starting processes costs more than it saves
_AHEAD = 4  # notices on their way for each worker


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a notice says, in a form that crosses processes cheaply."""

    fragment: GraphFragment
    report: Report


@dataclass(frozen=True, slots=True)
class Written:
    """What a notice says, as JSON lines; a worker writes them, or one process would do it for all.

    Attributes:
        lines: each with its line feed.
        report: on its reading.
    """

    lines: str
    report: Report


# What is made of a notice within so many seconds: an answer, or the reason why there is none.
type Work[A] = Callable[[Source | KgError, float], A | KgError]


def usable_cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_all[T, A](
    work: Work[A],
    tasks: Iterable[tuple[T, Source | KgError]],
    jobs: int,
    seconds: float = SECONDS,
) -> Iterator[tuple[T, A | KgError]]:
    """Yield what each notice says, or why it could not be read, in the order of the tasks.

    Args:
        work: `extract_one` or `write_one`.
        tasks: notices, each with anything that the answer should bear; an error in place of a
            notice is its own answer. They are taken as answers are fetched, a few ahead.
        jobs: worker processes; 1 stays in this one. A few notices never start any.
        seconds: for one notice; 0 for no limit.
    """
    tasks = iter(tasks)
    first = list(islice(tasks, _FEW))
    if jobs <= 1 or len(first) < _FEW:
        for tag, source in chain(first, tasks):
            yield tag, work(source, seconds)
        return
    pool = _Pool(work, jobs, seconds)
    try:
        yield from pool.run(chain(first, tasks))
    finally:
        pool.stop()


def extract_one(source: Source | KgError, seconds: float = 0) -> Extracted | KgError:
    """Return what a notice says, or why it could not be read, within a time limit."""
    if isinstance(source, KgError):
        return source
    try:
        with _Limit(source.uri, seconds):
            extraction = extract_source(source)
    except NOTICE_ERRORS as error:
        return error
    return Extracted(extraction.fragment, extraction.report)


def write_one(source: Source | KgError, seconds: float = 0) -> Written | KgError:
    """Return what a notice says as JSON lines, or why it could not be read."""
    answer = extract_one(source, seconds)
    if isinstance(answer, KgError):
        return answer
    lines = "".join(f"{line}\n" for line in format_fragment(answer.fragment))
    return Written(lines, answer.report)


class _Limit:
    """Ends what runs within it by a SourceError when the time is up.

    Works where there are alarms (not on Windows) and in a process's main thread, which is where
    workers run their tasks.
    """

    def __init__(self, uri: str, seconds: float) -> None:
        self.uri = uri
        self.seconds = seconds if hasattr(signal, "setitimer") else 0
        self.before: Any = None

    def __enter__(self) -> None:
        if self.seconds:
            self.before = signal.signal(signal.SIGALRM, self._end)
            signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def __exit__(self, *_: object) -> None:
        if self.seconds:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self.before)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        raise SourceError(self.uri, f"took more than {self.seconds:g} s to read")


@dataclass
class _Pool[A]:
    """Workers that are replaced when one dies."""

    work: Work[A]
    jobs: int
    seconds: float
    _executor: ProcessPoolExecutor | None = None
    _waiting: deque[tuple[Any, Source | KgError, Future[A | KgError]]] = field(
        default_factory=deque
    )

    def run[T](
        self, tasks: Iterator[tuple[T, Source | KgError]]
    ) -> Iterator[tuple[T, A | KgError]]:
        """Yield the answers in the order of the tasks."""
        for tag, source in tasks:
            self._waiting.append((tag, source, self._submit(source)))
            if len(self._waiting) >= self.jobs * _AHEAD:
                yield self._next()
        while self._waiting:
            yield self._next()

    def stop(self) -> None:
        """End the workers at once; what they were at is lost."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.kill()

    def _next(self) -> tuple[Any, A | KgError]:
        tag, source, future = self._waiting.popleft()
        try:
            return tag, future.result()
        except BrokenProcessPool:
            # Any of those on their way may have killed the worker: each is tried by itself.
            self._executor = None
            answer = self._alone(source)
            self._waiting = deque(
                (tag, source, self._submit(source)) for tag, source, _ in self._waiting
            )
            return tag, answer

    def _alone(self, source: Source | KgError) -> A | KgError:
        with self._start(1) as executor:
            try:
                return executor.submit(self.work, source, self.seconds).result()
            except BrokenProcessPool:
                reason = "its reading ended the process (a crash, or too little memory)"
                return SourceError(str(getattr(source, "uri", "")), reason)

    def _submit(self, source: Source | KgError) -> "Future[A | KgError]":
        if isinstance(source, KgError):
            known: Future[A | KgError] = Future()
            known.set_result(source)
            return known
        if self._executor is None:
            self._executor = self._start(self.jobs)
        try:
            return self._executor.submit(self.work, source, self.seconds)
        except BrokenProcessPool as error:
            broken: Future[A | KgError] = Future()
            broken.set_exception(error)
            return broken

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        # A fork of a process with threads may hang; a fork server starts clean, and fast.
        methods = multiprocessing.get_all_start_methods()
        method = "forkserver" if "forkserver" in methods else "spawn"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(["loaders.parallel"])
        return ProcessPoolExecutor(jobs, context, _begin_worker)


def _begin_worker() -> None:
    """Leave Ctrl-C to the process that asked, which ends its workers, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # Workers hold both ends of the queue that they wait at, so nothing else tells them that the
    # process that asked was killed.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
