"""Programs: named, organised initiatives (专项行动, 工程, 计划, 大赛, 交易会, 宣传周, 试点 …).

A gazetteer knows those of the whole country; grammar finds the others by their last word, by the
verb before them (实施, 开展, 举办 …) and by quotation marks (“亮剑护航”专项行动).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.agencies import describe_agency
from kg.scanning import compile_scan
from kg.types import Span
from loaders.name_bounds import (
    bounds,
    left_bound,
    own_division,
    residue,
    starts_with_place,
    strip_modifiers,
)
from loaders.naming import (
    BLANK,
    HAN,
    Gazetteer,
    Hit,
    Passage,
    as_mentions,
    clauses_with,
    load_names,
    load_words,
    read_passages,
    under_key,
    widen,
)
from loaders.program_ends import Ending, ending_matcher, find_endings, last_words
from loaders.program_keys import program_key
from loaders.types import Context, EntityMention

_STOPS = rf"\s。；;！!？?，,：:|—{BLANK}\[\]"
# A short bracket inside a name is part of it: 中国西部(重庆)国际农产品交易会.
# So is a comma in quotation marks: “进百企,送服务”活动.
_CLAUSE = re.compile(
    rf"(?:“[^“”。\n{BLANK}]{{1,40}}”|[^{_STOPS}()“]+|“"
    rf"|\((?!试行|暂行|草案|以下|简称)[{HAN}]{{2,6}}\)(?=[{HAN}]))+"
)
_QUOTED = re.compile(r"“([^“”]{1,40})”")
_LONGEST = 40  # characters of a name, quotation marks included
_SEARCHED = 80  # characters before a name's last word that are looked at

# Kinds of campaign that make no name of the words before them: 专项整治行动.
_KIND = compile_scan(
    "(?:专项|集中|统一|联合|系列|主题|专题|整治|治理|执法|清理|打击|重点|重大|攻坚|百日|宣传|推广"
    "|三年|年度|大|月)+$"
)
_CRIME = re.compile("违法|犯罪|非法|传销|诈骗|走私")
_CEREMONY = re.compile("(?:的)?启动(?:仪式|会|大会|活动)")  # what has one is a program
_AT_INTERVALS = re.compile("(?:定期|经常性?|适时|不时)(?:组织|联合)?(?:开展|实施|进行|组织)?$")
_LAUNCHED = re.compile(
    "(?:实施好?|启动|深化|探索|开展好?|推进|推动|加快|组织|参与|参加|列入|纳入)$"
)
_DRAFTED = re.compile(
    "制[定订]|编制|出台|印发|草拟|拟定|下达|报送|年度|工作计划|形成|采取|调整|明确|一致行动|联合行动"
)
_NAMED_START = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+届|首届|中国|全国|国际|世界|中华|全球|亚洲|国家)"
    rf"(?=[{HAN}(·-])"
)
_NUMBERING = re.compile("第[一二三四五六七八九十百\\d]+届|首届")
_ORDINAL = re.compile(r"(?:以及|[和与及])(?=第[一二三四五六七八九十百\d]{1,5}届|首届|“)")
# Words of the place where a thing is shown, not of its name: 在中国(淄博)国际陶瓷博览会设立展区.
_AT = re.compile("^(?:在|于|赴|到|对|由|是|从|向|和|与|及|以)+")
_SUBJECT = re.compile("地理标志|商业秘密|商标|专利|版权|植物新品种|外观设计|老字号")
_KIND_OF_RIGHT = re.compile("专利|商标|版权|著作权|地理标志|商业秘密")
_HELD = re.compile(r"^(?:[和与及]|[一两二三四五六七八九十\d]{1,3}[次批届场])")
_RELATIVE = re.compile("(?:自治区|[省市])(?![级内外属区直辖委政场域别民长容])")
_COUNTED = re.compile(r"^[一二三四五六七八九十百\d]+[大项个类批次]+")
_UNNAMED = re.compile(
    r"^(?:一站式|一[窗网]通办|双随机、?一公开|十[三四五]五|互联网\+?(?:政务服务)?|智力|平台|走出去"
    r"|放管服|最多跑一次|专精特新|一带一路|三品一标|一对一|一企一策|点对点|线上\+线下|三农|双减|四上"
    r"|双\s?(?:11|12|十一|十二)|6.?18|两新|六稳|六保|多证合一|[一头]号|一把手|民[心生]|德政)$"
)
_NOT_IN_NAME = compile_scan(
    "[，。；;：:!！?？、]|[了着]|我[省市区县]|[各本该]|不|大科学|没有|是否|单列|其[他它]|用于|对全"
)
# A place that does something: 某市某区建设保护试点. 强市建设 is a noun.
_PLACE_ACTS = re.compile(r"(?<!强)[省市区县州盟旗](?:建设|开展|创建|打造|争创|申报|承担|实施|设立)")
# Verbs that end names too: 青年科学家支持计划, 人才引进计划.
_VERB_INSIDE = (
    *("支持", "引进", "对接", "引导", "强化", "优化", "拓展", "带动", "助力", "完善", "落实"),
    *("推荐", "培养"),
)
_JOINED = re.compile(
    "(?:”|行动|工程|计划|活动|大赛|竞赛|试点|遴选|评选|认证|[周月日节会行展季奖])(?:以及|[和与及或])$"
)
_NUMBERED = compile_scan(r"(?:20\d\d年?)?”")
_LISTED_BEFORE = re.compile(  # …工程、托管服务项目、…工程: one list
    "(?:行动|工程|计划)、(?:[^、,，。;；]{4,24}(?:项目|基地|平台|中心)、)+$"
)
_KEY_FIELD = re.compile("(?:新兴|战略性|优势|特色)*(?:产业|领域|企业|行业|区域|园区|技术|市场)")
_COMPLETE = re.compile(r"(?:行动|工程|计划|大赛|试点|活动)(?:20\d\d年?)?$")
_COMPLETE_BEFORE = re.compile(r"(?:”|行动|工程|计划|大赛|试点|活动)[、和与及]$")
_CAMPAIGN_WORDS = ("行动", "工程", "计划")
_LONGEST_TAIL = 5  # characters of 专项行动 and the like, which only decorate a name
_ETC = re.compile(r"^等?(?:(?:\d+|[一二三四五六七八九十两]+)[项个类大批]*|[项个类批]*)")
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]+、|\d+[.、]?)?\s*")


type _Found = tuple[str, int, int, str]


def detect_programs(text: str, regions: Sequence[Span], context: Context) -> list[EntityMention]:
    """Return the programs named in the regions, one mention for each distinct name.

    Args:
        text: the whole stored document.
        regions: one measure's heading and body, its responsibility clauses cut out.
        context: of the notice; 省… and 市… are resolved by its jurisdiction.
    """
    hits: list[Hit] = []
    for passage in read_passages(text, tuple(regions)):
        known = list(_known(passage))
        hits += known
        hits += _unlisted(passage, known)
    names = {hit.name: _gazetteer().properties(hit.name) for hit in hits}
    found = as_mentions("Program", text, widen(hits), names)
    return [_keyed(mention, context.jurisdiction) for mention in found]


def _keyed(mention: EntityMention, jurisdiction: str) -> EntityMention:
    """Return a mention under the key that all spellings share; 省… is the jurisdiction's."""
    relative = _RELATIVE.match(mention.name)
    owner = own_division(jurisdiction, relative.group()) if relative else None
    if owner is not None and relative is not None:
        mention = replace(mention, name=owner.name + mention.name[relative.end() :])
    return under_key(mention, program_key(mention.name))


