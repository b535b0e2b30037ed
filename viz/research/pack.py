"""Writes the research pack: tables with a codebook, figures, a methods note, a coding sheet."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from kg.errors import ExportError
from kg.store import Store
from queries.research import counts, crosstab, networks, pmc
from queries.research.coding import ItemRow, blank_columns, draw_sample
from queries.research.material import Material, read_material
from queries.research.periods import Period, plan_periods
from queries.research.pmc import Language
from queries.selection import Selection
from queries.types import Row, column_names
from viz.exports.delimited import DelimitedFile, write_records
from viz.exports.folders import make_folder
from viz.exports.tabular import CODEBOOK, codebook_lines
from viz.research import figures, network_figures
from viz.research.captions import figure_text
from viz.research.drawing import figure_style, save_figure
from viz.research.fonts import find_font
from viz.research.methods import Note, format_guide, format_note

type Draw = Callable[[], Figure | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the pack is to be made.

    Attributes:
        periods: compared by the networks; none stands for the five-year plans.
        language: of the figures, the note, the guide and grades.
        font: family or file; None for the best one here.
        sample: measures in the coding sheet.
        seed: of the sample.
        coders: that the sheet has columns for.
        quality: the scoreboard as Markdown.
    """

    periods: tuple[Period, ...] = ()
    language: Language = "zh"
    font: str | None = None
    sample: int = 50
    seed: int = 1
    coders: int = 2
    quality: str = ""


@dataclass(frozen=True)
class _Results:
    """Everything that is written or drawn."""

    coded: Sequence[crosstab.CodedUseRow]
    cells: Sequence[crosstab.CellRow]
    nets: Sequence[networks.Network]
    pairs: Sequence[networks.PairRow]
    partners: Sequence[networks.PartnerRow]
    wholes: Sequence[networks.NetworkRow]
    responsibilities: Sequence[counts.ResponsibilityRow]
    deadlines: Sequence[counts.DueRow]
    lags: Sequence[counts.LagRow]
    lag_summary: Sequence[counts.LagSummaryRow]
    adoptions: Sequence[counts.AdoptionRow]
    diffusion: Sequence[counts.DiffusionRow]
    parts: Sequence[pmc.PmcPartRow]
    index: Sequence[pmc.PmcRow]

    def tables(self) -> Mapping[str, tuple[type[Row], Sequence[Row]]]:
        """Return the rows of each table by the name of its file."""
        return {
            "instrument_crosstab": (crosstab.CellRow, self.cells),
            "instrument_uses": (crosstab.CodedUseRow, self.coded),
            "cooperation_networks": (networks.NetworkRow, self.wholes),
            "cooperation_agencies": (networks.PartnerRow, self.partners),
            "cooperation_pairs": (networks.PairRow, self.pairs),
            "responsibilities": (counts.ResponsibilityRow, self.responsibilities),
            "deadlines": (counts.DueRow, self.deadlines),
            "derivation_lags": (counts.LagRow, self.lags),
            "derivation_lag_summary": (counts.LagSummaryRow, self.lag_summary),
            "adoptions": (counts.AdoptionRow, self.adoptions),
            "diffusion": (counts.DiffusionRow, self.diffusion),
            "pmc_index": (pmc.PmcRow, self.index),
            "pmc_variables": (pmc.PmcPartRow, self.parts),
        }


def write_pack(store: Store, selection: Selection, folder: Path, plan: Plan) -> dict[str, int]:
    """Write the pack into a new folder; return how many tables, figures and sampled measures.

    Raises:
        ExportError: the selection holds no measure, the folder is not new, or there is no font.
    """
    font = find_font(plan.font)
    material = read_material(store, selection)
    if not material.measures:
        empty = "no measure meets the conditions" if selection.conditions else "the graph is empty"
        raise ExportError(str(folder), f"not written: {empty}")
    make_folder(folder)
    periods = plan.periods or plan_periods([n.year for n in material.notices if n.year])
    results = _analyse(material, periods, plan.language)
    _write_tables(folder, results.tables())
    sample = draw_sample(material, plan.sample, plan.seed)
    _write_sheet(folder, sample, plan.coders)
    with figure_style(font):
        drawn, skipped = _draw(folder, results, plan.language)
    note = Note(
        version=version("policykg"),
        engine=store.capabilities.name,
        state=_digest(material),
        conditions=selection.conditions or {},
        counts=_counts(material),
        uses=len(material.uses),
        quality=plan.quality or "—",
        periods=[period.name for period in periods],
        silent=_silent(results.wholes),
        seed=plan.seed,
        sample=len(sample),
        coders=plan.coders,
        coded=len(results.coded),
        dated=sum(row.days is not None for row in results.lags),
        by_year=sum(row.years is not None for row in results.lags),
        pairs=len(results.lags),
        figures=drawn,
        skipped=skipped,
    )
    (folder / "methods.md").write_text(format_note(note, plan.language), encoding="utf-8")
    guide = format_guide(plan.coders, plan.language)
    (folder / "coding_guide.md").write_text(guide, encoding="utf-8")
    return {"tables": len(results.tables()), "figures": len(drawn), "sample": len(sample)}


