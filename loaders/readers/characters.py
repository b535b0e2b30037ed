"""Characters that a font's table put in place of the ideographs a person reads."""

import re
import unicodedata
from functools import cache

from kg.datafiles import read_table

_RADICALS = re.compile(r"[\u2e80-\u2fdf]")


def restore_ideographs(text: str) -> str:
    """Return text with radicals as the ideographs they stand for; the length stays.

    Text layers of PDF files hold ⼯⽤ (Kangxi radicals, U+2F00-2FD5) and ⻓⻔ (radicals supplement,
    U+2E80-2EF3) where the page shows 工用长门.

    Source: Unicode Character Database, compatibility mappings and EquivalentUnifiedIdeograph.

    >>> restore_ideographs("⽀持⻓春")
    '支持长春'
    """
    return _RADICALS.sub(lambda match: _ideograph(match.group()), text)


def _ideograph(radical: str) -> str:
    return _supplement().get(radical) or unicodedata.normalize("NFKC", radical)


@cache
def _supplement() -> dict[str, str]:
    return dict(read_table("radicals.tsv"))
