"""Platforms: information systems, web sites and databases with a name of their own.

A gazetteer knows the national ones. Grammar finds others whose name begins with a place, 国家,
中国 or 全国 (辽宁知识产权公共服务平台), or stands in quotation marks (“信易贷”平台); 省… is
resolved by the notice's jurisdiction.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.divisions import load_divisions
from kg.scanning import compile_scan
from kg.types import Span
from loaders.name_bounds import (
    PlaceAt,
    find_places,
    first_anchor,
    left_bound,
    own_division,
    residue,
    starts,
    starts_with_place,
)
from loaders.naming import (
    BLANK,
    HAN,
    MOST_NAMES,
    Gazetteer,
    Hit,
    Passage,
    as_mentions,
    clauses_with,
    load_names,
    load_words,
    read_passages,
    widen,
)
from loaders.types import Context, EntityMention

_STOPS = rf"\s。；;！!？?，,：:、|—{BLANK}\[\]"
# A short bracket inside a name is part of it: 中国(江苏)知识产权公共服务平台.
_CLAUSE = re.compile(rf"(?:[^{_STOPS}()]+|\([{HAN}]{{2,8}}\)(?=[{HAN}]))+")
_LONGEST = 36  # characters of a name
_LONGEST_OWNER = 16  # characters of a place and a field before a quotation mark
_END = re.compile(
    "平台(?![公企经商方化型内间]|责任|主体|体系)|系统(?![性化观治思推内谋集论梳总解部工])"
    "|在线(?=[”、，,。；;）)和及与]|应用|平台|系统|$)|官网|网站|网(?![络点格上民红店购约信办友页址吧管银联状])|数据库|小程序"
)
# What an information system does; a 创新平台 or 合作平台 does none of it.
_WORK = compile_scan(
    "(?:服务|信息化?|数据|云|宣传|新闻|交易|运营|检索|查询|申请|登记|备案|认定|公示|公告|管理|监测|预警|监管|执法|办案"
    "|保护|维权|援助|申报|投诉|举报|共享|交换|融资|转化|审批|追溯|培训|教育|学习|直播|导航|支撑|一体化|存证|评议"
    "|评价|质押|许可|办理|互联网|调解|鉴定|采集|统计|招投标|招标投标|采购|指挥|信用|对接|征信|公开|应用|转移"
    "|发布|咨询|分析|电子|网上|业务|商标|专利|知识产权|政府|人才|科技|成果|标准|门户|官方|商务|专题|文献|法规"
    "|案例|专家|技术市场|盘活|预审|审查|评估|匹配|托管|[局厅委])(?:试点|示范|总|主|子|网络|官方|门户|政府)*$"
)
_DATABASE = re.compile(
    "(?:资源|数据|成果|技术|产业|品种|种质|产品|名录|品牌|服务|基础|导航|专题|信息|专利|商标|知识产权|文献|法规|人才|案例|专家|植物|标准)$"
)
_MARKS = re.compile("国家|中国|全国")
_VAGUE = compile_scan(
    r"[国省市县区州]家?级|统一的?$|[各或类本该我\"”“]|(?<!综合)性|有关|相关|多个|[两三各]地|若干|一批|\d个|以上|体系"
)
_BUILT = re.compile("产业建设")  # 某县泵阀产业建设预警平台: what is built follows
_BODIES = re.compile(  # 全国知识产权系统 is all the offices, not a computer system
    "(?:市场监管|知识产权|公安|检察|法院|税务|教育|海关|药监|工会|政务|政法|(?<!信息)(?<!业务)(?<!档案)(?<!项目)管理|(?<!数据应用)(?<!信息)服务|监管|创新|科技"
    "|标准|人才|(?<!数据)应用|转化|信用|支撑|导航)系统$"
)
_QUOTED = re.compile(
    rf"“(?P<word>[^“”{BLANK}]{{1,20}})”"
    rf"(?P<tail>[{HAN}A-Za-z]{{0,12}}?(?:平台|系统|网站|网|数据库|APP|App|app|小程序|公众号|客户端)|(?<=[链码通办脑宝云桥汇钉线点窗网库]”)应用(?=[、，,。；;）)和及与]|$))"
    "(?![络点格上民公企化型])"
)
_PLACE_IN_BRACKETS = re.compile(rf"\([{HAN}]{{2,8}}\)$")  # 国家…运营(北京)平台
_NETS = ("互联网", "物联网", "电网", "管网", "路网")
# Who builds it is not its name.
_BUILDS = "(?:[局厅委所院会司]|大学|中心|集团)(?:共建|建设|打造|搭建|建立|开发|完善|升级|建成)"
_JOINED = re.compile(f"(?:平台|系统|网站?|数据库|中心)(?:以及|[和与及])|{_BUILDS}")
_QUOTE = re.compile("“(?P<word>[^“”]{1,20})”")
_WHOLLY_QUOTED = re.compile("“([^“”]{4,24})”")
_FIELD = re.compile("(?:知识产权|专利|商标|版权|数据|政务|科技|公共)*")
_WHOLE = re.compile("(?:平台|系统|网站|网|数据库)$")
_UNNAMED = re.compile(
    "^(?:一站式|一体化|一条龙|互联网.?(?:政务服务)?|线上.?线下|智力|平台|走出去|三位一体|.*产学研.*|十.五"
    "|一对一|点对点|菜单式|全链条|云|专精特新|一带一路|政银企.*|智慧|掌上|网上|数字|放管服|一件事|三大|生态"
    "|人工智能.*|大数据|区块链|物联网|互联网|[5５]G.?|AI.*|北斗.*|新技术)$"
)
_NUMBERED = re.compile(rf"12[0-9]{{3}}(?<!\d{{6}})[{HAN}]{{0,10}}?平台")
# The local site of a national one: 信用中国(某省)网站, 信用某市.
_LOCAL = re.compile(rf"”?\((?P<place>[{HAN}]{{2,10}})\)”?(?:官方)?(?:网站|网|平台|系统|频道)?")
_CREDIT = re.compile(
    rf"“?信用(?!中国)(?P<place>[{HAN}]{{2,6}}?)”?(?:官方)?(?:网站|网(?![络上点])|平台|公众号|APP)"
)
_APP_END = re.compile("”?(?:平台|APP|App|app|移动端|微信|小程序|公众号|客户端|政务服务|掌上|网)*")
_RELATIVE = compile_scan("(?:[我本])?(自治区|[省市])(?![级内外属区直辖委政场域别])")


def detect_platforms(text: str, regions: Sequence[Span], context: Context) -> list[EntityMention]:
    """Return the platforms named in the regions, one mention for each distinct name.

    Args:
        text: the whole stored document.
        regions: one measure's heading and body, its responsibility clauses cut out.
        context: of the notice; 省… and 市… are resolved by its jurisdiction.
    """
    hits: list[Hit] = []
    for passage in read_passages(text, tuple(regions)):
        known = list(_known(passage))
        spans = {hit.span for hit in known}
        hits += known
        hits += (hit for hit in _unlisted(passage, context) if hit.span not in spans)
    names = {hit.name: _gazetteer().properties(hit.name) for hit in hits}
    return as_mentions("Platform", text, widen(hits), names)


def _known(passage: Passage) -> Iterator[Hit]:
    for name, start, end in _gazetteer().find(passage):
        local = _LOCAL.match(passage.text, end)
        if local is not None and starts_with_place(local.group("place")):
            name, end = passage.text[start : local.end()], local.end()
            quote = "“" if name.count("”") > name.count("“") else ""
            name, start = quote + name, start - len(quote)
        yield Hit(name, passage.span(start, end), "platform-gazetteer", 0.95)
    for site in _CREDIT.finditer(passage.text):
        if load_divisions().named(site.group("place")):
            yield Hit(site.group(), passage.span(*site.span()), "platform-grammar", 0.85)
    names, matcher = _apps()
    for app, start, end in matcher.find_matches_as_indexes(passage.text):
        is_quoted = passage.text[start - 1 : start] == "“"
        after = _APP_END.match(passage.text, end)
        if after is not None and (after.group().strip("”") or (is_quoted and after.group())):
            span = passage.span(start - is_quoted, after.end())
            yield Hit(names[app], span, "platform-gazetteer", 0.9)


def _unlisted(passage: Passage, context: Context) -> Iterator[Hit]:
    for found in _NUMBERED.finditer(passage.text):
        start = found.start() - 2 * passage.text.startswith("全国", found.start() - 2)
        name = passage.text[start : found.end()]
        yield Hit(name, passage.span(start, found.end()), "platform-grammar", 0.8)
    for name, start, end in _quoted(passage.text):
        yield Hit(name, passage.span(start, end), "platform-quoted", 0.8)
    for clause in clauses_with(passage, _CLAUSE, _triggers()):
        words, offset, last = clause.group(), clause.start(), 0
        for end_word in islice(_END.finditer(words), MOST_NAMES):
            floor = max(last, end_word.start() - _LONGEST)
            joints = [joint.end() for joint in _JOINED.finditer(words, floor, end_word.start())]
            floor = max(floor, *joints, 0)
            for start in starts(words[floor : end_word.start()]):
                stretch = (offset + floor + start, offset + end_word.end())
                hit = _by_grammar(passage, find_places(passage), stretch, context)
                if hit is not None:
                    last = end_word.end()
                    yield hit
                    break


def _by_grammar(
    passage: Passage, places: Sequence[PlaceAt], stretch: tuple[int, int], context: Context
) -> Hit | None:
    """Return the name that ends where a stretch of a clause ends, or None."""
    start, end = stretch
    owner = ""
    anchor = first_anchor(passage, places, _MARKS, stretch)
    relative = _RELATIVE.match(passage.text, start, end)
    is_each = passage.text[start - 1 : start] in ("各", "全", "跨", "本")
    if relative is not None and anchor != start and not is_each:
        division = own_division(context.jurisdiction, relative.group(1))
        if division is None:
            return None
        owner, anchor = division.name, relative.end()
    if anchor is None:
        return None
    name = owner + passage.text[anchor:end]
    if not _is_name(name):
        return None
    first = relative.start() if owner and relative is not None else anchor
    return Hit(name, passage.span(first, end), "platform-grammar", 0.8)


def _is_name(name: str) -> bool:
    end = list(_END.finditer(name))[-1]
    core = name[: end.start()]
    if len(core) < 4 or _BUILT.search(core) or _VAGUE.search(core) or _BODIES.search(name):
        return False
    work = _DATABASE if end.group() == "数据库" else _WORK
    return (
        work.search(_PLACE_IN_BRACKETS.sub("", core)) is not None
        and len(core) - len(_MARKS.sub("", core)) <= 6
    )


def _quoted(words: str) -> Iterator[tuple[str, int, int]]:
    """Yield names like “信易贷”平台 and “某某服务平台”, with start and end in the text."""
    for found in _QUOTED.finditer(words):
        tail = found.group("tail")
        if tail.endswith(_NETS) or tail.startswith(("等", "的", "和")) or left_bound(tail)[0]:
            continue
        end = found.end()
        for quote in _listed_quotes(words, found.start()):
            is_named = not _UNNAMED.match(quote.group("word"))
            before = words[max(0, quote.start() - _LONGEST_OWNER) : quote.start()]
            owner = _owner(before[-8:]) if is_named else _owner_and_field(before)
            name = f"{owner}“{quote.group('word')}”{tail}"
            if is_named or owner:
                yield name, quote.start() - len(owner), max(end, quote.end())
            end = 0  # only the last of a list stands before the shared words
    for whole in _WHOLLY_QUOTED.finditer(words):
        word = whole.group(1)
        last = _WHOLE.search(word)
        is_named = starts_with_place(word) or len(residue(word)) >= 2
        if last and _WORK.search(word[: last.start()]) and is_named:
            yield word, whole.start(), whole.end()


def _listed_quotes(words: str, last: int) -> Iterator[re.Match[str]]:
    """Yield the quotation at an offset and those listed right before it (“甲”“乙”平台)."""
    for _ in range(6):
        quote = _QUOTE.match(words, last)
        if quote is None:
            return
        yield quote
        joint = re.search("”[、和及与]?$", words[max(0, last - 2) : last])
        last = words.rfind("“", 0, last) if joint else -1
        if last < 0:
            return


def _owner(before: str) -> str:
    """Return the place that ends the words before a quotation mark, or nothing."""
    for start in range(len(before) - 1):
        owner = before[start:]
        if owner in ("全国", "国家") or (
            starts_with_place(owner) and any(p.end == len(owner) for p in _places_of(owner))
        ):
            return owner
    return ""


def _owner_and_field(before: str) -> str:
    """Return the place and its field that end some words, or nothing: 某市知识产权“一站式”平台."""
    words = re.split(rf"[^{HAN}]", before)[-1]
    for start in range(len(words) - 2):
        owner = words[start:]
        if starts_with_place(owner):
            place = max(_places_of(owner), key=lambda found: found.end, default=None)
            return owner if place and _FIELD.fullmatch(owner, place.end) else ""
    return ""


def _places_of(words: str) -> list[PlaceAt]:
    return [place for place in find_places(Passage(0, words)) if place.start == 0]


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(load_names("platforms", "names"))


@cache
def _apps() -> tuple[tuple[str, ...], AhoCorasick]:
    names = load_words("platforms", "apps")
    return names, AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


@cache
def _triggers() -> AhoCorasick:
    return AhoCorasick(["平台", "系统", "网", "数据库", "小程序", "在线"])
