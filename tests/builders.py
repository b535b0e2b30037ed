"""Small fragments, valid under the ontology, for tests of whatever works on a graph."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.ids import edge_id, node_id
from kg.types import Edge, GraphFragment, Node, NodeRef, Value


@dataclass
class NoticeBuilder:
    """A fragment in the making.

    >>> b = NoticeBuilder("关于甲的通知", number="甲发〔2024〕1号")
    >>> m = b.measure("一", "开展专利导航")
    >>> _ = b.role("LEADS", "甲省教育厅", m)
    >>> len(b.build().edges)
    2
    """

    title: str
    number: str | None = None
    issued_on: str = "2024-01-02"
    text: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = self.text or f"{self.title}。正文:推进知识产权保护,加强运用。"

    @property
    def id(self) -> str:
        """The notice's id."""
        if self.number:
            return node_id("Notice", "甲省人民政府", self.number)
        return node_id("Notice", self.title, self.issued_on)

    @property
    def ref(self) -> NodeRef:
        """The notice, as an end of edges."""
        return NodeRef(self.id, "Notice")

    def node(self, label: str, key: str, **properties: Value) -> NodeRef:
        """Add a shared node, named by its key unless `name` is given."""
        node = Node(node_id(label, key), label, {"name": key, **properties})
        self.nodes[node.id] = node
        return node.ref

    def measure(self, path: str, title: str, text: str | None = None) -> NodeRef:
        """Add a measure of the notice."""
        facts: dict[str, Value] = {
            "name": title,
            "title": title,
            "notice_id": self.id,
            "path": path,
            "number": path,
            "text": text or f"{title}。",
            "start": 0,
            "end": 3,
        }
        node = Node(node_id("Measure", self.id, path), "Measure", facts)
        self.nodes[node.id] = node
        self.edge("PART_OF", node.ref, self.ref)
        return node.ref

    def stub(self, title: str, number: str | None = None) -> NodeRef:
        """Add a cited notice."""
        facts: dict[str, Value] = {"name": title, "title": title, "status": "cited"}
        if number:
            facts["document_number"] = number
        node = Node(node_id("Notice", "cited", number or title), "Notice", facts)
        self.nodes[node.id] = node
        return node.ref

    def cites(self, title: str, number: str | None = None, start: NodeRef | None = None) -> str:
        """Let the notice, or a measure of it, cite a notice; return the edge's id."""
        return self.edge("CITES", start or self.ref, self.stub(title, number))

    def role(self, role: str, agency: str, measure: NodeRef) -> str:
        """Give an agency a role in a measure; return the edge's id."""
        return self.edge(role, self.node("Agency", agency, kind="department"), measure)

    def edge(self, kind: str, start: NodeRef, end: NodeRef, **properties: Value) -> str:
        """Add an edge with evidence from the notice; return its id."""
        facts: dict[str, Value] = {
            "notice_id": self.id,
            "start": 0,
            "end": 2,
            "quote": self.text[:2],
            "method": "test",
            "confidence": 1.0,
            **properties,
        }
        key = edge_id(kind, start.id, end.id, self.id, str(facts["start"]), str(facts["end"]))
        self.edges[key] = Edge(key, kind, start, end, facts)
        return key

    def known(self, kind: str, start: NodeRef, end: NodeRef, source: str = "表") -> str:
        """Add an edge known from reference data; return its id."""
        key = edge_id(kind, start.id, end.id, source)
        self.edges[key] = Edge(key, kind, start, end, {"source": source})
        return key

    def build(self) -> GraphFragment:
        """Return the fragment."""
        facts: dict[str, Value] = {
            "name": self.title,
            "title": self.title,
            "status": "loaded",
            "text": self.text,
            "issued_on": self.issued_on,
        }
        if self.number:
            facts["document_number"] = self.number
        nodes = {**self.nodes, self.id: Node(self.id, "Notice", facts)}
        return fragment_of(self.id, nodes.values(), self.edges.values())


def fragment_of(notice_id: str, nodes: Iterable[Node], edges: Iterable[Edge]) -> GraphFragment:
    """Return a fragment with its parts in order."""
    return GraphFragment(
        notice_id,
        tuple(sorted(nodes, key=lambda n: (n.label, n.id))),
        tuple(sorted(edges, key=lambda e: (e.type, e.id))),
    )


def with_property(fragment: GraphFragment, node_id: str, **properties: Value) -> GraphFragment:
    """Return a fragment in which one node has these properties, too."""
    nodes = [
        Node(n.id, n.label, {**n.properties, **properties}) if n.id == node_id else n
        for n in fragment.nodes
    ]
    return replace(fragment, nodes=tuple(nodes))


def reuse_edge(later: NodeRef, earlier: NodeRef, notice_id: str, share: float = 0.5) -> Edge:
    """Return a text-reuse edge between two measures; its evidence is in the later notice."""
    facts: dict[str, Value] = {
        "notice_id": notice_id,
        "start": 0,
        "end": 2,
        "quote": "推进",
        "method": "test",
        "confidence": 1.0,
        "relation": "text_reuse",
        "share": share,
    }
    key = edge_id("DERIVES_FROM", later.id, earlier.id, notice_id)
    return Edge(key, "DERIVES_FROM", later, earlier, facts)


def series(number: int) -> GraphFragment:
    """Return the fragment of one of a series of notices, each of which cites the next."""
    builder = NoticeBuilder(f"第{number}号通知", text="推进知识产权。" * 200)
    for item in range(8):
        measure = builder.measure(str(item), f"措施{item}")
        builder.role("LEADS", f"甲省第{item % 3}局", measure)
        builder.cites(f"第{number + 1}号通知", start=measure)
    return builder.build()


def small_notice() -> NoticeBuilder:
    """Return a notice with a bit of everything, under way."""
    b = NoticeBuilder("关于推进知识产权强省建设的通知", number="甲政发〔2024〕3号")
    first = b.measure("一/(一)", "支持盘锦大米发展")
    second = b.measure("一/(二)", "建设教育平台")
    b.edge("ISSUED", b.node("Agency", "甲省人民政府", kind="government"), b.ref)
    b.role("LEADS", "甲省教育厅", first)
    b.role("SUPPORTS", "甲省科学技术厅", second)
    province = b.node("Place", "甲省", code="990000", level="province")
    city = b.node("Place", "乙市", code="990100", level="prefecture", aliases=["乙城"])
    b.known("PART_OF", city, province)
    rice = b.node("Product", "盘锦大米", kind="geographical_indication", aliases=["盘锦米"])
    b.edge("SUPPORTS", first, rice)
    b.known("LOCATED_IN", rice, city)
    b.cites("关于强国建设的纲要", start=second)
    b.edge("DERIVES_FROM", b.ref, b.stub("关于强国建设的意见"), relation="implements")
    return b
