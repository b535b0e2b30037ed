"""The same notice read from every type of file, and what is said of files that cannot be read."""

import base64
import contextlib
import quopri
import shutil
import stat
from pathlib import Path

import docx
import pytest
import readers as made
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from loaders.pipeline import Extraction, extract_bytes
from loaders.readers import read_document
from loaders.readers.html import html_to_text
from loaders.readers.kinds import kind_of_bytes
from loaders.readers.numbered_lists import write_number
from loaders.readers.packages import MAX_EXPANDED


def facts(extraction: Extraction) -> list[tuple[object, ...]]:
    """What was read, without offsets: paths, headings, actors, limits."""
    text = extraction.analysis.text
    return [
        (
            item.node.path,
            text[item.heading.start : item.heading.end],
            tuple((a.role, a.surface, a.target and a.target.name) for a in item.actors),
            item.deadline and item.deadline.due_on,
        )
        for item in extraction.analysis.items
    ]


@pytest.mark.parametrize("name", made.FORMS)
def test_every_type_gives_the_same_facts(name: str) -> None:
    plain = extract_bytes(made.TEXT.encode(), "n.txt")
    assert len(facts(plain)) == 5
    found = extract_bytes(made.FORMS[name](), name)
    assert facts(found) == facts(plain)
    assert found.report.kind == name.split(".")[1]
    title = found.analysis.metadata.title
    assert title is not None
    assert title.value == made.PARAGRAPHS[0]


@pytest.mark.parametrize("name", made.FORMS)
def test_the_bytes_tell_the_type_whatever_the_name(name: str) -> None:
    raw = made.FORMS[name]()
    assert read_document(raw, "misnamed.bin").text == read_document(raw, name).text


# Word


def numbered_word(formats: list[tuple[str, str]]) -> bytes:
    """A document whose paragraphs bear list numbers of the given formats, level by level."""
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (number_format, text) in enumerate(formats)
    )
    numbering = document.part.numbering_part.element
    for xml in (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>',
        f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>',
    ):
        numbering.append(parse_xml(xml))
    for depth, line in [(0, "甲"), (1, "乙"), (1, "丙"), (0, "丁"), (1, "戊")]:
        properties = document.add_paragraph(line)._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
            )
        )
    return made.save(document)


@pytest.mark.parametrize(
    ("formats", "lines"),
    [
        (
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）")],
            ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"],
        ),
        (
            [("chineseCountingThousand", "第%1章 "), ("decimal", "%1.%2 ")],
            ["第一章 甲", "1.1 乙", "1.2 丙", "第二章 丁", "2.1 戊"],
        ),
        ([("decimal", "%1."), ("bullet", "")], ["1.甲", "乙", "丙", "2.丁", "戊"]),
    ],
)
def test_numbers_that_word_draws_are_read(formats: list[tuple[str, str]], lines: list[str]) -> None:
    if "%1.%2" in formats[1][1]:
        lines = [line.replace("1.1", "一.1").replace("1.2", "一.2") for line in lines]
        lines = [line.replace("2.1", "二.1") for line in lines]
    assert read_document(numbered_word(formats), "n.docx").text.splitlines() == lines


@pytest.mark.parametrize(
    ("number", "number_format", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "ideographDigital", "二十"),
        (35, "japaneseCounting", "三十五"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "upperLetter", "B"),
        (4, "upperRoman", "4"),
        (120, "chineseCounting", "一二〇"),
    ],
)
def test_numbers_are_written_as_word_does(number: int, number_format: str, written: str) -> None:
    assert write_number(number, number_format) == written


def test_tables_stay_in_place_and_wrapped_text_is_read() -> None:
    document = docx.Document()
    document.add_paragraph("前言")
    table = document.add_table(rows=0, cols=4)
    for row in made.TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    body = document.element.body
    run = "<w:r><w:t>{}</w:t></w:r>"
    wrapped = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run.format('控件')}<w:ins>{run.format('新增')}"
        f"</w:ins><w:del><w:r><w:delText>删除</w:delText></w:r></w:del></w:p></w:sdtContent></w:sdt>"
    )
    body.insert(len(body) - 1, parse_xml(wrapped))
    document.add_paragraph("后记")
    lines = read_document(made.save(document), "n.docx").text.splitlines()
    assert lines == ["前言", *("\t".join(row) for row in made.TABLE), "控件新增", "后记"]


# PDF


