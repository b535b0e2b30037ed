"""`policykg export`: the graph, or a part of it, as files for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.query import PASS_ON, read_parameters
from api.cli.shared import Database, open_graph, tell

_BULK = "neo4j-admin"
_NAMES = "neo4j-admin|csv|parquet|jsonl|graphml|gexf|rdf"
# Parameters of the query are passed on, but --help is the command's own.
_SETTINGS = {name: value for name, value in PASS_ON.items() if name != "help_option_names"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", context_settings=_SETTINGS)(export)


def export(
    context: typer.Context,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="PATH", help="A new or empty folder, or a file."),
    ],
    db: Database = None,
    format_: Annotated[
        str, typer.Option("--format", metavar=_NAMES, help="What the files are for.")
    ] = _BULK,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="KEY=VALUE", help="A condition; also --KEY VALUE."),
    ] = None,
) -> None:
    """Write the graph as files for other programs: all of it, or the measures that meet conditions.

    \b
    csv, parquet, jsonl  a folder of flat tables (measures, roles, citations …) with a codebook
    graphml, gexf        a file for NetworkX, igraph, yEd; for Gephi
    rdf                  a file .ttl, .nt, .rdf or .jsonld: ELI, schema.org, PROV, ORG, SKOS
    neo4j-admin          a folder for `neo4j-admin database import`, many times faster than loading

    The conditions are those of `policykg query measures --help`.

    \b
    policykg export --format csv -o tables
    policykg export --format gexf -o 辽宁.gexf --jurisdiction 辽宁省 --issued_from 2022
    policykg export --format rdf -o graph.ttl --leader 省知识产权局
    policykg export --format neo4j-admin -o graph-files
    cd graph-files
    neo4j-admin database import full neo4j @import.args
    """  # noqa: D301  \b keeps the lines as they are
    from viz.exports import FORMATS

    if format_ != _BULK and format_ not in FORMATS:
        allowed = ", ".join((_BULK, *FORMATS))
        raise typer.BadParameter(f"{format_!r} is not one of {allowed}", param_hint="--format")
    conditions = read_parameters(param or [], context.args)
    if format_ == _BULK:
        _export_all(db, output, conditions)
    else:
        _export_selection(db, output, format_, conditions)


def _export_all(db: str | None, output: Path, conditions: dict[str, str]) -> None:
    if conditions:
        raise typer.BadParameter(f"{_BULK} takes the whole graph, no {', '.join(conditions)}")
    with open_graph(db, "read") as store:
        nodes, edges = store.export_bulk(output)
    tell(f"{output}: {nodes:,} nodes and {edges:,} edges, what notices claim of them included")


def _export_selection(
    db: str | None, output: Path, format_: str, conditions: dict[str, str]
) -> None:
    from queries.selection import select
    from viz.exports import FORMATS, write_export

    FORMATS[format_].check(output)
    with open_graph(db, "read") as store:
        selection = select(store, conditions)
        for note in selection.notes:
            tell(note)
        tell(f"{output}: {write_export(store, selection, format_, output)}")
