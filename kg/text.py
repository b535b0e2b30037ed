"""Comparing names and titles: one normal form, whoever compares."""

import re
import unicodedata
from functools import lru_cache

from kg.simplify import simplify

_DROPPED = re.compile(r"[\s\u3000《》〈〉<>“”\"'‘’「」]")


@lru_cache(maxsize=1024)  # a notice's title is compared with each of those it names
def normalise_title(title: str) -> str:
    """Return a title as it is compared: NFKC, simplified characters, no spaces or quotation marks.

    《 A〈B〉 》 and A<B> are the same title; full-width and half-width brackets are, too.
    """
    folded = simplify(unicodedata.normalize("NFKC", title))
    return _DROPPED.sub("", folded).replace("–", "—").replace("-", "—").replace("―", "—")


def half_width_brackets(name: str) -> str:
    """Return a name with half-width brackets, as canonical names are written."""
    return name.replace("（", "(").replace("）", ")")
