"""Figures to be reached: 到2025年,每万人口高价值发明专利拥有量达到12件.

A figure counts as a target where a verb of reaching or making governs it (达到, 增长, 建成, 培育)
and nothing says that it is a grant (给予10万元), a rule (不得超过30%), a condition
(营业收入超过5亿元的企业) or a state of things (现有4家).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.scanning import compile_scan
from kg.types import Span
from loaders.dates import DueMention, find_dues, parse_date
from loaders.numerals import CHINESE_NUMBER, fold_all_digits, parse_number
from loaders.types import Context

_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?|"
    rf"{CHINESE_NUMBER}{{1,9}})"
)
# Longest first, so that 个百分点 is not read as 个.
_MEASURE_WORDS = (
    "个百分点|个工作日|工作日|人次|人天|人年|场次|批次|户次|家次|件次|平方公里|平方千米|平方米"
    "|立方米|公里|公顷|千瓦时|千瓦|兆瓦|吨标准煤|美元|小时|分钟|个月|课时|学时|公斤|千克"
    "|个|家|件|户|项|人|名|位|场|次|所|座|处|条|种|部|套|篇|支|对|款|宗|起|台|辆|只|头|期"
    "|届|类|张|枚|元|吨|亩|米|倍|番|天|日|岁|例|笔|单|门|间|床|箱|块|片|艘|架|斤|升|份|册|幅|集|分(?!之)"
)
_UNIT = rf"(?:%|‰|[万亿千百]{{0,2}}(?:{_MEASURE_WORDS})|[万亿]{{1,2}}(?![一-鿿]))"
_FIGURE = compile_scan(
    rf"(?P<hundredths>百分之)?(?<![\dA-Za-z.第〔\[/{CHINESE_NUMBER[1:-1]}-])(?P<low>{_NUMBER})"
    rf"(?:(?:{_UNIT})?[-—–~～至]{{1,2}}(?P<high>{_NUMBER}))?(?P<unit>{_UNIT})?"
)
_CUT = compile_scan(r"[,，。;；:：!！?？|\t\n]|(?<=[一-鿿])\.(?!\d)")
_SENTENCE_CUT = compile_scan(r"[。!！?？|\t\n]|(?<=[一-鿿])\.(?!\d)")
_LEFT_LIMIT = 60
_RIGHT_LIMIT = 60

# Verbs after which the figure is the level or the change aimed at.
_REACH_VERB = (
    r"(?:达到?|突破|超过|翻|进入|力争|争取|增长|递增|增加|增至|提高|提升|上升|增幅|增速|年均|新增|净增|累计|下降|降低|降至"
    r"|降到|减少|压减|压缩|缩短|削减|保持|稳定|维持|扩大|高于|实现|完成|覆盖|带动)"
)
# Limits that plans and rules both set; a sign of a goal must stand with them.
_LIMIT = re.compile(r"(?:不少于|不低于|不高于|不超过|控制在)[^,，]{0,3}$")
_GOAL_SIGN = compile_scan(rf"力争|确保|争取|每年|全年|目标|(?<!不){_REACH_VERB}")
# Lower limits of sums and of a year's amounts are aims: 2023年融资额不低于50亿元.
_SUM = re.compile(
    r"(?:(?:合计|总计|总规模|总量)|20\d\d年[^,，]{0,24}(?:额|量|数|率|规模))(?:不低于|不少于)$"
)
_GRANT_AFTER = re.compile(r"给予|补助|奖励|资助|补贴|贴息|贷款|的标准|计算(?!机)")
_RATE = r"(?:率|量|值|度|额|数|面积|规模|指数|比重|占比|比例|收入|能力)"
_REACH_SHARE = compile_scan(rf"{_REACH_VERB}|{_RATE}(?:为|在)?$")
_REACH_NEAR = re.compile(rf"{_REACH_VERB}[^,，]{{0,6}}$")
# Verbs that bring about as many things as the figure says.
_MAKE = (
    "新设立|建设|建成|建立|共建|配备|配齐|至少有|新建|改扩建|改建|扩建|共建|打造|培育|培养|培训|创建|创成|认定|引进|引育|引入|新增|设立|布局|举办|组织|"
    "开展|形成|制定|制订|制修订|修订|发布|完成|实现|发展|推广|推出|评选|遴选|孵化|实施|扶持|争创|争取|力争|支持|"
    "选派|选拔|轮训|选树|选取|筛选|招引|集聚|聚集|新设|组建|构建|服务|"
    "推进|招收|招生|发行(?![人价方量])|新注册|注册(?=地理|集体|证明)|申报(?![量数书材指系])|惠及|覆盖|办理|查处|命名|表彰|储备|获批|获得|获评|新认定|新培育|改造|建好|办好|上市|挂牌|增加|"
    "开设|开发|投入|带动|吸纳|签约|引导|帮助|推荐|打响|对接|推动|促成|促进|撮合|转化(?!率)|达成|转让(?!方)|许可(?=专利)|征集|评定|走访|走进|聘任|选聘|检查|巡查|查办|侦办|办结|扩大|调解|受理|申请(?!人)|聘请|招募|培塑|培优|帮扶|入驻|签订|挖掘|编制|编写|绘制|出版|拍摄|上架"
)
_MODIFIER = (
    "(?:不少于|不低于|至少|超过|突破|约|近|各类?|全省|全市|全县|全区|省级|市级|国家级|以上|新|再|了|出|好|各|总计|共|"
    "达到|达|力争|首批|以上的|累计|每年|年均|分别|第一批|规模|一批|高水平|高质量|一流|建设|培育|打造)*"
)
# Nouns of acts that are counted: 专利许可备案5000次.
_ACTS = "备案|转让|许可|登记|受理|调解|路演|宣讲|巡讲"
_MAKE_BEFORE = re.compile(rf"(?:{_MAKE}|{_ACTS}){_MODIFIER}[“\"]?$")
_MAKE_IN = re.compile(rf"(?:{_MAKE})")
_JOINED = re.compile(r"(?:和|及|与|以及|、|或)[^,，。;；]{0,12}$")

_AIMED = re.compile(r"力争|确保|实现|争取|以上|左右")
_EXISTING = compile_scan(
    r"(?:围绕|依托|面向|聚焦|针对|包括|涉及|对照|现有|已有|已|原有|目前|上述|以下|下列|这|该|其余|前述|其他(?![^,，]{1,8}[量额率数值]达到)|我[省市县区])"
    r"[^,，。;；]{0,8}$|的$"
)
_NOT_A_GOAL = compile_scan(
    r"给予|(?:事业|行政|核定)编制|奖励|奖补|补助|补贴|资助|贴息|补偿|计入|缴纳|缴存|征收|处以|罚款|罚金|扣除|扣减|减按|收取|收费|不得|应当"
    r"|最高|上限|限额|年满|未满|不满|注册资[本金]|注册资金|出资|持股|股权|股份|表决|票|连续|截至|上年|去年|已经|曾"
    r"|计算(?!机)|折算|标准为|按照?[^,，。;；]{0,10}$|每(?:件|家|户|人|项|个|亩|平方米|次|例|所|名|床|辆)[^,，。;；]{0,6}$"
    r"|之日起|日内|以内的|超过[^,，。;；]{0,8}未|逾期|年以上|工龄|缴费|学分|加分|减分|处罚|赔偿|拨付|支付|发放"
)
_FIRM = re.compile("股份有限公司|股份公司|股份制")  # 股份 counts shares otherwise
_CONDITION = compile_scan(
    r"(?:\(含\)|（含）)?(?:及|或)?(?:以上|以下|左右|以内)?(?:\(含[^)）]{0,8}[)）])?"
    r"(?:的(?!增长|增幅|提升|目标|要求|任务|水平|规模|比例|速度)|者|时)"
)
_ACHIEVED = re.compile(
    r"取得(?:了)?[^,，。]{0,6}(?:成就|成效|进展|成绩)|圆满完成|顺利完成|[一二三]五”?(?:时期|期间|以来)[,，]"
)
_EARLIER_FIGURE = compile_scan(rf"(?<!“){_NUMBER}(?:{_UNIT})(?:以上|左右|以下|以内)?")
_LEVEL = re.compile(
    r"(?:达到?|提高到|提升到|提升至|提高至|突破|增至|增加到|降至|降到|下降到|降低到|控制在)$"
)
_PEOPLE = ("名", "位", "人")
_PERSON = re.compile(r"(?:人才|人员|人士|骨干|专家|代表|[员师者家士长生民手工])$")
_TIME_UNITS = frozenset(("个工作日", "工作日", "小时", "分钟", "天", "日", "个月"))
_FAST = re.compile(r"力争|压缩|缩短|压减|控制在|稳定在|提速|减至|压至|确保")
_BASELINE = re.compile(r"(?:较|比|与|从|自|相比|对比)[^,，。]{0,3}$")
_SHARES = frozenset(("%", "‰", "个百分点"))
_BRACKETED_HEAD = re.compile(r"^[（(][^（()）]{1,6}[)）]")  # 新增（恢复）灌溉面积
_EITHER = re.compile(r"或\d")  # 200户或500人以上的聚居点
_LEVEL_ALONE = re.compile("^(?:国家|[省市县区])级?")
_MEASURED = re.compile(
    r"(?:授权量|注册量|拥有量|申请量|登记量|总量|数量|产量|总额|金额|产值|收入|规模|面积|占比|比例|率)$"
)
_CLOSING = re.compile(
    r"(?:以上|左右|以下|以内|余|多|水平)*\s*(?:$|服务企业(?=\d)|[、和及与(（/](?!以上|以下))"
)
_COURSE = re.compile(r"(?:班|培训|讲座|沙龙)[^,，]{0,4}$")
_RISE_AFTER = re.compile("(?:以上|左右)?的(?:增长|增幅|提升|涨幅)(?!目标)")  # 6%的增长
_ISSUED = re.compile("(?:知识产权|专利|商标|数据|版权)")  # 1单知识产权证券化产品
_NEVER_UNITS = frozenset(("岁", "日", "届", "类", "位", "门", "单", "对"))
_NOUN = re.compile(r"[\d\u4e00-\u9fff]{2,}")
_LONGEST_NOUN = 10  # characters of a thing counted in a clause without a verb
_BASED = re.compile("在[^,，在]{0,30}?基础上")
_RANK = re.compile(r"(?:排名|位次|位居|位列|跻身|进入|[国省市]前)[^,，]{0,6}$")
_UP = compile_scan(r"(?:增长|递增|增加|提高|提升|上升|扩大|净增)(?:幅度)?[^到至达,，]{0,6}$|翻$")
_DOWN = re.compile(r"(?:下降|降低|减少|压减|压缩|缩短|削减|节约)[^到至达,，]{0,6}$")
_AT_LEAST = re.compile(
    r"(?:不少于|不低于|至少|超过?|突破|逾|大于|高于|多于|不小于|最少)[^,，]{0,3}$"
)
_AT_MOST = compile_scan(
    r"(?:不超过|不高于|(?<!不)低于|(?<!不)少于|控制在|不多于|不大于)[^,，]{0,3}$"
)
_ABOUT = re.compile(r"(?:约|大约|近|接近)$")
_LEAD_IN = re.compile(
    r"^(?:(?:到|至|在)?(?:19|20)\d\d年(?:底|末)?(?:之?前)?|(?:[两三四五]|\d{1,2})年内?(?=[\u4e00-\u9fff]{4})|“?十.五”?(?:末|期间|时期)?|力争|争取|确保|使|其中|实现|全年|"
    r"全[省市县区州盟国](?:[(（][^()（）]{1,8}[)）])?|我[省市县区]|进一步|努力|要|将|并|且|[—\-一二三四五六七八九十是]{2,3}|"
    r"(?:较|比)[^,，]{0,12}(?=提高|增长|下降|增加|减少)|推动|促进|每年|年均|[\s、和及与“])"
)
_TRAIL = compile_scan(
    r"(?:(?:达到?|进入)全[省市县区州国]|达到?|突破|超过?|增长|递增|增加|增至|提高|提升|上升|下降|降低|降至|降到|减少|压减|压缩|缩短|控制|保持|稳定|"
    r"扩大|不少于|不低于|不高于|不超过|力争|争取|实现|完成|分别|年均|(?<!平)均|到|至|为|由|在|约|前|约为|的|水平|全省|全市|全年|"
    r"较[^,，]{0,14}|同比|(?<![占同])比(?!重|例|率)[^,，]{0,10}|累计|合计|总计|总数|左右|每年|以上|新增|翻|逐步|稳步|[\s、和及])$"
)


@dataclass(frozen=True, slots=True)
class TargetMention:
    """A figure to be reached.

    Attributes:
        metric: what is measured, in the words of the text.
        comparator: =, >=, <=, about; with `up` or `down` before it where the figure is a change
            (增长20%以上 is up>=). A range (10-15家) is recorded as its lower end with >=.
        value: the number before the unit.
        unit: %, 个百分点, 家, 万件, 亿元 …, with its 万 or 亿 as written.
        by: ISO prefix as stated, or None.
        span: the clause the figure stands in.
    """

    metric: str
    comparator: str
    value: float
    unit: str
    by: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with its unit and the words around it in its clause."""

    low: str
    is_range: bool
    unit: str
    span: Span
    left: str
    right: str


