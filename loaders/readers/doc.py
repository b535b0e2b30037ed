"""DOC (Word 97-2003) to lines, by a program of the system: antiword or catdoc."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from kg.errors import SourceError
from loaders.readers.types import MAX_CHARACTERS, ReadText

SECONDS = 60
# -w 0: a paragraph is a line, however long.
_PROGRAMS = (
    ("antiword", ("-m", "UTF-8.txt", "-w", "0")),
    ("catdoc", ("-d", "utf-8", "-w")),
)
# What else lies in the same container (MS-CFB).
_OTHERS = {
    "EncryptedPackage": "encrypted: it opens with a password only; save it without one",
    "Workbook": "an Excel 97-2003 file: save it as .xlsx",
    "Book": "an Excel 95 file: save it as .xlsx",
    "PowerPoint Document": "a PowerPoint file: save its text as .docx or .txt",
}


def read_doc(raw: bytes, uri: str) -> ReadText:
    """Return the text of a legacy Word document.

    Raises:
        SourceError: neither program is installed (the reason says what to do), or both fail.
    """
    if (reason := _why_no_document(raw)) is not None:
        raise SourceError(uri, reason)
    installed = [(name, options) for name, options in _PROGRAMS if shutil.which(name)]
    if not installed:
        advice = "install antiword or catdoc, or save it as .docx"
        raise SourceError(uri, f"a Word 97-2003 or WPS file: {advice}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "notice.doc")
        path.write_bytes(raw)
        for name, options in installed:
            text = _run([name, *options, str(path)])
            if text and text.strip():
                return ReadText(text, "doc", "utf-8")
    names = " nor ".join(name for name, _ in installed)
    raise SourceError(uri, f"neither {names} finds text in it: save it as .docx")


def _why_no_document(raw: bytes) -> str | None:
    """Return what else a compound file is, by the names of its streams; None for a document."""
    if _stream("WordDocument") in raw:
        return None
    return next((reason for name, reason in _OTHERS.items() if _stream(name) in raw), None)


def _stream(name: str) -> bytes:
    return (name + "\0").encode("utf-16-le")


def _run(command: list[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout.decode("utf-8", errors="replace")[:MAX_CHARACTERS]
