"""Aggregation: the parents of a tier become the units, and nothing is lost on the way."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from amalgamation.errors import DataError
from amalgamation.graph import build_graph
from amalgamation.scenario.schema import Graph, TerritorySection
from amalgamation.territory import aggregate_units, grid_territory, read_territory

# Rayon R1: two villages of the steppe and a town; R2: one city; R3: one village.
UNITS = {
    "code": ["a1", "a2", "a3", "b1", "c1"],
    "name": ["Ash", "Birch", "Cedar", "Dogwood", "Elm"],
    "name_kk": ["Шаған", "Қайың", "Балқарағай", "Қызыл", "Қарағаш"],
    "type": ["village", "village", "town", "city", "village"],
    "rayon": ["R1", "R1", "R1", "R2", "R3"],
    "rayon_name": ["Woods", "Woods", "Woods", "", ""],
    "district": ["D1", "D1", "D2", "D2", "D2"],
    "oblast": ["O1", "O1", "O1", "O1", "O2"],
    "zone": ["steppe", "steppe", "forest", "forest", ""],
    "population": [300, 300, 500, 9000, 50],
    "population_origin": ["real", "made", "real", "made", "real"],
    "note": ["x", "x", "x", "x", "x"],
}
SHAPES = [box(70 + i / 10, 50, 70 + (i + 1) / 10, 50.1) for i in range(5)]
PARENTS = {"rayon": "rayon", "district": "district", "oblast": "oblast"}


def read(folder, *, drawn=True, **keys):
    table = pd.DataFrame(UNITS)
    if drawn:
        gpd.GeoDataFrame(table, geometry=SHAPES, crs=4326).to_file(folder / "units.gpkg")
    else:
        table.to_csv(folder / "units.csv", index=False)
    section = {"units": "units.gpkg" if drawn else "units.csv", "parents": PARENTS} | keys
    return read_territory(TerritorySection.model_validate({"aggregate": "rayon"} | section), folder)


def test_what_lies_inside_is_summed_and_dissolved(tmp_path):
    territory = read(tmp_path)
    assert territory.ids == ("R1", "R2", "R3")
    assert territory.values("population").to_list() == [1100, 9000, 50]
    drawn = territory.geometry.area / 1e6
    assert territory.values("area_km2").to_list() == pytest.approx(drawn.to_list())
    assert (territory.geometry.geom_type == "Polygon").all()


def test_a_category_is_that_of_most_residents_and_not_of_most_units(tmp_path):
    """600 of the 1,100 live in the steppe; of one unit each, the most populous would decide."""
    assert read(tmp_path).category("zone").to_list() == ["steppe", "forest", ""]


def test_a_category_follows_the_area_where_nobody_is_counted():
    grid = grid_territory(1, 3)
    units = grid.units.assign(zone=["dry", "wet", "wet"]).drop(columns="population")
    bare = type(grid)("bare", units, grid.tiers, {"area_km2": "km2"}, grid.crs)
    assert aggregate_units(bare, "rayon").category("zone").to_list() == ["wet"]


def test_a_parent_has_its_own_name_or_that_of_its_most_populous_unit(tmp_path):
    territory = read(tmp_path)
    assert territory.units["name"].to_list() == ["Woods", "Dogwood", "Elm"]
    # whoever is not named after a unit has no name in a language that nobody gave
    assert territory.units["name_kk"].to_list() == ["", "Қызыл", "Қарағаш"]


def test_a_single_town_keeps_its_type_and_a_single_village_becomes_a_rayon(tmp_path):
    territory = read(tmp_path)
    assert territory.units["type"].to_list() == ["rayon", "city", "rayon"]
    assert territory.types == ("city", "rayon", "town")


def test_the_seat_lies_in_the_most_populous_unit(tmp_path):
    joined, apart = read(tmp_path).units, read(tmp_path, aggregate=None).units
    place = ["seat_x", "seat_y"]
    assert joined.loc["R1", place].to_list() == apart.loc["a3", place].to_list()


def test_a_tier_whose_borders_cut_the_new_units_is_dropped_and_told(tmp_path):
    """Rayon R1 lies in two districts and in one oblast."""
    territory = read(tmp_path)
    assert territory.tiers == ("oblast",)
    assert territory.units["oblast"].to_list() == ["O1", "O1", "O2"]
    notes = [one.sentence() for one in territory.findings if one.check == "aggregated"]
    assert notes == [
        "territory.aggregate: found 5 units joined into 3 of the tier rayon",
        "territory.aggregate: found no longer a tier, as its borders cut the new units: district",
        "territory.aggregate: found columns that have no value for the new units: rayon_name",
    ]


def test_origins_that_differ_are_mixed(tmp_path):
    assert read(tmp_path).units["population_origin"].to_list() == ["mixed", "made", "real"]


def test_only_the_chosen_part_is_joined(tmp_path):
    assert read(tmp_path, where={"oblast": ["O2"]}).ids == ("R3",)


def test_a_tier_that_is_not_there_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(DataError, match=r"territory\.aggregate.*no tier rayn.*did you mean rayon"):
        read(tmp_path, aggregate="rayn")


def test_a_table_without_polygons_is_joined_too_and_its_ties_name_the_new_units(tmp_path):
    territory = read(tmp_path, drawn=False)
    assert territory.values("population").to_list() == [1100, 9000, 50]
    with pytest.raises(DataError, match=r"as graph\.ties\.file, between the codes of the tier ray"):
        build_graph(territory)
    section = Graph.model_validate({"ties": {"file": "ties.csv"}})
    (tmp_path / "ties.csv").write_text("from,to\na1,a2\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"unknown units \(2\): a1, a2; expected codes of the tier"):
        build_graph(territory, section, tmp_path)
    (tmp_path / "ties.csv").write_text("from,to\nR1,R2\nR2,R3\n", encoding="utf-8")
    assert len(build_graph(territory, section, tmp_path).ties) == 2


@settings(max_examples=25, deadline=None)
@given(
    rows=st.integers(1, 7),
    cols=st.integers(1, 7),
    cells=st.integers(1, 4),
    seed=st.integers(0, 9),
)
def test_sums_borders_and_the_coverage_are_conserved(rows, cols, cells, seed):
    """Two rayons share what their units share across the border, to the kilometre."""
    grid = grid_territory(rows, cols, seed=seed, rayon_cells=cells, oblast_cells=2 * cells)
    joined = aggregate_units(grid, "rayon")
    for attribute in grid.attributes:
        assert joined.total(attribute) == grid.total(attribute)
    assert shapely.coverage_is_valid(joined.geometry.to_numpy())
    assert joined.geometry.area.sum() == pytest.approx(grid.geometry.area.sum())
    rayon = grid.units["rayon"]
    ties = build_graph(grid).ties
    expected = {}
    for a, b, border in zip(
        ties["a"].map(rayon), ties["b"].map(rayon), ties["border_km"], strict=True
    ):
        if a != b:
            pair = (min(a, b), max(a, b))
            expected[pair] = expected.get(pair, 0.0) + border
    found = build_graph(joined).ties.set_index(["a", "b"])["border_km"]
    assert found.to_dict() == pytest.approx(expected)


def test_the_rayons_and_cities_of_kazakhstan():
    """161 rayons, 37 cities of oblast and 3 of republican significance: the second tier."""
    section = TerritorySection(dataset="kazakhstan-2021", aggregate="rayon", name="name_kk")
    territory = read_territory(section)
    kinds = territory.units["type"].value_counts().to_dict()
    assert kinds == {"rayon": 161, "city": 37, "republican_city": 3}
    assert territory.total("population") == 18_879_552
    assert territory.tiers == ("oblast",)
    assert territory.units.loc["113200000", "name"] == "Ақмола, 032 ауданы"
    assert territory.units.loc["113200000", "name_en"] == "Akmola rayon 032"
    assert territory.categories == ("type", "natural_zone", "production")
    assert shapely.coverage_is_valid(territory.geometry.to_numpy())
    assert len(build_graph(territory).components) == 1
