"""What labels and edge types are called on screen, and how each label is drawn.

The ontology's descriptions are sentences; a legend and a badge need one short word.
Every label has a shape besides its colour, so that the drawing can be read without colours.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """How a label is called and drawn; `colour` is legible on white and on near-black."""

    name: str
    name_en: str
    colour: str
    shape: str


LABELS: Mapping[str, LabelStyle] = {
    "Notice": LabelStyle("公文", "Notice", "#4c6ef5", "square"),
    "Section": LabelStyle("章节", "Section", "#7c93d6", "square"),
    "Measure": LabelStyle("措施", "Measure", "#0ca678", "dot"),
    "Agency": LabelStyle("机关", "Agency", "#e8590c", "diamond"),
    "Institution": LabelStyle("机构", "Institution", "#9c5bd1", "triangle"),
    "Place": LabelStyle("地区", "Place", "#1098ad", "triangleDown"),
    "Product": LabelStyle("产品", "Product", "#e69500", "star"),
    "Program": LabelStyle("行动项目", "Programme", "#d6336c", "hexagon"),
    "Platform": LabelStyle("平台", "Platform", "#5f8f2f", "hexagon"),
    "Instrument": LabelStyle("政策工具", "Instrument", "#7d8795", "dot"),
    "Target": LabelStyle("目标", "Target", "#e03131", "dot"),
}
_UNKNOWN = LabelStyle("其他", "Other", "#868e96", "dot")

EDGES: Mapping[str, str] = {
    "ISSUED": "印发",
    "PART_OF": "隶属",
    "LEADS": "牵头",
    "RESPONSIBLE_FOR": "负责",
    "SUPPORTS": "配合",
    "MENTIONS": "提及",
    "USES": "运用",
    "SETS": "设定目标",
    "CITES": "引用",
    "DERIVES_FROM": "源自",
    "INCLUDES": "包括",
    "GOVERNS": "管辖",
    "LOCATED_IN": "位于",
}
RELATIONS: Mapping[str, str] = {
    "implements": "贯彻落实",
    "based_on": "依据",
    "forwards": "转发",
    "amends": "修订",
    "repeals": "废止",
    "text_reuse": "沿用文字",
}
EDGES_EN: Mapping[str, str] = {
    "ISSUED": "issued",
    "PART_OF": "part of",
    "LEADS": "leads",
    "RESPONSIBLE_FOR": "responsible for",
    "SUPPORTS": "supports",
    "MENTIONS": "mentions",
    "USES": "uses",
    "SETS": "sets",
    "CITES": "cites",
    "DERIVES_FROM": "derives from",
    "INCLUDES": "includes",
    "GOVERNS": "governs",
    "LOCATED_IN": "located in",
}
RELATIONS_EN: Mapping[str, str] = {
    "implements": "implements",
    "based_on": "is based on",
    "forwards": "forwards",
    "amends": "amends",
    "repeals": "repeals",
    "text_reuse": "reuses words of",
}


def label_style(label: str) -> LabelStyle:
    """Return how the label is called and drawn; an unknown one gets a neutral style."""
    return LABELS.get(label, _UNKNOWN)


def edge_name(edge_type: str, start_label: str = "", relation: str | None = None) -> str:
    """Return the edge's short Chinese name.

    SUPPORTS from a measure is 支持, to a measure 配合; DERIVES_FROM is named by its relation.
    """
    if relation is not None and relation in RELATIONS:
        return RELATIONS[relation]
    if edge_type == "SUPPORTS" and start_label == "Measure":
        return "支持"
    return EDGES.get(edge_type, edge_type)
