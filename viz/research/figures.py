"""The figures of the research pack; each takes typed rows and returns a drawing, or None.

None means that there is nothing to draw.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import batched
from math import ceil
from statistics import mean, median
from typing import Any

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from kg.activities import load_activities
from kg.instruments import CLASSES
from kg.pmc import load_pmc
from queries.research.counts import DiffusionRow, DueRow, LagRow, ResponsibilityRow
from queries.research.crosstab import LEVELS, UNASSIGNED, CodedUseRow
from queries.research.pmc import SIDE, Language, PmcRow, matrix_of
from viz.research.drawing import COLOURS, WIDTH, shorten
from viz.research.words import word

_BLUES = LinearSegmentedColormap.from_list("policykg", ["#FFFFFF", "#9ECAE1", "#08519C"])
_ACTORS = 20
_CURVES = 9
_SURFACES = 9


def draw_crosstab(coded: Sequence[CodedUseRow], language: Language) -> Figure | None:
    """Draw coded uses by class and activity; shades are shares of each panel's coded uses.

    There is a panel for all and for each level, or one where there is but one level. A use that
    works on several activities stands in each of their cells, but counts once in the title.
    """
    if not coded:
        return None
    activities = [*load_activities()]
    if any(row.activity == UNASSIGNED for row in coded):
        activities.append(UNASSIGNED)
    levels = [level for level in LEVELS if any(row.level == level for row in coded)]
    if len(levels) != 1 or any(row.level is None for row in coded):
        levels.insert(0, "all")
    columns = min(2, len(levels))
    lines = ceil(len(levels) / columns)
    figure = Figure(figsize=(WIDTH, 0.35 + 1.55 * lines), layout="constrained")
    panels = [*figure.subplots(lines, columns, squeeze=False).flat]
    image: Any = None
    for panel, level in zip(panels, levels, strict=False):
        rows = [row for row in coded if level in ("all", row.level)]
        counts = Counter((row.instrument_class, row.activity) for row in rows)
        table = [[counts[group, name] for name in activities] for group in CLASSES]
        shares = [[value / len(rows) for value in line] for line in table]
        image = panel.imshow(shares, cmap=_BLUES, vmin=0, vmax=0.4, aspect="auto")
        _annotate(panel, table, shares)
        uses = word("n uses", language).format(n=len({row.eid for row in rows}))
        panel.set_title(f"{word(level, language)} ({uses})")
        panel.set_xticks(range(len(activities)), [word(name, language) for name in activities])
        if language == "en":  # these words are wider than their columns
            panel.tick_params(axis="x", labelrotation=20, labelsize=6.5)
        panel.set_yticks(range(len(CLASSES)), [word(name, language) for name in CLASSES])
        _bare(panel)
    for panel in panels[len(levels) :]:
        panel.axis("off")
    bar = figure.colorbar(image, ax=figure.axes, shrink=0.6, pad=0.02, format="{x:.0%}")
    bar.set_label(word("share", language))
    bar.outline.set_visible(False)
    return figure


def draw_years(coded: Sequence[CodedUseRow], language: Language) -> Figure | None:
    """Draw uses by year, stacked by class; each use counts once, whatever it works on."""
    uses = {row.eid: row for row in coded if row.year is not None}.values()
    if not uses:
        return None
    counts = Counter((row.year, row.instrument_class) for row in uses)
    years = sorted({row.year for row in uses if row.year is not None})
    figure = Figure(figsize=(WIDTH, 2.5), layout="constrained")
    axes = figure.subplots()
    below = [0] * len(years)
    for group in CLASSES:
        heights = [counts[year, group] for year in years]
        axes.bar(
            years,
            heights,
            0.8,
            bottom=below,
            color=COLOURS[group],
            label=word(group, language),
        )
        below = [a + b for a, b in zip(below, heights, strict=True)]
    for year, total in zip(years, below, strict=True):
        axes.annotate(str(total), (year, total), (0, 2), textcoords="offset points", ha="center")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    axes.set_xlim(min(years) - 0.8, max(years) + 0.8)
    axes.set_ylabel(word("uses", language))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", color="#E5E5E5", linewidth=0.6)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(CLASSES))
    return figure


def draw_responsibilities(rows: Sequence[ResponsibilityRow], language: Language) -> Figure | None:
    """Draw the actors with most measures by role; a measure with two roles counts in both."""
    shown = [row for row in rows if row.measures][:_ACTORS][::-1]
    if not shown:
        return None
    figure = Figure(figsize=(WIDTH, 0.8 + 0.21 * len(shown)), layout="constrained")
    axes = figure.subplots()
    left = [0] * len(shown)
    for role in ("leads", "responsible", "supports"):
        widths = [int(getattr(row, role)) for row in shown]
        axes.barh(
            range(len(shown)),
            widths,
            0.7,
            left=left,
            color=COLOURS[role],
            label=word(role, language),
        )
        left = [a + b for a, b in zip(left, widths, strict=True)]
    for place, total in enumerate(left):
        axes.annotate(str(total), (total, place), (3, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(shown)), [shorten(row.actor, 24) for row in shown])
    axes.set_xlabel(word("measures", language))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", color="#E5E5E5", linewidth=0.6)
    axes.margins(y=0.02)
    axes.legend(loc="lower right")
    return figure


def draw_deadlines(rows: Sequence[DueRow], language: Language) -> Figure | None:
    """Draw measures due by year and month; those due in a year at large stand apart."""
    if not rows:
        return None
    counts: Counter[tuple[int, int]] = Counter()
    for row in rows:
        month = 12 if row.precision == "year" else int(row.last_day[5:7]) - 1
        counts[int(row.last_day[:4]), month] += 1
    years = [*range(min(y for y, _ in counts), max(y for y, _ in counts) + 1)]
    table = [[counts[year, month] for month in range(13)] for year in years]
    most = max(max(line) for line in table)
    figure = Figure(figsize=(WIDTH, 0.7 + 0.32 * len(years)), layout="constrained")
    axes = figure.subplots()
    image = axes.imshow(table, cmap=_BLUES, vmin=0, vmax=max(most, 2), aspect="auto")
    _annotate(axes, table, [[value / max(most, 2) * 0.4 for value in line] for line in table])
    months = [*(str(month) for month in range(1, 13)), word("whole year", language)]
    axes.set_xticks(range(13), months)
    axes.set_yticks(range(len(years)), [str(year) for year in years])
    axes.set_xlabel(word("month", language))
    axes.axvline(11.5, color="#666666", linewidth=0.8)
    _bare(axes)
    bar = figure.colorbar(image, ax=axes, pad=0.02)
    bar.set_label(word("deadlines", language))
    bar.outline.set_visible(False)
    bar.locator = MaxNLocator(integer=True)
    return figure


def draw_lags(rows: Sequence[LagRow], language: Language) -> Figure | None:
    """Draw the lags between notices by the levels they join, with the median of each.

    They are in days; in years where no pair is known in days.
    """
    unit = "days" if any(row.days is not None for row in rows) else "years"
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        lag = row.days if unit == "days" else row.years
        if lag is not None:
            groups[row.origin_level or "unknown", row.derived_level or "unknown"].append(lag)
    if not groups:
        return None
    names = sorted(groups, key=lambda pair: [_level_rank(level) for level in pair], reverse=True)
    figure = Figure(figsize=(WIDTH, 0.8 + 0.35 * len(names)), layout="constrained")
    axes = figure.subplots()
    for place, name in enumerate(names):
        days = sorted(groups[name])
        spread = [place + 0.12 * ((i % 3) - 1) for i in range(len(days))]
        axes.scatter(days, spread, s=12, color=COLOURS["line"], alpha=0.55, linewidths=0)
        axes.plot([median(days)] * 2, [place - 0.3, place + 0.3], color=COLOURS["core"], lw=1.8)
    labels = [
        f"{word(a, language)} → {word(b, language)} (n={len(groups[a, b])})" for a, b in names
    ]
    axes.set_yticks(range(len(names)), labels)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlabel(word(unit, language))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", color="#E5E5E5", linewidth=0.6)
    axes.plot([], [], color=COLOURS["core"], lw=1.8, label=word("median", language))
    axes.legend(loc="lower right")
    return figure


def draw_diffusion(
    rows: Sequence[DiffusionRow], coded: Sequence[CodedUseRow], language: Language
) -> Figure | None:
    """Draw the curves of the instruments used most, each over the average of all.

    With one jurisdiction, or one year, there is no diffusion to be drawn.
    """
    curves: dict[str, list[DiffusionRow]] = defaultdict(list)
    for row in rows:
        curves[row.instrument].append(row)
    most = max((row.cumulative for row in rows), default=0)
    if most < 2 or len(next(iter(curves.values()))) < 2:
        return None
    used = Counter({row.eid: row.instrument for row in coded}.values())
    first = sorted(curves, key=lambda key: (-used[key], -curves[key][-1].cumulative, key))[:_CURVES]
    columns = min(3, len(first))
    lines = ceil(len(first) / columns)
    figure = Figure(figsize=(WIDTH, 0.4 + 1.45 * lines), layout="constrained")
    grid = figure.subplots(lines, columns, squeeze=False, sharex=True, sharey=True)
    panels = [*grid.flat]
    average = _average([*curves.values()])
    for panel, key in zip(panels, first, strict=False):
        years, values = _curve(curves[key])
        panel.plot(years, average, color=COLOURS["context"], lw=1.4)
        panel.plot(years, values, marker="o", ms=2.5, color=COLOURS["line"], lw=1.8)
        panel.annotate(
            str(values[-1]),
            (years[-1], values[-1]),
            (-2, 3),
            textcoords="offset points",
            ha="right",
        )
        panel.set_title(_instrument_name(curves[key][0], language))
        panel.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
        panel.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    for panel in panels[len(first) :]:
        panel.axis("off")
    panels[0].set_ylim(0, most * 1.2)
    panels[0].plot([], [], color=COLOURS["context"], lw=1.4, label=word("average", language))
    panels[0].legend(loc="upper left")
    figure.supylabel(word("adopters", language), fontsize=8)
    figure.supxlabel(word("year", language), fontsize=8)
    return figure


def draw_surfaces(rows: Sequence[PmcRow], language: Language) -> Figure | None:
    """Draw the PMC surfaces of the notices with the highest indices."""
    shown = rows[:_SURFACES]
    if not shown:
        return None
    columns = min(3, len(shown))
    lines = ceil(len(shown) / columns)
    figure = Figure(figsize=(WIDTH, 2.35 * lines))
    sides = [[float(n)] * SIDE for n in range(1, SIDE + 1)]
    across = [[float(n) for n in range(1, SIDE + 1)]] * SIDE
    for place, row in enumerate(shown, start=1):
        axes: Any = figure.add_subplot(lines, columns, place, projection="3d")
        _surface(axes, across, sides, matrix_of(row))
        title = f"{shorten(row.notice_title, 18)}\n{word('index', language)} {row.index:.2f}"
        axes.set_title(title, fontsize=7.5, pad=-4)
    names = [f"{v.key} {getattr(v, language)}" for v in load_pmc().variables[: SIDE * SIDE]]
    key = "\n".join("     ".join(line) for line in batched(names, 5))
    figure.text(0.5, 0.01, key, ha="center", va="bottom", fontsize=7.5)
    below = 0.55 / (2.35 * lines)
    figure.subplots_adjust(left=0, right=0.97, bottom=below, top=0.97, wspace=0.08, hspace=0.12)
    return figure


def _surface(axes: Any, across: Any, sides: Any, heights: list[list[float]]) -> None:
    import numpy as np

    axes.plot_surface(
        np.array(across),
        np.array(sides),
        np.array(heights),
        cmap="viridis",
        vmin=0,
        vmax=1,
        rstride=1,
        cstride=1,
        edgecolor="white",
        linewidth=0.4,
        alpha=0.95,
    )
    axes.set_zlim(0, 1)
    # X1 to X9 by rows: a tick names the variables of its column or row.
    axes.set_xticks(
        range(1, SIDE + 1), [f"X{n},{n + 3},{n + 6}" for n in range(1, SIDE + 1)], ha="right"
    )
    axes.set_yticks(range(1, SIDE + 1), [f"X{n}–{n + 2}" for n in (1, 4, 7)], ha="left")
    axes.set_zticks([0, 0.5, 1])
    axes.tick_params(labelsize=6, pad=-3)
    axes.view_init(elev=26, azim=-52)
    axes.set_box_aspect((1, 1, 0.7), zoom=0.92)


def _annotate(axes: Any, table: Sequence[Sequence[int]], shades: Sequence[Sequence[float]]) -> None:
    for y, line in enumerate(table):
        for x, value in enumerate(line):
            if value:
                ink = "white" if shades[y][x] > 0.24 else COLOURS["ink"]
                axes.text(x, y, str(value), ha="center", va="center", color=ink, fontsize=7.5)


def _bare(axes: Any) -> None:
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    columns, lines = axes.get_images()[0].get_array().shape[::-1]
    axes.set_xticks([x - 0.5 for x in range(columns + 1)], minor=True)
    axes.set_yticks([y - 0.5 for y in range(lines + 1)], minor=True)
    axes.grid(which="minor", color="#E5E5E5", linewidth=0.6)
    axes.tick_params(which="minor", length=0)


def _curve(rows: Sequence[DiffusionRow]) -> tuple[list[int], list[int]]:
    return [row.year for row in rows], [row.cumulative for row in rows]


def _average(curves: Sequence[Sequence[DiffusionRow]]) -> list[float]:
    return [mean(row.cumulative for row in year) for year in zip(*curves, strict=True)]


def _instrument_name(row: DiffusionRow, language: Language) -> str:
    return row.instrument_zh if language == "zh" else row.instrument.replace("_", " ")


def _level_rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