def test_page_numbers_and_running_headers_are_left_out_and_told() -> None:
    pages = [["某某政府公报", f"第{n}件事要在本年内办好。"] for n in "一二三四"]
    read = read_document(made.pdf(pages), "n.pdf")
    assert read.text.splitlines() == [page[1] for page in pages]
    assert any("某某政府公报" in warning for warning in read.warnings)


@pytest.mark.parametrize(
    ("heads", "foot"),
    [
        (["某某政府公报 第{n}期"], "第 {n} 页 共 5 页"),
        (["某某政府公报", "2024年第3期"], "第{n}页"),
        (["2024/3/{n} 09:12 某某通知"], "https://example.cn/art_{n}.html {n}/5"),
        ([], "— {n} —"),
    ],
)
def test_running_lines_that_count_the_pages_are_left_out(heads: list[str], foot: str) -> None:
    def page(number: int, text: str) -> list[str]:
        return [head.format(n=number) for head in heads] + [text, foot.format(n=number)]

    texts = [f"第{n}件事要在本年内办好。" for n in "一二三四五"]
    raw = made.pdf([page(n, text) for n, text in enumerate(texts, 1)], footer="")
    assert read_document(raw, "n.pdf").text.splitlines() == texts


def test_heads_of_even_pages_alone_are_left_out() -> None:
    pages = [
        ["某某公报" if n % 2 else "某某政府", f"第{c}件事要在年内办好。"]
        for n, c in enumerate("一二三四五六")
    ]
    lines = read_document(made.pdf(pages), "n.pdf").text.splitlines()
    assert lines == [page[1] for page in pages]


def test_scans_with_a_line_of_the_scanner_are_pictures() -> None:
    pages = [[f"某某扫描软件创建 第{n}页"] for n in range(1, 5)]
    with pytest.raises(SourceError, match="no text layer"):
        read_document(made.pdf(pages), "n.pdf")


def test_a_page_without_text_is_told() -> None:
    read = read_document(made.pdf([made.PARAGRAPHS, [], made.PARAGRAPHS]), "n.pdf")
    assert any("第2页没有文字层" in warning for warning in read.warnings)


def test_radicals_are_restored() -> None:
    assert "⽀" not in read_document(made.pdf([["⽀持⻓春建设"] * 3]), "n.pdf").text


