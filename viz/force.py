"""Places for the nodes of a large graph: springs along edges, and everything repels everything.

The repulsion is that of a field: masses are spread on a grid, and the grid is folded with the
force of one mass by fast Fourier transform, so that a step costs the same whatever the nodes'
number: 20,000 nodes take seconds where all pairs would take hours. The start is computed, not
drawn by lot, so the same graph gets the same drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Integers = NDArray[np.int64]

SIDE = 1000.0  # of the square that the drawing fills, about
_GOLDEN = np.pi * (3 - np.sqrt(5))
ROOM = (150.0, 78.0)  # width and height that a node and its name take
_SWEEPS = 120
_SPRING = 0.12
_REPULSION = 0.35
_PULL = 0.02  # of the middle, so that separate parts stay in sight


@dataclass(frozen=True, slots=True)
class _Graph:
    count: int
    starts: Integers
    ends: Integers
    mass: Floats
    springs: Floats
    calm: Floats  # less than 1 where many springs would throw a node beyond what it hangs on


def force_layout(
    edges: Sequence[tuple[int, int]], groups: Sequence[int], steps: int = 60
) -> Floats:
    """Return a place for each node, (number of nodes, 2), the same for the same graph.

    Args:
        edges: places of both ends in the list of nodes.
        groups: for each node, which others it belongs with (any whole number), or -1; where they
            begin, not where they end up.
        steps: how often everything is moved.
    """
    count = len(groups)
    if count == 0:
        return np.zeros((0, 2))
    graph = _make_graph(edges, count)
    places = _begin(graph, np.asarray(groups, dtype=np.int64))
    heat = SIDE / 12
    for step in range(steps):
        force = _attraction(graph, places) + _repulsion(graph, places) - _PULL * places
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        reach = np.minimum(length, heat * (1 - step / steps) ** 1.5 + 0.05)
        places = places + force * (reach / length)[:, None]
    return np.round(places - places.mean(axis=0), 2)


def fan_out(places: Floats, edges: Sequence[tuple[int, int]]) -> Floats:
    """Return the places with the nodes that hang on one other alone spread on a disc around it.

    Springs of the same length pull them into a heap, in which none of them can be pointed at.
    """
    graph = _make_graph(edges, len(places))
    degrees = np.bincount(np.concatenate([graph.starts, graph.ends]), minlength=len(places))
    pairs = np.concatenate(
        [np.stack([graph.starts, graph.ends], 1), np.stack([graph.ends, graph.starts], 1)]
    )
    hanging = pairs[(degrees[pairs[:, 0]] == 1) & (degrees[pairs[:, 1]] > 1)]
    hanging = hanging[np.lexsort((hanging[:, 0], hanging[:, 1]))]
    hubs, first = np.unique(hanging[:, 1], return_index=True)
    rank = np.arange(len(hanging)) - first[np.searchsorted(hubs, hanging[:, 1])]
    step = SIDE / np.sqrt(max(1, len(places)))
    spread = places.copy()
    spread[hanging[:, 0]] = places[hanging[:, 1]] + _spiral(rank, step * np.sqrt(rank + 2.0))
    return np.round(spread, 2)


def spaced_layout(edges: Sequence[tuple[int, int]], count: int) -> Floats:
    """Return a place for each of some hundred nodes so that their names do not cover each other.

    Args:
        edges: places of both ends in the list of nodes.
        count: number of nodes.
    """
    places = force_layout(edges, [-1] * count, steps=120)
    if count < 2:
        return places
    width = max(1.0, float(np.ptp(places, axis=0).max()))
    places = places * (float(np.sqrt(count)) * ROOM[0] * 0.9 / width)
    for sweep in range(1, _SWEEPS + 1):
        apart = places[:, None, :] - places[None, :, :]
        lack = np.maximum(0, np.asarray(ROOM) - np.abs(apart))
        touching = (lack > 0).all(axis=2)
        np.fill_diagonal(touching, val=False)
        if not touching.any():
            break
        # apart along the axis on which less is lacking
        along_x = lack[:, :, 0] / ROOM[0] < lack[:, :, 1] / ROOM[1]
        sign = np.where(apart >= 0, 1.0, -1.0)
        later = np.arange(count)[:, None] > np.arange(count)[None, :]
        sign = np.where(apart == 0, np.where(later, 1.0, -1.0)[:, :, None], sign)
        push = lack * sign * 0.5 * touching[:, :, None]
        push[:, :, 0] *= along_x
        push[:, :, 1] *= ~along_x
        places = places + np.clip(push.sum(axis=1), -ROOM[0], ROOM[0])
        if sweep % 10 == 0:
            places = places * 1.15  # too crowded for pushing alone
    return np.round(places - places.mean(axis=0), 1)


def _make_graph(edges: Sequence[tuple[int, int]], count: int) -> _Graph:
    pairs = np.asarray([e for e in edges if e[0] != e[1]], dtype=np.int64).reshape(-1, 2)
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    starts, ends = pairs[:, 0], pairs[:, 1]
    degrees = np.bincount(pairs.ravel(), minlength=count).astype(np.float64)
    # a hub would be drawn into one point with all that hangs on it: its springs are weaker
    springs = 1.0 / np.sqrt(np.maximum(1.0, np.minimum(degrees[starts], degrees[ends])))
    held = np.bincount(starts, springs, count) + np.bincount(ends, springs, count)
    calm = 1.0 / np.maximum(1.0, 2 * _SPRING * held)
    return _Graph(count, starts, ends, 1.0 + np.sqrt(degrees), springs, calm)


def _begin(graph: _Graph, groups: Integers) -> Floats:
    """Put groups on a spiral, their members on a smaller one, the others amid what they join."""
    places = np.zeros((graph.count, 2))
    named, index, sizes = np.unique(groups[groups >= 0], return_inverse=True, return_counts=True)
    order = np.argsort(-sizes, kind="stable")
    room = np.cumsum(sizes[order]) - sizes[order] / 2
    total = max(1.0, float(sizes.sum()))
    centres = np.zeros((len(named), 2))
    centres[order] = _spiral(np.arange(len(named)), np.sqrt(room / total) * SIDE / 2)
    inside = np.flatnonzero(groups >= 0)
    turn = np.zeros(len(named), dtype=np.int64)
    rank = np.zeros(len(inside), dtype=np.int64)
    for at, group in enumerate(index):
        rank[at] = turn[group]
        turn[group] += 1
    spread = np.sqrt((rank + 0.5) / total) * SIDE / 2.2
    places[inside] = centres[index] + _spiral(rank, spread)
    outside = np.flatnonzero(groups < 0)
    mean = _mean_of_neighbours(graph, places, groups >= 0)
    nudge = _spiral(np.arange(len(outside)), np.full(len(outside), SIDE / 60))
    places[outside] = mean[outside] + nudge
    lonely = outside[np.all(mean[outside] == 0, axis=1)]
    turns = np.arange(len(lonely))
    places[lonely] = _spiral(turns, SIDE / 2 * np.sqrt((turns + 0.5) / max(total, len(lonely))))
    return places


def _spiral(turns: Integers, radius: Floats) -> Floats:
    angle = turns * _GOLDEN
    return np.stack([np.cos(angle) * radius, np.sin(angle) * radius], axis=1)


def _mean_of_neighbours(graph: _Graph, places: Floats, known: NDArray[np.bool_]) -> Floats:
    total = np.zeros((graph.count, 2))
    met = np.zeros(graph.count)
    for one, other in ((graph.starts, graph.ends), (graph.ends, graph.starts)):
        weight = known[other].astype(np.float64)
        met += np.bincount(one, weight, graph.count)
        for axis in (0, 1):
            total[:, axis] += np.bincount(one, weight * places[other, axis], graph.count)
    mean: Floats = total / np.maximum(met, 1)[:, None]
    return mean


def _attraction(graph: _Graph, places: Floats) -> Floats:
    pull = (places[graph.ends] - places[graph.starts]) * (_SPRING * graph.springs)[:, None]
    force = np.empty((graph.count, 2))
    for axis in (0, 1):
        force[:, axis] = np.bincount(graph.starts, pull[:, axis], graph.count) - np.bincount(
            graph.ends, pull[:, axis], graph.count
        )
    return force * graph.calm[:, None]


def _repulsion(graph: _Graph, places: Floats) -> Floats:
    low, size = places.min(axis=0), 64 if graph.count < 2_000 else 128  # cells on a side
    cell = max(1e-6, float((places.max(axis=0) - low).max())) / (size - 1)
    at = np.minimum((places - low) / cell, size - 1.000001)
    corner = at.astype(np.int64)
    part = at - corner
    # each mass is shared among the four cells around it, and reads the field there likewise
    shares = [
        (dx, dy, np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]))
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    grid = np.zeros(size * size)
    for dx, dy, share in shares:
        flat = (corner[:, 0] + dx) * size + corner[:, 1] + dy
        grid += np.bincount(flat, share * graph.mass, size * size)
    fields = _fold(grid.reshape(size, size))
    force = np.zeros((graph.count, 2))
    for dx, dy, share in shares:
        flat = (corner[:, 0] + dx) * size + corner[:, 1] + dy
        for axis in (0, 1):
            force[:, axis] += share * fields[axis].ravel()[flat]
    # a mass does not push itself: on the grid what it spreads over four cells cancels out
    pushed: Floats = force * (_REPULSION * SIDE / np.sqrt(graph.count) / cell)
    return pushed


def _fold(grid: Floats) -> tuple[Floats, Floats]:
    size = len(grid)
    padded = (2 * size, 2 * size)  # else what leaves on one side would enter on the other
    spectrum = np.fft.rfft2(grid, s=padded)
    made = [np.fft.irfft2(spectrum * kernel, s=padded)[:size, :size] for kernel in _kernels(size)]
    return made[0], made[1]


@cache
def _kernels(size: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Return the transforms of the push of one mass, in x and in y: 1 over the distance."""
    steps = np.fft.fftfreq(2 * size, 1 / (2 * size))
    x, y = np.meshgrid(steps, steps, indexing="ij")
    square = x * x + y * y + 0.5
    return np.fft.rfft2(x / square), np.fft.rfft2(y / square)
