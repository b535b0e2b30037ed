"""The methods note: versions, counts, quality, and how each table is calculated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from kg.pmc import load_pmc
from queries.research.coding import dimensions


@dataclass(frozen=True, slots=True)
class Note:
    """What the note tells of this pack.

    Attributes:
        version: of policykg.
        engine: of the graph, with its version.
        state: a digest of the selection: the same for the same notices and measures.
        conditions: those of the selection; empty for the whole graph.
        counts: what the selection holds, by name.
        quality: the scoreboard as Markdown.
        periods: compared by the networks.
        seed: of the sample.
        sample: measures in the coding sheet.
        coders: that it has columns for.
        coded: uses by cell.
        dated: derivations whose lag is known.
        pairs: all derivations among notices.
        figures: file and caption of each figure.
        skipped: figures for which there was nothing to draw.
    """

    version: str
    engine: str
    state: str
    conditions: Mapping[str, object]
    counts: Mapping[str, int]
    quality: str
    periods: Sequence[str]
    seed: int
    sample: int
    coders: int
    coded: int
    dated: int
    pairs: int
    figures: Sequence[tuple[str, str]]
    skipped: Sequence[str]


def format_note(note: Note) -> str:
    """Return the note as Markdown."""
    template = Template((files("viz") / "research" / "methods.md").read_text(encoding="utf-8"))
    asked = "; ".join(f"`{name}` = {value}" for name, value in note.conditions.items())
    skipped = "; ".join(note.skipped)
    return template.substitute(
        version=note.version,
        engine=note.engine,
        state=note.state,
        seed=note.seed,
        sample=note.sample,
        coders=note.coders,
        coded=f"{note.coded:,}",
        uses=f"{note.counts['政策工具运用 uses of instruments']:,}",
        dated=note.dated,
        pairs=note.pairs,
        quality=note.quality,
        periods=", ".join(note.periods),
        scope=f"范围 selection: {asked}." if asked else "范围 selection: 全图 the whole graph.",
        counts="\n".join(f"| {name} | {count:,} |" for name, count in note.counts.items()),
        variables="\n".join(_variables()),
        grades=", ".join(f"≥ {g.bound:g} {g.zh} {g.en}" for g in load_pmc().grades),
        figures="\n".join(f"- `{file}`: {caption}" for file, caption in note.figures),
        skipped=f"无数据而未绘 nothing to draw: {skipped}." if skipped else "",
    )


def format_guide(coders: int) -> str:
    """Return the guide for coders as Markdown."""
    lines = [
        "# 编码指南 · Coding guide",
        "",
        "每行一条措施。只看标题与正文,不看图谱的结果;",
        "有几个编码时用分号隔开,没有则写 0,未编码留空。",
        "",
        "One measure a row. Read its title and text only. Part several codes by `;`; 0 means none;",
        "leave what you did not code empty. Do not change `measure_id`.",
        "",
        "| 列 column | 问题 question | 编码 codes |",
        "|---|---|---|",
    ]
    for dimension in dimensions():
        columns = ", ".join(f"`coder{n}_{dimension.key}`" for n in range(1, coders + 1))
        codes = "; ".join(" / ".join(words[:2]) for words in dimension.codes.values())
        question = f"{dimension.question_zh} {dimension.question_en}"
        lines.append(f"| {columns} | {question} | {codes}; 0 |")
    return "\n".join([*lines, "", "`policykg agreement coding_sheet.csv`", ""])


def _variables() -> list[str]:
    return [
        f"| {variable.key} | {variable.zh} {variable.en} | "
        + "; ".join(f"{part.zh} {part.en}" for part in variable.parts)
        + " |"
        for variable in load_pmc().variables
    ]
