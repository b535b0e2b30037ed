"""What the ontology is called in public vocabularies, read from rdf_terms.yaml."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import OntologyError
from kg.ontology import load_ontology
from kg.types import Edge


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Predicate(_Strict):
    """A predicate; `inverse` where it leads from the edge's end to its start."""

    predicate: str
    inverse: bool = False
    narrows: str | None = None


class _ByPair(_Strict):
    pairs: Mapping[str, Predicate]


class _ByRelation(_Strict):
    relations: Mapping[str, Predicate]


class Terms(_Strict):
    """The whole of rdf_terms.yaml."""

    prefixes: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
    properties: Mapping[str, str] = Field(default_factory=dict)
    edges: Mapping[str, Predicate | _ByPair | _ByRelation]

    def predicate_of(self, edge: Edge) -> Predicate:
        """Return the predicate that tells an edge."""
        spec = self.edges[edge.type]
        if isinstance(spec, _ByPair):
            return spec.pairs[f"{edge.start.label} {edge.end.label}"]
        if isinstance(spec, _ByRelation):
            return spec.relations[str(edge.properties["relation"])]
        return spec

    def predicates(self) -> list[Predicate]:
        """Return every predicate of an edge."""
        found: list[Predicate] = []
        for spec in self.edges.values():
            if isinstance(spec, Predicate):
                found.append(spec)
            else:
                found += (spec.pairs if isinstance(spec, _ByPair) else spec.relations).values()
        return found


@cache
def load_terms() -> Terms:
    """Return the terms.

    Raises:
        OntologyError: the file is malformed, or leaves out a label, an edge type, a pair or a
            relation of the ontology.
    """
    text = (files("viz") / "exports" / "rdf_terms.yaml").read_text(encoding="utf-8")
    try:
        terms = Terms.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        raise OntologyError(f"rdf_terms.yaml: {error}") from error
    _check(terms)
    return terms


def _check(terms: Terms) -> None:
    ontology = load_ontology()
    for what, ours, theirs in (
        ("labels", ontology.labels.keys(), terms.classes.keys()),
        ("edges", ontology.edges.keys(), terms.edges.keys()),
    ):
        if ours != theirs:
            raise OntologyError(f"rdf_terms.yaml: {what} differ: {sorted(ours ^ theirs)}")
    for name, edge in ontology.edges.items():
        spec = terms.edges[name]
        if isinstance(spec, _ByPair) and {" ".join(p) for p in edge.pairs} != spec.pairs.keys():
            raise OntologyError(f"rdf_terms.yaml: the pairs of {name} differ")
        if isinstance(spec, _ByRelation):
            values = edge.properties["relation"].values or ()
            if set(values) != spec.relations.keys():
                raise OntologyError(f"rdf_terms.yaml: the relations of {name} differ")
