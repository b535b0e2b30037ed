"""From the names people use to the nodes meant: canonical, alias, relative, or a part of a name.

A relative name such as 省教育厅 means another agency in every province. A graph of many provinces
holds them all, so it stands for every one, and the notes of an answer say which.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from kg.agencies.resolve import describe_agency
from kg.agencies.shape import split_bracket
from kg.errors import QueryError
from kg.store import Row, Store
from queries.types import BATCH, run_file

type How = Literal["id", "name", "alias", "relative", "part"]

ACTOR_LABELS = ("Agency", "Institution")
SUBJECT_LABELS = ("Place", "Product", "Program", "Institution", "Platform", "Agency")
MAX_MATCHES = BATCH  # ids in one UNWIND
_CANDIDATES = 2_000
_NAMES_SHOWN = 12
_CLASSES = {"供给型": "supply", "环境型": "environment", "需求型": "demand"}
_LIKES_RANKED = 100
_LIKES_SHOWN = 5
_LONGEST_COMPARED = 60

_ID = re.compile(r"[0-9a-f]{20}")
_RELATIVE = re.compile(r"[我本该]?(?:省|自治区|自治州|自治县|市|州|盟|区|县|旗|乡|镇|各)")
_PLAIN = re.compile(r"[一-龥]+")  # no spelling of these differs
_MARKS = re.compile(r"[\s“”\"'‘’「」『』《》〈〉<>()（）〔〕\[\]【】·・,，、]+")
_BRACKETS = str.maketrans("（）［］【】〔〕", "()[][][]")
_NUMBER_BRACKETS = re.compile(r"[\[【(（〔](\d{4})[\]】)）〕]")


class Match(NamedTuple):
    """A node meant by a name, and how the name told it.

    Attributes:
        id: of the node.
        name: its canonical name or title.
        how: `id`, `name`, `alias`, `relative` (省教育厅 for 某省教育厅) or `part` of the name.
        label: of the node.
    """

    id: str
    name: str
    how: How
    label: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a name given for a parameter was taken.

    Attributes:
        parameter: the parameter.
        name: as given.
        matches: the nodes it may mean, all of which count.
        likes: where there are none, names that are spelt like it.
    """

    parameter: str
    name: str
    matches: tuple[Match, ...]
    likes: tuple[str, ...] = ()


def find_actors(store: Store, name: str) -> list[Match]:
    """Return the agencies and institutions a name means, sorted by name; none if unknown.

    A relative name (省教育厅), or a department without its place (教育厅), means every agency whose
    canonical name or alias ends so.
    """
    name = name.lstrip("我本该") if is_relative(name) else name
    described = describe_agency(name)  # 辽宁省发改委 is 辽宁省发展和改革委员会
    names = [name, described.name] if described else [name]
    candidates = _named(store, names, ACTOR_LABELS)
    exact = _best(candidates, names)
    if exact and not is_relative(name):
        return exact
    tails = [match for row in candidates if (match := _match_tail(row, name))]
    found = _sorted({match.id: match for match in [*tails, *exact]}.values())
    parted = None if found else split_bracket(name.translate(_BRACKETS))
    return find_actors(store, parted[0]) if parted else found  # 省数据局(营商局) is 省数据局


def find_subjects(store: Store, name: str, labels: Sequence[str] = SUBJECT_LABELS) -> list[Match]:
    """Return the things a name means, sorted by name: exactly, or else by a part of their names."""
    candidates = _named(store, [name], labels)
    exact = _best(candidates, [name])
    if exact:
        return exact
    return _sorted(_match_partly(candidates, name))


def find_notices(store: Store, name: str) -> list[Match]:
    """Return the notices with that id, title, document number, or part of a title; loaded first."""
    by_id = _by_id(store, name, ("Notice",))
    if by_id:
        return by_id
    return _exact_or_part(_notices_like(store, name), [name, _number_of(name)])


def find_measures(store: Store, name: str) -> list[Match]:
    """Return the measures with that id, title, or part of a title."""
    by_id = _by_id(store, name, ("Measure",))
    if by_id:
        return by_id
    return _exact_or_part(_measures_like(store, name), [name])


