"""Made-up territories are what the benchmarks say of them."""

import networkx as nx
import pytest
from benchmarks.territories import HARD, build_block, build_country, write_land

import amalgamation as am

WALLED = {**HARD, "rules": {**HARD["rules"], "walls": ["oblast"]}}


def graph_of(land, among=None):
    graph = nx.Graph(land.ties[["from", "to"]].itertuples(index=False, name=None))
    return graph if among is None else graph.subgraph(among)


def test_one_seed_gives_one_land_and_another_seed_another():
    """Figures of two runs can be compared only if the question is the same."""
    first, again, other = build_country(400, 1), build_country(400, 1), build_country(400, 2)
    assert first.units.equals(again.units)
    assert first.ties.equals(again.ties)
    assert not first.units.equals(other.units)


@pytest.mark.parametrize("units", [3, 12, 73, 157])
def test_a_block_is_one_connected_piece(units):
    """Else it would be two smaller questions, and a size in the table a lie."""
    land = build_block(units)
    assert len(land.units) == graph_of(land).number_of_nodes() == units
    assert nx.is_connected(graph_of(land))


def test_neighbours_form_a_planar_map_with_distances_of_a_few_tens_of_km():
    """Voronoi cells of 1,000 km2 have at most 3n - 6 borders, and neighbours some 30 km off."""
    land = build_block(157)
    assert nx.check_planarity(graph_of(land))[0]
    assert 2 * 157 < len(land.ties) <= 3 * 157 - 6
    assert 20 < land.ties["km"].median() < 45
    assert (land.ties["border_km"] > 0).all()


def test_residents_are_skewed_as_in_life():
    """Half of the units below some 2,500, a few above 20,000: what makes the regime hard."""
    people = build_country(2500).units["population"]
    assert 2000 < people.median() < 3000
    assert people.max() > 20_000
    assert people.mean() > 1.3 * people.median()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_country_falls_into_connected_blocks_of_some_150_to_350_units(seed):
    """Walls that leave loose pieces would add blocks too small to keep the rules."""
    land = build_country(2500, seed)
    blocks = land.units.groupby("oblast").groups
    assert all(140 <= len(units) <= 360 for units in blocks.values())
    assert all(nx.is_connected(graph_of(land, list(units))) for units in blocks.values())


def test_a_written_land_is_read_as_it_was_made(tmp_path):
    """The files are the interface: what is solved must be what was drawn."""
    land = build_country(400)
    ground = am.prepare(write_land(land, tmp_path, WALLED))
    assert ground.territory.ids == tuple(land.units.index)
    assert ground.territory.total("population") == land.units["population"].sum()
    assert ground.graph.graph.number_of_edges() == len(land.ties)
    assert not ground.impossible
    problem = am.build_problem(ground.file.scenario, ground.territory, ground.graph)
    assert len(problem.blocks) == land.units["oblast"].nunique() == 2
