"""From the bytes of one notice to its raw text, whatever type of file they are."""

import re
from collections.abc import Callable
from pathlib import PurePath

from kg.errors import SourceError
from loaders.readers.encodings import decode_text
from loaders.readers.html import is_html
from loaders.readers.kinds import Kind, kind_of_bytes
from loaders.readers.pages import read_mht, read_page
from loaders.readers.types import MAX_BYTES, MAX_CHARACTERS, ReadText, check_length

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "ReadText", "read_document"]

_ODD = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")  # control characters that no text has
# Web pages and plain texts named .doc are common; texts named so are damaged files.
_BINARY = {
    ".pdf": "PDF",
    ".docx": "Word file",
    ".ofd": "OFD file",
    ".parquet": "Parquet file",
    ".xlsx": "Excel file",
}
_REFUSED: dict[Kind, str] = {
    "rtf": "an RTF file: save it as .docx or .txt",
    "office": "another office file: save a table as .xlsx, a text as .docx",
    "packed": "a packed file: only .zip archives are opened; unpack it first",
    "zip": "an archive within an archive: unpack it first",
    "parquet": "a table of notices within an archive: load it by itself",
    "csv": "a table of notices within an archive: load it by itself",
}


def read_document(raw: bytes, uri: str) -> ReadText:
    """Return the raw text of a notice.

    Args:
        raw: the bytes of a txt, html, mht, pdf, docx, doc, ofd or xlsx file.
        uri: for messages, and for its suffix.

    Raises:
        SourceError: the bytes are empty, too many, damaged, or hold no text.
    """
    if not raw.strip():
        raise SourceError(uri, "the file is empty")
    if len(raw) > MAX_BYTES:
        raise SourceError(uri, f"{len(raw):,} bytes are more than the {MAX_BYTES:,} allowed")
    kind = kind_of_bytes(raw, uri)
    if kind in _REFUSED:
        raise SourceError(uri, _REFUSED[kind])
    return _reader(kind)(raw, uri)


def _reader(kind: Kind) -> Callable[[bytes, str], ReadText]:
    # Imported when needed: most runs meet one type of file only.
    if kind == "pdf":
        from loaders.readers.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from loaders.readers.docx import read_docx

        return read_docx
    if kind == "doc":
        from loaders.readers.doc import read_doc

        return read_doc
    if kind == "ofd":
        from loaders.readers.ofd import read_ofd

        return read_ofd
    if kind == "xlsx":
        from loaders.readers.xlsx import read_xlsx

        return read_xlsx
    return read_mht if kind == "mht" else read_plain


def read_plain(raw: bytes, uri: str) -> ReadText:
    """Return the text of a txt or html file.

    Raises:
        SourceError: the bytes are no text, or none is left of them.
    """
    text, encoding, warnings = decode_text(raw, uri)
    if _is_binary(text):
        raise SourceError(uri, "not a text file (binary data)")
    read = _read_text(text, uri, encoding, warnings)
    check_length(len(read.text), uri)
    return read


def _read_text(text: str, uri: str, encoding: str, warnings: tuple[str, ...]) -> ReadText:
    if is_html(text):
        return read_page(text, uri, encoding, warnings)
    wanted = _BINARY.get(PurePath(uri).suffix.lower())
    if wanted:
        raise SourceError(uri, f"damaged: by its first bytes it is no {wanted}")
    if not text.strip():
        raise SourceError(uri, "the file holds no text")
    return ReadText(text, "txt", encoding, warnings)


def _is_binary(text: str) -> bool:
    sample = text[:10_000]
    odd = len(_ODD.findall(sample))
    return odd > len(sample) // 100
