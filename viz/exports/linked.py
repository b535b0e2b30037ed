"""The graph as linked data: Turtle, N-Triples, RDF/XML or JSON-LD.

Notices and their items are told in ELI, actors in ORG, places and things in schema.org, policy
instruments as a SKOS scheme with the classes of Rothwell and Zegveld at its top; what no vocabulary
says is our own, described in the same file. Every edge that was read from a notice is also a
statement of its own with its evidence, in PROV: the notice it was quoted from, the quote, where it
stands, the rule that read it and the confidence.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, PROV, RDF, RDFS, SKOS, XSD
from rdflib.term import Node as Term

from kg.errors import ExportError
from kg.instruments import CLASSES
from kg.ontology import PropertySpec, load_ontology
from kg.store import Store
from kg.types import Edge, Node, Value
from queries.selection import Selection
from queries.subgraph import read_subgraphs
from viz.exports.rdf_terms import load_terms
from viz.exports.xml_text import xml_text

FORMATS = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".jsonld": "json-ld"}
_IDS = Namespace("urn:policykg:id:")
_OURS = Namespace("urn:policykg:vocabulary:")
_SCHEME = URIRef("urn:policykg:instruments")
_DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_CLASS_NAMES = {"supply": "供给型", "environment": "环境型", "demand": "需求型"}


def write_rdf(store: Store, selection: Selection, path: Path) -> int:
    """Write a selection as RDF, in the form that the file's name asks for; return how many triples.

    Raises:
        ExportError: the name ends in none of FORMATS.
    """
    form = rdf_format(path)
    graph = make_rdf(store, selection)
    graph.serialize(path, format=form, encoding="utf-8", **_options(form, graph))
    return len(graph)


def rdf_format(path: Path) -> str:
    """Return the form that a file's name asks for.

    Raises:
        ExportError: it asks for none that is known.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise ExportError(str(path), f"name a file that ends in {', '.join(FORMATS)}")
    return form


def make_rdf(store: Store, selection: Selection) -> Graph:
    """Return a selection as an RDF graph, in memory."""
    graph = Graph()
    for prefix, address in load_terms().prefixes.items():
        graph.bind(prefix, address, replace=True)
    graph.bind("pk", _OURS)
    graph.bind("id", _IDS)
    _describe(graph)
    for part in read_subgraphs(store, selection):
        for node_id, node in part.nodes.items():
            if node_id in part.fresh:
                _add_node(graph, node)
        for edge in part.edges:
            _add_edge(graph, edge)
    return graph


def _options(form: str, graph: Graph) -> dict[str, Any]:
    if form != "json-ld":
        return {}
    context = {prefix: str(address) for prefix, address in graph.namespaces()}
    used = {*load_terms().prefixes, "pk", "id", "rdf", "rdfs", "owl", "xsd"}
    return {"context": {k: v for k, v in context.items() if k in used}, "auto_compact": False}


def _term(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef((_OURS if prefix == "pk" else load_terms().prefixes[prefix]) + local)


def _describe(graph: Graph) -> None:
    """Say what our own classes and predicates are, and lay out the scheme of instruments."""
    ontology, terms = load_ontology(), load_terms()
    for label, spec in ontology.labels.items():
        graph.add((_OURS[label], RDF.type, OWL.Class))
        graph.add((_OURS[label], RDFS.comment, Literal(spec.description, "en")))
        graph.add((_OURS[label], RDFS.comment, Literal(spec.description_zh, "zh")))
        for public in terms.classes[label]:
            graph.add((_OURS[label], RDFS.subClassOf, _term(public)))
    for predicate in terms.predicates():
        if predicate.predicate.startswith("pk:"):
            graph.add((_term(predicate.predicate), RDF.type, OWL.ObjectProperty))
        if predicate.narrows:
            wider = _term(predicate.narrows)
            graph.add((_term(predicate.predicate), RDFS.subPropertyOf, wider))
    graph.add((_SCHEME, RDF.type, SKOS.ConceptScheme))
    graph.add((_SCHEME, SKOS.prefLabel, Literal("政策工具", "zh")))
    for name in CLASSES:
        top = _OURS[f"class-{name}"]
        graph.add((top, RDF.type, SKOS.Concept))
        graph.add((top, SKOS.topConceptOf, _SCHEME))
        graph.add((top, SKOS.prefLabel, Literal(_CLASS_NAMES[name], "zh")))
        graph.add((top, SKOS.prefLabel, Literal(name, "en")))


def _add_node(graph: Graph, node: Node) -> None:
    subject, terms = _IDS[node.id], load_terms()
    graph.add((subject, RDF.type, _OURS[node.label]))
    for public in terms.classes[node.label]:
        graph.add((subject, RDF.type, _term(public)))
    specs = load_ontology().labels[node.label].properties
    for name, value in node.properties.items():
        predicate = _term(terms.properties.get(name, f"pk:{name}"))
        for literal in _literals(value, specs.get(name)):
            graph.add((subject, predicate, literal))
    if node.label == "Instrument":
        _add_concept(graph, subject, node)


def _add_concept(graph: Graph, subject: URIRef, node: Node) -> None:
    graph.add((subject, SKOS.inScheme, _SCHEME))
    graph.add((subject, SKOS.broader, _OURS[f"class-{node.properties['class']}"]))
    graph.add((subject, SKOS.notation, Literal(node.properties["instrument"])))
    for language in ("zh", "en"):
        name = Literal(node.properties[f"name_{language}"], language)
        graph.add((subject, SKOS.prefLabel, name))


def _add_edge(graph: Graph, edge: Edge) -> None:
    spec = load_terms().predicate_of(edge)
    ends: list[Term] = [_IDS[edge.start.id], _IDS[edge.end.id]]
    subject, target = reversed(ends) if spec.inverse else ends
    triple = (subject, _term(spec.predicate), target)
    graph.add(triple)
    if "quote" in edge.properties:
        _add_evidence(graph, edge, triple)


def _add_evidence(graph: Graph, edge: Edge, triple: tuple[Term, Term, Term]) -> None:
    statement = _IDS[edge.id]
    graph.add((statement, RDF.type, RDF.Statement))
    graph.add((statement, RDF.type, PROV.Entity))
    for predicate, term in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
        graph.add((statement, predicate, term))
    facts = dict(edge.properties)
    graph.add((statement, PROV.wasQuotedFrom, _IDS[str(facts.pop("notice_id"))]))
    graph.add((statement, PROV.value, Literal(xml_text(str(facts.pop("quote"))))))
    specs = load_ontology().edge_properties(edge.type)
    for name, value in facts.items():
        for literal in _literals(value, specs.get(name)):
            graph.add((statement, _OURS[name], literal))


def _literals(value: Value, spec: PropertySpec | None) -> Iterator[Literal]:
    if isinstance(value, list):
        yield from (Literal(xml_text(element)) for element in value)
    elif isinstance(value, str):
        is_date = spec is not None and spec.type == "date"
        yield Literal(xml_text(value), datatype=_DATES.get(len(value)) if is_date else None)
    else:
        yield Literal(value)
