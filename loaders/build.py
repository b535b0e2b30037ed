"""From an analysis to a graph fragment: nodes, edges, and evidence for every edge."""

import re
from collections.abc import Mapping
from dataclasses import replace

from kg.ids import edge_id, node_id
from kg.ontology import load_ontology
from kg.stores.claims import join_properties
from kg.text import normalise_title
from kg.types import Edge, GraphFragment, Node, NodeRef, Properties, Span, Value
from loaders.analyse import Analysis, Item
from loaders.citations import Citation
from loaders.header import Quoted
from loaders.institutions import institution_key, seat_of
from loaders.metadata import Metadata
from loaders.products import origin_of
from loaders.reference_graph import (
    Known,
    described_body,
    known_body,
    known_instrument,
    known_place,
    place_name,
    reference_edge,
)
from loaders.roles import Actor
from loaders.targets import TargetMention
from loaders.types import Document, EntityMention

_WRAP = re.compile(r"\s*\n\s*")  # a line break within a heading
_UNRESOLVED = 0.5  # confidence in an edge whose actor's name could not be resolved


def notice_id(metadata: Metadata, document: Document) -> str:
    """Return the id of a loaded notice, from its first complete natural key.

    Without a title the file's hash stands in, so that two such pages stay two notices.
    """
    title = normalise_title(metadata.title.value) if metadata.title else document.sha256
    issuers = "、".join(q.value for q in metadata.issuers)
    if issuers and metadata.document_number:
        return node_id("Notice", issuers, metadata.document_number.value)
    if issuers and metadata.issued_on:
        return node_id("Notice", issuers, title, metadata.issued_on.value)
    if metadata.issued_on:
        return node_id("Notice", title, metadata.issued_on.value)
    return node_id("Notice", title)


def build_fragment(document: Document, analysis: Analysis) -> GraphFragment:
    """Return all that a notice says as a fragment valid under the ontology.

    Raises:
        FragmentError: what was read breaks the ontology (a fault of ours, not of the text).
    """
    builder = _Builder(document, analysis)
    builder.add_notice()
    refs = {item.node.path: builder.add_item(item) for item in analysis.items}
    for item in analysis.items:
        builder.add_place_in_outline(item, refs)
        if item.is_measure:
            builder.add_facts(item, refs[item.node.path])
        builder.add_targets(item, refs[item.node.path])
    for citation in analysis.citations:
        builder.add_notice_citation(citation)
    fragment = builder.fragment()
    load_ontology().check_fragment(fragment)
    return fragment


