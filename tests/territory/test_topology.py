"""Polygons that do not fit each other: found, sized, drawn, and mended only when asked."""

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from amalgamation.errors import DataError
from amalgamation.findings import Severity
from amalgamation.scenario.schema import Repair, TerritorySection
from amalgamation.territory import find_flaws, read_territory
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.repair import repair_coverage

KM = 1000.0
X, Y = 500_000, 5_500_000  # UTM 42N, on its meridian


def series(**shapes):
    return gpd.GeoSeries(list(shapes.values()), index=list(shapes))


def flaws(**shapes):
    return [(one.check, one.units) for one in find_flaws(series(**shapes), {k: k for k in shapes})]


def write(folder, **shapes):
    placed = [shapely.affinity.translate(one, X, Y) for one in shapes.values()]
    frame = gpd.GeoDataFrame({"code": list(shapes)}, geometry=placed, crs=32642)
    frame.to_file(folder / "units.gpkg")


def read(folder, **keys):
    return read_territory(TerritorySection.model_validate({"units": "units.gpkg"} | keys), folder)


def refused(folder, **keys):
    with pytest.raises(DataError) as caught:
        read(folder, **keys)
    return caught.value.findings


LEFT, RIGHT = box(0, 0, KM, KM), box(KM, 0, 2 * KM, KM)


def test_polygons_that_fit_have_no_flaw_not_even_at_a_t_junction():
    above = box(0, KM, 2 * KM, 2 * KM)  # its long edge has no vertex where the two below meet
    assert flaws(a=LEFT, b=RIGHT, c=above) == []


def test_an_overlap_is_an_error_with_pair_area_and_width():
    (flaw,) = find_flaws(series(a=LEFT, b=box(900, 0, 2 * KM, KM)), {"a": "a (Ash)", "b": "b"})
    assert flaw.finding().severity is Severity.ERROR
    assert flaw.named == "a (Ash) - b (10 % of the smaller: 0.1 km2, 90.9 m wide)"
    assert flaw.geometry.equals(box(900, 0, KM, KM))


def test_an_overlap_is_a_warning_up_to_the_share_of_the_smaller_that_is_allowed():
    """5 m of 1,000 m are 0.5 %; two bites of 0.5 % each are 1 % of the same pair."""
    assert flaws(a=LEFT, b=box(995, 0, 2 * KM, KM)) == [("overlap-small", ("a", "b"))]
    comb = shapely.union_all([RIGHT, box(900, 0, KM, 60), box(900, 500, KM, 560)])
    (flaw,) = find_flaws(series(a=LEFT, b=comb), {"a": "a", "b": "b"})
    assert flaw.check == "overlap"
    assert flaw.named.startswith("a - b (1.2 % of the smaller: ")
    (flaw,) = find_flaws(series(a=LEFT, b=comb), {"a": "a", "b": "b"}, 1.5)
    assert flaw.finding().severity is Severity.WARNING


def test_one_polygon_of_two_units_is_a_double_however_it_is_drawn():
    assert flaws(a=LEFT, b=LEFT.reverse()) == [("geometry-twice", ("a", "b"))]


def test_a_double_is_told_once(tmp_path):
    write(tmp_path, a=LEFT, b=LEFT, c=RIGHT)
    assert [finding.check for finding in refused(tmp_path)] == ["geometry-twice"]


def test_rounding_is_no_overlap():
    assert flaws(a=LEFT, b=box(KM - 1e-4, 0, 2 * KM, KM)) == []


def test_a_unit_in_another_without_a_hole_is_covered_and_with_one_an_enclave():
    """Two tiers in one layer look like the first; a town in its rayon like the second."""
    town = box(400, 400, 600, 600)
    assert flaws(a=LEFT, b=town) == [("covered", ("a", "b"))]
    assert flaws(a=LEFT.difference(town), b=town) == [("enclave", ("a", "b"))]


def test_gaps_are_slivers_or_holes_and_name_the_units_around():
    frame = box(0, 0, 3 * KM, 3 * KM)
    for hole, check in ((box(1000, 1000, 2000, 1010), "gap-sliver"), (LEFT, "gap")):
        inside = shapely.affinity.translate(hole, KM, KM) if hole is LEFT else hole
        ring = frame.difference(inside)
        west = ring.intersection(box(0, 0, 1.5 * KM, 3 * KM))
        east = ring.intersection(box(1.5 * KM, 0, 3 * KM, 3 * KM))
        assert flaws(e=east, w=west) == [(check, ("e", "w"))]


