"""Rows as data frames, for notebooks and scripts.

pandas and polars are optional: `pip install 'policykg[frames]'`.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import ExportError
from queries.tables import plain_type
from queries.types import Row, column_names

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_PANDAS = {str: "string", int: "Int64", float: "float64", bool: "boolean"}
_SHOWN = 20  # rows of a table in a notebook
_LONGEST = 60  # characters of its cells


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """An answer: typed rows that become a data frame, and that a notebook shows as a table.

    Attributes:
        rows: each of the same type, with one attribute for each column.
        notes: what a reader must know, such as which agencies a relative name stood for.
        row_type: tells the columns where there is no row.
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    row_type: type[Row] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, at: Any) -> Any:
        return self.rows[at]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries of plain values."""
        return [row.model_dump() for row in self.rows]

    def to_pandas(self) -> "pd.DataFrame":
        """Return the rows as a pandas data frame.

        Raises:
            ExportError: pandas is not installed.
        """
        return to_pandas(self.rows, self.row_type)

    def to_polars(self) -> "pl.DataFrame":
        """Return the rows as a polars data frame.

        Raises:
            ExportError: polars is not installed.
        """
        return to_polars(self.rows, self.row_type)

    def _repr_html_(self) -> str:
        """Return a table of the first rows, every value escaped."""
        shown = self.to_dicts()[:_SHOWN]
        names = list(shown[0]) if shown else []
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        lines = (
            "".join(f"<td>{html.escape(_cell(row[name]))}</td>" for name in names) for row in shown
        )
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        more = f", {_SHOWN} shown" if len(self) > _SHOWN else ""
        count = f"<p>{len(self):,} rows{more}</p>"
        return f"{notes}<table><tr>{head}</tr>{body}</table>{count}"


def to_pandas(rows: Iterable[Row], row_type: type[Row] | None = None) -> "pd.DataFrame":
    """Return rows as a pandas data frame; whole numbers stay so where some are missing.

    Args:
        rows: of one type.
        row_type: that type, which tells the columns where there is no row.

    Raises:
        ExportError: pandas is not installed.
    """
    pandas = _import("pandas")
    made = list(rows)
    kinds = _column_types(made, row_type)
    frame: pd.DataFrame = pandas.DataFrame(
        [row.model_dump() for row in made], columns=list(kinds), dtype=object
    )
    return frame.astype({name: _PANDAS[kind] for name, kind in kinds.items() if kind in _PANDAS})


def to_polars(rows: Iterable[Row], row_type: type[Row] | None = None) -> "pl.DataFrame":
    """Return rows as a polars data frame.

    Args:
        rows: of one type.
        row_type: that type, which tells the columns where there is no row.

    Raises:
        ExportError: polars is not installed.
    """
    polars = _import("polars")
    made = list(rows)
    kinds = _column_types(made, row_type)
    types = {str: polars.String, int: polars.Int64, float: polars.Float64, bool: polars.Boolean}
    schema = {name: types.get(kind) for name, kind in kinds.items()}
    values = [row.model_dump(mode="json") for row in made]
    frame: pl.DataFrame = polars.DataFrame(values, schema=schema, infer_schema_length=None)
    return frame


def _column_types(rows: Sequence[Row], row_type: type[Row] | None) -> dict[str, Any]:
    row_type = row_type or (type(rows[0]) if rows else Row)
    return {
        name: plain_type(row_type.model_fields[name].annotation) for name in column_names(row_type)
    }


def _import(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise ExportError(name, "is not installed: pip install 'policykg[frames]'") from error


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
