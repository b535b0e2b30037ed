"""`policykg research-pack`: tables, figures and a methods note for a paper."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from api.cli.query import PASS_ON, read_parameters
from api.cli.shared import Database, open_graph, tell

# Conditions are passed on, but --help is the command's own.
_SETTINGS = {name: value for name, value in PASS_ON.items() if name != "help_option_names"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("research-pack", context_settings=_SETTINGS)(research_pack)


def research_pack(  # noqa: PLR0913  one for each option of the command
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="A new or empty folder.")
    ],
    db: Database = None,
    periods: Annotated[
        str,
        typer.Option(
            metavar="2008-2014,2015-2020",
            help="Years that the cooperation networks compare; the five-year plans if not given.",
        ),
    ] = "",
    language: Annotated[
        str, typer.Option(metavar="zh|en", help="Language of figures, note, codes.")
    ] = "zh",
    font: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE", help="Font of the figures, with Chinese characters."),
    ] = None,
    sample: Annotated[int, typer.Option(min=1, max=10_000, help="Measures to code by hand.")] = 50,
    seed: Annotated[int, typer.Option(help="Draws the same sample again.")] = 1,
    coders: Annotated[int, typer.Option(min=1, max=9, help="Coders, with columns each.")] = 2,
    gold: Annotated[
        Path | None,
        typer.Option(metavar="GOLD_DIR", help="Your annotations, for the quality in the note."),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="KEY=VALUE", help="A condition; also --KEY VALUE."),
    ] = None,
) -> None:
    """Write what a paper on policy instruments prints: tables, vector figures, a methods note.

    Instruments by class, activity, level and year; the cooperation of agencies; responsibilities;
    deadlines; the lag of derivation; diffusion; the PMC index; and a sheet to code by hand, which
    `policykg agreement` compares with the graph. Every number names its evidence.

    The conditions are those of `policykg query measures --help`.

    \b
    policykg research-pack -o pack
    policykg research-pack -o pack --jurisdiction 辽宁省 --periods 2015-2020,2021-2025 --language en
    """  # noqa: D301  \b keeps the lines as they are
    from queries.research.periods import parse_periods
    from queries.selection import select
    from viz.research.pack import Plan, write_pack
    from viz.research.words import LANGUAGES

    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} is not zh or en", param_hint="--language")
    plan = Plan(
        periods=parse_periods(periods) if periods else (),
        language="en" if language == "en" else "zh",
        font=font,
        sample=sample,
        seed=seed,
        coders=coders,
        quality=_quality(gold, "en" if language == "en" else "zh"),
    )
    conditions = read_parameters(param or [], context.args)
    with open_graph(db, "read") as store:
        selection = select(store, conditions)
        for note in selection.notes:
            tell(note)
        made = write_pack(store, selection, output, plan)
    tell(
        f"{output}: {made['tables']} tables, {made['figures']} figures, methods.md, "
        f"coding_sheet.csv with {made['sample']} measures"
    )


_DEVELOPED_ON = {
    "zh": "下表是本版本在**开发样本**上的结果:规则正是照这些公文写成和修改的,不是对未见公文的估计。"
    "未见公文上的准确率和召回率更低,工具、项目、机构尤甚;请编码第 9 节的样本,"
    "或用 `--gold` 给出自己的注释。",
    "en": "These are **development data**: the grammar was written and mended with these very "
    "notices, so that the figures do not estimate the quality on others. On notices not seen "
    "before, precision and recall are lower, above all for instruments, programmes and "
    "institutions. Code the sample of section 9, or give annotations of your own with `--gold`.",
}
_ANNOTATED_IN = {"zh": "在 `{}` 的注释上:", "en": "On the annotations in `{}`:"}


def _quality(gold: Path | None, language: str) -> str:
    """Return the scoreboard of one's own annotations, else that of this version's samples."""
    if gold is None:
        board = (files("loaders") / "scoreboard.md").read_text(encoding="utf-8")
        return f"{_DEVELOPED_ON[language]}\n\n{board}"
    from loaders.evaluate import evaluate_folder
    from loaders.pipeline import extract_bytes
    from loaders.scoring import scoreboard

    scores = evaluate_folder(gold, lambda raw, uri: extract_bytes(raw, uri).fragment)
    return f"{_ANNOTATED_IN[language].format(gold.name)}\n\n{scoreboard(scores)}"
