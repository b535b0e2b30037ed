"""What responsibility clauses are made of: words, brackets, and the parts they are cut into."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.scanning import compile_scan
from kg.types import Span

type Role = Literal["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"]

_WHO = r"(?:单位|部门|处室|机构|主体|机关|司局|科室|成员单位|地区|部委|厅局)"
_LABEL_WORD = (
    r"(?:主要|具体|共同|总|第一|其[他它余])?(?:责任|牵头|负责|主办|承办|主责|指导|组织|落实|实施|执行|推进|主管|工作)(?:责任|负责|落实|实施|推进)?"
    r"|(?:主要)?(?:配合|协助|协办|参与|参加|支持|协同|协作)(?:责任)?"
)
# A label ends with a colon or 为, or fills a line.
_LABEL_END = r"\s?(?:[:：]|为[:：]?(?=[\u4e00-\u9fff])|(?=[ \t\u3000]*\n))"
LABEL = compile_scan(
    rf"[【〖［\[](?:{_LABEL_WORD}){_WHO}[】〗］\]]\s?[:：]?"
    rf"|(?:{_LABEL_WORD})\s?{_WHO}(?:[（(]{_WHO}[)）])?(?:[及和与、](?:责任|配合|参与|牵头)?{_WHO})?{_LABEL_END}"
    # in a line of its own a space may stand for the colon: 责任单位　甲局　乙局
    rf"|(?<=[\n \u3000])(?:{_LABEL_WORD}){_WHO}(?=[ \t\u3000]+[\u4e00-\u9fff])"
    r"|(?:责任|牵头|配合)(?:分工|主体)\s?[:：]"
    # in a bracket a label may run into a name: （牵头单位省公安厅，配合单位省司法厅）
    rf"|(?<=[（(〔【\[；;，,])(?:责任|牵头|配合|参与|协办|主办){_WHO}[ \u3000]?"
    r"(?=[省市区县州国中各自])"
    r"|(?<![\u4e00-\u9fff])(?:牵头|配合|责任|主责|主办|承办|协办|负责|参与|协助)\s?[:：]"
)
OTHER_LABEL = compile_scan(
    r"[【〖［\[]?(?:完成|办结|整改|落实|实施|时间|时限|进度|推进|工作)(?:时限|时间|期限|节点|进度|安排|要求)\s?(?:[:：]|[】〗］\]][:：]?)"
    r"|(?<![\u4e00-\u9fff])(?:时限|时间|期限|进度)\s?[:：]"
    r"|(?:分管|责任|牵头|包保|市级|省级|主管)?(?:领导|责任人|负责人|联系人|联络人|领导同志)\s?[:：]"
)
ROLE_WORD = compile_scan(
    r"(?:作为|为|是|担任|负责)?(?:(?:依[照据]?|按照?|根据)(?:各自)?(?:职责|职能)?(?:分工)?)?(?:共同|联合|分别|各自|具体|总)?"
    r"(?P<lead>牵头(?:责任)?(?:单位|部门)?(?:负责|组织|实施|落实|推进|抓好|协调|会同|和|并)*(?!单位|部门)"
    r"|主[责办](?:单位|部门)?|负总责)"
    r"|(?:作为|为|是)?(?P<support>(?:积极|密切|共同|依职责|按职责|予以|做好|等)?(?:协同)?(?:配合|协助|参与|参加|协办(?!公)|支持)(?:单位|部门)?(?:做好|落实|实施|工作|负责|推进|配合)*)"
    r"|(?P<joint>(?:会同|会商|联合(?=[省市区县国各])))"
    r"|(?P<duty>(?:结合(?:各自|工作|本地区?)?(?:实际|职[责能])(?=[\u4e00-\u9fff]))?(?:(?:依[照据]?|按照?|根据|在)(?:部门|相关|有关)?)?(?:各自)?(?:职责|职能)?(?:分工|范围内?)?(?:分别|共同|具体|各自|主要|统一|组织|直接|全面|牵头)?"
    r"(?:均?(?:作为|为|是)(?:责任|负责|承办|落实)(?:单位|部门)|负责|为主|承办|承担|组织实施|抓好落实|贯彻落实|推进落实|组织落实"
    r"|(?:推进|组织|统筹|抓好|督促|指导|协调)*(?:落实|实施|推进|办理|指导|统筹|督促|协调)(?=[，,；;。、)）〕\]\s]|$))(?:落实|实施|推进)*)"
)
STARS = "*＊★☆▲△●◆※#"  # that mark the leader, or nothing
_KIND = r"(?:[市区县旗州盟]|自治[州县旗]|直管市|林区)"
_AND_EVERY = re.compile(r"(?:以及|及|和|与)(?=各)")  # 教育部和各地区
_JOINT_EVERY = re.compile(rf"各{_KIND}{{1,2}}(?:[、，,/]{_KIND})+")  # 各州、市
_BRACKETED = re.compile(
    r"[(（][^()（）]*[)）]|(?<=[\u4e00-\u9fff])[\[［〔][^\[\]［］〔〕]*[\]］〕]"
)
_BETWEEN = re.compile(r"[、,，；;：:。\s]+")
_AROUND = re.compile(r"^由|等.{0,12}$")
BRACKETS = {
    "(": ")",
    "（": "）",
    "〔": "〕",
    "[": "]",
    "【": "】",
    "［": "］",
    "〖": "〗",
    "{": "}",
    "｛": "｝",
}
CLOSING_BRACKETS = "".join(BRACKETS.values())
_BRACKET = re.compile(f"[{re.escape(''.join(BRACKETS) + CLOSING_BRACKETS)}\n]")
LONGEST_CLAUSE = 1_500  # characters
LONGEST_LINE = 400  # characters of a line in which an unclosed bracket is looked for


@dataclass(frozen=True, slots=True)
class Segment:
    """A list of names with one role.

    Attributes:
        role: of each of the names.
        span: of the list.
        method: the shape of the clause.
    """

    role: Role
    span: Span
    method: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A responsibility clause: its span, brackets and label included, and its segments."""

    span: Span
    segments: tuple[Segment, ...]


