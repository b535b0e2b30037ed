"""Duties told in prose: 由A牵头,会同B研究提出."""

import re
from collections.abc import Callable, Iterator

from kg.types import Span
from loaders.actor_names import NOBODY
from loaders.clause_parts import ROLE_WORD, Clause, Role, Segment, pieces

_PROSE = re.compile(
    r"由(?P<names>[^。；;：:，,由]{2,160}?)(?:共同|联合|具体|分别|负责)?"
    r"(?P<role>牵头(?:负责|组织|协调|抓总|落实|推进|实施|推动)*"
    r"|(?:分别|共同|具体|按(?:照)?(?:各自)?职责(?:分工)?)*(?:负责(?:组织|推进)*|组织)?"
    r"(?:(?<=负责)|实施|落实|推进|承办|承担)(?=\s*(?:[。；;，,)）\n]|会同|$)))"
    r"(?P<rest>[^。；;]{0,160})"
)
_SUPPORTING = re.compile(r"[^，,。；;]{0,10}(?:配合|协助|参与|参加|支持)")
# 由甲局会同乙局组织实施: who stands on either side of 会同 answers for it.
_TOGETHER = re.compile(r"由(?P<names>(?:(?!牵头|负责)[^。；;：:，,由]){2,60}?)[，,]?\s?会同")
# 由甲局会同乙局进驻展会 tells a duty as well, 由甲局会同乙局负责解释 and 由甲局会同乙局的人 do not.
_NO_DUTY = re.compile(r"\s*(?:的|负责解释|解释|组成|[、。；;)）\n]|[，,]?\s*$)")
_JOINT = re.compile(r"[、，,]?\s?(?:并)?(?:会同|商|联合|协调|组织)?")
_VERB = re.compile(
    r"建立|研究|制定|制订|开展|推进|推动|组织(?!部)|负责|健全|完善|加强|做好|提出|实施|共同|落实|参加|参与|配合|协助|按|依|统筹|抓好|对|在|进行|定期|加快|出台|编制"
)

_SENTENCE = re.compile(
    r"(?<![^。；;！!\s)）])(?P<words>[\u4e00-\u9fff][^。！!\n]{3,300}?)(?=[。\n]|$)"
)
_TELLS = re.compile("职责分工|负责|牵头|配合|参与|协助|承办|主办|(?:具体|组织)实施")
_TOLD = re.compile(
    rf"(?:{_TELLS.pattern})(?:抓?好?(?:落实|实施|推进)|(?:[，,].{{0,16}}(?:完成|办结|启动|印发|出台).{{0,8}}))?$"
)
_LEADING = re.compile("牵头|负责(?!人)|(?:具体|组织)实施")
_TOGETHER_WITH = re.compile("会同|联合|会商")
_COMMA = re.compile("[，,；;]")


def find_duties(text: str, region: Span, is_name: Callable[[str], bool]) -> Iterator[Clause]:
    """Yield duties told in prose: 由A牵头,会同B研究提出; every name in them must be a body's."""
    yield from _joint_duties(text, region, is_name)
    for match in _PROSE.finditer(text, region.start, region.end):
        names = Span(*match.span("names"))
        if not all(map(is_name, pieces(text[names.start : names.end]))):
            continue
        role: Role = "LEADS" if match["role"].startswith("牵头") else "RESPONSIBLE_FOR"
        segments = [Segment(role, names, "prose")]
        end = match.end("role")
        joint = _JOINT.match(match["rest"])
        if joint:
            partners = _leading_names(text, match.start("rest") + joint.end(), match.end(), is_name)
            if partners is not None:
                supports = _SUPPORTING.match(text, partners.end, match.end())
                supporting: Role = "SUPPORTS" if role == "LEADS" or supports else role
                segments.append(Segment(supporting, partners, "prose"))
                end = partners.end
        yield Clause(Span(match.start(), end), tuple(segments))


