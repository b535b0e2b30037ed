"""Catalogued Cypher queries with typed parameters and rows, and questions in words.

For notebooks: `from queries import open_graph, to_pandas, to_polars`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from queries.frames import Rows, to_pandas, to_polars
    from queries.notebook import PolicyGraph, open_graph

__all__ = ["PolicyGraph", "Rows", "open_graph", "to_pandas", "to_polars"]


def __getattr__(name: str) -> Any:
    # Not at import: every command imports this package, and few need what these import.
    from importlib import import_module

    if name in ("Rows", "to_pandas", "to_polars"):
        return getattr(import_module("queries.frames"), name)
    if name in ("PolicyGraph", "open_graph"):
        return getattr(import_module("queries.notebook"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
