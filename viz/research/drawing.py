"""How figures look, and how they are saved: as vectors, the same bytes for the same data."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

WIDTH = 7.1  # inches: two columns of a journal
# Okabe and Ito's colours, told apart by readers who are colour-blind, and in grey.
COLOURS: Mapping[str, str] = {
    "supply": "#0072B2",
    "environment": "#E69F00",
    "demand": "#009E73",
    "leads": "#0072B2",
    "responsible": "#56B4E9",
    "supports": "#BFBFBF",
    "core": "#D55E00",
    "periphery": "#7FA7C9",
    "line": "#0072B2",
    "context": "#D9D9D9",
    "ink": "#333333",
}
_STYLE: dict[Any, Any] = {
    "font.size": 8,
    "axes.titlesize": 9,
    "axes.labelsize": 8,
    "axes.edgecolor": "#666666",
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,  # many Chinese fonts lack U+2212
    "axes.axisbelow": True,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 7.5,
    "figure.facecolor": "white",
    "svg.fonttype": "path",  # a reader's machine need not have the font
    "svg.hashsalt": "policykg",
    "pdf.fonttype": 42,
    "savefig.bbox": "tight",
    "savefig.pad_inches": 0.05,
}


@contextmanager
def figure_style(font: str) -> Iterator[None]:
    """Draw with a font family and the look of all figures."""
    with mpl.rc_context({**_STYLE, "font.family": [font]}):
        yield


def save_figure(figure: Figure, folder: Path, name: str) -> tuple[str, str]:
    """Write a figure as SVG and PDF, without the time of day; return the names of the files."""
    figure.savefig(folder / f"{name}.svg", metadata={"Date": None, "Creator": "policykg"})
    figure.savefig(folder / f"{name}.pdf", metadata={"CreationDate": None, "Creator": "policykg"})
    return f"{name}.svg", f"{name}.pdf"


def shorten(name: str, most: int) -> str:
    """Return a name with … for what is over a number of characters."""
    return name if len(name) <= most else f"{name[: most - 1]}…"
