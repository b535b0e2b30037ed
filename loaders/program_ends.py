"""The last words of programs' names: 行动, 工程, 大赛, 宣传周, … and what may not follow them.

The words are in kg/reference/programs.yaml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, zip_longest

from ahocorasick_rs import AhoCorasick

from kg.scanning import compile_scan
from loaders.naming import MOST_NAMES, load_names, load_words, one_of
from loaders.product_words import load_product_words


@dataclass(frozen=True, slots=True)
class Ending:
    """The last word of a possible name, in a clause.

    Attributes:
        start: offset in the clause.
        end: exclusive.
        kind: campaign, event, meeting, award or loose, which differ in what they need before them.
    """

    start: int
    end: int
    kind: str


def find_endings(words: str) -> Iterator[Ending]:
    """Yield the last words of names in a clause, in order."""
    found = [
        Ending(m.start(), m.end(), str(m.lastgroup))
        for m in islice(last_words().finditer(words), MOST_NAMES)
    ]
    for ending, then in zip_longest(found, found[1:]):
        if then is None:
            yield ending
        elif then.start == ending.end and ending.kind in ("event", "award"):
            # 宣传月活动 is 宣传月, 专利奖评选 is 专利奖
            if words[then.start : then.end] in ("活动", "评选"):
                yield ending
        elif then.start > ending.end:
            is_host = words[then.start : then.end].endswith("场活动")
            if not is_host or then.start - ending.end > 8:  # 宣传周湖南分会场活动 is one name
                yield ending


@cache
def last_words() -> re.Pattern[str]:
    """Return what matches the last word of a name, its kind being the group's name."""

    def alternatives(key: str) -> str:
        words = load_names("programs", key)
        return "|".join(f"{w}(?!{one_of(then)})" if then else w for w, then in words.items())

    def words(key: str) -> str:
        return one_of(load_words("programs", key))

    # Goods have festivals, too: 大米节, 脐橙节.
    goods = [word for word in load_product_words().goods_in_lists if len(word) > 1]
    festivals = one_of((*load_words("programs", "festivals"), *goods))
    events = (
        f"{words('events')}|(?:{words('weeks')})[周月](?!期)"
        f"|(?:{words('days')})日(?![常前后期均报益])"
        f"|(?:{festivals})节(?![约能省点目水假日气])|(?:{words('seasons')})季(?![度节])"
        f"|(?:{words('shows')})展(?![览会示销区馆位台品出商业])"
    )
    # Congresses of an industry, not those of a body's members or on its tasks.
    no_congress = "".join(f"(?<!{word})" for word in load_words("programs", "no_congresses"))
    return compile_scan(
        f"(?P<campaign>{alternatives('campaigns')})|(?P<event>{events})"
        f"|(?P<meeting>{words('meetings')}|{no_congress}大会(?!堂))"
        f"|(?P<award>{words('awards')})|(?P<loose>{alternatives('loose')})"
    )


@cache
def ending_matcher() -> AhoCorasick:
    """Return what finds words without which no name ends; what follows them decides later."""
    words = [*load_names("programs", "campaigns"), *load_names("programs", "loose")]
    words += load_words("programs", "awards")
    words += [*load_words("programs", "events"), *load_words("programs", "meetings")]
    return AhoCorasick([*words, "周", "月", "日", "节", "季", "展", "大会"])
