"""`policykg load`: put notices into the graph."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.shared import (
    Database,
    Jobs,
    Seconds,
    SourceColumn,
    TextColumn,
    TitleColumn,
    make_console,
    open_graph,
    progress_of,
    tell,
    usable_jobs,
)

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.store import Store
    from loaders.load import Loaded, Reading


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("load")(load)


@dataclass
class Outcome:
    """What became of the files: the notices loaded, what failed, and how many reuse edges."""

    loaded: list["Loaded"] = field(default_factory=list)
    errors: list["KgError"] = field(default_factory=list)
    reuse: int = 0


def load(  # noqa: PLR0913  one parameter for each option
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Files, folders, archives, patterns such as 'n/*.html', or a graph in JSON lines.",
        ),
    ],
    db: Database = None,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="List the names that could not be resolved.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html|json", help="Write how each file was read, and what to look at."
        ),
    ] = None,
    jobs: Jobs = None,
    timeout: Seconds = 120,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    source_column: SourceColumn = None,
) -> None:
    """Put notices into the graph.

    Reads txt, html, mht, pdf, docx, doc, ofd and xlsx files, zip archives of them, corpora (csv,
    xlsx, jsonl, json, parquet) with a notice in each row, and the JSON lines that `extract` writes.
    Each notice goes in whole or not at all. Loading a notice again replaces what it said before;
    the order of loading does not matter. What cannot be read is told with its reason, the others
    are loaded, and the exit status is 1.

    \b
    policykg load notice.txt
    policykg load notices/ archive.zip 'more/2024*.html'
    policykg load graph.jsonl --db team.grafeo
    policykg load corpus.csv --text-column 正文 --title-column 标题
    policykg load notices/ --report report.html
    """  # noqa: D301  \b keeps the lines as they are
    from loaders.fetch import SUFFIXES, find_files
    from loaders.ingest import STAGED
    from loaders.load import Reading
    from loaders.sources import Columns

    check_report(report)
    columns = Columns(text_column, title_column, source_column)
    reading = Reading(columns, usable_jobs(jobs), timeout)
    found = find_files(paths, (*SUFFIXES, STAGED))
    outcome = Outcome(errors=list(found.errors))
    try:
        if found.paths:
            with open_graph(db, "write") as store:
                load_paths(found.paths, store, outcome, reading)
                print_outcome(outcome, store.status().location)
    finally:
        write_report(report, outcome)
    for error in outcome.errors:
        tell(str(error))
    tell_doubts(outcome, verbose=verbose)
    if outcome.errors:
        raise typer.Exit(1)


def check_report(path: Path | None) -> None:
    """Raise a usage error if a report cannot be written under this name."""
    from loaders.report import check_path

    if path is None:
        return
    try:
        check_path(path)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--report") from None
    if not path.absolute().parent.is_dir():
        raise typer.BadParameter(f"{path.parent} is no folder", param_hint="--report")


def write_report(path: Path | None, outcome: Outcome) -> None:
    """Write what was read and what was not, if a report was asked for."""
    from loaders.report import ReportBook

    if path is None:
        return
    book = ReportBook()
    for item in outcome.loaded:
        if item.report is not None:
            book.add(item.report)
    for error in outcome.errors:
        book.fail(error)
    book.write(path)


def load_paths(
    paths: Sequence[Path],
    store: "Store",
    outcome: Outcome,
    reading: "Reading | None" = None,
) -> None:
    """Load the files under a progress bar on stderr and add to the outcome what became of them.

    Raises:
        StoreError: the store is away or refuses; what was loaded before stays.
    """
    from loaders.load import Failed, load_files, relate_measures

    with progress_of(len(paths)) as progress:
        for item in load_files(paths, store, reading):
            if isinstance(item, Failed):
                outcome.errors.append(item.error)
            else:
                outcome.loaded.append(item)
            progress.describe(item.path.name)
            progress.advance()
        progress.describe("reused wording")
        changed = [x.result.notice_id for x in outcome.loaded if x.result.outcome != "unchanged"]
        outcome.reuse = relate_measures(store, changed)
        progress.describe("")


def print_outcome(outcome: Outcome, location: str) -> None:
    """Print how many notices were added, replaced, unchanged or failed, and where they are."""
    from rich.table import Table

    counts = Counter(item.result.outcome for item in outcome.loaded)
    table = Table(show_header=False)
    for name in ("added", "replaced", "unchanged"):
        table.add_row(name, str(counts[name]))
    table.add_row("not loaded", str(len(outcome.errors)))
    console = make_console()
    console.print(location, soft_wrap=True)
    console.print(table)


def tell_doubts(outcome: Outcome, *, verbose: bool) -> None:
    """Tell on stderr what was read but not understood: per file, warnings and unresolved names."""
    seen: dict[str, str] = {}
    for item in outcome.loaded:
        uri = item.report.uri if item.report else str(item.path)
        twin = seen.setdefault(item.result.notice_id, uri)
        if twin != uri:
            tell(f"{uri}: is the same notice as {twin}, and took its place")
        if item.report is None:
            continue
        for warning in item.report.warnings:
            tell(f"{uri}: {warning}")
        names = item.report.unresolved
        if names and not verbose:
            tell(f"{uri}: names unresolved: {len(names)} (--verbose lists them)")
        for name in names if verbose else ():
            tell(f"{uri}: unresolved {name}")
