"""Reads a whole graph in order, counts it, and finds nodes by their words."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.errors import StoreRejected
from kg.ontology import load_ontology
from kg.store import Row, SearchHit
from kg.stores.elements import name_of
from kg.stores.engine import Engine, Transaction
from kg.types import Edge, Node, NodeRef

_CANDIDATES = 200  # engines rank differently: the best are chosen here, from this many at least
_CHUNK = 200  # nodes read at a time: notices carry their text

EXACT, ALIAS, PREFIX, PART, ALIAS_PART = 6.0, 5.0, 4.0, 3.0, 2.0
"""Scores of what was found by its letters; what only shares most pairs of characters, at most 1."""


def dump_graph(tx: Transaction) -> Iterator[Node | Edge]:
    """Yield nodes by label and id, then edges by type and id; nothing internal."""
    ontology = load_ontology()
    for label in sorted(ontology.labels):
        yield from dump_nodes(tx, label)
    for edge_type in sorted(ontology.edges):
        yield from _dump_edges(tx, edge_type)


def dump_nodes(tx: Transaction, label: str) -> Iterator[Node]:
    """Yield the nodes of a label by id."""
    ids = [row["id"] for row in tx.read(f"MATCH (n:{name_of(label)}) RETURN n.id AS id")]
    ids.sort()
    for start in range(0, len(ids), _CHUNK):
        rows = tx.read(
            f"UNWIND $ids AS id MATCH (n:{name_of(label)} {{id: id}}) "
            "RETURN n.id AS id, properties(n) AS properties",
            ids=ids[start : start + _CHUNK],
        )
        for row in sorted(rows, key=lambda row: str(row["id"])):
            yield Node(row["id"], label, _without(row["properties"], "id"))


def count_nodes(tx: Transaction) -> dict[str, int]:
    """Return how many nodes each label of the ontology has, labels without any left out."""
    counts = {
        label: tx.read(f"MATCH (n:{name_of(label)}) RETURN count(n) AS total")[0]["total"]
        for label in load_ontology().labels
    }
    return {label: total for label, total in counts.items() if total}


def count_edges(tx: Transaction) -> dict[str, int]:
    """Return how many edges each type of the ontology has, types without any left out."""
    counts = {
        kind: tx.read(f"MATCH ()-[r:{name_of(kind)}]->() RETURN count(r) AS total")[0]["total"]
        for kind in load_ontology().edges
    }
    return {kind: total for kind, total in counts.items() if total}


def search_nodes(
    engine: Engine, text: str, labels: Sequence[str] | None, limit: int
) -> list[SearchHit]:
    """Return nodes by how well the text fits their names, best first.

    An exact name comes before an alias, the beginning of a name, a part of one, a part of an
    alias, and last names that share words with the text. Ties: the shorter name, then the id.

    Raises:
        StoreRejected: a label is unknown.
    """
    known = load_ontology().labels
    if unknown := sorted(set(labels or ()) - known.keys()):
        raise StoreRejected(f"unknown labels {unknown}; known: {sorted(known)}")
    text = text.strip()
    if not text or limit < 1:
        return []
    wanted = [label for label in known if not labels or label in labels]
    with engine.reading() as tx:
        hits = [hit for label in wanted for hit in _spelled(tx, label, text, limit)]
        if len(hits) < limit:
            found = {hit.id for hit in hits}
            related = [hit for label in wanted for hit in _related(engine, tx, label, text, limit)]
            hits += [hit for hit in related if hit.id not in found]
    return sorted(hits, key=lambda hit: (-hit.score, len(hit.name), hit.id))[:limit]


def _dump_edges(tx: Transaction, edge_type: str) -> Iterator[Edge]:
    rows = tx.read(
        f"MATCH (a)-[r:{name_of(edge_type)}]->(b) RETURN a.id AS start, labels(a) AS starts, "
        "b.id AS end, labels(b) AS ends, properties(r) AS properties"
    )
    for row in sorted(rows, key=lambda row: str(row["properties"]["eid"])):
        start, end = NodeRef(row["start"], row["starts"][0]), NodeRef(row["end"], row["ends"][0])
        properties = row["properties"]
        yield Edge(properties["eid"], edge_type, start, end, _without(properties, "eid"))


def _without(properties: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name != key}


def _spelled(tx: Transaction, label: str, text: str, limit: int) -> list[SearchHit]:
    """Return nodes of a label whose searchable properties or aliases hold the text."""
    names = indexed_properties(label)
    has_aliases = "aliases" in load_ontology().labels[label].properties
    contains = [f"n.{name} CONTAINS $text" for name in names]
    if has_aliases:
        contains.append("any(alias IN n.aliases WHERE alias CONTAINS $text)")
    ranks = [
        f"WHEN {' OR '.join(f'n.{name} = $text' for name in names)} THEN {EXACT}",
        f"WHEN {' OR '.join(f'n.{name} STARTS WITH $text' for name in names)} THEN {PREFIX}",
        f"WHEN {' OR '.join(contains[: len(names)])} THEN {PART}",
    ]
    if has_aliases:
        ranks.insert(1, f"WHEN $text IN coalesce(n.aliases, []) THEN {ALIAS}")
    rows = tx.read(
        f"MATCH (n:{name_of(label)}) WHERE {' OR '.join(contains)} "
        "RETURN n.id AS id, n.name AS name, "
        f"CASE {' '.join(ranks)} ELSE {ALIAS_PART} END AS score "
        "ORDER BY score DESC, size(n.name), n.id LIMIT $limit",
        text=text,
        limit=limit,
    )
    return [_hit(row, label) for row in rows]


def _related(engine: Engine, tx: Transaction, label: str, text: str, limit: int) -> list[SearchHit]:
    """Return nodes of a label whose searchable properties share most of the text's pairs."""
    wanted = _pairs(text)
    pool = max(limit, _CANDIDATES)
    names = indexed_properties(label)
    ids = {key for name in names for key, _ in engine.fulltext(label, name, text, pool)}
    rows = tx.read(
        f"UNWIND $ids AS id MATCH (n:{name_of(label)} {{id: id}}) "
        f"RETURN n.id AS id, n.name AS name, [{', '.join(f'n.{n}' for n in names)}] AS texts",
        ids=sorted(ids),
    )
    hits = []
    for row in rows:
        shared = max(len(wanted & _pairs(found)) for found in row["texts"] if found)
        # One pair in two is chance: 教育厅 shares 教育 with every text on education.
        if shared * 2 > len(wanted):
            hits.append(_hit({**row, "score": shared / len(wanted)}, label))
    return hits


def _pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters, upper case and white space ignored."""
    letters = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return {letters[i : i + 2] for i in range(max(1, len(letters) - 1))}


def indexed_properties(label: str) -> list[str]:
    """Return the properties of a label that have a full-text index.

    A `title` is left out where there is one: `name` says the same, and every index costs time
    each time a graph is opened.
    """
    return [name for name in load_ontology().searchable()[label] if name != "title"]


def _hit(row: Row, label: str) -> SearchHit:
    return SearchHit(row["id"], label, row["name"], float(row["score"]))
