"""What kind of file the bytes are: by their first bytes, then by the name."""

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

type Kind = Literal[
    "text",
    "mht",
    "pdf",
    "docx",
    "doc",
    "ofd",
    "xlsx",
    "zip",
    "csv",
    "jsonl",
    "json",
    "parquet",
    "rtf",
    "office",
    "packed",
]
HEAD = 1_024  # bytes at the start of a file that tell its kind, a zip archive's apart
_TABLES: dict[str, Kind] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ")
# The head of a page that was saved with its parts; a browser begins it with From: <Saved by ….
_MHT = re.compile(
    rb"\s*(?:From: <Saved by"
    rb"|(?:(?!MIME-)[\w-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}MIME-Version:)",
    re.IGNORECASE,
)
_WORD = re.compile(r"word/document\d*\.xml")
_INSIDE: tuple[tuple[str, Kind], ...] = (
    ("OFD.xml", "ofd"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "office"),
    ("content.xml", "office"),
)


def kind_of(head: bytes, name: str, package: zipfile.ZipFile | None = None) -> Kind:
    """Return the kind of a file.

    Args:
        head: its first bytes, HEAD or more.
        name: its name; only its suffix counts, and only where the bytes leave it open.
        package: the file opened as a zip, if it is one.
    """
    if package is not None:
        names = set(package.namelist())
        if any(map(_WORD.fullmatch, names)):
            return "docx"
        return next((kind for inside, kind in _INSIDE if inside in names), "zip")
    if b"%PDF-" in head[:HEAD]:
        return "pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "doc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_PACKED):
        return "packed"
    if _MHT.match(head):
        return "mht"
    return _TABLES.get(PurePath(name).suffix.lower(), "text")


def kind_of_bytes(raw: bytes, name: str) -> Kind:
    """Return the kind of a file that is in memory.

    A zip too damaged to open is taken for what its name says, a zip archive by default.
    """
    if not is_zip(raw):
        return kind_of(raw[:HEAD], name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return kind_of(b"", name, package)
    except Exception:  # zipfile raises a dozen types for what is no zip
        suffixes: dict[str, Kind] = {".docx": "docx", ".ofd": "ofd", ".xlsx": "xlsx"}
        return suffixes.get(PurePath(name).suffix.lower(), "zip")


def is_zip(head: bytes) -> bool:
    """Tell whether bytes begin as a zip does."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))
