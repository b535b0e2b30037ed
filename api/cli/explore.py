"""`policykg explore`: the explorer with a part of the graph, as one file."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.query import PASS_ON, read_parameters
from api.cli.shared import Database, open_graph, tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explore", context_settings={**PASS_ON, "help_option_names": ["--help"]})(explore)


def explore(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.html", help="The file to write.")
    ],
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NODE|QUERY]",
            help="A node's id or name, or a query of the catalogue with its --KEY VALUE; "
            "without it the nodes with the most relations.",
        ),
    ] = "",
    depth: Annotated[int, typer.Option(min=1, max=4, help="Steps outwards from a node.")] = 2,
    limit: Annotated[int, typer.Option(min=2, max=2000, help="Most nodes.")] = 500,
    db: Database = None,
) -> None:
    """Write the explorer with a part of the graph as one page that opens from disk.

    Graph, whole graph, reader, search and the panel with the evidence work without a server, and
    so do dossiers, lineages, timeline, map, matrix and cooperation as they open, with the figures
    of the whole graph at that time. Questions, the list of measures and other conditions need one.

    \b
    policykg explore -o explorer.html
    policykg explore 盘锦大米 --depth 3 -o 盘锦大米.html
    policykg explore measures_by_actor --actor 省教育厅 -o 教育厅.html
    """  # noqa: D301  \b keeps the lines as they are
    from api.single_file import explorer_data
    from viz.bundle import explorer_html
    from viz.chosen import Choice, choose_nodes

    choice = Choice(name, read_parameters([], context.args), depth, limit)
    with open_graph(db, "read") as store:
        ids, truncated = choose_nodes(store, choice)
        data = explorer_data(store, ids)
    title = f"{name} · 政策知识图谱" if name else "政策知识图谱"
    page = explorer_html(data, title).encode()
    output.write_bytes(page)
    cut = f", cut at {limit} (--limit)" if truncated else ""
    nodes, relations = len(data["nodes"]), len(data["relations"])
    tell(f"{output}: {nodes} nodes{cut}, {relations} edges, {len(page) // 1024} KB")
