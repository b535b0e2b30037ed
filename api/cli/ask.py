"""`policykg ask`: questions in Chinese and English."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.query import Output, check_output, print_result
from api.cli.shared import Database, open_graph, tell

if TYPE_CHECKING:
    from queries.ask import Answer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ask")(ask_command)


def ask_command(
    question: Annotated[list[str], typer.Argument(help="The question, in Chinese or English.")],
    limit: Annotated[int | None, typer.Option(help="Most rows.", show_default="100")] = None,
    skip: Annotated[int | None, typer.Option(help="Rows passed over, to page on.")] = None,
    db: Database = None,
    output: Output = "table",
) -> None:
    """Ask a question; the answer tells which query it was taken for.

    \b
    policykg ask "哪些措施涉及省教育厅"
    policykg ask "谁牵头加强地理标志保护"
    policykg ask "which measures are due by 2025-06?" --format csv
    """  # noqa: D301  \b keeps the lines as they are
    check_output(output)
    from queries.ask import ask

    with open_graph(db, "read") as store:
        answer = ask(store, " ".join(question), limit=limit, skip=skip)
    _print_answer(answer, output)
    if not answer.understood:
        raise typer.Exit(1)


def _print_answer(answer: "Answer", output: str) -> None:
    from queries.catalogue import find_query

    tell(answer.explanation)
    about = {
        "question": answer.question,
        "query": answer.query,
        "parameters": dict(answer.parameters),
        "explanation": answer.explanation,
    }
    if answer.query is None or answer.result is None:
        for example in answer.examples:
            tell(f"  {example}")
        if output == "json":
            empty = {"rows": [], "truncated": False, "notes": [], "examples": answer.examples}
            typer.echo(json.dumps({**about, **empty}, ensure_ascii=False, indent=2))
        return
    print_result(find_query(answer.query), answer.result, output, about)
