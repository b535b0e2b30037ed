"""`policykg extract`: from files to JSON lines, without a database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from api.cli.shared import tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("extract")(extract)


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Files, folders, or patterns such as 'n/*.html'."),
    ],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="OUT", help="Write here, not to standard output."),
    ] = None,
) -> None:
    """Read notices and write what they say as JSON lines.

    The same files give the same lines, to the byte. What cannot be read is told on stderr with
    its reason, the others are written, and the exit status is 1.

    \b
    policykg extract notice.txt
    policykg extract notices/ -o graph.jsonl
    policykg extract notice.txt | jq 'select(.label == "LEADS")'
    """  # noqa: D301  \b keeps the lines as they are
    from kg.errors import KgError
    from kg.jsonl import format_fragment
    from loaders.fetch import find_files
    from loaders.ingest import extract_file

    found = find_files(paths)
    errors: list[KgError] = list(found.errors)
    if out is not None and out.resolve() in {path.resolve() for path in found.paths}:
        raise typer.BadParameter(f"{out} is one of the notices", param_hint="--out")
    with _open_output(out) as output:
        for path in found.paths:
            for item in extract_file(path):
                if isinstance(item, KgError):
                    errors.append(item)
                    continue
                output.writelines(f"{line}\n" for line in format_fragment(item.fragment))
    for failure in errors:
        tell(str(failure))
    if errors:
        raise typer.Exit(1)


@contextmanager
def _open_output(out: Path | None) -> Iterator[IO[str]]:
    if out is None:
        yield sys.stdout
        return
    with out.open("w", encoding="utf-8", newline="\n") as file:
        yield file
