"""Tables as Parquet, with types, and the codebook in the metadata of each column."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from queries.tables import plain_type
from queries.types import Row, column_names

_TYPES: dict[Any, Any] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    tuple: pa.list_(pa.string()),
}


class ColumnarFile:
    """A Parquet file that rows of one type are written to, a row group for each batch."""

    suffix = ".parquet"

    def __init__(self, path: Path, row: type[Row]) -> None:
        self._schema = arrow_schema(row)
        self._writer = pq.ParquetWriter(path, self._schema)

    def write(self, rows: Sequence[Row]) -> None:
        """Append rows."""
        if rows:
            self._writer.write_table(arrow_table(rows, self._schema))

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()


def arrow_schema(row: type[Row]) -> Any:
    """Return the Arrow schema of a row type; what a column means is in its metadata."""
    return pa.schema([_field(name, row) for name in column_names(row)])


def arrow_table(rows: Sequence[Row], schema: Any) -> Any:
    """Return rows as an Arrow table."""
    return pa.Table.from_pydict(
        {n: [getattr(row, n) for row in rows] for n in schema.names}, schema
    )


def _field(name: str, row: type[Row]) -> Any:
    info = row.model_fields[name]
    meaning = {"description_zh": info.title or "", "description": info.description or ""}
    return pa.field(name, _TYPES[plain_type(info.annotation)], metadata=meaning)
