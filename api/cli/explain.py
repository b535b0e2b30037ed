"""`policykg explain`: why a notice was read as it was."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.shared import TextColumn, TitleColumn, make_console, tell

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from loaders.explain import ExplainedItem, ExplainedName, Explanation, Mention
    from loaders.explain_header import Fact
    from loaders.pipeline import Extraction

_KIND_NAMES = {
    "agencies": "机关",
    "places": "地方",
    "products": "产品",
    "programs": "专项",
    "institutions": "机构",
    "platforms": "平台",
    "instruments": "政策工具",
    "targets": "目标",
    "deadlines": "时限",
    "citations": "引用",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain")(explain)


def explain(  # noqa: PLR0913  one for each option of the command
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A notice, or an archive or corpus of them.")
    ],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Explain this name alone, in the notice.")
    ] = None,
    measure: Annotated[
        str | None, typer.Option(metavar="PATH", help="Only this item and what is below it.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", help=f"Only these: {', '.join(_KIND_NAMES)}; may be repeated."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON, one object a line for each notice.")
    ] = False,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
) -> None:
    """Say what each name in a notice was resolved to, by which rule, and why.

    First the header: title, issuers, place and date, with where each was found. Then each
    measure with what it names, the words, what they mean, and the reason; what stays
    unresolved is marked ✗ and says why, in English too. A body that was renamed is told by the
    name it bore at the notice's date, with what it is called since.

    \b
    policykg explain notice.txt
    policykg explain notice.pdf --measure '二/(三)'
    policykg explain notice.docx --only agencies --only places
    policykg explain notice.txt --name 省教育厅
    policykg explain notices.zip --json | jq '.items[].mentions[] | select(.meaning == null)'
    """  # noqa: D301  \b keeps the lines as they are
    kinds = _check_kinds(only or [])
    if not file.exists():
        raise typer.BadParameter(f"{file} does not exist", param_hint="FILE")
    if file.is_dir():
        raise typer.BadParameter(f"{file} is a folder; name one file", param_hint="FILE")
    from kg.errors import KgError
    from loaders.ingest import extract_file
    from loaders.sources import Columns

    failed = found = False
    for item in extract_file(file, Columns(text_column, title_column, None)):
        if isinstance(item, KgError):
            tell(str(item))
            failed = True
        elif name is not None:
            _show_name(item, name, as_json=as_json)
        else:
            found = _show_notice(item, measure, kinds, as_json=as_json) or found
    if measure is not None and name is None and not found:
        tell(f"{file}: 没有条目 {measure}")
        failed = True
    if failed:
        raise typer.Exit(1)


def _check_kinds(only: list[str]) -> list[str]:
    for kind in only:
        if kind not in _KIND_NAMES:
            known = ", ".join(_KIND_NAMES)
            raise typer.BadParameter(f"{kind!r} is not one of {known}", param_hint="--only")
    return only


def _show_name(extraction: "Extraction", name: str, *, as_json: bool) -> None:
    from loaders.explain import explain_name

    explained = explain_name(extraction, name)
    if as_json:
        _echo(explained.as_record())
        return
    _print_name(make_console(), explained)


def _show_notice(
    extraction: "Extraction", measure: str | None, kinds: list[str], *, as_json: bool
) -> bool:
    """Show one notice; tell whether it has the measure that is asked for."""
    from dataclasses import replace

    from loaders.explain import explain_notice, find_items, select_mentions

    whole = explain_notice(extraction)
    items = whole.items if measure is None else tuple(find_items(whole, measure))
    shown = tuple(
        replace(item, mentions=tuple(select_mentions(item.mentions, kinds))) for item in items
    )
    outside = tuple(select_mentions(whole.outside, kinds)) if measure is None else ()
    explained = replace(whole, items=shown, outside=outside)
    if measure is not None and not shown:
        return False
    if as_json:
        _echo(explained.as_record())
    else:
        _print_notice(make_console(), explained, is_filtered=bool(kinds))
    return bool(shown)


def _echo(record: dict[str, object]) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False))


def _print_notice(console: "Console", explained: "Explanation", *, is_filtered: bool) -> None:
    from rich.text import Text

    console.print(Text(explained.uri, style="bold"))
    _print_header(console, explained)
    above: tuple[str, ...] = ()
    for item in explained.items:
        if is_filtered and not item.mentions:
            continue
        _print_item(console, item, above)
        above = item.above
    if explained.outside:
        console.print(Text("\n条目之外", style="bold"))
        console.print(_table(explained.outside))


def _print_header(console: "Console", explained: "Explanation") -> None:
    from rich.table import Table

    header = explained.header
    table = Table("项目", show_header=True)
    for name in ("读作", "原文", "出处和理由"):
        table.add_column(name, overflow="fold")
    _add_fact(table, "标题", header.title)
    _add_fact(table, "发文字号", header.document_number)
    for issuer in header.issuers or (None,):
        _add_fact(table, "发文机关", issuer)
    _add_fact(table, "成文日期", header.issued_on)
    _add_fact(table, "所在地", header.jurisdiction)
    if header.addressee:
        table.add_row("主送", "", _plain(header.addressee), "")
    for alias, full in header.aliases:
        table.add_row("简称", _plain(full), _plain(alias), "文中写明“以下简称”")
    table.add_row("不在条目中", f"{explained.unsectioned}字", "", "前言、结语等")
    for note in (*explained.warnings, *explained.doubts):
        table.add_row("留意", "", "", _plain(note))
    console.print(table)


def _add_fact(table: "Table", name: str, fact: "Fact | None") -> None:
    if fact is None:
        table.add_row(name, "✗ 没有找到", "", "", style="yellow")
        return
    words = "" if fact.words == fact.value else fact.words
    why = "；".join(part for part in (fact.how, fact.reason) if part)
    table.add_row(name, _plain(fact.value), _plain(words), _plain(why))


def _print_item(console: "Console", item: "ExplainedItem", above: tuple[str, ...]) -> None:
    from rich.text import Text

    title = Text(f"\n{item.path}  ", style="bold")
    title.append(" ".join(item.heading.split()), style="bold")
    if item.above and item.above != above:
        title.append(f"  （{' › '.join(item.above)}）", style="dim")
    if not item.is_measure:
        title.append("  章节", style="dim")
    console.print(title)
    if item.mentions:
        console.print(_table(item.mentions))
    else:
        console.print(Text("  没有读出机关、地方等", style="dim"))


def _print_name(console: "Console", explained: "ExplainedName") -> None:
    from rich.text import Text

    console.print(Text(f"{explained.uri}：{explained.name}", style="bold"))
    if not explained.is_written:
        console.print(Text("公文中没有这个名称；假如写有，则为：", style="yellow"))
    console.print(_table(explained.mentions))


def _table(mentions: "tuple[Mention, ...]") -> "Table":
    from rich.table import Table

    table = Table("类别")
    for name in ("原文", "读作", "依据和理由"):
        table.add_column(name, overflow="fold")
    for mention in mentions:
        kind = _KIND_NAMES[mention.kind] + (f"·{mention.role}" if mention.role else "")
        meaning = "✗ 未能识别" if mention.meaning is None else mention.meaning
        style = "yellow" if mention.meaning is None else None
        words = _plain(" ".join(mention.words.split()))
        table.add_row(kind, words, _plain(meaning), _plain(_why(mention)), style=style)
    return table


def _why(mention: "Mention") -> str:
    parts = [f"{mention.rule}：{mention.reason}"]
    if mention.history:
        parts.append(mention.history)
    if mention.candidates:
        parts.append(f"未取：{'、'.join(mention.candidates)}")
    if 0 < mention.certainty < 1:
        parts.append(f"把握{mention.certainty:.0%}")
    return "；".join(parts)


def _plain(text: str) -> "str":
    """Return text that rich prints as it is, brackets included."""
    from rich.markup import escape

    return escape(text)
