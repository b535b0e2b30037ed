"""The graph for network programs: GraphML (NetworkX, igraph, yEd) and GEXF 1.3 (Gephi).

Written as a stream, in two passes over the selection: nodes, then edges. Every property of the
ontology is an attribute with its type, but for the full text of notices, which no such program
needs. Lists stand as one text with bars between.

An edge's type is its `kind` in GEXF: Gephi merges parallel edges unless their kinds differ.

Source: GraphML primer, graphml.graphdrawing.org; GEXF 1.3 schema, gexf.net.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from kg.ontology import load_ontology
from kg.store import Store
from kg.types import Edge, Node, Value
from queries.selection import Selection
from queries.subgraph import read_subgraphs
from viz.exports.delimited import SEPARATOR
from viz.exports.xml_text import xml_text
from viz.names import label_style

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_GEXF_VIZ = "http://gexf.net/1.3/viz"
_TYPES = {"int": "long", "float": "double", "bool": "boolean"}
# To programs that read GEXF, `start` and `end` are when a thing begins and ceases to exist.
_RENAMED = {"start": "text_start", "end": "text_end"}
_LEFT_OUT = frozenset({("Notice", "text")})


@dataclass(frozen=True, slots=True)
class _Item:
    """A node or an edge as it is written."""

    id: str
    label: str
    values: Mapping[str, str]
    ends: tuple[str, str] | None = None


def write_graphml(store: Store, selection: Selection, path: Path) -> tuple[int, int]:
    """Write a selection as GraphML; return the numbers of nodes and edges."""
    with etree.xmlfile(str(path), encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: _GRAPHML}):
            for scope, types in (("node", _node_types()), ("edge", _edge_types())):
                for name, kind in types.items():
                    keys = {"attr.name": name, "attr.type": kind}
                    xml.write(etree.Element("key", {"id": f"{scope}_{name}", "for": scope} | keys))
            with xml.element("graph", {"id": "policykg", "edgedefault": "directed"}):
                nodes = _write(xml, (_graphml("node", n) for n in _nodes(store, selection)))
                edges = _write(xml, (_graphml("edge", e) for e in _edges(store, selection)))
    return nodes, edges


def write_gexf(store: Store, selection: Selection, path: Path) -> tuple[int, int]:
    """Write a selection as GEXF 1.3; return the numbers of nodes and edges."""
    with etree.xmlfile(str(path), encoding="utf-8") as xml:
        xml.write_declaration()
        with (
            xml.element("gexf", {"version": "1.3"}, nsmap={None: _GEXF, "viz": _GEXF_VIZ}),
            xml.element("graph", {"defaultedgetype": "directed", "mode": "static"}),
        ):
            for scope, types in (("node", _node_types()), ("edge", _edge_types())):
                xml.write(_gexf_attributes(scope, types))
            with xml.element("nodes"):
                nodes = _write(xml, (_gexf_node(n) for n in _nodes(store, selection)))
            with xml.element("edges"):
                edges = _write(xml, (_gexf_edge(e) for e in _edges(store, selection)))
    return nodes, edges


def _write(xml: Any, elements: Iterable[Any]) -> int:
    count = 0
    for element in elements:
        xml.write(element)
        count += 1
    return count


def _nodes(store: Store, selection: Selection) -> Iterator[_Item]:
    for part in read_subgraphs(store, selection):
        for node_id, node in part.nodes.items():
            if node_id in part.fresh:
                yield _Item(node_id, node.label, _node_values(node))


def _edges(store: Store, selection: Selection) -> Iterator[_Item]:
    for part in read_subgraphs(store, selection):
        for edge in part.edges:
            yield _Item(edge.id, edge.type, _edge_values(edge), (edge.start.id, edge.end.id))


def _node_types() -> dict[str, str]:
    specs = load_ontology().labels.values()
    types = {name: spec.type for label in specs for name, spec in label.properties.items()}
    return _xml_types({"label": "text", "node_type": "text"} | types)


def _edge_types() -> dict[str, str]:
    ontology = load_ontology()
    types = {
        n: s.type for kind in ontology.edges for n, s in ontology.edge_properties(kind).items()
    }
    return _xml_types({"edge_type": "text"} | types)


def _xml_types(types: Mapping[str, str]) -> dict[str, str]:
    return {_RENAMED.get(name, name): _TYPES.get(kind, "string") for name, kind in types.items()}


def _node_values(node: Node) -> dict[str, str]:
    kept = {n: v for n, v in node.properties.items() if (node.label, n) not in _LEFT_OUT}
    name = kept.pop("name", node.id)
    return _texts({"label": name, "node_type": node.label} | kept)


def _edge_values(edge: Edge) -> dict[str, str]:
    return _texts({"edge_type": edge.type, **edge.properties})


def _texts(values: Mapping[str, Value]) -> dict[str, str]:
    return {_RENAMED.get(name, name): _text(value) for name, value in values.items()}


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return xml_text(SEPARATOR.join(value) if isinstance(value, list) else str(value))


def _graphml(scope: str, item: _Item) -> Any:
    attributes = {"id": item.id}
    if item.ends:
        attributes |= {"source": item.ends[0], "target": item.ends[1]}
    element = etree.Element(scope, attributes)
    for name, value in item.values.items():
        etree.SubElement(element, "data", {"key": f"{scope}_{name}"}).text = value
    return element


def _gexf_attributes(scope: str, types: Mapping[str, str]) -> Any:
    element = etree.Element("attributes", {"class": scope})
    for name, kind in types.items():
        if name != "label":  # an attribute of the node itself
            etree.SubElement(element, "attribute", {"id": name, "title": name, "type": kind})
    return element


def _gexf_node(item: _Item) -> Any:
    element = etree.Element("node", {"id": item.id, "label": item.values["label"]})
    _add_gexf_values(element, item)
    red, green, blue = (int(label_style(item.label).colour[i : i + 2], 16) for i in (1, 3, 5))
    colour = {"r": str(red), "g": str(green), "b": str(blue)}
    etree.SubElement(element, f"{{{_GEXF_VIZ}}}color", colour)
    return element


def _gexf_edge(item: _Item) -> Any:
    source, target = item.ends or ("", "")
    ends = {"id": item.id, "source": source, "target": target}
    element = etree.Element("edge", ends | {"kind": item.label, "label": item.label})
    _add_gexf_values(element, item)
    return element


def _add_gexf_values(element: Any, item: _Item) -> None:
    values = etree.SubElement(element, "attvalues")
    for name, value in item.values.items():
        if name != "label":
            etree.SubElement(values, "attvalue", {"for": name, "value": value})
