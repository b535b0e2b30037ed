"""Which loaded notice a cited one is: matched by document number, else by title.

A fragment describes each notice it cites by a stub. When exactly one loaded notice bears the
stub's document number, or failing that its title, the stub stands for that notice.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from kg.stores.claims import canonical, join_claims, join_properties
from kg.types import Properties, Value

_BRACKETS = str.maketrans("()[]【】", "〔〕〔〕〔〕")
_TITLE_MARKS = str.maketrans("", "", "《》〈〉<>")
# 发文字号 that names its issuer. 第6号 or 2022年第6号 is borne by many notices.
_DOCUMENT_NUMBER = re.compile(r"([^\W\d_]\D{0,30})〔(\d{4})〕第?0*(\d{1,6})号?")
_PUTS_OUT = re.compile(
    r".{0,60}?关于(?:印发|发布|公布|颁布|下发)(?P<title>.{4,}?)的(?:通知|公告|函)(?:\(.{1,20}\))?"
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What a notice is recognised by.

    Attributes:
        number: its 发文字号; None for one that does not single a notice out.
        title: of what it puts out, normalised.
    """

    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Change:
    """A stub whose loaded notice changed; None means it stands for itself."""

    stub: str
    before: str | None
    after: str | None


class CitationIndex:
    """The loaded notices, the stubs with all claims about them, and who is whom.

    Kept in memory by the one writer; a function of the loaded fragments alone.
    """

    def __init__(self) -> None:
        self._loaded: dict[str, Keys] = {}
        self._by_key: defaultdict[str, set[str]] = defaultdict(set)
        self._claims: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._claimed_by: dict[str, dict[str, str]] = {}
        self._merged: dict[str, dict[str, Value]] = {}
        self._stub_keys: dict[str, Keys] = {}
        self._stubs_by_key: defaultdict[str, set[str]] = defaultdict(set)
        self._targets: dict[str, str] = {}

    @classmethod
    def restore(
        cls, notices: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]]
    ) -> Self:
        """Return the index of a graph.

        Args:
            notices: of each loaded one id, title, document_number or None.
            claims: of each citation id of the citing notice, stub, properties as JSON.
        """
        cited: defaultdict[str, dict[str, Properties]] = defaultdict(dict)
        for claim in claims:
            cited[claim["id"]][claim["stub"]] = json.loads(claim["properties"])
        index = cls()
        for notice in notices:
            index.put(notice["id"], notice, cited[notice["id"]])
        return index

    def put(
        self, notice_id: str, properties: Properties, cited: Mapping[str, Properties]
    ) -> list[Change]:
        """Take in a notice and its stubs, and return the stubs that this makes change.

        Args:
            notice_id: the loaded notice; what it said before is forgotten.
            properties: of the notice.
            cited: properties of each stub, by id.
        """
        affected = self._forget(notice_id)
        keys = notice_keys(properties)
        self._loaded[notice_id] = keys
        for key in _key_names(keys):
            self._by_key[key].add(notice_id)
        self._claimed_by[notice_id] = {stub: canonical(dict(p)) for stub, p in cited.items()}
        for stub, claim in self._claimed_by[notice_id].items():
            self._claims[stub][claim] += 1
            if self._claims[stub][claim] == 1:
                self._describe(stub, join_properties(self._merged.get(stub, {}), cited[stub]))
        return self._retarget(affected | {notice_id, *cited} | self._stubs_like(keys))

    def drop(self, notice_id: str) -> list[Change]:
        """Forget a notice and return the stubs that this makes change."""
        return self._retarget(self._forget(notice_id) | {notice_id})

    def is_loaded(self, notice_id: str) -> bool:
        """Tell whether the notice itself has been loaded."""
        return notice_id in self._loaded

    def target(self, stub: str) -> str | None:
        """Return the loaded notice a stub stands for, or None."""
        return self._targets.get(stub)

    def merged(self, stub: str) -> Properties | None:
        """Return what all notices that cite it say of a stub; None if none does."""
        return self._merged.get(stub)

    def _forget(self, notice_id: str) -> set[str]:
        keys = self._loaded.pop(notice_id, None)
        if keys is None:
            return set()
        for key in _key_names(keys):
            self._by_key[key].discard(notice_id)
        cited = self._claimed_by.pop(notice_id)
        for stub, claim in cited.items():
            self._claims[stub][claim] -= 1
            if self._claims[stub][claim] == 0:
                del self._claims[stub][claim]
                self._describe(stub, join_claims(self._claims[stub]))
        return set(cited) | self._stubs_like(keys)

    def _describe(self, stub: str, properties: dict[str, Value]) -> None:
        """Take note of what is said of a stub now; nothing, if nobody cites it any more."""
        if (old := self._stub_keys.pop(stub, None)) is not None:
            for key in _key_names(old):
                self._stubs_by_key[key].discard(stub)
        if not properties:
            del self._claims[stub], self._merged[stub]
            return
        self._merged[stub] = properties
        self._stub_keys[stub] = notice_keys(properties)
        for key in _key_names(self._stub_keys[stub]):
            self._stubs_by_key[key].add(stub)

    def _stubs_like(self, keys: Keys) -> set[str]:
        return {stub for key in _key_names(keys) for stub in self._stubs_by_key.get(key, ())}

    def _retarget(self, stubs: set[str]) -> list[Change]:
        changes = []
        for stub in sorted(stubs):
            before, after = self._targets.pop(stub, None), self._match(stub)
            if after is not None:
                self._targets[stub] = after
            if before != after:
                changes.append(Change(stub, before, after))
        return changes

    def _match(self, stub: str) -> str | None:
        keys = self._stub_keys.get(stub)
        if keys is None or stub in self._loaded:
            return None
        titled = self._by_key.get(f"title {keys.title}", set())
        numbered = self._by_key.get(f"number {keys.number}", set()) if keys.number else set()
        if len(numbered) > 1:
            numbered = numbered & titled
        elif not numbered:
            # Notices of one title and different numbers are different notices.
            numbered = {n for n in titled if not (keys.number and self._loaded[n].number)}
        return next(iter(numbered)) if len(numbered) == 1 else None


