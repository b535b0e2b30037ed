"""Zones and towns of a local notice's own place, and what only looks like one."""

import pytest

from kg.types import Span
from loaders.localities import detect_localities
from loaders.types import Context

CASES = [
    ("支持鱼峰新区、河东高新区设立工作站。", "450200", ["柳州市鱼峰新区", "柳州市河东高新区"]),
    ("在白莲工业新区（南部片区）开展试点。", "450200", ["柳州市白莲工业新区"]),
    ("推动青山街道、石桥镇建设指导站。", "341524", ["金寨县青山街道", "金寨县石桥镇"]),
    ("在青山镇举行。", "341524", []),  # what follows tells no name's end
    # a city without counties has its towns right below it
    ("服务中心设在青石镇“小家电基地”。", "442000", ["中山市青石镇"]),
    ("推动青山街道、石桥镇建设指导站。", "340000", []),  # a province has no towns of its own
    ("推动青山街道、石桥镇建设指导站。", "100000", []),
    ("统筹城乡建设，推进特色小镇、重点镇建设。", "341524", []),
    ("各乡镇、街道要落实责任。", "341524", []),
]


@pytest.mark.parametrize(("text", "place", "expected"), CASES)
def test_localities(text: str, place: str, expected: list[str]) -> None:
    found = detect_localities(text, [Span(0, len(text))], Context(place), [])
    assert [mention.name for mention in found] == expected
    assert all(text[m.span.start : m.span.end] in m.name for m in found)


def test_known_places_are_left_alone() -> None:
    text = "支持鱼峰新区建设。"
    assert detect_localities(text, [Span(0, len(text))], Context("450200"), [Span(2, 6)]) == []
