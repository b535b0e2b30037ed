"""How names of institutions are built: grammar for those that no gazetteer lists.

Two families: a proper beginning (a place, 中国, 全国 …) with a last word that tells the kind
(…大学, …研究院, …协会, …有限公司); laboratories whose last word is shared.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from ahocorasick_rs import AhoCorasick

from kg.divisions import load_divisions
from kg.scanning import compile_scan
from loaders.name_bounds import (
    PlaceAt,
    bounds,
    ends_with_place,
    find_places,
    first_anchor,
    left_bound,
    own_division,
    residue,
    starts,
    strip_modifiers,
)
from loaders.naming import BLANK, HAN, MOST_NAMES, Passage, clauses_with
from loaders.product_words import load_product_words, place_length
from loaders.types import Context

type Named = tuple[str, int, int]  # name, start and end in the passage

_STOPS = rf"\s。；;！!？?，,：:、|“”—{BLANK}\[\]"
_CLAUSE = re.compile(rf"(?:[^{_STOPS}()]+|\([{HAN}、]{{2,14}}\)(?=[{HAN}]))+")
_LONGEST = 36
_KINDS: dict[str, str] = {
    "university": "大学(?![生城英毕排路系])|大学(?=生[物命态殖])|职业技术学院|职业学院"
    "|学院(?![路派士园])|高等专科学校",
    "research_institute": "研究院(?![所士校系地])|研究所(?![在有得需属])|科学院(?!院士)|农科院"
    "|社科院|设计院|规划院|勘察院|研究总院",
    "laboratory": "实验室(?![认资检管])",
    "association": "协会(?![会组团])|学会(?![生了])|商会|研究会|促进会|联合会"
    "|联盟(?![成链])|基金会",
    "company": "农村信用社联合社|农村信用合作联社|农商联合银行"
    "|农商银行|农村商业银行|村镇银行|有限责任公司|股份有限公司|有限公司|集团公司|总公司"
    "|集团(?![化军队式公有])"
    "|事务所(?![在有])",
    "hospital": "医院(?![管感])",
    "centre": "(?:人民|商事)调解委员会|标准化技术委员会"
    "|中心(?!体系|网络|[城镇村校区任环工小思支]|组(?![建织]))|交易所|仲裁委员会|仲裁院|公证处|出版社"
    "|图书馆|博物馆|交易市场|技术市场|科技大市场",
}
_END = compile_scan("|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()))
_REGIONS = ("华东", "华南", "华北", "华中", "西北", "西南", "东北", "中南")
_MARKS = compile_scan(
    "中国|中华|首都|全国|国家(?!级)|国际|西部(?=国家|科学)|(?:西北|西南|东北|华东|华南|华北|华中|中南|北方|南方)(?!地区|亚|[各等、])"
)
_VAGUE = compile_scan(
    "[国省市县区]家?级|[各某或类该我的和与及在是向为由将]|(?<!高)等|[省市区部]属|有关|相关|多[个家所]|若干|一批|[\\d一两]+[家所个]"
    "|建设(?!科学|工程|规划|银行|投资|集团|项目)|打造|设立|成立(?!大会)|布局|新建|共建|申建|培育|创建|举办|高水平|高标准|区域性|最大"
    "|一流|双一流|应用型|研究型|重点高校|新型(?=研发|主体|高校|科研|产业|企业|智库)|龙头|本地|当地|骨干|知名|大型|民营|公立|定点|社区|乡镇|上市|国有"
    "|申请|推动|推进|促进(?!会|中心|$)|提升|入驻|落户|高校|委托|辖区|范围|行业协|企业协"
)
_PUBLIC_BODIES = compile_scan(  # mass organisations: agencies, not institutions
    "(?:工商业|妇女|残疾人|文学艺术界|归国华侨|社会科学界)联合会$|科学技术协会$|计划生育协会$|作家协会$"
    "|(?:老年|党员|农民|市民)(?:大学|学院)$|委党校|行政学院$|党校"
)
_CENTRE_WORK = re.compile(
    "(?:知识产权|保护|维权|援助|交易|登记|服务|信息|促进|研究|培训|评估|认证|调解|仲裁|运营|协作|检测|检验|鉴定|国际合作"
    "|导航|推广|检定|转移|转化|技术创新|发展|监测|孵化|数据|调查|举报|投诉|计量|指导|协调|开发|管理|受理|审评"
    "|支持|脱毒|育种|良种|改良|评价|咨询|交流|教育|文献|情报|测试|推广应用|质量标准|事务|快维|种业创新|工业创新|事业发展|产业创新|制造业创新|(?<=..)科学)$"
)
_AMBITION = re.compile(
    "国际(?![\u4e00-\u9fff]{2,6}交易$|技术转移|知识产权|商事|科技合作|合作|仲裁|调解|数[字据]交易)|区域|世界|全球|亚太|东北亚|辐射|消费中心|金融中心|航运|物流|结算|总部"
)
# 研究与服务中心: joined words of work are one part of a name.
_JOINED_WORK = re.compile(
    "(?:研究|开发|促进|标准化|标准|科技成果|知识产权|保护|检验|检测|创新|设计|转移|教育|培训|推广|技术|交易|运营|评估|仲裁|监测)[与和及]"
    "(?=服务|质量|检定|知识产权|科技成果|发展|开发|应用|运用|转化|检测|鉴定|交流|推广|技术|合作|培训|工程|管理|促进|调解|创新|信息|制造|数控|装备)"
)
# Who builds it is not its name: 依托某大学建设省专利运营中心.
_BUILDS = re.compile(
    "(?:大学|学院|研究院|集团|公司|协会)(?:共建|建设|设立|组建|打造)(?=[省市]|国家|中国)"
)
_NATIONAL_CENTRE = re.compile(  # 国家新能源汽车技术创新中心, but not 国家技术创新中心
    f"[{HAN}]{{2,}}(?:脱毒|育种|良种|改良|质量监督检验|质量检验检测|品质检测|质量检测|检验检测|产业计量测试|品种测试|技术创新|制造业创新|产业创新|工程技术研究|工程研究|临床医学研究|(?<!综合性)科学|知识产权运营)$"
)
_INNOVATION = re.compile(f"[{HAN}]{{4,}}(?<!科技)创新$")  # 国家高性能医疗器械创新中心
# Whole classes of centres that a place has: 用好安徽省技术创新中心.
_CATEGORIES = frozenset({"技术创新", "制造业创新", "产业创新", "工程研究", "工程技术研究"})
_MARKETS = ("交易市场", "技术市场", "科技大市场")
_TRADED = re.compile("(?:技术|产权|科技|专利|版权|数据|要素|网上|成果)?$")
_PLACE_ENOUGH = (
    *("农村信用社联合社", "农村信用合作联社", "农商联合银行"),
    *("科学院", "农科院", "社科院", "仲裁委员会", "仲裁院", "公证处", "图书馆", "博物馆"),
    *("农商银行", "农村商业银行", "人民调解委员会", "商事调解委员会", "标准化技术委员会"),
    *("职业技术学院", "职业学院", "高等专科学校"),
)
_FULL = {"农科院": "农业科学院", "社科院": "社会科学院", "林科院": "林业科学研究院"}
_ACADEMIES = re.compile("(?<=[省市区州县])(?:农科院|社科院|林科院)")
_OWN_PARTS = (
    "国家科学中心",
    "大学",
    "学院",
    "商会",
    "协会",
    "仲裁院",
    "仲裁委员会",
    "科学院",
    "研究院",
    "农科院",
)
_PART = re.compile(
    rf"[{HAN}()]{{0,14}}?(?:研究院|研究所|实验室|研究中心|中心|医院|分院|校区|学院|科技园|出版社|图书馆|分校)"
)
_ACADEMYS_PART = re.compile(rf"(?!与)[{HAN}]{{2,8}}与[{HAN}]{{2,8}}?研究所")  # 畜牧与兽药研究所
_OF_PLACE = re.compile(rf"中国\([{HAN}]{{2,8}}\)")
_GUILD = re.compile(rf"(?P<core>[{HAN}]{{4,10}})(?:协会|商会)")
_SEAT = re.compile(rf"\((?P<place>[{HAN}]{{2,5}})\)")
_NO_PART = re.compile(
    r"和(?!浩特)|[与及的在是、将为由对向]|(?<!高)等|建设|设立|科研院|各|高校|牵头|共建|成立|组建|多[个家]"
    r"|重点实验室$|联合|(?<!\))技术转移中心$"
)
_CENTRE_PART = re.compile(rf"(?:\([{HAN}]{{2,8}}\)|(?:(?![和与及在对设等])[{HAN}]){{2,8}}?)分中心")
_LAB_TYPE = re.compile("^(?:省?重点|联合|国家|全国重点|国家重点|企业|检测|标准|专业)*$")
_HAN_RUN = re.compile(f"[{HAN}]{{3,24}}$")
_KEY_LAB = re.compile("(?:国家|全国)重点实验室")
_RELATIVE = re.compile("(自治区|[省市])(?![级内外属区直辖委政场域别民])")
_ALONE = ("科学院", "农科院", "社科院", "林科院")  # of a province, without a word of their own
_RELATIVE_END = compile_scan(
    "(?:协会|学会|商会|研究会|促进会|联合会|科学院|农科院|社科院|林科院|研究院|(?:知识产权|专利|版权|商标|科技成果).{0,8}中心"
    "|(?:技术转移|技术交易|产权交易|质量检[验测]|标准化研究)中心|调解委员会|技术委员会"
    "|(?:科学院|农科院|社科院|科研院).{2,12}(?:研究所|研究中心))$"
)

_STEM = f"(?:(?![和及与])[{HAN}]){{2,8}}"  # no joint inside, so that there is one way to match
_JOINT = re.compile("以及|[、和及与]")
_STEMS = re.compile(f"{_STEM}(?:[、和及与]{_STEM}){{1,12}}等?$")
_LABS = compile_scan(
    rf"(?:\d+|[一二三四五六七八九十两]+)[家个所]等?(?P<place>[{HAN}]{{2,6}}?|[省市])实验室"
)
_ACADEMY = re.compile(
    rf"(?:中国科学院|中科院)[{HAN}]{{2,18}}?(?:研究所|研究院|分院|天文台|植物园|研究中心)"
)


def find_regular(passage: Passage, context: Context) -> Iterator[Named]:
    """Yield names with a proper beginning and a last word that tells the kind."""
    for clause in clauses_with(passage, _CLAUSE, _triggers()):
        words, offset, last = clause.group(), clause.start(), 0
        places = find_places(passage)
        built = [builder.end() for builder in _BUILDS.finditer(words)]
        for end in islice(_END.finditer(words), MOST_NAMES):
            floor = max(last, end.start() - _LONGEST)
            floor = max([floor, *(at for at in built if at <= end.start())])
            for start in starts(words[floor : end.start()]):
                stretch = (offset + floor + start, offset + end.end())
                named = _anchored(passage, places, stretch, str(end.lastgroup))
                named = named or _relative(passage, stretch, context) or _of_goods(passage, stretch)
                if named is not None:
                    name, first, past = named
                    part = part_at(passage.text, past, name)
                    last = end.end() + len(part)
                    yield _in_full(name + part), first, past + len(part)
                    break


def _in_full(name: str) -> str:
    """Return the name of a local academy in full: 重庆市农科院… is 重庆市农业科学院…."""
    return _ACADEMIES.sub(lambda found: _FULL[found.group()], name, count=1)


def part_at(text: str, at: int, name: str) -> str:
    """Return the part of a body that is named right after it, or nothing.

    Args:
        text: of the passage.
        at: where the body's name ends.
        name: the body's name.
    """
    if name.endswith(_OWN_PARTS):
        academy = _ACADEMYS_PART.match(text, at) if name.endswith("科学院") else None
        if academy and not _NO_PART.search(academy.group().replace("与", "")):
            return academy.group()
        part = _PART.match(text, at)
        is_part = part and not _NO_PART.search(part.group()) and bounds(part.group())[0][0] == 0
        words = part.group() if part and is_part else ""
        has_seat = words or name.endswith("大学")  # 华北电力大学(保定)
        return words + seat_at(text, at + len(words)) if has_seat else ""
    is_centre = name.endswith("中心") and not name.endswith("纠纷应对指导中心")  # see find_offices
    branch = _CENTRE_PART.match(text, at) if is_centre else None
    return branch.group() if branch and bounds(branch.group())[0][0] == 0 else ""


def seat_at(text: str, at: int) -> str:
    """Return the place in brackets that ends a name: 某大学高等研究院(苏州)."""
    seat = _SEAT.match(text, at)
    return seat.group() if seat and load_divisions().named(seat["place"]) else ""


def find_laboratories(passage: Passage, known: Sequence[str]) -> Iterator[Named]:
    """Yield laboratories that share their last word, and national key laboratories.

    Args:
        passage: the passage.
        known: names of laboratories; a stem that makes one of them needs no place.
    """
    if "实验室" not in passage.text:
        return
    for labs in _LABS.finditer(passage.text):
        place = labs.group("place")
        listed = _STEMS.search(passage.text[max(0, labs.start() - 60) : labs.start()])
        if listed is None or not (len(place) == 1 or load_divisions().named(place)):
            continue
        stems = _JOINT.split(listed.group().removesuffix("等"))
        begin = labs.start() - len(listed.group()) + starts(stems[0])[0]
        stems[0] = stems[0][starts(stems[0])[0] :]
        for stem in stems:
            short = stem.removeprefix(place)
            alone = f"{short}实验室"
            is_whole = alone in known or len(place) == 1  # 嵩山、黄河2家省实验室
            name = alone if is_whole else f"{place}{short}实验室"
            if len(short) >= 2:
                yield name, begin, labs.end()
    for lab in _KEY_LAB.finditer(passage.text):
        before = _HAN_RUN.search(passage.text[max(0, lab.start() - 24) : lab.start()])
        words = re.sub("^.*实验室(?:以及|[和与及])", "", before.group()) if before else ""
        core = words[left_bound(words)[0] :]
        if len(residue(core)) >= 2 and not _VAGUE.search(re.sub("[与和及]", "", core)):
            yield core + lab.group(), lab.start() - len(core), lab.end()


def find_academy(passage: Passage) -> Iterator[Named]:
    """Yield institutes of the Chinese Academy of Sciences (中科院… written out)."""
    for found in _ACADEMY.finditer(passage.text):
        if not re.search("[和与及的等在]|建设|院士", found.group()):
            name = re.sub("^中科院", "中国科学院", found.group())
            yield name, found.start(), found.end()


@cache
def _triggers() -> AhoCorasick:
    return AhoCorasick(
        [
            *(
                "大学",
                "学院",
                "专科学校",
                "院",
                "研究所",
                "事务所",
                "交易所",
                "实验室",
                "协会",
                "学会",
            ),
            *("商会", "研究会", "促进会", "联合会", "联盟", "基金会", "公司", "中心", "委员会"),
            *("公证处", "出版社", "图书馆", "博物馆", "银行", "联合社", "联社", "市场", "集团"),
        ]
    )


def kind_of(name: str) -> str:
    """Return the kind of institution that a name's last word tells; `centre` if none does."""
    if name.endswith(("集团", "银行", "分行", "支行", "公司")):
        return "company"
    if name.endswith(("法院", "法庭")):
        return "court"
    kinds = [str(found.lastgroup) for found in _END.finditer(name)]
    return kinds[-1] if kinds else "centre"