def _known(passage: Passage) -> Iterator[Hit]:
    for name, start, end in _gazetteer().find(passage):
        if not passage.text.startswith(("方案", "指南", "管理办法"), end):
            yield Hit(name, passage.span(start, end), "program-gazetteer", 0.95)


def _unlisted(passage: Passage, known: Sequence[Hit]) -> Iterator[Hit]:
    """Yield what the grammar finds, but not names that only decorate a known one."""
    at = 0
    for hit in _by_grammar(passage, _listed_ends(passage, known)):
        while at < len(known) and known[at].span.end <= hit.span.start:
            at += 1
        # A known name may end later: 宣传周 in 知识产权宣传周活动.
        inner = [k for k in known[at : at + 4] if hit.span.start <= k.span.start < hit.span.end]
        if not any(_decorates(hit, k, passage) for k in inner):
            yield hit


def _decorates(hit: Hit, known: Hit, passage: Passage) -> bool:
    if hit.span == known.span:
        return True
    at = hit.name.find(known.name)
    if at < 0:  # the known name stands there under an alias
        after = passage.text[known.span.end - passage.start : hit.span.end - passage.start]
        return not residue(after)
    before, after = hit.name[:at], hit.name[at + len(known.name) :]
    if after.endswith(_CAMPAIGN_WORDS) and len(after) > _LONGEST_TAIL:
        return False  # what is done at a fair is no fair: 博览会知识产权保护百日行动
    plain = _NUMBERING.sub("", before).replace("“", "")
    return not starts_with_place(before) and not residue(plain) and not residue(after)


