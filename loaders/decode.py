"""From bytes to raw text: encodings by ladder, HTML to paragraphs.

The ladder is BOM, strict UTF-8, GB18030: statistical detectors misread GB18030.
"""

import codecs
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(r"<\s*(?:!doctype|html|body|p|div|span|table|br)\b", re.IGNORECASE)
_DROPPED = "script, style, noscript, template, iframe, object, svg, nav, select, button, form input"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCK_TAGS = "p div section article header footer li ul ol table tr title dd dt h1 h2 h3 h4 h5 h6"
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SPACES = re.compile(r"[ \t\r\f\v\n]+")
MAX_BYTES = 20_000_000


def decode_bytes(raw: bytes, uri: str) -> tuple[str, str]:
    """Return the text of the bytes and the encoding found; HTML becomes plain paragraphs.

    Raises:
        SourceError: the bytes are empty, too many, or no text.
    """
    if not raw.strip():
        raise SourceError(uri, "the file is empty")
    if len(raw) > MAX_BYTES:
        raise SourceError(uri, f"{len(raw):,} bytes are more than the {MAX_BYTES:,} allowed")
    text, encoding = _decode(raw, uri)
    if _is_binary(text):
        raise SourceError(uri, "not a text file (binary data)")
    if is_html(text):
        text = html_to_text(text)
    if not text.strip():
        raise SourceError(uri, "the file holds no text")
    return text, encoding


def is_html(text: str) -> bool:
    """Tell whether text is HTML: two block tags or more within its first part."""
    return len(_HTML.findall(text[:20_000])) >= 2


def html_to_text(html: str) -> str:
    """Return the visible text of HTML, a line for each paragraph or table row.

    Cells of a row are joined by tabs. Scripts, styles and hidden nodes are left out.
    """
    tree = LexborHTMLParser(html)
    for node in tree.css(_DROPPED):
        node.decompose()
    for node in tree.css("[style], [hidden]"):
        if "hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style") or ""):
            node.decompose()
    root = tree.body or tree.root
    if root is None:
        return ""
    parts: list[str] = []
    _collect(root, parts)
    lines = (line.strip(" \t") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _collect(root: LexborNode, parts: list[str]) -> None:
    # An explicit stack: hostile HTML nests deeper than Python's recursion goes.
    stack: list[LexborNode | str] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if item.tag == "-text":
            parts.append(_SPACES.sub(" ", item.text_content or ""))
            continue
        if item.tag == "br":
            parts.append("\n")
            continue
        after = "\n" if item.tag in _BLOCKS else "\t" if item.tag in ("td", "th") else ""
        if after:
            stack.append(after)
        if item.tag in _BLOCKS:
            parts.append("\n")
        children = list(item.iter(include_text=True))
        if item.tag in ("td", "th"):
            parts.append(_SPACES.sub(" ", item.text(separator=" ")).strip())
            continue
        stack.extend(reversed(children))


def _decode(raw: bytes, uri: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _strict(raw, encoding, uri), encoding
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if b"\x00" in raw:
            raise SourceError(uri, "not a text file (binary data)") from None
        return _strict(raw, "gb18030", uri), "gb18030"


def _strict(raw: bytes, encoding: str, uri: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"neither UTF-8 nor GB18030 text (byte {error.start:,} fits neither)"
        raise SourceError(uri, reason) from error


def _is_binary(text: str) -> bool:
    sample = text[:10_000]
    odd = sum(1 for c in sample if ord(c) < 32 and c not in "\t\n\r\f\v\x1a")
    return odd > len(sample) // 100
