"""Geometry and CRS, cases 36 to 71: refused or told by the units concerned, never repaired."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from amalgamation import api
from amalgamation.territory import scenario_text_from
from bad_input_files import SQUARES, ask, only, read, refused, row, told, write_units

BOW = Polygon([(70, 50), (70.1, 50.1), (70.1, 50), (70, 50.1)])


def drawn(folder, *shapes, **keys):
    count = len(shapes)
    names = ["Ash", "Birch", "Cedar", "Dogwood"][:count]
    codes = ["01", "02", "10", "11"][:count]
    write_units(folder, geometry=shapes, code=codes, name=names)
    return ask(folder, {"units": "units.gpkg"} | keys)


def ties(scenario):
    frame = api.prepare(scenario).graph.ties
    return list(zip(frame["a"], frame["b"], strict=True))


def geojson(folder, *rings, **keys):
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"{at:02}", "name": f"Unit {at}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for at, ring in enumerate(rings)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "units.geojson").write_text(text)
    return ask(folder, {"units": "units.geojson"} | keys)


def test_36_no_geometry_is_refused_by_unit(tmp_path):
    finding = only(drawn(tmp_path, SQUARES[0], None, SQUARES[2]))
    assert (finding["where"], finding["found"]) == ("unit 02 (Birch)", "no geometry")
    assert finding["expected"] == "a valid polygon or multipolygon"


def test_37_an_empty_geometry_is_refused(tmp_path):
    finding = only(drawn(tmp_path, SQUARES[0], Polygon(), SQUARES[2]))
    assert (finding["where"], finding["found"]) == ("unit 02 (Birch)", "an empty geometry")


@pytest.mark.parametrize(
    ("shape", "found"),
    [
        (Point(70, 50), "a Point"),
        (LineString([(70, 50), (71, 51)]), "a LineString"),
        (GeometryCollection([SQUARES[1], Point(70, 50)]), "a GeometryCollection"),
    ],
)
def test_38_what_is_no_polygon_is_refused(tmp_path, shape, found):
    assert only(drawn(tmp_path, SQUARES[0], shape, SQUARES[2]))["found"] == found


def test_39_a_bow_tie_is_refused_though_its_area_is_zero(tmp_path):
    finding = only(drawn(tmp_path, BOW, SQUARES[1], SQUARES[2]))
    assert finding["where"] == "unit 01 (Ash)"
    assert finding["found"].startswith("an invalid geometry: Self-intersection")
    assert finding["found"].endswith(", area 0")
    assert "Fix geometries" in finding["remedy"]


def test_40_a_polygon_that_only_projecting_breaks_is_refused_with_that_stage(tmp_path):
    # A hole 55 m above an edge of 100 km along a parallel, which bends by more when projected.
    hole = [(70.6, 50.0005), (70.8, 50.0005), (70.7, 50.05)]
    shape = Polygon(box(70, 50, 71.4, 50.1).exterior, [hole])
    assert shape.is_valid
    scenario = drawn(tmp_path, shape, box(71.4, 50, 72.8, 50.1))
    found = refused(scenario)
    assert any(one["found"].endswith("after projection to an equal-area CRS") for one in found)


def test_41_a_ring_that_does_not_close_is_refused(tmp_path):
    ring = [[70, 50], [71, 50], [71, 51]]
    square = [[71, 50], [72, 50], [72, 51], [71, 50]]
    errors = refused(geojson(tmp_path, ring, square))
    assert [one["where"] for one in errors] == ["units.geojson", "unit 00 (Unit 0)"]
    assert "rings that close" in errors[0]["expected"]
    assert not any(str(tmp_path) in part for one in errors for part in map(str, one.values()))


@pytest.mark.parametrize("turn", [False, True])
def test_42_the_winding_of_a_ring_does_not_matter(tmp_path, turn):
    ring = [[70, 50], [70.1, 50], [70.1, 50.1], [70, 50.1], [70, 50]]
    scenario = geojson(tmp_path, ring[::-1] if turn else ring)
    assert read(scenario).total("area_km2") == pytest.approx(79.7, abs=0.1)


def test_43_an_overlap_above_the_tolerance_is_refused_with_its_pair_and_area(tmp_path):
    scenario = drawn(tmp_path, box(70, 50, 70.11, 50.1), *SQUARES[1:])
    finding = only(scenario)
    assert finding["where"] == "geometry"
    assert "01 (Ash) - 02 (Birch) (10 % of the smaller: 7.9" in finding["found"]
    assert "territory.max_overlap_percent" in finding["expected"]
    assert finding["subjects"] == ["01", "02"]
    assert "territory.max_overlap_percent" in finding["remedy"]


def test_43_an_overlap_below_the_tolerance_is_told(tmp_path):
    scenario = drawn(tmp_path, box(70, 50, 70.1005, 50.1), *SQUARES[1:])
    found = told(scenario, "overlap-small")["found"]
    assert "01 (Ash) - 02 (Birch) (0.5 % of the smaller: 0.39" in found


def test_43_the_tolerance_is_the_scenario_s(tmp_path):
    only(drawn(tmp_path, box(70, 50, 70.1005, 50.1), *SQUARES[1:], max_overlap_percent=0.1))
    told(
        drawn(tmp_path, box(70, 50, 70.11, 50.1), *SQUARES[1:], max_overlap_percent=11),
        "overlap-small",
    )


def test_44_a_polygon_that_stands_twice_is_refused(tmp_path):
    finding = only(drawn(tmp_path, SQUARES[0], SQUARES[0].reverse(), SQUARES[2]))
    assert finding["found"] == "units that share one polygon (2): 01, 02"


def test_45_a_unit_that_lies_on_another_without_a_hole_is_refused(tmp_path):
    finding = only(drawn(tmp_path, box(70, 50, 71, 51), box(70.4, 50.4, 70.6, 50.6)))
    assert finding["check"] == "covered"
    assert "01 (Ash) - 02 (Birch) (100 % of the smaller: " in finding["found"]
    assert finding["remedy"].startswith("cut the inner one out")


def test_45_an_enclave_in_its_hole_is_read_and_tied(tmp_path):
    inner = box(70.4, 50.4, 70.6, 50.6)
    assert ties(drawn(tmp_path, box(70, 50, 71, 51) - inner, inner)) == [("01", "02")]


def test_46_borders_that_run_close_but_tie_nobody_are_told_by_pair(tmp_path):
    scenario = drawn(tmp_path, box(70, 50, 70.0999, 50.1), SQUARES[1])
    assert "01 (Ash) - 02 (Birch)" in told(scenario, "near-miss")["found"]


def test_46_slivers_inside_are_told_with_their_width(tmp_path):
    gap = box(70.0999, 50.02, 70.1, 50.08)
    scenario = drawn(tmp_path, SQUARES[0] - gap, *SQUARES[1:])
    finding = told(scenario, "gap-sliver")
    assert "(1): between 01 (Ash) - 02 (Birch) (" in finding["found"]
    assert finding["found"].endswith(" km2, 7.15 m wide)")


def test_47_a_vertex_of_one_side_only_is_no_fault(tmp_path):
    scenario = drawn(tmp_path, *SQUARES)
    assert ties(scenario) == [("01", "02"), ("01", "10"), ("02", "10")]
    assert not api.prepare(scenario).findings


def test_48_a_corner_ties_nobody(tmp_path):
    corner = box(70.1, 50.1, 70.2, 50.2)
    assert ties(drawn(tmp_path, SQUARES[0], corner)) == []


def test_49_two_points_of_contact_tie_nobody(tmp_path):
    notch = Polygon([(70.05, 50.02), (70.1, 50), (70.2, 50), (70.2, 50.1), (70.1, 50.1)])
    assert ties(drawn(tmp_path, SQUARES[0] - notch.buffer(0.01), notch)) == []


def test_50_a_border_shorter_than_the_minimum_ties_nobody(tmp_path):
    low = box(70.1, 50.0995, 70.2, 50.2)  # 56 m beside Ash
    assert ties(drawn(tmp_path, SQUARES[0], low)) == []
    scenario = ask(tmp_path, graph={"ties": {"min_border_m": 10}})
    assert ties(scenario) == [("01", "02")]


def test_51_a_declared_cut_unties_a_border(tmp_path):
    drawn(tmp_path, *SQUARES)
    cut = {"units": ["01", "02"], "reason": "a river without a bridge"}
    assert ties(ask(tmp_path, graph={"cuts": [cut]})) == [("01", "10"), ("02", "10")]


RIVER = LineString([(70.06, 49.9), (70.06, 50.3)])  # inside Ash, beyond its seat


def test_51_a_line_that_nobody_crosses_unties_or_what_stays_across_it_is_told(tmp_path):
    """It runs inside Ash, so the border of Ash and Birch does not follow it."""
    drawn(tmp_path, *row(3)[:2])
    gpd.GeoDataFrame(geometry=[RIVER], crs=4326).to_file(tmp_path / "rivers.gpkg")
    barriers = {"file": "rivers.gpkg", "reason": "a river without a bridge"}
    scenario = ask(tmp_path, graph={"barriers": barriers})
    finding = told(scenario, "barrier-crossed")
    assert finding["found"].startswith("1 tie left, though the straight way")
    assert finding["found"].endswith(": 01 (Ash) - 02 (Birch)")
    assert "between_seats" in finding["remedy"]
    assert ties(scenario) == [("01", "02")]
    assert ties(ask(tmp_path, graph={"barriers": barriers | {"between_seats": True}})) == []


def test_51_neighbours_without_a_road_between_them_are_told(tmp_path):
    drawn(tmp_path, *row(2))
    lines = [LineString([(70.05 + east, 50.05), (70.05 + east, 50.06)]) for east in (0, 0.1)]
    gpd.GeoDataFrame(geometry=lines, crs=4326).to_file(tmp_path / "roads.gpkg")
    finding = told(ask(tmp_path, graph={"distance": {"roads": "roads.gpkg"}}), "detour")
    assert "01 (Ash) - 02 (Birch) (no way by road, 7.2 km straight)" in finding["found"]
    assert finding["remedy"].endswith("declare graph.cuts or graph.barriers")


def test_52_a_unit_in_several_parts_is_told_and_tied_by_all_of_them(tmp_path):
    pair = MultiPolygon([row(3)[0], row(3)[2]])
    scenario = drawn(tmp_path, pair, row(3)[1])
    finding = told(scenario, "multipart")
    assert finding["found"].startswith("units in several parts (1): 01 (Ash) (2 parts; 79.")
    assert finding["remedy"].startswith("a unit is one piece of a plan")
    assert ties(scenario) == [("01", "02")]


def test_52_a_unit_in_several_parts_is_split_or_refused_where_the_scenario_says_so(tmp_path):
    pair = MultiPolygon([row(3)[0], row(3)[2]])
    scenario = drawn(tmp_path, pair, row(3)[1], multipart="split")
    assert told(scenario, "split")["found"].startswith("1 unit made units by part")
    assert ties(scenario) == [("01", "02"), ("01/2", "02")]
    finding = only(drawn(tmp_path, pair, row(3)[1], multipart="error"))
    assert finding["expected"] == "units of one part (territory.multipart: error)"


def test_53_a_small_hole_that_nobody_fills_is_told(tmp_path):
    pierced = SQUARES[0] - box(70.05, 50.05, 70.0505, 50.0505)
    finding = told(drawn(tmp_path, pierced, *SQUARES[1:]), "gap-sliver")
    assert "tiny holes" in finding["found"]
    assert "(1): in 01 (Ash) (0.001992 km2, " in finding["found"]


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_54_a_file_without_crs_is_refused_until_the_scenario_names_one(tmp_path):
    write_units(tmp_path, "bare.shp", crs=None)
    finding = only(ask(tmp_path, "bare.shp"))
    assert finding["found"] == "no coordinate reference system (no .prj beside it)"
    assert finding["remedy"] == "name it as territory.crs, such as EPSG:4326"
    assert len(read(ask(tmp_path, {"units": "bare.shp", "crs": "EPSG:4326"})).ids) == 3


def test_54_a_crs_that_nobody_knows_is_refused(tmp_path):
    write_units(tmp_path)
    finding = only(ask(tmp_path, {"units": "units.gpkg", "crs": "EPSG:999999"}))
    assert (finding["where"], finding["found"]) == ("territory.crs", "EPSG:999999")


METRES = [[500000, 5000000], [510000, 5000000], [510000, 5010000], [500000, 5000000]]


def test_55_metres_in_a_geojson_are_refused_until_the_scenario_names_their_crs(tmp_path):
    finding = only(geojson(tmp_path, METRES))
    assert finding["found"].startswith("coordinates from 500000, 5e+06, 510000, 5.01e+06")
    assert finding["remedy"] == "name the true CRS as territory.crs, such as EPSG:32642"
    area = read(geojson(tmp_path, METRES, crs="EPSG:32642")).total("area_km2")
    assert area == pytest.approx(50, rel=0.002)


def test_56_swapped_coordinates_are_refused_where_the_scenario_says_where_units_lie(tmp_path):
    turned = [shapely.transform(square, np.fliplr) for square in SQUARES]
    within = [46, 40, 88, 56]
    finding = only(drawn(tmp_path, *turned, within=within))
    assert finding["where"] == "territory.within"
    assert finding["found"] == "3 units outside: 01 (Ash), 02 (Birch), 10 (Cedar)"
    assert finding["expected"] == "longitudes from 46 to 88 and latitudes from 40 to 56"
    assert finding["remedy"].startswith("longitude and latitude are swapped")
    assert len(read(drawn(tmp_path, *SQUARES, within=within)).ids) == 3


def test_56_new_from_a_file_writes_where_its_units_lie_for_a_person_to_look_at(tmp_path):
    turned = [shapely.transform(square, np.fliplr) for square in SQUARES]
    lines = {}
    for name, shapes in (("right", SQUARES), ("swapped", turned)):
        drawn(tmp_path, *shapes)
        text = scenario_text_from(name, tmp_path / "units.gpkg", "units.gpkg")
        lines[name] = next(line for line in text.splitlines() if "within" in line)
    assert lines["right"].startswith("  within: [70, 50, 70.2, 50.2] # west, south, east, north")
    assert lines["swapped"].startswith("  within: [50, 70, 50.2, 70.2]")


def test_56_swapped_seats_and_roads_are_noticed_beside_the_polygons(tmp_path):
    write_units(tmp_path, seat_lon=[50.05] * 3, seat_lat=[70.05] * 3)
    assert "not swapped" in told(ask(tmp_path), "seat-far")["remedy"]
    drawn(tmp_path, *SQUARES)
    gpd.GeoDataFrame(geometry=[LineString([(50.05, 70.05), (50.15, 70.05)])], crs=4326).to_file(
        tmp_path / "roads.gpkg"
    )
    finding = only(ask(tmp_path, graph={"distance": {"roads": "roads.gpkg"}}))
    assert finding["found"].startswith("no road within 10 km of any seat; the nearest is 2,")
    assert finding["remedy"].endswith("longitude and latitude may be swapped")


@pytest.mark.parametrize("within", [[88, 40, 46, 56], [46, 56, 88, 40], [46, 40, 88, 156]])
def test_56_edges_that_enclose_nothing_are_refused(tmp_path, within):
    finding = only(drawn(tmp_path, *SQUARES, within=within))
    assert finding["where"].endswith("territory.within")
    assert finding["remedy"] == "write [west, south, east, north]"


@pytest.mark.parametrize("shape", [box(70, 90.5, 71, 91), box(180.5, 50, 181, 51)])
def test_57_degrees_beyond_the_earth_are_refused(tmp_path, shape):
    finding = only(drawn(tmp_path, shape))
    assert finding["expected"] == "longitudes within 180 and latitudes within 90 degrees"


def test_58_a_crs_that_differs_from_the_scenario_s_is_told_and_the_file_s_is_used(tmp_path):
    scenario = drawn(tmp_path, *SQUARES, crs="EPSG:32642")
    assert "EPSG:32642 in the scenario" in told(scenario, "crs-twice")["found"]
    assert read(scenario).total("area_km2") == pytest.approx(319, abs=1)


def test_59_areas_are_those_of_an_equal_area_crs_which_is_recorded(tmp_path):
    territory = read(drawn(tmp_path, *SQUARES))
    assert territory.crs.startswith("+proj=laea +lat_0=50.1 +lon_0=70.1 ")
    globe = area_on_the_globe(SQUARES[0])
    assert territory.values("area_km2")["01"] == pytest.approx(globe, rel=1e-3)


def area_on_the_globe(shape):
    geod = gpd.GeoSeries([shape], crs=4326).crs.get_geod()
    return abs(geod.geometry_area_perimeter(shape)[0]) / 1e6


def test_60_a_crs_that_is_not_exactly_known_on_the_globe_is_told(tmp_path):
    write_units(tmp_path, crs=4284)  # Pulkovo 1942
    finding = told(ask(tmp_path), "crs-accuracy")
    assert finding["where"] == "CRS Pulkovo 1942"
    assert finding["found"].endswith(" m")


def test_61_units_on_both_sides_of_the_180th_meridian_are_refused(tmp_path):
    shapes = [box(-179, 60, -178, 61), box(178, 60, 179, 61), box(0, 60, 1, 61)]
    finding = only(drawn(tmp_path, *shapes))
    assert finding["found"] == "units from longitude -179.0 to 179.0"


def test_62_coordinates_that_are_no_numbers_are_refused(tmp_path):
    with np.errstate(invalid="ignore"):
        odd = shapely.polygons([[70, 50], [np.nan, 50], [70.1, 50.1], [70, 50]])
    finding = only(drawn(tmp_path, odd, *SQUARES[1:]))
    assert finding["where"] == "unit 01 (Ash)"
    assert finding["found"].startswith("an invalid geometry: Invalid Coordinate")


@pytest.mark.parametrize("far", [1e9, 1e15])
def test_63_coordinates_beyond_all_precision_are_refused(tmp_path, far):
    write_units(tmp_path, geometry=[box(far, far, far + 1000, far + 1000)], crs=32642,
                code=["1"], name=["Far"])  # fmt: skip
    finding = only(ask(tmp_path))
    assert "lost to rounding" in finding["expected"]


def test_64_heights_are_dropped_and_told(tmp_path):
    scenario = drawn(tmp_path, *shapely.force_3d(SQUARES, 7))
    assert told(scenario, "z-dropped")["found"].startswith("heights or measures")
    assert not read(scenario).geometry.has_z.any()


def test_65_a_border_of_a_hundred_thousand_points_is_read_as_it_is(tmp_path):
    fine = shapely.segmentize(SQUARES[0], 4e-6)
    assert shapely.get_num_coordinates(fine) > 100_000
    scenario = drawn(tmp_path, fine, *SQUARES[1:])
    assert shapely.get_num_coordinates(read(scenario).geometry.iloc[0]) > 100_000
    assert ties(scenario) == [("01", "02"), ("01", "10"), ("02", "10")]


def test_66_a_layer_that_holds_two_tiers_is_refused_as_double_cover(tmp_path):
    finding = only(drawn(tmp_path, box(70, 50, 70.2, 50.1), SQUARES[0], SQUARES[1]))
    assert finding["found"].count("(100 % of the smaller") == 2
    assert "units of one tier only" in finding["remedy"]


def test_67_of_several_layers_one_must_be_named(tmp_path):
    frame = gpd.GeoDataFrame({"code": ["1"]}, geometry=SQUARES[:1], crs=4326)
    frame.to_file(tmp_path / "two.gpkg", layer="rayons")
    frame.to_file(tmp_path / "two.gpkg", layer="okrugs")
    finding = only(ask(tmp_path, "two.gpkg"))
    assert finding["expected"] == "one of the layers rayons, okrugs"
    assert finding["remedy"] == "name it as territory.layer"
    assert read(ask(tmp_path, {"units": "two.gpkg", "layer": "okrugs"})).ids == ("1",)


@pytest.mark.parametrize(
    ("ending", "found"),
    [
        (".dbf", "no units.dbf beside it, which holds its table"),
        (".shx", "no units.shx beside it, which holds the index of its polygons"),
        (".prj", "no coordinate reference system (no .prj beside it)"),
    ],
)
def test_68_a_shapefile_that_lacks_a_part_is_refused(tmp_path, ending, found):
    write_units(tmp_path, "units.shp")
    (tmp_path / f"units{ending}").unlink()
    assert only(ask(tmp_path, "units.shp"))["found"] == found


def test_69_a_name_that_a_shapefile_cut_is_explained(tmp_path):
    write_units(tmp_path, "units.shp", population=[1, 2, 3], residents2=[1, 2, 3])
    finding = only(
        ask(tmp_path, {"units": "units.shp", "attributes": {"population": "residents2021"}})
    )
    assert finding["remedy"] == "a Shapefile cuts names to 10 bytes: did you mean residents2?"


def test_70_words_that_a_shapefile_may_have_cut_are_told(tmp_path):
    write_units(tmp_path, "units.shp", remark=["x" * 254, "y", "z"])
    finding = told(ask(tmp_path, "units.shp"), "words-cut")
    assert finding["where"] == "units.shp, column remark"
    assert "in 1 unit:" in finding["found"]


def test_71_land_without_people_is_told_as_units_without_residents(tmp_path):
    write_units(tmp_path, population=[1, 2, 0], name=["Ash", "Birch", "Lake"])
    assert told(ask(tmp_path), "no-residents")["found"] == "zero residents in 1 unit: 10 (Lake)"


def test_71_land_without_people_is_left_out_where_the_scenario_names_its_type(tmp_path):
    write_units(tmp_path, population=[1, 2, 0], kind=["village", "village", "lake"])
    scenario = ask(tmp_path, {"units": "units.gpkg", "type": "kind", "fillers": ["lake"]})
    assert told(scenario, "fillers")["found"] == "1 polygon left out: lake (1)"
    assert read(scenario).ids == ("01", "02")
    write_units(tmp_path, population=[1, 2, 3], kind=["village", "village", "lake"])
    assert only(scenario)["found"] == "residents in 1 filler: 10 (Cedar): 3"
