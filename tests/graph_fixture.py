"""A small made-up graph: three loaded notices of two provinces and a city, two cited ones."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from kg.ids import edge_id, node_id
from kg.ontology import load_ontology
from kg.store import Store
from kg.stores import open_store
from kg.types import Edge, GraphFragment, Node, Value

OUTLINE_TITLE = "知识产权强国建设纲要(2021—2035年)"
LIAONING_TITLE = "辽宁省地理标志运用促进实施方案"
JILIN_TITLE = "吉林省知识产权人才培养行动计划"
PANJIN_TITLE = "盘锦市落实地理标志运用促进实施方案若干措施"

AGENCIES: Mapping[str, tuple[str, list[str]]] = {
    "辽宁省知识产权局": ("department", ["辽宁知识产权局"]),
    "辽宁省教育厅": ("department", ["辽宁教育厅"]),
    "辽宁省科学技术厅": ("department", ["辽宁省科技厅"]),
    "辽宁省农业农村厅": ("department", []),
    "辽宁省各市人民政府": ("collective", ["辽宁省各市政府"]),
    "吉林省教育厅": ("department", ["吉林教育厅"]),
    "吉林省教育厅高等教育处": ("unit", []),
    "吉林省知识产权局": ("department", []),
    "盘锦市人民政府": ("government", ["盘锦市政府"]),
    "沈阳市人民政府": ("government", ["沈阳市政府"]),
    "盘锦市市场监督管理局": ("department", ["盘锦市市场监管局"]),
    "广西壮族自治区人民政府": ("government", ["广西自治区政府"]),
    "盘锦市大洼区人民政府": ("government", ["大洼区政府"]),
}
INSTRUMENTS: Mapping[str, tuple[str, str, str, str]] = {
    "funding": ("supply", "资金投入", "财政资金与资助", "public funding and grants"),
    "talent": ("supply", "人才培养", "人才培养与引进", "talent training and recruitment"),
    "publicity": ("environment", "宣传引导", "宣传与文化建设", "publicity and culture"),
}

LIAONING = f"""{LIAONING_TITLE}
辽知发〔2022〕8号
为贯彻落实《{OUTLINE_TITLE}》,根据《辽宁省知识产权保护条例》,制定本方案。
一、加强地理标志保护。支持盘锦大米等地理标志产品,资助盘锦市、大连市建设保护示范区。完成时限:2024年12月底前。(省知识产权局牵头,省教育厅、省农业农村厅配合)
二、培养知识产权人才。依托大连理工大学实施兴辽英才计划,培训人员500名。持续推进。(责任单位:省教育厅)
三、推动信息公开
(一)建好信息平台。推广辽宁省知识产权信息平台,2025年完成。(各市政府牵头,省科技厅配合)
辽宁省知识产权局
2022年3月15日
"""
JILIN = f"""{JILIN_TITLE}
吉知发〔2023〕5号
按照《{OUTLINE_TITLE}》要求,制定本计划。
一、设立知识产权学院。对高校给予经费支持,2025年6月底前完成。(省教育厅牵头,省知识产权局配合)
二、开展宣传周活动。组织全国知识产权宣传周活动。(省教育厅高等教育处负责)
吉林省知识产权局
2023年5月9日
"""
PANJIN = f"""{PANJIN_TITLE}
为落实《{LIAONING_TITLE}》,提出以下措施。
一、加强盘锦大米保护。支持盘锦大米等地理标志产品。落实《辽宁省知识产权保护条例》。(市市场监管局负责,省教育厅指导)
盘锦市市场监督管理局
2024年1月10日
"""


@dataclass
class Builder:
    """Collects the nodes and edges of one notice; quotes are looked up in its text."""

    text: str
    notice: Node
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes[self.notice.id] = self.notice

    def add(self, label: str, name: str, *key: str, **properties: Value) -> Node:
        node = Node(node_id(label, *(key or (name,))), label, {"name": name, **properties})
        self.nodes.setdefault(node.id, node)
        return self.nodes[node.id]

    def agency(self, name: str) -> Node:
        kind, aliases = AGENCIES[name]
        return self.add("Agency", name, kind=kind, aliases=aliases, resolved=True)

    def instrument(self, key: str) -> Node:
        group, category, name_zh, name_en = INSTRUMENTS[key]
        properties: dict[str, Value] = {
            "instrument": key,
            "class": group,
            "category": category,
            "name_zh": name_zh,
            "name_en": name_en,
        }
        return self.add("Instrument", name_zh, key, **properties)

    def cited(self, title: str) -> Node:
        return self.add("Notice", title, title, title=title, status="cited")

    def item(self, label: str, path: str, title: str, body: str, **properties: Value) -> Node:
        start = self.text.index(title)
        if label == "Measure":
            properties["text"] = body
        return self.add(
            label,
            title,
            self.notice.id,
            path,
            notice_id=self.notice.id,
            path=path,
            number=path.rsplit("/", 1)[-1],
            title=title,
            start=start,
            end=start + len(body),
            **properties,
        )

    def read(
        self, kind: str, start: Node, end: Node, quote: str, after: int = 0, **facts: Value
    ) -> None:
        at = self.text.index(quote, after)
        key = edge_id(kind, start.id, end.id, self.notice.id, str(at))
        evidence: dict[str, Value] = {
            "notice_id": self.notice.id,
            "start": at,
            "end": at + len(quote),
            "quote": quote,
            "method": "fixture",
            "confidence": 1.0,
        }
        self.edges[key] = Edge(key, kind, start.ref, end.ref, {**evidence, **facts})

    def know(self, kind: str, start: Node, end: Node) -> None:
        key = edge_id(kind, start.id, end.id, "fixture")
        self.edges[key] = Edge(key, kind, start.ref, end.ref, {"source": "fixture"})

    def fragment(self) -> GraphFragment:
        made = GraphFragment(
            self.notice.id,
            tuple(sorted(self.nodes.values(), key=lambda node: (node.label, node.id))),
            tuple(sorted(self.edges.values(), key=lambda edge: (edge.type, edge.id))),
        )
        load_ontology().check_fragment(made)
        return made


def loaded(title: str, text: str, **properties: Value) -> Builder:
    """Return a builder for a loaded notice."""
    facts = {"name": title, "title": title, "status": "loaded", "text": text, **properties}
    return Builder(text, Node(node_id("Notice", title, "loaded"), "Notice", facts))


def fragments() -> list[GraphFragment]:
    """Return the three notices, in the order of their dates."""
    return [_liaoning(), _jilin(), _panjin()]


def _line(text: str, begin: str) -> str:
    """Return the rest of the line that begins there."""
    at = text.index(begin)
    return text[at : text.index("\n", at)]


def _liaoning() -> GraphFragment:
    facts: dict[str, Value] = {
        "document_number": "辽知发〔2022〕8号",
        "issuers": ["辽宁省知识产权局"],
        "kind": "方案",
        "jurisdiction": "辽宁省",
        "issued_on": "2022-03-15",
    }
    made = loaded(LIAONING_TITLE, LIAONING, **facts)
    office, education = made.agency("辽宁省知识产权局"), made.agency("辽宁省教育厅")
    cities = made.agency("辽宁省各市人民政府")
    made.read("ISSUED", office, made.notice, "辽宁省知识产权局", LIAONING.index("推广"))
    made.read(
        "DERIVES_FROM", made.notice, made.cited(OUTLINE_TITLE), OUTLINE_TITLE, relation="implements"
    )
    made.read(
        "DERIVES_FROM",
        made.notice,
        made.cited("辽宁省知识产权保护条例"),
        "辽宁省知识产权保护条例",
        relation="based_on",
    )
    due = {"due_on": "2024-12-31", "due_text": "2024年12月底前"}
    title = "加强地理标志保护"
    first = made.item("Measure", "一", title, _line(LIAONING, title), **due)
    made.read("PART_OF", first, made.notice, "一")
    made.read("LEADS", office, first, "省知识产权局")
    made.read("SUPPORTS", education, first, "省教育厅")
    made.read("SUPPORTS", made.agency("辽宁省农业农村厅"), first, "省农业农村厅")
    city = made.add("Place", "盘锦市", "211100", code="211100", aliases=["盘锦"])
    port = made.add("Place", "大连市", "210200", code="210200", aliases=["大连"])
    province = made.add("Place", "辽宁省", "210000", code="210000", aliases=["辽宁"])
    made.know("PART_OF", city, province)
    made.know("PART_OF", port, province)
    rice = made.add("Product", "盘锦大米", kind="geographical_indication", aliases=[])
    made.know("LOCATED_IN", rice, city)
    made.read("SUPPORTS", first, rice, "盘锦大米")
    made.read("MENTIONS", first, city, "盘锦市")
    made.read("MENTIONS", first, port, "大连市")
    made.read("USES", first, made.instrument("funding"), "资助")
    title = "培养知识产权人才"
    second = made.item("Measure", "二", title, _line(LIAONING, title), ongoing=True)
    made.read("PART_OF", second, made.notice, "二")
    made.read("RESPONSIBLE_FOR", education, second, "省教育厅", LIAONING.index("责任单位"))
    university = made.add("Institution", "大连理工大学", kind="university", aliases=["大工"])
    made.know("LOCATED_IN", university, port)
    made.read("MENTIONS", second, university, "大连理工大学")
    made.read("SUPPORTS", second, made.add("Program", "兴辽英才计划"), "兴辽英才计划")
    made.read("USES", second, made.instrument("talent"), "培训")
    goal = made.add(
        "Target", "人员", second.id, "人员", "500", metric="人员", comparator="=", value=500.0
    )
    made.read("SETS", second, goal, "培训人员500名")
    section = made.item("Section", "三", "推动信息公开", "推动信息公开")
    made.read("PART_OF", section, made.notice, "三")
    title = "建好信息平台"
    due = {"due_on": "2025", "due_text": "2025年"}
    third = made.item("Measure", "三/(一)", title, _line(LIAONING, title), **due)
    made.read("PART_OF", third, section, "(一)")
    made.read("LEADS", cities, third, "各市政府")
    made.read("SUPPORTS", made.agency("辽宁省科学技术厅"), third, "省科技厅")
    made.read("SUPPORTS", third, made.add("Platform", "辽宁省知识产权信息平台"), "信息平台")
    made.know("INCLUDES", cities, made.agency("盘锦市人民政府"))
    made.know("INCLUDES", cities, made.agency("沈阳市人民政府"))
    return made.fragment()


def _jilin() -> GraphFragment:
    facts: dict[str, Value] = {
        "document_number": "吉知发〔2023〕5号",
        "issuers": ["吉林省知识产权局"],
        "kind": "计划",
        "jurisdiction": "吉林省",
        "issued_on": "2023-05-09",
    }
    made = loaded(JILIN_TITLE, JILIN, **facts)
    office, education = made.agency("吉林省知识产权局"), made.agency("吉林省教育厅")
    unit = made.agency("吉林省教育厅高等教育处")
    made.know("PART_OF", unit, education)
    made.read("ISSUED", office, made.notice, "吉林省知识产权局")
    made.read(
        "DERIVES_FROM", made.notice, made.cited(OUTLINE_TITLE), OUTLINE_TITLE, relation="based_on"
    )
    title = "设立知识产权学院"
    due = {"due_on": "2025-06-30", "due_text": "2025年6月底前"}
    first = made.item("Measure", "一", title, _line(JILIN, title), **due)
    made.read("PART_OF", first, made.notice, "一")
    made.read("LEADS", education, first, "省教育厅")
    made.read("SUPPORTS", office, first, "省知识产权局")
    made.read("USES", first, made.instrument("funding"), "经费支持")
    title = "开展宣传周活动"
    second = made.item("Measure", "二", title, _line(JILIN, title))
    made.read("PART_OF", second, made.notice, "二")
    made.read("RESPONSIBLE_FOR", unit, second, "省教育厅高等教育处")
    made.read("SUPPORTS", second, made.add("Program", "全国知识产权宣传周"), "全国知识产权宣传周")
    made.read("USES", second, made.instrument("publicity"), "宣传")
    return made.fragment()


def _panjin() -> GraphFragment:
    facts: dict[str, Value] = {
        "issuers": ["盘锦市市场监督管理局"],
        "kind": "措施",
        "jurisdiction": "盘锦市",
        "issued_on": "2024-01-10",
    }
    made = loaded(PANJIN_TITLE, PANJIN, **facts)
    bureau = made.agency("盘锦市市场监督管理局")
    made.read("ISSUED", bureau, made.notice, "盘锦市市场监督管理局")
    made.read(
        "DERIVES_FROM",
        made.notice,
        made.cited(LIAONING_TITLE),
        LIAONING_TITLE,
        relation="implements",
    )
    title = "加强盘锦大米保护"
    only = made.item("Measure", "一", title, _line(PANJIN, title))
    made.read("PART_OF", only, made.notice, "一")
    made.read("RESPONSIBLE_FOR", bureau, only, "市市场监管局")
    made.read("SUPPORTS", made.agency("辽宁省教育厅"), only, "省教育厅")
    made.read("SUPPORTS", only, made.add("Product", "盘锦大米", aliases=[]), "盘锦大米")
    rule = "辽宁省知识产权保护条例"
    made.read("CITES", only, made.cited(rule), rule)
    for name in ("广西壮族自治区人民政府", "盘锦市大洼区人民政府"):
        made.read("MENTIONS", only, made.agency(name), "保护")
    return made.fragment()


def relate(store: Store) -> None:
    """Say that 盘锦's measure takes over words of 辽宁's first, as a load finds out afterwards."""
    liaoning, _, panjin = fragments()
    later, earlier = (
        next(n.ref for n in made.nodes if n.properties.get("path") == "一")
        for made in (panjin, liaoning)
    )
    quote = "支持盘锦大米等地理标志产品"
    at = PANJIN.index(quote)
    facts: dict[str, Value] = {
        "notice_id": panjin.notice_id,
        "start": at,
        "end": at + len(quote),
        "quote": quote,
        "method": "text_reuse",
        "confidence": 0.9,
        "relation": "text_reuse",
        "share": 0.42,
    }
    key = edge_id("DERIVES_FROM", later.id, earlier.id, "text_reuse")
    store.replace_reuse([panjin.notice_id], [Edge(key, "DERIVES_FROM", later, earlier, facts)])


def in_memory() -> Store:
    """Return an empty store that is gone when it closes."""
    return open_store("memory:", mode="write")


@contextmanager
def sample_store(make_store: Callable[[], Store] = in_memory) -> Iterator[Store]:
    """Open a store that holds the three notices, and nothing else."""
    with make_store() as store:
        for fragment in fragments():
            store.load(fragment)
        relate(store)
        yield store
