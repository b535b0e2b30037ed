"""`policykg agreement`: how far coders agree with the graph."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.shared import Database, make_console, open_graph, tell

if TYPE_CHECKING:
    from queries.research.coding import AgreementRow

_SEPARATORS = (",", "\t", ";")
_COLUMNS = ("dimension", "code", "rater_a", "rater_b", "items", "agreement", "kappa", "strength")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("agreement")(agreement)


def agreement(
    sheet: Annotated[
        Path, typer.Argument(metavar="SHEET", help="A coding sheet that has been filled in.")
    ],
    db: Database = None,
    output: Annotated[
        str, typer.Option("--format", metavar="table|json|csv", help="How the rows are written.")
    ] = "table",
) -> None:
    """Compare a coding sheet with the graph: Cohen's kappa for each code.

    The sheet is coding_sheet.csv of a research pack, filled in; it may have been saved by Excel.

    \b
    policykg agreement pack/coding_sheet.csv
    policykg agreement coded.csv --format csv
    """  # noqa: D301  \b keeps the lines as they are
    from api.cli.query import check_output
    from queries.research.coding import AgreementRow, rate_agreement
    from queries.research.material import read_material
    from queries.selection import select

    check_output(output)
    rows = read_sheet(sheet)
    with open_graph(db, "read") as store:
        material = read_material(store, select(store, {}))
    found, notes = rate_agreement(material, rows)
    for note in notes:
        tell(note)
    if output == "json":
        typer.echo(json.dumps([row.model_dump() for row in found], ensure_ascii=False, indent=2))
    elif output == "csv":
        from api.output import rows_as_csv

        typer.echo(rows_as_csv(AgreementRow, found), nl=False)
    else:
        _print(found)


def read_sheet(path: Path) -> list[Mapping[str, str]]:
    """Return the rows of a sheet, in whatever encoding and with whatever separator it was saved.

    Raises:
        SourceError: the file cannot be read, or is no coding sheet.
    """
    from kg.errors import SourceError
    from loaders.readers.encodings import decode_text

    text, _, _ = decode_text(path.read_bytes(), str(path))
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator)
    if "measure_id" not in (reader.fieldnames or ()):
        raise SourceError(str(path), "is no coding sheet: it has no column measure_id")
    return [{name: value or "" for name, value in row.items() if name} for row in reader]


def _print(rows: "Sequence[AgreementRow]") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for name in _COLUMNS:
        table.add_column(
            name, justify="right" if name in ("items", "agreement", "kappa") else "left"
        )
    for row in rows:
        values = row.model_dump()
        cells = ("—" if values[name] is None else _shown(values[name]) for name in _COLUMNS)
        table.add_row(*(Text(cell) for cell in cells))
    make_console().print(table)


def _shown(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
