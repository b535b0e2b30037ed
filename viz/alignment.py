"""Two texts side by side: which stretches are the same, which were changed, added or left out."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

type Kind = Literal["same", "changed", "added", "dropped"]

LONGEST = 3_000  # code points compared of each text; the time goes with their product
_SHORT = 2  # as many equal characters between two differences are chance, not wording


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both texts.

    Attributes:
        kind: `same`; `changed`, where both have words; `added`, where the later alone has;
            `dropped`, where the earlier alone has.
        earlier: its words in the earlier text.
        later: its words in the later text.
    """

    kind: Kind
    earlier: str
    later: str


@lru_cache(maxsize=64)
def align(earlier: str, later: str) -> tuple[Piece, ...]:
    """Return the pieces that make up both texts, in order, the first 3,000 code points of each."""
    earlier, later = earlier[:LONGEST], later[:LONGEST]
    matcher = SequenceMatcher(None, earlier, later, autojunk=False)
    pieces: list[Piece] = []
    pending = ("", "")
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        words = earlier[i1:i2], later[j1:j2]
        at_edge = i1 == 0 or i2 == len(earlier) or j1 == 0 or j2 == len(later)
        if tag == "equal" and (i2 - i1 > _SHORT or at_edge):
            pieces += _difference(*pending)
            pending = ("", "")
            pieces.append(Piece("same", *words))
        else:
            pending = pending[0] + words[0], pending[1] + words[1]
    return (*pieces, *_difference(*pending))


def _difference(earlier: str, later: str) -> list[Piece]:
    if not earlier and not later:
        return []
    kind: Kind = "changed" if earlier and later else "added" if later else "dropped"
    return [Piece(kind, earlier, later)]
