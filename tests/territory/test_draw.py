"""Units without polygons: drawn around settlements, or made up, inside real borders."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, box

from amalgamation.errors import DataError
from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory import read_territory
from amalgamation.territory.apportion import place_evenly, share_evenly
from amalgamation.territory.cells import build_cells

# Two rayons side by side, in metres: A from x = 0 to 60 km, B from 60 to 120 km.
RAYONS = {"A": box(0, 0, 60_000, 60_000), "B": box(60_000, 0, 120_000, 60_000)}
UTM = 32642
HEADER = "place,okrug,rayon,people,lon,lat\n"
# place, unit, rayon, residents, x, y
VILLAGES = [
    ("Ash", "A1", "A", 500, 15_000, 30_000),
    ("Birch", "A1", "A", 900, 15_000, 50_000),
    ("Cedar", "A2", "A", 300, 45_000, 30_000),
    ("Dill", "B1", "B", 700, 90_000, 30_000),
]


def write_rayons(folder, rayons=RAYONS, **columns):
    frame = gpd.GeoDataFrame({"kod": list(rayons), **columns}, geometry=list(rayons.values()))
    frame.set_crs(UTM).to_file(folder / "rayons.gpkg")


def write_villages(folder, rows=VILLAGES):
    places = gpd.GeoSeries([Point(300_000 + row[4], 5_500_000 + row[5]) for row in rows], crs=UTM)
    degrees = places.to_crs(4326)
    lines = [
        f"{name},{unit},{rayon},{people},{point.x:.7f},{point.y:.7f}\n"
        for (name, unit, rayon, people, *_), point in zip(rows, degrees, strict=True)
    ]
    (folder / "villages.csv").write_text(HEADER + "".join(lines), encoding="utf-8")


def moved(rayons):
    return {code: shapely.affinity.translate(shape, 300_000, 5_500_000)
            for code, shape in rayons.items()}  # fmt: skip


def read_settled(folder, rows=VILLAGES, rayons=RAYONS, within=(), **keys):
    write_rayons(folder, moved(rayons))
    write_villages(folder, rows)
    settlements = {"file": "villages.csv", "unit": "okrug", "population": "people", "name": "place"}
    parents = {"file": "rayons.gpkg", "tier": "rayon", "id": "kod", **dict(within)}
    section = {
        "parents": {"rayon": "rayon"},
        "draw": {"within": parents, "settlements": settlements},
    }
    return read_territory(TerritorySection.model_validate(section | keys), folder)


def read_made_up(folder, units, within=(), apportion=(), rayons=RAYONS, **keys):
    if not (folder / "rayons.gpkg").exists():
        write_rayons(folder, moved(rayons))
    (folder / "units.csv").write_text(units, encoding="utf-8")
    parents = {"file": "rayons.gpkg", "tier": "rayon", "id": "kod", **dict(within)}
    section = {
        "units": "units.csv",
        "parents": {"rayon": "rayon"},
        "draw": {"within": parents, "apportion": dict(apportion)},
    }
    return read_territory(TerritorySection.model_validate(section | keys), folder)


def told(territory, check):
    return [finding for finding in territory.findings if finding.check == check]


def refused(function, *args, **keys):
    with pytest.raises(DataError) as caught:
        function(*args, **keys)
    return "\n".join(finding.sentence() for finding in caught.value.findings)


LIST = "code,name,rayon\n" + "".join(f"A{n},Unit {n},A\n" for n in range(6)) + "B0,Alone,B\n"


def test_a_unit_is_where_its_settlements_are_and_has_their_residents(tmp_path):
    """By hand: A1 and A2 meet half way, at x = 30 km; B1 alone has all of its rayon."""
    territory = read_settled(tmp_path)
    assert territory.ids == ("A1", "A2", "B1")
    assert territory.values("population").to_dict() == {"A1": 1400, "A2": 300, "B1": 700}
    # the third of A's north that is nearer to Birch than to Cedar lies beyond x = 30 km
    assert territory.geometry.area["B1"] / 1e6 == pytest.approx(3600, rel=2e-3)
    assert territory.geometry.area[["A1", "A2"]].sum() / 1e6 == pytest.approx(3600, rel=2e-3)
    assert not territory.synthetic
    assert shapely.coverage_is_valid(territory.geometry.to_numpy())


def test_the_seat_is_the_largest_settlement_and_names_the_unit(tmp_path):
    territory = read_settled(tmp_path)
    assert territory.units["name"].to_dict() == {"A1": "Birch", "A2": "Cedar", "B1": "Dill"}
    seat = Point(territory.units.loc["A1", ["seat_x", "seat_y"]])
    south, north = (territory.geometry["A1"].bounds[side] for side in (1, 3))
    assert (seat.y - south) / (north - south) == pytest.approx(50 / 60, abs=0.01)


def test_a_unit_in_pieces_is_named(tmp_path):
    """A village of A1 that lies behind A2: mostly a wrong code."""
    rows = [*VILLAGES, ("Elm", "A1", "A", 10, 58_000, 30_000)]
    (finding,) = told(read_settled(tmp_path, rows), "unit-in-pieces")
    assert finding.subjects == ("A1",)
    assert "A1 (2 pieces)" in finding.found


def test_a_listed_unit_without_a_settlement_is_refused_or_left_out_by_name(tmp_path):
    (tmp_path / "units.csv").write_text(
        "code,name,rayon\nA1,Ash,A\nA2,Cedar,A\nA3,Fir,A\nB1,Dill,B\n", encoding="utf-8"
    )
    assert "1 unit without a settlement: A3" in refused(read_settled, tmp_path, units="units.csv")
    territory = read_settled(tmp_path, units="units.csv", unmatched="drop")
    assert territory.ids == ("A1", "A2", "B1")
    assert told(territory, "unit-without-settlement")[0].subjects == ("A3",)


def test_a_settlement_outside_its_parent_is_named_with_its_distance(tmp_path):
    rows = [*VILLAGES, ("Fern", "A2", "A", 40, 70_000, 30_000)]
    territory = read_settled(tmp_path, rows)
    (finding,) = told(territory, "settlement-outside")
    assert "Fern of A2, 10.0 km outside A" in finding.found
    assert territory.values("population")["A2"] == 340


def test_settlements_of_two_units_in_one_place_are_refused(tmp_path):
    rows = [*VILLAGES, ("Gorse", "A2", "A", 40, 15_000, 30_000)]
    assert "in one place: A1, A2" in refused(read_settled, tmp_path, rows)


def test_settlements_without_unit_number_or_place_are_refused_together(tmp_path):
    write_rayons(tmp_path, moved(RAYONS))
    rows = "Ash,,A,1,70,50\nBirch,A1,A,many,70,50\nCedar,A2,A,3,700,50\n"
    (tmp_path / "villages.csv").write_text(HEADER + rows, encoding="utf-8")
    settlements = {"file": "villages.csv", "unit": "okrug", "population": "people", "name": "place"}
    within = {"file": "rayons.gpkg", "tier": "rayon", "id": "kod"}
    section = TerritorySection.model_validate(
        {"parents": {"rayon": "rayon"}, "draw": {"within": within, "settlements": settlements}}
    )
    text = refused(read_territory, section, tmp_path)
    assert "no unit in 1 settlement: Ash" in text
    assert "no number of residents in 1 settlement: Birch" in text
    assert "no point in 1 settlement: Cedar" in text


def test_made_up_units_fill_real_borders_and_say_that_they_are_made_up(tmp_path):
    territory = read_made_up(tmp_path, LIST, apportion={"population": 100})
    assert len(territory.ids) == 7
    assert territory.synthetic
    assert "made-up borders" in territory.notice
    shapes = territory.geometry
    assert shapely.coverage_is_valid(shapes.to_numpy())
    rayon_a = shapes[[unit for unit in territory.ids if unit.startswith("A")]]
    assert rayon_a.area.sum() / shapes["B0"].area == pytest.approx(1, rel=2e-3)
    assert rayon_a.area.max() / rayon_a.area.min() < 1.6
    assert territory.values("population").sum() == 100
    assert set(territory.units["population_origin"]) == {"apportioned"}


def test_the_seed_decides_what_is_made_up(tmp_path):
    first, same, other = (
        read_made_up(tmp_path, LIST, apportion={"seed": seed}).geometry for seed in (1, 1, 2)
    )
    assert shapely.equals_exact(first.to_numpy(), same.to_numpy()).all()
    assert not shapely.equals_exact(first.to_numpy(), other.to_numpy()).all()


def test_residents_of_the_parent_are_shared_and_those_of_the_list_are_kept(tmp_path):
    write_rayons(tmp_path, moved(RAYONS), people=[600, 50])
    shared = read_made_up(tmp_path, LIST, within={"population": "people"})
    assert shared.values("population").to_dict() == {f"A{n}": 100 for n in range(6)} | {"B0": 50}
    own = LIST.replace("rayon\n", "rayon,population\n", 1).replace(",A\n", ",A,7\n")
    given = read_made_up(tmp_path, own.replace(",B\n", ",B,9\n"))
    assert given.values("population")["B0"] == 9


def test_parents_and_units_that_do_not_know_each_other_are_named(tmp_path):
    odd = LIST + "C0,Lost,C\n"
    text = refused(read_made_up, tmp_path, odd)
    assert "1 unit of parents without a polygon: C" in text
    assert "territory.draw.within.codes" in text
    renamed = read_made_up(tmp_path, odd, within={"codes": {"C": "B"}})
    assert {"B0", "C0"} <= set(renamed.ids)
    only_b = read_made_up(tmp_path, "code,name,rayon\nB0,Alone,B\nB1,Beside,B\n")
    assert told(only_b, "parent-without-units")[0].subjects == ("A",)


def test_polygons_are_found_by_the_first_characters_of_their_code(tmp_path):
    long = {"1100": RAYONS["A"], "1200": RAYONS["B"]}
    units = "code,name,rayon\nx,X,11\ny,Y,12\n"
    write_rayons(tmp_path, moved(long))
    assert read_made_up(tmp_path, units, within={"prefix": 2}).ids == ("x", "y")
    assert "several polygons whose code begins with 1: 1100, 1200" in refused(
        read_made_up, tmp_path, "code,name,rayon\nx,X,1\n", within={"prefix": 1}
    )


def test_a_town_that_its_rayon_was_not_cut_out_of_keeps_its_place(tmp_path):
    town = {"A": RAYONS["A"], "T": box(20_000, 20_000, 40_000, 40_000)}
    territory = read_made_up(tmp_path, "code,name,rayon\na,A,A\nt,T,T\n", rayons=town)
    (finding,) = told(territory, "parents-overlap")
    assert "A - T (400" in finding.found.replace("399.", "400.")
    assert territory.geometry.area["t"] / 1e6 == pytest.approx(400, rel=2e-3)
    assert shapely.coverage_is_valid(territory.geometry.to_numpy())


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 12), st.integers(0, 10_000), st.floats(0.05, 1.0))
def test_cells_divide_their_parents_without_gap_or_overlap(count, seed, width):
    """Whatever the shape: a bent parent, and a neighbour whose cells end at its border."""
    bent = shapely.Polygon(
        [(0, 0), (9000, 0), (9000, 9000 * width), (5000, 500 * width), (0, 9000 * width)]
    )
    parents = gpd.GeoSeries([bent, box(9000, 0, 18_000, 9000)], index=["a", "b"])
    places = [place_evenly(parents[code], count, code, seed=seed, rounds=5) for code in "ab"]
    points = gpd.GeoDataFrame(
        {
            "unit": [f"{code}{n:02d}" for code in "ab" for n in range(count)],
            "parent": np.repeat(["a", "b"], count),
        },
        geometry=shapely.points(np.concatenate(places)),
    )
    cells = build_cells(parents, points)
    assert list(cells.index) == sorted(points["unit"])
    assert shapely.coverage_is_valid(cells.to_numpy())
    assert cells.area.sum() == pytest.approx(parents.area.sum(), rel=1e-4)
    assert (shapely.get_num_geometries(cells.to_numpy()) == 1).all()


@given(st.integers(0, 10**9), st.integers(1, 500))
def test_shares_are_whole_even_and_add_up(total, count):
    shares = share_evenly(total, count)
    assert shares.sum() == total
    assert shares.max() - shares.min() <= 1
    assert (shares % 1 == 0).all()