def detect_targets(text: str, regions: Sequence[Span], context: Context) -> list[TargetMention]:
    """Return the targets a measure or section sets, in reading order, each once.

    Args:
        text: the stored text.
        regions: spans of the heading and body.
        context: of the notice; its date of issue tells the year of 全年 and 年底.
    """
    found: dict[tuple[str, str, float, str], TargetMention] = {}
    for region in regions:
        horizons = list(_horizons(text, region, context.issued_on))
        if _is_review(text[region.start : region.end], horizons, context.issued_on):
            continue
        has_goal = "目标" in text[region.start : region.start + 30]
        previous: _Figure | None = None
        for figure in _figures(text, region):
            follows = previous if _is_same_sentence(text, previous, figure) else None
            if not _is_target(figure, follows, has_goal or bool(horizons)):
                continue
            if _is_past(figure.left, context.issued_on):
                continue
            previous = figure
            target = _target(text, region, figure, horizons)
            if target and not _is_over(target.by, context.issued_on):
                key = (target.metric, target.comparator, target.value, target.unit)
                found.setdefault(key, target)
    return list(found.values())


def _is_same_sentence(text: str, previous: _Figure | None, figure: _Figure) -> bool:
    if previous is None or figure.span.start - previous.span.end > _LEFT_LIMIT:
        return False
    return _SENTENCE_CUT.search(text, previous.span.end, figure.span.start) is None


