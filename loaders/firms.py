"""Firms, rural banks and branches, named in full or by the names they go by in their place."""

import re
from collections.abc import Iterator
from functools import cache

from kg.divisions import load_divisions
from kg.scanning import compile_scan
from loaders.name_bounds import left_bound, own_division, residue
from loaders.naming import HAN, Passage, load_words, one_of

type Named = tuple[str, int, int]  # name, start and end in the passage

_END = re.compile("有限(?:责任)?公司")
_FIRM = re.compile(rf"[{HAN}A-Za-z0-9()&]{{2,30}}$")
_JOINT = re.compile("以及|[和与及](?!信|讯|协|众|润|利|美|邦|泰|林|风|佳|家|达|元|平|盛)")
# Words before a firm's name that left_bound leaves there, as other names hold them.
BEFORE = re.compile(
    "^(?:侵犯|涉及|假冒|仿冒|攀附|收购|联合|帮助|协助|督促|走进|走访|推进|促进|培育|选取|遴选|挑选|选择|邀请|做大|做强|赴|到|在|保护|查处|起诉|处罚|包括|如|以"
    "|和|与|及|由|从|自|向|对|为|等|被|将|把|是|即|让|助力|助推|促成|服务|辖区内?|当地|本地|企业|单位|公司|龙头|[()])+"
)
_NO_FIRM = compile_scan(
    r"[各某该或]|有关|相关|若干|一批|等|(?<!美)的|知名|大型|龙头|骨干|上市|新型研发|[省市区县]属|国有企业|高校|改制|变更|转制|"
    r"[\d一两]+[家所个]|注册|设立|成立|组建|规定"
)
# A group by its short name is sure only as a member of a list: 华能集团、某某集团等企业.
_GROUP = re.compile(
    rf"(?:(?<=[、和与及])|(?<=支持|依托|推动|鼓励|引导|指导|帮助))(?P<name>[{HAN}]{{2,8}}集团)(?=[、和与及等。；;，,]|开展|合作|建设|组建|实施|牵头|打造|申报)"
)
_RURAL = re.compile("(?:(?:农村商业|农商|农村合作)银行(?:股份有限公司)?|农商行)(?![业系])")
_OWN_NAME = 4  # characters of a bank's own name: 合肥科技农村商业银行
_OWNER = 8  # characters of the places that a rural bank's name begins with
_BRANCH_END = "(?:(?:中心)?支公司|分公司|分行|支行|中心支行)"


def find_firms(passage: Passage) -> Iterator[Named]:
    """Yield firms by their full legal form, wherever they are registered."""
    for end in _END.finditer(passage.text):
        found = _FIRM.search(passage.text[max(0, end.start() - 30) : end.start()])
        if found is None:
            continue
        words = found.group() + end.group()
        start = left_bound(words)[0]
        start += _after_joint(words[start:])
        before = BEFORE.match(words[start:])
        start += before.end() if before is not None else 0
        core = re.sub("(?:集团|股份|有限|责任|公司)+$", "", words[start:])
        is_balanced = words[start:].count("(") == words[start:].count(")")
        shortest = 2 if "集团" in words[start:] else 3
        if (
            len(core) >= shortest
            and is_balanced
            and len(residue(core)) >= 2
            and not _NO_FIRM.search(core)
        ):
            yield words[start:], end.end() - len(words) + start, end.end()


def find_groups(passage: Passage, jurisdiction: str) -> Iterator[Named]:
    """Yield groups of firms that lists name by their short names; 省… is the jurisdiction's."""
    for group in _GROUP.finditer(passage.text) if "集团" in passage.text else ():
        name = group["name"]
        if residue(name) and not _NO_FIRM.search(name):
            owner = own_division(jurisdiction, name[0]) if name[0] in "省市" else None
            yield owner.name + name[1:] if owner else name, group.start(), group.end()


def _after_joint(words: str) -> int:
    """Return where the last of the names joined by 和 begins."""
    ends = [joint.end() for joint in _JOINT.finditer(words)]
    return next((end for end in reversed(ends) if len(words) - end >= 8), 0)


def find_banks(passage: Passage) -> Iterator[Named]:
    """Yield rural banks by the places before 农商银行, which may be written short (利川)."""
    for bank in _RURAL.finditer(passage.text):
        at = bank.start()
        while (owner := _place_before(passage.text, at, bank.start())) is not None:
            at = owner
        if at == bank.start():
            at = _named_bank(passage.text, bank.start())
        if at < bank.start():
            yield passage.text[at : bank.end()], at, bank.end()


def _named_bank(text: str, end: int) -> int:
    """Return where a bank with a name of its own behind its place begins (合肥科技…), or `end`."""
    for own in range(2, _OWN_NAME + 1):
        at = _place_before(text, end - own, end - own)
        if at is not None and left_bound(text[end - own : end])[0] == 0 and _is_free(text, at):
            return at
    return end


def _is_free(text: str, at: int) -> bool:
    return (
        at == 0
        or re.match(f"[^{HAN}]|[与和及由对向]", text[at - 1]) is not None
        or (left_bound(text[max(0, at - 8) : at])[0] == min(8, at))
    )


def _place_before(text: str, at: int, end: int) -> int | None:
    """Return where the longest place that ends at an offset begins, or None."""
    lengths = range(min(_OWNER - (end - at), at), 1, -1)
    named = load_divisions().named
    return next((at - n for n in lengths if named(text[at - n : at])), None)


def find_branches(passage: Passage) -> Iterator[Named]:
    """Yield branches of insurers and carriers under their short names (人保财险某州分公司)."""
    for branch in _branches().finditer(passage.text):
        if load_divisions().named(branch.group("place")):
            yield branch.group(), branch.start(), branch.end()


@cache
def _branches() -> re.Pattern[str]:
    bodies = one_of(load_words("institutions", "branch_bodies"))
    return re.compile(rf"(?:{bodies})(?P<place>[{HAN}]{{2,8}}?){_BRANCH_END}")
