"""What the commands share: options, messages, and progress."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:  # rich takes long to import, and --help does without it
    from rich.console import Console

    from kg.adhoc import AdhocReader, Limits
    from kg.store import Store
    from kg.stores import Login

_LOGIN: ContextVar["Login | None"] = ContextVar("login", default=None)

Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        envvar="POLICYKG_DB",
        metavar="FILE|URL",
        help="The database: a file, or neo4j://host/database; a file in your own data folder "
        "if not given.",
        show_default=False,
    ),
]
Format = Annotated[
    str, typer.Option("--format", metavar="table|json", help="A table for people, or JSON.")
]

Jobs = Annotated[
    int | None,
    typer.Option("-j", "--jobs", min=1, max=256, help="Processes that read; all cores by default."),
]
Seconds = Annotated[
    float, typer.Option("--timeout", min=0, help="Seconds that one notice may take; 0 for any.")
]
TextColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a corpus that holds the text.")
]
TitleColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a corpus that holds the title.")
]
SourceColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a corpus that holds the web page.")
]


def open_graph(db: str | None, mode: Literal["read", "write"]) -> "Store":
    """Open the database a command was given, or the user's own, as who the user said they are."""
    from kg.stores import default_location, open_store

    return open_store(db or default_location(), mode=mode, login=current_login())


def open_statements(db: str | None, limits: "Limits") -> "AdhocReader":
    """Open what answers Cypher of a user's own on that database."""
    from kg.adhoc import open_adhoc
    from kg.stores import default_location

    return open_adhoc(db or default_location(), limits, login=current_login())


def current_login() -> "Login":
    """Return who the user is to a server, as the options and the environment said."""
    from kg.stores import Login

    return _LOGIN.get() or Login()


def set_login(user: str, password_file: Path | None) -> None:
    """Remember a login with the password from a file, else from POLICYKG_NEO4J_PASSWORD.

    Raises:
        StoreRejected: the file cannot be read.
    """
    from kg.errors import StoreRejected
    from kg.stores import Login

    if password_file is None:
        _LOGIN.set(Login(user, os.environ.get("POLICYKG_NEO4J_PASSWORD", "")))
        return
    try:
        _LOGIN.set(Login(user, password_file.read_text(encoding="utf-8").strip("\r\n")))
    except (OSError, UnicodeDecodeError) as error:
        raise StoreRejected(f"cannot read the password in {password_file}: {error}") from error


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


def usable_jobs(jobs: int | None) -> int:
    """Return how many processes to use."""
    from loaders.parallel import usable_cores

    return jobs or usable_cores()


@dataclass(frozen=True, slots=True)
class Advance:
    """Moves a progress bar on by one notice, and says what is being read."""

    advance: Callable[[], None]
    describe: Callable[[str], None]


@contextmanager
def progress_of(files: int) -> Iterator[Advance]:
    """Show on stderr how many notices are read, how fast, and for how long.

    Args:
        files: named; they may hold more notices, so the bar's end moves with them.
    """
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.completed:,} notices  {task.fields[rate]}  {task.description}")
    console = make_console(stderr=True)
    with Progress(BarColumn(), text, TimeElapsedColumn(), console=console) as progress:
        task = progress.add_task("", total=files or None, rate="")

        def advance() -> None:
            state = progress.tasks[0]
            done = state.completed + 1
            rate = f"{done / state.elapsed:,.0f}/s" if state.elapsed else ""
            total = max(done, state.total or 0)
            progress.update(task, advance=1, total=total, rate=rate)

        yield Advance(advance, lambda name: progress.update(task, description=name))
