"""The whole way from the bytes of one notice to its fragment and a report on the reading."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePath

from kg.types import GraphFragment
from loaders.analyse import Analysis, analyse_text
from loaders.build import build_fragment
from loaders.clean import clean_text
from loaders.decode import decode_bytes
from loaders.types import Document

_ORIGINAL = re.compile(
    r"(?:原文(?:链接|地址|网址)|信息来源|转自)\s*[::：]\s*(?P<address>https?://[^\s\u4e00-\u9fff]{4,300})"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a person should know of how a file was read.

    Attributes:
        uri: the file.
        sha256: of its bytes.
        encoding: found.
        characters: of the stored text.
        measures: found.
        unresolved: names of actors that could not be resolved, with the reason.
        noise: pieces of advertising, lost characters and furniture found.
        warnings: in words, for people.
    """

    uri: str
    sha256: str
    encoding: str
    characters: int
    measures: int
    unresolved: tuple[str, ...]
    noise: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """A notice's fragment and the report on its reading."""

    fragment: GraphFragment
    report: Report
    analysis: Analysis


def extract_bytes(raw: bytes, uri: str) -> Extraction:
    """Return what a notice says, as a fragment valid under the ontology.

    Args:
        raw: the file's bytes.
        uri: where they came from; its last part is kept as source_uri where the text names none.

    Raises:
        SourceError: the bytes are empty, too many, or no text.
    """
    decoded, encoding = decode_bytes(raw, uri)
    cleaned = clean_text(decoded)
    sha256 = hashlib.sha256(raw).hexdigest()
    # The same bytes give the same fragment wherever they lie, so no folder enters it.
    document = Document(cleaned.text, source_of(cleaned.text) or PurePath(uri).name, sha256)
    analysis = analyse_text(cleaned.text)
    fragment = build_fragment(document, analysis)
    report = Report(
        uri=uri,
        sha256=sha256,
        encoding=encoding,
        characters=len(cleaned.text),
        measures=sum(item.is_measure for item in analysis.items),
        unresolved=_unresolved(analysis),
        noise=len(cleaned.noise) + len(analysis.structure.furniture),
        warnings=tuple(_warnings(analysis)),
    )
    return Extraction(fragment, report, analysis)


def source_of(text: str) -> str | None:
    """Return the address a repost names as its source (原文链接:…), or None."""
    match = _ORIGINAL.search(text)
    return match["address"] if match else None


def _unresolved(analysis: Analysis) -> tuple[str, ...]:
    names = {
        f"{actor.surface}: {actor.reason}"
        for item in analysis.items
        for actor in item.actors
        if actor.target is None and actor.institution is None
    }
    return tuple(sorted(names))


def _warnings(analysis: Analysis) -> list[str]:
    metadata = analysis.metadata
    warnings = []
    if metadata.title is None:
        warnings.append("没有找到标题")
    if not metadata.issuers:
        warnings.append("没有找到发文机关")
    if metadata.issued_on is None:
        warnings.append("没有找到成文日期")
    if not any(item.is_measure for item in analysis.items):
        warnings.append("没有找到编号的措施")
    return warnings
