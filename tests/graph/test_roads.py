"""Distances along roads of one's own: every figure here is worked out by hand, or by ties."""

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.sparse import csgraph
from shapely import LineString, MultiLineString, Point

from amalgamation.errors import DataError
from amalgamation.graph import build_graph, distance_to_seat, distances_between
from amalgamation.scenario.schema import Graph, RoadDistance
from amalgamation.territory import grid_territory

GRID = grid_territory(1, 3)
A, B, C = GRID.ids  # seats 10 km apart, in a row from west to east
AT = dict(zip(GRID.ids, GRID.units[["seat_x", "seat_y"]].to_numpy(), strict=True))


def at(unit, east=0.0, north=0.0):
    """Return the place so many metres from a seat."""
    x, y = AT[unit]
    return (x + east, y + north)


def write_lines(folder, *lines, file="roads.gpkg", **columns):
    gpd.GeoDataFrame(columns, geometry=list(lines), crs=GRID.crs).to_file(folder / file)
    return file


def build(folder, *lines, columns=None, territory=GRID, **keys):
    keys = {"roads": write_lines(folder, *lines, **(columns or {}))} | keys
    return build_graph(territory, Graph(distance=keys), folder)


def table(graph):
    frame = distances_between(graph, graph.ids).to_frame()
    far = frame[frame["unit"] != frame["seat"]]
    return {(a, b): value for a, b, value in far.itertuples(index=False)}


def finding(graph, check):
    (found,) = [one for one in graph.findings if one.check == check]
    return found


def refused(folder, *lines, **keys):
    with pytest.raises(DataError) as caught:
        build(folder, *lines, **keys)
    return caught.value.findings


# --- by hand --------------------------------------------------------------------------


def test_a_way_is_the_length_of_the_roads_and_the_legs_to_them(tmp_path):
    """A to the road 3 km, along it 10 km, to B 3 km; C is reached over B's end of the road."""
    road = LineString([at(A, north=3000), at(B, north=3000), at(C)])
    found = table(build(tmp_path, road))
    slope = np.hypot(10, 3)
    assert found == pytest.approx({
        (A, B): 16, (B, A): 16, (A, C): 13 + slope, (C, A): 13 + slope,
        (B, C): 3 + slope, (C, B): 3 + slope,
    })  # fmt: skip


def test_the_shorter_of_two_roads_counts_and_lines_meet_where_they_share_a_vertex(tmp_path):
    through = LineString([at(A), at(B), at(C)])
    detour = LineString([at(A), at(B, north=8000), at(C)])
    spur = LineString([at(B, north=8000), at(B)])  # it ends on a vertex amid the detour
    assert table(build(tmp_path, detour, spur))[A, B] == pytest.approx(8 + np.hypot(10, 8))
    assert table(build(tmp_path, detour, spur, through))[A, B] == pytest.approx(10)


def test_lines_that_only_cross_are_a_bridge(tmp_path):
    """The roads cross between A and B without a vertex, and meet nowhere."""
    one = LineString([at(A), at(B, east=-4000, north=2000)])
    other = LineString([at(A, east=4000, north=2000), at(B), at(C)])
    graph = build(tmp_path, one, other)
    assert (A, B) not in table(graph)
    assert finding(graph, "roads-apart").subjects == (A,)


@pytest.mark.parametrize(("gap", "joined"), [(0.4, True), (1.6, False)])
def test_an_end_meets_what_lies_within_a_metre(tmp_path, gap, joined):
    roads = LineString([at(A), at(B)]), LineString([at(B, east=gap), at(C)])
    assert ((A, C) in table(build(tmp_path, *roads))) is joined
    assert (A, C) in table(build(tmp_path, *roads, meet_m=5))


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("yes", {(A, B)}),
        ("True", {(A, B)}),
        ("1", {(A, B)}),
        ("F", {(A, B)}),
        ("T", {(B, A)}),
        ("B", {(A, B), (B, A)}),
        ("-1", {(B, A)}),
        ("no", {(A, B), (B, A)}),
        (None, {(A, B), (B, A)}),
    ],
)
def test_a_one_way_road_leads_one_way(tmp_path, word, ways):
    roads = LineString([at(A), at(B)]), LineString([at(C), at(C, north=9)])
    graph = build(tmp_path, *roads, columns={"oneway": [word, "no"]})
    assert set(table(graph)) == ways


def test_a_word_that_says_no_direction_is_told_and_read_as_both_ways(tmp_path):
    road = LineString([at(A), at(B), at(C)])
    graph = build(tmp_path, road, columns={"oneway": ["alternating"]})
    assert "alternating" in finding(graph, "oneway").found
    assert len(table(graph)) == 6