def _anchored(
    passage: Passage, places: Sequence[PlaceAt], stretch: tuple[int, int], kind: str
) -> Named | None:
    """Return the name in a stretch that begins with a place or 中国, if it makes one."""
    start, end = stretch
    for _ in range(3):  # a place may only locate the actor: 推动沈阳与东北大学…
        anchor = first_anchor(passage, places, _MARKS, (start, end))
        if anchor is None:
            return None
        at = bisect_left(places, anchor, key=lambda place: place.start)
        place = places[at] if at < len(places) and places[at].start == anchor else None
        proper = place.end if place is not None else anchor + 2
        name = passage.text[anchor:end]
        if _makes_name(name, passage.text[proper:end], kind, has_place=place is not None):
            return name, anchor, end
        start = proper
    return None


def _makes_name(name: str, rest: str, kind: str, *, has_place: bool) -> bool:
    end = list(_END.finditer(rest))
    if not end or _PUBLIC_BODIES.search(name) or name.count("(") != name.count(")"):
        return False
    core = rest[: end[-1].start()]
    core = _JOINED_WORK.sub("", re.sub(r"^\([^()]*\)", "", core))
    if _VAGUE.search(core) or len(end) > 2:
        return False
    if kind == "laboratory":
        return (has_place and not core) or (bool(core) and not _LAB_TYPE.match(core))
    if kind == "centre" and end[-1].group() == "中心":
        return _is_centre(name, core, has_place=has_place)
    if kind == "company":
        least = 0 if end[-1].group() in _PLACE_ENOUGH and has_place else 1
        return len(core) >= 2 * least and len(residue(core)) >= least
    if end[-1].group() in _MARKETS:
        return has_place and _TRADED.search(core) is not None and len(core) + len(end[-1][0]) > 4
    if end[-1].group() in _PLACE_ENOUGH:
        return has_place or len(core) >= 2
    if kind in ("university", "hospital"):
        return has_place and len(core) >= (1 if kind == "university" else 2)
    return len(core) >= 2


