"""Load files into a store, one notice after another, and relate the measures that share words.

A file that cannot be read is told and passed over; a store that fails ends the run.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from traceback import extract_tb

from kg.errors import FragmentError, KgError, OutlineError, SourceError
from kg.jsonl import parse_fragments
from kg.ontology import load_ontology
from kg.store import LoadResult, Store
from kg.types import GraphFragment
from loaders.pipeline import Extraction, extract_bytes
from loaders.report import Report
from loaders.reuse import MeasureText, find_reuse
from loaders.sources import Columns, Source, iter_sources

STAGED = ".jsonl"
_LONGEST_LINE = 40_000_000
# What is wrong with one notice only; other errors end the run.
NOTICE_ERRORS = (SourceError, OutlineError, FragmentError)


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


def extract_source(source: Source) -> Extraction:
    """Return what a notice says.

    Raises:
        SourceError: it cannot be read, or a defect of ours shows in it; the others can go on.
    """
    try:
        return extract_bytes(source.raw, source.uri, source.page)
    except KgError:
        raise
    except Exception as error:
        at = extract_tb(error.__traceback__)[-1]
        where = f"{Path(at.filename).name}:{at.lineno}"
        reason = f"a defect of policykg, please report it: {error!r} at {where}"
        raise SourceError(source.uri, reason) from error


def extract_file(path: Path, columns: Columns | None = None) -> Iterator[Extraction | KgError]:
    """Yield what the notices in a file say; an error in place of one that cannot be read."""
    for source in iter_sources(path, columns):
        if isinstance(source, KgError):
            yield source
            continue
        try:
            yield extract_source(source)
        except NOTICE_ERRORS as error:
            yield error


def load_file(
    path: Path, store: Store, columns: Columns | None = None
) -> Iterator[Loaded | Failed]:
    """Yield what became of a file: one notice, or those in an archive or a corpus.

    Raises:
        StoreError: the store is away or refuses; the notices told before are in it.
    """
    try:
        for item in _read(path, columns):
            if isinstance(item, KgError):
                yield Failed(path, item)
            else:
                yield Loaded(path, store.load(item[0]), item[1])
    except NOTICE_ERRORS as error:
        yield Failed(path, error)


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


def _read(
    path: Path, columns: Columns | None
) -> Iterator[tuple[GraphFragment, Report | None] | KgError]:
    if path.suffix.lower() == STAGED and is_staged(path):
        yield from ((fragment, None) for fragment in _read_staged(path))
        return
    for item in extract_file(path, columns):
        yield item if isinstance(item, KgError) else (item.fragment, item.report)


def is_staged(path: Path) -> bool:
    """Tell whether a file of JSON lines holds a graph; else it is a corpus, with columns.

    A file that cannot be read counts as a graph: its reader tells why.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            first = json.loads(lines.readline(_LONGEST_LINE))
    except (OSError, ValueError, RecursionError):
        return True
    return not isinstance(first, dict) or first.get("type") in ("node", "relationship")


def _read_staged(path: Path) -> Iterator[GraphFragment]:
    try:
        with path.open(encoding="utf-8") as lines:
            for fragment in parse_fragments(lines):
                load_ontology().check_fragment(fragment)
                yield fragment
    except UnicodeDecodeError as error:
        raise SourceError(str(path), "is not UTF-8") from error
    except OSError as error:
        raise SourceError(str(path), (error.strerror or str(error)).lower()) from error
    except FragmentError as error:
        raise SourceError(str(path), str(error)) from error


@cache
def _measure_texts() -> str:
    return (files("loaders") / "measure_texts.cypher").read_text(encoding="utf-8")
