"""From a document to all that is read from it, item by item, before any graph is made."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kg.agencies import describe_endings
from kg.simplify import fold
from kg.types import Span
from loaders.actor_names import is_actor_name, naming_context
from loaders.citations import (
    Citation,
    find_citations,
    find_name_aliases,
    find_title_aliases,
    find_title_citations,
    in_script_of,
)
from loaders.clause_parts import Clause, Role
from loaders.clauses import cell_clause, find_clauses
from loaders.deadlines import Deadline, detect_deadline, find_stage, start_of_plan
from loaders.header import Quoted
from loaders.headings import find_row_heading
from loaders.institutions import detect_institutions
from loaders.instruments import InstrumentUse, detect_instruments, is_of_property
from loaders.issuers import is_body_name
from loaders.localities import detect_localities
from loaders.metadata import HEADER_LIMIT, Metadata, find_addressee, read_metadata
from loaders.outline import OutlineNode, parse_outline
from loaders.own_text import OwnText, titles_put_out, without_own
from loaders.paragraphs import SPACES, is_line_start, strip_span
from loaders.places import detect_places
from loaders.platforms import detect_platforms
from loaders.products import detect_products
from loaders.programs import detect_programs
from loaders.roles import Actor, read_actors
from loaders.structure import Structure, read_structure
from loaders.tables import Row, find_rows
from loaders.targets import TargetMention, detect_targets
from loaders.titles import as_title, find_enclosed, find_late_title, find_title
from loaders.types import Context, EntityMention

_PLAN_YEAR = re.compile(r"(?<![—\-－–~至到])(20\d\d)年(?!—|-|至)")
_NUMBER_YEAR = re.compile(r"〔((?:19|20)\d\d)〕")
_MANY_SECTIONS = 2  # that have their clauses below the last item, to tell that all items share them
_NAME_BREAKS = "、，。；：,;:\n"


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
    """All that is read from one notice.

    Attributes:
        text: the stored text, as it is; all is read from a copy in simplified characters.
    """

    text: str
    metadata: Metadata
    context: Context
    structure: Structure
    items: tuple[Item, ...]
    citations: tuple[Citation, ...]  # outside the measures: preamble, aims, closing words


def analyse_text(text: str) -> Analysis:
    """Return what a stored text says."""
    stored, text = text, fold(text)
    structure = read_structure(text, is_body_name)
    rows = {row.mark.start: row for row in find_rows(text)}
    outline = parse_outline(text, structure.trees, [(row.mark, row.end) for row in rows.values()])
    roots = _below_menu(text, outline)
    first = min((root.start for root in roots), default=len(text))
    metadata = read_metadata(text, structure, first)
    context = Context(
        jurisdiction=metadata.jurisdiction,
        issuers=tuple(q.value for q in metadata.issuers),
        issued_on=metadata.issued_on.value if metadata.issued_on else _year_of(metadata),
        aliases=dict(_agency_aliases(text)),
    )
    aliases = find_title_aliases(text)
    title = metadata.title.value if metadata.title else ""
    own = OwnText(
        titles=(title, *titles_put_out(title), *find_enclosed(text, title)),
        number=metadata.document_number.value if metadata.document_number else None,
        issuers=context.issuers,
    )
    reading = _Reading(
        text=text,
        context=context,
        aliases=aliases,
        own=own,
        rows=rows,
        of_property=is_of_property(text, title),
        dues_from=start_of_plan(title, context.issued_on),
    )
    items = tuple(_items(reading, roots))
    citations = _outer_citations(reading, items, metadata.title)
    found = Analysis(text, metadata, context, structure, items, citations)
    return found if stored == text else _in_script_of(found, stored)


def _below_menu(text: str, roots: Sequence[OutlineNode]) -> Sequence[OutlineNode]:
    """Return the roots without the numbered entries of a site's menu above the title.

    What stands above the addressees of a notice is no item of it.
    """
    first = min(roots, key=lambda root: root.start, default=None)
    if first is None or first.mark.style != "arabic" or first.start > HEADER_LIMIT:
        return roots
    if find_title(text, first.start, {}) is not None:
        return roots
    title = find_late_title(text, first.start, HEADER_LIMIT)
    if title is None or find_addressee(text, title.end, HEADER_LIMIT) is None:
        return roots
    return [root for root in roots if root.start >= title.end]


def _year_of(metadata: Metadata) -> str | None:
    """Return the year of an undated notice, by which its 6月底前 is read.

    It is the one that its title is for, else that of its number.
    """
    year = _PLAN_YEAR.search(metadata.title.value) if metadata.title else None
    number = metadata.document_number
    numbered = _NUMBER_YEAR.search(number.value) if number else None
    found = year or numbered
    return found[1] if found else None


def _in_script_of(found: Analysis, stored: str) -> Analysis:
    """Return what was read from a folded text with titles in the script of the stored one."""
    title = found.metadata.title
    as_stored = partial(in_script_of, text=found.text, stored=stored)
    return replace(
        found,
        text=stored,
        metadata=replace(found.metadata, title=title and as_title(stored, title.span)),
        items=tuple(
            replace(item, citations=tuple(map(as_stored, item.citations))) for item in found.items
        ),
        citations=tuple(map(as_stored, found.citations)),
    )


def _agency_aliases(text: str) -> Iterator[tuple[str, str]]:
    """Yield agency names that a text sets up by 以下简称: the alias and the full name before it."""
    for alias, end in find_name_aliases(text):
        # 甲局、乙中心(以下简称“中心”) names the last of the list.
        floor = max(text.rfind(mark, max(0, end - 30), end) for mark in _NAME_BREAKS) + 1
        body = next(describe_endings(text[floor:end], 4, 30), None)
        if body is not None:
            yield alias, body.name


@dataclass(frozen=True)
class _Reading:
    """What every item of a notice is read with."""

    text: str
    context: Context
    aliases: Mapping[str, str]
    own: OwnText
    rows: Mapping[int, Row]
    of_property: bool  # the notice is about intellectual property
    dues_from: str | None  # the date or year by which limits without a year are read


def _items(reading: _Reading, roots: Sequence[OutlineNode]) -> Iterator[Item]:
    """Yield the items in order; a section's clauses rule what stands below it."""
    is_name = partial(is_actor_name, naming=naming_context(reading.context))
    nodes = [node for root in roots for node in root.walk()]
    own = {id(node): tuple(_own_clauses(reading, node, is_name)) for node in nodes}
    shared = _shared_clauses(reading.text, nodes, own)
    above: dict[int, tuple[Clause, ...]] = {}
    stages: dict[int, Span] = {}
    for node in nodes:
        clauses = own[id(node)]
        inherited = above.get(id(node), ()) + shared.get(id(node), ())
        stage = find_stage(reading.text, node.heading) if node.children else None
        for child in node.children:
            above[id(child)] = above.get(id(node), ()) + clauses
            if stage or id(node) in stages:
                stages[id(child)] = stage or stages[id(node)]
        row = reading.rows.get(node.start) if node.mark.is_row else None
        cells = row.of("task", "detail") if row else None
        regions = list(cells or _regions(reading.text, _own_span(reading.text, node), clauses))
        yield _item(reading, node, regions, clauses, inherited, stages.get(id(node)))


