"""Why a notice was read as it was: each mention with its words, what it means, and by which rule.

For people who check a reading, and for programs (`as_record`). Texts are in Chinese; why a name
stays unresolved is told in English, too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field

from kg.agencies import INSTITUTION_KINDS, AgencyName
from kg.divisions import load_divisions
from kg.instruments import load_instruments
from kg.types import Span
from loaders.actor_names import naming_context, resolve_actor
from loaders.analyse import Analysis, Item
from loaders.citations import Citation
from loaders.explain_header import Header, explain_header
from loaders.histories import tell_history
from loaders.partition import count_characters, partition_text
from loaders.pipeline import Extraction
from loaders.roles import Actor
from loaders.rules import AREAS, RELATIONS, ROLES, rule_of
from loaders.types import NATIONAL, EntityMention

KINDS = (
    *("agencies", "places", "products", "programs", "institutions"),
    *("platforms", "instruments", "targets", "deadlines", "citations"),
)
_KIND_OF_LABEL = {
    "Place": "places",
    "Product": "products",
    "Program": "programs",
    "Institution": "institutions",
    "Platform": "platforms",
}
_COMPARATORS = {">=": "不低于", "<=": "不高于", "=": "为", "about": "约"}
_UNSURE = 0.7  # certainty below which a name was put together from parts no table knows


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing the text names, and what became of it.

    Attributes:
        kind: one of KINDS.
        words: as they stand in the text.
        start: offset of the words in the stored text.
        end: offset after them.
        meaning: what they were resolved to; None where that stays open.
        role: 牵头, 负责, 配合; of things 支持 or 提及; of citations how the text derives from them.
        rule: the rule that found them, in Chinese.
        method: its name in the graph.
        reason: why they mean that, or why that stays open.
        certainty: in [0, 1].
        candidates: what was possible too, or was refused.
        history: what the body was called before and is called since; empty if it never changed.
    """

    kind: str
    words: str
    start: int
    end: int
    meaning: str | None
    role: str
    rule: str
    method: str
    reason: str
    certainty: float
    candidates: tuple[str, ...] = ()
    history: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedItem:
    """A measure or section: its path, its heading, the headings above, what it names."""

    path: str
    heading: str
    above: tuple[str, ...]
    is_measure: bool
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is told of a notice.

    Attributes:
        uri: the file.
        header: what the notice says of itself.
        items: the measures, and the sections that name something, in order.
        outside: citations in no item.
        unsectioned: characters in no section.
        warnings: on the reading.
        doubts: about the outline.
    """

    uri: str
    header: Header
    items: tuple[ExplainedItem, ...]
    outside: tuple[Mention, ...]
    unsectioned: int
    warnings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def as_record(self) -> dict[str, object]:
        """Return it as JSON holds it; the keys are the attributes."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ExplainedName:
    """What a name alone means in a notice, or would mean if the notice said it.

    Attributes:
        uri: of the notice.
        name: as asked for.
        mentions: what it means, as a body and as a place.
        is_written: whether the notice says the name, line breaks and spaces aside.
    """

    uri: str
    name: str
    mentions: tuple[Mention, ...] = field(default=())
    is_written: bool = True

    def as_record(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        return asdict(self)


def explain_notice(extraction: Extraction) -> Explanation:
    """Return what each mention of a notice means and why."""
    analysis = extraction.analysis
    headings = {item.node.path: _words(analysis, item.heading) for item in analysis.items}
    items = (_explain_item(analysis, item, headings) for item in analysis.items)
    own = {(c.span, c.title) for item in analysis.items for c in item.citations}
    outside = (c for c in analysis.citations if (c.span, c.title) not in own)
    pieces = partition_text(analysis)
    return Explanation(
        uri=extraction.report.uri,
        header=explain_header(analysis),
        items=tuple(item for item in items if item.is_measure or item.mentions),
        outside=tuple(_citation(analysis, citation) for citation in outside),
        unsectioned=count_characters(analysis.text, pieces, "unsectioned"),
        warnings=extraction.report.warnings,
        doubts=extraction.report.doubts,
    )


def explain_name(extraction: Extraction, name: str) -> ExplainedName:
    """Return what a name would mean if the notice said it: as a body, and as a place."""
    context = extraction.analysis.context
    found = resolve_actor(name, naming_context(context))
    target = found.target
    mentions = [
        Mention(
            kind="institutions" if target and target.kind in INSTITUTION_KINDS else "agencies",
            words=name,
            start=0,
            end=len(name),
            meaning=target.name if target else None,
            role="",
            rule="机构名称的解析",
            method="resolve_agency",
            reason=found.reason + _doubt(found.certainty, target),
            certainty=found.certainty,
            candidates=found.candidates,
            history=tell_history(target, context.issued_on),
        )
    ]
    mentions += _as_place(name, context.jurisdiction)
    is_written = "".join(name.split()) in "".join(extraction.analysis.text.split())
    return ExplainedName(extraction.report.uri, name, tuple(mentions), is_written)


def find_items(explanation: Explanation, path: str) -> list[ExplainedItem]:
    """Return the items at a path and below it; brackets of either width, spaces ignored."""
    wanted = _normal_path(path)
    return [
        item
        for item in explanation.items
        if _normal_path(item.path) == wanted or _normal_path(item.path).startswith(f"{wanted}/")
    ]


def _normal_path(path: str) -> str:
    wide = str.maketrans("（）／．", "()/.")
    return "".join(path.translate(wide).split()).strip("/").removesuffix("、")


def _explain_item(analysis: Analysis, item: Item, headings: Mapping[str, str]) -> ExplainedItem:
    parts = item.node.path.split("/")
    above = ("/".join(parts[:length]) for length in range(1, len(parts)))
    return ExplainedItem(
        path=item.node.path,
        heading=_words(analysis, item.heading),
        above=tuple(headings[path] for path in above if path in headings),
        is_measure=item.is_measure,
        mentions=tuple(_mentions(analysis, item)),
    )


def _mentions(analysis: Analysis, item: Item) -> Iterator[Mention]:
    yield from (_actor(analysis, item, actor) for actor in item.actors)
    yield from (_entity(analysis, entity) for entity in item.entities)
    names = {instrument.id: instrument for instrument in load_instruments()}
    for use in item.instruments:
        known = names[use.instrument]
        method, _, cue = use.method.partition(":")
        reason = f"“{cue}”是这一工具的提示语，属于“{known.category}”"
        yield _mention(
            analysis, "instruments", use.span, known.name_zh, method, reason, use.confidence
        )
    for target in item.targets:
        change = {"up": "提高", "down": "降低"}.get(target.comparator.rstrip("<>=about"), "")
        sign = target.comparator.removeprefix("up").removeprefix("down")
        figure = f"{_COMPARATORS.get(sign, sign)}{target.value:g}{target.unit}"
        meaning = f"{target.metric}{change}{figure}"
        reason = f"期限为{target.by}" if target.by else "本句没有写明期限"
        yield _mention(analysis, "targets", target.span, meaning, "target", reason, 0.9)
    if item.deadline is not None:
        yield _deadline(analysis, item)
    yield from (_citation(analysis, citation) for citation in item.citations)


def _actor(analysis: Analysis, item: Item, actor: Actor) -> Mention:
    target, reason = actor.target, actor.reason
    meaning = target.name if target else None
    if target is None and actor.institution is not None:
        meaning = actor.surface
        area = AREAS.get(actor.institution, actor.institution)
        reason = f"按名称结尾认作{area}，不是机关；{reason}"
    words = _words(analysis, actor.span)
    if "".join(words.split()) != actor.surface:
        reason = f"读作“{actor.surface}”；{reason}"
    if not (item.node.start <= actor.span.start < item.node.lead_end):
        reason = f"承上：分工写在别处，统管本条；{reason}"
    return Mention(
        kind="agencies" if actor.institution is None else "institutions",
        words=words,
        start=actor.span.start,
        end=actor.span.end,
        meaning=meaning,
        role=ROLES[actor.role],
        rule=rule_of(actor.method),
        method=actor.method,
        reason=reason + _doubt(actor.certainty, target),
        certainty=actor.certainty,
        candidates=actor.candidates,
        history=tell_history(target, analysis.context.issued_on),
    )


def _doubt(certainty: float, target: AgencyName | None) -> str:
    return "；机构表中没有此名，按构成推定" if target and certainty < _UNSURE else ""


def _entity(analysis: Analysis, entity: EntityMention) -> Mention:
    reason = "名称取自原文"
    if entity.label == "Place" and entity.key:
        division = load_divisions().get(entity.key)
        within = load_divisions().get(division.parent).canonical if division.parent else ""
        reason = f"区划代码{entity.key}" + (f"，属{within}" if within else "")
    elif entity.name != _words(analysis, entity.span):
        reason = f"“{_words(analysis, entity.span)}”的规范名称为“{entity.name}”"
    return Mention(
        kind=_KIND_OF_LABEL[entity.label],
        words=_words(analysis, entity.span),
        start=entity.span.start,
        end=entity.span.end,
        meaning=entity.name,
        role="支持" if entity.supported else "提及",
        rule=rule_of(entity.method),
        method=entity.method,
        reason=reason,
        certainty=entity.confidence,
    )


def _deadline(analysis: Analysis, item: Item) -> Mention:
    deadline = item.deadline
    assert deadline is not None
    parts = [f"至{deadline.due_on}"] if deadline.due_on else []
    parts += ["持续进行"] if deadline.ongoing else []
    issued = analysis.context.issued_on
    reason = f"时限写作“{deadline.due_text}”"
    if deadline.due_on and deadline.due_on[:4] not in deadline.due_text and issued:
        reason += f"，未写年份的按成文日期{issued}推算"
    return _mention(analysis, "deadlines", deadline.span, "，".join(parts), "deadline", reason, 1.0)


def _citation(analysis: Analysis, citation: Citation) -> Mention:
    words = _words(analysis, citation.span)
    reason = "只是提到" if citation.relation is None else f"“{_words(analysis, citation.cue)}”"
    if citation.title not in words and citation.title != citation.number:
        reason += f"；本文以{words}简称《{citation.title}》"
    number = f"（{citation.number}）" if citation.number else ""
    meaning = f"《{citation.title}》{number}" if citation.title != citation.number else words
    role = RELATIONS[citation.relation] if citation.relation else "提及"
    mention = _mention(analysis, "citations", citation.span, meaning, "citation", reason, 1.0)
    return Mention(**{**asdict(mention), "role": role})


def _mention(  # noqa: PLR0913  a mention has this many parts
    analysis: Analysis,
    kind: str,
    span: Span,
    meaning: str,
    method: str,
    reason: str,
    certainty: float,
) -> Mention:
    return Mention(
        kind=kind,
        words=_words(analysis, span),
        start=span.start,
        end=span.end,
        meaning=meaning,
        role="",
        rule=rule_of(method),
        method=method,
        reason=reason,
        certainty=certainty,
    )


def _as_place(name: str, jurisdiction: str) -> Iterator[Mention]:
    """Yield the divisions a name may mean: the nearest to the notice first, if they differ."""
    divisions = load_divisions()
    near = divisions.named(name, jurisdiction) if jurisdiction != NATIONAL else ()
    found = near or divisions.named(name)
    for division in found[:1]:
        others = tuple(d.canonical for d in divisions.named(name) if d.code != division.code)
        reason = f"区划代码{division.code}"
        if near and others:
            reason += "，在本文所在地之内"
        yield Mention(
            kind="places",
            words=name,
            start=0,
            end=len(name),
            meaning=division.canonical if near or not others else None,
            role="",
            rule="区划表",
            method="divisions",
            reason=reason if near or not others else "多处同名，本文不能确定是哪一处",
            certainty=1.0 if near or not others else 0.0,
            candidates=others if near or not others else (division.canonical, *others),
        )


def _words(analysis: Analysis, span: Span) -> str:
    return analysis.text[span.start : span.end]


def select_mentions(mentions: Iterable[Mention], kinds: Iterable[str]) -> list[Mention]:
    """Return the mentions of some kinds; all where none is named."""
    wanted = set(kinds)
    return [mention for mention in mentions if not wanted or mention.kind in wanted]
