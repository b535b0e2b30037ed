"""Rows that are fetched page by page as they are read, and turned into data frames."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from kg.errors import KgError

type Page = Mapping[str, Any]
type Library = Literal["pandas", "polars"]


class FramesMissing(KgError):
    """The library that makes the data frames is not installed."""


class Rows[T]:
    """The rows of a list; nothing is asked until they are read, and each reading asks anew."""

    def __init__(self, name: str, fetch: Callable[[str | None], Page]) -> None:
        self._name = name
        self._fetch = fetch

    def __iter__(self) -> Iterator[T]:
        """Yield every row of every page."""
        page = self._fetch(None)
        yield from page[self._name]
        while page["next_cursor"]:
            page = self._fetch(page["next_cursor"])
            yield from page[self._name]

    def all(self) -> list[T]:
        """Return every row."""
        return list(self)

    def page(self) -> Page:
        """Return the first page whole: its rows, `total`, `names`, `notes` and `facets`."""
        return self._fetch(None)

    def total(self) -> int:
        """Return how many rows there are."""
        return int(self.page()["total"])

    def frame(self, library: Library = "pandas") -> Any:
        """Return every row as a data frame of pandas or polars; columns as `flat_row` has them.

        Raises:
            FramesMissing: the library is not installed.
        """
        return make_frame([flat_row(row) for row in self], library)  # type: ignore[arg-type]


class AsyncRows[T]:
    """The same for `async for`."""

    def __init__(self, name: str, fetch: Callable[[str | None], Awaitable[Page]]) -> None:
        self._name = name
        self._fetch = fetch

    async def __aiter__(self) -> AsyncIterator[T]:
        """Yield every row of every page."""
        page = await self._fetch(None)
        for row in page[self._name]:
            yield row
        while page["next_cursor"]:
            page = await self._fetch(page["next_cursor"])
            for row in page[self._name]:
                yield row

    async def all(self) -> list[T]:
        """Return every row."""
        return [row async for row in self]

    async def page(self) -> Page:
        """Return the first page whole: its rows, `total`, `names`, `notes` and `facets`."""
        return await self._fetch(None)

    async def total(self) -> int:
        """Return how many rows there are."""
        return int((await self.page())["total"])

    async def frame(self, library: Library = "pandas") -> Any:
        """Return every row as a data frame of pandas or polars; columns as `flat_row` has them.

        Raises:
            FramesMissing: the library is not installed.
        """
        return make_frame([flat_row(row) async for row in self], library)  # type: ignore[arg-type]


def flat_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with the objects in it spread over columns such as evidence_quote."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}_{key}": part for key, part in value.items()}
        else:
            flat[name] = value
    return flat


def make_frame(rows: Sequence[Mapping[str, Any]], library: Library) -> Any:
    """Return rows as a data frame.

    Raises:
        FramesMissing: the library is not installed.
    """
    try:
        if library == "polars":
            import polars

            return polars.DataFrame(rows, infer_schema_length=None)
        import pandas

        return pandas.DataFrame(rows)
    except ModuleNotFoundError as error:
        raise FramesMissing(f"{library} is needed: pip install 'policykg[frames]'") from error
