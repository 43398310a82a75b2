"""Units in several parts: one unit all the same, a unit for each part, or refused."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, box

from amalgamation.errors import DataError
from amalgamation.graph import build_graph
from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory import read_territory

KM = 1000.0


def square(east, north, side=KM):
    return box(east, north, east + side, north + side)


# a: 2 x 1 km in the west, and 1 km2 beyond b; b between them; seats are given for a alone
WEST, EAST, MIDDLE = box(0, 0, 2 * KM, KM), square(3 * KM, 0), square(2 * KM, 0)
PAIR = (MultiPolygon([EAST, WEST]), MIDDLE)


def read(folder, policy, shapes=PAIR, **columns):
    codes = list("abcdef")[: len(shapes)]
    columns = {"code": codes, "name": [one.upper() for one in codes]} | columns
    frame = gpd.GeoDataFrame(columns, geometry=list(shapes), crs=32642)
    frame.geometry = frame.translate(500_000, 5_500_000)
    frame.to_file(folder / "units.gpkg")
    section = TerritorySection(units="units.gpkg", multipart=policy)
    return read_territory(section, folder)


def test_by_default_a_unit_is_one_whatever_its_parts(tmp_path):
    territory = read(tmp_path, "allow", population=[100, 50])
    assert territory.ids == ("a", "b")
    assert [one.check for one in territory.findings] == ["multipart"]


def test_split_makes_a_unit_of_each_part_and_shares_numbers_by_area(tmp_path):
    """Two thirds and one third of 100 residents and of 4.5 of tax: 67 and 33, 3.0 and 1.5."""
    territory = read(tmp_path, "split", population=[100, 50], tax=[4.5, 1.0])
    assert territory.ids == ("a", "a/2", "b")
    assert territory.units["name"].tolist() == ["A", "A (part 2)", "B"]
    assert territory.values("population").tolist() == [67, 33, 50]
    assert territory.values("tax").tolist() == pytest.approx([3.0, 1.5, 1.0], rel=1e-6)
    assert territory.values("area_km2").tolist() == pytest.approx([2, 1, 1], rel=1e-3)
    (told,) = territory.findings
    assert (told.check, told.subjects) == ("split", ("a",))
    assert "a (A) (2 parts)" in told.found


def test_each_part_is_tied_by_its_own_borders(tmp_path):
    ties = build_graph(read(tmp_path, "split", population=[100, 50])).ties
    assert ties[["a", "b"]].to_numpy().tolist() == [["a", "b"], ["a/2", "b"]]


def test_the_seat_stays_in_the_part_where_it_is(tmp_path):
    east = gpd.GeoSeries([EAST.centroid], crs=32642).translate(500_000, 5_500_000).to_crs(4326)[0]
    keys = {"seat_lon": [east.x, None], "seat_lat": [east.y, None]}
    territory = read(tmp_path, "split", population=[100, 50], **keys)
    shapes, seats = territory.geometry, territory.units[["seat_x", "seat_y"]]
    given = gpd.GeoSeries([east], crs=4326).to_crs(territory.crs)[0]
    assert seats.loc["a/2"].tolist() == pytest.approx([given.x, given.y])
    for unit, (x, y) in seats.iterrows():
        assert shapes[unit].contains(gpd.points_from_xy([x], [y])[0])


def test_error_refuses_them_by_name(tmp_path):
    with pytest.raises(DataError) as caught:
        read(tmp_path, "error", population=[100, 50])
    (finding,) = caught.value.findings
    assert finding.found.startswith("units in several parts (1): a (A) (2 parts; ")
    assert finding.remedy.endswith("territory.multipart: allow or split")
    assert read(tmp_path, "error", shapes=(WEST, MIDDLE)).ids == ("a", "b")


@settings(max_examples=20, deadline=None)
@given(
    parts=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    data=st.data(),
)
def test_splitting_keeps_every_sum_and_every_place(parts, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    people = data.draw(st.lists(st.integers(0, 999), min_size=len(parts), max_size=len(parts)))
    sides = st.sampled_from([300.0, 500.0, 900.0])
    people[0] += 1  # somebody lives here
    shapes = [
        MultiPolygon([square(2 * KM * at, 2 * KM * row, data.draw(sides)) for at in range(count)])
        for row, count in enumerate(parts)
    ]
    whole = read(folder, "allow", shapes, population=people, tax=[one / 7 for one in people])
    split = read(folder, "split", shapes, population=people, tax=[one / 7 for one in people])
    assert len(split.ids) == sum(parts)
    assert (split.values("population") % 1 == 0).all()
    assert (split.values("population") >= 0).all()
    own = split.units.index.str.partition("/").get_level_values(0)
    for attribute in whole.attributes:
        sums = split.values(attribute).groupby(own).sum()
        assert np.allclose(sums.to_numpy(), whole.values(attribute).to_numpy(), rtol=1e-9)