def notice_keys(properties: Mapping[str, Any]) -> Keys:
    """Return what a notice with these properties is recognised by."""
    number = properties.get("document_number")
    return Keys(
        number=normalise_number(number) if isinstance(number, str) else None,
        title=carried_title(normalise_title(str(properties["title"]))),
    )


def carried_title(title: str) -> str:
    """Return the title of what a notice puts out, which others cite it by; else its own title.

    A notice that passes on another body's text (转发) puts out nothing of its own.

    >>> carried_title("省政府关于印发某省行动方案(2024年)的通知")
    '某省行动方案(2024年)'
    """
    match = _PUTS_OUT.fullmatch(title)
    return match["title"] if match else title


def normalise_title(title: str) -> str:
    """Return a title without title marks and white space, full width narrowed.

    >>> normalise_title("《关于印发 〈办法〉的通知》")
    '关于印发办法的通知'
    """
    text = unicodedata.normalize("NFKC", title).translate(_TITLE_MARKS)
    return "".join(text.split())


def normalise_number(number: str) -> str | None:
    """Return a 发文字号 in one form, or None if it does not name its issuer.

    Source: GB/T 9704-2012, 7.2.5 (发文机关代字, 年份, 发文顺序号).

    >>> normalise_number("国发[2021]020号")
    '国发〔2021〕20号'
    """
    narrow = unicodedata.normalize("NFKC", number)
    text = "".join(narrow.split()).translate(_BRACKETS)
    if (match := _DOCUMENT_NUMBER.fullmatch(text)) is None:
        return None
    code, year, serial = match.groups()
    return f"{code}〔{year}〕{serial}号"


def _key_names(keys: Keys) -> list[str]:
    names = [f"title {keys.title}"]
    if keys.number is not None:
        names.append(f"number {keys.number}")
    return names
