"""The rows that every analysis begins with, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.store import Store
from queries.selection import Selection
from queries.subgraph import Subgraph, read_subgraphs
from queries.tables import columns, making


@dataclass(frozen=True)
class Material:
    """A selection as typed rows, in the order of the flat tables.

    Attributes:
        notices: those that were read in full and chosen.
        measures: theirs.
        uses: instruments of the measures.
        roles: actors of the measures.
        mentions: what the measures are about.
        targets: set by the measures or their sections.
        deadlines: of the measures.
        citations: by the measures and notices.
        derivations: of the notices and measures.
        issuers: of the notices.
        agencies: every agency named.
    """

    notices: tuple[columns.NoticeRow, ...]
    measures: tuple[columns.MeasureRow, ...]
    uses: tuple[columns.UseRow, ...]
    roles: tuple[columns.RoleRow, ...]
    mentions: tuple[columns.MentionRow, ...]
    targets: tuple[columns.TargetRow, ...]
    deadlines: tuple[columns.DeadlineRow, ...]
    citations: tuple[columns.CitationRow, ...]
    derivations: tuple[columns.DerivationRow, ...]
    issuers: tuple[columns.IssuerRow, ...]
    agencies: tuple[columns.AgencyRow, ...]

    @cached_property
    def measure_of(self) -> Mapping[str, columns.MeasureRow]:
        """Measures by id."""
        return {row.measure_id: row for row in self.measures}

    @cached_property
    def notice_of(self) -> Mapping[str, columns.NoticeRow]:
        """Notices by id."""
        return {row.notice_id: row for row in self.notices}

    @cached_property
    def agency_of(self) -> Mapping[str, columns.AgencyRow]:
        """Agencies by id."""
        return {row.agency_id: row for row in self.agencies}


def read_material(store: Store, selection: Selection) -> Material:
    """Return the rows of a selection, in memory; full texts are not among them."""
    parts = [_rows(part) for part in read_subgraphs(store, selection)]

    def joined[T](rows: list[tuple[T, ...]]) -> tuple[T, ...]:
        return tuple(row for part in rows for row in part)

    return Material(
        notices=tuple(row for part in parts for row in part.notices if row.is_chosen),
        measures=joined([part.measures for part in parts]),
        uses=joined([part.uses for part in parts]),
        roles=joined([part.roles for part in parts]),
        mentions=joined([part.mentions for part in parts]),
        targets=joined([part.targets for part in parts]),
        deadlines=joined([part.deadlines for part in parts]),
        citations=joined([part.citations for part in parts]),
        derivations=joined([part.derivations for part in parts]),
        issuers=joined([part.issuers for part in parts]),
        agencies=joined([part.agencies for part in parts]),
    )


def _rows(part: Subgraph) -> Material:
    return Material(
        notices=tuple(making.notices(part)),
        measures=tuple(making.measures(part)),
        uses=tuple(making.uses(part)),
        roles=tuple(making.roles(part)),
        mentions=tuple(making.mentions(part)),
        targets=tuple(making.targets(part)),
        deadlines=tuple(making.deadlines(part)),
        citations=tuple(making.citations(part)),
        derivations=tuple(making.derivations(part)),
        issuers=tuple(making.issuers(part)),
        agencies=tuple(making.agencies(part)),
    )
