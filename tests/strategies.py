"""Hypothesis strategies for fragments that are valid under the ontology.

Names, titles and numbers come from small pools, so that fragments drawn together share nodes,
contradict each other, and cite one another.
"""

import itertools

from builders import fragment_of
from hypothesis import strategies as st

from kg.ids import edge_id, node_id
from kg.types import Edge, GraphFragment, Node, NodeRef, Value

TITLES = ("关于甲的通知", "《关于 甲的通知》", "乙规划", "丙办法", "丁条例")
NUMBERS = (None, "甲发〔2024〕1号", "甲发[2024]01号", "乙发〔2024〕2号", "第6号")
NAMES = ("甲省", "乙市", "丙县")
KEYS = ("甲", "乙", "丙")
WORDS = st.sampled_from(["", "a", "乙", "b\n", "'\"`", "0"])
EVIDENCE_TEXT = "推进知识产权强国建设,甲省教育厅牵头。"

_lists = st.lists(WORDS, max_size=3)


@st.composite
def fragments(draw: st.DrawFn) -> GraphFragment:
    """Draw one fragment of a few nodes of many labels."""
    notice = _notice(draw, "loaded", text=EVIDENCE_TEXT + draw(WORDS))
    parts = _Parts(draw, notice)
    agencies = [parts.shared("Agency", name, kind=WORDS) for name in _some(draw, NAMES)]
    places = [parts.shared("Place", name, code=WORDS) for name in _some(draw, NAMES)]
    measures = [parts.measure(path) for path in _some(draw, ("一", "二/(一)"))]
    stubs = [parts.stub() for _ in range(draw(st.integers(0, 3)))]
    for agency in agencies:
        for measure in measures:
            parts.maybe(draw(st.sampled_from(["LEADS", "SUPPORTS"])), agency, measure)
        for place in places:
            parts.maybe("GOVERNS", agency, place)
            parts.maybe_known("GOVERNS", agency, place)
        parts.maybe("ISSUED", agency, parts.notice.ref)
    for upper, lower in itertools.pairwise(places):
        parts.maybe_known("PART_OF", lower, upper)
    for measure in measures:
        parts.edge("PART_OF", measure, parts.notice.ref)
        target = parts.shared("Target", draw(st.sampled_from(KEYS)), metric=WORDS)
        parts.edge("SETS", measure, target)
    for number, stub in enumerate(stubs):
        parts.edge("CITES", draw(st.sampled_from([parts.notice.ref, *measures])), stub)
        parts.maybe("DERIVES_FROM", parts.notice.ref, stub, relation="implements")
        parts.maybe("DERIVES_FROM", stubs[number - 1], stub, relation="amends")
        for agency in agencies:
            parts.maybe("ISSUED", agency, stub)
    return fragment_of(notice.id, parts.nodes.values(), parts.edges.values())


def fragment_sets(largest: int = 4) -> st.SearchStrategy[list[GraphFragment]]:
    """Draw fragments of different notices, which may bear one title or one number."""
    return st.lists(fragments(), min_size=2, max_size=largest, unique_by=lambda f: f.notice_id)


class _Parts:
    """The nodes and edges drawn so far, by id."""

    def __init__(self, draw: st.DrawFn, notice: Node) -> None:
        self.draw = draw
        self.notice = notice
        self.nodes = {notice.id: notice}
        self.edges: dict[str, Edge] = {}

    def shared(self, label: str, key: str, **texts: st.SearchStrategy[str]) -> NodeRef:
        facts: dict[str, Value] = {"name": key}
        facts |= {name: self.draw(text) for name, text in texts.items()}
        if label == "Target":
            number = self.draw(st.sampled_from([1, 1.0, -0.0, 20.5]))
            facts |= {"comparator": "≥", "value": number}
        elif self.draw(st.booleans()):
            facts["aliases"] = self.draw(_lists)
        node = Node(node_id(label, key), label, facts)
        return self.nodes.setdefault(node.id, node).ref

    def measure(self, path: str) -> NodeRef:
        facts: dict[str, Value] = {"name": path, "title": path, "path": path, "number": path}
        facts |= {"notice_id": self.notice.id, "text": self.draw(WORDS), "start": 0, "end": 1}
        if self.draw(st.booleans()):
            facts["ongoing"] = self.draw(st.booleans())
        node = Node(node_id("Measure", self.notice.id, path), "Measure", facts)
        return self.nodes.setdefault(node.id, node).ref

    def stub(self) -> NodeRef:
        node = _notice(self.draw, "cited")
        # A notice may cite itself by other words, but never by the words of its own key.
        return (self.nodes.setdefault(node.id, node) if node.id != self.notice.id else node).ref

    def maybe(self, kind: str, start: NodeRef, end: NodeRef, **properties: Value) -> None:
        if self.draw(st.booleans()):
            self.edge(kind, start, end, **properties)

    def edge(self, kind: str, start: NodeRef, end: NodeRef, **properties: Value) -> None:
        if start == end:
            return
        begin = self.draw(st.integers(0, 3))
        facts: dict[str, Value] = {"notice_id": self.notice.id, "start": begin, "end": begin + 2}
        facts |= {"quote": EVIDENCE_TEXT[begin : begin + 2], "method": "drawn", "confidence": 0.5}
        key = edge_id(kind, start.id, end.id, self.notice.id, str(begin))
        self.edges[key] = Edge(key, kind, start, end, {**facts, **properties})

    def maybe_known(self, kind: str, start: NodeRef, end: NodeRef) -> None:
        if start != end and self.draw(st.booleans()):
            key = edge_id(kind, start.id, end.id, "表")
            source = self.draw(st.sampled_from(["表", "表2", "a"]))
            self.edges[key] = Edge(key, kind, start, end, {"source": source})


def _notice(draw: st.DrawFn, status: str, **properties: Value) -> Node:
    title, number = draw(st.sampled_from(TITLES)), draw(st.sampled_from(NUMBERS))
    facts: dict[str, Value] = {"name": title, "title": title, "status": status, **properties}
    if number is not None:
        facts["document_number"] = number
    if draw(st.booleans()):
        facts["kind"] = draw(WORDS)
    # Half of the keys tell notices of one title and number apart, half do not.
    key = draw(st.sampled_from(["", "另"]))
    return Node(node_id("Notice", title, f"{number}", f"{key}*"), "Notice", facts)


def _some(draw: st.DrawFn, pool: tuple[str, ...]) -> list[str]:
    return draw(st.lists(st.sampled_from(pool), max_size=len(pool), unique=True))