def test_minutes_are_km_by_the_speed_of_each_road(tmp_path):
    """10 km at 60 and 10 km at an unknown speed, read as 30: 10 and 20 minutes."""
    roads = LineString([at(A), at(B)]), LineString([at(B), at(C)])
    columns = {"maxspeed": ["60", None]}
    keys = {"unit": "minutes", "km_per_hour": 30, "speed_column": "maxspeed"}
    graph = build(tmp_path, *roads, columns=columns, **keys)
    assert graph.distance_unit == "minutes"
    assert table(graph) == pytest.approx(
        {(A, B): 10, (B, A): 10, (B, C): 20, (C, B): 20, (A, C): 30, (C, A): 30}
    )


def test_the_leg_from_a_seat_to_its_road_is_walked_at_the_common_speed(tmp_path):
    road = LineString([at(A, north=3000), at(B, north=3000)])
    keys = {"unit": "minutes", "km_per_hour": 30}
    graph = build(tmp_path, road, columns={"speed_kph": [120.0]}, **keys)
    assert table(graph)[A, B] == pytest.approx(6 + 5 + 6)


@pytest.mark.parametrize("speed", ["30 mph", "0"])
def test_a_speed_that_says_nothing_is_told_and_read_as_unknown(tmp_path, speed):
    road = LineString([at(A), at(B), at(C)])
    keys = {"unit": "minutes", "km_per_hour": 30}
    graph = build(tmp_path, road, columns={"speed_kph": [speed]}, **keys)
    assert finding(graph, "road-speed").found.endswith(f"(1 road), read as 30 km/h: {speed}")
    assert table(graph)[A, B] == pytest.approx(20)


def test_a_speed_below_zero_is_refused_where_speeds_count(tmp_path):
    road, columns = LineString([at(A), at(B), at(C)]), {"speed_kph": [-50.0]}
    (error,) = refused(tmp_path, road, columns=columns, unit="minutes", km_per_hour=30)
    assert error.found == "speeds of -50 in 1 road"
    assert table(build(tmp_path, road, columns=columns))[A, B] == pytest.approx(10)


@pytest.mark.parametrize("key", ["speed_column", "oneway_column"])
def test_a_column_that_is_named_must_be_there(tmp_path, key):
    road = LineString([at(A), at(B)])
    (error,) = refused(tmp_path, road, columns={"maxspeed": [50]}, **{key: "maxsped"})
    assert (error.found, error.remedy) == ("no column maxsped", "did you mean maxspeed?")


def test_ways_are_searched_as_far_as_asked(tmp_path):
    road = LineString([at(A), at(B), at(C)])
    graph = build(tmp_path, road, farthest=15)
    assert set(table(graph)) == {(A, B), (B, A), (B, C), (C, B)}
    assert "2 of 6 pairs" in finding(graph, "pairs-out-of-reach").found


def test_pairs_without_a_way_fall_back_as_those_of_a_matrix_do(tmp_path):
    roads = LineString([at(A), at(B)]), LineString([at(C), at(C, north=9)])
    graph = build(tmp_path, *roads, fallback={"straight": 1.5})
    assert table(graph) == pytest.approx(
        {(A, B): 10, (B, A): 10, (B, C): 15, (C, B): 15, (A, C): 30, (C, A): 30}
    )
    (error,) = refused(tmp_path, *roads, fallback="error")
    assert error.check == "pairs-missing"
    assert error.found.startswith(f"4 of 6 pairs of units without a distance: {A} - {C}")


def test_two_seats_on_one_node_are_as_far_apart_as_their_legs(tmp_path):
    road = LineString([at(B), at(B, north=9)])
    graph = build(tmp_path, road, far_km=50)
    assert table(graph)[A, C] == pytest.approx(20)
    assert distance_to_seat(graph, {A: B, C: C}).to_dict() == {A: pytest.approx(10), C: 0.0}


def test_parts_of_one_line_do_not_join(tmp_path):
    road = MultiLineString([[at(A), at(B)], [at(C), at(C, north=50)]])
    assert set(table(build(tmp_path, road))) == {(A, B), (B, A)}


# --- what is told ---------------------------------------------------------------------


def test_a_seat_far_from_any_road_is_told_with_its_distance(tmp_path):
    road = LineString([at(A), at(B), at(B, east=50)])
    told = finding(build(tmp_path, road, far_km=5), "seat-off-road")
    assert told.found == f"1 seat more than 5 km from the nearest road: {C} (Unit 0-2) (9.9 km)"
    assert told.subjects == (C,)


def test_neighbours_that_only_a_detour_joins_are_told(tmp_path):
    """Between A and B no bridge: 42 km by road for 10 km; B and C have their road."""
    road = LineString([at(A), at(A, north=16000), at(B, north=16000), at(B), at(C)])
    told = finding(build(tmp_path, road), "detour")
    assert "1 pair of tied neighbours" in told.found
    assert "(42.0 km by road, 10.0 km straight)" in told.found
    assert told.subjects == (A, B)
    assert "declare graph.cuts" in told.remedy