def _figures(text: str, region: Span) -> Iterator[_Figure]:
    """Yield every number of a region that has a unit or is a level (达到65), with its clause."""
    piece = fold_all_digits(text)[region.start : region.end]
    for match in _FIGURE.finditer(piece):
        unit = "%" if match["hundredths"] else match["unit"] or ""
        if not unit and not _LEVEL.search(piece, max(0, match.start() - 6), match.start()):
            continue  # most numbers of a text: dates, articles, headings
        left_from = max(0, match.start() - _LEFT_LIMIT)
        left = _after_last_cut(piece[left_from : match.start()])
        right_to = match.end() + _RIGHT_LIMIT
        cut = _CUT.search(piece, match.end(), right_to)
        right = piece[match.end() : cut.start() if cut else right_to]
        span = Span(region.start + match.start(), region.start + match.end())
        yield _Figure(match["low"], bool(match["high"]), unit, span, left, right)


def _after_last_cut(words: str) -> str:
    last = 0
    for match in _CUT.finditer(words):
        last = match.end()
    return words[last:]


def _is_target(figure: _Figure, previous: _Figure | None, has_goal: bool) -> bool:
    left, right, unit = figure.left, figure.right, figure.unit
    if unit == "期" and not _COURSE.search(left):
        return False
    if _is_refused(figure, previous, has_goal):
        return False
    closes = bool(_CLOSING.match(right))
    if not unit:
        return closes
    if unit in _TIME_UNITS:
        return bool(_FAST.search(left)) and not right.startswith(("的", "内"))
    if unit not in _SHARES and _MAKE_BEFORE.search(left):
        return True
    if previous and left.startswith(previous.left) and _JOINED.search(left):
        return True
    if previous and unit == previous.unit and unit not in _SHARES and _goes_on(figure, closes):
        return True  # 申报示范城市2个，示范县5个; 培育1个千亿级集群，2个百亿级集群
    is_listed = previous is not None and right.startswith(("以上", "左右"))
    return not _CONDITION.match(right) and _is_reached(figure, closes, has_goal or is_listed)


