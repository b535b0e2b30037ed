"""The nouns of agency names: what a name resolves to, and in which context."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

NATIONAL: Final = "100000"  # the code of 全国 among the divisions

# Kinds whose bodies are no state or party organs: organisations in the graph, not agencies.
INSTITUTION_KINDS: Final = frozenset(
    {"company", "association", "university", "research_institute", "laboratory", "centre"}
)


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A body by its full official name, with all that the name alone tells.

    Attributes:
        name: canonical name, e.g. 辽宁省发展和改革委员会.
        kind: government, department, unit, party, court, procuratorate, congress, consultative,
            military, public_institution, mass_organisation, collective, or one of
            INSTITUTION_KINDS.
        level: national, province, prefecture, county or township.
        jurisdiction: six-digit code of the place it governs; "" for zones, townships and firms.
        parent: canonical name of the body it is part of, or None.
        aliases: other forms that mean it without a context; made from the name alone.
        members: of a collective, canonical names; () where they are not known.
    """

    name: str
    kind: str
    level: str
    jurisdiction: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a surface form was resolved to, and why.

    Attributes:
        target: the body, or None where the name stays unresolved.
        reason: for people, in Chinese; in English, too, where there is no target.
        candidates: canonical names that were refused, or are equally possible.
        certainty: in [0, 1]; below 0.7 where the name was put together from unknown parts;
            0 where it stays unresolved.
        level_word: 省, 市, 自治区 … that the name began with and was resolved by; what a list
            carries on to the bare names after it.
    """

    target: AgencyName | None
    reason: str
    candidates: tuple[str, ...] = ()
    certainty: float = 1.0
    level_word: str | None = None


@dataclass(frozen=True, slots=True)
class NamingContext:
    """What surrounds a name when it is resolved.

    Attributes:
        jurisdiction: code of the notice's place; "" where it is not known.
        issuers: canonical names of the issuers.
        body: canonical name of the body named just before in the same list.
        level_hint: 省, 市, 区, 县 … carried from the first name of the list.
        issued_on: ISO prefix of the date of issue.
        aliases: 以下简称 → full form, as the notice sets them up.
    """

    jurisdiction: str
    issuers: tuple[str, ...] = ()
    body: str | None = None
    level_hint: str | None = None
    issued_on: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Frame:
    """A NamingContext without its aliases: all of it can be hashed, so that results are cached."""

    jurisdiction: str = ""
    issuers: tuple[str, ...] = ()
    body: str | None = None
    level_hint: str | None = None
    issued_on: str | None = None


def unresolved(chinese: str, english: str, candidates: tuple[str, ...] = ()) -> Resolution:
    """Return a resolution without a target, with its reason in both languages."""
    return Resolution(None, f"{chinese} {english}", candidates, 0.0)
