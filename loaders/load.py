"""Load files into a store, one notice after another, and relate the measures that share words.

Notices are read by several processes and written by this one. A file that cannot be read is told
and passed over; a store that fails ends the run.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.errors import KgError
from kg.store import LoadResult, Store
from kg.types import GraphFragment
from loaders.ingest import NOTICE_ERRORS, STAGED, is_staged, read_staged
from loaders.parallel import SECONDS, extract_one, run_all
from loaders.report import Report
from loaders.reuse import MeasureText, find_reuse
from loaders.sources import Columns, Source, iter_sources


@dataclass(frozen=True, slots=True)
class Loaded:
    """A notice that is in the store now; `report` is None where it came from JSON lines."""

    path: Path
    result: LoadResult
    report: Report | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A file, or the rest of one, that could not be loaded."""

    path: Path
    error: KgError


@dataclass(frozen=True, slots=True)
class Reading:
    """How notices are read.

    Attributes:
        columns: which columns of a corpus hold what.
        jobs: processes.
        seconds: that one notice may take.
    """

    columns: Columns = field(default_factory=Columns)
    jobs: int = 1
    seconds: float = SECONDS


def load_files(
    paths: Sequence[Path], store: Store, reading: Reading | None = None
) -> Iterator[Loaded | Failed]:
    """Yield what became of each notice in the files, in their order.

    Raises:
        StoreError: the store is away or refuses; the notices told before are in it.
    """
    reading = reading or Reading()
    staged = {path for path in paths if path.suffix.lower() == STAGED and is_staged(path)}
    run: list[Path] = []
    for path in paths:
        if path not in staged:
            run.append(path)
            continue
        yield from _load_notices(run, store, reading)
        run = []
        yield from _load_staged(path, store)
    yield from _load_notices(run, store, reading)


def relate_measures(store: Store, changed: Iterable[str]) -> int:
    """Replace the text-reuse edges of the changed notices; return how many there are now.

    Raises:
        StoreError: the store could not answer or take them.
    """
    notices = sorted(set(changed))
    if not notices:
        return 0
    rows = store.run(_measure_texts())
    edges = find_reuse((MeasureText(**row) for row in rows), frozenset(notices))
    store.replace_reuse(notices, edges)
    return len(edges)


def _load_notices(
    paths: Sequence[Path], store: Store, reading: Reading
) -> Iterator[Loaded | Failed]:
    tasks: Iterator[tuple[Path, Source | KgError]] = (
        (path, source) for path in paths for source in iter_sources(path, reading.columns)
    )
    for path, answer in run_all(extract_one, tasks, reading.jobs, reading.seconds):
        if isinstance(answer, KgError):
            yield Failed(path, answer)
        else:
            yield _load(path, answer.fragment, store, answer.report)


def _load_staged(path: Path, store: Store) -> Iterator[Loaded | Failed]:
    try:
        for fragment in read_staged(path):
            yield _load(path, fragment, store)
    except NOTICE_ERRORS as error:
        yield Failed(path, error)


def _load(
    path: Path, fragment: GraphFragment, store: Store, report: Report | None = None
) -> Loaded | Failed:
    try:
        return Loaded(path, store.load(fragment), report)
    except NOTICE_ERRORS as error:
        return Failed(path, error)


@cache
def _measure_texts() -> str:
    return (files("loaders") / "measure_texts.cypher").read_text(encoding="utf-8")
