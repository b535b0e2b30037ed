"""Every character of a notice in one piece: what the reading took it for.

Each kind comes from what the analysis recognised, so that the pieces tell what was read as what,
and how much lies in no section. Together with what `clean_text` declares to have taken out
(`Cleaned.noise`, `Cleaned.raw_offset`) they account for every character of the raw text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from kg.types import Span
from loaders.analyse import Analysis, Item
from loaders.paragraphs import iter_paragraphs
from loaders.signatures import Signature

type Kind = Literal[
    "unsectioned",
    "metadata",
    "title",
    "annex",
    "section",
    "measure",
    "clause",
    "signature",
    "furniture",
]

# Later ones win where two claim a character: a clause stands inside its measure.
KINDS: Sequence[Kind] = (
    "unsectioned",
    "furniture",
    "metadata",
    "title",
    "annex",
    "section",
    "measure",
    "clause",
    "signature",
)
_LONGEST_CLOSING = 300  # a paragraph that goes on longer is text, whatever it begins with
# The text that a notice puts out stands below it under its own title.
_ENCLOSED = re.compile(
    r"(?:印发|转发|公布|发布)《?(?P<title>[^《》]{4,100}?)》?的(?:通知|公告|通告|函)"
)
_SLACK = 40  # spaces that a title may be set with
_SPACES = re.compile(r"\s+")
_RUN = re.compile(rb"(.)\1*", re.DOTALL)  # of characters painted alike
_FILLER = re.compile(r"[\s•·●○▪■◆*|\-]+")  # bullets and rules say nothing
_MOST_TITLE_LINES, _SHORTEST_TITLE = 3, 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch [start, end) of the stored text and what it was read as.

    Attributes:
        start: offset of the first character.
        end: offset after the last.
        kind: `title`; `metadata` (header, document number, addressees, dates, table of contents,
            and what stands below the text: 抄送, 联系人); `section` (number, heading and own
            text of an item that has items below it, or that states aims); `measure`; `clause`
            (who is responsible); `signature`; `annex` (heading of an annex, list of annexes);
            `furniture` (the site's, or a second copy of the page); `unsectioned` (text in no
            section: preambles, and what the outline did not take in).
    """

    start: int
    end: int
    kind: Kind


def partition_text(analysis: Analysis) -> tuple[Piece, ...]:
    """Return the pieces of the stored text: in order, without gaps or overlaps, none empty.

    White space and bullets go with the piece before them, at the start with the piece after.
    """
    text = analysis.text
    if not text:
        return ()
    painted = bytearray(len(text))
    seams = {0, len(text)}
    claims = sorted(_claims(analysis), key=lambda claim: KINDS.index(claim[1]))
    for span, kind in claims:
        painted[span.start : span.end] = bytes([KINDS.index(kind)]) * (span.end - span.start)
        seams.add(span.start)
    _join_spaces(text, painted)
    return tuple(_cut(text, painted, seams))


def count_characters(text: str, pieces: Sequence[Piece], kind: Kind) -> int:
    """Return how many characters, white space left out, lie in pieces of a kind."""
    return sum(
        len(_SPACES.sub("", text[piece.start : piece.end]))
        for piece in pieces
        if piece.kind == kind
    )


def _claims(analysis: Analysis) -> Iterator[tuple[Span, Kind]]:
    structure, length = analysis.structure, len(analysis.text)
    copy = length if structure.copy is None else structure.copy
    if copy < length:
        yield Span(copy, length), "furniture"
    for line in structure.furniture:
        yield line, "furniture"
    for span, kind in (*_header_claims(analysis), *_body_claims(analysis)):
        if span.end <= copy:
            yield span, kind


def _body_claims(analysis: Analysis) -> Iterator[tuple[Span, Kind]]:
    structure = analysis.structure
    own = sorted((item.node.start, item.node.lead_end) for item in analysis.items)
    for annex in (*structure.annexes, *_annex_titles(analysis)):
        yield annex, "annex"
    for item in analysis.items:
        yield from _item_claims(item)
    for closing in structure.closings:
        if closing.end - closing.start <= _LONGEST_CLOSING and not _is_read(own, closing):
            yield closing, "metadata"
    for signature in structure.signatures:
        if not _is_read(own, _span_of(signature)):
            yield _span_of(signature), _kind_of(signature, analysis)


