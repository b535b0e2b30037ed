"""The graph as flat tables: one row a measure, a role, a citation …, each with its evidence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_origin

from kg.errors import QueryError
from kg.store import Store
from queries.arguments import unknown_name
from queries.selection import Selection
from queries.subgraph import Subgraph, read_subgraphs
from queries.tables import columns, making
from queries.types import Row


@dataclass(frozen=True, slots=True)
class Table:
    """A flat table.

    Attributes:
        name: also that of its file.
        row: type of its rows; its fields are the columns, described.
        rows: makes the rows of a batch; over all batches no row comes twice.
    """

    name: str
    row: type[Row]
    rows: Callable[[Subgraph], Iterator[Row]]


@cache
def load_tables() -> Mapping[str, Table]:
    """Return every table by name."""
    rows: dict[str, tuple[type[Row], Callable[[Subgraph], Iterator[Row]]]] = {
        "notices": (columns.NoticeRow, making.notices),
        "texts": (columns.TextRow, making.texts),
        "sections": (columns.SectionRow, making.sections),
        "measures": (columns.MeasureRow, making.measures),
        "issuers": (columns.IssuerRow, making.issuers),
        "roles": (columns.RoleRow, making.roles),
        "mentions": (columns.MentionRow, making.mentions),
        "uses": (columns.UseRow, making.uses),
        "targets": (columns.TargetRow, making.targets),
        "deadlines": (columns.DeadlineRow, making.deadlines),
        "citations": (columns.CitationRow, making.citations),
        "derivations": (columns.DerivationRow, making.derivations),
        "agencies": (columns.AgencyRow, making.agencies),
        "things": (columns.ThingRow, making.things),
        "instruments": (columns.InstrumentRow, making.instruments),
        "links": (columns.LinkRow, making.links),
    }
    return MappingProxyType({name: Table(name, *made) for name, made in rows.items()})


def table_meaning(row: type[Row]) -> tuple[str, str]:
    """Return what a table of such rows holds, in Chinese and in English, from its docstring."""
    zh, _, en = (row.__doc__ or "").partition("|")
    return zh, en


def plain_type(annotation: Any) -> Any:
    """Return the type of a column without None: str, int, float, bool or tuple."""
    if get_origin(annotation) is UnionType:
        [annotation] = [part for part in get_args(annotation) if part is not type(None)]
    return get_origin(annotation) or annotation


def read_table(store: Store, name: str, selection: Selection) -> Iterator[Row]:
    """Yield the rows of one table.

    Raises:
        QueryError: there is no such table.
    """
    tables = load_tables()
    if name not in tables:
        raise QueryError(f"unknown table {unknown_name(name, tables)}")
    for part in read_subgraphs(store, selection):
        yield from tables[name].rows(part)
