"""Lines are what `json` writes, with the names of properties in order."""

import json

from hypothesis import given
from hypothesis import strategies as st

from kg.jsonl import format_edge, format_node
from kg.types import Edge, Node, NodeRef

words = st.text(st.characters(exclude_categories=["Cs"]))
values = st.one_of(words, st.integers(), st.floats(), st.booleans(), st.lists(words))
properties = st.dictionaries(words, values)


def written(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


@given(properties)
def test_a_node_is_written_as_json_writes_it(facts: dict[str, str]) -> None:
    node = Node("1", "Place", facts)
    ordered = {name: facts[name] for name in sorted(facts)}
    record = {"type": "node", "id": "1", "labels": ["Place"], "properties": ordered}
    assert format_node(node) == written(record)


@given(properties)
def test_an_edge_is_written_as_json_writes_it(facts: dict[str, str]) -> None:
    edge = Edge("3", "PART_OF", NodeRef("1", "Place"), NodeRef("2", "Place"), facts)
    record = {
        "type": "relationship",
        "id": "3",
        "label": "PART_OF",
        "start": {"id": "1", "labels": ["Place"]},
        "end": {"id": "2", "labels": ["Place"]},
        "properties": {name: facts[name] for name in sorted(facts)},
    }
    assert format_edge(edge) == written(record)
