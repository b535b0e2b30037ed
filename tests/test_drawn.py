"""Places of large drawings, and graphs made from rows."""

from itertools import pairwise

import graph_fixture as sample
import numpy as np
import pytest

from queries.catalogue import run_query
from queries.whole import fetch_whole
from viz.drawn import nodes_of_rows
from viz.force import ROOM, SIDE, fan_out, force_layout, spaced_layout


def clusters(count: int, size: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Return stars of `size` leaves, and a chain that joins their middles."""
    middles = [at * (size + 1) for at in range(count)]
    edges = [(middle, middle + leaf) for middle in middles for leaf in range(1, size + 1)]
    return edges + list(pairwise(middles)), [-1] * (count * (size + 1))


def test_the_same_graph_gets_the_same_places() -> None:
    edges, groups = clusters(6, 20)
    assert np.array_equal(force_layout(edges, groups), force_layout(edges[::-1], groups))


def test_what_is_joined_stands_together() -> None:
    edges, groups = clusters(8, 30)
    places = force_layout(edges, groups)
    joined = np.linalg.norm(places[[e[0] for e in edges]] - places[[e[1] for e in edges]], axis=1)
    random = np.linalg.norm(places - np.roll(places, 97, axis=0), axis=1)
    assert np.median(joined) < np.median(random) / 2


def test_every_node_has_a_finite_place_of_its_own() -> None:
    places = force_layout([(0, 1), (1, 1), (0, 1)], [0, 0, -1, -1, 3])
    assert np.isfinite(places).all()
    assert len({tuple(place) for place in places}) == 5
    assert force_layout([], []).shape == (0, 2)
    assert force_layout([], [-1]).shape == (1, 2)


def test_what_hangs_on_one_node_is_spread_around_it() -> None:
    edges = [(0, at) for at in range(1, 30)] + [(0, 30), (30, 31), (32, 33)]
    heap = np.zeros((34, 2))
    spread = fan_out(heap, edges)
    leaves = spread[1:30]
    assert len({tuple(place) for place in leaves}) == 29
    gaps = np.hypot(*(leaves[:, None, :] - leaves[None, :, :]).T)
    assert gaps[gaps > 0].min() > 0.5 * SIDE / np.sqrt(34)
    assert not spread[[0, 30, 32, 33]].any(), "the others stay where they are"
    assert fan_out(np.zeros((0, 2)), []).shape == (0, 2)


@pytest.mark.parametrize("count", [1, 2, 40, 200])
def test_names_do_not_cover_each_other(count: int) -> None:
    places = spaced_layout([(0, at) for at in range(1, count)], count)
    gaps = np.abs(places[:, None, :] - places[None, :, :])
    apart = (gaps >= np.asarray(ROOM) - 0.5).any(axis=2)
    np.fill_diagonal(apart, val=True)
    assert apart.mean() > 0.999


def test_a_graph_too_large_keeps_what_is_joined_most() -> None:
    with sample.sample_store() as store:
        every, some = fetch_whole(store), fetch_whole(store, 10)
    assert every.total == some.total == len(every.ids)
    assert len(some.ids) == 10
    degrees = dict(zip(every.ids, every.degrees, strict=True))
    assert {degrees[key] for key in some.ids} == set(some.degrees)
    left = set(every.ids) - set(some.ids)
    assert min(some.degrees) >= max(degrees[key] for key in left)


def test_rows_name_their_nodes_but_not_the_notice_they_were_read_from() -> None:
    with sample.sample_store() as store:
        facts = run_query(store, "measures_by_actor", {"actor": "辽宁省教育厅"}).rows
        derived = run_query(store, "notice_lineage", {"notice": sample.PANJIN_TITLE}).rows
    ids, cut = nodes_of_rows(facts, 100)
    assert not cut
    assert facts[0].notice_id not in ids
    assert {row.measure_id for row in facts} < set(ids)
    assert nodes_of_rows(facts, 2)[1] is True
    assert derived[0].notice_id in nodes_of_rows(derived, 100)[0]