def _is_centre(name: str, core: str, *, has_place: bool) -> bool:
    """Tell whether a name that ends in 中心 is one, by the work that stands before it."""
    if name.startswith("国家"):
        if len(core) >= 4 and ends_with_place(core.rstrip(")").replace("(", "")):
            return True  # 国家超级计算郑州中心, 国家超算(西安)中心
        if _INNOVATION.search(core):
            return True
    if not _CENTRE_WORK.search(core.removesuffix("分")) or core in _CATEGORIES:
        return False
    if _OF_PLACE.match(name):
        return True
    if _AMBITION.search(core):
        return False
    return has_place or (
        name.startswith(("中国", "南方", "北方", "西部", *_REGIONS))
        or _NATIONAL_CENTRE.search(core) is not None
        or (name.startswith("全国") and core.endswith("标准"))
    )


def _of_goods(passage: Passage, stretch: tuple[int, int]) -> Named | None:
    """Return the name of a guild that a county's short name and its goods begin: 安化黑茶协会."""
    start, end = stretch
    found = _GUILD.fullmatch(passage.text, start, end)
    if found is None or not is_free(passage.text, start):
        return None
    core = found.group("core")
    length = place_length(core)
    goods = core[length:].removesuffix("产业").removesuffix("行业")
    if not length or len(goods) < 2 or not goods.endswith(_trades()):
        return None
    return found.group(), start, end