def _listed_ends(passage: Passage, known: Sequence[Hit]) -> list[int]:
    """Return where known names end in the passage that a list goes on from (甲工程、…)."""
    ends = (hit.span.end - passage.start for hit in known)
    return sorted(end for end in ends if passage.text.startswith("、", end))


def _by_grammar(passage: Passage, listed: Sequence[int]) -> Iterator[Hit]:
    for clause in clauses_with(passage, _CLAUSE, ending_matcher()):
        words = clause.group()
        suffixes = list(find_endings(words))
        if not suffixes:
            continue
        quotes = list(_QUOTED.finditer(words))
        last = done = begun = 0
        offset = clause.start()
        for suffix in suffixes:
            while done < len(quotes) and quotes[done].end() <= last:
                done += 1
            last = max(last, _last_within(listed, offset + last, offset + suffix.start) - offset)
            found = _names_at(words, quotes[done:], suffix, last)
            if not found and last and _is_at_event(words[last : suffix.start], suffix):
                found = [(words[begun : suffix.end], begun, suffix.end, "program-grammar")]
            for name, start, end, method in found:
                if end <= suffix.end:
                    last, begun = max(last, suffix.end), start
                yield Hit(name, passage.span(offset + start, offset + end), method, 0.8)


def _last_within(ends: Sequence[int], start: int, end: int) -> int:
    """Return the last of some offsets in a stretch, else its start."""
    at = bisect_left(ends, end)
    return ends[at - 1] if at and ends[at - 1] > start else start


def _is_at_event(middle: str, suffix: Ending) -> bool:
    """Tell whether words between an event and a campaign make one name of them.

    中国国际进口博览会 and 知识产权保护百日行动 do; 专利奖 and 培育工程 do not.
    """
    is_plain = not re.search("[、“”和与及暨等的]", middle) and not _has_bound(middle)
    return suffix.kind == "campaign" and is_plain and len(_KIND.sub("", middle)) >= 6


def _names_at(
    words: str, quotes: Sequence[re.Match[str]], suffix: Ending, last: int
) -> list[_Found]:
    """Return the names that end with a suffix: several where it is shared by a list."""
    before: list[re.Match[str]] = []
    for quote in quotes:
        if quote.start() >= suffix.start:
            break
        if suffix.start < quote.end():
            return _wholly_quoted(quote, suffix)
        before.append(quote)
    if before and suffix.start - before[-1].end() <= 16:
        middle = words[before[-1].end() : suffix.start]
        rest = _without_position(middle)
        is_other = rest != middle and middle[0] in "和与及"  # “甲峰会”和四川乙推介会
        is_other |= middle[:1] in ("和", "与", "及") and _is_complete(before[-1].group(1))
        is_other = is_other or re.search("[、“”]", middle) is not None
        if not is_other and not _has_bound(_ETC.sub("", middle)):
            return _campaigns(words, before, suffix, last)
    if before:
        last = max(last, before[-1].end())
    return _plain(words, suffix, last)


def _is_complete(quoted: str) -> bool:
    """Tell whether a quotation is a whole name: “某某大师赛”和茶王赛."""
    return any(found.end() == len(quoted) for found in last_words().finditer(quoted))


def _has_bound(middle: str) -> bool:
    return any(at and not middle[:at].endswith(_VERB_INSIDE) for at, _ in bounds(middle))


def _wholly_quoted(quote: re.Match[str], suffix: Ending) -> list[_Found]:
    name = quote.group(1)
    is_end = _NUMBERED.match(quote.string, suffix.end) is not None  # “净网行动2022”
    core = quote.string[quote.start() + 1 : suffix.start]
    if not is_end or len(core) < 2 or not residue(core):
        return []
    if _UNNAMED.match(core) or _COUNTED.fullmatch(core):
        return []  # “八大行动” counts what has names of its own
    return [(name, quote.start(), quote.end(), "program-quoted")]


