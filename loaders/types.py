"""The nouns of extraction, one frozen type per step."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.types import Span, Value

NATIONAL = "100000"  # the code that stands for 全国, above every division of GB/T 2260


@dataclass(frozen=True, slots=True)
class Document:
    """A notice's text, cleaned once; every span indexes `text`.

    Attributes:
        text: the stored text, noise included where it stands between paragraphs of the body.
        uri: where the bytes came from.
        sha256: of the bytes.
    """

    text: str
    uri: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a notice when its names are resolved.

    Attributes:
        jurisdiction: six-digit division code of the notice's own place; NATIONAL for 全国.
        issuers: canonical names of the issuing bodies, in order.
        issued_on: ISO prefix of the date of issue, or None.
        aliases: names set up in the text by 以下简称, alias to full form.
    """

    jurisdiction: str
    issuers: tuple[str, ...] = ()
    issued_on: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A named thing in the text of a measure, already linked to its canonical name.

    Attributes:
        label: Place, Product, Program, Platform or Institution.
        name: canonical name; the natural key unless `key` is given.
        span: the words it was read from (the shared words, for a coordinated name).
        supported: whether the text says 支持, 扶持, 建设 … of it.
        method: the rule that found it.
        confidence: in [0, 1].
        key: natural key where that is not the name (a division's code, a zone's short name).
        properties: node properties besides name, as the ontology has them.
    """

    label: str
    name: str
    span: Span
    supported: bool
    method: str
    confidence: float
    key: str | None = None
    properties: Mapping[str, Value] = field(default_factory=dict, hash=False)
