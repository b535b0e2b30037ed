"""`policykg status`: what is in the graph."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from api.cli.shared import Database, Format, check_format, make_console, open_graph

if TYPE_CHECKING:
    from kg.store import Status


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("status")(status)


def status(db: Database = None, output: Format = "table") -> None:
    """Show what is in the graph: notices, nodes by label, edges by type.

    \b
    policykg status
    policykg status --db team.grafeo --format json
    """  # noqa: D301  \b keeps the lines as they are
    check_format(output)

    with open_graph(db, "read") as store:
        counts = store.status()
    if output == "json":
        typer.echo(json.dumps(asdict(counts), ensure_ascii=False, indent=2))
    else:
        print_status(counts)


def print_status(counts: "Status") -> None:
    """Print the counts as two tables side by side."""
    from rich.columns import Columns
    from rich.table import Table

    console = make_console()
    console.print(f"{counts.location} ({counts.engine})", soft_wrap=True)
    console.print(
        f"{counts.notices_loaded} notices loaded, {counts.notices_cited} more cited by them"
    )
    tables = []
    for title, numbers in (("nodes", counts.nodes), ("edges", counts.edges)):
        table = Table(title, "count")
        table.columns[1].justify = "right"
        for name, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0])):
            table.add_row(name, f"{number:,}")
        tables.append(table)
    console.print(Columns(tables))
