"""The graph as files for other programs: which formats there are, and how each is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ExportError
from kg.store import Store
from queries.selection import Selection
from viz.exports.folders import check_file, make_folder


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        purpose: what opens it, in a few words.
        write: writes a selection to a new folder or a file, and says what was written.
        check: raises ExportError for a path that the format cannot be written to by its name.
    """

    purpose: str
    write: Callable[[Store, Selection, Path], str]
    check: Callable[[Path], None] = lambda _: None


def write_export(store: Store, selection: Selection, name: str, output: Path) -> str:
    """Write a selection in a format; return what was written, for people.

    Args:
        store: the graph.
        selection: what of it.
        name: a key of FORMATS.
        output: a new folder for tables, a file for the others.

    Raises:
        ExportError: there is nothing to write, or nowhere to write it.
    """
    if not selection.notices:
        reason = "no measure meets the conditions" if selection.conditions else "the graph is empty"
        raise ExportError(str(output), f"not written: {reason}")
    return FORMATS[name].write(store, selection, output)


def _tables(kind: str) -> Callable[[Store, Selection, Path], str]:
    def write(store: Store, selection: Selection, folder: Path) -> str:
        from viz.exports.tabular import write_tables

        make_folder(folder)
        counts = write_tables(store, selection, kind, folder)
        return f"{len(counts)} tables with {sum(counts.values()):,} rows, and codebook.csv"

    return write


def _graphml(store: Store, selection: Selection, path: Path) -> str:
    from viz.exports.networks import write_graphml

    check_file(path)
    nodes, edges = write_graphml(store, selection, path)
    return f"{nodes:,} nodes and {edges:,} edges"


def _gexf(store: Store, selection: Selection, path: Path) -> str:
    from viz.exports.networks import write_gexf

    check_file(path)
    nodes, edges = write_gexf(store, selection, path)
    return f"{nodes:,} nodes and {edges:,} edges"


def _check_rdf(path: Path) -> None:
    from viz.exports.linked import rdf_format

    rdf_format(path)


def _rdf(store: Store, selection: Selection, path: Path) -> str:
    from viz.exports.linked import write_rdf

    _check_rdf(path)
    check_file(path)
    return f"{write_rdf(store, selection, path):,} triples"


FORMATS: Mapping[str, Format] = {
    "csv": Format("spreadsheets, R, Stata", _tables("csv")),
    "parquet": Format("pandas, polars, DuckDB, Spark", _tables("parquet")),
    "jsonl": Format("programs; the graph beside its tables", _tables("jsonl")),
    "graphml": Format("NetworkX, igraph, yEd, Gephi", _graphml),
    "gexf": Format("Gephi", _gexf),
    "rdf": Format("triple stores: .ttl, .nt, .rdf or .jsonld", _rdf, _check_rdf),
}