def _analyse(material: Material, periods: Sequence[Period], language: Language) -> _Results:
    coded = crosstab.code_uses(material)
    nets = networks.make_networks(material, periods)
    lags, adoptions = counts.list_lags(material), counts.list_adoptions(material)
    parts = pmc.code_notices(material, language)
    return _Results(
        coded=coded,
        cells=crosstab.count_cells(coded),
        nets=nets,
        pairs=[row for net in nets for row in networks.pair_rows(net, material)],
        partners=[row for net in nets for row in networks.partner_rows(net, material)],
        wholes=[networks.network_row(net) for net in nets],
        responsibilities=counts.count_responsibilities(material),
        deadlines=counts.list_deadlines(material),
        lags=lags,
        lag_summary=counts.summarise_lags(lags),
        adoptions=adoptions,
        diffusion=counts.count_diffusion(material, adoptions),
        parts=parts,
        index=pmc.index_notices(material, parts, language),
    )


def _write_tables(folder: Path, tables: Mapping[str, tuple[type[Row], Sequence[Row]]]) -> None:
    for name, (row_type, rows) in tables.items():
        file = DelimitedFile(folder / f"{name}.csv", row_type)
        file.write(rows)
        file.close()
    lines = (
        line for name, (row_type, _) in tables.items() for line in codebook_lines(name, row_type)
    )
    write_records(folder / "codebook.csv", CODEBOOK, lines)


def _write_sheet(folder: Path, sample: Sequence[ItemRow], coders: int) -> None:
    names, blanks = column_names(ItemRow), blank_columns(coders)
    records = ([getattr(row, name) for name in names] + [None] * len(blanks) for row in sample)
    write_records(folder / "coding_sheet.csv", [*names, *blanks], records)


def _draw(
    folder: Path, results: _Results, language: Language
) -> tuple[list[tuple[str, str]], list[str]]:
    """Draw what there is; return file and caption of each figure, and the captions left out."""
    drawn: list[tuple[str, str]] = []
    skipped: list[str] = []
    for name, draw in _figures(results, language):
        figure = draw()
        caption = figure_text(name, language).caption
        if figure is None:
            skipped.append(f"{caption} ({figure_text(name, language).needs})")
            continue
        svg, pdf = save_figure(figure, folder, name)
        drawn.append((f"{svg}, {pdf}", caption))
    return drawn, skipped


def _figures(results: _Results, language: Language) -> Iterator[tuple[str, Draw]]:
    yield "fig1_crosstab", lambda: figures.draw_crosstab(results.coded, language)
    yield "fig2_years", lambda: figures.draw_years(results.coded, language)
    whole = next(net for net in results.nets if net.basis == "measure")
    key = (whole.basis, whole.period.name)
    partners = [row for row in results.partners if (row.basis, row.period) == key]
    yield "fig3_cooperation", lambda: network_figures.draw_network(whole, partners, language)
    yield (
        "fig4_breadth_depth",
        lambda: network_figures.draw_breadth_and_depth(partners, language),
    )
    yield (
        "fig5_responsibilities",
        lambda: figures.draw_responsibilities(results.responsibilities, language),
    )
    yield "fig6_deadlines", lambda: figures.draw_deadlines(results.deadlines, language)
    yield "fig7_lags", lambda: figures.draw_lags(results.lags, language)
    yield (
        "fig8_diffusion",
        lambda: figures.draw_diffusion(results.diffusion, results.coded, language),
    )
    yield "fig9_pmc_surfaces", lambda: figures.draw_surfaces(results.index, language)


def _silent(wholes: Sequence[networks.NetworkRow]) -> list[str]:
    """Return the periods in which no measure is shared."""
    return [row.period for row in wholes if row.basis == "measure" and not row.ties]


def _counts(material: Material) -> dict[str, int]:
    return {
        "notices": len(material.notices),
        "all measures": len(material.measures),
        "all uses": len(material.uses),
        "roles": len(material.roles),
        "agencies": len(material.agencies),
        "mentions": len(material.mentions),
        "targets": len(material.targets),
        "all deadlines": len(material.deadlines),
        "citations": len(material.citations),
        "derivations": len(material.derivations),
    }


def _digest(material: Material) -> str:
    rows: list[Any] = [
        *(row.notice_id for row in material.notices),
        *(row.measure_id for row in material.measures),
        *(
            row.eid
            for rows in (material.uses, material.roles, material.derivations)
            for row in rows
        ),
    ]
    return hashlib.sha256(json.dumps(sorted(rows)).encode()).hexdigest()[:12]
