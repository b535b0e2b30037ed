"""What a question asks, before anything in it is looked up."""

from dataclasses import dataclass
from typing import Literal

type Kind = Literal[
    "who",  # who does X
    "by_actor",  # what X does
    "about",  # measures that involve X
    "of",  # the measures X has, whatever X is
    "measures",  # measures, of whatever else is asked
    "uses",  # measures that use instrument X
    "lacks",  # measures without X, a part that measures have
    "has",  # measures with it
    "due",  # measures due in a span of time
    "ongoing",  # measures without an end
    "notices",  # notices of X, an issuer or a place
    "issued",  # notices X issued
    "lineage",  # what X derives from
    "descendants",  # what derives from X
    "citing",  # measures that cite X
    "partners",  # who works with X
    "ranking",  # who does most, of X or of all
    "instruments",  # policy instruments X uses
    "targets",  # figures to be reached
    "things",  # what measures of X are about
    "comparison",  # two places
    "search",  # X anywhere
]


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks.

    Attributes:
        kind: its form.
        name: the name in it, as written; "" where the form has none.
        other: a second name, that the form tells apart from the first.
        role: LEADS, RESPONSIBLE_FOR or SUPPORTS, or None for any.
        relation: SUPPORTS or MENTIONS, for `about` and `of`, or None for both.
        first: earliest date asked for, an ISO prefix, or None.
        last: latest date asked for.
        is_due: whether the dates are those of deadlines, not of notices.
        is_count: whether it asks how many.
        is_denied: whether what it asks must not be so of `name`; of `other`, where there is one.
        thing: the kind of things asked for, as written, such as 产品.
        other_role: the role of `other`, where that is an actor.
    """

    kind: Kind
    name: str = ""
    other: str = ""
    role: str | None = None
    relation: str | None = None
    first: str | None = None
    last: str | None = None
    is_due: bool = False
    is_count: bool = False
    is_denied: bool = False
    thing: str = ""
    other_role: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it asks for neither time nor number, and denies nothing."""
        return not (self.first or self.last or self.is_count or self.is_denied or self.other)
