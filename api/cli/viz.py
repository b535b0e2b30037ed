"""`policykg viz`: a drawing as one file that needs no server."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.shared import Database, open_graph, tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("viz")(viz)


def viz(
    node: Annotated[str, typer.Argument(metavar="ID", help="A node's id, or its name.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.html", help="The file to write.")
    ],
    depth: Annotated[int, typer.Option(min=1, max=2, help="Steps outwards.")] = 1,
    limit: Annotated[int, typer.Option(min=2, max=300, help="Most nodes.")] = 150,
    db: Database = None,
) -> None:
    """Write the neighbourhood of a node as a page: click a line to read its words.

    The page opens in any browser, without a server or network.

    \b
    policykg viz 盘锦大米 -o 盘锦大米.html
    policykg viz 辽宁省教育厅 --depth 2 -o 教育厅.html
    """  # noqa: D301  \b keeps the lines as they are
    from viz.fetch import add_context, fetch_neighbourhood
    from viz.graph import neighbourhood_html

    with open_graph(db, "read") as store:
        view = add_context(store, fetch_neighbourhood(store, node, depth, limit))
    page = neighbourhood_html(view).encode()
    output.write_bytes(page)
    cut = f", cut at {limit} (--limit)" if view.truncated else ""
    tell(f"{output}: {len(view.nodes)} nodes{cut}, {len(view.edges)} edges, {len(page) // 1024} KB")