def _goes_on(figure: _Figure, closes: bool) -> bool:
    """Tell whether a clause is no more than a thing and its number, or begins with the number."""
    if not figure.left:
        return bool(_NOUN.match(figure.right))
    return closes and _NOUN.fullmatch(figure.left) is not None and len(figure.left) <= _LONGEST_NOUN


def _is_refused(figure: _Figure, previous: _Figure | None, has_goal: bool) -> bool:
    """Tell whether the words around a figure make it a grant, a rule or a state of things."""
    left, is_share = _FIRM.sub("", figure.left), figure.unit in _SHARES
    if _EITHER.match(figure.right) or figure.left.endswith("或"):
        return True
    is_rank = figure.unit == "位" and _RANK.search(left)
    is_rank = is_rank or (figure.unit == "单" and _ISSUED.match(figure.right))
    if (
        (figure.unit in _NEVER_UNITS and not is_rank)
        or _is_article(figure)
        or _NOT_A_GOAL.search(left)
    ):
        return True
    if left.endswith("不超过") and not is_share and figure.unit not in _TIME_UNITS:
        return True  # 每年评审不超过20项 limits a rule
    if _GRANT_AFTER.search(figure.right) or _EXISTING.search(left):
        return True
    is_aim = previous is not None or _AIMED.search(left + figure.right[:2])
    if "同比" in left and not is_aim:
        return True  # 同比增长20% reports; 力争同比增长20%以上 aims, and so does it after an aim
    has_goal |= previous is not None  # after a goal of the same sentence
    has_sign = has_goal or _GOAL_SIGN.search(left) or (not is_share and _MAKE_IN.search(left))
    if is_share and left.endswith("控制在"):
        return False  # 不良率控制在2%以内
    return bool(_LIMIT.search(left)) and not has_sign and not _SUM.search(left)


