"""Who issued a notice: the signature says, else the title, else the header, else the number."""

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.agencies import NamingContext, resolve_agency
from kg.types import Span
from loaders.actor_names import names_body_somewhere
from loaders.header import Quoted, label_spans
from loaders.jurisdiction import body_of_code
from loaders.paragraphs import iter_paragraphs
from loaders.structure import Structure
from loaders.types import NATIONAL

# Bodies set up by decision, which no table of departments lists.
_JOINT_BODY = re.compile(
    r"[\u4e00-\u9fff]{4,}(?:领导小组|联席会议|办公会议|指挥部|委员会|协调小组|专班)(?:办公室)?$"
)
_SITE = re.compile(r"(?:网站?|报社?|社|公众号|客户端|频道|平台)$")  # gave a text out, issued none
# An unsigned text says who decided: 某市知识产权局研究决定，….
_DECIDED = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,24}?[局厅委院府部])(?:经?研究)?(?:决定|组织制定了?|研究制定了?|制定了)"
)
_MARK = re.compile(r"\s*文件$")
_LONGEST_NAME = 50
_SHORTEST_REPEAT = 10  # characters of a title that no text says by chance
_LONGEST_RUN = 400  # characters of joint issuers that nothing parts
_LONGEST_HEAD = 300  # characters from the mark of a body to the title
_TITLE_VERB = re.compile(r"关于|印发|转发|公布|发布|贯彻|(?:合作)?共建")
_BODY_END = re.compile(r"厅|局|委员会|委|部|政府|办公室|院|会|署|行|海关|中心")
_OWNED = re.compile(
    r"(?:\d{4}年度?)?(?P<body>[\u4e00-\u9fff]{2,24}?(?:局|厅|委员会|委|部|院|政府|办公室))"
    r"(?:\d{4}年度?)?(?:知识产权|重点|专项|年度|行政保护)*(?:工作|任务)"
)
_SEAM = re.compile(r"[局厅委部办院](?=[省市区县州盟][\u4e00-\u9fff]{2,})")


def is_body_name(surface: str) -> bool:
    """Tell whether a string could sign a notice: a body, in full or relative to a place.

    So can several bodies whose names nothing parts: 甲市财政局甲市教育局….
    """
    name = surface.strip("()（） ")
    if not 3 <= len(name) <= _LONGEST_NAME:
        return len(_parted(name, NamingContext(NATIONAL))) > 1
    return (
        _JOINT_BODY.search(name) is not None
        or resolve_agency(name, NamingContext(NATIONAL)).target is not None
        or names_body_somewhere(name)
        or len(_parted(name, NamingContext(NATIONAL))) > 1
    )


def find_issuers(
    text: str,
    structure: Structure,
    labels: Mapping[str, Span],
    title: Quoted | None,
    naming: NamingContext,
) -> tuple[Quoted, ...]:
    """Return who issued the notice: the signature says, else the title, else the header."""
    signed = next((s.names for s in structure.signatures if s.names), ())
    for spans in (
        signed,
        _title_issuers(text, title, naming),
        _above_repeat(text, title),
        label_spans(text, labels, "issuer"),
        _red_head(text, title),
        _without_sites(text, label_spans(text, labels, "source")),
        _deciding(text, title),
    ):
        pieces = [piece for span in spans for piece in _apart(text, span, naming)]
        found = [q for span in pieces if (q := _resolve_issuer(text, span, naming)) is not None]
        if found:
            first: dict[str, Quoted] = {}
            for quoted in found:
                first.setdefault(quoted.value, quoted)
            return tuple(first.values())
    return ()


