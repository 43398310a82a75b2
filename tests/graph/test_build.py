"""Building the graph: declared links and cuts, islands, files of ties and distances."""

import geopandas as gpd
import networkx as nx
import pytest
from shapely import box

from amalgamation.errors import DataError
from amalgamation.findings import Severity
from amalgamation.graph import build_graph, distances_between
from amalgamation.scenario.schema import Graph
from amalgamation.territory import GRID_CRS, Territory, grid_territory, grid_ties


def declared(**keys):
    return Graph.model_validate(keys)


def tie(a, b, reason="a ferry", **more):
    return {"units": [a, b], "reason": reason, **more}


def archipelago():
    """Two tied units, and an island 4 km off."""
    cells = [box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000), box(6000, 0, 7000, 1000)]
    units = gpd.GeoDataFrame(
        {"name": ["A", "B", "Isle"], "seat_x": [500.0, 1500, 6500], "seat_y": [500.0] * 3},
        index=["a", "b", "c"],
        geometry=cells,
        crs=GRID_CRS,
    )
    return Territory("archipelago", units, (), {}, GRID_CRS)


def test_graph_is_a_networkx_graph_with_length_and_border():
    graph = build_graph(grid_territory(2, 2))
    assert isinstance(graph.graph, nx.Graph)
    first = graph.ties.iloc[0]
    assert (first["a"], first["b"], first["kind"]) == ("r00c00", "r00c01", "border")
    assert (first["km"], first["border_km"]) == (10.0, 10.0)
    assert graph.graph.nodes["r00c00"]["name"] == "Unit 0-0"


def test_repr_shows_units_ties_components_and_islands():
    graph = build_graph(archipelago())
    assert "3 units, 1 tie, 2 components, 1 island," in repr(graph)


def test_link_ties_with_its_reason_and_length():
    graph = build_graph(grid_territory(1, 3), declared(links=[tie("r00c02", "r00c00", km=3.5)]))
    link = graph.graph.edges["r00c00", "r00c02"]
    assert link == {"km": 3.5, "border_km": 0.0, "kind": "link", "reason": "a ferry"}


def test_link_without_km_is_as_long_as_the_crow_flies():
    graph = build_graph(grid_territory(1, 3), declared(links=[tie("r00c00", "r00c02")]))
    assert graph.graph.edges["r00c00", "r00c02"]["km"] == pytest.approx(20.0)


def test_cut_takes_the_tie_away():
    graph = build_graph(grid_territory(1, 3), declared(cuts=[tie("r00c01", "r00c00")]))
    assert not graph.graph.has_edge("r00c00", "r00c01")
    assert len(graph.components) == 2


def test_all_that_is_wrong_with_links_and_cuts_is_told_at_once():
    section = declared(
        links=[
            tie("r00c00", "r00c09"), tie("r00c01", "r00c01"),
            tie("r00c00", "r00c02"), tie("r00c02", "r00c00"),
        ],
        cuts=[tie("r00c00", "r00c02"), tie("r00c00", "r00c03")],
    )  # fmt: skip
    with pytest.raises(DataError) as caught:
        build_graph(grid_territory(1, 4), section)
    checks = {finding.check for finding in caught.value.findings}
    assert checks == {
        "unknown-unit",
        "self-link",
        "declared-twice",
        "linked-and-cut",
        "cut-of-no-tie",
    }
    assert "did you mean r00c0" in str(caught.value)
    assert "neighbours of r00c00 (Unit 0-0): r00c01 (Unit 0-1)" in str(caught.value)


def test_far_link_is_told():
    graph = build_graph(grid_territory(1, 3, 300.0), declared(links=[tie("r00c00", "r00c02")]))
    (finding,) = graph.findings
    assert (finding.check, finding.severity) == ("far-link", Severity.WARNING)
    assert "600 km" in finding.sentence()


def test_link_of_units_that_share_a_border_is_told_and_the_border_stays():
    graph = build_graph(grid_territory(1, 2), declared(links=[tie("r00c00", "r00c01", km=2.0)]))
    assert graph.graph.edges["r00c00", "r00c01"]["border_km"] == 10.0
    assert graph.graph.edges["r00c00", "r00c01"]["km"] == 2.0
    assert [finding.check for finding in graph.findings] == ["link-of-tied"]


def test_island_alone_is_told_with_its_nearest_unit_and_distance():
    graph = build_graph(archipelago())
    (finding,) = [one for one in graph.findings if one.check == "island"]
    assert finding.severity is Severity.WARNING
    assert "unit c (Isle)" in finding.sentence()
    assert "b (B) at 4.000 km" in finding.sentence()


def test_island_is_refused_where_the_policy_says_so():
    with pytest.raises(DataError, match=r"unit c \(Isle\).*no tie.*b \(B\) at 4.000 km"):
        build_graph(archipelago(), declared(islands="error"))


def test_island_is_tied_to_the_nearest_where_the_policy_says_so():
    graph = build_graph(archipelago(), declared(islands="nearest"))
    assert graph.graph.edges["b", "c"] == {
        "km": 5.0, "border_km": 0.0, "kind": "link", "reason": "island: tied to the nearest unit",
    }  # fmt: skip
    assert graph.islands == ()


