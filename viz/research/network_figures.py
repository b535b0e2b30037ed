"""Drawings of cooperation: the network with its core, and breadth against depth."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from math import pi
from statistics import median
from typing import Any

import networkx as nx
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from queries.research.networks import Network, PartnerRow
from queries.research.pmc import Language
from viz.research.drawing import COLOURS, WIDTH, shorten
from viz.research.words import word

_NODES = 60
_LABELS = 18
_SEED = 7
_DOT = 26
_HALO = [withStroke(linewidth=2.2, foreground="white")]


def draw_network(network: Network, rows: Sequence[PartnerRow], language: Language) -> Figure | None:
    """Draw the agencies that cooperate most; sizes are joint occasions, the core is dark."""
    shown = [row for row in rows if row.breadth][:_NODES]
    if len(shown) < 2:
        return None
    graph = network.graph.subgraph([row.agency_id for row in shown])
    places = _layout(graph)
    figure = Figure(figsize=(WIDTH, WIDTH * 0.7))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    axes.set_xlim(*_limits([x for x, _ in places.values()]))
    axes.set_ylim(*_limits([y for _, y in places.values()]))
    heaviest = max(data["joint"] for _, _, data in graph.edges(data=True))
    for a, b, data in sorted(graph.edges(data=True), key=lambda edge: edge[2]["joint"]):
        weight = data["joint"] / heaviest
        xs, ys = zip(places[a], places[b], strict=True)
        axes.plot(
            xs, ys, color="#8C8C8C", lw=0.3 + 2.4 * weight, alpha=0.18 + 0.5 * weight, zorder=1
        )
    strongest = max(row.strength for row in shown)
    sizes = {row.agency_id: 18 + 230 * row.strength / strongest for row in shown}
    for row in shown:
        colour = COLOURS["core" if row.is_core else "periphery"]
        x, y = places[row.agency_id]
        axes.scatter(
            [x],
            [y],
            s=sizes[row.agency_id],
            color=colour,
            edgecolors="white",
            linewidths=0.7,
            zorder=2,
        )
    _label(axes, places, _named(graph, shown), sizes)
    for kind in ("core", "periphery"):
        axes.scatter([], [], s=40, color=COLOURS[kind], label=word(kind, language))
    axes.legend(loc="lower left", ncols=2)
    return figure


def draw_breadth_and_depth(rows: Sequence[PartnerRow], language: Language) -> Figure | None:
    """Draw depth against breadth, with the medians that part agencies into four."""
    shown = [row for row in rows if row.breadth]
    if len(shown) < 2:
        return None
    figure = Figure(figsize=(WIDTH, WIDTH * 0.55), layout="constrained")
    axes = figure.subplots()
    for row in shown:
        colour = COLOURS["core" if row.is_core else "periphery"]
        axes.scatter([row.breadth], [row.depth], s=_DOT, color=colour, alpha=0.75, linewidths=0)
    line: dict[str, Any] = {"color": "#999999", "lw": 0.8, "ls": (0, (4, 3)), "zorder": 0}
    axes.axvline(median(row.breadth for row in shown), **line)
    axes.axhline(median(row.depth for row in shown), **line)
    points = {row.agency_id: (float(row.breadth), row.depth) for row in shown}
    ranked = sorted(shown, key=lambda row: (-row.strength, row.agency_id))
    axes.set_xlabel(word("breadth", language))
    axes.set_ylabel(word("depth", language))
    handles = [
        Line2D([], [], marker="o", ls="", color=COLOURS[kind], label=word(kind, language))
        for kind in ("core", "periphery")
    ]
    handles.append(Line2D([], [], **line, label=word("median", language)))
    axes.legend(handles=handles, loc="upper left", ncols=3)
    axes.margins(0.08)
    _label(axes, points, ranked[:_LABELS], dict.fromkeys(points, _DOT))
    return figure


def _named(graph: "nx.Graph[str]", rows: Sequence[PartnerRow]) -> list[PartnerRow]:
    """Return whom to name: those with most partners, and the first two of each part."""
    part_of = {n: i for i, part in enumerate(nx.connected_components(graph)) for n in part}
    seen: Counter[int] = Counter()
    named = []
    for place, row in enumerate(rows):
        seen[part_of[row.agency_id]] += 1
        if place < _LABELS or seen[part_of[row.agency_id]] <= 2:
            named.append(row)
    return named


def _layout(graph: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    """Return positions: each connected part by springs, the parts side by side, largest first."""
    places: dict[str, tuple[float, float]] = {}
    edge = 0.0
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    for part in parts:
        radius = len(part) ** 0.5
        drawn = graph.subgraph(sorted(part))
        around = nx.spring_layout(drawn, seed=_SEED, k=3 / radius, iterations=400, weight=None)
        for node, (x, y) in around.items():
            places[node] = (edge + radius * (1 + float(x)), radius * float(y))
        edge += 2 * radius + 1
    return places


def _limits(values: Sequence[float]) -> tuple[float, float]:
    room = 0.1 * (max(values) - min(values)) or 1.0
    return min(values) - room, max(values) + room


def _label(axes: Any, points: Any, rows: Sequence[PartnerRow], sizes: Mapping[str, float]) -> None:
    """Name the points, each beside it where no name or point stands; else not at all.

    Args:
        axes: where to; its limits must be final.
        points: places by id.
        rows: whom to name, the first first.
        sizes: area of each point, in points squared.
    """
    axes.figure.canvas.draw()
    taken = [_box(axes, place, sizes[key]) for key, place in points.items()]
    for row in rows:
        radius = (sizes[row.agency_id] / pi) ** 0.5
        for more, (across, down) in product(_GAPS, _SIDES):
            away = radius + more
            text = axes.annotate(
                shorten(row.agency, 16),
                points[row.agency_id],
                (away * _SHIFT[across], away * _SHIFT[down]),
                textcoords="offset points",
                ha=across,
                va=down,
                fontsize=7,
                color=COLOURS["ink"],
                path_effects=_HALO,
                zorder=4,
            )
            box = text.get_window_extent()
            if not any(box.overlaps(other) for other in taken):
                taken.append(box.padded(1))
                break
            text.remove()


def _box(axes: Any, point: tuple[float, float], size: float) -> Bbox:
    x, y = axes.transData.transform(point)
    radius = (size / pi) ** 0.5 * axes.figure.dpi / 72
    return Bbox.from_extents(x - radius, y - radius, x + radius, y + radius)


_GAPS = (1.5, 6.0)  # points between the rim and the name
_SHIFT = {"center": 0, "left": 1, "right": -1, "bottom": 1, "top": -1}
_SIDES = (
    ("center", "bottom"),
    ("center", "top"),
    ("left", "center"),
    ("right", "center"),
    ("left", "bottom"),
    ("right", "bottom"),
    ("left", "top"),
    ("right", "top"),
)
