"""The whole way from bytes to a fragment: valid, deterministic, every quote in the text."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from kg.errors import SourceError
from kg.jsonl import format_fragment, parse_fragments
from kg.ontology import load_ontology
from kg.types import Edge, GraphFragment
from loaders.analyse import analyse_text
from loaders.pipeline import extract_bytes
from loaders.samples import read_samples

NOTICE = """吉林省知识产权局关于加强知识产权保护的通知
吉知发〔2023〕4号
各市（州）知识产权局：
为落实《吉林省知识产权保护条例》，现通知如下：
一、加强行政执法
(一)开展“铁拳”专项行动。支持长春市、吉林市建设快速维权中心。（省市场监管局牵头，省教育厅配合；完成时限：2023年12月底前）
(二)完善公共服务。（省未知机构、省科技厅负责）
二、加强保障。全年培训500人次以上。
吉林省知识产权局
2023年3月6日
"""


def extract(text: str, uri: str = "notice.txt") -> GraphFragment:
    return extract_bytes(text.encode(), uri).fragment


def edges(fragment: GraphFragment, kind: str) -> list[Edge]:
    return [edge for edge in fragment.edges if edge.type == kind]


def test_a_notice_becomes_nodes_and_edges() -> None:
    fragment = extract(NOTICE)
    names = {node.id: node.properties["name"] for node in fragment.nodes}
    led = [(names[e.start.id], names[e.end.id]) for e in edges(fragment, "LEADS")]
    assert led == [("吉林省市场监督管理厅", "开展“铁拳”专项行动")] or led == [
        ("吉林省市场监督管理局", "开展“铁拳”专项行动")
    ]
    assert [names[e.start.id] for e in edges(fragment, "ISSUED")] == ["吉林省知识产权局"]
    assert "吉林省知识产权保护条例" in {names[e.end.id] for e in edges(fragment, "DERIVES_FROM")}
    assert {names[e.end.id] for e in edges(fragment, "SUPPORTS")} >= {"长春市"}
    due = [n.properties.get("due_on") for n in fragment.nodes if n.label == "Measure"]
    assert "2023-12-31" in due


def test_every_edge_from_the_text_quotes_it() -> None:
    fragment = extract(NOTICE)
    text = next(str(n.properties["text"]) for n in fragment.nodes if n.id == fragment.notice_id)
    read = [e for e in fragment.edges if "quote" in e.properties]
    assert len(read) > 10
    for edge in read:
        start, end = edge.properties["start"], edge.properties["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert text[start:end] == edge.properties["quote"]


def test_the_same_bytes_give_the_same_lines_wherever_they_lie() -> None:
    one = list(format_fragment(extract(NOTICE, "a/notice.txt")))
    two = list(format_fragment(extract(NOTICE, "/b/c/notice.txt")))
    assert one == two
    assert all(json.loads(line)["type"] in ("node", "relationship") for line in one)


def test_lines_are_read_back_as_they_were() -> None:
    fragment = extract(NOTICE)
    assert list(parse_fragments(format_fragment(fragment))) == [fragment]


def test_half_width_punctuation_changes_no_role() -> None:
    narrow = NOTICE.translate(str.maketrans("（）：，；", "():,;"))
    for kind in ("LEADS", "SUPPORTS", "RESPONSIBLE_FOR"):
        assert len(edges(extract(narrow), kind)) == len(edges(extract(NOTICE), kind))


def test_advertising_reaches_no_name_and_no_quote() -> None:
    noisy = NOTICE.replace("(一)开展", "(一)必威体育开展")
    for item in (*extract(noisy).nodes, *extract(noisy).edges):
        assert "必威" not in json.dumps(dict(item.properties), ensure_ascii=False)


def test_traditional_characters_give_the_same_names_and_keep_the_text() -> None:
    traditional = OpenCC("s2t").convert(NOTICE)
    assert traditional != NOTICE
    plain, converted = extract(NOTICE), extract(traditional)
    notice = next(n for n in converted.nodes if n.id == converted.notice_id)
    assert notice.properties["text"] == traditional

    def actors(fragment: GraphFragment) -> set[tuple[str, str]]:
        names = {n.id: str(n.properties["name"]) for n in fragment.nodes if n.label == "Agency"}
        return {(e.type, names[e.start.id]) for e in fragment.edges if e.start.id in names}

    assert ("ISSUED", "吉林省知识产权局") in actors(converted)
    assert actors(converted) == actors(plain)


def test_a_stored_property_is_never_a_folder() -> None:
    notice = next(n for n in extract(NOTICE, "/home/someone/x.txt").nodes if n.label == "Notice")
    assert "/home" not in json.dumps(dict(notice.properties), ensure_ascii=False)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "binary"),
        (b"<html><body><div><script>alert(1)</script></div></body></html>", "no text"),
        (b"\xff\xfe" + b"\x00\xd8" * 7, "neither"),
        (b"x" * 20_000_001, "more than"),
    ],
)
def test_what_is_no_notice_is_refused_with_the_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        extract_bytes(raw, "bad.txt")
    assert "bad.txt" in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    plain = NOTICE.replace("“", '"').replace("”", '"')
    assert extract_bytes(plain.encode(encoding), "n.txt").analysis.text == plain


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_give_a_valid_fragment_or_a_clear_error(raw: bytes) -> None:
    try:
        fragment = extract_bytes(raw, "any.bin").fragment
    except SourceError:
        return
    load_ontology().check_fragment(fragment)


PIECES = st.sampled_from(
    [
        "一、",
        "(一)",
        "1.",
        "第一条",
        "附件",
        "附件：1.",
        "《",
        "》",
        "（",
        "）",
        "责任单位：",
        "省教育厅",
        "、",
        "牵头",
        "，配合",
        "。",
        "；",
        "\n",
        "\u3000\u3000",
        "2024年3月1日",
        "某省人民政府",
        "支持沈阳市",
        "20%",
        "目录",
        "序号",
        "以下简称“",
        "”",
        "国发〔2021〕3号",
        "建设20个",
        "同时废止",
        "必威体育",
        "?",
        "\t",
        "|",
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_mixture_of_the_genre_gives_a_valid_fragment(text: str) -> None:
    try:
        extraction = extract_bytes(text.encode(), "mix.txt")
    except SourceError:
        return
    load_ontology().check_fragment(extraction.fragment)


def test_the_samples_hold_measures_and_no_unresolved_name() -> None:
    for sample in read_samples():
        report = extract_bytes(sample.path.read_bytes(), sample.path.name).report
        assert report.measures >= 8
        assert report.unresolved == ()


def test_a_product_in_a_firms_name_is_no_product() -> None:
    text = "某市人民政府关于品牌的通知\n一、支持青岛啤酒股份有限公司发展。\n二、推广盘锦大米、衡水老白干酒。\n"
    analysis = analyse_text(text)
    named = [(entity.label, entity.name) for item in analysis.items for entity in item.entities]
    assert ("Institution", "青岛啤酒股份有限公司") in named
    assert ("Institution", "衡水老白干") not in named
    assert [name for label, name in named if label == "Product"] == ["盘锦大米", "衡水老白干酒"]
