"""What a notice is read from: bytes with a name, whatever they came in.

A file may hold one notice (txt, html, pdf, docx …) or many (an archive, a table of a corpus);
either way the rest of the reading sees one `Source` after another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from loaders.fetch import read_file


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a corpus (csv, jsonl, parquet) hold what; None where none was named.

    Attributes:
        text: the notice's text.
        title: its title, put before the text where the text does not begin with it.
        source: the page it came from.
    """

    text: str | None = None
    title: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One notice as it came.

    Attributes:
        uri: path of the file; of a member `archive.zip!/folder/notice.txt`, of a row
            `corpus.csv#12` (rows from 1).
        raw: its bytes, as they lie in the file, the archive or the cell (UTF-8 there).
    """

    uri: str
    raw: bytes


def iter_sources(path: Path, columns: Columns | None = None) -> Iterator[Source | SourceError]:
    """Yield what a file holds, notice by notice, in the file's order.

    An error stands in place of what could not be read: a file, a member or a row.
    """
    _ = columns
    try:
        yield Source(str(path), read_file(path))
    except SourceError as error:
        yield error
