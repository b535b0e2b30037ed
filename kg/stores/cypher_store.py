"""The store, for any engine that speaks Cypher."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from kg.errors import StoreConflict, StoreRejected
from kg.ontology import load_ontology
from kg.store import Capabilities, LoadResult, Row, SearchHit, Status
from kg.stores.bulk import write_bulk
from kg.stores.citations import CitationIndex
from kg.stores.claims import fragment_digest, split_fragment
from kg.stores.copying import copy_graph
from kg.stores.elements import EdgeRow, create_edges, read_nodes
from kg.stores.engine import Engine, Transaction, write_batches
from kg.stores.guard import check_read_only
from kg.stores.notice_writer import NoticeWriter
from kg.stores.reading import count_edges, count_nodes, dump_graph, search_nodes
from kg.types import Edge, GraphFragment, Node

_PAUSES = (0.1, 0.3, 1.0, 3.0)  # seconds before each further try


class CypherStore:
    """A `kg.store.Store` on an engine; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._index: CitationIndex | None = None
        self._one_writer = threading.Lock()

    @property
    def capabilities(self) -> Capabilities:
        """What the engine can do."""
        return self._engine.capabilities

    def load(self, fragment: GraphFragment) -> LoadResult:
        """Make the graph say what the fragment says of its notice, all or nothing.

        Raises:
            FragmentError: the fragment breaks the ontology or speaks for another notice.
            StoreRejected: the store is open for reading, or a value cannot be kept.
            StoreUnavailable: the engine is away.
        """
        load_ontology().check_fragment(fragment)
        split = split_fragment(fragment)
        digest = fragment_digest(fragment)

        def put(tx: Transaction) -> tuple[str | None, CitationIndex | None]:
            known = _digest_of(tx, fragment.notice_id)
            if known == digest:
                return known, self._index if tx.follows_own else None
            index = self._take_index(tx)
            NoticeWriter(tx, index).put(split, digest)
            return known, index

        known = self._write(put)
        outcome = {None: "added", digest: "unchanged"}.get(known, "replaced")
        return LoadResult(fragment.notice_id, outcome, len(fragment.nodes), len(fragment.edges))

    def remove(self, notice_id: str) -> bool:
        """Forget a notice; False if it was not loaded."""

        def drop(tx: Transaction) -> tuple[bool, CitationIndex | None]:
            if _digest_of(tx, notice_id) is None:
                return False, self._index if tx.follows_own else None
            index = self._take_index(tx)
            NoticeWriter(tx, index).drop(notice_id)
            return True, index

        return self._write(drop)

    def replace_reuse(self, notice_ids: Sequence[str], edges: Sequence[Edge]) -> None:
        """Replace the text-reuse edges that touch these notices' measures.

        Raises:
            FragmentError: an edge breaks the ontology.
            StoreRejected: an edge is no text reuse, or touches none of the notices.
        """
        for edge in edges:
            load_ontology().check_edge(edge)
            if edge.properties.get("relation") != "text_reuse" or edge.start.label != "Measure":
                raise StoreRejected(f"{edge.type} {edge.id} is no text reuse between measures")

        def replace(tx: Transaction) -> tuple[None, CitationIndex | None]:
            _check_touching(tx, set(notice_ids), edges)
            for pattern in ("(m)-[r:DERIVES_FROM]->(:Measure)", "(m)<-[r:DERIVES_FROM]-(:Measure)"):
                write_batches(
                    tx,
                    "UNWIND $rows AS row MATCH (m:Measure {notice_id: row.id}) "
                    f"MATCH {pattern} WHERE r.relation = 'text_reuse' DELETE r",
                    [{"id": notice_id} for notice_id in sorted(set(notice_ids))],
                )
            create_edges(
                tx, [EdgeRow(e.type, e.start, e.end, {**e.properties, "eid": e.id}) for e in edges]
            )
            return None, self._index if tx.follows_own else None

        self._write(replace)

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run read-only, parameterised Cypher; rows hold scalars, lists and maps.

        Raises:
            StoreRejected: the statement writes, calls a procedure, or is wrong.
        """
        check_read_only(cypher)
        with self._engine.reading() as tx:
            return tx.read(cypher, **(parameters or {}))

    def search(
        self, text: str, labels: Sequence[str] | None = None, limit: int = 20
    ) -> list[SearchHit]:
        """Find nodes whose searchable properties hold the text, best first.

        Raises:
            StoreRejected: a label is unknown.
        """
        return search_nodes(self._engine, text, labels, limit)

    def dump(self) -> Iterator[Node | Edge]:
        """Yield the whole graph, nodes by label and id, then edges by type and id."""
        with self._engine.reading() as tx:
            yield from dump_graph(tx)

    def copy_from(self, source: "CypherStore", tell: Callable[[str, int], None]) -> tuple[int, int]:
        """Take over the whole graph of another store into this one, which must be empty.

        Args:
            source: of any engine; it must not be written to meanwhile.
            tell: called with a label or edge type and how many of it have been copied.

        Returns:
            How many nodes and edges were copied, internal ones included.

        Raises:
            StoreRejected: this store is not empty, or open for reading.
        """

        def take(tx: Transaction) -> tuple[tuple[int, int], CitationIndex | None]:
            with source._engine.reading() as theirs:
                return copy_graph(theirs, tx, tell), None

        return self._write(take)

    def export_bulk(self, folder: Path) -> tuple[int, int]:
        """Write the files that `neo4j-admin database import` takes; return numbers of both.

        Raises:
            StoreRejected: the folder is not empty.
        """
        with self._engine.reading() as tx:
            return write_bulk(tx, folder)

    def status(self) -> Status:
        """Count what is there."""
        with self._engine.reading() as tx:
            counted = tx.read("MATCH (n:Notice) RETURN n.status AS status, count(n) AS total")
            notices = {row["status"]: row["total"] for row in counted}
            return Status(
                location=self._engine.location,
                engine=self._engine.capabilities.name,
                nodes=count_nodes(tx),
                edges=count_edges(tx),
                notices_loaded=notices.get("loaded", 0),
                notices_cited=notices.get("cited", 0),
            )

    def version(self) -> str:
        """Return what tells this state of the graph from any other; every write changes it."""
        return self._engine.version()

    def snapshot(self) -> "CypherStore":
        """Return a view for a few reads that follow one another; it need not be closed."""
        return CypherStore(self._engine.pinned())

    def close(self) -> None:
        """Let go of files and locks; closing twice is fine."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _write[T](self, work: Callable[[Transaction], tuple[T, CitationIndex | None]]) -> T:
        """Run work in a transaction, again where another writer came between; return its result.

        Work returns with its result the index that is true once the transaction has been
        committed. Until then there is none, so that a failure makes the next writer read it anew.
        """
        for pause in (*_PAUSES, None):
            try:
                with self._one_writer, self._engine.writing() as tx:
                    result, index = work(tx)
                self._index = index
                return result
            except StoreConflict:
                self._index = None
                if pause is None:
                    raise
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _take_index(self, tx: Transaction) -> CitationIndex:
        """Return the index; there is none until the transaction has been committed."""
        index, self._index = self._index, None
        return index if index is not None and tx.follows_own else _read_index(tx)


