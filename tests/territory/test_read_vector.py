"""Reading polygons: ids stay text, CRS is chosen, and all that is wrong is told at once."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import Point, Polygon, box

from amalgamation.errors import DataError
from amalgamation.graph import build_graph
from amalgamation.scenario.schema import Table, TerritorySection
from amalgamation.territory import read_territory

SQUARES = [box(70, 50, 70.1, 50.1), box(70.1, 50, 70.2, 50.1), box(70, 50.1, 70.2, 50.2)]


def write(folder, file="units.gpkg", geometry=None, crs="EPSG:4326", **columns):
    geometry = SQUARES if geometry is None else geometry
    columns = {"code": ["01", "02", "10"], "name": ["Ash", "Birch", "Cedar"]} | columns
    frame = gpd.GeoDataFrame(columns, geometry=geometry, crs=crs)
    frame.to_file(folder / file)
    return file


def read(folder, units="units.gpkg", needed=(), **keys):
    section = TerritorySection.model_validate({"units": units} | keys)
    return read_territory(section, folder, needed=needed)


def refused(folder, *args, **keys):
    with pytest.raises(DataError) as caught:
        read(folder, *args, **keys)
    return caught.value.findings


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp"])
def test_ids_keep_their_leading_zeros(tmp_path, ending):
    name = write(tmp_path, f"units.{ending}", population=[5, 6, 7])
    territory = read(tmp_path, name)
    assert territory.ids == ("01", "02", "10")
    assert territory.units["name"].tolist() == ["Ash", "Birch", "Cedar"]
    assert territory.values("population").tolist() == [5.0, 6.0, 7.0]


def test_units_are_ordered_by_id_whatever_the_file_says(tmp_path):
    write(tmp_path, code=["b", "c", "a"])
    territory = read(tmp_path)
    assert territory.ids == ("a", "b", "c")
    assert territory.units.loc["a", "name"] == "Cedar"


def test_number_ids_are_read_without_loss_and_told(tmp_path):
    write(tmp_path, code=[10000000, 20000000, 3])
    territory = read(tmp_path)
    assert territory.ids == ("10000000", "20000000", "3")
    assert "leading zeros" in territory.findings[0].sentence()


def test_fractions_are_no_ids(tmp_path):
    write(tmp_path, code=[1.5, 2.0, 3.0])
    assert [finding.check for finding in refused(tmp_path)] == ["id-number"]


def test_words_for_nothing_are_ids_like_any_other(tmp_path):
    write(tmp_path, code=["NA", "null", "None"])
    assert read(tmp_path).ids == ("NA", "None", "null")


def test_all_that_is_wrong_with_the_units_is_told_at_once(tmp_path):
    bow = Polygon([(71, 50), (72, 51), (72, 50), (71, 51)])
    write(
        tmp_path,
        geometry=[bow, None, Point(70, 50), Polygon(), SQUARES[0]],
        code=["01", "02", "02", "04", None],
        name=["Ash", "Birch", "Cedar", "Dogwood", "Elm"],
        population=[1.0, -2.0, np.nan, 4.0, 5.0],
    )
    text = "\n".join(finding.sentence() for finding in refused(tmp_path))
    for part in (
        "units that share an id (2): 02 (Birch), 02 (Cedar)",
        "no id (Elm)",
        "unit 01 (Ash): found an invalid geometry: Self-intersection",
        "unit 02 (Birch): found no geometry",
        "unit 02 (Cedar): found a Point",
        "unit 04 (Dogwood): found an empty geometry",
    ):
        assert part in text


def test_numbers_and_geometry_are_told_together(tmp_path):
    write(
        tmp_path, geometry=[*SQUARES[:2], None],
        population=[1.0, -2.0, np.nan], area_km2=[1, 2, np.inf],
    )  # fmt: skip
    checks = {finding.check for finding in refused(tmp_path)}
    assert checks == {"geometry-absent", "number-negative", "number-missing", "number-infinite"}


def test_nobody_anywhere_is_refused_but_an_empty_unit_is_told(tmp_path):
    write(tmp_path, population=[0, 0, 0])
    assert [finding.check for finding in refused(tmp_path)] == ["nobody"]
    write(tmp_path, population=[0, 1, 2])
    assert "zero residents in 1 unit: 01 (Ash)" in read(tmp_path).findings[0].sentence()


def test_a_polygon_that_stands_twice_is_refused(tmp_path):
    write(tmp_path, geometry=[SQUARES[0], SQUARES[0].reverse(), SQUARES[1]])
    (finding,) = refused(tmp_path)
    assert finding.check == "geometry-twice"
    assert finding.subjects == ("01", "02")


def test_ids_that_look_alike_are_refused_with_code_points(tmp_path):
    write(tmp_path, code=["A1", "А1", "B"])
    (finding,) = refused(tmp_path)
    assert "U+0041 U+0031" in finding.found
    assert "U+0410 U+0031" in finding.found


def test_columns_that_are_not_there_are_told_with_the_nearest(tmp_path):
    write(tmp_path, pop_2021=[1, 2, 3])
    found = refused(
        tmp_path, name="nam", attributes={"population": "pop_2020"}, parents={"rayon": "rayon"},
        needed=["tax"],
    )  # fmt: skip
    text = "\n".join(finding.sentence() for finding in found)
    assert len(found) == 4
    assert "did you mean name?" in text
    assert "did you mean pop_2021?" in text


def test_parents_are_columns_or_prefixes(tmp_path):
    write(tmp_path, county=[7, 7, 8], county_name=["Low", "Low", "High"])
    territory = read(tmp_path, parents={"oblast": {"prefix": 1}, "rayon": "county"})
    assert territory.units["oblast"].tolist() == ["0", "0", "1"]
    assert territory.units["rayon"].tolist() == ["7", "7", "8"]
    assert territory.parent_name("rayon", "8") == "High"
    assert territory.tiers == ("oblast", "rayon")


def test_a_unit_without_parent_is_refused_by_name(tmp_path):
    write(tmp_path, county=["x", None, "y"])
    (finding,) = refused(tmp_path, parents={"rayon": "county"})
    assert "02 (Birch)" in finding.sentence()


def test_where_keeps_the_units_of_a_parent(tmp_path):
    write(tmp_path, county=["x", "x", "y"], population=[1, 2, 3])
    assert read(tmp_path, parents={"rayon": "county"}, where={"rayon": ["x"]}).ids == ("01", "02")


def test_where_with_an_unknown_parent_is_refused_with_the_known(tmp_path):
    write(tmp_path, county=["x", "x", "y"])
    (finding,) = refused(tmp_path, parents={"rayon": "county"}, where={"rayon": ["z"]})
    assert "use one of x, y" in finding.sentence()


def test_other_columns_stay(tmp_path):
    write(tmp_path, zone=["steppe", "steppe", "desert"], name_kk=["Шаған", "Қайың", "Самырсын"])
    territory = read(tmp_path)
    assert territory.units["zone"].tolist() == ["steppe", "steppe", "desert"]
    assert territory.units["name_kk"].tolist() == ["Шаған", "Қайың", "Самырсын"]


def test_numbers_that_cannot_be_summed_are_no_attribute_unless_needed(tmp_path):
    write(tmp_path, change=[-1.0, 2.0, np.nan])
    territory = read(tmp_path)
    assert "change" not in territory.attributes
    assert territory.units["change"].iloc[0] == -1.0
    assert "attribute-left-out" in {finding.check for finding in territory.findings}
    checks = {finding.check for finding in refused(tmp_path, needed=["change"])}
    assert checks == {"number-negative", "number-missing"}


def test_text_in_a_declared_attribute_is_refused_with_the_cell_and_the_unit(tmp_path):
    write(tmp_path, population=["1", "н/д", "3"])
    (finding,) = refused(tmp_path)
    assert "'н/д' in 02 (Birch)" in finding.sentence()


def test_area_is_computed_in_an_equal_area_crs(tmp_path):
    write(tmp_path)
    territory = read(tmp_path)
    geod = territory.geometry.crs.get_geod()
    on_the_globe = abs(geod.geometry_area_perimeter(SQUARES[0])[0]) / 1e6
    assert territory.values("area_km2")["01"] == pytest.approx(on_the_globe, rel=1e-3)
    assert territory.crs.startswith("+proj=laea +lat_0=50.1 +lon_0=70.1 ")
    assert territory.geometry.crs.is_projected


def test_area_in_hectares_is_told(tmp_path):
    write(tmp_path, area_km2=[7900.0, 7900.0, 15800.0])
    assert "area-unit" in {finding.check for finding in read(tmp_path).findings}


def test_crs_of_the_file_does_not_change_the_territory(tmp_path):
    write(tmp_path)
    write(tmp_path, geometry=SQUARES[:2], code=["1", "2"], name=["Ash", "Birch"])
    metres = gpd.read_file(tmp_path / "units.gpkg").to_crs(32642).geometry
    write(tmp_path, "metres.gpkg", metres, "EPSG:32642", code=["1", "2"], name=["Ash", "Birch"])
    one, other = read(tmp_path), read(tmp_path, "metres.gpkg")
    assert one.crs == other.crs
    assert one.geometry.geom_equals_exact(other.geometry, 0.01).all()


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_file_without_crs_needs_one(tmp_path):
    write(tmp_path, "bare.shp", crs=None)
    (finding,) = refused(tmp_path, "bare.shp")
    assert finding.check == "crs-absent"
    assert read(tmp_path, "bare.shp", crs="EPSG:4326").ids == ("01", "02", "10")


def feature(code, ring):
    return {
        "type": "Feature", "properties": {"code": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip


def write_geojson(folder, *features):
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "units.geojson").write_text(text)
    return "units.geojson"


def test_metres_in_a_geojson_are_not_taken_for_degrees(tmp_path):
    ring = [[500000, 5000000], [510000, 5000000], [510000, 5010000], [500000, 5000000]]
    name = write_geojson(tmp_path, feature("1", ring))
    (finding,) = refused(tmp_path, name)
    assert finding.check == "not-degrees"
    area = read(tmp_path, name, crs="EPSG:32642").total("area_km2")
    assert area == pytest.approx(50, rel=0.002)


def test_ring_that_does_not_close_is_refused_without_the_machine_s_paths(tmp_path):
    name = write_geojson(tmp_path, feature("1", [[50, 50], [51, 50], [51, 51]]))
    found = refused(tmp_path, name)
    assert [finding.check for finding in found] == ["geometry-unbuilt", "geometry-absent"]
    assert not any(str(tmp_path) in finding.sentence() for finding in found)


def test_winding_does_not_matter(tmp_path):
    write(tmp_path, geometry=[square.reverse() for square in SQUARES])
    assert read(tmp_path).total("area_km2") > 0


def test_heights_are_dropped_and_told(tmp_path):
    write(tmp_path, geometry=list(shapely.force_3d(SQUARES, 7)))
    territory = read(tmp_path)
    assert not territory.geometry.has_z.any()
    assert "z-dropped" in {finding.check for finding in territory.findings}


def test_one_of_several_layers_must_be_named(tmp_path):
    frame = gpd.GeoDataFrame({"code": ["1"]}, geometry=SQUARES[:1], crs=4326)
    frame.to_file(tmp_path / "two.gpkg", layer="rayons")
    frame.to_file(tmp_path / "two.gpkg", layer="okrugs")
    (finding,) = refused(tmp_path, "two.gpkg")
    assert "rayons, okrugs" in finding.sentence()
    assert len(read(tmp_path, "two.gpkg", layer="okrugs").ids) == 1


@pytest.mark.parametrize(
    "path",
    ["/vsicurl/http://example.org/a.gpkg", "https://example.org/a.gpkg", "PG:dbname=x", "<VRT/>"],
)
def test_nothing_is_read_from_elsewhere(tmp_path, path):
    (finding,) = refused(tmp_path, path)
    assert finding.check == "file-elsewhere"


def test_file_that_is_not_there_is_told_with_the_nearest(tmp_path):
    write(tmp_path)
    (finding,) = refused(tmp_path, "unit.gpkg")
    assert "did you mean units.gpkg?" in finding.sentence()


def test_all_files_that_are_not_there_are_told_at_once(tmp_path):
    found = refused(tmp_path, "a.gpkg", tables=[Table(path="b.csv", id="code")])
    assert [finding.check for finding in found] == ["file-absent", "file-absent"]


def test_t_junctions_on_long_edges_survive_projection(tmp_path):
    # Projected, the long edge along 51 degrees north would leave its chord by some 480 m.
    wall = [box(70, 50, 72, 51), box(70, 51, 71, 52), box(71, 51, 72, 52)]
    write(tmp_path, geometry=wall)
    ties = build_graph(read(tmp_path)).ties
    assert list(zip(ties["a"], ties["b"], strict=True)) == [
        ("01", "02"),
        ("01", "10"),
        ("02", "10"),
    ]
    assert ties["border_km"].tolist() == pytest.approx([70.197, 70.197, 111.255], abs=0.01)


def test_units_beyond_the_antimeridian_are_refused(tmp_path):
    write(tmp_path, geometry=[box(-179, 60, -178, 61), box(178, 60, 179, 61), box(0, 60, 1, 61)])
    assert [finding.check for finding in refused(tmp_path)] == ["antimeridian"]


def test_seats_lie_where_the_data_say_or_inside(tmp_path):
    write(tmp_path, seat_lon=[70.01, np.nan, 70.15], seat_lat=[50.01, np.nan, 50.15])
    territory = read(tmp_path)
    places = gpd.points_from_xy(
        territory.units["seat_x"], territory.units["seat_y"], crs=territory.crs
    )
    back = gpd.GeoSeries(places).to_crs(4326)
    assert (back.x.iloc[0], back.y.iloc[0]) == pytest.approx((70.01, 50.01))
    assert SQUARES[1].contains(back.iloc[1])
    assert "seat_lon" not in territory.attributes


def test_seat_of_a_hollow_unit_lies_on_its_land(tmp_path):
    horseshoe = box(70, 50, 70.3, 50.3) - box(70.1, 50.05, 70.3, 50.25)
    write(tmp_path, geometry=[horseshoe], code=["1"], name=["Shoe"])
    territory = read(tmp_path)
    place = Point(territory.units[["seat_x", "seat_y"]].iloc[0])
    assert territory.geometry.iloc[0].contains(place)


def test_swapped_seat_coordinates_are_told(tmp_path):
    write(tmp_path, seat_lat=[70.05, 70.15, 70.1], seat_lon=[50.05, 50.05, 50.15])
    assert "seat-far" in {finding.check for finding in read(tmp_path).findings}


def test_every_file_is_recorded_with_its_hash(tmp_path):
    write(tmp_path)
    pd.DataFrame({"code": ["01", "02", "10"], "tax": [1, 2, 3]}).to_csv(
        tmp_path / "t.csv", index=False
    )
    territory = read(tmp_path, tables=[Table(path="t.csv", id="code")])
    assert [(source.role, source.path) for source in territory.sources] == [
        ("table", "t.csv"), ("units", "units.gpkg"),
    ]  # fmt: skip
    assert all(len(source.sha256) == 64 for source in territory.sources)


def test_synthetic_data_carry_a_notice(tmp_path):
    write(tmp_path)
    territory = read(tmp_path, synthetic=True)
    assert territory.synthetic
    assert "ynthetic" in territory.notice