# HTML


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>责任<b>单位</b>：<span>省局</span></p>", "责任单位：省局\n"),
        (
            "<table><tr><td>责任<b>单位</b></td><td><p>甲</p><p>乙</p></td></tr></table>",
            "责任单位\t甲 乙\n",
        ),
        (
            "<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>",
            "甲\t乙\n",
        ),
        ("<p>甲</p><p style='display:none'>藏</p><p hidden>藏</p><script>x</script>", "甲\n"),
        ("<p>责任单位：省市\n场监管局、\r\n省财政厅</p>", "责任单位：省市场监管局、省财政厅\n"),
        ("<p>\n <span>省知识</span>\n <span>产权局</span>\n</p>", "省知识产权局\n"),
        ("<p>来源：\n某局</p><p>甲厅\n发布时间：3月</p>", "来源： 某局\n甲厅 发布时间：3月\n"),
        ("<div><a>首页</a>\n<a>公开</a></div>", "首页 公开\n"),
        ("<p>use of\npatents</p>", "use of patents\n"),
        (
            "<table><tr><td>省市场\n监管局</td><td><p>甲局</p>\n<p>乙局</p></td></tr></table>",
            "省市场监管局\t甲局 乙局\n",
        ),
        ("<center>标题</center><blockquote>甲</blockquote>乙<hr>丙", "标题\n甲\n乙\n丙\n"),
        ("<pre>一、甲\n二、乙</pre>", "一、甲\n二、乙\n"),
        ("<div style='white-space: pre-wrap'>一、甲\r\n二、乙</div>", "一、甲\n二、乙\n"),
    ],
)
def test_pages_become_lines(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_a_cell_that_holds_an_article_is_no_cell() -> None:
    paragraphs = [f"{n}、" + "推进知识产权保护工作。" * 20 for n in "一二三四五"]
    html = "".join(f"<p>{p}</p>" for p in paragraphs)
    page = f"<table><tr><td>{html}</td><td>侧栏</td></tr></table>"
    assert html_to_text(page).splitlines()[:5] == paragraphs


def test_nesting_beyond_any_page_is_refused() -> None:
    with pytest.raises(SourceError, match="deep"):
        read_document(b"<html><body>" + b"<div>" * 100_000 + "甲".encode(), "n.html")


# What cannot be read

XML_BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = XML_BOMB.replace('<!ENTITY a "aaaaaaaaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">')
BROKEN = [
    pytest.param("n.pdf", lambda: "一、加强保护。".encode(), "no PDF", id="no pdf at all"),
    pytest.param("n.docx", lambda: "一、加强保护。".encode(), "no Word file", id="no docx at all"),
    pytest.param("n.pdf", lambda: made.pdf([[], []]), "no text layer", id="scan"),
    pytest.param("n.pdf", lambda: made.pdf()[:200], "damaged PDF", id="pdf cut off"),
    pytest.param("n.docx", lambda: made.word()[:300], "damaged Word file", id="docx cut off"),
    pytest.param("n.ofd", lambda: made.ofd()[:300], "damaged OFD file", id="ofd cut off"),
    pytest.param("n.ofd", lambda: made.ofd([]), "no text layer", id="ofd of pictures"),
    pytest.param("n.docx", lambda: made.word([]), "no text", id="empty docx"),
    pytest.param("n.docx", lambda: made.packed({"a.txt": "x"}), "archive", id="a zip named docx"),
    pytest.param(
        "n.docx",
        lambda: made.altered(made.word(), {"word/document.xml": XML_BOMB}),
        "document type",
        id="entities that grow",
    ),
    pytest.param(
        "n.docx",
        lambda: made.altered(made.word(), {"word/document.xml": OUTSIDE}),
        "document type",
        id="entities from outside",
    ),
    pytest.param(
        "n.docx",
        lambda: made.altered(made.word(), {"word/media/x.bin": bytes(MAX_EXPANDED)}),
        "expands",
        id="zip bomb",
    ),
    pytest.param("n.pptx", lambda: made.packed({"ppt/presentation.xml": "x"}), "docx", id="slides"),
    pytest.param("n.rtf", lambda: b"{\\rtf1 x}", "RTF", id="rtf"),
    pytest.param("n.rar", lambda: b"Rar!\x1a\x07", "packed", id="rar"),
    pytest.param("n.txt", lambda: b"\x00\x01\x02" * 99, "binary", id="binary"),
    pytest.param("n.txt", lambda: b" \n", "empty", id="empty"),
]


@pytest.mark.parametrize(("name", "raw", "reason"), BROKEN)
def test_what_cannot_be_read_is_told(name: str, raw: "object", reason: str) -> None:
    assert callable(raw)
    with pytest.raises(SourceError, match=reason) as caught:
        read_document(raw(), name)
    assert caught.value.uri == name


def test_a_legacy_word_file_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SourceError, match="install antiword or catdoc"):
        read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "n.doc")


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        ("EncryptedPackage", "password"),
        ("Workbook", "Excel"),
        ("PowerPoint Document", "PowerPoint"),
    ],
)
def test_other_compound_files_are_told(stream: str, reason: str) -> None:
    raw = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + (stream + "\0").encode("utf-16-le")
    with pytest.raises(SourceError, match=reason):
        read_document(raw, "n.doc")


@pytest.mark.parametrize("program", ["antiword", "catdoc"])
def test_a_legacy_word_file_is_read_by_what_is_installed(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = made.written(tmp_path, "text", made.TEXT.encode())
    script = made.written(tmp_path, program, f"#!/bin/sh\n/bin/cat '{text}'\n".encode())
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    read = read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "n.doc")
    assert (read.text, read.kind) == (made.TEXT, "doc")


def test_a_legacy_word_file_that_no_program_reads_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = made.written(tmp_path, "antiword", b"#!/bin/sh\nexit 1\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match="antiword finds text"):
        read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "n.doc")


MAGIC = [b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"\xff\xfe", b"<p><p>", b""]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(MAGIC), st.binary(max_size=600))
def test_any_bytes_after_any_mark_are_text_or_an_error(magic: bytes, rest: bytes) -> None:
    try:
        read = read_document(magic + rest, "n.bin")
    except SourceError:
        return
    assert read.text.strip()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["n.docx", "n.pdf", "n.ofd"]), st.data())
def test_a_damaged_file_is_text_or_an_error(name: str, data: st.DataObject) -> None:
    raw = bytearray(made.FORMS[name]())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(raw)))
    with contextlib.suppress(SourceError):
        read_document(bytes(raw[:cut]), name)


def test_kinds() -> None:
    assert kind_of_bytes(made.packed({"a/b.txt": "x"}), "n") == "zip"
    assert kind_of_bytes(b"PK\x03\x04 broken", "n.docx") == "docx"
    assert kind_of_bytes("标题,正文".encode(), "n.csv") == "csv"