def _own_clauses(
    reading: _Reading, node: OutlineNode, is_name: Callable[[str], bool]
) -> Iterable[Clause]:
    row = reading.rows.get(node.start) if node.mark.is_row else None
    if row is not None:
        return _row_clauses(reading.text, row)
    own = _own_span(reading.text, node)
    return find_clauses(reading.text, own, is_name) if own else ()


def _shared_clauses(
    text: str, nodes: Sequence[OutlineNode], own: Mapping[int, tuple[Clause, ...]]
) -> Mapping[int, tuple[Clause, ...]]:
    """Return the clauses below the last of a section's items that hold for the others, too.

    In a notice that has all its clauses there, each a paragraph: (一)… 1.… 2.… 责任单位：…
    They reach to the end of the section, and so take in the time limit below them.
    """
    shared: dict[int, tuple[Clause, ...]] = {}
    sections = [n.children for n in nodes if n.children and not any(k.children for k in n.children)]
    ruled = [items for items in sections if len(items) > 1 and own[id(items[-1])]]
    for *others, last in ruled:
        clauses = own[id(last)]
        is_below = all(is_line_start(text, clause.span.start) for clause in clauses)
        if not is_below or any(own[id(item)] for item in others):
            return {}
        whole = tuple(replace(c, span=Span(c.span.start, last.end)) for c in clauses)
        shared |= {id(item): whole for item in others}
    return shared if len(ruled) >= _MANY_SECTIONS else {}


def _own_span(text: str, node: OutlineNode) -> Span | None:
    """Return the span of the item's own text, behind its number and before its first child."""
    return strip_span(text, node.mark.end, node.lead_end)


def _row_clauses(text: str, row: Row) -> Iterator[Clause]:
    """Yield what the cells of a task table's row say of who does it."""
    roles: Mapping[str, Role] = {
        "lead": "LEADS",
        "duty": "RESPONSIBLE_FOR",
        "support": "SUPPORTS",
    }
    for column, span in row.cells:
        if column in roles:
            yield cell_clause(text, span, roles[column])