def find_instruments(store: Store, name: str) -> list[Match]:
    """Return the policy instruments by id, either name, class or category, or part of a name."""
    asked = _CLASSES.get(name, fold(name))
    rows = run_file(store, "_instruments", {})
    for fields in (("id", "instrument", "name_zh", "name_en"), ("class", "category")):
        exact = [row for row in rows if asked in {fold(str(row[field])) for field in fields}]
        if exact:
            return [Match(row["id"], row["name"], "name", row["label"]) for row in exact]
    part = [row for row in rows if asked and asked in fold(f"{row['name_zh']} {row['name_en']}")]
    return [Match(row["id"], row["name"], "part", row["label"]) for row in part]


def find_node(store: Store, name: str) -> list[Match]:
    """Return the nodes with that id, or failing that those with that name, of whatever label."""
    found = _by_id(store, name, ())
    if found:
        return found
    named = [match for match in find_subjects(store, name) if match.how != "part"]
    notices = _match_exactly(_notices_like(store, name), [name, _number_of(name)])
    return [*named, *notices, *_match_exactly(_measures_like(store, name), [name])]


def one_node(store: Store, parameter: str, name: str) -> Match:
    """Return the one node meant by an id or name.

    Raises:
        QueryError: there is none, or there are several; the message lists them.
    """
    found = find_node(store, name)
    if not found:
        raise QueryError("; ".join([f"{parameter}: nothing is named so", *unknown(store, name)]))
    if len(found) > 1:
        names = ", ".join(f"{m.id} ({m.label} {m.name})" for m in found[:_NAMES_SHOWN])
        told = f"有多个，请给 id names {len(found)} nodes, give an id: {names}"
        raise QueryError(f"{parameter}: {name!r} {told}")
    return found[0]


def is_relative(name: str) -> bool:
    """Tell whether a name says its level but not its place, as 省教育厅 does."""
    return _RELATIVE.match(name) is not None


def fold(name: str) -> str:
    """Return a name without what its spellings differ in: width, case, quotes, brackets, spaces."""
    if _PLAIN.fullmatch(name):
        return name
    return _MARKS.sub("", unicodedata.normalize("NFKC", name)).casefold()


def describe(name: str, found: Sequence[Match]) -> tuple[str, ...]:
    """Return the notes that tell which nodes a name was taken for; none where it was exact."""
    loose = [match for match in found if match.how in ("relative", "part")]
    if not loose and len(found) <= 1:
        return ()
    how = {match.how for match in loose}
    reason = "按相对名称 relative name" if "relative" in how else "同名或同类 same name or class"
    reason = "名称包含 name contains" if how == {"part"} else reason
    listed = "、".join(match.name for match in found[:_NAMES_SHOWN])
    more = " …" if len(found) > _NAMES_SHOWN else ""
    return (f"「{name}」→ {len(found)}: {listed}{more}（{reason}）",)


