"""What all ways to the name of a product share: its type, and words that decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.datafiles import read_yaml
from kg.divisions import load_divisions
from kg.types import Span
from loaders.toponyms import load_words

INDICATION = "geographical_indication"
BRAND = "regional_brand"
_LONGEST_PLACE = 10


@dataclass(frozen=True, slots=True)
class ProductAt:
    """A name of a product in the text.

    Attributes:
        span: where it stands.
        name: as written, or as the gazetteer has it.
        rule: gazetteer, place, list or quoted.
        kind: INDICATION or BRAND, as far as the words around tell.
    """

    span: Span
    name: str
    rule: str
    kind: str


@dataclass(frozen=True)
class ProductWords:
    """The words of product_words.yaml."""

    goods: frozenset[str]
    goods_in_lists: frozenset[str]
    generic: tuple[str, ...]
    not_products: tuple[str, ...]
    slogans: frozenset[str]
    heads: tuple[str, ...]
    before: tuple[str, ...]


@cache
def load_product_words() -> ProductWords:
    """Return the words by which names of products are read."""
    raw: Mapping[str, list[str]] = read_yaml("product_words.yaml")
    return ProductWords(
        goods=frozenset(raw["goods"]),
        goods_in_lists=frozenset(raw["goods_in_lists"]) | frozenset(raw["goods"]),
        generic=tuple(raw["generic"]),
        not_products=tuple(raw["not_products"]),
        slogans=frozenset(raw["slogans"]),
        heads=tuple(raw["heads"]),
        before=tuple(raw["before"]),
    )


def begins_word(text: str, start: int) -> bool:
    """Tell whether a word may begin at an offset: after a mark, a verb or a preposition."""
    before = text[max(0, start - 4) : start]
    if before.endswith(load_product_words().before):
        return True
    return load_words().before.search(before) is not None


def is_generic(word: str) -> bool:
    """Tell whether a word says only what goods are like: 优质大米."""
    return word.startswith(load_product_words().generic)


def place_length(word: str) -> int:
    """Return how many characters of the name of a county or prefecture a word begins with, or 0.

    Names of provinces do not count (云南茶叶 is generic), nor do names that are ordinary words.
    """
    for length in range(min(_LONGEST_PLACE, len(word) - 1), 1, -1):
        if _is_local(word[:length]):
            return length
    return 0


def has_generic_part(place: str) -> bool:
    """Tell whether a place is named in full: 温岭市, but not 温岭 or 嵊州."""
    is_stem = any(row.stem == place for row in load_divisions().named(place))
    return place[-1] in "市县区州盟旗省" and not is_stem


def place_before(text: str, end: int, floor: int) -> int | None:
    """Return where the name of a county or prefecture begins that ends at an offset, or None."""
    best = None
    for length in range(2, min(_LONGEST_PLACE, end - floor) + 1):
        start = end - length
        if _is_local(text[start:end]) and (length > 3 or begins_word(text, start)):
            best = start
    return best


@cache
def _ordinary() -> frozenset[str]:
    words = load_words().generic
    shorts = {word[:-1] for word in words if len(word) > 2 and word != "秀山区"}
    return words | shorts | {"长白", "新城", "城区"}


def _is_local(name: str) -> bool:
    if name in _ordinary():
        return False
    return any(row.level in ("prefecture", "county") for row in load_divisions().named(name))
