"""The places whose notices are meant: a place with everything below it."""

from collections.abc import Sequence
from functools import cache

from kg.divisions import Division, load_divisions
from kg.store import Store
from queries.divided import division_of
from queries.names import unknown
from queries.types import Parameter, run_file

_NATIONAL = "全国"
_NATION = frozenset({_NATIONAL, "国家", "中国", "国家层面", "中央"})

JURISDICTION = Parameter(
    "jurisdiction",
    "text",
    "只看某地及其下级的公文，如 辽宁省；全国 只指全国性公文",
    "notices of one place and of those below it, e.g. 辽宁省; 全国 means nationwide notices alone",
)


def find_divisions(name: str) -> tuple[Division, ...]:
    """Return the divisions that a name means: the likeliest, and those that are as likely."""
    asked = name.strip()
    found = load_divisions().named(_NATIONAL if asked in _NATION else asked)
    existing = [row for row in found if row.abolished is None] or [*found]
    return tuple(row for row in existing if row.level == existing[0].level)


@cache
def level_of(place: str | None) -> str | None:
    """Return the level of a jurisdiction; `zone` for what is no division, None for None."""
    if place is None:
        return None
    found = find_divisions(place)
    return found[0].level if found else "zone"


def resolve_jurisdiction(store: Store, name: str) -> tuple[list[str] | None, tuple[str, ...]]:
    """Return the jurisdictions in the graph that a place's name covers, and what to know of them.

    A zone, which is no division, stands for itself. None if the name means no place.
    """
    known = [str(row["id"]) for row in run_file(store, "_jurisdictions", {})]
    divisions = find_divisions(name)
    if not divisions:
        exact = [place for place in known if place == name.strip()]
        return (exact, ()) if exact else (None, unknown(store, name, ("Place",)))
    covered = [place for place in known if _is_covered(place, divisions)]
    return covered, _notes(name, divisions, known, covered)


def _is_covered(place: str, divisions: Sequence[Division]) -> bool:
    if any(division.canonical == place for division in divisions):
        return True
    if any(division.canonical == _NATIONAL for division in divisions):
        return False  # everything lies below it: no restriction at all
    meant = division_of(place)
    if meant is None:
        return False
    return any(load_divisions().is_within(meant.code, d.code) for d in divisions)


def _notes(
    name: str, divisions: Sequence[Division], known: Sequence[str], covered: Sequence[str]
) -> tuple[str, ...]:
    notes: tuple[str, ...] = ()
    if len(divisions) > 1:
        listed = "、".join(division.canonical for division in divisions)
        notes = (f"「{name}」→ {len(divisions)}: {listed}（同名 same name）",)
    if covered:
        return notes
    here = "、".join(known[:12]) or "—"
    return (*notes, f"没有「{name}」的公文 no notices of this place; there are those of: {here}")