@cache
def _trades() -> tuple[str, ...]:
    return ("业", "产业", *load_product_words().goods)


def _relative(passage: Passage, stretch: tuple[int, int], context: Context) -> Named | None:
    """Return the name that 省… or 市… begins, completed by the notice's jurisdiction."""
    start, end = stretch
    found = _RELATIVE.match(passage.text, start, end)
    if found is None or not is_free(passage.text, start):
        return None
    rest = passage.text[found.end() : end]
    division = own_division(context.jurisdiction, found.group(1))
    if division is None or _RELATIVE_END.search(rest) is None:
        return None
    if len(rest) < 4 and rest not in _ALONE:
        return None
    if (
        _VAGUE.search(_JOINED_WORK.sub("", rest[:-2]))
        or _PUBLIC_BODIES.search(rest)
        or re.match("行业|企业", rest)
    ):
        return None
    return division.name + rest, start, end


def is_free(text: str, at: int) -> bool:
    """Tell whether a word may begin at an offset: nothing before it, or a bound."""
    if at == 0 or re.match(f"[^{HAN}]", text[at - 1]):
        return True
    before = text[max(0, at - 8) : at]
    if before.endswith(("建设", "建成", "建好", "共建", "筹建")):
        return True  # 依托某研究院建设省技术转移中心
    if before[-1] in "以和与及由对在向等" or left_bound(before)[0] == len(before):
        return True
    clause = re.split(f"[^{HAN}]", before)[-1]  # 加快建设省产业技术研究院
    is_whole = len(clause) == at or len(clause) < len(before)
    return is_whole and strip_modifiers(clause + BLANK, verbs=True) == BLANK
