"""What is fuzzed: from any bytes to a fragment valid under the ontology, or a clear error.

Each target takes bytes and returns nothing; anything raised but a `SourceError` is a finding.
Containers are fuzzed twice: as raw bytes, and with sound packing around fuzzed contents, so
that the fuzzer does not spend its time on checksums.
"""

import io
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from itertools import batched
from pathlib import Path

from kg.errors import KgError, SourceError
from kg.ontology import load_ontology
from loaders.pipeline import extract_bytes
from loaders.samples import read_samples
from loaders.sources import Source, iter_sources

# A byte stands for a piece: random text hardly ever holds two numbered items and a clause.
PIECES = (
    *("一、", "二、", "三、", "(一)", "（二）", "1.", "2．", "第一条", "第二章", "①", "⑴", "㈠"),
    *("附件", "附件1：", "附表", "专栏1", "目录", "序号\t任务\t牵头单位\t完成时限\n", "1\t", "|"),
    *("《", "》", "〈", "〉", "（", "）", "(", ")", "〔", "〕", "【", "】", "“", "”", '"'),
    *(
        "责任单位：",
        "牵头单位:",
        "配合单位：",
        "(责任单位：",
        "完成时限：",
        "责任部门",
        "由",
        "会同",
    ),
    *("、", "，", "。", "；", ";", ".", ":", "\n", "\r\n", "\u3000\u3000", "\t", " ", "?", "�"),
    *(
        "省教育厅",
        "各市人民政府",
        "市场监管局",
        "国家知识产权局",
        "省局",
        "我局",
        "沈阳、大连市政府",
    ),
    *("牵头", "，配合", "负责", "按职责分工", "等部门", "各有关部门", "分别", "以下简称“", "简称"),
    *(
        "某省人民政府",
        "关于印发",
        "的通知",
        "国发〔2021〕3号",
        "2024年3月1日",
        "二○二四年",
        "年底前",
    ),
    *("支持", "建设20个", "盘锦大米", "沈阳", "大学", "中心", "实验室", "平台", "专项行动", "工程"),
    *("达到20%以上", "增长", "1.5亿元", "万件", "持续推进", "根据", "贯彻落实", "同时废止", "转发"),
    *("必威体育", "打印本页", "索引号：", "发布日期：", "当前位置：首页 > 公告", "— 3 —", "-12-"),
    *(
        "國家",
        "廣東",
        "知識產權",
        "臺",
        "𠀀",
        "é",
        "\u200b",
        "\x00",
        "<p>",
        "</p>",
        "<table>",
        "&nbsp;",
    ),
)


def read(raw: bytes, uri: str) -> None:
    """Extract one notice and check what comes out; a clear error is a good answer."""
    try:
        extraction = extract_bytes(raw, uri)
    except SourceError:
        return
    load_ontology().check_fragment(extraction.fragment)
    text = extraction.analysis.text
    for edge in extraction.fragment.edges:
        facts = edge.properties
        if "quote" in facts:
            assert text[facts["start"] : facts["end"]] == facts["quote"]  # type: ignore[misc]


def fuzz_grammar(data: bytes) -> None:
    """Read a mixture of the genre's pieces."""
    read("".join(PIECES[byte % len(PIECES)] for byte in data).encode(), "mixture.txt")