def _campaigns(
    words: str, quotes: Sequence[re.Match[str]], suffix: Ending, last: int
) -> list[_Found]:
    """Return names like “甲”专项行动; a list of quotations shares the words after it."""
    after = words[quotes[-1].end() : suffix.start]
    middle = _ETC.sub("", after)
    tail = (
        re.sub("^(?:[和与及]|系列(?=专项|执法|整治|$))", "", middle)
        + words[suffix.start : suffix.end]
    )
    is_own = after == tail[: len(after)] and len(_KIND.sub("", middle)) >= 4
    names: list[_Found] = []
    end = suffix.end
    for i in range(len(quotes) - 1, -1, -1):
        quote, floor = quotes[i], quotes[i - 1].end() if i else last
        gap = words[floor : quote.start()]
        goes_on = _COMPLETE_BEFORE.search(words[: floor + 1][-6:]) is not None
        prefix = _prefix(gap, is_member=goes_on)
        alone = is_own and i == len(quotes) - 1 and not gap.endswith("、") and gap != ""
        if after[:1] == "等" and _is_class(quote.group(1), tail):
            name: str | None = quote.group(1)  # “甲博览会”“乙活动”等重大活动
        else:
            whole = alone or (is_own and not floor)
            name = _campaign(prefix, quote.group(1), tail, is_whole=whole)
        if name is not None:
            names.append((name, quote.start() - len(prefix), end, "program-quoted"))
        if gap[: len(gap) - len(prefix)] not in ("", "、", "和", "及", "与", "或"):
            break
        end = floor
    return names[::-1]


def _is_class(quoted: str, tail: str) -> bool:
    """Tell whether the word after a list only says what its members are: 等重大活动."""
    is_kind = tail.endswith("活动") and _KIND.fullmatch(tail.removesuffix("活动") or "大")
    return bool(is_kind) and len(quoted) > 6 and _is_complete(quoted)


def _campaign(prefix: str, quoted: str, tail: str, *, is_whole: bool) -> str | None:
    """Return the name made of a quotation and the words around it.

    Args:
        prefix: words before the mark that belong to the name.
        quoted: what stands in the marks.
        tail: the words after them, up to the name's last.
        is_whole: the words after the marks tell of this one name, even if the quoted ones would
            make a name by themselves (“利剑行动”商标保护专项行动).
    """
    is_complete = _COMPLETE.search(quoted) is not None or quoted.endswith("大讲堂")
    if is_complete and (residue(quoted) or len(quoted) > 3) and not is_whole:
        return f"“{quoted}”{tail}" if quoted.endswith("活动") else quoted
    if _CRIME.search(tail):
        return None
    if _UNNAMED.match(quoted) and not residue(_KIND.sub("", last_words().sub("", tail))):
        return None
    return f"{prefix}“{quoted}”{tail}"


def _prefix(before: str, *, is_member: bool = False) -> str:
    """Return the words before a quotation mark that belong to the name it begins.

    Args:
        before: the words before the mark.
        is_member: whether they go on a list of programs, so that a name begins behind its mark.
    """
    before = before[-_SEARCHED:]
    cut = max(before.rfind("、"), before.rfind("”")) + 1
    before = before[cut:]
    if cut and not is_member and _KIND_OF_RIGHT.fullmatch(before):
        return ""  # 专利、商标、版权“三合一”改革试点
    start, kind = left_bound(before)
    # The mark stands in for the name, so that stripping may take all words before it.
    prefix = strip_modifiers(before[start:] + "“", verbs=kind in ("adverb", "start"))[:-1]
    prefix = _AT.sub("", prefix)
    if prefix.endswith(("局", "部", "厅", "委", "院", "署")) and describe_agency(prefix):
        return ""  # 国家知识产权局“千企百城”行动: whose it is, not its name
    if re.search(r"[和与及]$|^\d", prefix) or len(prefix) > 14 or _NOT_IN_NAME.search(prefix):
        return ""
    if kind == "start" and residue(prefix) and not is_member:
        return ""  # nothing shows where the name begins: only words of the field belong to it
    return "" if re.fullmatch("(?:各地|以|全[国省市区县]|系列|专项|好|年)*", prefix) else prefix