def test_near_miss_is_told_by_name():
    territory = archipelago()
    shapes = territory.units.geometry.copy()
    shapes["b"] = box(1004, 0, 2000, 1000)
    moved = Territory("gap", territory.units.set_geometry(shapes), (), {}, GRID_CRS)
    found = [one for one in build_graph(moved).findings if one.check == "near-miss"]
    assert "a (A) - b (B)" in found[0].sentence()


def test_table_of_units_with_a_file_of_ties_is_a_graph(tmp_path):
    territory = grid_territory(3, 3, with_geometry=False)
    grid_ties(3, 3).to_csv(tmp_path / "ties.csv", index=False)
    graph = build_graph(territory, declared(ties={"file": "ties.csv"}), tmp_path)
    drawn = build_graph(grid_territory(3, 3))
    assert graph.ties.equals(drawn.ties)
    assert [source.role for source in graph.sources] == ["ties"]


def test_ties_without_lengths_are_one_km_each(tmp_path):
    (tmp_path / "ties.csv").write_text("from,to\nr00c01,r00c00\n")
    territory = grid_territory(1, 2, with_geometry=False)
    graph = build_graph(territory, declared(ties={"file": "ties.csv"}), tmp_path)
    assert graph.ties[["km", "border_km"]].to_numpy().tolist() == [[1.0, 1.0]]


def test_all_that_is_wrong_with_a_file_of_ties_is_told_at_once(tmp_path):
    (tmp_path / "ties.csv").write_text(
        "from,to,km,border_km\nr00c00,r00c01,1,1\nr00c01,r00c00,1,1\nr00c02,r00c02,1,1\n"
        "r00c00,r00c77,1,1\nr00c01,r00c02,0,-1\n"
    )
    with pytest.raises(DataError) as caught:
        build_graph(
            grid_territory(1, 3, with_geometry=False), declared(ties={"file": "ties.csv"}), tmp_path
        )
    checks = [finding.check for finding in caught.value.findings]
    assert checks == ["unknown-unit", "self-tie", "tie-twice", "bad-distance", "bad-distance"]
    assert "r00c01 - r00c02" in str(caught.value)


def test_table_without_ties_is_refused_with_a_remedy():
    with pytest.raises(DataError, match="a CSV with the columns from,to"):
        build_graph(grid_territory(1, 2, with_geometry=False))


def test_straight_distances_need_places(tmp_path):
    grid_ties(1, 2).to_csv(tmp_path / "ties.csv", index=False)
    section = declared(ties={"file": "ties.csv"}, distance="straight")
    with pytest.raises(DataError, match="seat_lon"):
        build_graph(grid_territory(1, 2, with_geometry=False), section, tmp_path)


def test_matrix_of_minutes_is_read_with_zeros_and_gaps(tmp_path):
    (tmp_path / "od.csv").write_text("from,to,minutes\nr00c00,r00c01,0\nr00c01,r00c02,12.5\n")
    section = declared(distance={"matrix": "od.csv", "unit": "minutes"})
    graph = build_graph(grid_territory(1, 3), section, tmp_path)
    found = distances_between(graph, graph.ids).to_frame().to_numpy().tolist()
    assert ["r00c00", "r00c01", 0.0] in found
    assert ["r00c01", "r00c02", 12.5] in found
    assert len(found) == 5
    assert "4 of 6 pairs" in graph.findings[-1].sentence()


def test_all_that_is_wrong_with_a_matrix_is_told_at_once(tmp_path):
    (tmp_path / "od.csv").write_text("from,to,km\nr00c00,x,1\nr00c00,r00c01,-1\nr00c00,r00c01,\n")
    with pytest.raises(DataError) as caught:
        build_graph(grid_territory(1, 2), declared(distance={"matrix": "od.csv"}), tmp_path)
    checks = [finding.check for finding in caught.value.findings]
    assert checks == ["unknown-unit", "pair-twice", "bad-distance"]


def test_matrix_without_its_column_names_the_nearest(tmp_path):
    (tmp_path / "od.csv").write_text("from,to,minute\nr00c00,r00c01,1\n")
    section = declared(distance={"matrix": "od.csv", "unit": "minutes"})
    with pytest.raises(DataError, match="did you mean minute"):
        build_graph(grid_territory(1, 2), section, tmp_path)


def test_one_unit_is_a_graph_without_findings():
    graph = build_graph(grid_territory(1, 1))
    assert graph.ids == ("r00c00",)
    assert graph.findings == ()


def test_an_island_is_told_with_its_nearest_candidates_and_their_distances():
    """Whoever declares a link must choose: the very nearest may be the wrong shore."""
    territory = grid_territory(1, 4).only(["r00c00", "r00c02", "r00c03"])
    (finding,) = [one for one in build_graph(territory).findings if one.check == "island"]
    assert finding.subjects == ("r00c00",)
    near, far = (territory.labels[unit] for unit in ("r00c02", "r00c03"))
    assert f"the nearest is {near} at 10.000 km, then {far} at 20.000 km" in finding.found