def fuzz_splices(data: bytes) -> None:
    """Read stretches of sound notices, cut anywhere, with a piece of the genre behind each.

    Of four bytes two say where a stretch begins, one how long it is, one what follows it.
    """
    text = _samples()
    words = []
    for high, low, length, piece in batched(data[: len(data) // 4 * 4], 4):
        start = (high << 8 | low) * len(text) >> 16
        words += [text[start : start + length], PIECES[piece % len(PIECES)]]
    read("".join(words).encode(), "splices.txt")


@cache
def _samples() -> str:
    return "\n".join(sample.path.read_text(encoding="utf-8") for sample in read_samples())


def fuzz_bytes(data: bytes) -> None:
    """Read the bytes as they are: whatever reader they look to be for takes them."""
    read(data, "any.bin")


def fuzz_html(data: bytes) -> None:
    """Read the bytes as a page."""
    read(b"<html><body><p>" + data + b"</p></body></html>", "page.html")


def fuzz_docx(data: bytes) -> None:
    """Read a sound package of Word around fuzzed paragraphs, tables and lists."""
    read(_zip({**_DOCX, "word/document.xml": _DOCUMENT % data}), "notice.docx")


def fuzz_ofd(data: bytes) -> None:
    """Read a sound package of OFD around a fuzzed page."""
    read(_zip({**_OFD, "Doc_0/Pages/Page_0/Content.xml": _PAGE % data}), "notice.ofd")


def fuzz_pdf(data: bytes) -> None:
    """Read the bytes after the mark of a PDF."""
    read(b"%PDF-1.7\n" + data, "notice.pdf")


def fuzz_doc(data: bytes) -> None:
    """Read the bytes after the mark of an OLE file."""
    read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data, "notice.doc")


def fuzz_archive(data: bytes) -> None:
    """Go through an archive whose members are fuzzed, and through one that is."""
    half = len(data) // 2
    members = {"a/甲.txt": data[:half], "b.html": data[half:], "c.zip": _zip({"d.txt": data})}
    _go_through("notices.zip", _zip(members))
    _go_through("broken.zip", b"PK\x03\x04" + data)


def fuzz_table(data: bytes) -> None:
    """Go through the rows of corpora."""
    _go_through("rows.csv", "标题,正文\n".encode() + data)
    _go_through("rows.jsonl", data)
    _go_through("rows.parquet", b"PAR1" + data + b"PAR1")


def _go_through(name: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(raw)
        for source in iter_sources(path):
            if isinstance(source, KgError):
                assert str(source)
            else:
                read_source(source)


def read_source(source: Source) -> None:
    """Read one of the notices of a file."""
    read(source.raw, source.uri)


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return buffer.getvalue()


_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCUMENT = b'<w:document xmlns:w="' + _WORD + b'"><w:body>%s</w:body></w:document>'
_DOCX = {
    "[Content_Types].xml": b'<Types xmlns="' + _PACKAGE + b'content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    b'relationships+xml"/><Override PartName="/word/document.xml" ContentType="' + _TYPE + b'"/>'
    b"</Types>",
    "_rels/.rels": b'<Relationships xmlns="' + _PACKAGE + b'relationships"><Relationship Id="r" '
    b'Type="' + _OFFICE + b'" Target="word/document.xml"/></Relationships>',
}
_OFD_NAMES = b'xmlns:ofd="http://www.ofdspec.org/2016"'
_PAGE = (
    b"<ofd:Page " + _OFD_NAMES + b"><ofd:Content><ofd:Layer>%s</ofd:Layer></ofd:Content></ofd:Page>"
)
_OFD = {
    "OFD.xml": b"<ofd:OFD " + _OFD_NAMES + b"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml"
    b"</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
    "Doc_0/Document.xml": b"<ofd:Document " + _OFD_NAMES + b'><ofd:Pages><ofd:Page ID="1" '
    b'BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
}

TARGETS: dict[str, Callable[[bytes], None]] = {
    "grammar": fuzz_grammar,
    "splices": fuzz_splices,
    "bytes": fuzz_bytes,
    "html": fuzz_html,
    "docx": fuzz_docx,
    "ofd": fuzz_ofd,
    "pdf": fuzz_pdf,
    "doc": fuzz_doc,
    "archive": fuzz_archive,
    "table": fuzz_table,
}

# What the fuzzer begins with, so that it need not find the formats' words by chance.
_PARAGRAPH = "<w:p><w:r><w:t>一、加强保护。（责任单位：省教育厅）</w:t></w:r></w:p>"
_CELL = f"<w:tc>{_PARAGRAPH}</w:tc>"
_NUMBERED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    "<w:r><w:t>推进运用</w:t><w:br/><w:tab/></w:r></w:p>"
)
_TEXT = (
    '<ofd:TextObject ID="3" Boundary="1 2 90 8" Font="1" Size="5"><ofd:TextCode X="0" Y="5" '
    'DeltaX="g 3 5">一、加强保护</ofd:TextCode></ofd:TextObject>'
)
_PDF = (
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj "
    b"4 0 obj<</Length 30>>stream\nBT /F1 9 Tf (1. x) Tj ET\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
SEEDS: dict[str, tuple[bytes, ...]] = {
    "grammar": (bytes(range(len(PIECES))), bytes(reversed(range(len(PIECES))))),
    "splices": (bytes(range(256)), bytes((97 * n) % 256 for n in range(400))),
    "bytes": ("一、加强保护。".encode("gb18030"), "國發".encode("big5"), b"\xff\xfe\x00\x4e"),
    "html": ("<table><tr><td>索引号</td><td>x</td></tr></table><br>一、加强保护".encode(),),
    "docx": tuple(
        text.encode()
        for text in (_PARAGRAPH, _NUMBERED, f"<w:tbl><w:tr>{_CELL}{_CELL}</w:tr></w:tbl>")
    ),
    "ofd": (_TEXT.encode(),),
    "pdf": (_PDF,),
    "doc": (b"\x00" * 512,),
    "archive": ("一、加强保护。<p>二、推进运用".encode(),),
    "table": ("甲,一、加强保护\n".encode(), '{"title":"甲","text":"一、加强保护"}\n'.encode()),
}
