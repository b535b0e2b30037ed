"""What a notice is itself, so that naming its own title is no citation of another's text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.agencies import describe_endings
from kg.text import normalise_title
from loaders.citations import Citation

_SHORTEST_BODY, _LONGEST_BODY = 3, 16  # characters of a body's name
_WINDOW = 40  # characters before a title in which the body that issued it is named
_ISSUED = re.compile(
    r"(?:等[\u4e00-\u9fff\d]{0,8})?(?:联合|共同)?(?:印发|发布|出台|制定|下发|公布)?的?\s?$"
)
_NAME = re.compile(r"[\u4e00-\u9fff]*$")
_PUT_OUT = re.compile(r"(?:印发|发布|公布|下发)\s?(?P<listed>(?:[、和及\s]*《[^《》]+》){2,})")
# In normal form, without 关于 and 的: what stands around the title of the text that is put out.
_UNDER = re.compile(r"(?:贯彻|落实|实施|执行|转发|批转|修订|修改|修正|废止|学习|宣传|推广)$")
_CLOSED = re.compile(r"(?:\([^()]*\))*(?:通知|公告|通告|函|决定|令|公示|批复)?(?:\([^()]*\))*")


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a notice is known by.

    Attributes:
        titles: its own, and those of the plans it encloses.
        number: its 发文字号, or None.
        issuers: canonical names.
    """

    titles: tuple[str, ...]
    number: str | None = None
    issuers: tuple[str, ...] = ()


def titles_put_out(title: str) -> tuple[str, ...]:
    """Return the titles of the texts that a title says it puts out: 印发《甲》《乙》."""
    listed = _PUT_OUT.search(title)
    return tuple(re.findall(r"《([^《》]+)》", listed["listed"])) if listed else ()


def without_own(citations: Iterable[Citation], own: OwnText, text: str) -> Iterator[Citation]:
    """Yield the citations that are not of the notice itself or of the plan it encloses."""
    for citation in citations:
        keys = (normalise_title(title) for title in own.titles if title)
        is_titled = any(_is_put_out(citation.key, key) for key in keys)
        if not is_titled or _is_anothers(citation, own, text):
            yield citation


def _is_put_out(cited: str, own: str) -> bool:
    """Tell whether a title is a notice's, or that of what its title says it puts out.

    关于印发甲方案的通知 puts out 甲方案; 甲条例实施细则, 关于落实甲纲要的通知 and 关于转发甲通知的
    通知 stand under another's text.
    """
    if cited == own:
        return True
    before, found, after = _bare(own).partition(_bare(cited))
    return bool(found) and not _UNDER.search(before) and _CLOSED.fullmatch(after) is not None


def _bare(title: str) -> str:
    """Return a title without the words that come and go: 关于X的若干措施, 印发X若干措施."""
    return title.replace("关于", "").replace("的", "")


def _is_anothers(citation: Citation, own: OwnText, text: str) -> bool:
    """Tell whether a text of the same title is another's: of another number, or body.

    What a notice repeals under its own title is what it replaces.
    """
    if citation.relation == "repeals":
        return True
    numbers = citation.number, own.number
    if all(number and "〔" in number for number in numbers):
        return numbers[0] != numbers[1]
    issuer = _issuer_before(text, citation.span.start)
    return issuer is not None and bool(own.issuers) and issuer not in own.issuers


def _issuer_before(text: str, start: int) -> str | None:
    """Return the body that the words before a title say issued it, or None: 甲部印发的《…》."""
    window = text[max(0, start - _WINDOW) : start]
    issued = _ISSUED.search(window)
    name = _NAME.search(window, 0, issued.start() if issued else len(window))
    words = name.group() if name else ""
    bodies = describe_endings(words, _SHORTEST_BODY, _LONGEST_BODY)
    return next((body.name for body in bodies if body.kind != "collective"), None)
