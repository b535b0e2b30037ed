"""The whole way from the bytes of one notice to its fragment and a report on the reading."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePath

from kg.types import GraphFragment
from loaders.analyse import Analysis, analyse_text
from loaders.build import build_fragment
from loaders.clean import clean_text
from loaders.readers import read_document
from loaders.report import Origin, Report, make_report
from loaders.types import Document

_ORIGINAL = re.compile(
    r"(?:原文(?:链接|地址|网址)|信息来源|转自)\s*[:：]\s*(?P<address>https?://[^\s\u4e00-\u9fff]{4,300})"
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """A notice's fragment and the report on its reading."""

    fragment: GraphFragment
    report: Report
    analysis: Analysis


def extract_bytes(raw: bytes, uri: str, page: str | None = None) -> Extraction:
    """Return what a notice says, as a fragment valid under the ontology.

    Args:
        raw: the file's bytes.
        uri: where they came from; its last part is kept as source_uri where neither the text
            nor `page` names another.
        page: address of the page it came from, where that is known.

    Raises:
        SourceError: the bytes are empty, too many, damaged, or hold no text.
    """
    read = read_document(raw, uri)
    cleaned = clean_text(read.text)
    sha256 = hashlib.sha256(raw).hexdigest()
    # The same bytes give the same fragment wherever they lie, so no folder enters it.
    source = page or source_of(cleaned.text) or PurePath(uri).name
    analysis = analyse_text(cleaned.text)
    fragment = build_fragment(Document(cleaned.text, source, sha256), analysis)
    origin = Origin(uri, sha256, read.encoding, read.kind, read.warnings)
    return Extraction(fragment, make_report(origin, cleaned, analysis), analysis)


def source_of(text: str) -> str | None:
    """Return the address a repost names as its source (原文链接:…), or None."""
    match = _ORIGINAL.search(text)
    return match["address"] if match else None
