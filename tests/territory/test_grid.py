"""The synthetic grid: the same for the same seed, and nested as it says."""

import pytest

from amalgamation.territory import grid_territory


def test_same_seed_gives_the_same_grid():
    assert grid_territory(4, 5, seed=7).units.equals(grid_territory(4, 5, seed=7).units)
    assert not grid_territory(4, 5, seed=7).units.equals(grid_territory(4, 5, seed=8).units)


def test_rayons_nest_in_oblasts_and_have_one_town_each():
    units = grid_territory(12, 12).units
    assert (units.groupby("rayon")["oblast"].nunique() == 1).all()
    assert (units[units["type"] == "town"].groupby("rayon").size() == 1).all()
    assert units["rayon"].nunique() == 16


def test_ids_stay_sorted_beyond_a_hundred_columns():
    ids = grid_territory(1, 101).ids
    assert list(ids) == sorted(ids)
    assert len(set(ids)) == 101


def test_table_has_the_same_figures_as_the_map():
    table, drawn = grid_territory(3, 3, with_geometry=False), grid_territory(3, 3)
    assert table.values("population").equals(drawn.values("population"))
    assert not table.has_geometry


@pytest.mark.parametrize("shape", [(0, 3), (3, 1001)])
def test_impossible_grid_is_refused(shape):
    with pytest.raises(ValueError, match=f"grid of {shape[0]} x {shape[1]}"):
        grid_territory(*shape)
