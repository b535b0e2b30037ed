"""Stretches of years that analyses compare."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.errors import QueryError

_SPAN = re.compile(r"(\d{4})(?:[-–—](\d{4}))?")


class Period(NamedTuple):
    """Years from first to last, both included; None for an open end."""

    name: str
    first: int | None = None
    last: int | None = None

    def holds(self, year: int | None) -> bool:
        """Tell whether a year is in it; an unknown year is in the whole alone."""
        if self.first is None and self.last is None:
            return True
        return year is not None and (self.first or year) <= year <= (self.last or year)


WHOLE = Period("all")


def parse_periods(text: str) -> tuple[Period, ...]:
    """Return the periods in `2008-2014,2015-2020,2021`.

    Raises:
        QueryError: a part is no year and no span of years.
    """
    periods = []
    for part in text.split(","):
        found = _SPAN.fullmatch(part.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if first > last:
            raise QueryError(f"periods: {part!r} is no span of years, as in 2008-2014,2015-2020")
        periods.append(Period(f"{first}-{last}" if first != last else str(first), first, last))
    return tuple(periods)


def plan_periods(years: Sequence[int]) -> tuple[Period, ...]:
    """Return the five-year plans from the first year's to the last's: 2021 falls in 2021-2025.

    Source: the plans have begun in years that end in 1 or 6 since the sixth (1981-1985).
    """
    if not years:
        return ()
    first, last = (year - (year - 1) % 5 for year in (min(years), max(years)))
    starts = range(first, last + 1, 5)
    return tuple(Period(f"{start}-{start + 4}", start, start + 4) for start in starts)
