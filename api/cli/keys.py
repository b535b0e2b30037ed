"""`policykg keys`: who may ask the server for what."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.shared import Format, check_format, make_console, tell

if TYPE_CHECKING:
    from datetime import date

    from api.keys import Key, KeyFile, Scope

_HELP = """Make, list and revoke the keys with which programs ask a server.

\b
policykg keys add "Lab notebook" --scope read --scope cypher
policykg keys list
policykg keys revoke "Lab notebook"
"""

File = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        envvar="POLICYKG_KEYS_FILE",
        metavar="FILE",
        help="The file of keys; one in your own data folder if not given.",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(
        help=_HELP,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    commands.command("add")(add)
    commands.command("list")(list_keys)
    commands.command("revoke")(revoke)
    app.add_typer(commands, name="keys")


def add(
    name: Annotated[str, typer.Argument(help="Whom or what it is for.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(
            metavar="read|cypher|admin",
            help="What it allows; may be repeated. cypher includes read, admin all.",
            show_default="read",
        ),
    ] = None,
    expires: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The last day it is good (UTC).")
    ] = None,
    file: File = None,
) -> None:
    """Make a key and print it: this once, for only its digest is kept.

    \b
    policykg keys add "Lab notebook"
    policykg keys add "Prometheus" --scope admin --expires 2027-12-31
    """  # noqa: D301  \b keeps the lines as they are
    scopes = [_read_scope(text) for text in scope or ["read"]]
    key, secret = _open(file).add(name, scopes, _read_date(expires))
    typer.echo(secret)
    tell(f"{key.id} {key.name}: {', '.join(sorted(key.scopes))}. Keep it: it is not shown again.")


def list_keys(file: File = None, output: Format = "table") -> None:
    """Show the keys there are, without what would let one use them.

    \b
    policykg keys list
    policykg keys list --format json
    """  # noqa: D301  \b keeps the lines as they are
    check_format(output)
    entries = [_entry(key) for key in _open(file).list_keys()]
    if output == "json":
        typer.echo(json.dumps(entries, ensure_ascii=False, indent=2))
    elif entries:
        from rich.table import Table
        from rich.text import Text

        table = Table(*entries[0])
        for entry in entries:
            table.add_row(*(Text(text or "") for text in entry.values()))
        make_console().print(table)
    else:
        tell("no keys")


def revoke(
    key: Annotated[str, typer.Argument(help="Its id or its name.")], file: File = None
) -> None:
    """Make a key good for nothing; servers refuse it from the next request on.

    \b
    policykg keys revoke "Lab notebook"
    """  # noqa: D301  \b keeps the lines as they are
    gone = _open(file).revoke(key)
    tell(f"revoked {gone.id} {gone.name}")


def _open(file: Path | None) -> "KeyFile":
    from api.keys import KeyFile, default_keys_file

    return KeyFile(file or default_keys_file())


def _entry(key: "Key") -> dict[str, str | None]:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": " ".join(sorted(key.scopes)),
        "created_on": key.created_on.isoformat(),
        "expires_on": key.expires_on.isoformat() if key.expires_on else None,
    }


def _read_scope(text: str) -> "Scope":
    from api.keys import Scope

    try:
        return Scope(text)
    except ValueError:
        allowed = ", ".join(Scope)
        raise typer.BadParameter(
            f"{text!r} is not one of {allowed}", param_hint="--scope"
        ) from None


def _read_date(text: str | None) -> "date | None":
    from datetime import date

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is not a date as in 2027-12-31", param_hint="--expires"
        ) from None
