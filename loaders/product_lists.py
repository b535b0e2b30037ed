"""Products in lists and quotation marks before words such as 地理标志 and 区域品牌."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.divisions import load_divisions
from kg.products import load_products
from kg.scanning import compile_scan
from kg.types import Span
from loaders.product_words import (
    BRAND,
    INDICATION,
    ProductAt,
    begins_word,
    has_generic_part,
    is_generic,
    load_product_words,
    place_length,
)

# What closes a list, or follows a name straight away.
_INDICATED = (
    r"(?:(?:国家级?|中国|国内外|我[省市县区]|[省市县区]级){0,3}(?:农产品)?地理标志"
    r"|(?:国家)?农产品地理标志|“?地标”?(?:产品|农产品|品牌|商标)|国字号地标)"
)
_BRANDED = (
    r"(?:(?:农产品|农业|农特产品|特色|产业|知名|优势|集群|公共){0,4}"
    r"(?:[国省市县]家?级)?区域(?:特色)?性?(?:公用|公共|产业|知名)?(?:商标)?品牌"
    r"|(?:农产品)?公用品牌|集体商标|证明商标|区域公共商标|(?:县域|农业|特色){0,2}公共品牌)"
)
_WEAK = (
    r"(?:[国省市县区]级?|国家级|中国名牌|本地|地方|地域|一批|知名|著名|优势|优质|传统|特色|名优|名特优新?"
    r"|特优|拳头|主导|主要|乡村|绿色|有机){0,6}"
    r"(?:农产品|农特产品|特产|产品|(?:林果|果品|水果|茶叶|农业|水产)?品牌|名品|土特产|中药材|药材|食品|工艺品|手工艺品)"
)
_NUMBER = r"(?:[一二两三四五六七八九十百\d]{1,4}[余多]?[个件种项类])?"
_REGISTERED = "(?:注册|申[请报]|登记|认定)?(?:为|成为|成)?"  # 推动甲河葡萄注册集体商标
_CUE = compile_scan(
    rf"(?P<etc>等{_NUMBER}的?|(?<=[\u4e00-\u9fff”])\d{{1,2}}[件个]的?)?{_REGISTERED}(?:(?P<gi>{_INDICATED})|(?P<brand>{_BRANDED}))"
    rf"|(?P<weak>等{_NUMBER}{_WEAK}|等被?列入[^，。；、]{{0,14}}地理标志)"
)
_MEMBER = r"[\u3007\u4e00-\u9fffA-Za-z0-9·()（）]"
_QUOTED_END = re.compile(r"“([^“”、，。；]{2,10})”$")
_BARE_END = re.compile(rf"{_MEMBER}{{1,24}}$")
_GAP_END = re.compile(r"(?:、|，|,|和|与|及|以及)$")
_VERB = compile_scan(
    r"[的了在把被让]|将(?!乐)|支持|培育|打造|推动|推进|建设|发展|保护|加强|开展|实施|推广|提升|促进"
    r"|鼓励|引导|围绕|重点|创建|争创|筹建|建成|设立|获批|新增|申报|申请|注册|组织|指导|做[大强优]|完善|加快|深化"
)
_MAX_MEMBERS = 80
_RUN = re.compile(rf"{_MEMBER}{{2,24}}(?:、{_MEMBER}{{2,24}}){{3,79}}")
_LONGEST_BESIDE = 7
# Known products that make a list one of products: of those with their places, and of all.
_FEW, _ENOUGH = 2, 3
_AFTER_LAST = re.compile(
    "(?<=...)(?:等|发展|产业|品牌|做|提|生产|加工|保护|地理|标准|走|入选|参加|种植|养殖|基地|产区|质量|价值|的|开展|建设|融入|抱团|出口|上|在)"
)
_SLOGAN = re.compile("(?:[一双十百千万][^一双十百千万]{1,2}){2,3}")  # 百城百品
_LONGEST = 9
_LONG_ENOUGH = 4  # characters of a quoted name of goods that a weak cue makes a product


@dataclass(frozen=True, slots=True)
class _Member:
    span: Span
    quoted: bool
    is_first: bool


def find_listed(text: str, region: Span, known: Sequence[ProductAt]) -> Iterator[ProductAt]:
    """Yield the products that lists and quotation marks tell.

    Args:
        text: the document's text.
        region: where to look.
        known: the products found by their own names, in order.
    """
    starts = {at.span.start: at for at in known}
    ends = {at.span.end: at for at in known}
    floor = region.start
    for cue in _CUE.finditer(text, region.start, region.end):
        members = list(_members(text, floor, cue.start()))
        floor = cue.end()
        if members:
            yield from _read_list(text, members, cue, _Known(starts, ends))
    yield from _beside_known(text, region, _Known(starts, ends))


def _beside_known(text: str, region: Span, known: "_Known") -> Iterator[ProductAt]:
    """Yield the other members of a list with several known products: 樟树吴茱萸、李渡烟花."""
    if len(known.starts) < _FEW:
        return
    for run in _RUN.finditer(text, region.start, region.end):
        spans = list(_run_members(text, run))
        listed = [known.ends.get(span.end) or known.starts.get(span.start) for span in spans]
        known_here = sum(at is not None for at in listed)
        if known_here < _FEW:
            continue
        for span, at in zip(spans[1:], listed[1:], strict=True):
            span = Span(span.start + _district_length(text[span.start : span.end]), span.end)
            word = text[span.start : span.end]
            is_like = place_length(word) > 0 or (known_here >= _ENOUGH and _has_goods(word))
            is_like = is_like and len(word) <= _LONGEST_BESIDE
            if at is None and is_like and _accepts_bare(word, True, True):
                yield ProductAt(span, word, "list", INDICATION)


def _run_members(text: str, run: re.Match[str]) -> Iterator[Span]:
    at = run.start()
    items = run.group().split("、")
    for place, item in enumerate(items):
        tail = _AFTER_LAST.search(item) if place == len(items) - 1 else None
        yield Span(at, at + (tail.start() if tail else len(item)))
        at += len(item) + 1


@dataclass(frozen=True, slots=True)
class _Known:
    starts: dict[int, ProductAt]
    ends: dict[int, ProductAt]

    def at(self, span: Span) -> ProductAt | None:
        """Return the known product that fills a span, or ends it, or begins it."""
        return self.ends.get(span.end) or self.starts.get(span.start)


def _members(text: str, floor: int, end: int) -> Iterator[_Member]:
    """Yield the members of the list that ends at an offset, the last first."""
    for _ in range(_MAX_MEMBERS):
        window = text[max(floor, end - 26) : end]
        quoted = _QUOTED_END.search(window)
        bare = None if quoted else _BARE_END.search(window)
        found = quoted or bare
        if found is None:
            return
        length = len(window) - found.start()
        start = end - length
        span = Span(start + 1, end - 1) if quoted else Span(start, end)
        before = text[max(floor, start - 2) : start]
        gap = _GAP_END.search(before)
        goes_on = (gap is not None and gap.group() not in ("，", ",")) or (
            quoted is not None and before.endswith("”")
        )
        yield _Member(span, quoted is not None, not goes_on)
        if not goes_on:
            return
        end = start - (len(gap.group()) if gap is not None else 0)


def _read_list(
    text: str, members: list[_Member], cue: re.Match[str], known: _Known
) -> Iterator[ProductAt]:
    """Yield the members that are products, judged by the cue and by each other."""
    kind = BRAND if cue.group("brand") else INDICATION
    has_named = any(_is_named(text, member, known) for member in members)
    if cue.group("gi") and cue.group("etc"):  # “甲虾仁”“甲紫菜”等地理标志
        quoted = [text[m.span.start : m.span.end] for m in members if m.quoted]
        has_named |= any(_has_goods(word) and len(word) >= _LONG_ENOUGH for word in quoted)
    is_closed = cue.group("etc") is not None or cue.group("weak") is not None
    for index, member in enumerate(members):
        listed = known.at(member.span)
        if listed is not None and not _is_longer(text, member, listed):
            continue
        span = _member_span(text, member)
        word = text[span.start : span.end] if span is not None else ""
        if span is None or not _accepts(word, member.quoted, cue, has_named and len(members) > 1):
            # Without 等 the word before the cue is the last member, or there is no list.
            if index == 0 and not is_closed:
                return
            continue
        yield ProductAt(span, word, "quoted" if member.quoted else "list", kind)


def _is_longer(text: str, member: _Member, known: ProductAt) -> bool:
    """Tell whether goods of a longer name than the known one stand in quotation marks."""
    after = text[known.span.end : member.span.end]
    is_inside = known.span.start == member.span.start and after != ""
    return member.quoted and is_inside and _has_goods(text[member.span.start : member.span.end])


def _accepts(word: str, quoted: bool, cue: re.Match[str], beside_named: bool) -> bool:
    if quoted:
        return _accepts_quoted(word, cue, beside_named)
    if cue.group("gi") and beside_named and _is_of_county(word):
        return True
    return _accepts_bare(word, cue.group("weak") is None, beside_named)


def _is_of_county(word: str) -> bool:
    """Tell whether a word is a county's name in full and goods that no list has: 伽师县新梅."""
    length = place_length(word)
    is_short = 0 < len(word) - length <= 3 and not word.endswith(load_product_words().not_products)
    is_full = length > 0 and has_generic_part(word[:length])
    return is_short and is_full and not is_generic(word[length:])


