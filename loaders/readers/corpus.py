"""Corpora: csv, jsonl and parquet files with a notice in each row, read row by row."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from loaders.readers.types import MAX_BYTES

# What columns are called, the likeliest first; compared in lower case.
TEXT_NAMES = ("text", "content", "正文", "内容", "全文", "文本", "政策内容", "body", "fulltext")
TITLE_NAMES = ("title", "标题", "政策标题", "名称", "政策名称", "文件名称", "题名", "name")
SOURCE_NAMES = ("source", "url", "链接", "网址", "来源", "原文链接", "link", "source_uri")
_BATCH = 256  # rows of parquet in memory at a time
_SAMPLE = 1_000_000


def iter_rows(path: Path, kind: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a corpus.

    Args:
        path: the file.
        kind: csv (tabs where the name ends in .tsv), jsonl or parquet.

    Raises:
        SourceError: the file is damaged; the rows before were yielded.
    """
    readers = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}
    return readers[kind](path)


def choose_column(
    names: Sequence[str], wanted: str | None, usual: Iterable[str], uri: str
) -> str | None:
    """Return the column that was named, or the first of the usual ones; None if there is none.

    Raises:
        SourceError: the named one is not there; the reason lists those that are.
    """
    if wanted is not None:
        if wanted in names:
            return wanted
        raise SourceError(uri, f"has no column {wanted!r}; it has {_listed(names)}")
    folded = {name.strip().lower(): name for name in reversed(names)}
    return next((folded[name] for name in usual if name in folded), None)


def no_text_column(names: Sequence[str], uri: str) -> SourceError:
    """Return the error for a corpus none of whose columns is known to hold the text."""
    advice = "name the one that holds the text by --text-column"
    return SourceError(uri, f"which column is the text? It has {_listed(names)}: {advice}")


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(str(name)[:40] for name in names[:30])
    return f"{len(names)} columns: {shown}" if names else "no columns"


def _csv(path: Path) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(MAX_BYTES)
    with path.open(encoding=_encoding(path), newline="") as file:
        lines = (line.replace("\x00", "") for line in file)
        tabs = path.suffix.lower() == ".tsv"
        reader = csv.DictReader(lines, delimiter="\t" if tabs else ",", restkey="")
        try:
            yield from reader
        except UnicodeDecodeError as error:
            at = f"after row {reader.line_num:,}"
            raise SourceError(str(path), f"is not {error.encoding} {at}") from error
        except csv.Error as error:
            raise SourceError(str(path), f"line {reader.line_num:,}: {error}") from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        # The sample may end within a character.
        sample[: sample.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _jsonl(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding=_encoding(path)) as file:
        number = 0
        try:
            while line := file.readline(MAX_BYTES):
                number += 1
                if line.strip():
                    yield _object(line, f"{path}#{number}")
        except UnicodeDecodeError as error:
            reason = f"is not {error.encoding} after line {number:,}"
            raise SourceError(str(path), reason) from error


def _object(line: str, uri: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(uri, f"no JSON: {error}") from error
    if not isinstance(row, dict):
        raise SourceError(uri, "no JSON object")
    return row


def _parquet(path: Path) -> Iterator[Mapping[str, Any]]:
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise SourceError(str(path), f"a damaged Parquet file ({error})") from error
