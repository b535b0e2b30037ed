"""Word files as they are written: numbers by styles, merged cells, hidden text, other packages."""

import io
import zipfile

import pytest
import readers as made
from docx.oxml.ns import nsdecls

from loaders.readers import read_document


def styled_word(styles: str, numbering: str) -> bytes:
    """Three headings in the styles h1, h2, h2, in a file with these styles and lists."""
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in (("h1", "甲"), ("h2", "乙"), ("h2", "丙"))
    )
    return raw_word(paragraphs, styles=styles, numbering=numbering)


def raw_word(body: str, **parts: str) -> bytes:
    """A Word file of XML: its body, and further parts by name."""
    members = {
        f"word/{name}.xml": f"<w:{name} {nsdecls('w')}>{xml}</w:{name}>"
        for name, xml in {**parts, "document": f"<w:body>{body}</w:body>"}.items()
    }
    return made.packed(dict(members))


def style(name: str, properties: str = "", based_on: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}">{base}<w:pPr>{properties}</w:pPr></w:style>'


NUMBERED = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
BY_LIST = '<w:numPr><w:numId w:val="1"/></w:numPr>'
LEVELS = (
    '<w:lvl w:ilvl="0">{}<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1">{}<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
)
ONE_LIST = (
    '<w:abstractNum w:abstractNumId="0">{}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
LINKED = LEVELS.format('<w:pStyle w:val="h1"/>', '<w:pStyle w:val="h2"/>')
BY_LINK = (
    f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="s"/>{LEVELS.format("", "")}'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)


@pytest.mark.parametrize(
    ("styles", "numbering"),
    [
        pytest.param(
            style("h1", NUMBERED.format(0)) + style("h2", NUMBERED.format(1)),
            ONE_LIST.format(LEVELS.format("", "")),
            id="of the styles",
        ),
        pytest.param(
            style("a", NUMBERED.format(0))
            + style("b", NUMBERED.format(1))
            + style("h1", based_on="a")
            + style("h2", based_on="b"),
            ONE_LIST.format(LEVELS.format("", "")),
            id="of styles they are based on",
        ),
        pytest.param(
            style("h1", BY_LIST) + style("h2", BY_LIST),
            ONE_LIST.format(LINKED),
            id="of levels that name the styles",
        ),
        pytest.param(
            style("h1", NUMBERED.format(0)) + style("h2", NUMBERED.format(1)),
            BY_LINK,
            id="of a list that another defines",
        ),
    ],
)
def test_numbers_come_from_styles(styles: str, numbering: str) -> None:
    lines = read_document(styled_word(styles, numbering), "n.docx").text.splitlines()
    assert lines == ["一、甲", "（一）乙", "（二）丙"]


def test_a_style_that_is_based_on_itself_has_no_number() -> None:
    raw = styled_word(style("h1", based_on="h2") + style("h2", based_on="h1"), "")
    assert read_document(raw, "n.docx").text == "甲\n乙\n丙\n"


def cell(text: str, properties: str = "") -> str:
    tail = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" if text else "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{tail}</w:tc>"


def test_a_word_cell_for_several_rows_is_read_in_each() -> None:
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        cell("序号", begins) + cell("分工", '<w:gridSpan w:val="2"/>') + cell("时限", begins),
        cell("", goes_on) + cell("牵头单位") + cell("配合单位") + cell("", goes_on),
        cell("1") + cell("甲局", begins) + cell("乙局") + cell("3月"),
        cell("2") + cell("", goes_on) + cell("丙局") + cell("4月"),
        cell("说明", '<w:gridSpan w:val="4"/>'),
    )
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    lines = read_document(raw_word(f"<w:tbl>{table}</w:tbl>"), "n.docx").text.splitlines()
    assert [line.split("\t") for line in lines] == [
        ["序号", "分工", "时限"],
        ["序号", "牵头单位", "配合单位", "时限"],
        ["1", "甲局", "乙局", "3月"],
        ["2", "甲局", "丙局", "4月"],
        ["说明"],
    ]


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", "甲"),
        ('<w:r><w:sym w:font="宋体" w:char="2014"/></w:r>', "甲—"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "甲"),
        ('<w:r><w:sym w:font="x" w:char="zz"/></w:r>', "甲"),
        (
            (
                "<w:r><w:ruby><w:rt><w:r><w:t>yǐ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>乙</w:t></w:r>"
                "</w:rubyBase></w:ruby></w:r>"
            ),
            "甲乙",
        ),
    ],
)
def test_what_word_shows_is_read_and_what_it_hides_is_not(run: str, text: str) -> None:
    raw = raw_word(f"<w:p><w:r><w:t>甲</w:t></w:r>{run}</w:p>")
    assert read_document(raw, "n.docx").text == f"{text}\n"


def test_a_deleted_numbered_paragraph_counts_for_nothing() -> None:
    gone = (
        f"<w:p><w:pPr>{NUMBERED.format(0)}<w:rPr><w:del/></w:rPr></w:pPr>"
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    )
    kept = f"<w:p><w:pPr>{NUMBERED.format(0)}</w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
    raw = raw_word(gone + kept, numbering=ONE_LIST.format(LEVELS.format("", "")))
    assert read_document(raw, "n.docx").text == "一、甲\n"


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("word/document.xml", "word/document2.xml"),
        (
            "schemas.openxmlformats.org/wordprocessingml/2006",
            "purl.oclc.org/ooxml/wordprocessingml",
        ),
    ],
)
def test_other_writings_of_a_word_file_are_read(change: str, to: str) -> None:
    with zipfile.ZipFile(io.BytesIO(raw_word("<w:p><w:r><w:t>甲</w:t></w:r></w:p>"))) as package:
        members = {
            name.replace(change, to): package.read(name).replace(change.encode(), to.encode())
            for name in package.namelist()
        }
    assert read_document(made.packed(dict(members)), "n.docx").text == "甲\n"


def test_notes_below_pages_are_told() -> None:
    notes = '<w:footnote w:type="separator" w:id="0"/><w:footnote w:id="2"><w:p/></w:footnote>'
    read = read_document(raw_word("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", footnotes=notes), "n.docx")
    assert read.warnings == ("1条脚注 footnotes，未读 not read",)