def _is_named(text: str, member: _Member, known: _Known) -> bool:
    """Tell whether a member is a product by its own name, or a place and goods."""
    if known.at(member.span) is not None:
        return True
    span = _member_span(text, member)
    if span is None:
        return False
    return _is_place_and_goods(text[span.start : span.end])


def _member_span(text: str, member: _Member) -> Span | None:
    """Return a member's span, without a verb before it (打造黔江鸡杂); None if unlike a name."""
    if member.quoted:
        return member.span
    start, end = member.span.start, member.span.end
    if member.is_first or end - start > _LONGEST:
        starts = [
            at
            for at in range(max(start, end - _LONGEST), end - 2)
            if at == start or begins_word(text, at)
        ]
        # A place opens the name, if there is one; else the last word before it does.
        places = [at for at in starts if place_length(text[at:end])]
        if not starts:
            return None
        start = (places or starts[-1:])[0]
    return Span(start + _district_length(text[start:end]), end)


def _district_length(word: str) -> int:
    """Return the length of a place with its generic part that only stands before a product.

    吴兴区织里童装 is 织里童装 of 吴兴区; in 盘锦市大米 the place is part of the name.
    """
    length = place_length(word)
    rest = word[length:]
    is_name = rest in load_products() or (len(rest) > 3 and _has_goods(rest))
    return length if length and is_name and has_generic_part(word[:length]) else 0


