"""Duties told in prose: 由A牵头,会同B研究提出."""

import re
from collections.abc import Callable, Iterator

from kg.types import Span
from loaders.clause_parts import Clause, Role, Segment, pieces

_PROSE = re.compile(
    r"由(?P<names>[^。；;：:，,由]{2,160}?)(?:共同|联合|具体|分别|负责)?(?P<role>牵头|(?:分别|共同|具体)?负责(?=\s*(?:[。；;)）\n]|$)))"
    r"(?P<rest>[^。；;]{0,160})"
)
# 由甲局会同乙局组织实施: who stands on either side of 会同 answers for it.
_TOGETHER = re.compile(r"由(?P<names>(?:(?!牵头|负责)[^。；;：:，,由]){2,60}?)[，,]?\s?会同")
_DOING = re.compile(
    r"(?:共同|联合|具体|负责)*(?:组织|实施|落实|推进|开展|研究|制定|办理|负责(?!解释)|编制)"
)
_JOINT = re.compile(r"[，,]?\s?(?:并)?(?:会同|商|联合|协调|组织)?")
_VERB = re.compile(
    r"建立|研究|制定|制订|开展|推进|推动|组织(?!部)|负责|健全|完善|加强|做好|提出|实施|共同|落实|参加|参与|配合|协助|按|依|统筹|抓好|对|在|进行|定期|加快|出台|编制"
)


def find_duties(text: str, region: Span, is_name: Callable[[str], bool]) -> Iterator[Clause]:
    """Yield duties told in prose: 由A牵头,会同B研究提出; every name in them must be a body's."""
    yield from _joint_duties(text, region, is_name)
    for match in _PROSE.finditer(text, region.start, region.end):
        names = Span(*match.span("names"))
        if not all(map(is_name, pieces(text[names.start : names.end]))):
            continue
        role: Role = "LEADS" if match["role"] == "牵头" else "RESPONSIBLE_FOR"
        segments = [Segment(role, names, "prose")]
        end = match.end("role")
        joint = _JOINT.match(match["rest"])
        if joint:
            partners = _leading_names(text, match.start("rest") + joint.end(), match.end(), is_name)
            if partners is not None:
                supporting: Role = "SUPPORTS" if role == "LEADS" else role
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
        if partners is not None and _DOING.match(text, partners.end, region.end):
            segments = (Segment("RESPONSIBLE_FOR", s, "prose") for s in (names, partners))
            yield Clause(Span(match.start(), partners.end), tuple(segments))


def _leading_names(text: str, start: int, stop: int, is_name: Callable[[str], bool]) -> Span | None:
    """Return the list of names a stretch begins with: 甲局、乙局 of 甲局、乙局研究提出."""
    end = position = start
    while position < stop:
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
