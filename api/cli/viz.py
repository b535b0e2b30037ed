"""`policykg viz`: a drawing as one file that needs no server."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.query import PASS_ON, read_parameters
from api.cli.shared import Database, open_graph, tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("viz", context_settings={**PASS_ON, "help_option_names": ["--help"]})(viz)


def viz(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NODE|QUERY",
            help="A node's id or name, or a query of the catalogue with its --KEY VALUE.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.html", help="The file to write.")
    ],
    depth: Annotated[int, typer.Option(min=1, max=2, help="Steps outwards from a node.")] = 1,
    limit: Annotated[int, typer.Option(min=2, max=500, help="Most nodes.")] = 150,
    db: Database = None,
) -> None:
    """Write a node with what is around it, or a query's answer, as a drawing in one page.

    Point at a line to see its words, click it to read them in their notice. The page opens in any
    browser, without a server or network.

    \b
    policykg viz 盘锦大米 -o 盘锦大米.html
    policykg viz 辽宁省教育厅 --depth 2 -o 教育厅.html
    policykg viz measures_by_actor --actor 省教育厅 -o 教育厅的措施.html
    """  # noqa: D301  \b keeps the lines as they are
    from viz.chosen import Choice
    from viz.fetch import add_context, fetch_view
    from viz.graph import neighbourhood_html

    choice = Choice(name, read_parameters([], context.args), depth, limit)
    with open_graph(db, "read") as store:
        view = add_context(store, fetch_view(store, choice))
    page = neighbourhood_html(view).encode()
    output.write_bytes(page)
    cut = f", cut at {limit} (--limit)" if view.truncated else ""
    tell(f"{output}: {len(view.nodes)} nodes{cut}, {len(view.edges)} edges, {len(page) // 1024} KB")