def _item(
    reading: _Reading,
    node: OutlineNode,
    regions: Sequence[Span],
    clauses: tuple[Clause, ...],
    inherited: tuple[Clause, ...],
    stage: Span | None,
) -> Item:
    text, context = reading.text, reading.context
    span = strip_span(text, node.start, node.end) or node.mark.span
    row = reading.rows.get(node.start) if node.mark.is_row else None
    heading = _heading(text, node, clauses, row)
    targets = tuple(detect_targets(text, regions, context))
    citations = tuple(_citations(reading, regions))
    if node.children or (node.is_aims and not clauses):
        return Item(node, span, heading, False, clauses, targets=targets, citations=citations)
    entities = tuple(_entities(text, regions, context))
    return Item(
        node=node,
        span=span,
        heading=heading,
        is_measure=True,
        clauses=clauses,
        actors=tuple(read_actors(text, (*clauses, *inherited), context)),
        entities=entities,
        instruments=tuple(
            detect_instruments(text, heading, regions, entities, of_property=reading.of_property)
        ),
        targets=targets,
        citations=citations,
        deadline=_last_of_cells(text, row, reading.dues_from)
        or detect_deadline(text, regions, [c.span for c in clauses], reading.dues_from)
        or detect_deadline(text, [], [c.span for c in inherited], reading.dues_from)
        or (detect_deadline(text, [], [stage], reading.dues_from) if stage else None),
    )


def _last_of_cells(text: str, row: Row | None, issued_on: str | None) -> Deadline | None:
    """Return the last of the time limits in a row's cells, or None if they state none."""
    cells = row.of("due") if row else ()
    limits = [limit for c in cells if (limit := detect_deadline(text, [], [c], issued_on))]
    return max(limits, key=lambda limit: limit.due_on or "", default=None)


def _heading(text: str, node: OutlineNode, clauses: Iterable[Clause], row: Row | None) -> Span:
    if row is not None:
        task = next(row.of("task"))
        return find_row_heading(text, task)
    return _without_clauses(text, node.heading, clauses)


def _entities(text: str, regions: Sequence[Span], context: Context) -> Iterator[EntityMention]:
    named = [
        mention
        for detect in (detect_products, detect_programs, detect_institutions, detect_platforms)
        for mention in detect(text, regions, context)
    ]
    named = [mention for mention in named if not _is_in_another(mention, named)]
    names = [mention.span for mention in named]
    places = detect_places(text, regions, context, names)
    yield from places
    yield from detect_localities(text, regions, context, [place.span for place in places])
    yield from named


def _is_in_another(mention: EntityMention, named: Sequence[EntityMention]) -> bool:
    """Tell whether a product or a firm only stands in the name of the other.

    青岛啤酒股份有限公司 is no beer, 衡水老白干酒 no firm.
    """
    wider = {"Product": "Institution", "Institution": "Product"}.get(mention.label)
    return any(
        other.label == wider
        and mention.span in other.span
        and (wider == "Institution" or mention.span != other.span)
        for other in named
    )


def _without_clauses(text: str, heading: Span, clauses: Iterable[Clause]) -> Span:
    """Return a heading up to its first clause; what a sentence tells (本办法由…) is part of it."""
    for clause in clauses:
        is_told = clause.segments[0].method == "prose" and text[clause.span.start - 1] >= "\u4e00"
        if heading.start < clause.span.start < heading.end and not is_told:
            words = text[heading.start : clause.span.start].rstrip(SPACES + "；;，,：:")
            return Span(heading.start, heading.start + len(words)) if words else heading
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


def _citations(reading: _Reading, regions: Sequence[Span]) -> Iterator[Citation]:
    """Yield the citations of others' texts."""
    for region in regions:
        found = find_citations(reading.text, region, reading.aliases)
        yield from without_own(found, reading.own, reading.text)


def _outer_citations(
    reading: _Reading, items: Sequence[Item], title: Quoted | None
) -> tuple[Citation, ...]:
    """Return the citations outside measures, with those of sections' own text, in order."""
    text, hole = reading.text, title.span if title else None
    found = [c for item in items if not item.is_measure for c in item.citations]
    covered = sorted({(i.node.start, i.node.lead_end) for i in items})
    position = 0
    regions = []
    for start, end in covered:
        if start > position:
            regions.append(Span(position, start))
        position = max(position, end)
    if position < len(text):
        regions.append(Span(position, len(text)))
    pieces = [p for region in regions for p in _outside(region, hole)]
    found += _citations(reading, pieces)
    found += find_title_citations(text, hole) if hole else ()
    return tuple(sorted(found, key=lambda c: c.span))


def _outside(region: Span, hole: Span | None) -> Iterator[Span]:
    if hole is None or not region.overlaps(hole):
        yield region
        return
    if region.start < hole.start:
        yield Span(region.start, hole.start)
    if hole.end < region.end:
        yield Span(hole.end, region.end)
