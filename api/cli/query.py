"""`policykg query`: any query of the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.shared import Database, make_console, open_graph, tell

if TYPE_CHECKING:
    from queries.types import Parameter, Query, QueryResult

Output = Annotated[
    str, typer.Option("--format", metavar="table|json|csv", help="How the rows are written.")
]
_OWN_OPTIONS = ("format", "db", "param")
PASS_ON = {
    # What this command does not know is a parameter of the query, --help included.
    "allow_extra_args": True,
    "ignore_unknown_options": True,
    "help_option_names": [],
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("query", context_settings=PASS_ON)(query_command)


def query_command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The query; all are listed without it.")] = "",
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="KEY=VALUE", help="A parameter; also --KEY VALUE."),
    ] = None,
    db: Database = None,
    output: Output = "table",
) -> None:
    """Answer a query of the catalogue, or list the catalogue.

    \b
    policykg query
    policykg query measures_by_actor --help
    policykg query measures_by_actor --actor 省教育厅 --role LEADS
    policykg query notice_lineage --param notice=… --format json
    """  # noqa: D301  \b keeps the lines as they are
    from queries.catalogue import find_query, run_query

    if name == "--help" and not context.args:
        typer.echo(context.get_help())
        typer.echo()
    if name in ("", "--help"):
        _print_catalogue(output)
        return
    query = find_query(name)
    if "--help" in context.args:
        _describe(query)
        return
    check_output(output)
    parameters = read_parameters([*(param or [])], context.args)
    check_names(query, parameters)
    with open_graph(db, "read") as store:
        result = run_query(store, name, parameters)
    print_result(query, result, output, {"query": name, "parameters": parameters})


def check_names(query: "Query", names: Iterable[str]) -> None:
    """Check, before the graph is opened, that names are parameters of the query.

    Raises:
        QueryError: one is not; what was meant may also be an option of the command.
    """
    from kg.errors import QueryError
    from queries.arguments import unknown_name

    known = [parameter.name for parameter in query.parameters]
    for name in names:
        if name not in known:
            told = unknown_name(name, [*known, *_OWN_OPTIONS])
            raise QueryError(f"{query.name} has no parameter {told}")


def check_output(name: str) -> None:
    """Raise a usage error unless the output format is known."""
    from api.output import FORMATS

    if name not in FORMATS:
        allowed = ", ".join(FORMATS)
        raise typer.BadParameter(f"{name!r} is not one of {allowed}", param_hint="--format")


def read_parameters(pairs: Sequence[str], extra: Sequence[str]) -> dict[str, str]:
    """Return parameters by name from KEY=VALUE pairs and from --KEY VALUE or --KEY=VALUE words.

    A `--KEY` that no value follows means true.

    Raises:
        typer.BadParameter: a word is neither, or a parameter is given twice.
    """
    found: list[tuple[str, str]] = []
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise typer.BadParameter(f"{pair!r} is not KEY=VALUE", param_hint="--param")
        found.append((key, value))
    words = list(extra)
    while words:
        word = words.pop(0)
        if not word.startswith("--") or len(word) == 2:
            raise typer.BadParameter(f"{word!r} is no parameter; write --KEY VALUE")
        key, equals, value = word[2:].partition("=")
        if not equals:
            value = words.pop(0) if words and not words[0].startswith("--") else "true"
        found.append((key.replace("-", "_"), value))
    for key, _ in found:
        if [other for other, _ in found].count(key) > 1:
            raise typer.BadParameter(f"the parameter {key} is given twice")
    return dict(found)


def print_result(
    query: "Query", result: "QueryResult", output: str, about: Mapping[str, object]
) -> None:
    """Write the rows to stdout, and what a reader must know of them to stderr."""
    from api.output import rows_as_csv, rows_as_json, rows_for_people

    if output == "json":
        typer.echo(rows_as_json(result.rows, result.truncated, result.notes, about))
    elif output == "csv":
        typer.echo(rows_as_csv(query.row, result.rows), nl=False)
    elif result.rows:
        console = make_console()
        console.print(rows_for_people(query.row, result.rows, console.width))
    for note in result.notes:
        tell(note)
    if not result.rows:
        tell("没有结果 no rows")
    if result.truncated:
        tell(
            "结果未列全，用 --limit 或 --skip 看其余 truncated: use --limit or --skip for the rest"
        )


def _print_catalogue(output: str) -> None:
    from queries.catalogue import load_catalogue

    check_output(output)
    queries = list(load_catalogue().values())
    if output == "json":
        import json

        typer.echo(json.dumps([_entry(query) for query in queries], ensure_ascii=False, indent=2))
        return
    width = max(len(query.name) for query in queries)
    for query in queries:
        typer.echo(f"{query.name:<{width}}  {query.summary_zh}")
        typer.echo(f"{'':<{width}}  {query.summary_en}")
    tell("参数 parameters: policykg query NAME --help")


def _entry(query: "Query") -> dict[str, object]:
    return {
        "name": query.name,
        "summary_zh": query.summary_zh,
        "summary_en": query.summary_en,
        "parameters": [parameter.name for parameter in query.parameters],
        "example": dict(query.example),
    }


def _describe(query: "Query") -> None:
    typer.echo(f"{query.name}: {query.summary_zh}\n{query.summary_en}\n")
    for parameter in query.parameters:
        typer.echo(f"  --{parameter.name} {_kind(parameter)}")
        typer.echo(f"      {parameter.summary_zh}\n      {parameter.summary_en}")
    given = " ".join(f"--{name} {value}" for name, value in query.example.items())
    typer.echo(f"\n例 example: policykg query {query.name} {given}".rstrip())


def _kind(parameter: "Parameter") -> str:
    kind = "|".join(parameter.values) if parameter.values else parameter.type.upper()
    if parameter.type == "int":
        kind = f"{parameter.minimum}…{parameter.maximum}"
    if parameter.required:
        return f"{kind}  (必填 required)"
    default = parameter.default
    return kind if default is None else f"{kind}  (默认 default: {str(default).lower()})"
