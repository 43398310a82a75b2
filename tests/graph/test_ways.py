"""Ways: searched near where they start, and the same as if searched everywhere."""

import itertools

import numpy as np
import pytest
from scipy.sparse import csgraph

from amalgamation.graph import build_graph, distance_to_seat, distances_between, ways
from amalgamation.territory import grid_territory


def build_rough_grid(rows, cols, seed=1):
    """A grid whose ties have lengths by chance, so that short ways wind."""
    graph = build_graph(grid_territory(rows, cols))
    chance = np.random.default_rng(seed)
    for tie in graph.graph.edges.values():
        tie["km"] = float(chance.uniform(0.5, 20))
    return graph


def squares(graph, side):
    """Unit -> seat: squares of the grid, each with the unit at its corner as its seat."""
    corner = {unit: (int(unit[1:3]) // side, int(unit[4:6]) // side) for unit in graph.ids}
    seats = {}
    return {unit: seats.setdefault(corner[unit], unit) for unit in graph.ids}


@pytest.fixture(scope="module")
def rough():
    """Some 500 units: more than are searched together; and all distances by one search."""
    graph = build_rough_grid(20, 25)
    return graph, csgraph.dijkstra(graph.lengths)


@pytest.mark.parametrize("limit", [None, 0.4, 45.0])
@pytest.mark.parametrize("rows", [range(20), range(3, 9), (0, 19)])
def test_distances_between_are_those_of_a_search_through_everything(rough, rows, limit):
    # all units, a band that ways leave and enter again, and two bands that no tie joins
    graph, everything = rough
    units = [unit for unit in graph.ids if int(unit[1:3]) in rows]
    found = distances_between(graph, units, limit)
    nodes = [graph.index[unit] for unit in units]
    dense = np.full((len(units),) * 2, np.inf)
    dense[found.seat, found.unit] = found.value
    expected = everything[np.ix_(nodes, nodes)]
    assert np.array_equal(dense, np.where(expected <= (limit or np.inf), expected, np.inf))


@pytest.mark.parametrize("cells", [7, ways._CHUNK_CELLS])
@pytest.mark.parametrize("strays", [0, 5])
def test_distances_to_seats_are_those_of_a_search_through_everything(
    rough, monkeypatch, strays, cells
):
    # a stray unit does not hang together with its seat: nothing bounds its way beforehand
    monkeypatch.setattr(ways, "_CHUNK_CELLS", cells)
    graph, everything = rough
    seat_of = squares(graph, 4)
    seat_of |= dict.fromkeys(graph.ids[:strays], graph.ids[-1])
    expected = [everything[graph.index[s], graph.index[u]] for u, s in sorted(seat_of.items())]
    assert distance_to_seat(graph, seat_of).tolist() == expected


def test_a_search_for_seats_looks_at_as_much_of_a_large_country_as_of_a_small_one(monkeypatch):
    # Four times the units, four times the work: a search through everything takes sixteen.
    looked_at = []
    whole = ways.csgraph.dijkstra

    def counted(lengths, **options):
        found = whole(lengths, **options)
        if not options.get("min_only"):
            looked_at.append(found.size)
        return found

    monkeypatch.setattr(ways.csgraph, "dijkstra", counted)
    monkeypatch.setattr(ways, "_TOGETHER", 16)
    work = []
    for side in (24, 48):
        graph = build_graph(grid_territory(side, side))
        distance_to_seat(graph, squares(graph, 2))
        work.append(sum(looked_at) / side**2)
        looked_at.clear()
    assert work[1] < 1.5 * work[0]


def test_no_way_among_units_is_longer_than_their_bound():
    for seed in range(5):
        graph = build_rough_grid(4, 6, seed)
        band = np.arange(6, 18)
        everything = csgraph.dijkstra(graph.lengths)
        longest = max(everything[a, b] for a, b in itertools.product(band, repeat=2))
        assert longest <= ways.bound_between(graph.lengths, band) < np.inf


def test_units_that_no_tie_among_them_joins_have_no_bound():
    graph = build_rough_grid(1, 3)
    assert ways.bound_between(graph.lengths, np.array([0, 2])) == np.inf
