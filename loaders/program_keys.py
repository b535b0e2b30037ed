"""One key for a program that is written in several ways: “甲”行动, 甲专项行动, 2025年“甲”专项行动.

Only what cannot tell two programs apart is left out: marks, the year of an edition, 专项 before
行动, 活动 behind an event, 计划 behind 行动; the place that a name begins with is written in full.
What tells a kind from another stays: 专利转化专项计划 is not 专利转化专项行动, nor is the second
edition of a contest the first.
"""

import re
from functools import cache

from kg.divisions import load_divisions
from loaders.name_bounds import leading_place
from loaders.naming import HAN, load_words, one_of

_MARKS = re.compile('[“”"\\s·•・]')
_YEARS = r"(?:19|20)\d\d(?:[-—~至](?:19|20)\d\d)?年?度?"
_FIRST_YEAR = re.compile(rf"^{_YEARS}(?=[{HAN}“])")
_LAST_YEAR = re.compile(rf"(?<=[{HAN}]){_YEARS}(?=”|$|(?:专项|集中)?(?:整治|执法|保护)?行动)")
_PLAN = re.compile("(?<=行动)计划$")
_SPECIAL = re.compile("专项(?=(?:整治|执法|治理|保护|检查)?行动$)")
# Behind a quotation that is a name by itself, the kind of campaign adds nothing.
_CAMPAIGN = re.compile(
    r"(?<=”)(?:系列|专项|集中|统一|联合|百日|整治|执法|治理|保护|打击|清理){1,4}(?=行动$)"
)


def program_key(name: str) -> str:
    """Return the natural key of a program: the same for every way to write its name.

    Args:
        name: as a notice has it, quotation marks included.
    """
    key = _LAST_YEAR.sub("", _FIRST_YEAR.sub("", name))
    key = _PLAN.sub("", key)
    key = _SPECIAL.sub("", _CAMPAIGN.sub("", key))
    key = _activity().sub(r"\1", _MARKS.sub("", key))
    return _with_full_place(key) or name


def _with_full_place(key: str) -> str:
    """Return a key that begins with the full name of its province or city: 江苏… is 江苏省…."""
    place = leading_place(key)
    if place is None or place.level not in ("province", "prefecture"):
        return key
    written = [word for word in (place.name, *place.aliases, place.stem or "") if word]
    length = max((len(word) for word in written if key.startswith(word)), default=0)
    is_only = len(load_divisions().named(key[:length])) == 1
    return place.name + key[length:] if length and is_only else key


@cache
def _activity() -> re.Pattern[str]:
    """Return what matches an event and the 活动 behind it: 宣传周活动, 博览会活动."""
    events = one_of((*load_words("programs", "events"), *"周月日节", "万里行", "全国行"))
    return re.compile(f"({events})(?:系列|主题)?活动$")
