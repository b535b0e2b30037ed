"""`policykg serve`: the HTTP API and the page."""

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.shared import Database, open_graph, open_statements
from api.serving import FIRST_PORT, LAST_PORT, listen, serve_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.settings import Settings

HOST = "127.0.0.1"
PORT = FIRST_PORT


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("serve")
    def serve_command(
        db: Database = None,
        host: Annotated[str, typer.Option(help="Address to listen on.")] = HOST,
        port: Annotated[
            int, typer.Option(min=0, max=LAST_PORT, help="Port; 0 takes any free one.")
        ] = PORT,
    ) -> None:
        """Serve the API and the page until Ctrl-C.

        \b
        policykg serve
        policykg serve --db graph.db --port 8001
        """  # noqa: D301  \b keeps the lines as they are
        serve(db, host, port)


def serve(store_url: str | None, host: str = HOST, port: int = PORT) -> None:
    """Serve the graph until interrupted, reading only; print the address first.

    Args:
        store_url: the database; None for the user's own.
        host: address to listen on.
        port: 0 takes any free one.

    Raises:
        AddressUnusable: the port is taken, or the address is none of this machine's.
        StoreError: the database cannot be opened.
        TelemetryMissing: telemetry is wanted, and what sends it is not installed.
    """
    import platformdirs

    from api.app import create_app
    from api.settings import Settings
    from api.warm import keep_warm

    settings = Settings()
    if settings.cache_folder is None:
        cache = platformdirs.user_cache_path("policykg", appauthor=False)
        settings = settings.model_copy(update={"cache_folder": cache})
    with (
        listen(host, port) as listener,
        open_graph(store_url, "read") as store,
        ExitStack() as stack,
    ):
        ended = threading.Event()
        stack.callback(ended.set)
        adhoc = None
        if settings.cypher:
            adhoc = stack.enter_context(open_statements(store_url, settings.cypher_limits))

        def make(known: "Settings") -> "FastAPI":
            app = create_app(store, known, adhoc)
            given = (store, app.state.whole, ended)
            threading.Thread(target=keep_warm, args=given, daemon=True).start()
            return app

        serve_app(make, settings, listener, host)