def _joint_duties(text: str, region: Span, is_name: Callable[[str], bool]) -> Iterator[Clause]:
    """Yield duties of several: 由甲局会同乙局、丙局组织实施."""
    for match in _TOGETHER.finditer(text, region.start, region.end):
        names = Span(*match.span("names"))
        if not all(map(is_name, pieces(text[names.start : names.end]))):
            continue
        partners = _leading_names(text, match.end(), region.end, is_name)
        if partners is not None and not _NO_DUTY.match(text, partners.end, region.end):
            segments = (Segment("RESPONSIBLE_FOR", s, "prose") for s in (names, partners))
            yield Clause(Span(match.start(), partners.end), tuple(segments))


def _leading_names(text: str, start: int, stop: int, is_name: Callable[[str], bool]) -> Span | None:
    """Return the list of names a stretch begins with: 甲局、乙局 of 甲局、乙局研究提出."""
    end = position = start
    while position < stop and not text[position].isdigit():  # 6月底前 is a name of nobody
        limit = position
        while limit < stop and text[limit] not in "、，,。；;等" and not _VERB.match(text, limit):
            limit += 1
        length = next(
            (
                n
                for n in range(min(limit - position, 25), 1, -1)
                if is_name(text[position : position + n])
            ),
            0,
        )
        if not length:
            break
        end = position + length
        if end < limit or text[limit : limit + 1] != "、":
            break
        position = limit + 1
    return Span(start, end) if end > start else None


def find_told(text: str, region: Span, is_name: Callable[[str], bool]) -> Iterator[Span]:
    """Yield the sentences, or parts of them, that hold only names and words of roles.

    They end a sentence (…，A牵头，B配合。), or tell who leads before what is done (A牵头，B配合，
    开展普查。).
    """
    if not _TELLS.search(text, region.start, region.end):
        return
    for match in _SENTENCE.finditer(text, region.start, region.end):
        span = Span(*match.span("words"))
        told = None
        if _TOLD.search(text, span.start, span.end):
            told = _told_at_end(text, span, is_name)
        told = told or _told_inside(text, span, is_name)
        if told is not None:
            yield told


def _told_at_end(text: str, sentence: Span, is_name: Callable[[str], bool]) -> Span | None:
    """Return what holds only names and words of roles: the sentence, or its end from a comma on.

    Of 完善制度，A牵头，B配合 it is A牵头，B配合: somebody must be said to lead or be responsible.
    """
    for start in (
        sentence.start,
        *(m.end() for m in _COMMA.finditer(text, sentence.start, sentence.end)),
    ):
        words = text[start : sentence.end]
        if "由" in words[1:] or ROLE_WORD.match(words):
            continue
        if start > sentence.start and not _LEADING.search(words):
            return None
        names = pieces(words)
        if names and all(map(is_name, names)):
            return Span(start, sentence.end)
    return None


def _told_inside(text: str, sentence: Span, is_name: Callable[[str], bool]) -> Span | None:
    """Return the parts that tell who does it, from A牵头 or A负责 on."""
    start = end = None
    stops = [m.start() for m in _COMMA.finditer(text, sentence.start, sentence.end)]
    begin = sentence.start
    for stop in [*stops, sentence.end]:
        words = text[begin:stop]
        if not _tells_role(words, is_name):
            if start is not None:
                joint = _TOGETHER_WITH.match(words)
                partners = joint and _leading_names(text, begin + joint.end(), stop, is_name)
                end = partners.end if partners else end
                break
        elif start is not None or _LEADING.search(words):
            start = begin if start is None else start
            end = stop
        begin = stop + 1
    return Span(start, end) if start is not None and end is not None else None


def _tells_role(words: str, is_name: Callable[[str], bool]) -> bool:
    """Tell whether a part of a sentence is a list of names and their role: 甲局、乙局配合."""
    roles = list(ROLE_WORD.finditer(words))
    if not roles or "由" in words:
        return False
    is_closed = roles[-1].end() == len(words) and roles[0].start() > 0
    is_joined = roles[0].lastgroup == "joint" and roles[0].start() == 0
    names = pieces(words)
    is_told = (is_closed or is_joined) and all(map(is_name, names))
    return is_told and not all(map(NOBODY.match, names))
