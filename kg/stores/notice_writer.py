"""Takes whole notices in and out of a graph, inside one transaction.

The graph stays a function of the set of loaded fragments. What a notice owns is deleted and
written anew; what it shares is joined with what others say; and where it cites a notice that
is loaded, or becomes or ceases to be, the edges follow.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.stores.citations import Change, CitationIndex
from kg.stores.claims import Split, canonical, join_claims, join_properties
from kg.stores.elements import (
    ATTESTS,
    EdgeRow,
    create_edges,
    delete_nodes,
    incoming,
    name_of,
    outgoing_by_eid,
    read_nodes,
    write_nodes,
)
from kg.stores.engine import Transaction, read_batches, write_batches
from kg.types import Edge, Node, NodeRef, Value

_CITED_BY_OTHERS = "(type(r) = 'ATTESTS' OR NOT $other IN [x.id, coalesce(r.notice_id, '')])"


@dataclass(frozen=True, slots=True)
class Said:
    """What a notice says of a shared node: its properties, and the edges that begin there."""

    properties: str | None
    edges: str | None


class NoticeWriter:
    """Writes notices through one transaction.

    The index must tell of all notices in the graph; it is out of step with the graph when a
    method raises.
    """

    def __init__(self, tx: Transaction, index: CitationIndex) -> None:
        self._tx = tx
        self._index = index

    def put(self, split: Split, digest: str) -> None:
        """Make the graph say of a notice what its fragment says, and no more."""
        notice = split.notice
        before = self._retract(notice.id) if self._index.is_loaded(notice.id) else {}
        cited = {stub.id: stub.properties for stub in split.stubs}
        changes = self._index.put(notice.id, notice.properties, cited)
        # First, since edges at a stub of the same id may be restored to it.
        write_nodes(self._tx, "Notice", {notice.id: notice.properties})
        self._restore(changes)
        self._write_nodes(split)
        now = _said(split)
        self._attest(split, now, digest)
        create_edges(self._tx, [self._row(edge) for edge in split.private_edges])
        self._join_edges(split.shared_edges)
        self._point(changes)
        self._settle_nodes(
            ref for ref, said in before.items() if not _still_said(said, now.get(ref))
        )
        pointing = {stub for stub in cited if self._index.target(stub) is not None}
        self._tidy(pointing | _stubs_of(before, changes))

    def drop(self, notice_id: str) -> None:
        """Take out what a loaded notice said; if others cite it, a stub stays."""
        before = self._retract(notice_id)
        changes = self._index.drop(notice_id)
        self._restore(changes)
        self._point(changes)
        self._settle_nodes(before)
        self._tidy({notice_id} | _stubs_of(before, changes))

    # What a notice said before

    def _retract(self, notice_id: str) -> dict[NodeRef, Said]:
        """Delete what the notice owns; return what it said of nodes it shares."""
        rows = self._tx.read(
            "MATCH (n:Notice {id: $id}) MATCH (n)-[a:ATTESTS]->(m) RETURN m.id AS id, "
            "labels(m) AS labels, a.claimed AS claimed, a.properties AS properties, "
            "a.edges AS edges",
            id=notice_id,
        )
        owned = defaultdict(list)
        said = {}
        for row in rows:
            label = row["labels"][0]
            if row["properties"] is None and row["id"] != notice_id:
                owned[label].append(row["id"])
            elif row["properties"] is not None or row["edges"] is not None:
                said[NodeRef(row["claimed"], label)] = Said(row["properties"], row["edges"])
        for label, ids in sorted(owned.items()):
            delete_nodes(self._tx, label, ids)
        for pattern in ("(n)-[r]->()", "(n)<-[r]-()"):
            self._tx.write(
                f"MATCH (n:Notice {{id: $id}}) MATCH {pattern} WHERE r.notice_id = $id DELETE r",
                id=notice_id,
            )
        self._tx.write(
            "MATCH (n:Notice {id: $id}) MATCH (n)-[a:ATTESTS]->() DELETE a", id=notice_id
        )
        # Now, while the index still tells where the stubs are that these edges join.
        self._settle_edges({ref: claim.edges for ref, claim in said.items() if claim.edges})
        return said

    def _settle_edges(self, gone: Mapping[NodeRef, str]) -> None:
        """Let shared edges say what remains when these claims, as JSON, are gone."""
        remaining = self._claims(gone)
        for start, claims in gone.items():
            kept: dict[str, dict[str, Value]] = {}
            for said in remaining.get(start, []):
                for edge in json.loads(said.edges or "[]"):
                    kept[edge["id"]] = _smaller(edge["properties"], kept.get(edge["id"]))
            for edge in json.loads(claims):
                eid, edge_type = edge["id"], edge["type"]
                if eid in kept:
                    self._set_edge(edge_type, start, eid, kept[eid])
                else:
                    self._tx.write(_edge_from(edge_type, start) + "DELETE r", id=start.id, eid=eid)

    def _settle_nodes(self, gone: Iterable[NodeRef]) -> None:
        """Let shared nodes say what remains when these notices' claims are gone.

        Stubs are left to `_tidy`: all that is said of them is in the index.
        """
        shared = {ref for ref in gone if ref.label != "Notice"}
        remaining = self._claims(shared)
        by_label: defaultdict[str, dict[str, dict[str, Value]]] = defaultdict(dict)
        for ref, claims in remaining.items():
            texts = [claim.properties for claim in claims if claim.properties is not None]
            by_label[ref.label][ref.id] = join_claims(texts)
        for label, nodes in sorted(by_label.items()):
            write_nodes(self._tx, label, nodes)
        for ref in sorted(shared - remaining.keys(), key=lambda ref: ref.id):
            delete_nodes(self._tx, ref.label, [ref.id])

    def _claims(self, refs: Iterable[NodeRef]) -> dict[NodeRef, list[Said]]:
        """Return the different things that are said of each node of which any are."""
        by_label: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        for ref in refs:
            by_label[ref.label].append({"id": ref.id, "anchor": self._anchor(ref)})
        claims = defaultdict(list)
        for label, rows in sorted(by_label.items()):
            found = read_batches(
                self._tx,
                f"UNWIND $rows AS row MATCH (n:{name_of(label)} {{id: row.anchor}}) "
                "MATCH (n)<-[a:ATTESTS]-() WHERE a.claimed = row.id "
                "RETURN DISTINCT row.id AS id, a.properties AS properties, a.edges AS edges",
                rows,
            )
            for row in found:
                claims[NodeRef(row["id"], label)].append(Said(row["properties"], row["edges"]))
        return dict(claims)

    def _set_edge(
        self, edge_type: str, start: NodeRef, eid: str, properties: Mapping[str, Value]
    ) -> None:
        row = {"start": start.id, "eid": eid}
        known = outgoing_by_eid(self._tx, edge_type, start.label, [row])[eid]
        facts = {**properties, "eid": eid}
        if "cited_as" in known:
            facts["cited_as"] = known["cited_as"]
        if canonical(facts) != canonical(known):
            self._tx.write(
                _edge_from(edge_type, start) + "SET r = $properties",
                id=start.id,
                eid=eid,
                properties=facts,
            )

    # What a notice says now

    def _write_nodes(self, split: Split) -> None:
        for label, nodes in _by_label(split.private_nodes).items():
            write_nodes(self._tx, label, nodes)
        for label, nodes in _by_label(split.shared_nodes).items():
            known = read_nodes(self._tx, label, nodes)
            joined = {k: join_properties(known.get(k, {}), p) for k, p in nodes.items()}
            changed = {
                k: p
                for k, p in joined.items()
                if k not in known or canonical(p) != canonical(known[k])
            }
            write_nodes(self._tx, label, changed)
        # A stub that stands for a loaded notice is there only for edges that cannot go to that.
        rows = [self._row(edge) for edge in (*split.private_edges, *split.shared_edges)]
        ends = {ref.id for row in rows for ref in (row.start, row.end)}
        self._write_stubs(
            stub.id
            for stub in split.stubs
            if self._index.target(stub.id) is None or stub.id in ends
        )

    def _attest(self, split: Split, said: Mapping[NodeRef, Said], digest: str) -> None:
        rows = []
        for node in (split.notice, *split.private_nodes, *split.shared_nodes, *split.stubs):
            facts: dict[str, str] = {"claimed": node.id}
            claim = said.get(node.ref)
            if claim is not None and claim.properties is not None:
                facts["properties"] = claim.properties
            if claim is not None and claim.edges is not None:
                facts["edges"] = claim.edges
            if node is split.notice:
                facts["fragment"] = digest
            end = NodeRef(self._anchor(node.ref), node.label)
            rows.append(EdgeRow(ATTESTS, split.notice.ref, end, facts))
        create_edges(self._tx, rows)

    def _join_edges(self, edges: Iterable[Edge]) -> None:
        """Add shared edges, or join them with those already there."""
        groups: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
        for edge in edges:
            groups[edge.type, edge.start.label].append(edge)
        new = []
        for (edge_type, label), members in sorted(groups.items()):
            rows = [{"start": edge.start.id, "eid": edge.id} for edge in members]
            known = outgoing_by_eid(self._tx, edge_type, label, rows)
            for edge in members:
                if edge.id not in known:
                    new.append(self._row(edge))
                    continue
                claim = {k: v for k, v in known[edge.id].items() if k not in ("eid", "cited_as")}
                smaller = _smaller(edge.properties, claim)
                if canonical(smaller) != canonical(claim):
                    self._set_edge(edge_type, edge.start, edge.id, smaller)
        create_edges(self._tx, new)

    # Cited notices

    def _restore(self, changes: Iterable[Change]) -> None:
        """Give stubs back the edges that went to the notice they stood for."""
        where = "(r.cited_as = $other OR (type(r) = 'ATTESTS' AND r.claimed = $other))"
        for change in changes:
            if change.before is None:
                continue
            notice = NodeRef(change.before, "Notice")
            edges = incoming(self._tx, notice, where, change.stub)
            if edges:
                self._write_stubs([change.stub])
            self._move(edges, NodeRef(change.stub, "Notice"), cited_as=None)
            self._delete_incoming(notice, where, change.stub)

    def _point(self, changes: Iterable[Change]) -> None:
        """Let edges at stubs go to the loaded notice instead.

        A notice's own citations stay: a notice does not cite itself.
        """
        for change in changes:
            if change.after is None:
                continue
            stub = NodeRef(change.stub, "Notice")
            edges = incoming(self._tx, stub, _CITED_BY_OTHERS, change.after)
            self._move(edges, NodeRef(change.after, "Notice"), cited_as=change.stub)
            self._delete_incoming(stub, _CITED_BY_OTHERS, change.after)

    def _move(self, edges: Iterable[EdgeRow], end: NodeRef, cited_as: str | None) -> None:
        moved = []
        for edge in edges:
            facts = {k: v for k, v in edge.properties.items() if k != "cited_as"}
            if cited_as is not None and edge.type != ATTESTS:
                facts["cited_as"] = cited_as
            moved.append(EdgeRow(edge.type, edge.start, end, facts))
        create_edges(self._tx, moved)

    def _delete_incoming(self, node: NodeRef, where: str, other: str) -> None:
        self._tx.write(
            f"MATCH (n:{name_of(node.label)} {{id: $id}}) MATCH (n)<-[r]-(x) "
            f"WHERE {where} DELETE r",
            id=node.id,
            other=other,
        )

    def _tidy(self, stubs: Iterable[str]) -> None:
        """Bring stubs up to date; delete those that nothing is said of, or nothing touches."""
        cited = [stub for stub in stubs if not self._index.is_loaded(stub)]
        unsaid = [stub for stub in cited if self._index.merged(stub) is None]
        pointing = [stub for stub in cited if self._index.target(stub) is not None]
        delete_nodes(self._tx, "Notice", unsaid)
        self._write_stubs(set(cited) - {*unsaid, *pointing})
        left = read_nodes(self._tx, "Notice", pointing)
        self._write_stubs(left)
        write_batches(
            self._tx,
            "UNWIND $rows AS row MATCH (n:Notice {id: row.id}) "
            "WHERE NOT EXISTS {MATCH (n)-[]-()} DELETE n",
            [{"id": stub} for stub in left],
        )

    def _write_stubs(self, stubs: Iterable[str]) -> None:
        """Let the nodes of these stubs say what is known of them; loaded notices stay."""
        known = {
            stub: properties
            for stub in stubs
            if not self._index.is_loaded(stub)
            and (properties := self._index.merged(stub)) is not None
        }
        write_nodes(self._tx, "Notice", known)

    def _anchor(self, ref: NodeRef) -> str:
        return (self._index.target(ref.id) if ref.label == "Notice" else None) or ref.id

    def _row(self, edge: Edge) -> EdgeRow:
        facts: dict[str, Any] = {**edge.properties, "eid": edge.id}
        target = self._index.target(edge.end.id) if edge.end.label == "Notice" else None
        if target is None or target in (edge.start.id, edge.properties.get("notice_id")):
            return EdgeRow(edge.type, edge.start, edge.end, facts)
        facts["cited_as"] = edge.end.id
        return EdgeRow(edge.type, edge.start, NodeRef(target, "Notice"), facts)


def _edge_from(edge_type: str, start: NodeRef) -> str:
    return (
        f"MATCH (n:{name_of(start.label)} {{id: $id}}) "
        f"MATCH (n)-[r:{name_of(edge_type)}]->() WHERE r.eid = $eid "
    )


def _said(split: Split) -> dict[NodeRef, Said]:
    said = {
        node.ref: Said(canonical(dict(node.properties)), None)
        for node in (*split.shared_nodes, *split.stubs)
    }
    edges: defaultdict[NodeRef, list[object]] = defaultdict(list)
    for edge in split.shared_edges:
        claim = {"id": edge.id, "type": edge.type, "properties": dict(edge.properties)}
        edges[edge.start].append(claim)
    for start, claims in edges.items():
        said[start] = replace(said.get(start, Said(None, None)), edges=canonical(claims))
    return said


def _smaller(first: Mapping[str, Value], second: Mapping[str, Value] | None) -> dict[str, Value]:
    return dict(first if second is None else min(first, second, key=canonical))


def _by_label(nodes: Iterable[Node]) -> dict[str, dict[str, Mapping[str, Value]]]:
    groups: defaultdict[str, dict[str, Mapping[str, Value]]] = defaultdict(dict)
    for node in nodes:
        groups[node.label][node.id] = node.properties
    return dict(sorted(groups.items()))


def _still_said(before: Said, now: Said | None) -> bool:
    return now is not None and now.properties == before.properties


def _stubs_of(before: Mapping[NodeRef, Said], changes: Iterable[Change]) -> set[str]:
    cited = {ref.id for ref in before if ref.label == "Notice"}
    return cited | {change.stub for change in changes}
