"""The first grammar of questions, Chinese and English: which form a question has, and about what.

Pure: it knows words, not the graph. Each form is a regular expression for the whole question with
at most one open-ended name in it, so that reading takes linear time.
"""

import re
from dataclasses import dataclass
from typing import Literal

type Kind = Literal[
    "who",  # who does X
    "by_actor",  # what X does
    "about",  # measures that involve X
    "of",  # the measures X has, whatever X is
    "uses",  # measures that use instrument X
    "due",  # measures due in a span of time
    "ongoing",  # measures without an end
    "issued",  # notices X issued
    "lineage",  # what X derives from
    "descendants",  # what derives from X
    "partners",  # who works with X
    "search",  # X anywhere
]


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks.

    Attributes:
        kind: its form.
        name: the name in it, as written; "" where the form has none.
        role: LEADS, RESPONSIBLE_FOR or SUPPORTS, or None for any.
        relation: SUPPORTS or MENTIONS, for `about`, or None for both.
        first: earliest date asked for, an ISO prefix, or None.
        last: latest date asked for.
    """

    kind: Kind
    name: str = ""
    role: str | None = None
    relation: str | None = None
    first: str | None = None
    last: str | None = None


def read_question(question: str) -> Intent | None:
    """Return what a question asks, or None if it has no form that is known."""
    text = _tidy(question)
    for kind, pattern in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            intent = _intent(kind, match.groupdict())
            if intent.name or kind in ("due", "ongoing"):
                return intent
    return None


def tidy_name(name: str) -> str:
    """Return a name without the quotes and filler words around it."""
    name = name.strip(" \t\n　《》“”\"'「」『』〈〉‘’,，:：")
    return re.sub(r"^(?:the |notice |《)+", "", name, flags=re.IGNORECASE).strip()


_ROLE_WORDS = {
    "LEADS": ("牵头", "leads", "lead", "led"),
    "RESPONSIBLE_FOR": ("负责", "责任", "主管", "responsible"),
    "SUPPORTS": ("配合", "协助", "支持", "supports", "support", "supported", "assists", "assist"),
}
_ROLE_OF = {word: role for role, words in _ROLE_WORDS.items() for word in words}

_WHO = r"(?:谁|哪(?:个|些|家|几个)(?:部门|单位|机关|机构|主体|厅局))"
_ANY = r"(?:哪(?:些|几项|几个|几条|项)|什么|多少(?:项|个|条)?)"
_MEASURES = r"(?:政策)?(?:措施|任务|工作|举措|事项)"
_NOTICES = r"(?:通知|公文|文件|政策文件|政策|意见|方案|规划|办法)"
_DOES = (
    r"(?:负责)?(?P<verb>牵头|负责|主管|配合|协助|支持|参与|承担|参加)"
    r"(?:负责|落实|实施|推进|抓)?(?:了|着)?"
)
_TOUCHES = r"(?:(?P<touch>支持|扶持|提到|提及|涉及|关于|包括|关系到|有关)(?:到|了|过)?)"
_BASIS = r"(?:依据|根据|按照|贯彻落实|贯彻|落实|引用|转发|来源于|源于|沿用)"
_NAME = r"(?P<name>.+?)"
_DATE = r"(?P<year>\d{4})年?(?:-?(?P<month>\d{1,2})月?(?:-?(?P<day>\d{1,2})日?)?)?(?:年?底)?"

_EN_MEASURES = r"(?:measures|tasks|actions)"
_EN_NOTICES = r"(?:notices|documents|policies|texts)"
_EN_WHICH = r"(?:which|what)"
_EN_TOUCHES = r"(?P<touch>involve|mention|concern|about|support|relate to|related to)"
_EN_DOES = r"(?P<verb>lead|support|assist|take part in|participate in)"
_EN_DERIVE = r"(?:derive from|are based on|are derived from|implement|build on)"
_EN_DATE = r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"

_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("partners", rf"{_WHO}(?:和|与|同|跟){_NAME}(?:合作|协作|共事|共同.*)(?:最多)?"),
    ("partners", rf"{_NAME}(?:和|与|同|跟){_WHO}(?:合作|协作|共事|共同.*)(?:最多)?"),
    ("ongoing", rf"{_ANY}{_MEASURES}(?:是|要|需)?(?:持续推进|长期坚持|长期)(?:的)?"),
    (
        "due",
        rf"{_ANY}{_MEASURES}(?:要|应|须|需)?在?{_DATE}(?P<by>以?前|之前)?(?:要|应|须|需)?(?:完成|到期)",
    ),
    (
        "due",
        rf"{_DATE}(?P<by>以?前|之前)?(?:要|应|须|需)?(?:完成|到期)(?:的)?{_ANY}?{_MEASURES}(?:有哪些)?",
    ),
    (
        "uses",
        rf"{_ANY}{_MEASURES}(?:运用|使用|采用|用到|用)(?:了|到)?{_NAME}(?:这种|这类)?(?:政策)?(?:工具)?",
    ),
    ("about", rf"(?:有)?{_ANY}{_MEASURES}(?:是)?{_TOUCHES}{_NAME}(?:的)?"),
    ("about", rf"{_ANY}{_MEASURES}(?:和|与|同|跟){_NAME}(?:有关|相关)"),
    ("about", rf"(?:有)?(?:{_ANY})?{_TOUCHES}{_NAME}的{_MEASURES}(?:有哪些|是什么)?"),
    ("about", rf"{_NAME}(?:被)?(?:涉及|出现在|被提到于){_ANY}{_MEASURES}"),
    ("about", rf"{_NAME}被{_ANY}{_MEASURES}{_TOUCHES}"),
    ("about", rf"(?:和|与|同|跟){_NAME}(?:有关|相关)的{_MEASURES}(?:有哪些|是什么)?"),
    ("descendants", rf"{_ANY}{_NOTICES}(?:是)?{_BASIS}(?:了)?{_NAME}(?:制定|印发|出台)?(?:的)?"),
    ("descendants", rf"{_BASIS}{_NAME}(?:制定|印发|出台)?的{_NOTICES}(?:有哪些|是什么)?"),
    (
        "lineage",
        rf"{_NAME}的(?:政策|制定|上位)?(?:依据|根据|来源|上位政策|上位文件)(?:是|有)?(?:什么|哪些|啥)?",
    ),
    (
        "lineage",
        rf"{_NAME}(?:是)?{_BASIS}(?:了|的是|的)?{_ANY}(?:{_NOTICES})?(?:制定|印发|出台)?(?:的)?",
    ),
    ("issued", rf"{_NAME}(?:印发|发布|出台|下发|制定|发)(?:了|过)?{_ANY}{_NOTICES}"),
    ("issued", rf"{_NAME}(?:印发|发布|出台|下发|制定)的{_NOTICES}(?:有哪些)?"),
    ("who", rf"(?:是|由)?{_WHO}(?:来)?{_DOES}{_NAME}"),
    ("who", rf"{_NAME}(?:是|由)?(?:由)?{_WHO}(?:来)?{_DOES}(?:的)?"),
    (
        "who",
        rf"{_NAME}的(?P<verb>牵头|负责|责任|主管|配合)(?:单位|部门|机关|主体)(?:是|有)?(?:{_WHO}|哪些|哪个|什么)?",
    ),
    ("by_actor", rf"(?:由)?{_NAME}{_DOES}(?:的)?{_ANY}(?:{_MEASURES})?"),
    ("by_actor", rf"(?:由)?{_NAME}{_DOES}的{_MEASURES}(?:有哪些|是什么)?"),
    ("by_actor", rf"{_ANY}{_MEASURES}(?:是)?由{_NAME}{_DOES}(?:的)?"),
    ("of", rf"{_NAME}(?:都)?有{_ANY}{_MEASURES}"),
    ("of", rf"{_NAME}的{_MEASURES}(?:有哪些|是什么)?"),
    ("search", r"(?:搜索|查找|搜|检索)(?:一下)?\s*(?P<name>.+)"),
    # English
    ("partners", rf"who (?:works|cooperates|collaborates) with {_NAME}"),
    ("who", rf"who (?:is )?(?P<verb>leads|led|responsible|supports|assists)(?: for| by)? {_NAME}"),
    ("who", rf"who (?:takes part|is involved|participates) in {_NAME}"),
    ("due", rf"{_EN_WHICH} {_EN_MEASURES} are due (?:(?P<by>by|before|until)|in|on) {_EN_DATE}"),
    ("ongoing", rf"{_EN_WHICH} {_EN_MEASURES} (?:are ongoing|go on|have no end)"),
    ("uses", rf"{_EN_WHICH} {_EN_MEASURES} (?:use|deploy) {_NAME}"),
    (
        "about",
        rf"{_EN_WHICH} {_EN_MEASURES} (?:are )?{_EN_TOUCHES} {_NAME}",
    ),
    (
        "by_actor",
        rf"{_EN_WHICH}(?: {_EN_MEASURES})? (?:does|do) {_NAME} {_EN_DOES}",
    ),
    (
        "by_actor",
        rf"{_EN_WHICH}(?: {_EN_MEASURES})? (?:is|are) {_NAME} (?P<verb>responsible) for",
    ),
    ("by_actor", rf"{_EN_WHICH} {_EN_MEASURES} are (?P<verb>led|supported) by {_NAME}"),
    ("of", rf"{_EN_WHICH} {_EN_MEASURES} (?:does|do) {_NAME} (?:have|contain|hold)"),
    ("lineage", rf"what (?:does|do) (?:the )?{_NAME} (?:derive from|implement|build on)"),
    ("lineage", rf"what is (?:the )?{_NAME} (?:based on|derived from|made under)"),
    (
        "descendants",
        rf"{_EN_WHICH} {_EN_NOTICES} {_EN_DERIVE} {_NAME}",
    ),
    ("descendants", rf"what (?:derives from|is based on|implements) {_NAME}"),
    (
        "issued",
        rf"{_EN_WHICH} {_EN_NOTICES} (?:did|has|have) {_NAME} (?:issued?|publish(?:ed)?)",
    ),
    ("search", rf"(?:search(?: for)?|find|look up) {_NAME}"),
)
_FORMS = tuple((kind, re.compile(text, re.IGNORECASE)) for kind, text in _PATTERNS)

_POLITE = re.compile(
    r"(?:请问|请告诉我|告诉我|我想知道|想知道|请列出|列出|请查一下|查一下|帮我查一下|帮我查|请"
    r"|please |tell me |show me )+",
    re.IGNORECASE,
)
_END = " \t\r\n　?？。.!！~～;；"


def _tidy(question: str) -> str:
    text = " ".join(question.split()).strip(_END)
    polite = _POLITE.match(text)
    return text[polite.end() :].strip(_END) if polite else text


def _intent(kind: Kind, found: dict[str, str | None]) -> Intent:
    touch = (found.get("touch") or "").lower()
    first, last = _span(found) if kind == "due" else (None, None)
    return Intent(
        kind,
        tidy_name(found.get("name") or ""),
        role=_ROLE_OF.get((found.get("verb") or "").lower()),
        relation="SUPPORTS" if touch in ("支持", "扶持", "support") else None,
        first=first,
        last=last,
    )


def _span(found: dict[str, str | None]) -> tuple[str | None, str]:
    parts = [found["year"] or ""]
    parts += [f"{int(part):02d}" for part in (found["month"], found["day"]) if part]
    date = "-".join(parts)
    return (None, date) if found["by"] else (date, date)
