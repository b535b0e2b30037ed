"""What the commands share: the option that names the database, and how messages are told."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # rich takes long to import, and --help does without it
    from rich.console import Console

Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        envvar="POLICYKG_DB",
        metavar="FILE",
        help="The database; a file in your own data folder if not given.",
        show_default=False,
    ),
]
Format = Annotated[
    str, typer.Option("--format", metavar="table|json", help="A table for people, or JSON.")
]


def tell(message: str) -> None:
    """Write a message for people to stderr."""
    typer.echo(message, err=True)


def fail(message: str) -> typer.Exit:
    """Tell why nothing more can be done; raise what comes back to end with exit status 1."""
    tell(f"policykg: {message}")
    return typer.Exit(1)


def check_format(name: str) -> None:
    """Raise a usage error unless the output format is known."""
    if name not in ("table", "json"):
        raise typer.BadParameter(f"{name!r} is not one of table, json", param_hint="--format")


def make_console(*, stderr: bool = False) -> "Console":
    """Return where tables go; piped output is never cut to the width of a terminal."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console = Console(stderr=stderr, highlight=False, width=200)
    return console