def test_neighbours_without_any_road_between_them_are_told(tmp_path):
    graph = build(tmp_path, LineString([at(A), at(B)]), LineString([at(C), at(C, north=9)]))
    assert f"{B} (Unit 0-1) - {C} (Unit 0-2) (no way by road" in finding(graph, "detour").found


def test_roads_of_another_country_are_refused(tmp_path):
    road = LineString([at(A, east=9e5), at(B, east=9e5)])
    (error,) = refused(tmp_path, road)
    assert error.check == "roads-elsewhere"
    assert error.found.startswith("no road within 10 km of any seat; the nearest is 8")
    assert "longitude and latitude may be swapped" in error.remedy


def test_points_are_no_roads(tmp_path):
    (error,) = refused(tmp_path, Point(at(A)))
    assert error.found == "something else than lines"
    assert "graph.distance.layer" in error.remedy


def test_a_layer_that_is_not_chosen_is_named_by_the_section_that_names_the_file(tmp_path):
    for layer in ("edges", "nodes"):
        frame = gpd.GeoDataFrame(geometry=[LineString([at(A), at(B)])], crs=GRID.crs)
        frame.to_file(tmp_path / "roads.gpkg", layer=layer)
    section = Graph(distance={"roads": "roads.gpkg"})
    with pytest.raises(DataError, match=r"name it as graph\.distance\.layer"):
        build_graph(GRID, section, tmp_path)


def test_units_without_polygons_need_a_matrix(tmp_path):
    bare = grid_territory(1, 3, with_geometry=False)
    (tmp_path / "ties.csv").write_text(f"from,to\n{A},{B}\n")
    write_lines(tmp_path, LineString([at(A), at(B)]))
    section = Graph(ties={"file": "ties.csv"}, distance={"roads": "roads.gpkg"})
    with pytest.raises(DataError, match="ways along roads, but"):
        build_graph(bare, section, tmp_path)


@pytest.mark.parametrize(
    "keys", [{"unit": "minutes"}, {"km_per_hour": 50}, {"unit": "km", "km_per_hour": 50}]
)
def test_minutes_need_a_speed_and_km_none(keys):
    with pytest.raises(ValidationError, match="a speed for minutes, and none for km"):
        RoadDistance(roads="roads.gpkg", **keys)


# --- GraphML, as OSMnx writes it ------------------------------------------------------


def write_graphml(path, edges, *, crs=GRID.crs, directed=True, places=None):
    """Every attribute is text, as `osmnx.save_graphml` has it; nodes are numbers."""
    places = places or {1: at(A), 2: at(B), 3: at(C)}
    graph = (nx.MultiDiGraph if directed else nx.MultiGraph)()
    if crs is not None:
        graph.graph["crs"] = str(crs)
    for node, (x, y) in places.items():
        graph.add_node(node, x=str(x), y=str(y), street_count="2")
    for a, b, data in edges:
        graph.add_edge(a, b, **{key: str(value) for key, value in data.items()})
    nx.write_graphml(graph, path)


def from_graphml(folder, edges, keys=None, **how):
    write_graphml(folder / "roads.graphml", edges, **how)
    section = Graph(distance={"roads": "roads.graphml"} | (keys or {}))
    return build_graph(GRID, section, folder)


def test_a_directed_network_has_an_edge_for_each_direction(tmp_path):
    both = [(1, 2, {"oneway": False}), (2, 1, {"oneway": False}), (2, 3, {"oneway": True})]
    graph = from_graphml(tmp_path, both)
    assert table(graph) == pytest.approx({(A, B): 10, (B, A): 10, (B, C): 10, (A, C): 20})


def test_an_undirected_network_leads_both_ways(tmp_path):
    graph = from_graphml(tmp_path, [(1, 2, {}), (2, 3, {})], directed=False)
    assert len(table(graph)) == 6


def test_lengths_in_the_file_count_and_a_bent_edge_is_as_long_as_it_bends(tmp_path):
    bent = LineString([at(B), at(B, north=10000), at(C)]).wkt
    edges = [(1, 2, {"length": 12345.0}), (2, 3, {"geometry": bent})]
    found = table(from_graphml(tmp_path, edges))
    assert found[A, B] == pytest.approx(12.345)
    assert found[B, C] == pytest.approx(10 + np.hypot(10, 10))


def test_a_shorter_parallel_edge_counts(tmp_path):
    found = table(from_graphml(tmp_path, [(1, 2, {"length": 30000}), (1, 2, {"length": 11000})]))
    assert found[A, B] == pytest.approx(11)