def saved_page(html: str, charset: str, coding: str, *frames: str) -> bytes:
    """A page with its frames as a browser saves them in one file."""
    parts = "".join(
        f"--B\r\nContent-Type: text/html; charset={charset}\r\n"
        f"Content-Transfer-Encoding: {coding}\r\n\r\n{encoded}\r\n"
        for encoded in (mime_body(page, charset, coding) for page in (html, *frames))
    )
    head = "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
    kind = 'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="B"\r\n\r\n'
    css = "--B\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n"
    return f"{head}{kind}{parts}{css}--B--\r\n".encode()


def mime_body(text: str, charset: str, coding: str) -> str:
    raw = text.encode(charset)
    encode = base64.encodebytes if coding == "base64" else quopri.encodestring
    return encode(raw).decode("ascii")


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
def test_a_page_saved_with_its_parts_gives_the_same_facts(charset: str, coding: str) -> None:
    raw = saved_page(made.html().decode(), charset, coding)
    found = extract_bytes(raw, "n.mht")
    assert facts(found) == facts(extract_bytes(made.TEXT.encode(), "n.txt"))
    assert found.report.kind == "mht"


def test_parts_nested_without_end_are_told() -> None:
    parts = "".join(
        f"--B{n}\nContent-Type: multipart/mixed; boundary=B{n + 1}\n\n" for n in range(3_000)
    )
    raw = f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B0\n\n{parts}".encode()
    with pytest.raises(SourceError, match=r"nested too deep|no text"):
        read_document(raw, "n.mht")


def test_frames_of_a_saved_page_follow_it() -> None:
    raw = saved_page("<p>外页</p><iframe src='a'></iframe>", "utf-8", "base64", "<p>内页</p>")
    assert read_document(raw, "n.mhtml").text == "外页\n内页\n"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<html><body><div></div><iframe src='/a/b.html'></iframe></body></html>", "/a/b.html"),
        ("<html><frameset cols='1,2'><frame src=b.html></frameset></html>", "b.html"),
        ("<html><body><div id=app></div><script>x()</script></body></html>", "scripts"),
    ],
)
def test_a_page_without_text_tells_where_it_may_be(page: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        read_document(page.encode(), "n.html")


def test_a_page_that_shows_its_text_in_a_frame_is_told() -> None:
    page = "<html><body><p>首页</p><iframe src='/art/1.pdf'></iframe></body></html>"
    assert any("/art/1.pdf" in warning for warning in read_document(page.encode(), "n").warnings)
    whole = page.replace("首页", "加强保护。" * 200)
    assert not read_document(whole.encode(), "n").warnings


def test_a_page_of_pictures_says_so() -> None:
    page = b"<html><body><p><img src='1.png'></p><p><IMG src='2.png'></p></body></html>"
    with pytest.raises(SourceError, match=r"no text \(pictures only: 2\)"):
        read_document(page, "scan.html")


def test_a_cell_for_several_rows_is_read_in_each() -> None:
    page = (
        "<table><tr><th>序号</th><th>任务</th><th>牵头单位</th><th>时限</th></tr>"
        "<tr><td>1</td><td>甲事</td><td rowspan='2'>市局</td><td>3月</td></tr>"
        "<tr><td>2</td><td>乙事</td><td>4月</td></tr>"
        "<tr><td>3</td><td>丙事</td><td>市厅</td><td rowspan='99999999999'>5月</td></tr>"
        "<tr><td>4</td><td>丁事</td><td>市委</td></tr></table>"
    )
    rows = [line.split("\t") for line in html_to_text(page).splitlines()]
    assert rows[1:] == [
        ["1", "甲事", "市局", "3月"],
        ["2", "乙事", "市局", "4月"],
        ["3", "丙事", "市厅", "5月"],
        ["4", "丁事", "市委", "5月"],
    ]


def test_a_cell_over_several_columns_leaves_the_columns_behind_it_in_place() -> None:
    page = (
        "<table><tr><td rowspan='2'>序号</td><td colspan='2'>分工</td><td rowspan='2'>时间</td></tr>"
        "<tr><td>牵头单位</td><td>配合单位</td></tr>"
        "<tr><td>1</td><td>甲局</td><td>乙局</td><td>3月</td></tr></table>"
    )
    rows = [line.split("\t") for line in html_to_text(page).splitlines()]
    assert rows[1] == ["序号", "牵头单位", "配合单位", "时间"]
