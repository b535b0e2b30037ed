"""From a document to all that is read from it, item by item, before any graph is made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.agencies import describe_agency
from kg.types import Span
from loaders.citations import (
    Citation,
    find_citations,
    find_name_aliases,
    find_title_aliases,
    without_own,
)
from loaders.clauses import Clause, find_clauses
from loaders.deadlines import Deadline, detect_deadline
from loaders.institutions import detect_institutions
from loaders.instruments import InstrumentUse, detect_instruments
from loaders.issuers import is_body_name
from loaders.metadata import Metadata, read_metadata
from loaders.outline import OutlineNode, parse_outline
from loaders.paragraphs import strip_span
from loaders.places import detect_places
from loaders.platforms import detect_platforms
from loaders.products import detect_products
from loaders.programs import detect_programs
from loaders.roles import Actor, is_actor_name, naming_context, read_actors
from loaders.structure import Structure, read_structure
from loaders.targets import TargetMention, detect_targets
from loaders.types import Context, EntityMention


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item and what its own text says; empty for what a section does not have.

    Attributes:
        node: its place in the outline.
        span: of the item, spaces at the end left out.
        heading: of its heading, clauses left out.
        is_measure: it says what is to be done.
        clauses: responsibility clauses in its own text.
        actors: of its own clauses and of those of the sections above.
    """

    node: OutlineNode
    span: Span
    heading: Span
    is_measure: bool
    clauses: tuple[Clause, ...]
    actors: tuple[Actor, ...] = ()
    entities: tuple[EntityMention, ...] = ()
    instruments: tuple[InstrumentUse, ...] = ()
    targets: tuple[TargetMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that is read from one notice."""

    text: str
    metadata: Metadata
    context: Context
    structure: Structure
    items: tuple[Item, ...]
    citations: tuple[Citation, ...]  # outside the measures: preamble, aims, closing words


def analyse_text(text: str) -> Analysis:
    """Return what a stored text says."""
    structure = read_structure(text, is_body_name)
    roots = parse_outline(text, structure.trees)
    first = min((root.start for root in roots), default=len(text))
    metadata = read_metadata(text, structure, first)
    context = Context(
        jurisdiction=metadata.jurisdiction,
        issuers=tuple(q.value for q in metadata.issuers),
        issued_on=metadata.issued_on.value if metadata.issued_on else None,
        aliases=dict(_agency_aliases(text)),
    )
    aliases = find_title_aliases(text)
    items = tuple(_items(text, roots, context, aliases, metadata))
    return Analysis(
        text, metadata, context, structure, items, _outer_citations(text, items, aliases, metadata)
    )


def _agency_aliases(text: str) -> Iterator[tuple[str, str]]:
    """Yield agency names that a text sets up by 以下简称: the alias and the full name before it."""
    for alias, end in find_name_aliases(text):
        for length in range(30, 3, -1):
            described = describe_agency(text[max(0, end - length) : end])
            if described is not None:
                yield alias, described.name
                break


def _items(
    text: str,
    roots: Sequence[OutlineNode],
    context: Context,
    aliases: Mapping[str, str],
    metadata: Metadata,
) -> Iterator[Item]:
    naming = naming_context(context)
    known: dict[str, bool] = {}

    def is_name(surface: str) -> bool:
        if surface not in known:
            known[surface] = is_actor_name(surface, naming)
        return known[surface]

    for root in roots:
        above: dict[int, tuple[Clause, ...]] = {}
        for node in root.walk():
            inherited = above.get(id(node), ())
            own = _own_span(text, node)
            clauses = tuple(find_clauses(text, own, is_name)) if own else ()
            for child in node.children:
                above[id(child)] = inherited + clauses
            yield _item(text, node, (*clauses, *inherited), clauses, context, aliases, metadata)


def _own_span(text: str, node: OutlineNode) -> Span | None:
    """Return the span of the item's own text, behind its number and before its first child."""
    return strip_span(text, node.mark.end, node.lead_end)


def _item(  # noqa: PLR0913  one call site
    text: str,
    node: OutlineNode,
    ruling: Sequence[Clause],
    clauses: tuple[Clause, ...],
    context: Context,
    aliases: Mapping[str, str],
    metadata: Metadata,
) -> Item:
    span = strip_span(text, node.start, node.end) or Span(node.start, node.mark.end)
    heading = _without_clauses(text, node.heading, clauses)
    is_measure = not node.children and not node.is_aims
    regions = list(_regions(text, _own_span(text, node), clauses))
    if not regions:
        return Item(node, span, heading, is_measure, clauses)
    targets = tuple(detect_targets(text, regions, context))
    citations = tuple(_citations(text, regions, aliases, metadata))
    if not is_measure:
        return Item(node, span, heading, False, clauses, targets=targets, citations=citations)
    return Item(
        node,
        span,
        heading,
        True,
        clauses,
        actors=tuple(read_actors(text, ruling, context)),
        entities=tuple(_entities(text, regions, context)),
        instruments=tuple(detect_instruments(text, heading, regions)),
        targets=targets,
        citations=citations,
        deadline=detect_deadline(text, regions, [c.span for c in clauses], context.issued_on),
    )


def _entities(text: str, regions: Sequence[Span], context: Context) -> Iterator[EntityMention]:
    for detect in (
        detect_places,
        detect_products,
        detect_programs,
        detect_institutions,
        detect_platforms,
    ):
        yield from detect(text, regions, context)


def _without_clauses(text: str, heading: Span, clauses: Iterable[Clause]) -> Span:
    for clause in clauses:
        if heading.start < clause.span.start < heading.end:
            return strip_span(text, heading.start, clause.span.start) or heading
    return heading


def _regions(text: str, own: Span | None, clauses: Sequence[Clause]) -> Iterator[Span]:
    """Yield an item's own text without its clauses."""
    if own is None:
        return
    start = own.start
    for clause in clauses:
        piece = strip_span(text, start, max(start, clause.span.start))
        if piece:
            yield piece
        start = max(start, clause.span.end)
    piece = strip_span(text, start, max(start, own.end))
    if piece:
        yield piece


def _citations(
    text: str, regions: Sequence[Span], aliases: Mapping[str, str], metadata: Metadata
) -> Iterator[Citation]:
    own = [metadata.title.value] if metadata.title else []
    for region in regions:
        for citation in without_own(find_citations(text, region, aliases), own):
            is_self = metadata.title is not None and citation.key in metadata.title.value
            if not is_self:
                yield citation


def _outer_citations(
    text: str, items: Sequence[Item], aliases: Mapping[str, str], metadata: Metadata
) -> tuple[Citation, ...]:
    """Return the citations outside measures, with those of sections' own text, in order."""
    found = [c for item in items if not item.is_measure for c in item.citations]
    covered = sorted({(i.node.start, i.node.end) for i in items})
    position = 0
    regions = []
    for start, end in covered:
        if start > position:
            regions.append(Span(position, start))
        position = max(position, end)
    if position < len(text):
        regions.append(Span(position, len(text)))
    title = metadata.title.span if metadata.title else None
    pieces = [p for region in regions for p in _outside(region, title)]
    found += _citations(text, pieces, aliases, metadata)
    return tuple(sorted(found, key=lambda c: c.span))


def _outside(region: Span, hole: Span | None) -> Iterator[Span]:
    if hole is None or not region.overlaps(hole):
        yield region
        return
    if region.start < hole.start:
        yield Span(region.start, hole.start)
    if hole.end < region.end:
        yield Span(hole.end, region.end)