def _plain(words: str, suffix: Ending, last: int) -> list[_Found]:
    """Return the name that ends with a suffix and has no quotation marks."""
    floor = max(last, suffix.start - _SEARCHED)
    floor = max(floor, words.rfind("、", floor, suffix.start) + 1)
    joined = _last_joint(words, floor, suffix.start)
    floor = max(floor, joined)
    has_verb = left_bound(words[max(0, floor - _SEARCHED) : floor])[0] > 0
    for start, kind in bounds(words[floor : suffix.start]):
        rest = words[floor + start : suffix.start]
        core = strip_modifiers(rest, verbs=kind != "verb") if rest else ""
        core = _without_position(_HELD.sub("", core))
        begin = suffix.start - len(core)
        if _AT_INTERVALS.search(words[max(0, begin - 8) : begin]):
            return []
        launched = _LAUNCHED.search(words[max(0, begin - 4) : begin]) is not None
        launched = launched or _CEREMONY.match(words, suffix.end) is not None
        goes_on = joined == floor > 0 or 0 < last == floor - 1
        goes_on = goes_on or _LISTED_BEFORE.search(words[max(0, floor - 40) : floor]) is not None
        is_shared = launched or goes_on
        if _is_name(core, words[suffix.start : suffix.end], suffix.kind, launched=is_shared):
            licensed = kind in ("verb", "adverb") or has_verb or goes_on
            licensed = licensed or (launched and kind == "start")
            if kind == "break" and not launched:
                licensed = licensed and len(core) >= 7
            if licensed or _stands_alone(core, words, suffix):
                if words[:begin].endswith("重点") and _KEY_FIELD.match(core):
                    begin -= len("重点")
                return [(words[begin : suffix.end], begin, suffix.end, "program-grammar")]
            return []
        is_verb_inside = words[: floor + start].endswith(_VERB_INSIDE)
        if not is_verb_inside and (rest or not words[: floor + start].endswith("实施")):
            return []
    return []


def _without_position(core: str) -> str:
    """Return a name without the 在 or 于 before the place or the 中国 that it begins with."""
    rest = _AT.sub("", core)
    is_marked = starts_with_place(rest) or _NAMED_START.match(rest) is not None
    return rest if is_marked else core


def _last_joint(words: str, floor: int, end: int) -> int:
    """Return where the last member of a list joined by 和 begins, or 0."""
    for found in reversed(list(re.finditer("以及|[和与及或]", words[floor:end]))):
        if _ORDINAL.match(words, floor + found.start()):
            return floor + found.end()
        if _JOINED.search(words[max(0, floor + found.start() - 4) : floor + found.end()]):
            return floor + found.end()
    return 0


def _is_name(core: str, tail: str, kind: str, *, launched: bool) -> bool:
    """Tell whether words before a suffix say enough to make a name of it."""
    if not 2 <= len(core) <= _LONGEST - len(tail) or _NOT_IN_NAME.search(core):
        return False
    if (
        core.startswith("落实")
        or _DRAFTED.search(core + tail)
        or _COUNTED.match(core)
        or (tail == "工程" and ("或" in core or core.endswith(_engineering())))
    ):
        return False
    if _PLACE_ACTS.search(core) and starts_with_place(core):
        return False
    own = _KIND.sub("", core)
    marked = starts_with_place(own) or _NAMED_START.match(own) is not None
    is_telling = len(residue(_NAMED_START.sub("", own))) >= 2
    if kind == "award":
        giver = _NAMED_START.sub("", own + tail).removesuffix(tail)
        return (marked or giver != own) and not residue(giver)
    if kind == "meeting":
        return marked and len(own) + len(tail) - len("大会") >= 5
    if kind == "event":
        return (marked or is_telling) and len(own) >= (2 if tail[-1] in "节季" else 4)
    needed = {"活动": 4 if marked else 99, "认证": 99, "遴选": 6, "评选": 6, "试点": 5}.get(tail)
    if needed is not None:
        return (is_telling and len(own) >= needed) or (tail == "试点" and len(own) >= 8)
    if tail == "行动" and _SUBJECT.search(own) and len(core) >= 6 and launched:
        return True
    return (is_telling and len(own) >= 3) or (launched and len(own) >= 7)


def _stands_alone(core: str, words: str, suffix: Ending) -> bool:
    """Tell whether a name needs no verb before it: a heading, or a name that shows itself."""
    if suffix.kind in ("event", "meeting", "award") and (
        starts_with_place(core) or _NAMED_START.match(core)
    ):
        return True
    before, after = words[: suffix.start - len(core)], words[suffix.end :]
    is_whole = _HEADING.fullmatch(before) is not None and not after.strip()
    return is_whole and suffix.kind == "campaign" and len(core) >= 5


@cache
def _engineering() -> tuple[str, ...]:
    return load_words("programs", "engineering")


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(load_names("programs", "names"))
