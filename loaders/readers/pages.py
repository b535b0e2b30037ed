"""Web pages as they are saved: one HTML file, or an archive (MHT) of a page with its frames."""

import email
import re
from collections.abc import Iterator

from kg.errors import SourceError
from loaders.readers.encodings import decode_text
from loaders.readers.html import count_pictures, find_frames, html_to_text
from loaders.readers.types import ReadText, check_length

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_LITTLE = 400  # Chinese characters: most notices have more, the furniture of most portals fewer
_LEAST = 150  # below which pictures are more than decoration
_MOST_FRAMES = 3  # addresses told
_MOST_PARTS = 50  # pages read of one archive


def read_page(html: str, uri: str, encoding: str, warnings: tuple[str, ...] = ()) -> ReadText:
    """Return the text of a page; warn where the notice is likely not in it.

    Raises:
        SourceError: no text is on the page (the reason tells what is), or it is no page.
    """
    text = _text(html, uri)
    hint = _hint(html, len(_HAN.findall(text)))
    if not text.strip():
        if not hint and _SCRIPT.search(html):
            hint = "scripts may write it: save the page from a browser that shows it"
        raise SourceError(uri, "the file holds no text" + (f" ({hint})" if hint else ""))
    told = f"正文可能不在本页 the notice may not be in this file：{hint}"
    return ReadText(text, "html", encoding, (*warnings, told) if hint else warnings)


def read_mht(raw: bytes, uri: str) -> ReadText:
    """Return the text of a page that a browser or Word saved with all its parts (MHT).

    Frames follow the page that shows them.

    Raises:
        SourceError: it holds no page, or none with text.

    Source: RFC 2557.
    """
    texts: list[str] = []
    found: tuple[str, tuple[str, ...]] | None = None
    for part in _html_parts(raw, uri):
        html, encoding, warnings = decode_text(part, uri)
        found = found or (encoding, warnings)
        texts.append(_text(html, uri))
    text = "".join(texts)
    if found is None or not text.strip():
        raise SourceError(uri, "a saved page (MHT) that holds no text")
    check_length(len(text), uri)
    return ReadText(text, "mht", *found)


def _html_parts(raw: bytes, uri: str) -> Iterator[bytes]:
    try:
        parts = list(email.message_from_bytes(raw).walk())
    except RecursionError as error:
        raise SourceError(uri, "a saved page (MHT) whose parts are nested too deep") from error
    pages = (part for part in parts if part.get_content_type() == "text/html")
    for part, _ in zip(pages, range(_MOST_PARTS), strict=False):
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content.strip():
            yield content


def _text(html: str, uri: str) -> str:
    try:
        return html_to_text(html)
    except ValueError as error:
        raise SourceError(uri, str(error)) from error


def _hint(html: str, characters: int) -> str:
    """Return where the text of a page that has few Chinese characters may be; empty if unknown."""
    frames = find_frames(html) if characters < _LITTLE else []
    if frames:
        return f"it is in a frame: save {'、'.join(frames[:_MOST_FRAMES])} too"
    pictures = count_pictures(html) if characters < _LEAST else 0
    return f"pictures only: {pictures}" if pictures else ""
