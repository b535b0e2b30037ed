"""`policykg db`: prepare a database, and move a graph between databases."""

from typing import Annotated

import typer

from api.cli.shared import Database, current_login, tell

_HELP = """Prepare a database, or copy a graph from one to another.

\b
policykg db init --db neo4j://graph.example/policies
policykg db copy policykg.grafeo neo4j://graph.example/policies
"""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(
        help=_HELP,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    commands.command("init")(init)
    commands.command("copy")(copy)
    app.add_typer(commands, name="db")


def init(db: Database = None) -> None:
    """Make the database, and bring its constraints and indexes up to date.

    Run it once on a new server, and after an update of this program; it changes no data. Loading
    does the same by itself.

    \b
    policykg db init --db neo4j://graph.example/policies
    """  # noqa: D301  \b keeps the lines as they are
    from kg.stores import default_location, init_store

    changed = init_store(db or default_location(), login=current_login())
    if changed:
        tell(f"made or dropped: {', '.join(changed)}")
    tell("the database is up to date")


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The database to read.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="An empty or new database.")],
) -> None:
    """Copy a whole graph into an empty database, of either kind, all or nothing.

    \b
    policykg db copy policykg.grafeo neo4j://graph.example/policies
    policykg db copy bolt://127.0.0.1:7687 backup.grafeo
    """  # noqa: D301  \b keeps the lines as they are
    from kg.stores import copy_store

    nodes, edges = copy_store(
        source, target, login=current_login(), tell=lambda kind, total: tell(f"{kind}: {total:,}")
    )
    tell(f"copied {nodes:,} nodes and {edges:,} edges, what notices claim of them included")
