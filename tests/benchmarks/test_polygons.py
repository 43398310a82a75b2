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
    broken = {state: compare(breaks(sound), sound) for state, breaks in _STATES.items()}
    assert {state: found["ours lost"] for state, found in broken.items()} == dict.fromkeys(
        _STATES, 0
    )
    for state in ("gaps of 0.5 m", "overlaps of 0.5 m"):
        assert broken[state]["rook lost"] == published["strict rook"], state


def test_a_made_up_country_is_a_coverage_with_the_neighbours_of_voronoi_cells():
    country = build_coverage(60, step_m=500)
    shapes = country.geometry
    assert len(country) == 60
    assert shapely.coverage_is_valid(shapes.to_numpy())
    assert 100 < len(find_ties(shapes)) < 3 * 60  # a planar graph has fewer than 3 n ties
    assert shapes.equals(build_coverage(60, step_m=500).geometry)
