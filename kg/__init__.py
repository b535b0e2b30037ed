"""The graph: ontology, ids, reference data, and the stores that keep it."""
