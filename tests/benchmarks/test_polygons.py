"""The benchmarks on polygons, at tiny size."""

import shapely
from benchmarks.adjacency import _STATES, compare, read_example
from benchmarks.coverage import build_coverage

from amalgamation.graph import find_ties


def test_ties_survive_what_strict_rook_does_not():
    """Columbus: 49 neighbourhoods, a valid coverage, broken in three ways."""
    sound = read_example("columbus.shp", "POLYID", "EPSG:32617").scale(1000, 1000, origin=(0, 0))
    published = compare(sound, sound)
    assert published["coverage"] == "valid"
    assert published["ours"] == published["strict rook"] >= 100
    for state, breaks in _STATES.items():
        found = compare(breaks(sound), sound)
        assert found["ours lost"] == 0, state
        assert found["rook lost"] > 0 or state == "as published"


def test_a_made_up_country_is_a_coverage_with_the_neighbours_of_voronoi_cells():
    country = build_coverage(60, step_m=500)
    shapes = country.geometry
    assert len(country) == 60
    assert shapely.coverage_is_valid(shapes.to_numpy())
    assert 100 < len(find_ties(shapes)) < 3 * 60  # a planar graph has fewer than 3 n ties
    assert shapes.equals(build_coverage(60, step_m=500).geometry)