def test_speeds_of_a_network_give_minutes(tmp_path):
    edges = [(1, 2, {"speed_kph": 100.0}), (2, 3, {})]
    keys = {"unit": "minutes", "km_per_hour": 50}
    assert table(from_graphml(tmp_path, edges, keys)) == pytest.approx(
        {(A, B): 6, (B, C): 12, (A, C): 18}
    )


def test_a_network_in_degrees_is_projected(tmp_path):
    degrees = gpd.GeoSeries([Point(place) for place in AT.values()], crs=GRID.crs).to_crs(4326)
    places = {number + 1: (point.x, point.y) for number, point in enumerate(degrees)}
    graph = from_graphml(tmp_path, [(1, 2, {})], crs="epsg:4326", places=places)
    assert table(graph)[A, B] == pytest.approx(10)


ENTITIES = (
    '<?xml version="1.0"?>\n<!-- <graphml> --><!DOCTYPE graphml [<!ENTITY a "aaaa">'
    '<!ENTITY b "&a;&a;&a;">]>\n<graphml><graph edgedefault="directed"/></graphml>'
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "no element found"),
        ("roads", "syntax error"),
        ("<gpx><trk/></gpx>", "gpx"),
        (ENTITIES, "a document type declaration"),
        ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>', "not successfully read"),
    ],
)
def test_what_is_no_graphml_is_refused_in_plain_words(tmp_path, text, found):
    (tmp_path / "roads.graphml").write_text(text)
    with pytest.raises(DataError) as caught:
        build_graph(GRID, Graph(distance={"roads": "roads.graphml"}), tmp_path)
    (error,) = caught.value.findings
    assert found in error.found
    assert "osmnx.save_graphml" in error.remedy


def test_a_network_without_places_or_without_crs_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"nodes without a place \(1\): 3"):
        from_graphml(tmp_path, [(1, 2, {})], places={1: at(A), 2: at(B), 3: ("", "")})
    with pytest.raises(DataError, match=r"name it as graph\.distance\.crs"):
        from_graphml(tmp_path, [(1, 2, {})], crs=None)
    graph = from_graphml(tmp_path, [(1, 2, {})], {"crs": GRID.crs}, crs=None)
    assert (A, B) in table(graph)
    with pytest.raises(DataError, match="a CRS known to PROJ"):
        from_graphml(tmp_path, [(1, 2, {})], crs="the moon")


# --- laws -----------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "cols"), [(1, 2), (3, 4), (5, 5)])
def test_roads_that_are_the_ties_give_the_distances_along_ties(tmp_path, rows, cols):
    land = grid_territory(rows, cols)
    along = build_graph(land)
    place = dict(zip(along.ids, along.places, strict=True))
    lines = [LineString([place[a], place[b]]) for a, b in along.ties[["a", "b"]].to_numpy()]
    gpd.GeoDataFrame(geometry=lines, crs=land.crs).to_file(tmp_path / "ties.gpkg")
    roads = build_graph(land, Graph(distance={"roads": "ties.gpkg"}), tmp_path)
    assert roads.distance == "roads"
    assert table(roads) == pytest.approx(table(along), rel=1e-12)


@settings(max_examples=25, deadline=None)
@given(
    edges=st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from(["no", "yes", "-1"])),
        min_size=1,
        max_size=20,
    ).filter(lambda edges: any(a != b for a, b, _ in edges)),
    farthest=st.sampled_from([15.0, 41.0, 200.0]),
)
def test_distances_are_those_of_dijkstra_on_the_whole_network(edges, farthest, tmp_path_factory):
    """Brute force on nine crossings, which are the seats: a dense matrix, no limit, no pieces."""
    folder = tmp_path_factory.mktemp("roads")
    land = grid_territory(3, 3)
    place = land.units[["seat_x", "seat_y"]].to_numpy()
    edges = [edge for edge in edges if edge[0] != edge[1]]
    lines = [LineString([place[a], place[b]]) for a, b, _ in edges]
    words = [word for _, _, word in edges]
    frame = gpd.GeoDataFrame({"oneway": words}, geometry=lines, crs=land.crs)
    frame.to_file(folder / "r.gpkg")
    dense = np.full((9, 9), np.inf)
    for a, b, word in edges:
        km = np.hypot(*(place[a] - place[b])) / 1000
        for start, end in {"no": [(a, b), (b, a)], "yes": [(a, b)], "-1": [(b, a)]}[word]:
            dense[start, end] = min(dense[start, end], km)
    seen = sorted({node for a, b, _ in edges for node in (a, b)})
    whole = csgraph.dijkstra(np.where(np.isinf(dense), 0, dense))
    section = Graph(distance={"roads": "r.gpkg", "farthest": farthest})
    found = table(build_graph(land, section, folder))
    for a in seen:
        for b in seen:
            if a != b:
                value = found.get((land.ids[a], land.ids[b]), np.inf)
                expected = whole[a, b] if whole[a, b] <= farthest else np.inf
                assert value == pytest.approx(expected)