def pieces(surface: str) -> list[str]:
    """Return what stands between marks and role words, brackets left out."""
    bare = _BRACKETED.sub("", surface)
    bare = _AND_EVERY.sub("、", ROLE_WORD.sub("、", _JOINT_EVERY.sub(_closed, bare)))
    named = [_AROUND.sub("", piece).strip(STARS) for piece in _BETWEEN.split(bare)]
    return [piece for piece in named if len(piece) >= 2]


def _closed(collective: re.Match[str]) -> str:
    return re.sub(r"[、，,/]", "", collective.group())


def outer_brackets(text: str, region: Span) -> Iterator[Span]:
    """Yield the outermost brackets of a region, of whatever shape, in order."""
    stack: list[tuple[str, int]] = []
    for mark in _BRACKET.finditer(text, region.start, region.end):
        position, char = mark.start(), mark.group()
        if char in BRACKETS:
            stack.append((BRACKETS[char], position))
        elif char in CLOSING_BRACKETS:
            while stack and not _matches(stack[-1][0], char):
                stack.pop()
            if stack:
                _, start = stack.pop()
                if not stack:
                    yield Span(start, position + 1)
        elif stack and position - stack[0][1] > LONGEST_CLAUSE:
            stack.clear()


def unclosed_bracket(text: str, region: Span) -> Span | None:
    """Return what stands behind a bracket that a region's last line opens and nothing closes."""
    floor = max(region.start, region.end - LONGEST_LINE, text.rfind("\n", 0, region.end) + 1)
    opened: list[int] = []
    for mark in _BRACKET.finditer(text, floor, region.end):
        if mark.group() in BRACKETS:
            opened.append(mark.start())
        elif opened:
            opened.pop()
    is_filled = bool(opened) and opened[0] + 1 < region.end
    return Span(opened[0], region.end) if is_filled else None


def _matches(expected: str, char: str) -> bool:
    round_, square = ")）", "]］〕】"
    return (
        expected == char
        or (expected in round_ and char in round_)
        or (expected in square and char in square)
    )
