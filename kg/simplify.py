"""Copies of a text for matching, of the same length: an offset into one is one into the other."""

import re
from functools import cache, lru_cache

from opencc import OpenCC

_CORNERS = tuple(zip("「」『』＂", '“”“”"', strict=True))
_STRAIGHT = re.compile(r'"([^"\n]{1,80})"')
_TELLING = 0.02  # of a text's characters: below it, a text is simplified with rare characters in it


@lru_cache(maxsize=2)  # a text is read as it came, then again as it is stored
def simplify(text: str) -> str:
    """Return a text of the same length in simplified characters.

    A text in simplified characters comes back as it is, its rare characters (乾, 瞭) included.
    """
    folded = str(_converter().convert(text))
    if folded == text:
        return text
    if len(folded) != len(text):
        folded = "".join(_one(char) for char in text)
    changed = sum(a != b for a, b in zip(text, folded, strict=True))
    return folded if changed > len(text) * _TELLING else text


@lru_cache(maxsize=1)  # one notice is folded by several stages, one after another
def fold(text: str) -> str:
    """Return a text of the same length in simplified characters, with “ ” for other quotes."""
    folded = simplify(text)
    for corner, quote in _CORNERS:  # many times faster than str.translate on Chinese text
        folded = folded.replace(corner, quote)
    return _STRAIGHT.sub(r"“\1”", folded) if '"' in folded else folded


@cache
def _one(char: str) -> str:
    folded = str(_converter().convert(char))
    return folded if len(folded) == 1 else char


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