def unknown(store: Store, name: str, labels: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return the notes for a name that means nothing: that it does, and what is spelt like it."""
    return describe_unknown(name, similar(store, name, labels))


def describe_unknown(name: str, likes: Sequence[str]) -> tuple[str, ...]:
    """Return the notes for a name that means nothing, given the names spelt like it."""
    short = name if len(name) <= 60 else f"{name[:60]}…"
    note = f"没有找到「{short}」 nothing is named so"
    return (note, f"是否指 did you mean: {'、'.join(likes)}") if likes else (note,)


def similar(store: Store, name: str, labels: Sequence[str] | None) -> tuple[str, ...]:
    """Return names in the graph that share words with one that means nothing, the nearest first."""
    core = _RELATIVE.sub("", name, count=1) if is_relative(name) else name
    half = len(core) // 2
    pieces = dict.fromkeys((core, core[-4:], core[:4], core[half : half + 2]))
    found: dict[str, None] = {}
    for text in pieces:
        hits = store.search(text, labels, _LIKES_RANKED) if 2 <= len(text) <= 50 else []
        found |= dict.fromkeys(hit.name for hit in hits)
    ranked = sorted(found, key=lambda like: (-_likeness(name, like), like))
    return tuple(ranked[:_LIKES_SHOWN])


def _likeness(name: str, like: str) -> float:
    """Return how much of both names is in the other in the same order, in [0, 1]."""
    return SequenceMatcher(None, name[:_LONGEST_COMPARED], like, autojunk=False).ratio()


def _named(store: Store, names: Sequence[str], labels: Sequence[str]) -> list[Row]:
    by_id = _by_id(store, names[0], labels)
    if by_id:
        return [match._asdict() | {"aliases": [], "kind": None} for match in by_id]
    spellings = [spelling for name in names for spelling in _spellings(name)]
    parameters = _lookup(spellings, names[0]) | {"labels": list(labels)}
    return run_file(store, "_named", parameters)


def _notices_like(store: Store, name: str) -> list[Row]:
    spellings = {**_spellings(name), _number_of(name): None}
    rows = run_file(store, "_notices_named", _lookup(list(spellings), name))
    return [row | {"aliases": [row["number"]]} for row in rows]


def _number_of(name: str) -> str:
    """Return a document number with the brackets of the standard (GB/T 9704-2012)."""
    return _NUMBER_BRACKETS.sub(r"〔\1〕", name.replace(" ", ""))


def _measures_like(store: Store, name: str) -> list[Row]:
    rows = run_file(store, "_measures_named", _lookup(list(_spellings(name)), name))
    return [row | {"aliases": []} for row in rows]


def _by_id(store: Store, name: str, labels: Sequence[str]) -> list[Match]:
    if not _ID.fullmatch(name):
        return []
    rows = run_file(store, "_nodes", {"ids": [name]})
    return [
        Match(row["id"], row["name"], "id", row["label"])
        for row in rows
        if not labels or row["label"] in labels
    ]


def _spellings(name: str) -> dict[str, None]:
    half = name.translate(_BRACKETS)
    full = half.replace("(", "（").replace(")", "）")
    bare = name.strip("《》“”\"' ")
    return dict.fromkeys([name, half, full, bare])


def _lookup(names: list[str], name: str) -> dict[str, object]:
    # The longest stretch without marks is in every spelling of the name.
    part = max(_MARKS.split(name), key=len)
    return {"names": names, "part": part if len(part) >= 2 else "", "fetch": _CANDIDATES}


def _best(rows: Iterable[Row], names: Sequence[str]) -> list[Match]:
    matches = _match_exactly(rows, names)
    for how in ("id", "name", "alias"):
        tier = [match for match in matches if match.how == how]
        if tier:
            return _sorted(tier)
    return []


def _match_exactly(rows: Iterable[Row], names: Sequence[str]) -> list[Match]:
    first, asked = fold(names[0]), {fold(name) for name in names}
    return [match for row in rows if (match := _match_exact(row, first, asked))]


def _match_exact(row: Row, first: str, asked: Collection[str]) -> Match | None:
    if row.get("how") == "id":
        return Match(row["id"], row["name"], "id", row["label"])
    name = fold(row["name"])
    if name in asked:
        return Match(row["id"], row["name"], "name" if name == first else "alias", row["label"])
    if any(fold(alias) in asked for alias in row["aliases"] if alias):
        return Match(row["id"], row["name"], "alias", row["label"])
    return None


def _match_tail(row: Row, name: str) -> Match | None:
    if row["label"] != "Agency" or len(fold(name)) < 3:
        return None
    tail = fold(name)
    if row["kind"] == "collective" and not tail.startswith("各"):
        return None  # 辽宁省各市人民政府 is no 市人民政府
    if any(_ends_so(fold(full), tail) for full in (row["name"], *row["aliases"])):
        return Match(row["id"], row["name"], "relative", row["label"])
    return None


def _ends_so(full: str, tail: str) -> bool:
    # 区人民政府 is that of a district; 某某自治区人民政府 ends so, too, but is a province's.
    head = full.removesuffix(tail)
    return head != full and not (tail.startswith("区") and head.endswith("自治"))


def _match_partly(rows: Iterable[Row], name: str) -> list[Match]:
    asked = fold(name)
    if len(asked) < 2:
        return []
    return [
        Match(row["id"], row["name"], "part", row["label"])
        for row in rows
        if any(asked in fold(spelt) for spelt in (row["name"], *row["aliases"]) if spelt)
    ]


def _exact_or_part(rows: Sequence[Row], names: Sequence[str]) -> list[Match]:
    exact = _match_exactly(rows, names)
    if exact:
        return exact
    return _match_partly(rows, names[0])[:MAX_MATCHES]


def _sorted(matches: Iterable[Match]) -> list[Match]:
    return sorted(matches, key=lambda match: (match.name, match.id))[:MAX_MATCHES]
