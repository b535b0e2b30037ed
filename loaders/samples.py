"""The sample notices that come with the package, and what its manifest says of each."""

import csv
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from kg.errors import SourceError


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample notice.

    Attributes:
        path: the file.
        title: title of the notice.
        issuers: the issuing bodies, in order.
        document_number: 发文字号, or None if the text has none.
        source_page: the page the text names as its origin, or None.
        basis: why the file may be shipped.
    """

    path: Path
    title: str
    issuers: tuple[str, ...]
    document_number: str | None
    source_page: str | None
    basis: str


def read_samples() -> tuple[Sample, ...]:
    """Return the samples in the order of their manifest.

    Raises:
        SourceError: the manifest is missing, or names a file that is.
    """
    folder = _sample_folder()
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(_read_row(folder, row) for row in rows)


def _sample_folder() -> Path:
    """Return `data/` of a checkout, or the copy of it inside an installed package."""
    with as_file(files("loaders")) as package:
        candidates = (package / "sample_data", package.parent / "data")
    for folder in candidates:
        if (folder / "manifest.tsv").is_file():
            return folder
    raise SourceError(str(candidates[0]), "the sample notices are not installed")


def _read_row(folder: Path, row: dict[str, str]) -> Sample:
    path = folder / row["file"]
    if not path.is_file():
        raise SourceError(str(path), "the manifest names it, but it is not there")
    return Sample(
        path,
        row["title"],
        tuple(row["issuer"].split("、")),
        row["document_number"] or None,
        row["source_page"] or None,
        row["basis"],
    )
