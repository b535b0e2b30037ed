"""`policykg extract`: from files to JSON lines, without a database."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.shared import (
    Jobs,
    Seconds,
    SourceColumn,
    TextColumn,
    TitleColumn,
    progress_of,
    tell,
    usable_jobs,
)

if TYPE_CHECKING:
    from kg.errors import KgError
    from loaders.journal import Journal
    from loaders.sources import Columns, Source

INTERRUPTED = 130  # the exit status of what Ctrl-C ended


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("extract")(extract)


def extract(  # noqa: PLR0913  one parameter for each option
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Files, folders, archives, or patterns such as 'n/*.html'.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="OUT", help="Write here, not to standard output."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an interrupted run to OUT ended.")
    ] = False,
    jobs: Jobs = None,
    timeout: Seconds = 120,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    source_column: SourceColumn = None,
) -> None:
    """Read notices and write what they say as JSON lines.

    Reads txt, html, mht, pdf, docx, doc, ofd and xlsx files, zip archives of them, and corpora
    (csv, xlsx, jsonl, json, parquet) with a notice in each row. The same files give the same
    lines, to the byte, however many processes read them. What cannot be read is told on stderr
    with its reason, the others are written, and the exit status is 1.

    With -o the lines are gathered in OUT.partial, which takes its place as OUT when all are
    there. An interrupted run leaves it, whole notice by whole notice; --resume goes on from
    there, reads anew what has changed since, and writes nothing twice.

    \b
    policykg extract notice.txt
    policykg extract notices/ archive.zip -o graph.jsonl
    policykg extract notices/ -o graph.jsonl --resume
    policykg extract corpus.csv --text-column 正文 --title-column 标题 -o graph.jsonl
    policykg extract notice.txt | jq 'select(.label == "LEADS")'
    """  # noqa: D301  \b keeps the lines as they are
    from loaders.fetch import find_files
    from loaders.journal import Journal
    from loaders.sources import Columns

    if resume and out is None:
        raise typer.BadParameter(
            "needs --out: there is nothing to go on with", param_hint="--resume"
        )
    found = find_files(paths)
    if out is not None and out.resolve() in {path.resolve() for path in found.paths}:
        raise typer.BadParameter(f"{out} is one of the notices", param_hint="--out")
    run = _Run(Columns(text_column, title_column, source_column), usable_jobs(jobs), timeout)
    errors = [str(error) for error in found.errors]
    if out is None:
        errors += run.to_stdout(found.paths)
    elif found.paths:
        with Journal(out, resume=resume) as journal:
            errors += run.to_journal(found.paths, journal)
    for failure in errors:
        tell(failure)
    if errors:
        raise typer.Exit(1)


class _Run:
    """One reading of files, and where its lines go."""

    def __init__(self, columns: "Columns", jobs: int, seconds: float) -> None:
        self.columns = columns
        self.jobs = jobs
        self.seconds = seconds
        self.errors: list[str] = []

    def to_stdout(self, paths: Sequence[Path]) -> list[str]:
        """Print the lines; return what could not be read."""
        from kg.errors import KgError
        from loaders.parallel import run_all, write_one

        tasks = ((source, source) for source in self._sources(paths))
        for _, answer in run_all(write_one, tasks, self.jobs, self.seconds):
            if isinstance(answer, KgError):
                self.errors.append(str(answer))
            else:
                sys.stdout.write(answer.lines)
        return self.errors

    def to_journal(self, paths: Sequence[Path], journal: "Journal") -> list[str]:
        """Write the lines under a progress bar; return what could not be read.

        Raises:
            typer.Exit: the user ended it; what is written stays.
        """
        try:
            with progress_of(len(paths)) as progress:
                self._write(paths, journal, progress.advance)
            journal.finish()
        except KeyboardInterrupt:
            tell(f"interrupted: {journal.partial} keeps what is done; --resume goes on from there")
            raise typer.Exit(INTERRUPTED) from None
        return self.errors

    def _write(
        self, paths: Sequence[Path], journal: "Journal", advance: Callable[[], None]
    ) -> None:
        from kg.errors import KgError
        from loaders.parallel import run_all, write_one

        tasks = self._left(paths, journal)
        for source, answer in run_all(write_one, tasks, self.jobs, self.seconds):
            if isinstance(answer, KgError):
                self.errors.append(str(answer))
                journal.write(source, "", str(answer))
            else:
                journal.write(source, answer.lines)
            advance()

    def _left(
        self, paths: Sequence[Path], journal: "Journal"
    ) -> Iterator[tuple["Source | KgError", "Source | KgError"]]:
        """Yield what the journal does not hold yet."""
        for source in self._sources(paths):
            entry = journal.skip(source)
            if entry is None:
                yield source, source
            elif entry.error:
                self.errors.append(entry.error)

    def _sources(self, paths: Sequence[Path]) -> Iterator["Source | KgError"]:
        from loaders.sources import iter_sources

        for path in paths:
            yield from iter_sources(path, self.columns)
