"""The grammar of questions, Chinese and English: which form a question has, and about what.

Pure: it knows words, not the graph. The time is read first and taken out, so that no form need
have a place for it; then the number asked for; then the form of what is left.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from queries.questions import chinese, english
from queries.questions.intent import Intent, Kind
from queries.questions.times import peel_times

MAX_QUESTION = 500  # code points


def read_question(question: str) -> Intent | None:
    """Return what a question asks, or None if it has no form that is known."""
    text = _tidy(question)
    times = peel_times(text)
    found = _read_form(times.rest if times else text)
    if found and times:
        is_due = found.kind != "due" and _DUE.search(times.rest) is not None
        found = replace(found, first=times.first, last=times.last, is_due=is_due)
    # 哪些措施 alone asks for everything there is.
    return None if found and found.kind == "measures" and found.is_plain else found


def read_untimed(question: str) -> Intent | None:
    """Return what a question with a year in it asks if that belongs to a name; None without one."""
    text = _tidy(question)
    return _read_form(text) if peel_times(text) else None


def tidy_name(name: str) -> str:
    """Return a name without the quotes and filler words around it."""
    name = re.sub(r"^(?:the |notice )+", "", name.strip(_MARKS), flags=re.IGNORECASE)
    quoted = _QUOTED.fullmatch(name)
    return quoted[1].strip(_MARKS) if quoted else name


_MARKS = " \t\n　,，:："
# “千企百城”行动 keeps its quotes: they are around a part of it.
_QUOTED = re.compile(r"[《“\"'「『〈‘]+([^《》“”\"「」『』〈〉]*)[》”\"'」』〉’]+")
_ROLE_WORDS = {
    "LEADS": ("牵头", "leads", "lead", "led"),
    "RESPONSIBLE_FOR": (
        *("负责", "责任", "主管", "承担"),
        *("responsible", "responsible for", "in charge", "answers", "answer"),
        *("answers for", "answer for"),
    ),
    "SUPPORTS": ("配合", "协助", "支持", "supports", "support", "supported", "assists", "assist"),
}
_ROLE_OF = {word: role for role, words in _ROLE_WORDS.items() for word in words}
_PARTS: Mapping[str, str] = {
    "牵头": "leader",
    "负责": "responsible",
    "责任": "responsible",
    "配合": "supporter",
    "工具": "instrument",
    "限": "deadline",
    "时间": "deadline",
    "日期": "deadline",
    "lead": "leader",
    "responsible": "responsible",
    "supporter": "supporter",
    "instrument": "instrument",
    "deadline": "deadline",
}
_NAMELESS: frozenset[Kind] = frozenset(
    {
        "due",
        "ongoing",
        "measures",
        "notices",
        "ranking",
        "instruments",
        "lacks",
        "has",
        "targets",
        "things",
    }
)
_DUE = re.compile(r"完成|到期|截止|期限|\bdue\b", re.IGNORECASE)
_COUNT = re.compile(
    r"(?:一共|总共|共)?有?(?:多少|(?<!哪)几)(?:项|个|条|份|件|部|家|种|类)(?:的)?|(?:一共|总共|共)?有?多少(?!钱)"
    r"|how many",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"(?:请问|请告诉我|告诉我|我想知道|想知道|请列出|列出|请查一下|查一下|帮我查一下|帮我查|请"
    r"|please |tell me |show me |list )+",
    re.IGNORECASE,
)
_END = " \t\r\n　?？。.!！~～;；"
_FORMS = tuple(
    (kind, re.compile(text, re.IGNORECASE)) for kind, text in (*chinese.FORMS, *english.FORMS)
)


def _tidy(question: str) -> str:
    """Return a question without courtesies and closing marks; "" if it is too long to be one."""
    if len(question) > MAX_QUESTION:
        return ""
    text = " ".join(question.split()).strip(_END)
    polite = _POLITE.match(text)
    text = text[polite.end() :].strip(_END) if polite else text
    return text.rstrip("吗呢啊" + _END)


def _read_form(text: str) -> Intent | None:
    count = _COUNT.search(text)
    if count:
        asks = "which" if count[0].isascii() else "哪些"
        text = text[: count.start()] + asks + text[count.end() :]
    for kind, pattern in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            intent = _intent(kind, match.groupdict())
            if intent.name or kind in _NAMELESS:
                return replace(intent, is_count=bool(count))
    return None


def _intent(kind: Kind, found: Mapping[str, str | None]) -> Intent:
    touch = (found.get("touch") or "").lower()
    name = found.get("part") if kind in ("lacks", "has") else found.get("name")
    return Intent(
        kind,
        _part(name or "") if kind in ("lacks", "has") else tidy_name(name or ""),
        other=tidy_name(found.get("other") or ""),
        thing=(found.get("thing") or "").lower(),
        role=_ROLE_OF.get((found.get("verb") or "").lower()),
        other_role=_ROLE_OF.get((found.get("verb2") or "").lower()),
        relation="SUPPORTS" if touch.startswith(("支持", "扶持", "support")) else None,
        is_denied=kind != "lacks" and bool(found.get("not")),
    )


def _part(written: str) -> str:
    """Return which part of a measure is meant, one of `queries.conditions.PARTS`."""
    lowered = written.lower()
    return next((part for word, part in _PARTS.items() if word in lowered), "actor")
