"""Distances: the same figures by every road that leads to them."""

import itertools
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from amalgamation.graph import build_graph, distance_to_seat, distances_between
from amalgamation.scenario.schema import Graph
from amalgamation.territory import grid_territory


def table(distances):
    frame = distances.to_frame()
    return {(u, s): v for u, s, v in frame.itertuples(index=False)}


@settings(max_examples=30, deadline=None)
@given(
    rows=st.integers(1, 5),
    cols=st.integers(1, 5),
    seed=st.integers(0, 99),
    limit=st.one_of(st.none(), st.floats(1, 60)),
)
def test_along_ties_agrees_with_networkx_over_the_whole_graph(rows, cols, seed, limit):
    graph = build_graph(grid_territory(rows, cols))
    chance = np.random.default_rng(seed)
    for tie in graph.graph.edges.values():
        tie["km"] = float(chance.uniform(0.5, 20))
    units = [unit for unit in graph.ids if chance.random() < 0.6]
    expected = {
        (unit, seat): km
        for unit in units
        for seat, km in nx.single_source_dijkstra_path_length(
            graph.graph, unit, weight="km"
        ).items()
        if seat in units and (limit is None or km <= limit)
    }
    assert table(distances_between(graph, units, limit)) == pytest.approx(expected)


@pytest.mark.parametrize("limit", [None, 25.0])
def test_straight_is_pythagoras(limit):
    territory = grid_territory(3, 4)
    graph = build_graph(territory, Graph(distance="straight"))
    places = dict(zip(graph.ids, graph.places / 1000, strict=True))
    expected = {
        (a, b): np.hypot(*(places[a] - places[b]))
        for a, b in itertools.product(graph.ids, repeat=2)
    }
    near = {pair: km for pair, km in expected.items() if limit is None or km <= limit}
    assert table(distances_between(graph, graph.ids, limit)) == pytest.approx(near)


def test_given_matrix_keeps_zero_distances_and_directions():
    # A stored zero is a distance (two seats in one town); an absent pair is out of reach.
    ids = grid_territory(1, 3).ids
    given_matrix = sparse.csr_array(
        (np.array([0.0, 7.0]), (np.array([0, 2]), np.array([1, 0]))), shape=(3, 3)
    )
    graph = replace(
        build_graph(grid_territory(1, 3)),
        distance="matrix",
        matrix=given_matrix,
        distance_unit="minutes",
    )
    a, b, c = ids
    expected = {(a, a): 0, (b, b): 0, (c, c): 0, (a, b): 0, (c, a): 7}
    found = distances_between(graph, ids)
    assert table(found) == expected
    assert found.measure == "minutes"
    to_seat = distance_to_seat(graph, {a: b, b: a, c: a})
    assert to_seat.to_dict() == {a: 0.0, b: np.inf, c: 7.0}


@pytest.mark.parametrize("distance", ["along_ties", "straight"])
def test_distance_to_seat_agrees_with_distances_between(distance):
    graph = build_graph(grid_territory(5, 5), Graph(distance=distance))
    chance = np.random.default_rng(5)
    seat_of = {unit: graph.ids[chance.integers(len(graph.ids))] for unit in graph.ids}
    among_all = table(distances_between(graph, graph.ids))
    expected = {unit: among_all[unit, seat] for unit, seat in seat_of.items()}
    assert distance_to_seat(graph, seat_of).to_dict() == expected


def test_what_no_tie_reaches_is_absent_or_infinite():
    territory = grid_territory(1, 2)
    graph = build_graph(territory, Graph(cuts=[{"units": list(territory.ids), "reason": "river"}]))
    a, b = graph.ids
    assert set(table(distances_between(graph, graph.ids))) == {(a, a), (b, b)}
    assert distance_to_seat(graph, {a: b, b: b}).to_dict() == {a: np.inf, b: 0.0}


def test_way_may_lead_through_units_that_are_not_asked_for():
    graph = build_graph(grid_territory(1, 3))
    a, _, c = graph.ids
    assert table(distances_between(graph, [a, c]))[a, c] == pytest.approx(20.0)


def test_order_is_by_unit_then_seat():
    found = distances_between(build_graph(grid_territory(3, 3)), grid_territory(3, 3).ids, 15.0)
    pairs = list(zip(found.unit, found.seat, strict=True))
    assert pairs == sorted(pairs)


def test_no_units_have_no_distances():
    assert len(distances_between(build_graph(grid_territory(2, 2)), [])) == 0


def test_unknown_unit_is_refused():
    with pytest.raises(KeyError, match="nowhere"):
        distances_between(build_graph(grid_territory(2, 2)), ["nowhere"])
