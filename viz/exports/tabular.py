"""Every flat table as a file of its own, with a codebook."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from kg.store import Store
from queries.selection import Selection
from queries.subgraph import read_subgraphs
from queries.tables import Table, load_tables, plain_type, table_meaning
from queries.types import Row, column_names
from viz.exports.columnar import ColumnarFile
from viz.exports.delimited import DelimitedFile, write_records
from viz.exports.lines import GraphLines, LinesFile

type TableFile = DelimitedFile | ColumnarFile | LinesFile

KINDS: Mapping[str, type[TableFile]] = {
    "csv": DelimitedFile,
    "parquet": ColumnarFile,
    "jsonl": LinesFile,
}
# A cell of a spreadsheet holds 32,767 characters, which a notice exceeds.
LEFT_OUT: Mapping[str, frozenset[str]] = {"csv": frozenset({"texts"})}
CODEBOOK = ("table", "table_zh", "table_en", "column", "type", "meaning_zh", "meaning_en")
_NAMES = {str: "text", int: "integer", float: "number", bool: "boolean", tuple: "list of text"}


def write_tables(store: Store, selection: Selection, kind: str, folder: Path) -> dict[str, int]:
    """Write the tables of a selection into a folder; return the number of rows of each.

    Args:
        store: the graph.
        selection: what of it.
        kind: a key of KINDS; with `jsonl` comes `graph.jsonl`, the graph beside its tables.
        folder: an empty one.
    """
    tables = [t for name, t in load_tables().items() if name not in LEFT_OUT.get(kind, ())]
    counts = {table.name: 0 for table in tables}
    with ExitStack() as stack:
        files = {t.name: stack.enter_context(closing(_open(kind, folder, t))) for t in tables}
        graph = GraphLines(folder / "graph.jsonl") if kind == "jsonl" else None
        if graph:
            stack.enter_context(closing(graph))
        for part in read_subgraphs(store, selection):
            if graph:
                graph.write(part)
            for table in tables:
                rows = list(table.rows(part))
                files[table.name].write(rows)
                counts[table.name] += len(rows)
    lines = (line for table in tables for line in codebook_lines(table.name, table.row))
    write_records(folder / "codebook.csv", CODEBOOK, lines)
    return counts


def _open(kind: str, folder: Path, table: Table) -> TableFile:
    make = KINDS[kind]
    return make(folder / f"{table.name}{make.suffix}", table.row)


def codebook_lines(name: str, row: type[Row]) -> Iterator[tuple[str, ...]]:
    """Yield a line of the codebook for each column of a table."""
    zh, en = table_meaning(row)
    for column in column_names(row):
        info = row.model_fields[column]
        kind = _NAMES[plain_type(info.annotation)]
        yield (name, zh, en, column, kind, info.title or "", info.description or "")