def _is_reached(figure: _Figure, closes: bool, has_goal: bool) -> bool:
    """Tell whether a verb of reaching governs the figure, or a clause ends in it."""
    left = figure.left
    if _LIMIT.search(left):
        return True
    if figure.unit in _SHARES:
        is_rise = _RISE_AFTER.match(figure.right) is not None
        return is_rise or bool(_REACH_SHARE.search(left)) or (has_goal and closes and bool(left))
    if _REACH_NEAR.search(left):
        return True
    return closes and (bool(_MAKE_IN.search(left)) or (has_goal and bool(left)))


def _is_past(left: str, issued_on: str | None) -> bool:
    """Tell whether a clause speaks of a year before that of issue: 2020年达到15019元."""
    years = re.findall(r"(?<![\d较比与于])((?:19|20)\d\d)年(?![^,，]{0,12}基础上)", left)
    return bool(years and issued_on and max(years) < issued_on[:4])


def _is_over(by: str | None, issued_on: str | None) -> bool:
    """Tell whether a figure was reached before the notice: 截至2022年底，达到43万件."""
    return bool(by and issued_on and by < issued_on[: len(by)])


def _is_review(piece: str, horizons: list[tuple[int, str]], issued_on: str | None) -> bool:
    """Tell whether a passage looks back: it names achievements and no time still to come."""
    if not _ACHIEVED.search(piece):
        return False
    return not any(issued_on is None or by >= issued_on[: len(by)] for _, by in horizons)


def _is_article(figure: _Figure) -> bool:
    """Tell whether a numeral counts nothing: 一个, 两项, 零部件, “三个突破”."""
    low = figure.low
    if low.isascii():
        return False
    if low.strip("零〇") == "" or "“" in figure.left[-4:]:
        return True
    if re.search(r"(?:至少|不少于|达到|翻)$", figure.left):
        return False
    return low in ("一", "二", "百", "千") or (low == "两" and figure.unit in ("个", "项", "种"))


def _target(
    text: str, region: Span, figure: _Figure, horizons: list[tuple[int, str]]
) -> TargetMention | None:
    value = parse_number(figure.low)
    if value is None:
        return None
    metric = _respectively(_metric(text, region, figure), figure)
    if not metric:
        return None
    start = figure.span.start - len(figure.left)
    while text[start].isspace():
        start += 1
    end = figure.span.end + len(figure.right.rstrip())
    at = bisect_right(horizons, (figure.span.start, "9999"))
    by = horizons[at - 1][1] if at else None
    return TargetMention(metric, _comparator(figure), value, figure.unit, by, Span(start, end))


def _comparator(figure: _Figure) -> str:
    left, right = figure.left, figure.right
    if right.startswith(("左右", "上下")) or _ABOUT.search(left):
        base = "about"
    elif _AT_MOST.search(left) or right.startswith(("以下", "以内", "之内")) or left.endswith("前"):
        base = "<="
    elif figure.is_range or _AT_LEAST.search(left) or right.startswith(("以上", "余", "多")):
        base = ">="
    else:
        base = "="
    if _UP.search(left) or _RISE_AFTER.match(right):
        return f"up{base}"
    return f"down{base}" if _DOWN.search(left) else base


