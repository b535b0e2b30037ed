"""`policykg mcp`: the graph as tools for agents."""

from contextlib import ExitStack
from typing import Annotated

import typer

from api.cli.shared import Database, open_graph, open_statements
from api.serving import LAST_PORT, listen, serve_app

HOST = "127.0.0.1"
PORT = 8001


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("mcp")(mcp)


def mcp(
    http: Annotated[
        bool, typer.Option("--http/--stdio", help="Over HTTP at /mcp, or to one program.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = HOST,
    port: Annotated[
        int, typer.Option(min=0, max=LAST_PORT, help="Port, with --http; 0 takes any free one.")
    ] = PORT,
    db: Database = None,
) -> None:
    """Serve the graph to agents by the Model Context Protocol.

    \b
    policykg mcp
    policykg mcp --http --port 8001
    """  # noqa: D301  \b keeps the lines as they are
    from api.logs import configure_logs
    from api.mcp.tools import create_mcp
    from api.settings import Settings

    settings = Settings()
    with ExitStack() as stack:
        store = stack.enter_context(open_graph(db, "read"))
        adhoc = None
        if settings.cypher:
            adhoc = stack.enter_context(open_statements(db, settings.cypher_limits))
        server = create_mcp(store, settings, adhoc)
        if not http:
            configure_logs(settings.model_copy(update={"log_level": "warning"}))
            server.run("stdio", show_banner=False)
            return
        from api.mcp.serving import PATH, create_mcp_app

        listener = stack.enter_context(listen(host, port))
        serve_app(
            lambda known: create_mcp_app(server, store, known), settings, listener, host, PATH
        )
