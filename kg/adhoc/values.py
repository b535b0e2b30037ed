"""Values of any engine as plain ones that JSON can carry, and rows within limits."""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from kg.adhoc.types import Table

type Simplify = Callable[[Any], Any]
"""Makes a map of an engine's own value (a node, an edge, a path); gives back any other."""

_OVERHEAD = 2  # the comma and line end after a row


def collect_rows(
    columns: Iterable[str],
    rows: Iterable[Mapping[str, Any]],
    limits: tuple[int, int],
    simplify: Simplify,
) -> Table:
    """Return the rows as plain values, as many as fit.

    Args:
        columns: their names.
        rows: taken one by one, and no further than needed.
        limits: most rows, and most bytes of them as JSON.
        simplify: for values that only the engine knows.
    """
    most, size = limits
    taken: list[Mapping[str, Any]] = []
    for row in rows:
        if len(taken) == most:
            return Table(tuple(columns), tuple(taken), truncated=True)
        plain = {name: plain_value(value, simplify) for name, value in row.items()}
        size -= len(json.dumps(plain, ensure_ascii=False).encode()) + _OVERHEAD
        if size < 0:
            return Table(tuple(columns), tuple(taken), truncated=True)
        taken.append(plain)
    return Table(tuple(columns), tuple(taken), truncated=False)


def plain_value(value: Any, simplify: Simplify) -> Any:
    """Return a value as text, number, boolean, None, or lists and maps of them."""
    value = simplify(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)  # JSON has no infinity
    if hasattr(value, "iso_format"):  # Neo4j's dates, times and durations
        return value.iso_format()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain_value(item, simplify) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(item, simplify) for item in value]
    return str(value)
