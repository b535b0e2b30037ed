"""The ontology as a value: read once from ontology.yaml, checked, and asked by everyone.

A fragment is validated against it, stores make their indexes from it, the API its enums,
the README its table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import FragmentError, OntologyError
from kg.types import Edge, GraphFragment, Node, Value

PropertyType = Literal["text", "name", "date", "int", "float", "bool", "list"]

_PYTHON_TYPES: Mapping[PropertyType, type | tuple[type, ...]] = {
    "text": str,
    "name": str,
    "date": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "list": list,
}


class PropertySpec(BaseModel):
    """Type of a property, whether it must be there, and the values allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    type: PropertyType
    required: bool = False
    values: tuple[str, ...] | None = None


class LabelSpec(BaseModel):
    """A node label: what it means, its natural keys and its properties."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    description: str
    description_zh: str
    keys: tuple[tuple[str, ...], ...]
    properties: dict[str, PropertySpec]


class EdgeSpec(BaseModel):
    """An edge type: which labels it may join and what evidence it carries."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    description: str
    description_zh: str
    pairs: tuple[tuple[str, str], ...]
    evidence: Literal["notice", "reference", "either"]
    properties: dict[str, PropertySpec] = Field(default_factory=dict)


_NAME: Mapping[str, PropertySpec] = {"name": PropertySpec(type="name", required=True)}
_EVIDENCE: Mapping[str, PropertySpec] = {
    "notice_id": PropertySpec(type="text", required=True),
    "start": PropertySpec(type="int", required=True),
    "end": PropertySpec(type="int", required=True),
    "quote": PropertySpec(type="text", required=True),
    "method": PropertySpec(type="text", required=True),
    "confidence": PropertySpec(type="float", required=True),
}
_SOURCE: Mapping[str, PropertySpec] = {"source": PropertySpec(type="text", required=True)}


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the properties of a kind of node or edge must be."""

    specs: Mapping[str, PropertySpec]
    required: frozenset[str]
    limited: frozenset[str]  # those that may have certain values only
    sound: set[tuple[object, ...]] = field(default_factory=set)  # names and types seen and good

    @classmethod
    def of(cls, *specs: Mapping[str, PropertySpec]) -> "_Rule":
        merged = {name: spec for part in specs for name, spec in part.items()}
        required = frozenset(name for name, spec in merged.items() if spec.required)
        limited = frozenset(name for name, spec in merged.items() if spec.values is not None)
        return cls(merged, required, limited)


@dataclass(frozen=True)
class Ontology:
    """Labels and edge types, with the checks that fragments must pass."""

    labels: Mapping[str, LabelSpec]
    edges: Mapping[str, EdgeSpec]

    def check_node(self, node: Node) -> None:
        """Raise FragmentError unless the node fits its label."""
        spec = self.labels.get(node.label)
        if spec is None:
            raise FragmentError(node.label, node.id, f"unknown label; known: {list(self.labels)}")
        _check_properties(node.label, node.id, node.properties, self._rules[node.label])

    def check_edge(self, edge: Edge) -> None:
        """Raise FragmentError unless the edge fits its type, ends and evidence."""
        evidence = "reference" if "source" in edge.properties else "notice"
        rule = self._joins.get((edge.type, edge.start.label, edge.end.label, evidence))
        if rule is None:
            raise self._no_such_edge(edge, evidence)
        _check_properties(edge.type, edge.id, edge.properties, rule)

    def _no_such_edge(self, edge: Edge, evidence: str) -> FragmentError:
        spec = self.edges.get(edge.type)
        if spec is None:
            return FragmentError(edge.type, edge.id, f"unknown edge; known: {list(self.edges)}")
        if (edge.start.label, edge.end.label) not in spec.pairs:
            ends = f"{edge.start.label} → {edge.end.label}"
            return FragmentError(edge.type, edge.id, f"cannot join {ends}; allowed: {spec.pairs}")
        return FragmentError(edge.type, edge.id, f"needs {spec.evidence} evidence, not {evidence}")

    def check_fragment(self, fragment: GraphFragment) -> None:
        """Raise FragmentError unless every node, edge and quote of the fragment is sound."""
        labels = {node.id: node.label for node in fragment.nodes}
        text = _own_text(fragment)
        for node in fragment.nodes:
            self.check_node(node)
        for edge in fragment.edges:
            self.check_edge(edge)
            start, end = edge.start, edge.end
            if labels.get(start.id) != start.label or labels.get(end.id) != end.label:
                wrong = f"an end is no node of the fragment: {start}, {end}"
                raise FragmentError(edge.type, edge.id, wrong)
            if "source" not in edge.properties:
                _check_quote(edge, fragment.notice_id, text)

    @cached_property
    def _rules(self) -> Mapping[str, _Rule]:
        """Return the rules for the properties of labels."""
        return {name: _Rule.of(_NAME, spec.properties) for name, spec in self.labels.items()}

    @cached_property
    def _joins(self) -> Mapping[tuple[str, str, str, str], _Rule]:
        """Return the rules for edges by their type, the labels of their ends and their evidence."""
        rules: dict[tuple[str, str, str, str], _Rule] = {}
        for name, spec in self.edges.items():
            for evidence, common in (("notice", _EVIDENCE), ("reference", _SOURCE)):
                rule = _Rule.of(common, spec.properties)
                if spec.evidence in ("either", evidence):
                    rules |= {(name, start, end, evidence): rule for start, end in spec.pairs}
        return rules

    def edge_properties(self, edge_type: str) -> dict[str, PropertySpec]:
        """Return all properties an edge of a type may have, those of its evidence first."""
        return {**_EVIDENCE, **_SOURCE, **self.edges[edge_type].properties}

    def searchable(self) -> dict[str, list[str]]:
        """Return for each label the properties that people search: `name` and those typed so."""
        return {
            label: ["name", *(p for p, s in spec.properties.items() if s.type == "name")]
            for label, spec in self.labels.items()
        }


@cache
def load_ontology() -> Ontology:
    """Return the ontology shipped with the package.

    Raises:
        OntologyError: the file breaks its own rules.
    """
    raw = yaml.safe_load((files("kg") / "ontology.yaml").read_text(encoding="utf-8"))
    return parse_ontology(raw)


def parse_ontology(raw: Mapping[str, Mapping[str, object]]) -> Ontology:
    """Build an ontology from parsed YAML and check that it is consistent.

    Raises:
        OntologyError: a field is unknown, an edge names an unknown label, or one property
            name has two types.
    """
    try:
        labels = {k: LabelSpec.model_validate(v) for k, v in raw["labels"].items()}
        edges = {k: EdgeSpec.model_validate(v) for k, v in raw["edges"].items()}
    except (KeyError, ValidationError) as error:
        raise OntologyError(f"ontology.yaml: {error}") from error
    for name, edge in edges.items():
        unknown = {label for pair in edge.pairs for label in pair} - labels.keys()
        if unknown:
            raise OntologyError(f"edge {name} names unknown labels {sorted(unknown)}")
    _check_one_type_each([*labels.values(), *edges.values()])
    return Ontology(labels, edges)


def markdown_table(ontology: Ontology) -> str:
    """Return the README's table of labels and edges."""
    lines = ["| node | what it is | 中文 |", "|---|---|---|"]
    for label, spec in ontology.labels.items():
        lines.append(f"| {label} | {spec.description} | {spec.description_zh} |")
    lines += ["", "| edge | from → to | means |", "|---|---|---|"]
    for name, edge in ontology.edges.items():
        pairs = "; ".join(f"{start} → {end}" for start, end in edge.pairs)
        lines.append(f"| {name} | {pairs} | {edge.description} ({edge.description_zh}) |")
    return "\n".join(lines) + "\n"


