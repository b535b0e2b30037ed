"""Does the text say 支持, 扶持, 建设(好) … of a thing it names?"""

import re

from kg.scanning import compile_scan
from kg.types import Span
from loaders.paragraphs import with_full_stops

_CLAUSE_END = re.compile(r"[。；;！!？?，,：:\n]")
_WINDOW = 200  # characters looked at on each side; clauses are shorter

# The verb nearest before the thing decides, so verbs that say nothing of support are listed too.
_SUPPORTING = (
    r"支持(?!力度|政策|资金)|扶持(?!力度|政策|资金)|帮扶(?!力度)|资助(?!力度|政策|资金)|培育(?:和|并)?(?:壮大|发展|建设)?"
    r"|做[大强优](?:做[大强优])*|建设运行|建设(?!兵团|银行|集团)(?:完善|和完善|发展)?好?|建好|办好|举办好|建成"
)
_NEUTRAL = (
    r"(?<!支持)举办|(?<!支持)承办|使用(?!权|费)|采用|组织(?!机构)|实施|开展|参加|参与|参评|发挥|运行"
    r"|运营(?![（(]|平台|中心|机构|服务|体系|公司|管理)|利用|依托|结合|推广(?!中心)|完善|加强|面向|立足|围绕|打造|创建|争创|申报"
    r"|借助|通过|根据|按照|对接(?!平台|会|活动)|探索|设立|成立|纳入|列入|落实|贯彻|学习|借鉴|复制"
    r"|服务(?!中心|平台|机构|站|网|业|体系|能力|联盟)|辐射|带动|包括|聚焦|深化|优化|提升(?!工程|行动|计划)"
    r"|布局(?!中心|大赛)|推荐|遴选|选派|应用(?!中心|技术)|接入|登录|访问|联合(?!会|体|实验室)|会同|入驻|落户|到|赴|在|从|向(?!上)|与|由|为"
)
_VERB = compile_scan(rf"(?P<yes>{_SUPPORTING})|(?P<no>{_NEUTRAL})")
# 体系建设和…, 建设的, 建设工作: a noun, not a verb.
_NOMINAL = re.compile(r"(?:建设|培育)(?:[和与及以、的中]|工作|项目|重点|任务|试点|方案|情况)")
_JOINT = re.compile(r"[、“”‘’（）()和及与\s]*$")
_GIVEN_AFTER = compile_scan(
    r"(?:支持|扶持|帮扶|投入|培育|建设)力度|[给予]以?[^，。；]{0,8}(?:支持|扶持|倾斜|保障)|^[^，。；]{0,8}倾斜"
)
_GIVEN = re.compile(r"给予$")
_GIVEN_TO = re.compile(r"[^，。；]{0,8}(?:支持|扶持|倾斜)(?!政策|的)")
_BUILT_AFTER = compile_scan(
    r"(?:加快|高质量|高标准|高水平)?(?:建设|培育|发展壮大)(?:$|[、，,。；;和及]|步伐|进程|进度)"
    r"|^[^，。；]{0,12}建成"
)
_BETWEEN = compile_scan(rf"加快|率先|{_NEUTRAL}")  # verbs whose own object is built
_GIVING = re.compile(r"对|向|给")
_DRIVING = re.compile(r"(?:推动|推进|加快|促进|加大)$")


def is_supported(text: str, span: Span) -> bool:
    """Tell whether the text says that the thing at a span is supported, fostered or built.

    The governing verb stands before it in the same clause, possibly before other members of a
    list (支持沈阳、大连…), or the support is given after it (加大对X的支持力度, 推动X建设).

    Args:
        text: the whole text.
        span: where the thing stands.
    """
    before = _clause_before(text, span.start)
    verb = _last_verb(before)
    if verb is not None and verb.group("yes"):
        return True
    after = _clause_after(text, span.end)
    rest = before[verb.end() :] if verb is not None else before
    if verb is None and _GIVEN.search(before) and _GIVEN_TO.match(after):
        return True
    if verb is None and _DRIVING.search(_JOINT.sub("", before)):
        built = _BUILT_AFTER.search(after)
        if built is not None and not _BETWEEN.search(after, 0, built.start()):
            return True
    is_object = (verb is None and _GIVING.search(rest)) or (verb and verb.group() == "向")
    return bool(is_object) and _GIVEN_AFTER.search(after) is not None


def _clause_before(text: str, start: int) -> str:
    window = with_full_stops(text[max(0, start - _WINDOW) : start])
    ends = [found.end() for found in _CLAUSE_END.finditer(window)]
    return window[ends[-1] :] if ends else window


def _clause_after(text: str, end: int) -> str:
    window = with_full_stops(text[end : end + _WINDOW])
    found = _CLAUSE_END.search(window)
    return window[: found.start()] if found else window


def _last_verb(before: str) -> re.Match[str] | None:
    """Return the verb that governs what follows the clause's beginning, or None."""
    last: re.Match[str] | None = None
    for found in _VERB.finditer(before):
        if found.group("yes") and _NOMINAL.match(before, found.start()):
            continue
        if found.group() in _LISTING and _is_between_members(before, found):
            continue
        last = found
    return last


_LISTING = frozenset(["与"])


def _is_between_members(before: str, found: re.Match[str]) -> bool:
    """Tell whether 与 joins two members of a list (支持X与Y), and so governs nothing."""
    return any(match.group("yes") for match in _VERB.finditer(before[: found.start()]))
