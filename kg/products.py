"""Products with a name of their own: geographical indications and regional brands.

Data: kg/reference/products.yaml and product_words.yaml, which name their source and licence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.datafiles import read_yaml
from kg.divisions import Division, load_divisions
from kg.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Product:
    """A product known by name.

    Attributes:
        name: canonical name.
        aliases: other names.
        origin: the division it comes from.
        kind: geographical_indication or regional_brand.
    """

    name: str
    aliases: tuple[str, ...]
    origin: Division
    kind: str


@cache
def load_products() -> Mapping[str, Product]:
    """Return the products shipped with the package, by each of their names.

    Raises:
        OntologyError: the file is wrong.
    """
    return parse_products(read_yaml("products.yaml"))


def parse_products(raw: Mapping[str, Any]) -> Mapping[str, Product]:
    """Build the products from parsed YAML; the result maps every name to its product.

    Raises:
        OntologyError: a product stands twice, its place is unknown, or a name means two products.
    """
    aliases: Mapping[str, list[str]] = raw["aliases"]
    brands = frozenset(raw["regional_brands"])
    by_name: dict[str, Product] = {}
    for origin, name in _origins(raw["products"]):
        if name in by_name:
            raise OntologyError(f"products.yaml: {name} stands twice")
        kind = "regional_brand" if name in brands else "geographical_indication"
        others = tuple(sorted(aliases.get(name, ())))
        by_name[name] = Product(name, others, origin, kind)
    for owner in (*aliases, *brands):
        if owner not in by_name:
            raise OntologyError(f"products.yaml: {owner} is in no list of products")
    for product in list(by_name.values()):
        for alias in product.aliases:
            if by_name.setdefault(alias, product) is not product:
                raise OntologyError(f"products.yaml: {alias} means two products")
    return by_name


def _origins(provinces: Mapping[str, Any]) -> Iterator[tuple[Division, str]]:
    divisions = load_divisions()
    for province, places in provinces.items():
        above = divisions.named(province)[:1]
        for place, names in places.items():
            found = divisions.named(place, above[0].code) if above else ()
            if not found:
                raise OntologyError(f"products.yaml: unknown place {province} {place}")
            for name in names:
                yield _narrowed(found[0], name), name


def _narrowed(place: Division, name: str) -> Division:
    """Return the county within a place that a product is called after (金寨红茶), or the place."""
    if place.level == "county":
        return place
    for length in range(len(name) - 1, 1, -1):
        rows = load_divisions().named(name[:length], place.code)
        if rows and rows[0].abolished is None:
            return rows[0]
    return place
