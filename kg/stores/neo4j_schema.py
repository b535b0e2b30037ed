"""Constraints and indexes of a Neo4j database, as the ontology asks for them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.ontology import load_ontology
from kg.store import Row
from kg.stores.elements import name_of
from kg.stores.engine import Transaction
from kg.stores.reading import indexed_properties

_OPERATORS = re.compile(r"[^\w\s]")
_PREFIX = "policykg_"
# Names of these run to sentences; a range index holds 8 kB at most, a text index 32 kB.
_LONG_NAMES = frozenset({"Notice", "Section", "Measure", "Target"})


def text_index_name(label: str, prop: str) -> str:
    """Return the name of the full-text index on a property of a label."""
    return f"{_PREFIX}{label}_{prop}_words".lower()


@dataclass(frozen=True, slots=True)
class FulltextCall:
    """A statement that asks a full-text index; its rows are id and score, best first."""

    cypher: str
    parameters: dict[str, str | int]


def fulltext_call(label: str, prop: str, text: str, limit: int) -> FulltextCall | None:
    """Return how to find nodes whose property shares words with a text; None if it has none."""
    words = _OPERATORS.sub(" ", text).casefold()  # no operator of Lucene's query language
    if not words.strip():
        return None
    return FulltextCall(
        "CALL db.index.fulltext.queryNodes($index, $words, {limit: $limit}) "
        "YIELD node, score RETURN node.id AS id, score ORDER BY score DESC, id",
        {"index": text_index_name(label, prop), "words": words, "limit": limit},
    )


def writers_state(tx: Transaction) -> str:
    """Return how many turns writers took, after an id of the database they took them at."""
    rows = tx.read(
        "MATCH (w:PolicykgWriter {id: 'writer'}) "
        "RETURN coalesce(w.origin, '') AS origin, w.version AS version"
    )
    return f"{rows[0]['origin']}-{rows[0]['version']}" if rows else "unwritten"


def update_schema(run: Callable[[str], list[Row]]) -> list[str]:
    """Make what is missing, drop what an earlier version made and nobody asks for now.

    Args:
        run: runs one statement in a transaction of its own.

    Returns:
        Names of the constraints and indexes made or dropped, sorted.
    """
    wanted = dict(_definitions())
    constraints = {row["name"] for row in run("SHOW CONSTRAINTS YIELD name RETURN name")}
    indexes = {
        row["name"]
        for row in run(
            "SHOW INDEXES YIELD name, owningConstraint WHERE owningConstraint IS NULL RETURN name"
        )
    }
    ours = {name for name in constraints | indexes if name.startswith(_PREFIX)}
    changed = []
    for name in sorted(ours - wanted.keys()):
        kind = "CONSTRAINT" if name in constraints else "INDEX"
        run(f"DROP {kind} {name} IF EXISTS")
        changed.append(name)
    for name, definition in sorted(wanted.items()):
        if name not in ours:
            run(definition)
            changed.append(name)
    if changed:
        run("CALL db.awaitIndexes(300)")
    return sorted(changed)


def _definitions() -> Iterator[tuple[str, str]]:
    """Yield the name and the statement of each constraint and index."""
    yield _unique("PolicykgWriter")
    for label, spec in load_ontology().labels.items():
        yield _unique(name_of(label))
        yield _index(label, "name", "TEXT" if label in _LONG_NAMES else "RANGE")
        if "notice_id" in spec.properties:
            yield _index(label, "notice_id", "RANGE")
        for prop in indexed_properties(label):
            name = text_index_name(label, prop)
            yield (
                name,
                (
                    f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS "
                    f"FOR (n:{name_of(label)}) ON EACH [n.{prop}] "
                    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
                ),
            )


def _unique(label: str) -> tuple[str, str]:
    name = f"{_PREFIX}{label}_id".lower()
    return name, (f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")


def _index(label: str, prop: str, kind: str) -> tuple[str, str]:
    name = f"{_PREFIX}{label}_{prop}".lower()
    return name, (
        f"CREATE {kind} INDEX {name} IF NOT EXISTS FOR (n:{name_of(label)}) ON (n.{prop})"
    )
