"""Excel files: task tables as notices, and corpora with a notice in each row."""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import readers as made

from kg.errors import SourceError
from loaders.pipeline import extract_bytes
from loaders.readers import read_document
from loaders.sources import Columns, Source, iter_sources

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="176" '
    'formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs></styleSheet>'
)
TITLE = "常州市2023年工作任务分工"


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def rows_of(table: list[tuple[str, ...]], first: int = 1) -> str:
    return "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + i)}{number}", text) for i, text in enumerate(row) if text)
        + "</row>"
        for number, row in enumerate(table, first)
    )


def workbook(*sheets: str, merged: tuple[str, ...] = (), strings: str = "") -> bytes:
    """A workbook of sheets, each the XML of its rows."""
    numbers = range(1, len(sheets) + 1)
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    members: dict[str, bytes | str] = {
        f"xl/worksheets/sheet{number}.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}'
        f"</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
        for number, rows in zip(numbers, sheets, strict=True)
    }
    members["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        + "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
        + "</sheets></workbook>"
    )
    members["xl/_rels/workbook.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
        + "</Relationships>"
    )
    members["xl/styles.xml"] = STYLES
    if strings:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return made.packed(members)


def test_a_task_table_gives_measures_with_roles_and_limits() -> None:
    table = [
        (TITLE,),
        ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
        ("1", "建设专利导航基地。", "市科技局", "", "2023年6月"),
        ("2", "开展商标指导。", "", "市财政局", "2023年9月"),
    ]
    raw = workbook(rows_of(table), merged=("A1:E1", "C3:C4"))
    found = extract_bytes(raw, "分工表.xlsx")
    measures = [item for item in found.analysis.items if item.is_measure]
    assert [[(a.role, a.surface) for a in item.actors] for item in measures] == [
        [("LEADS", "市科技局")],
        [("LEADS", "市科技局"), ("SUPPORTS", "市财政局")],
    ]
    assert [item.deadline and item.deadline.due_on for item in measures] == [
        "2023-06-30",
        "2023-09-30",
    ]
    assert found.report.kind == "xlsx"


def test_cells_are_read_as_excel_shows_them() -> None:
    strings = "<si><t>省局</t></si><si><r><t>市</t></r><r><t>局</t></r><rPh><t>shì</t></rPh></si>"
    row = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>3</v></c>'
        '<c r="D1" s="1"><v>45107</v></c><c r="E1" s="2"><v>45107</v></c><c r="F1" t="s"><v>9</v></c>'
        '<c r="H1" t="str"><v>甲&#10;乙</v></c></row>'
    )
    text = read_document(workbook(row, rows_of([("下页",)]), strings=strings), "n.xlsx").text
    assert text == "省局\t市局\t3\t2023年6月30日\t2023年6月\t\t\t甲 乙\n下页\n"


def test_a_workbook_with_a_column_of_texts_is_a_corpus(tmp_path: Path) -> None:
    table = [("标题", "正文", "网址"), ("甲通知", "一、甲。\n二、乙。", "https://example.cn/1")]
    path = made.written(tmp_path, "c.xlsx", workbook(rows_of(table)))
    assert list(iter_sources(path)) == [
        Source(f"{path}#1", "甲通知\n一、甲。\n二、乙。".encode(), "https://example.cn/1")
    ]


def test_a_column_may_be_named_and_a_missing_one_is_told(tmp_path: Path) -> None:
    table = [("名", "原件"), ("甲", "一、甲。")]
    path = made.written(tmp_path, "c.xlsx", workbook(rows_of(table)))
    (found,) = iter_sources(path, Columns("原件"))
    assert isinstance(found, Source)
    assert found.raw.decode() == "一、甲。"
    (error,) = iter_sources(path, Columns("没有"))
    assert isinstance(error, SourceError)
    assert "has no column" in error.reason


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (workbook(""), "no text"),
        (workbook(rows_of([("标题", "正文"), ("甲", "乙")])), "load it by itself"),
        (made.packed({"xl/workbook.xml": "x"}), "damaged Excel"),
        (made.altered(workbook(""), {"xl/styles.xml": "<!DOCTYPE x><x/>"}), "document type"),
        (workbook(rows_of([("甲",)]))[:300], "damaged Excel"),
    ],
)
def test_what_cannot_be_read_is_told(raw: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_document(raw, "n.xlsx")