def _digest_of(tx: Transaction, notice_id: str) -> str | None:
    rows = tx.read(
        "MATCH (n:Notice {id: $id}) MATCH (n)-[a:ATTESTS]->(n) WHERE a.claimed = $id "
        "RETURN a.fragment AS fragment",
        id=notice_id,
    )
    return rows[0]["fragment"] if rows else None


def _read_index(tx: Transaction) -> CitationIndex:
    notices = tx.read(
        "MATCH (n:Notice) WHERE n.status = 'loaded' "
        "RETURN n.id AS id, n.title AS title, n.document_number AS document_number"
    )
    # From the cited ones: there are few edges to a notice, and many from one.
    claims = tx.read(
        "MATCH (m:Notice) MATCH (m)<-[a:ATTESTS]-(n) WHERE a.claimed <> n.id "
        "RETURN n.id AS id, a.claimed AS stub, a.properties AS properties"
    )
    return CitationIndex.restore(notices, claims)


def _check_touching(tx: Transaction, notice_ids: set[str], edges: Sequence[Edge]) -> None:
    ids = {ref.id for edge in edges for ref in (edge.start, edge.end)}
    measures = read_nodes(tx, "Measure", ids)
    for edge in edges:
        ends = [measures.get(ref.id) for ref in (edge.start, edge.end)]
        if None in ends:
            raise StoreRejected(f"{edge.type} {edge.id} joins a measure that is not loaded")
        if not notice_ids & {end["notice_id"] for end in ends if end is not None}:
            raise StoreRejected(f"{edge.type} {edge.id} touches none of the notices given")
