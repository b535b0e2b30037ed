"""Corpora: csv, jsonl and parquet files with a notice in each row, read row by row."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from loaders.readers.types import MAX_BYTES

# What columns are called, the likeliest first; in lower case, without spaces and signs.
TEXT_NAMES = (
    *("text", "content", "正文", "内容", "全文", "文本", "政策内容", "body", "fulltext"),
    *(
        "政策全文",
        "政策正文",
        "政策文本",
        "文件内容",
        "文件正文",
        "公文内容",
        "公文正文",
        "article",
    ),
)
TITLE_NAMES = (
    *("title", "标题", "政策标题", "名称", "政策名称", "文件名称", "题名", "name", "文件标题"),
    *("公文标题", "公文名称", "通知标题", "文章标题", "题目", "headline"),
)
SOURCE_NAMES = (
    *("source", "url", "链接", "网址", "来源", "原文链接", "link", "sourceuri", "政策链接"),
    *("文件链接", "网页链接", "原文网址", "网页地址", "href"),
)
_TEXT_ENDS = ("正文", "全文", "文本")  # of columns with names of their own: 通知全文
_SEPARATORS = ",\t;|"
_BATCH = 256  # rows of parquet in memory at a time
_SAMPLE = 1_000_000
_MOST_JSON = 200_000_000  # bytes of a file that is read as one value


def iter_rows(path: Path, kind: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a corpus.

    Args:
        path: the file.
        kind: csv (whatever parts its columns), jsonl, json or parquet.

    Raises:
        SourceError: the file is damaged; the rows before were yielded.
    """
    readers = {"csv": _csv, "jsonl": _jsonl, "json": _json, "parquet": _parquet}
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
    folded = {_folded(name): name for name in reversed(names)}
    return next((folded[name] for name in usual if name in folded), None)


def choose_text_column(names: Sequence[str], wanted: str | None, uri: str) -> str:
    """Return the column that holds the text.

    Raises:
        SourceError: the named one is not there, or none was named and none, or more than one, is
            known to hold the text; the reason lists those that are there.
    """
    chosen = find_text_column(names) if wanted is None else choose_column(names, wanted, (), uri)
    if chosen is None:
        advice = "name the one that holds the text by --text-column"
        raise SourceError(uri, f"which column is the text? It has {_listed(names)}: {advice}")
    return chosen


def find_text_column(names: Sequence[str]) -> str | None:
    """Return the column that by its name holds the text; None if none, or more than one, does."""
    ends = [name for name in names if _folded(name).endswith(_TEXT_ENDS)]
    usual = choose_column(names, None, TEXT_NAMES, "")
    return usual or (ends[0] if len(ends) == 1 else None)


def _folded(name: str) -> str:
    return "".join(char for char in str(name).lower() if char.isalnum())


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(str(name)[:40] for name in names[:30])
    return f"{len(names)} columns: {shown}" if names else "no columns"


def _csv(path: Path) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(MAX_BYTES)
    with path.open(encoding=_encoding(path), newline="") as file:
        lines = (line.replace("\x00", "") for line in file)
        reader = csv.DictReader(lines, delimiter=_separator(path), restkey="")
        try:
            yield from reader
        except UnicodeDecodeError as error:
            at = f"after row {reader.line_num:,}"
            raise SourceError(str(path), f"is not {error.encoding} {at}") from error
        except csv.Error as error:
            raise SourceError(str(path), f"line {reader.line_num:,}: {error}") from error


def _separator(path: Path) -> str:
    """Return what parts the columns: what the first line has most of, a comma before others."""
    with path.open(encoding=_encoding(path), newline="", errors="replace") as file:
        head = file.readline(_SAMPLE)
    return max(_SEPARATORS, key=head.count)


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


def _json(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list, or of the first list of objects in an object, or JSON lines."""
    if path.stat().st_size > _MOST_JSON:
        limit = f"{_MOST_JSON // 1_000_000} MB are too many for one JSON value"
        raise SourceError(str(path), f"{limit}: write a JSON object a line (.jsonl)")
    try:
        value = json.loads(path.read_text(encoding=_encoding(path)))
    except (ValueError, RecursionError):
        yield from _jsonl(path)
        return
    inside = list(value.values()) if isinstance(value, dict) else [value]
    lists = (v for v in inside if isinstance(v, list) and v and all(isinstance(o, dict) for o in v))
    rows = next(lists, [value] if isinstance(value, dict) else [])
    if not rows:
        raise SourceError(str(path), "no list of JSON objects")
    yield from rows


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