def test_an_island_in_a_lake_is_land():
    lake, island = box(500, 500, 2500, 2500), box(1000, 1000, 2000, 2000)
    shore = box(0, 0, 3 * KM, 3 * KM).difference(lake)
    found = find_flaws(series(a=shore, i=island), {"a": "a", "i": "i"})
    assert {flaw.check for flaw in found} == {"gap", "enclave"}
    (gap,) = [flaw for flaw in found if flaw.check == "gap"]
    assert gap.area_km2 == pytest.approx(3.0)


def test_parts_are_counted_and_the_lesser_ones_drawn():
    (flaw,) = find_flaws(series(a=MultiPolygon([LEFT, box(5000, 0, 5100, 100)])), {"a": "a"})
    assert (flaw.check, flaw.named) == ("multipart", "a (2 parts; 0.01 km2 beside the largest)")
    assert flaw.geometry.area == pytest.approx(10_000)


def test_data_that_overlap_are_refused_and_mended_when_asked(tmp_path):
    write(tmp_path, a=LEFT, b=box(900, 0, 2 * KM, KM))
    (finding,) = refused(tmp_path)
    assert finding.check == "overlap"
    assert "territory.repair.overlaps" in finding.remedy
    territory = read(tmp_path, repair={"overlaps": "first", "max_moved_percent": 15})
    assert shapely.coverage_is_valid(territory.geometry.to_numpy())
    (moved,) = [one for one in territory.findings if one.check == "area-moved"]
    assert moved.subjects == ("b",)
    assert "b 0.1" in moved.found


def test_a_repair_that_moves_too_much_is_refused_by_unit_and_share(tmp_path):
    write(tmp_path, a=LEFT, b=box(900, 0, 2 * KM, KM))
    (finding,) = refused(tmp_path, repair={"overlaps": "first"})
    assert (finding.check, finding.subjects) == ("moved-too-much", ("b",))
    assert "9.09 % of the unit" in finding.found
    assert "at most 1 %" in finding.expected


def test_snapping_closes_narrow_gaps_but_settles_no_overlap_unasked(tmp_path):
    write(tmp_path, a=LEFT, b=box(1003, 0, 2 * KM, KM), c=box(0, KM, 2 * KM, 2 * KM))
    territory = read(tmp_path, repair={"snap_m": 5})
    assert shapely.coverage_is_valid(territory.geometry.to_numpy())
    shared = territory.geometry["a"].intersection(territory.geometry["b"])
    assert shared.length == pytest.approx(1000, rel=0.01)
    write(tmp_path, a=LEFT, b=box(900, 0, 2 * KM, KM), c=box(0, KM, 2 * KM, 2 * KM))
    assert {one.check for one in refused(tmp_path, repair={"snap_m": 5})} == {"overlap"}


def test_a_bowtie_is_mended_only_when_asked_and_only_below_the_limit(tmp_path):
    """Its area is 0 before and half a square after: all of it moves."""
    bowtie = Polygon([(0, 0), (KM, KM), (KM, 0), (0, KM)])
    write(tmp_path, a=bowtie, b=RIGHT)
    assert refused(tmp_path)[0].check == "geometry-invalid"
    assert "moved-too-much" in {one.check for one in refused(tmp_path, repair={"make_valid": True})}
    allowed = read(tmp_path, repair={"make_valid": True, "max_moved_percent": 100})
    assert allowed.geometry.is_valid.all()
    assert "mended" in {one.check for one in allowed.findings}


@settings(max_examples=30, deadline=None)
@given(st.floats(-300, 300), st.floats(-300, 300))
def test_a_repair_leaves_neither_overlap_nor_unexplained_area(right, up):
    shapes = series(a=LEFT, b=shapely.affinity.translate(RIGHT, min(right, 0), up))
    ledger = Ledger()
    labels = {"a": "a", "b": "b"}
    repair = Repair(overlaps="largest", max_moved_percent=100)
    fitted = repair_coverage(shapes, labels, repair, ledger)
    assert not [one for one in find_flaws(fitted, labels) if one.check.startswith("overlap")]
    assert fitted.area.sum() == pytest.approx(shapely.union_all(shapes.to_numpy()).area, rel=1e-3)
