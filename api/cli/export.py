"""`policykg export`: the graph as files for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.shared import Database, open_graph, tell

FORMATS = ("neo4j-admin",)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export)


def export(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="A new or empty folder.")
    ],
    db: Database = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="neo4j-admin", help="What the files are for.")
    ] = "neo4j-admin",
) -> None:
    """Write the whole graph as files for other programs.

    neo4j-admin: CSV files that `neo4j-admin database import` takes while the server is down, many
    times faster than loading; then run `policykg db init` once.

    \b
    policykg export --format neo4j-admin -o graph-files
    cd graph-files
    neo4j-admin database import full neo4j @import.args
    """  # noqa: D301  \b keeps the lines as they are
    if format_ not in FORMATS:
        raise typer.BadParameter(f"{format_!r} is not one of {', '.join(FORMATS)}")
    with open_graph(db, "read") as store:
        nodes, edges = store.export_bulk(output)
    tell(f"{output}: {nodes:,} nodes and {edges:,} edges, what notices claim of them included")
