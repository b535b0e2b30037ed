"""`policykg demo`: the sample notices from files to a page in the browser."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.load import Outcome, load_paths
from api.cli.shared import Database, open_graph
from api.cli.status import print_status

if TYPE_CHECKING:
    from kg.store import Store

QUESTION = "哪些措施涉及省教育厅"
_ROWS, _TITLE = 8, 36


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the API and the page at the end.")
    ] = True,
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
    db: Database = None,
) -> None:
    """Load the sample notices, ask a question, and serve the graph.

    The samples go into a database of their own, beside yours, unless --db names another.

    \b
    policykg demo
    policykg demo --no-serve
    policykg demo --port 8001
    """  # noqa: D301  \b keeps the lines as they are
    from kg.stores import default_location
    from loaders.samples import read_samples

    location = db or str(_own_location(default_location()))
    outcome = Outcome()
    with open_graph(location, "write") as store:
        load_paths([sample.path for sample in read_samples()], store, outcome)
        print_status(store.status())
        _print_doubts(outcome)
        _answer(store, location)
    if outcome.errors:
        raise typer.Exit(1)
    if serve:
        from api.cli.serve import serve as serve_graph

        serve_graph(location, port=port)


def _own_location(default: Path) -> Path:
    default.parent.mkdir(parents=True, exist_ok=True)
    return default.with_name(f"demo{default.suffix}")


def _print_doubts(outcome: Outcome) -> None:
    """Print what could not be read, notice by notice, or that everything was."""
    lines = [str(error) for error in outcome.errors]
    noise = 0
    for item in outcome.loaded:
        if item.report is None:
            continue
        noise += item.report.noise
        lines += [f"{item.path.name}: {warning}" for warning in item.report.warnings]
        lines += [f"{item.path.name}: unresolved {name}" for name in item.report.unresolved]
    typer.echo(f"{noise} pieces of advertising, page furniture and lost characters left out.")
    typer.echo("Could not be read:" if lines else "Everything was read.")
    for line in lines:
        typer.echo(f"  {line}")


def _answer(store: "Store", location: str) -> None:
    """Print the example question and the first rows of its answer, a line each."""
    from queries.ask import ask

    answer = ask(store, QUESTION)
    typer.echo(f"\n{QUESTION}?")
    rows = [row.model_dump() for row in answer.rows]
    notice = ""
    for row in rows[:_ROWS]:
        if row["notice_title"] != notice:
            notice = row["notice_title"]
            typer.echo(f"  {notice}")
        measure = _shorten(row["measure"])
        typer.echo(f"    {row['actor']} {row['role']} {row['path']} {measure}")
    more = f"{len(rows) - _ROWS} more: " if len(rows) > _ROWS else ""
    typer.echo(f'{more}policykg ask "{QUESTION}" --db {location}\n')


def _shorten(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
