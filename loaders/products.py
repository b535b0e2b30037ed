from kg.types import Span
def find_products(text: str, region: Span) -> list:
    return []