class _Builder:
    def __init__(self, document: Document, analysis: Analysis) -> None:
        self._document = document
        self._analysis = analysis
        self._notice = NodeRef(notice_id(analysis.metadata, document), "Notice")
        self._nodes: dict[str, Node] = {}
        self._edges: dict[str, Edge] = {}
        self._derived: set[tuple[str, str]] = set()

    def fragment(self) -> GraphFragment:
        nodes = sorted(self._nodes.values(), key=lambda n: (n.label, n.id))
        edges = sorted(self._edges.values(), key=lambda e: (e.type, e.id))
        return GraphFragment(self._notice.id, tuple(nodes), tuple(edges))

    def add_notice(self) -> None:
        metadata, document = self._analysis.metadata, self._document
        title = metadata.title.value if metadata.title else _last_part(document.uri)
        properties: dict[str, Value | None] = {
            "name": title,
            "title": title,
            "document_number": _value(metadata.document_number),
            "issuers": [q.value for q in metadata.issuers],
            "kind": _value(metadata.kind),
            "jurisdiction": place_name(metadata.jurisdiction),
            "issued_on": _value(metadata.issued_on),
            "issued_on_basis": metadata.basis,
            "published_on": _value(metadata.published_on),
            "validity": _value(metadata.validity),
            "source_uri": document.uri,
            "sha256": document.sha256,
            "text": document.text,
            "status": "loaded",
        }
        self._add_node(self._notice, {k: v for k, v in properties.items() if v})
        for issuer in metadata.issuers:
            body = self._add_known(known_body(issuer.value))
            self._quote("ISSUED", body, self._notice, issuer.span, "signature")

    def add_item(self, item: Item) -> NodeRef:
        label = "Measure" if item.is_measure else "Section"
        ref = NodeRef(node_id(label, self._notice.id, item.node.path), label)
        heading = _WRAP.sub("", self._words(item.heading))
        title = heading.strip(" \u3000\n。") or item.node.mark.label
        properties: dict[str, Value] = {
            "name": title,
            "title": title,
            "notice_id": self._notice.id,
            "path": item.node.path,
            "number": item.node.mark.label,
            "start": item.span.start,
            "end": item.span.end,
        }
        if item.is_measure:
            properties["text"] = self._words(item.span)
        if item.is_measure and item.deadline is not None:
            properties["due_text"] = item.deadline.due_text
            if item.deadline.due_on:
                properties["due_on"] = item.deadline.due_on
            if item.deadline.ongoing:
                properties["ongoing"] = True
        self._add_node(ref, properties)
        return ref

    def add_place_in_outline(self, item: Item, refs: Mapping[str, NodeRef]) -> None:
        above = item.node.path.rpartition("/")[0]
        parent = refs.get(above, self._notice)
        self._quote("PART_OF", refs[item.node.path], parent, item.heading, "outline")

    def add_facts(self, item: Item, measure: NodeRef) -> None:
        for actor in item.actors:
            self._add_actor(actor, measure)
        for mention in item.entities:
            self._add_mention(mention, measure)
        for use in item.instruments:
            instrument = self._add_known(known_instrument(use.instrument))
            self._quote("USES", measure, instrument, use.span, use.method, use.confidence)
        seen: set[str] = set()
        for citation in item.citations:
            cited = self._cited(citation)
            if cited.id not in seen:
                self._quote("CITES", measure, cited, citation.span, "citation")
                seen.add(cited.id)
            self._derive(citation, cited)

    def add_targets(self, item: Item, owner: NodeRef) -> None:
        due_on = item.deadline.due_on if item.deadline else None
        for target in item.targets:
            # A figure without a date of its own is to be reached by the measure's deadline.
            node = self._target(replace(target, by=target.by or due_on), owner)
            self._quote("SETS", owner, node, target.span, "target", 0.9)

    def add_notice_citation(self, citation: Citation) -> None:
        cited = self._cited(citation)
        if citation.relation is None:
            self._quote("CITES", self._notice, cited, citation.span, "citation")
        self._derive(citation, cited)

    def _derive(self, citation: Citation, cited: NodeRef) -> None:
        """Add what the notice derives from, each source once for each relation."""
        if citation.relation is None or (cited.id, citation.relation) in self._derived:
            return
        self._derived.add((cited.id, citation.relation))
        extra = {"relation": citation.relation}
        self._quote("DERIVES_FROM", self._notice, cited, citation.cue, "citation", 0.9, extra)

    def _add_actor(self, actor: Actor, measure: NodeRef) -> None:
        confidence = actor.certainty if actor.target else _UNRESOLVED
        if actor.institution is not None:
            name = actor.target.name if actor.target else actor.surface
            key = institution_key(name)
            others: dict[str, Value] = {"aliases": sorted({name, key})} if key != name else {}
            body = self._named("Institution", name, {"kind": actor.institution, **others}, key)
        elif actor.target is not None:
            body = self._add_known(described_body(actor.target))
        else:
            body = self._unresolved(actor)
        extra: dict[str, Value] = {"surface": actor.surface, "resolution": actor.reason}
        self._quote(actor.role, body, measure, actor.span, actor.method, confidence, extra)

    def _unresolved(self, actor: Actor) -> NodeRef:
        # What an unresolved name means, it means in this notice alone: another notice's
        # 市政府 is another body, so the notice is part of the key.
        ref = NodeRef(node_id("Agency", actor.surface, "unresolved", self._notice.id), "Agency")
        properties: dict[str, Value] = {
            "name": actor.surface,
            "kind": "unresolved",
            "resolved": False,
            "reason": actor.reason,
            "notice_id": self._notice.id,
        }
        self._add_node(ref, properties)
        return ref

    def _add_mention(self, mention: EntityMention, measure: NodeRef) -> None:
        if mention.label == "Place":
            is_division = mention.key is not None and mention.key.isdecimal()
            thing = self._add_place(str(mention.key)) if is_division else self._mentioned(mention)
        else:
            thing = self._mentioned(mention)
        self._locate(mention, thing)
        kind = "SUPPORTS" if mention.supported else "MENTIONS"
        extra: dict[str, Value] = {"surface": self._words(mention.span)}
        self._quote(kind, measure, thing, mention.span, mention.method, mention.confidence, extra)

    def _locate(self, mention: EntityMention, thing: NodeRef) -> None:
        seat = None
        if mention.label == "Institution":
            seat = seat_of(mention.name)
        elif mention.label == "Product":
            seat = origin_of(mention.name)
        if seat is not None:
            edge = reference_edge("LOCATED_IN", thing, self._add_place(seat.code))
            self._edges[edge.id] = edge

    def _add_place(self, code: str) -> NodeRef:
        return self._add_known(known_place(code))

    def _add_known(self, known: Known) -> NodeRef:
        """Add what reference data tell, with all it refers to; what is there already stays."""
        if known.node.id not in self._nodes:
            self._nodes[known.node.id] = known.node
            for other in known.others:
                self._add_known(other())
            self._edges.update(known.edges)
        return known.ref

    def _target(self, target: TargetMention, owner: NodeRef) -> NodeRef:
        value = f"{target.value:g}"
        key = (owner.id, target.metric or "-", target.comparator, value, target.unit or "-")
        ref = NodeRef(node_id("Target", *key), "Target")
        properties: dict[str, Value] = {
            "name": f"{target.metric} {target.comparator} {value}{target.unit}",
            "metric": target.metric,
            "comparator": target.comparator,
            "value": float(target.value),
        }
        if target.unit:
            properties["unit"] = target.unit
        if target.by:
            properties["by"] = target.by
        self._add_node(ref, properties)
        return ref

    def _cited(self, citation: Citation) -> NodeRef:
        ref = NodeRef(node_id("Notice", citation.key), "Notice")
        properties: dict[str, Value] = {
            "name": citation.title,
            "title": citation.title,
            "status": "cited",
        }
        if citation.number:
            properties["document_number"] = citation.number
        known = self._nodes.get(ref.id)
        if known is None or (
            "document_number" in properties and "document_number" not in known.properties
        ):
            self._add_node(ref, properties)
        return ref

    def _mentioned(self, mention: EntityMention) -> NodeRef:
        key = mention.key or mention.name
        return self._named(mention.label, mention.name, mention.properties, key)

    def _named(self, label: str, name: str, properties: Properties, key: str = "") -> NodeRef:
        ref = NodeRef(node_id(label, key or name), label)
        known = self._nodes.get(ref.id)
        if known is None:
            self._add_node(ref, {"name": name, **properties})
        elif known.properties["name"] != name:  # one thing, spelled in two ways
            said = join_properties(known.properties, {"name": name, **properties})
            self._add_node(ref, said)
        return ref

    def _add_node(self, ref: NodeRef, properties: Properties) -> None:
        self._nodes[ref.id] = Node(ref.id, ref.label, properties)

    def _quote(  # noqa: PLR0913  evidence has this many parts
        self,
        kind: str,
        start: NodeRef,
        end: NodeRef,
        span: Span,
        method: str,
        confidence: float = 1.0,
        extra: Properties | None = None,
    ) -> None:
        properties: dict[str, Value] = {
            "notice_id": self._notice.id,
            "start": span.start,
            "end": span.end,
            "quote": self._words(span),
            "method": method,
            "confidence": confidence,
        }
        if extra is not None:
            properties |= extra
        key = edge_id(
            kind,
            start.id,
            end.id,
            self._notice.id,
            str(span.start),
            str(span.end),
            str(properties.get("relation", "")),
        )
        self._edges[key] = Edge(key, kind, start, end, properties)

    def _words(self, span: Span) -> str:
        return self._analysis.text[span.start : span.end]


def _last_part(uri: str) -> str:
    return uri.rstrip("/").rsplit("/", 1)[-1] or uri


def _value(quoted: Quoted | None) -> str | None:
    return quoted.value if quoted else None
