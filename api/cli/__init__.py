"""The command line `policykg`; each module of this package registers its commands.

Modules import what they need inside their commands, so that `policykg --help` starts at once.
"""

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.cli.shared import fail, set_login
from kg.errors import KgError

_EPILOG = "Every command has its own --help with examples: policykg load --help"


class _Commands(TyperGroup):
    """Ends with one sentence on stderr where a command could not do what it was asked."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
        except BrokenPipeError:
            # The reader has gone (| head); what Python would still flush has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except KgError as error:
            raise fail(str(error)) from None
        except OSError as error:
            raise fail(_describe(error)) from None


def _register_commands(app: typer.Typer) -> None:
    """Add what every module of this package registers; `shared` registers nothing."""
    for module in pkgutil.iter_modules(__path__):
        if module.name != "shared":
            import_module(f"{__name__}.{module.name}").register(app)


app = typer.Typer(
    name="policykg",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog=_EPILOG,
    add_completion=False,
)
_register_commands(app)


def main() -> None:
    """Run the command line with the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        # Chinese must come through whatever the locale says.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"policykg {version('policykg')}")
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version and exit.", is_eager=True, callback=_show_version
        ),
    ] = False,
    user: Annotated[
        str,
        typer.Option(envvar="POLICYKG_NEO4J_USER", help="User of a Neo4j server."),
    ] = "neo4j",
    password_file: Annotated[
        Path | None,
        typer.Option(
            envvar="POLICYKG_NEO4J_PASSWORD_FILE",
            metavar="FILE",
            help="Holds the password; else POLICYKG_NEO4J_PASSWORD does.",
        ),
    ] = None,
) -> None:
    """A knowledge graph of IP policy in China, read from government notices (公文).

    \b
    Try it:         policykg demo
    Your notices:   policykg load notices/ && policykg status
    Ask:            policykg ask "哪些措施涉及省教育厅"
    See:            policykg serve
    """  # noqa: D301  \b keeps the lines as they are
    set_login(user, password_file)


def _describe(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"{error.filename}: {reason}" if error.filename else reason
