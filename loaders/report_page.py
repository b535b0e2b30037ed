"""A book of reports as one HTML page: in Chinese, self-contained, light or dark as the reader's.

Every text is escaped; the page loads nothing and runs no script.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.report import Report, ReportBook, Signal

# What `clean_text` names its reasons, for people.
_REASONS = {
    "advertising": "广告 advertising",
    "furniture": "网页附属文字 furniture of the page",
    "lost character": "丢失的字符 lost characters",
    "lost or invisible character": "丢失或不可见的字符 lost or invisible characters",
    "page number": "页码 page numbers",
    "pinyin debris": "拼音残余 remains of pinyin",
}
_STYLE = """
:root{color-scheme:light dark;--ink:#1c2530;--soft:#5a6675;--paper:#fff;--band:#f3f5f8;
--line:#d8dee6;--warn:#a03d00;--warnback:#fff3e8;--good:#1d6b43}
@media(prefers-color-scheme:dark){:root{--ink:#e4e8ee;--soft:#9aa6b5;--paper:#14181e;--band:#1d232b;
--line:#343d49;--warn:#ffb37a;--warnback:#33241a;--good:#7fd6a8}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:78rem;padding:1.5rem;color:var(--ink);background:var(--paper);
font:15px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
p{margin:.25rem 0;color:var(--soft)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;
margin:1.25rem 0;padding:0;list-style:none}
.tiles li{padding:.6rem .9rem;border:1px solid var(--line);border-radius:.5rem;
background:var(--band)}
.tiles b{display:block;font-size:1.4rem;font-variant-numeric:tabular-nums;line-height:1.3}
.tiles span{color:var(--soft);font-size:.85rem}
.wide{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem}
table{border-collapse:collapse;width:100%}
th,td{padding:.45rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tr:last-child td{border-bottom:0}
td.kind{white-space:nowrap}
th{background:var(--band);white-space:nowrap;font-weight:600}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.file{min-width:14rem;overflow-wrap:anywhere}
td.file small,.soft{display:block;color:var(--soft)}
.warn{color:var(--warn)}.good{color:var(--good)}
tr.alarm td:first-child{border-left:3px solid var(--warn)}
details{max-width:44rem}summary{cursor:pointer}
ul.plain{margin:.25rem 0 .25rem 1.1rem;padding:0;overflow-wrap:anywhere}
"""


def render_page(book: "ReportBook") -> str:
    """Return the page."""
    parts = [
        "<!doctype html>",
        '<html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>读取报告 · policykg</title><style>{_STYLE}</style></head><body>",
        "<h1>读取报告 How notices were read</h1>",
        "<p>每份公文读出了什么、没有读懂什么，哪些地方需要人看一看。",
        "What was read of each notice, what was not, and what to look at.</p>",
        *_tiles(book),
        *_signals(book.signals()),
        *_failures(book),
        *_files(book.reports),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _tiles(book: "ReportBook") -> Iterator[str]:
    reports = book.reports
    values = (
        ("读取的公文 notices read", len(reports)),
        ("未能读取 not read", len(book.failures)),
        ("字符 characters", sum(r.characters for r in reports)),
        ("措施 measures", sum(r.measures for r in reports)),
        ("未识别的机构名 names not resolved", sum(r.unresolved_mentions for r in reports)),
        ("不在条目中的文字 characters in no item", sum(r.unsectioned for r in reports)),
        ("略去的噪声 noise left out", sum(r.noise for r in reports)),
    )
    yield '<ul class="tiles">'
    yield from (f"<li><b>{value:,}</b><span>{name}</span></li>" for name, value in values)
    yield "</ul>"


def _signals(signals: Iterable["Signal"]) -> Iterator[str]:
    yield "<h2>需要留意 To look at</h2>"
    yield '<div class="wide"><table><thead><tr><th>信号 signal</th>'
    yield '<th class="n">数值 value</th><th>涉及 where</th>'
    yield "</tr></thead><tbody>"
    for signal in signals:
        row = ' class="alarm"' if signal.alarming else ""
        shade = "warn" if signal.alarming else "good"
        yield f"<tr{row}><td>{escape(signal.text)}</td>"
        yield f'<td class="n"><span class="{shade}">{_value(signal)}</span></td>'
        yield f"<td>{_folded(signal.examples)}</td></tr>"
    yield "</tbody></table></div>"


def _value(signal: "Signal") -> str:
    if signal.of.startswith("占"):
        return f"{signal.value:.1%}"
    if signal.of.startswith("次"):
        return f"{signal.value:.2f} {escape(signal.of)}"
    return f"{signal.value:,.0f} {escape(signal.of)}"


def _failures(book: "ReportBook") -> Iterator[str]:
    if not book.failures:
        return
    yield '<h2>未能读取的文件 Files not read</h2><div class="wide"><table><thead><tr>'
    yield "<th>文件 file</th><th>原因 reason</th>"
    yield "</tr></thead><tbody>"
    for failure in book.failures:
        yield f'<tr class="alarm"><td class="file">{escape(failure.uri)}</td>'
        yield f"<td>{escape(failure.reason)}</td></tr>"
    yield "</tbody></table></div>"


def _files(reports: Iterable["Report"]) -> Iterator[str]:
    heads = (
        "字符 characters",
        "措施 measures",
        "无主体 nobody named",
        "不在条目中 in no item",
        "未识别 not resolved",
        "噪声 noise",
    )
    yield '<h2>逐份公文 Each notice</h2><div class="wide"><table><thead><tr>'
    yield "<th>公文 notice</th><th>类型 type</th>"
    yield "".join(f'<th class="n">{head}</th>' for head in heads)
    yield "<th>说明 notes</th></tr></thead><tbody>"
    for report in reports:
        yield _file(report)
    yield "</tbody></table></div>"


def _file(report: "Report") -> str:
    numbers = (
        f"{report.characters:,}",
        f"{report.measures:,}",
        f"{report.without_actor:,}",
        f"{report.share_unsectioned:.0%}",
        f"{report.unresolved_mentions:,}",
        f"{report.noise:,}",
    )
    notes = [*report.warnings, *report.doubts]
    notes += [
        f"未识别 not resolved “{name.name}”（{name.count}×）：{name.reason}"
        for name in report.unresolved
    ]
    notes += [
        f"略去 left out: {_REASONS.get(part.reason, part.reason)}："
        f"{part.pieces}处 pieces，{part.characters}字 characters"
        for part in report.removed
    ]
    kind = "<br>".join(escape(word) for word in (report.kind, report.encoding) if word)
    row = ' class="alarm"' if report.warnings or report.doubts else ""
    cells = "".join(f'<td class="n">{number}</td>' for number in numbers)
    title = escape(report.title) or '<span class="warn">（没有标题 no title）</span>'
    return (
        f'<tr{row}><td class="file">{title}<small>{escape(report.uri)}</small></td>'
        f'<td class="kind">{kind}</td>{cells}<td>{_folded(notes)}</td></tr>'
    )


def _folded(notes: Iterable[str]) -> str:
    lines = [escape(note) for note in notes]
    if not lines:
        return '<span class="soft">—</span>'
    if len(lines) == 1:
        return lines[0]
    items = "".join(f"<li>{line}</li>" for line in lines)
    return (
        f"<details><summary>{len(lines)}项 items</summary><ul class='plain'>{items}</ul></details>"
    )