def _check_one_type_each(specs: Iterable[LabelSpec | EdgeSpec]) -> None:
    types: dict[str, PropertyType] = {}
    for spec in specs:
        for name, prop in spec.properties.items():
            if types.setdefault(name, prop.type) != prop.type and {types[name], prop.type} != {
                "text",
                "name",
            }:
                raise OntologyError(f"property {name} is both {types[name]} and {prop.type}")


def _check_properties(kind: str, key: str, properties: Mapping[str, Value], rule: _Rule) -> None:
    shape = (*properties, *map(type, properties.values()))
    if shape in rule.sound:
        return
    if not rule.required <= properties.keys():
        missing = [name for name in rule.specs if name in rule.required - properties.keys()]
        raise FragmentError(kind, key, f"lacks {missing}")
    for name, value in properties.items():
        spec = rule.specs.get(name)
        if spec is None:
            known = sorted(rule.specs)
            raise FragmentError(kind, key, f"has no property {name!r}; known: {known}")
        wanted = _PYTHON_TYPES[spec.type]
        is_bool_as_number = isinstance(value, bool) and spec.type != "bool"
        if not isinstance(value, wanted) or is_bool_as_number:
            raise FragmentError(kind, key, f"{name} must be {spec.type}, not {value!r}")
        if spec.values is not None and value not in spec.values:
            raise FragmentError(kind, key, f"{name} must be one of {spec.values}, not {value!r}")
    if rule.limited.isdisjoint(properties):
        rule.sound.add(shape)


def _own_text(fragment: GraphFragment) -> str:
    for node in fragment.nodes:
        if node.id == fragment.notice_id:
            return str(node.properties.get("text", ""))
    raise FragmentError("Notice", fragment.notice_id, "is no node of its own fragment")


def _check_quote(edge: Edge, notice_id: str, text: str) -> None:
    start, end = edge.properties["start"], edge.properties["end"]
    if not (isinstance(start, int) and isinstance(end, int)):
        raise FragmentError(edge.type, edge.id, "start and end must be whole numbers")
    if edge.properties["notice_id"] == notice_id and text[start:end] != edge.properties["quote"]:
        raise FragmentError(edge.type, edge.id, f"quote is not text[{start}:{end}]")