def _header_claims(analysis: Analysis) -> Iterator[tuple[Span, Kind]]:
    metadata = analysis.metadata
    for span in metadata.fields:
        yield span, "metadata"
    if metadata.addressee is not None:
        yield metadata.addressee, "metadata"
    read = (metadata.document_number, metadata.issued_on, metadata.published_on, *metadata.issuers)
    for quoted in read:
        if quoted is not None:
            yield quoted.span, "metadata"
    if analysis.structure.contents is not None:
        yield analysis.structure.contents, "metadata"
    if metadata.title is not None:
        yield metadata.title.span, "title"
        yield from ((span, "title") for span in _repeats(analysis, metadata.title.value))
        enclosed = _ENCLOSED.search(metadata.title.value)
        if enclosed:
            yield from ((span, "title") for span in _repeats(analysis, enclosed["title"]))
    if metadata.document_number is not None:
        span = metadata.document_number.span
        number = analysis.text[span.start : span.end]
        yield from ((span, "metadata") for span in _repeats(analysis, number))


def _repeats(analysis: Analysis, words: str) -> Iterator[Span]:
    """Yield the lines before the first item that say these words, and no others.

    A page names its title and number in a table, then above the text, set over several lines.
    """
    bare = _SPACES.sub("", words)
    first = min((item.node.start for item in analysis.items), default=len(analysis.text))
    lines: list[Span] = []
    for line in iter_paragraphs(analysis.text, 0, first):
        if line.end - line.start > len(words) + _SLACK:
            lines.clear()
            continue
        lines.append(line)
        while lines and not bare.startswith(_bare(analysis.text, lines[0].start, line.end)):
            lines.pop(0)
        if lines and _bare(analysis.text, lines[0].start, line.end) == bare:
            yield Span(lines[0].start, line.end)
            lines.clear()


def _bare(text: str, start: int, end: int) -> str:
    return _SPACES.sub("", text[start:end])


def _annex_titles(analysis: Analysis) -> Iterator[Span]:
    """Yield the lines below an annex's heading that the list of annexes names."""
    text, annexes = analysis.text, analysis.structure.annexes
    listed = "".join(_bare(text, annex.start, annex.end) for annex in annexes)
    for annex in annexes:
        below = iter_paragraphs(text, annex.end, annex.end + _LONGEST_CLOSING)
        for line in islice(below, _MOST_TITLE_LINES):
            said = _bare(text, line.start, line.end)
            if len(said) < _SHORTEST_TITLE or said not in listed:
                break
            yield line


def _item_claims(item: Item) -> Iterator[tuple[Span, Kind]]:
    node = item.node
    yield (
        Span(node.start, max(node.lead_end, node.mark.end)),
        ("measure" if item.is_measure else "section"),
    )
    for clause in item.clauses:
        # The cell of a merged row stands in the row above.
        if node.start <= clause.span.start and clause.span.end <= node.lead_end:
            yield clause.span, "clause"


def _span_of(signature: Signature) -> Span:
    return Span(min(signature.start, signature.date.start), signature.date.end)


def _kind_of(signature: Signature, analysis: Analysis) -> Kind:
    """Tell a signature from the date of publication that stands above the title."""
    title = analysis.metadata.title
    above = title is not None and signature.date.end <= title.span.start
    return "metadata" if above and not signature.names else "signature"


def _is_read(own: Sequence[tuple[int, int]], span: Span) -> bool:
    """Tell whether an item took the span in: what it says there is its text."""
    index = bisect_right(own, span.start, key=lambda stretch: stretch[0]) - 1
    return index >= 0 and span.end <= own[index][1]


def _join_spaces(text: str, painted: bytearray) -> None:
    for match in _FILLER.finditer(text):
        for position in range(max(1, match.start()), match.end()):
            if painted[position] == 0 or text[position].isspace():
                painted[position] = painted[position - 1]
    indent = _indent(text)
    if 0 < indent < len(text):
        painted[:indent] = bytes([painted[indent]]) * indent


def _indent(text: str) -> int:
    match = _FILLER.match(text)
    return match.end() if match else 0


def _cut(text: str, painted: bytearray, seams: set[int]) -> Iterator[Piece]:
    indent = _indent(text)
    edges = {run.start() for run in _RUN.finditer(painted)}
    inner = {seam for seam in seams if indent < seam < len(text)}
    for start, end in pairwise(sorted({0, len(text)} | edges | inner)):
        yield Piece(start, end, KINDS[painted[start]])