def _without_sites(text: str, names: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(s for s in names if not _SITE.search(text, s.start, s.end))


def _above_repeat(text: str, title: Quoted | None) -> tuple[Span, ...]:
    """Return the bodies above a title that a page says again, where its headline leaves them out.

    关于做好某事的通知 is said again as 某局⏎关于做好某事⏎的通知.
    """
    if title is None or len(title.value) < _SHORTEST_REPEAT:
        return ()
    words = r"\s*".join(map(re.escape, "".join(title.value.split())))
    again = re.compile(words).search(text, title.span.end, title.span.end + _LONGEST_HEAD)
    if again is None:
        return ()
    lines = list(iter_paragraphs(text, title.span.end, again.start()))
    names = [
        Span(lines[-1].start + name.start(), lines[-1].start + name.end())
        for name in (re.finditer(r"\S+", text[lines[-1].start : lines[-1].end]) if lines else ())
    ]
    is_named = all(is_body_name(text[name.start : name.end]) for name in names)
    return tuple(names) if is_named else ()


def _deciding(text: str, title: Quoted | None) -> tuple[Span, ...]:
    """Return who a paragraph behind the title says has decided: 某市知识产权局研究决定."""
    start = title.span.end if title else 0
    for paragraph in iter_paragraphs(text, start, min(len(text), start + _LONGEST_HEAD)):
        match = _DECIDED.match(text, paragraph.start, paragraph.end)
        if match and is_body_name(match["body"]):
            return (Span(*match.span("body")),)
    return ()


def _red_head(text: str, title: Quoted | None) -> tuple[Span, ...]:
    """Return the body whose mark (发文机关标志: 某市人民政府文件) stands above the title.

    Source: GB/T 9704-2012, 7.2.4.
    """
    if title is None:
        return ()
    lines = list(iter_paragraphs(text, max(0, title.span.start - _LONGEST_HEAD), title.span.start))
    for index, line in enumerate(lines):
        mark = _MARK.search(text, line.start, line.end)
        if mark is None:
            continue
        first = index
        while first > 0 and text[lines[first - 1].end - 1] in "和与及、":
            first -= 1  # a long name is set over lines
        if is_body_name("".join(text[lines[first].start : mark.start()].split())):
            return (Span(lines[first].start, mark.start()),)
    return ()


def _resolve_issuer(text: str, span: Span, naming: NamingContext) -> Quoted | None:
    surface = _without_outer_brackets("".join(text[span.start : span.end].split()))
    resolution = resolve_agency(surface, naming)
    if resolution.target is not None:
        return Quoted(resolution.target.name, span)
    return Quoted(surface, span) if _JOINT_BODY.search(surface) else None


def _without_outer_brackets(surface: str) -> str:
    """Return a name without brackets around or cut off it; 甲局(乙局) keeps its own."""
    opened = sum(map(surface.count, "(（")) - sum(map(surface.count, ")）"))
    if opened == 0 and surface[:1] not in "(（":
        return surface
    return surface.strip("()（）")


def _title_issuers(text: str, title: Quoted | None, naming: NamingContext) -> tuple[Span, ...]:
    """Return the bodies named before 关于 or 印发 at the head of a title, even without spaces."""
    if title is None:
        return ()
    surface = text[title.span.start : title.span.end]
    cut = _TITLE_VERB.search(surface)
    if cut is None:
        return ()
    found = []
    for piece in re.finditer(r"[^\s\u3000、,，]+", surface[: cut.start()]):
        start = title.span.start + piece.start()
        found += [Span(start + a, start + b) for a, b in _bodies(piece.group(), naming)]
    return tuple(found)


def issuer_named_first(
    text: str, title: Quoted | None, naming: NamingContext
) -> tuple[Quoted, ...]:
    """Return the body whose plan a title says it is: 2023年某省知识产权局工作要点."""
    head = _OWNED.match(text, title.span.start, title.span.end) if title else None
    if head is None:
        return ()
    span = Span(*head.span("body"))
    if not _is_listed(text[span.start : span.end], naming):
        return ()
    quoted = _resolve_issuer(text, span, naming)
    return (quoted,) if quoted else ()


def issuer_of_number(number: Quoted | None, place: str) -> tuple[Quoted, ...]:
    """Return the body whose code a document number carries: 辽知发 is 辽宁省知识产权局's."""
    name = body_of_code(number.value.partition("〔")[0], place) if number else None
    return (Quoted(name, number.span),) if number and name else ()


def _apart(text: str, span: Span, naming: NamingContext) -> tuple[Span, ...]:
    """Part a span at the seams between names that nothing else parts."""
    run = text[span.start : span.end]
    if any(char.isspace() for char in run):
        return (span,)
    parts = _bodies(run, naming)
    return tuple(Span(span.start + a, span.start + b) for a, b in parts) or (span,)


def _bodies(run: str, naming: NamingContext) -> list[tuple[int, int]]:
    """Part a run of names without spaces: 市人社局市税务局 into two, 某局办公室 into one."""
    if not _SEAM.search(run) and (_is_listed(run, naming) or _JOINT_BODY.search(run)):
        return [(0, len(run))]
    parts = _parted(run, naming)
    if parts:
        return list(parts)
    return [(0, len(run))] if resolve_agency(run, naming).target is not None else []


@lru_cache(maxsize=1_024)
def _parted(run: str, naming: NamingContext) -> tuple[tuple[int, int], ...]:
    """Return the fewest listed bodies that make up a run, in order; none where it is other text."""
    if len(run) > _LONGEST_RUN:
        return ()
    best: dict[int, tuple[tuple[int, int], ...]] = {0: ()}
    for match in _BODY_END.finditer(run):
        end = match.end()
        starts = [s for s in best if end - s <= _LONGEST_NAME and s < end]
        ways = [
            (*best[start], (start, end)) for start in starts if _is_listed(run[start:end], naming)
        ]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(len(run), ())


def _is_listed(name: str, naming: NamingContext) -> bool:
    """Tell whether a name resolves by the tables, not by its form alone."""
    return resolve_agency(name, naming).certainty == 1.0
