"""Find the files a person names, and read their bytes or say why not."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from kg.errors import SourceError
from loaders.readers.types import MAX_BYTES

# Files that hold one notice each, and those that hold many. A .tsv, .json or .jsonl is often no
# corpus: it is read where it is named.
_PAGES = (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml")
NOTICES = (".txt", ".text", ".md", *_PAGES, ".pdf", ".docx", ".doc", ".wps", ".ofd", ".xlsx")
PACKED = (".zip",)
TABLES = (".csv", ".parquet")
# Files that likely hold notices, but are not read: each is told with what to do.
REFUSED = (".rtf", ".xls", ".et", ".rar", ".7z", ".caj")
SUFFIXES = (*NOTICES, *PACKED, *TABLES, *REFUSED)


@dataclass(frozen=True, slots=True)
class Files:
    """What was found: files in order, each once; and what was named but cannot be had."""

    paths: tuple[Path, ...]
    errors: tuple[SourceError, ...]


def find_files(names: Sequence[str], suffixes: Sequence[str] = SUFFIXES) -> Files:
    """Return the files that the names stand for.

    Args:
        names: files, taken whatever their suffix; folders, searched to any depth for the
            suffixes, hidden files left out; and patterns such as `notices/2024*.txt` or
            `**/*.html`.
        suffixes: what counts as a notice in a folder, in lower case, with the dot.
    """
    found: dict[Path, Path] = {}  # by what it resolves to: one file may have two names
    errors: list[SourceError] = []
    for name in names:
        try:
            for path in _expand(name, suffixes):
                found.setdefault(path.resolve(), path)
        except SourceError as error:
            errors.append(error)
        except OSError as error:
            errors.append(SourceError(name, reason_of(error)))
    return Files(tuple(found.values()), tuple(errors))


def read_file(path: Path) -> bytes:
    """Return the bytes of a file; one that is too large is refused before it is read.

    Raises:
        SourceError: it cannot be read, is no file, is empty, or is larger than MAX_BYTES.
    """
    try:
        if not path.is_file():
            raise SourceError(str(path), _why_no_file(path))
        size = path.stat().st_size
        if size == 0:
            raise SourceError(str(path), "the file is empty")
        if size > MAX_BYTES:
            limit = f"the {MAX_BYTES // 1_000_000} MB allowed for one notice"
            raise SourceError(str(path), f"{size / 1e6:.1f} MB are more than {limit}")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), reason_of(error)) from error


def _expand(name: str, suffixes: Sequence[str]) -> Iterable[Path]:
    path = Path(name)
    if path.is_dir():
        return _search(path, suffixes)
    if path.exists():
        return [path]
    if any(character in name for character in "*?["):
        return _match(name, suffixes)
    raise SourceError(name, _why_no_file(path))


def _search(folder: Path, suffixes: Sequence[str]) -> list[Path]:
    paths = sorted(_walk(folder, tuple(suffixes)))
    if not paths:
        read = " ".join(suffix for suffix in suffixes if suffix not in REFUSED)
        raise SourceError(str(folder), f"the folder holds no notices ({read})")
    return paths


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.lower().endswith(suffixes) and not name.startswith("."):
                yield Path(root, name)


def _match(pattern: str, suffixes: Sequence[str]) -> list[Path]:
    # Path.glob refuses patterns that begin at the root.
    matches = [Path(match) for match in sorted(glob(pattern, recursive=True))]  # noqa: PTH207
    paths = [path for path in matches if not path.is_dir()]
    for folder in (path for path in matches if path.is_dir() and not pattern.endswith("**")):
        paths += _walk(folder, tuple(suffixes))
    if not paths:
        raise SourceError(pattern, "no file matches")
    return list(dict.fromkeys(paths))


def _raise(error: OSError) -> None:
    raise error


def _why_no_file(path: Path) -> str:
    if path.is_dir():
        return "is a folder"
    return "is neither a file nor a folder" if path.exists() else "no such file or folder"


def reason_of(error: OSError) -> str:
    """Return what the system says of a file, as a reason."""
    return (error.strerror or str(error)).lower()
