"""`policykg cypher`: read-only Cypher of one's own."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.query import Output, check_output
from api.cli.shared import Database, make_console, open_statements, tell

if TYPE_CHECKING:
    from kg.adhoc import Table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("cypher")(cypher)


def cypher(
    statement: Annotated[str, typer.Argument(help="One statement that reads.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="KEY=VALUE", help="A $parameter; JSON, else text."),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--timeout", min=0.1, max=600, help="Seconds it may take.")
    ] = 10.0,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Most rows.")] = 1_000,
    db: Database = None,
    output: Output = "table",
) -> None:
    """Run Cypher that reads, within limits of time and memory; writing is refused.

    \b
    policykg cypher 'CALL db.labels()'
    policykg cypher "$(cat mine.cypher)" --param name=盘锦大米 --format csv
    """  # noqa: D301  \b keeps the lines as they are
    check_output(output)
    parameters = _read_parameters(param or [])
    from kg.adhoc import Limits

    limits = Limits(seconds=seconds, rows=limit, size=64 * 2**20)
    with open_statements(db, limits) as reader:
        _print_table(reader.run(statement, parameters), output)


def _read_parameters(pairs: list[str]) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise typer.BadParameter(f"{pair!r} is not KEY=VALUE", param_hint="--param")
        try:
            parameters[key] = json.loads(text)
        except ValueError:
            parameters[key] = text
    return parameters


def _print_table(found: "Table", output: str) -> None:
    from api.output import table_as_csv, table_for_people

    if output == "json":
        answer = {
            "columns": found.columns,
            "rows": [dict(row) for row in found.rows],
            "truncated": found.truncated,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    elif output == "csv":
        typer.echo(table_as_csv(found.columns, found.rows), nl=False)
    elif found.rows:
        make_console().print(table_for_people(found.columns, found.rows))
    if not found.rows:
        tell("没有结果 no rows")
    if found.truncated:
        tell("结果未列全 truncated: use SKIP and LIMIT, or --limit, for the rest")
