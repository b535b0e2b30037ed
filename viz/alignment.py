"""Two texts side by side: which stretches are the same, which were changed, added or left out."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

type Kind = Literal["same", "changed", "added", "dropped"]

LONGEST = 3_000  # code points compared of each text; the time goes with their product


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
    """Return the pieces that make up both texts, in order, the first 3,000 code points of each.

    Equal words no longer than the differences on both sides of them are taken for chance: in texts
    about 知识产权 these four characters stand everywhere.
    """
    earlier, later = earlier[:LONGEST], later[:LONGEST]
    matcher = SequenceMatcher(None, earlier, later, autojunk=False)
    pieces = [_piece(earlier[i1:i2], later[j1:j2]) for _, i1, i2, j1, j2 in matcher.get_opcodes()]
    at = 1
    while at < len(pieces) - 1:
        before, piece, after = pieces[at - 1 : at + 2]
        if piece.kind == "same" and len(piece.later) <= min(_size(before), _size(after)):
            around = (before, piece, after)
            words = ("".join(p.earlier for p in around), "".join(p.later for p in around))
            pieces[at - 1 : at + 2] = [_piece(*words)]
            at = max(1, at - 2)  # the difference has grown, and may outweigh what is before it
        else:
            at += 1
    return tuple(pieces)


def _piece(earlier: str, later: str) -> Piece:
    if earlier == later:
        return Piece("same", earlier, later)
    return Piece(
        "changed" if earlier and later else "added" if later else "dropped", earlier, later
    )


def _size(piece: Piece) -> int:
    return max(len(piece.earlier), len(piece.later))
