"""`policykg serve`: the HTTP API and the page."""

import errno
import ipaddress
import socket
import threading
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.shared import Database, open_graph, open_statements, tell
from kg.errors import KgError

if TYPE_CHECKING:
    from api.settings import Settings

HOST = "127.0.0.1"
PORT = 8000
LAST_PORT = 65_535


class AddressUnusable(KgError):
    """The server cannot listen where it was told to."""


class TelemetryMissing(KgError):
    """What sends telemetry is not installed."""


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
    import uvicorn

    from api.app import create_app
    from api.logs import configure_logs
    from api.settings import Settings

    settings = Settings()
    if settings.telemetry:
        _check_telemetry()
    if settings.cache_folder is None:
        cache = platformdirs.user_cache_path("policykg", appauthor=False)
        settings = settings.model_copy(update={"cache_folder": cache})
    with (
        listen(host, port) as listener,
        open_graph(store_url, "read") as store,
        ExitStack() as stack,
    ):
        adhoc = None
        if settings.cypher:
            adhoc = stack.enter_context(open_statements(store_url, settings.cypher_limits))
        shown = f"[{host}]" if ":" in host else host
        tell(f"Serving on http://{shown}:{listener.getsockname()[1]}  (Ctrl-C ends it)")
        if settings.anonymous_read and not _is_loopback(host):
            tell("Anyone who reaches this address can read the graph: see POLICYKG_ANONYMOUS_READ.")
        configure_logs(settings)
        settings = settings.model_copy(update=_hosts(settings, host, shown))
        app = create_app(store, settings, adhoc)
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            limit_concurrency=settings.max_connections,
            forwarded_allow_ips=list(settings.trusted_proxies),
        )
        # placing the nodes of a large graph takes seconds, which nobody need wait for
        threading.Thread(target=app.state.whole.warm_up, args=(store,), daemon=True).start()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _hosts(settings: "Settings", host: str, shown: str) -> dict[str, tuple[str, ...]]:
    # bound to every address, the server cannot know its names unless the operator set them
    if host in ("0.0.0.0", "::") and "allowed_hosts" not in settings.model_fields_set:
        return {"allowed_hosts": ("*",)}
    return {"allowed_hosts": (*settings.allowed_hosts, shown.lower())}


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        AddressUnusable: the port is taken, or the address is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only where the protocol is named does asyncio switch off Nagle's delay: 40 ms an answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_REUSEADDR") and not hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            # on Windows it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise AddressUnusable(_why(host, port, error)) from error
    return listener


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < LAST_PORT else PORT
        return f"port {port} of {host} is in use; choose another, e.g. --port {other}"
    if error.errno == errno.EACCES:
        return f"port {port} may not be used by you; choose one above 1023 with --port"
    return f"cannot listen on {host}:{port}: {error.strerror or error}"


def _check_telemetry() -> None:
    from importlib.util import find_spec

    # FastAPI only warns, after it has begun to serve
    try:
        found = find_spec("opentelemetry.exporter.otlp.proto.http")
    except ModuleNotFoundError:
        found = None
    if found is None:
        raise TelemetryMissing(
            "POLICYKG_TELEMETRY needs what sends it: pip install 'policykg[telemetry]'"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
