"""Logs of a server: one JSON object a line for programs, or lines for people, on stderr."""

import logging
import sys
from typing import Any

import structlog

from api.settings import Settings

_LOUD = ("httpx", "httpcore", "neo4j", "fakeredis", "docket", "mcp")  # tell of every step


def configure_logs(settings: Settings) -> None:
    """Make the whole process log to stderr as the settings say; only entry points call this."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_render(settings)],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    own = logging.getLogger("fastmcp")  # writes for people, by handlers of its own
    own.handlers.clear()
    own.propagate = True
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def _render(settings: Settings) -> list[Any]:
    people_look_on = settings.log_format == "auto" and sys.stderr.isatty()
    if settings.log_format == "text" or people_look_on:
        return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    return [
        # local variables, which may hold secrets, stay out of what is told of an exception
        structlog.processors.ExceptionRenderer(
            structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        ),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
