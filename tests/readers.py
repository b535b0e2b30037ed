"""One made-up notice in every type of file, and broken files of each."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

PARAGRAPHS = (
    "青禾省知识产权局关于印发年度工作要点的通知",
    "各市知识产权局：",
    "现将工作要点印发给你们，请认真贯彻落实。",
    "一、提升创造质量",
    "（一）培育高价值专利。支持高校建设专利导航平台。（责任单位：省教育厅、省科技厅）",
    "（二）优化审查服务。建设审查员工作站3个。（责任单位：省知识产权局，2025年6月底前完成）",
    "二、加强保护",
    "（一）开展专项执法。严查侵权假冒行为。（牵头单位：省市场监管局；配合单位：省公安厅）",
    "青禾省知识产权局",
    "2025年1月10日",
)
TEXT = "\n".join(PARAGRAPHS) + "\n"
TABLE = (
    ("序号", "工作任务", "牵头单位", "完成时限"),
    ("1", "建设专利导航基地", "省知识产权局", "2025年底"),
)


def html() -> bytes:
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    return f"<html><head><title>x</title></head><body><div>{body}</div></body></html>".encode()


def word(paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    document = docx.Document()
    for line in paragraphs:
        document.add_paragraph(line)
    return save(document)


def save(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(
    pages: Sequence[Sequence[str]] = (PARAGRAPHS[:6], PARAGRAPHS[6:]), footer: str = "- {} -"
) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer)
    for number, lines in enumerate(pages, 1):
        drawing.setFont("STSong-Light", 10)
        for row, line in enumerate(lines):
            drawing.drawString(50, 780 - 20 * row, line)
        drawing.drawString(290, 30, footer.format(number))
        drawing.showPage()
    drawing.save()
    return buffer.getvalue()


def ofd(lines: Sequence[str] = PARAGRAPHS) -> bytes:
    names = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    texts = "".join(
        f'<ofd:TextObject ID="{row}" Boundary="20 {20 + 8 * row} 150 6"><ofd:TextCode X="0" Y="4">'
        f"{line}</ofd:TextCode></ofd:TextObject>"
        for row, line in enumerate(lines)
    )
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {names}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml"
            "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {names}><ofd:Pages><ofd:Page ID='1' "
            "BaseLoc='Pages/Page_0/Content.xml'/></ofd:Pages></ofd:Document>",
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {names}><ofd:Content><ofd:Layer>{texts}"
            "</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def packed(members: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def altered(package: bytes, changes: dict[str, bytes | str]) -> bytes:
    """Return a package with some members replaced or added."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    return packed({**members, **changes})


FORMS: dict[str, Callable[[], bytes]] = {
    "n.txt": lambda: TEXT.encode(),
    "n.html": html,
    "n.docx": word,
    "n.pdf": pdf,
    "n.ofd": ofd,
}


def written(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path
