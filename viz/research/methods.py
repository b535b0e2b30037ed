"""The methods note: versions, counts, quality, and how each table is calculated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from kg.pmc import load_pmc
from queries.research.coding import dimensions
from queries.research.pmc import Language
from viz.research.words import word


@dataclass(frozen=True, slots=True)
class Note:
    """What the note tells of this pack.

    Attributes:
        version: of policykg.
        engine: of the graph, with its version.
        state: a digest of the selection: the same for the same notices and measures.
        conditions: those of the selection; empty for the whole graph.
        counts: what the selection holds, by keys of WORDS.
        uses: of instruments.
        quality: the scoreboard as Markdown.
        periods: compared by the networks.
        silent: those of them in which nobody cooperates.
        seed: of the sample.
        sample: measures in the coding sheet.
        coders: that it has columns for.
        coded: uses by cell.
        dated: derivations whose lag is known in days.
        by_year: those whose lag is known at least in years.
        pairs: all derivations among notices.
        figures: file and caption of each figure.
        skipped: captions of the figures not drawn, with what they need.
    """

    version: str
    engine: str
    state: str
    conditions: Mapping[str, object]
    counts: Mapping[str, int]
    uses: int
    quality: str
    periods: Sequence[str]
    silent: Sequence[str]
    seed: int
    sample: int
    coders: int
    coded: int
    dated: int
    by_year: int
    pairs: int
    figures: Sequence[tuple[str, str]]
    skipped: Sequence[str]


def format_note(note: Note, language: Language) -> str:
    """Return the note as Markdown."""
    source = files("viz") / "research" / f"methods.{language}.md"
    asked = "; ".join(f"`{name}` = {value}" for name, value in note.conditions.items())
    between = "、" if language == "zh" else ", "
    names = between.join(note.silent)
    return Template(source.read_text(encoding="utf-8")).substitute(
        version=note.version,
        engine=note.engine,
        state=note.state,
        seed=note.seed,
        sample=note.sample,
        coders=note.coders,
        coded=f"{note.coded:,}",
        uses=f"{note.uses:,}",
        dated=note.dated,
        by_year=note.by_year,
        pairs=note.pairs,
        quality=note.quality,
        periods=between.join(note.periods),
        silent=word("silent periods", language).format(names=names) if names else "",
        scope=word("selection", language).format(asked=asked or word("whole graph", language)),
        counts="\n".join(f"| {word(key, language)} | {n:,} |" for key, n in note.counts.items()),
        variables="\n".join(_variables(language)),
        grades=between.join(f"≥ {g.bound:g} {getattr(g, language)}" for g in load_pmc().grades),
        figures="\n".join(f"- `{file}`: {caption}" for file, caption in note.figures),
        skipped="\n".join(
            f"- {word('not drawn', language)}: {caption}" for caption in note.skipped
        ),
    )


def format_guide(coders: int, language: Language) -> str:
    """Return the guide for coders as Markdown."""
    lines = [*_GUIDE[language]]
    for dimension in dimensions():
        columns = ", ".join(f"`coder{n}_{dimension.key}`" for n in range(1, coders + 1))
        codes = "; ".join(_code_in(words, language) for words in dimension.codes.values())
        question = dimension.question_zh if language == "zh" else dimension.question_en
        lines.append(f"| {columns} | {question} | {codes}; 0 |")
    return "\n".join([*lines, "", "`policykg agreement coding_sheet.csv`", ""])


_GUIDE: Mapping[Language, Sequence[str]] = {
    "zh": (
        "# 编码指南",
        "",
        "每行一条措施。只看标题与正文,不看图谱的结果;",
        "有几个编码时用分号隔开,没有则写 0,未编码留空。`measure_id` 不改。",
        "",
        "| 列 | 问题 | 编码 |",
        "|---|---|---|",
    ),
    "en": (
        "# Coding guide",
        "",
        "One measure a row. Read its title and text only. Part several codes by `;`; 0 means none;",
        "leave what you did not code empty. Do not change `measure_id`.",
        "",
        "| Column | Question | Codes |",
        "|---|---|---|",
    ),
}


def _code_in(words: Sequence[str], language: Language) -> str:
    """Return the first of a code's words that is in a language."""
    return next(word for word in words if word.isascii() == (language == "en"))


def _variables(language: Language) -> list[str]:
    between = "、" if language == "zh" else "; "
    return [
        f"| {variable.key} | {getattr(variable, language)} | "
        + between.join(getattr(part, language) for part in variable.parts)
        + " |"
        for variable in load_pmc().variables
    ]
