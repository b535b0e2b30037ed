"""From files to what their notices say, one after another, with every error told as one."""

import json
from collections.abc import Iterator
from pathlib import Path
from traceback import extract_tb

from kg.errors import FragmentError, KgError, OutlineError, SourceError
from kg.jsonl import parse_fragments
from kg.ontology import load_ontology
from kg.types import GraphFragment
from loaders.pipeline import Extraction, extract_bytes
from loaders.sources import Columns, Source, iter_sources

STAGED = ".jsonl"
_LONGEST_LINE = 40_000_000
# What is wrong with one notice only; other errors end the run.
NOTICE_ERRORS = (SourceError, OutlineError, FragmentError)


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


def read_staged(path: Path) -> Iterator[GraphFragment]:
    """Yield the notices of a graph in JSON lines.

    Raises:
        SourceError: the file cannot be read, or breaks the ontology; those before were yielded.
    """
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
