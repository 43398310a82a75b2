"""The 2,321 third-tier units of 2026, made up inside 197 of the 224 real districts.

No public polygons of them exist. Needs the shared data.
"""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from amalgamation.api import prepare, run
from amalgamation.findings import errors_in
from amalgamation.status import Status

HERE = Path(__file__).parent
KAZAKHSTAN = HERE.parents[2] / "shared" / "data" / "kazakhstan"

pytestmark = pytest.mark.skipif(
    not KAZAKHSTAN.is_dir(), reason="needs ../shared/data/kazakhstan, which a bare clone lacks"
)


def mended(ground):
    """One district crosses itself as published, two once they are projected."""
    return {one for f in ground.findings if f.check == "mended" for one in f.subjects}


@pytest.mark.slow
def test_all_units_of_2026_get_a_place_in_their_real_district():
    ground = prepare(HERE / "kazakhstan-units.yaml", allow_outside=True)
    territory = ground.territory
    assert len(territory.ids) == 2321
    assert territory.synthetic
    assert shapely.coverage_is_valid(territory.geometry.to_numpy())
    assert errors_in(ground.findings) == []
    assert ground.impossible == ()
    by_check = {finding.check: finding for finding in ground.findings}
    assert "614000000 - 614600000" in by_check["parents-overlap"].found
    assert mended(ground) == {"623800000", "101010000", "191000000"}
    assert len(by_check["parent-without-units"].subjects) == 30
    districts = gpd.read_file(KAZAKHSTAN / "kaz_admbnda_adm2_2024.shp").set_index("KATO")
    shape = districts.to_crs(territory.crs).geometry["113400000"]  # Arshaly, as published
    own = territory.units["district"] == "1134"
    drawn = shapely.union_all(territory.geometry[own].to_numpy())
    assert drawn.symmetric_difference(shape).area / shape.area < 1e-3


def test_the_districts_go_in_by_a_scenario_file_once_they_are_mended():
    ground = prepare(HERE / "kazakhstan-districts.yaml", allow_outside=True)
    assert len(ground.territory.ids) == 224
    assert ground.impossible == ()
    by_check = {finding.check: finding for finding in ground.findings}
    assert mended(ground) == {"623800000", "101010000", "191000000"}
    assert "614000000" in by_check["area-moved"].subjects
    assert {"101000000", "101010000"} <= set(by_check["enclave"].subjects)
    assert not shapely.is_empty(ground.territory.geometry.to_numpy()).any()


@pytest.mark.slow
def test_a_plan_of_one_oblast_is_solved_from_the_scenario_file_alone(tmp_path, capsys):
    """Ulytau, the smallest: at least 5,000 residents each, as the country's scenario has it."""
    asked = {
        "territory.where": {"oblast": ["62"]},
        "rules.municipalities": {"min": None, "max": None},
        "solve.minutes": 0.3,
        "solve.processes": 1,
        "write": ["csv", "png"],
    }
    result = run(HERE / "kazakhstan-units.yaml", overrides=asked, allow_outside=True)
    certificate, units = result.certificate, result.territory.ids
    assert certificate.status in (Status.OPTIMAL, Status.WITHIN_GAP, Status.FEASIBLE)
    assert 0 < certificate.bound <= certificate.cost
    assert sorted(result.plan.municipality_of) == list(units)
    people = result.territory.values("population")
    assert people.groupby(result.plan.municipality_of).sum().min() >= 5000
    result.write(tmp_path / "run")
    assert (tmp_path / "run" / "map.png").stat().st_size > 10_000
    assert "Synthetic" in (tmp_path / "run" / "run.json").read_text(encoding="utf-8")
    with capsys.disabled():
        print(f"\nUlytau, {len(units)} units: {certificate.sentence()}")  # noqa: T201 - to be seen