def _metric(text: str, region: Span, figure: _Figure) -> str:
    """Return what the figure measures: the noun after it, or the words before its verb."""
    right = "" if _RISE_AFTER.match(figure.right) else figure.right
    right = re.sub(r"^(?:以上|以下|左右|以内|余|多|的)+|^服务企业(?=\d).*", "", right)
    noun = re.sub(r"^/年", "", right.rpartition("的")[2] or right)
    nouns = [_unquoted(part) for part in re.split(r"[、(（)）]|[和及](?=\d)", noun)]
    noun = nouns[0]
    if figure.unit in _PEOPLE and not _PERSON.search(noun):
        # 10名法院、检察院法治人才: the people, not where they work
        noun = next((last for last in reversed(nouns) if _PERSON.search(last)), noun)
    if noun and figure.unit not in _SHARES:
        return noun
    head = _head(figure.left)
    if figure.unit not in _SHARES and figure.unit not in _TIME_UNITS:
        head = re.sub(r"^在[^,，]{2,24}?(?=(?:新?设立|建设|建立|布局|新建)..)", "", head)
        head = re.sub(
            rf"^(?:直接|重点)?(?:[和及并或、]?(?:{_MAKE})(?!指数|水平|规模|能力))+(?=..)", "", head
        )
    if not head:
        before = fold_all_digits(text)[
            max(region.start, figure.span.start - 160) : figure.span.start
        ]
        clauses = [part for part in _CUT.split(before[: len(before) - len(figure.left)]) if part]
        head = next((trimmed for part in reversed(clauses[-3:]) if (trimmed := _head(part))), "")
    return head or noun


def _respectively(metric: str, figure: _Figure) -> str:
    """Return the one of several metrics that a figure is of: 牛、羊分别达到60万头、500万只.

    A level without its noun, or a noun without its measure, takes those of the last one.
    """
    at = figure.left.rfind("分别")
    names = [name for name in re.split("[、和及与]", metric) if name]
    place = len(_EARLIER_FIGURE.findall(figure.left[at:]))
    if at < 0 or len(names) != place + 1 + len(_EARLIER_FIGURE.findall(figure.right)):
        return metric
    name, last = names[place], names[-1]
    if _LEVEL_ALONE.fullmatch(name):
        return name + _LEVEL_ALONE.sub("", last)
    measure = _MEASURED.search(last)
    return name if measure is None or _MEASURED.search(name) else name + measure.group()


def _unquoted(words: str) -> str:
    """Return words without quotation marks around them all, or without a partner."""
    words = words.strip("的 \u3000")
    is_pair = words.startswith("“") and words.find("”") == len(words) - 1
    return words.strip("“”") if is_pair or words.count("“") != words.count("”") else words


def _head(left: str) -> str:
    """Return the noun a clause measures, past earlier figures: 产值增长6%以上、占全市比重提高到."""
    parts = _EARLIER_FIGURE.split(_BASED.sub("", left))
    first, last = _trim(parts[0]), _trim(parts[-1])
    if len(parts) == 1 or not last:
        return first
    if parts[-1].startswith("的"):  # 收入10万元以上的村占比
        return _trim(left)
    return first + last if last.startswith("占") else last


def _trim(words: str) -> str:
    """Return a clause without the date before its noun and the verbs after it."""
    for _ in range(12):
        shorter = _TRAIL.sub("", _LEAD_IN.sub("", words))
        if shorter == words:
            break
        words = shorter
    return _unquoted(_BRACKETED_HEAD.sub("", words.strip(",，、 \u3000")))


def _horizons(text: str, region: Span, issued_on: str | None) -> Iterator[tuple[int, str]]:
    """Yield (offset, ISO prefix) of each time by which figures after it are to be reached."""
    for due in find_dues(text, region, issued_on):
        words = text[due.span.start : due.span.end]
        before = text[max(region.start, due.span.start - 2) : due.span.start]
        if _BASELINE.search(text[max(region.start, due.span.start - 8) : due.span.start]):
            continue
        if due.due_on and (due.bounded or before.endswith(("到", "至", "年,")) or _is_year(words)):
            yield due.span.start, _stated(words, due)


def _is_year(words: str) -> bool:
    return words.startswith(("全年", "今年", "本年", "年内"))


def _stated(words: str, due: DueMention) -> str:
    """Return the limit in the precision stated: 到2025年 is 2025, 2025年底 is its last day."""
    assert due.due_on is not None  # callers keep open-ended limits out
    if _is_year(words):
        return due.due_on[:4]
    return (None if due.bounded else parse_date(words)) or due.due_on
