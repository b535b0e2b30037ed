"""The administrative divisions of China: codes, canonical names, short forms, past names.

Data: kg/reference/divisions.tsv, which names its source and licence.
"""

from collections.abc import Iterable, Iterator, KeysView, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from kg.datafiles import read_table, read_text
from kg.errors import OntologyError

type Level = Literal["national", "province", "prefecture", "county"]
LEVELS: tuple[Level, ...] = get_args(Level.__value__)


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division.

    Attributes:
        code: six digits of GB/T 2260; "100000" stands for 全国, "660000" for the 兵团.
        name: official name, e.g. 铁西区.
        level: 直辖市 are provinces, and their districts counties.
        parent: code of the division above; None for 全国.
        canonical: name in the graph; districts carry their city (沈阳市铁西区), other counties
            only where two share a name.
        aliases: short forms and full paths that mean this division wherever they stand.
        former: past names.
        stem: the name without its generic part (铁西), "" if that is one character; may be
            an ordinary word.
        tags: 计划单列市, 副省级市.
        abolished: year in which it ceased to exist; None if it exists.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    canonical: str
    aliases: tuple[str, ...]
    former: tuple[str, ...]
    stem: str = ""
    tags: tuple[str, ...] = ()
    abolished: int | None = None


class Divisions:
    """All divisions, by code, by name and as a tree."""

    def __init__(self, rows: Iterable[Division]) -> None:
        self._by_code = {row.code: row for row in rows}
        self._by_name: dict[str, list[tuple[tuple[int, ...], Division]]] = {}
        self._children: dict[str, list[Division]] = {}
        for row in self._by_code.values():
            if row.parent is not None and row.abolished is None:
                self._children.setdefault(row.parent, []).append(row)
            for name, rank in _ranked_names(row).items():
                self._by_name.setdefault(name, []).append((rank, row))
        for found in self._by_name.values():
            found.sort(key=lambda pair: (pair[0], pair[1].code))

    def get(self, code: str) -> Division:
        """Return the division with a six-digit code.

        Raises:
            KeyError: there is none.
        """
        return self._by_code[code]

    def names(self) -> KeysView[str]:
        """Return every name that some division bears."""
        return self._by_name.keys()

    def named(self, name: str, within: str | None = None) -> tuple[Division, ...]:
        """Return the divisions that bear a name, the likeliest first, or () if none does.

        Official and canonical names, aliases, stems and past names count; present names come
        before past ones, existing divisions before abolished ones, higher levels first.

        Args:
            name: e.g. 沈阳, 沈阳市铁西区, 襄樊市.
            within: code of a division; only it and what lies below it is returned.
        """
        found = self._by_name.get(name)
        if found is None:
            return ()
        return tuple(row for _, row in found if within is None or self.is_within(row.code, within))

    def children(self, code: str) -> tuple[Division, ...]:
        """Return the existing divisions directly below, in order of their codes."""
        return tuple(self._children.get(code, ()))

    def lineage(self, code: str) -> tuple[Division, ...]:
        """Return a division and those above it, up to its province; () for 全国.

        Raises:
            KeyError: there is no such code.
        """
        line: list[Division] = []
        row = self._by_code[code]
        while row.parent is not None:
            line.append(row)
            row = self._by_code[row.parent]
        return tuple(line)

    def is_within(self, code: str, ancestor: str) -> bool:
        """Tell whether a division is another one, or lies below it.

        Raises:
            KeyError: the first code is unknown.
        """
        at: str | None = code
        while at is not None:
            if at == ancestor:
                return True
            at = self._by_code[at].parent
        return False

    def all(self) -> tuple[Division, ...]:
        """Return every division, abolished ones included, in order of their codes."""
        return tuple(self._by_code.values())


@cache
def load_divisions() -> Divisions:
    """Return the divisions shipped with the package.

    Raises:
        OntologyError: a line of the table is malformed.
    """
    text = read_text("divisions.tsv")
    return parse_divisions(text)


@cache
def load_abbreviations() -> Mapping[str, str]:
    """Return the codes of the provinces by their one-character names, 辽 to 210000; 国 is 全国."""
    return {row[0]: row[1] for row in read_table("abbreviations.tsv")}


def parse_divisions(text: str) -> Divisions:
    """Build the divisions from the text of the table (see its header).

    Raises:
        OntologyError: a line is malformed.
    """
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return Divisions(_parse_row(line) for line in lines)


def _parse_row(line: str) -> Division:
    cells = line.split("\t")
    if len(cells) != 10 or cells[2] not in _LEVEL_RANK:
        raise OntologyError(f"divisions.tsv: malformed line {line!r}")
    code, name, level, parent, canonical, stem, aliases, former, tags, year = cells
    return Division(
        code=code,
        name=name,
        level=LEVELS[_LEVEL_RANK[level]],
        parent=parent or None,
        canonical=canonical,
        aliases=_split(aliases),
        former=_split(former),
        stem=stem,
        tags=_split(tags),
        abolished=int(year) if year else None,
    )


_LEVEL_RANK: Mapping[str, int] = {level: rank for rank, level in enumerate(LEVELS)}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _without_peoples(row: Division) -> Iterator[str]:
    """Yield the name of an autonomous county without its peoples: 双江自治县."""
    if row.stem and row.name.endswith(("自治县", "自治旗")):
        yield row.stem + row.name[-3:]


def _ranked_names(row: Division) -> dict[str, tuple[int, ...]]:
    """Return each name with its rank: past or abolished, level, kind of name."""
    level = _LEVEL_RANK[row.level]
    gone = int(row.abolished is not None)
    names: dict[str, tuple[int, ...]] = {}
    aliases = (*row.aliases, *_without_peoples(row))
    for kind, group in enumerate(((row.name, row.canonical), aliases, (row.stem,))):
        for name in group:
            if name:
                names.setdefault(name, (gone, level, kind))
    for name in row.former:
        names.setdefault(name, (1, level, 3))
    return names
