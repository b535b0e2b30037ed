"""Serves an application on an address of this machine, until it is interrupted."""

import errno
import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from kg.errors import KgError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.settings import Settings

FIRST_PORT = 8000
LAST_PORT = 65_535
_OPEN_TO_ALL = "Anyone who reaches this address can read the graph: see POLICYKG_ANONYMOUS_READ."


class AddressUnusable(KgError):
    """The server cannot listen where it was told to."""


class TelemetryMissing(KgError):
    """What sends telemetry is not installed."""


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


def serve_app(
    make: "Callable[[Settings], FastAPI]",
    settings: "Settings",
    listener: socket.socket,
    host: str,
    path: str = "",
) -> None:
    """Serve until interrupted; print the address first, and log from then on.

    Args:
        make: makes the application, with settings that know by which names it is asked.
        settings: the operator's.
        listener: from `listen`.
        host: what `listen` was told.
        path: what is told behind the address.

    Raises:
        TelemetryMissing: telemetry is wanted, and what sends it is not installed.
    """
    import uvicorn

    from api.logs import configure_logs

    if settings.telemetry:
        _check_telemetry()
    shown = f"[{host}]" if ":" in host else host
    typer.echo(
        f"Serving on http://{shown}:{listener.getsockname()[1]}{path}  (Ctrl-C ends it)", err=True
    )
    if settings.anonymous_read and not _is_loopback(host):
        typer.echo(_OPEN_TO_ALL, err=True)
    configure_logs(settings)
    config = uvicorn.Config(
        make(settings.model_copy(update=_hosts(settings, host, shown))),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        limit_concurrency=settings.max_connections,
        forwarded_allow_ips=list(settings.trusted_proxies),
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _hosts(settings: "Settings", host: str, shown: str) -> dict[str, tuple[str, ...]]:
    # bound to every address, the server cannot know its names unless the operator set them
    if host in ("0.0.0.0", "::") and "allowed_hosts" not in settings.model_fields_set:
        return {"allowed_hosts": ("*",)}
    return {"allowed_hosts": (*settings.allowed_hosts, shown.lower())}


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < LAST_PORT else FIRST_PORT
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
