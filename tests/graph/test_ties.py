"""Ties: borders found wherever they are shared, and only there."""

import itertools

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph as PysalGraph
from shapely import box

from amalgamation.graph import find_near_misses, find_ties
from amalgamation.territory import grid_territory, grid_ties


def ties_of(cells, **options):
    ties = find_ties(gpd.GeoSeries(cells), **options)
    return {(a, b): km for a, b, km in ties.itertuples(index=False)}


def test_t_junction_ties_all_three_by_the_length_they_share():
    cells = {
        "a": box(0, 0, 2000, 1000),
        "b": box(0, 1000, 700, 2000),
        "c": box(700, 1000, 2000, 2000),
    }
    found = ties_of(cells)
    assert found == pytest.approx({("a", "b"): 0.7, ("a", "c"): 1.3, ("b", "c"): 1.0})


@pytest.mark.parametrize("gap", [-0.9, 0.9])
def test_hairline_gap_or_overlap_within_the_tolerance_is_a_border(gap):
    cells = {"a": box(0, 0, 1000, 1000), "b": box(1000 + gap, 0, 2000, 1000)}
    # An overlap adds its own two short ends, each no longer than the tolerance.
    assert ties_of(cells, tolerance_m=1.0) == pytest.approx({("a", "b"): 1.0}, abs=0.002)


def test_gap_beyond_the_tolerance_is_no_border_but_a_near_miss():
    cells = gpd.GeoSeries({"a": box(0, 0, 1000, 1000), "b": box(1003, 0, 2000, 1000)})
    ties = find_ties(cells, tolerance_m=1.0)
    assert ties.empty
    assert find_near_misses(cells, ties)[["a", "b"]].to_numpy().tolist() == [["a", "b"]]


def test_corner_ties_nobody_even_without_a_minimum():
    cells = {"a": box(0, 0, 1000, 1000), "b": box(1000, 1000, 2000, 2000)}
    assert ties_of(cells, min_border_m=0.0) == {}


def test_two_points_of_contact_are_no_border():
    comb = shapely.Polygon([(0, 0), (1000, 0), (1000, 1000), (500, 400), (0, 1000)])
    lid = box(0, 1000, 1000, 2000)
    assert ties_of({"a": comb, "b": lid}, min_border_m=0.0) == {}


def test_border_shorter_than_the_minimum_ties_nobody():
    cells = {"a": box(0, 0, 1000, 1000), "b": box(1000, 950, 2000, 2000)}
    assert ties_of(cells, min_border_m=100.0) == {}
    assert ties_of(cells, min_border_m=40.0) == pytest.approx({("a", "b"): 0.05})


def test_enclave_is_tied_by_its_whole_ring():
    hole = box(400, 400, 600, 600)
    cells = {"town": hole, "land": box(0, 0, 1000, 1000) - hole}
    assert ties_of(cells) == pytest.approx({("land", "town"): 0.8})


def test_parts_of_a_multipolygon_count_together():
    two = shapely.union_all([box(0, 0, 1000, 1000), box(2000, 0, 3000, 1000)])
    assert ties_of({"m": two, "x": box(1000, 0, 2000, 1000)}) == pytest.approx({("m", "x"): 2.0})


def test_grid_has_exactly_the_ties_that_it_must_have():
    found = find_ties(grid_territory(7, 9).geometry)
    expected = grid_ties(7, 9)
    assert found["a"].tolist() == expected["from"].tolist()
    assert found["b"].tolist() == expected["to"].tolist()
    assert np.allclose(found["border_km"], expected["border_km"])


def test_agrees_with_libpysal_rook_on_a_valid_coverage():
    points = np.random.default_rng(3).uniform(0, 100_000, (150, 2))
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=box(0, 0, 1e5, 1e5))
    )
    geometry = gpd.GeoSeries(cells, index=[f"u{at:03d}" for at in range(len(cells))])
    oracle = PysalGraph.build_contiguity(geometry, rook=True)
    pairs = {tuple(sorted(pair)) for pair in oracle.adjacency.index if pair[0] != pair[1]}
    found = find_ties(geometry, min_border_m=0.0, tolerance_m=0.0)
    assert set(zip(found["a"], found["b"], strict=True)) == pairs


@settings(max_examples=40, deadline=None)
@given(
    cuts=st.lists(
        st.lists(st.integers(1, 39), min_size=0, max_size=5, unique=True), min_size=1, max_size=5
    ),
    gap=st.sampled_from([0.0, 0.4, -0.4]),
    angle=st.floats(0, 360),
)
def test_rows_of_bricks_are_tied_by_what_they_share(cuts, gap, angle):
    # A wall of bricks is all T-junctions; shared lengths follow from the cuts alone.
    # Turning it makes the coordinates as crooked as those of projected data.
    unit = 500.0
    rows = [[0, *sorted(cut), 40] for cut in cuts]
    bricks, spans = {}, {}
    for at, row in enumerate(rows):
        for left, right in itertools.pairwise(row):
            name = f"{at}-{left:02d}"
            low = at * (1000 + gap)
            bricks[name] = box(left * unit, low, right * unit, low + 1000)
            spans[name] = (at, left, right)
    expected = {}
    for one, (row, left, right) in spans.items():
        for other, (beside, start, end) in spans.items():
            if beside == row + 1 and min(right, end) > max(left, start):
                expected[one, other] = (min(right, end) - max(left, start)) * unit / 1000
            if beside == row and start == right:
                expected[one, other] = 1.0
    turned = gpd.GeoSeries(bricks).rotate(angle, origin=(0, 0))
    found = {(a, b): km for a, b, km in find_ties(turned).itertuples(index=False)}
    assert found == pytest.approx(expected, abs=0.003)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(2, 25))
def test_order_of_units_does_not_change_the_ties(seed, count):
    chance = np.random.default_rng(seed)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(chance.uniform(0, 50_000, (count, 2))))
    )
    geometry = gpd.GeoSeries(cells, index=[f"u{at:03d}" for at in range(len(cells))])
    mixed = geometry.iloc[chance.permutation(len(geometry))]
    one, other = find_ties(geometry), find_ties(mixed)
    assert one.equals(other)