def _accepts_quoted(word: str, cue: re.Match[str], beside_named: bool) -> bool:
    words = load_product_words()
    if (
        _SLOGAN.fullmatch(word)
        or word in words.slogans
        or word.endswith(("试点", "工程", "行动", "计划"))
    ):
        return False
    if cue.group("brand"):
        return True
    has_etc = cue.group("etc") is not None or len(word) >= _LONG_ENOUGH
    return beside_named or _is_place_and_goods(word) or (has_etc and _has_goods(word))


def _accepts_bare(word: str, is_strong: bool, beside_named: bool) -> bool:
    if not 3 <= len(word) <= _LONGEST or is_generic(word) or _VERB.search(word):
        return False
    if word.count("(") + word.count("（") != word.count(")") + word.count("）"):
        return False
    if load_divisions().named(word):
        return False  # 在日喀则、林芝组织帕里牦牛…等地理标志产品推介
    if word.endswith(load_product_words().not_products):
        return False
    length = place_length(word)
    if length and has_generic_part(word[:length]) and not _is_place_and_goods(word):
        return False  # 台州市黄岩区模塑 says where an industry is
    return _is_place_and_goods(word) or beside_named or (is_strong and _has_goods(word))


def _is_place_and_goods(word: str) -> bool:
    """Tell whether a word is a place and goods of any kind listed: 柯桥纺织."""
    length = place_length(word)
    if not length:
        return False
    rest = word[length:]
    if rest.endswith(load_product_words().not_products) or is_generic(rest):
        return False
    if has_generic_part(word[:length]):  # 盘锦市大米, but not 温岭市泵业
        return rest.endswith(tuple(load_product_words().goods))
    # 巫山恋橙, 永川秀芽: a short word after a bare stem names goods that no list has.
    return rest.endswith(_goods_ends()) or 2 <= len(rest) <= 4


def _has_goods(word: str) -> bool:
    return word.endswith(_goods_ends()) and word not in load_product_words().goods_in_lists


def _goods_ends() -> tuple[str, ...]:
    return tuple(load_product_words().goods_in_lists)
