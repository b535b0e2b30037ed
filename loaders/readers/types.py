"""What every reader returns."""

from dataclasses import dataclass

from kg.errors import SourceError

MAX_BYTES = 20_000_000  # of one notice, as it comes
MAX_CHARACTERS = 10_000_000  # of the text a reader makes of it


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text of a file.

    Attributes:
        text: raw text, a line for each paragraph or row of a table; cells parted by tabs.
        kind: file type: txt, html, mht, pdf, docx, doc, ofd or xlsx.
        encoding: of the text's bytes; that of its XML or text layer where it has no own.
        warnings: what was damaged or left out, in words for people.
    """

    text: str
    kind: str
    encoding: str
    warnings: tuple[str, ...] = ()


def check_length(characters: int, uri: str) -> None:
    """Refuse a text that is too long to be a notice's.

    Raises:
        SourceError: it has more than MAX_CHARACTERS.
    """
    if characters > MAX_CHARACTERS:
        raise SourceError(uri, f"its text is longer than {MAX_CHARACTERS:,} characters")
