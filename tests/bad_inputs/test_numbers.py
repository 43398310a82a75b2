"""Numbers, cases 26 to 35: what cannot be summed is refused, what is odd is told."""

from __future__ import annotations

import numpy as np
import pytest

from bad_input_files import answer, ask, only, read, refused, told, write_units

TABLE = {"path": "table.csv", "id": "id"}


def residents(folder, population, **keys):
    write_units(folder, population=population)
    return ask(folder, {"units": "units.gpkg"} | keys)


def written(folder, cells, **keys):
    write_units(folder)
    lines = "".join(
        f"{code};{cell}\n" for code, cell in zip(("01", "02", "10"), cells, strict=True)
    )
    (folder / "table.csv").write_text("id;population\n" + lines, encoding="utf-8")
    return ask(folder, {"units": "units.gpkg", "tables": [TABLE]} | keys)


def test_26_an_unknown_number_of_residents_is_refused_by_unit(tmp_path):
    finding = only(residents(tmp_path, [1.0, np.nan, 3.0]))
    assert finding["where"] == "attribute population"
    assert finding["found"] == "no number in 1 unit: 02 (Birch)"
    assert finding["expected"] == "a number for each unit"


def test_27_fewer_than_no_residents_are_refused(tmp_path):
    assert (
        only(residents(tmp_path, [1, -2, 3]))["found"] == "negative numbers in 1 unit: 02 (Birch)"
    )


def test_28_a_unit_without_residents_is_told(tmp_path):
    finding = told(residents(tmp_path, [0, 1, 2]), "no-residents")
    assert finding["found"] == "zero residents in 1 unit: 01 (Ash)"


def test_28_a_territory_without_residents_is_refused(tmp_path):
    finding = only(residents(tmp_path, [0, 0, 0]))
    assert finding["found"] == "zero residents in every unit"
    assert finding["remedy"] == "name the right column as territory.attributes.population"


@pytest.mark.parametrize("endless", [np.inf, 1e308, -np.inf])
def test_29_numbers_beyond_all_measure_are_refused(tmp_path, endless):
    found = [finding["found"] for finding in refused(residents(tmp_path, [1.0, endless, 3.0]))]
    assert "numbers beyond 1e15 in 1 unit: 02 (Birch)" in found


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "1e308"])
def test_29_they_are_refused_as_text_too(tmp_path, cell):
    found = [finding["found"] for finding in refused(written(tmp_path, [1, cell, 3]))]
    assert "numbers beyond 1e15 in 1 unit: 02 (Birch)" in found


def test_30_fractions_of_residents_are_told(tmp_path):
    finding = told(residents(tmp_path, [1.5, 2.0, 3.0]), "fractional")
    assert finding["found"] == "fractions of residents in 1 unit: 01 (Ash)"


@pytest.mark.parametrize("cell", ["н/д", "-", "...", "x"])
def test_31_words_for_an_unknown_number_are_refused_unless_declared(tmp_path, cell):
    finding = only(written(tmp_path, [1, cell, 3]))
    assert finding["found"] == f"cells that are no numbers (1): {cell!r} in 02 (Birch)"
    assert "na_values" in finding["remedy"]
    finding = only(written(tmp_path, [1, cell, 3], na_values=["н/д", "-", "...", "x"]))
    assert finding["found"] == "no number in 1 unit: 02 (Birch)"


def test_32_areas_in_hectares_are_told_with_the_ratio(tmp_path):
    write_units(tmp_path, area_km2=[7900.0, 7900.0, 15800.0])
    finding = told(ask(tmp_path), "area-unit")
    assert "times the" in finding["found"]
    assert finding["remedy"] == "the column may be in another unit; without it, areas are computed"


def test_32_residents_in_thousands_are_told(tmp_path):
    finding = told(residents(tmp_path, [1.25, 2.5, 3.75]), "population-unit")
    assert finding["found"] == "7.5 residents in all, fractions in most units: thousands?"


def test_32_residents_in_thousands_are_known_by_the_published_sum(tmp_path):
    totals = {"population": {"sum": 7500}}
    finding = only(residents(tmp_path, [1.25, 2.5, 3.75], totals=totals))
    assert finding["remedy"] == ("the column seems to be in another unit (1,000 to 1): convert it")


@pytest.mark.parametrize(("published", "off"), [(6030, "0.498"), (5970, "0.503")])
def test_33_a_sum_that_is_a_little_off_is_told_and_one_that_is_far_off_refused(
    tmp_path, published, off
):
    scenario = residents(tmp_path, [1000, 2000, 3000], totals={"population": {"sum": published}})
    finding = told(scenario, "total") if float(off) < 0.5 else only(scenario)
    assert finding["where"] == "territory.totals.population"
    assert finding["found"] == f"6,000 in all units, {off} % off"
    assert finding["expected"] == f"{published:,}, within 0.5 %"


def test_33_a_sum_that_agrees_is_not_mentioned(tmp_path):
    totals = {"population": {"sum": 6, "tolerance_percent": 0}}
    scenario = residents(tmp_path, [1, 2, 3], totals=totals)
    assert "total" not in {finding.check for finding in read(scenario).findings}


def test_33_a_published_sum_of_no_attribute_is_refused_with_the_nearest(tmp_path):
    finding = only(residents(tmp_path, [1, 2, 3], totals={"populaton": {"sum": 6}}))
    assert finding["where"] == "territory.totals.populaton"
    assert finding["remedy"] == "did you mean population?"


def weighed(folder, **aims):
    write_units(folder, population=[1, 2, 3])
    return ask(folder, aims=aims)


def test_34_a_weight_that_is_lost_beside_another_is_told_with_both_aims(tmp_path):
    finding = told(weighed(tmp_path, access=1, ties_cut=1e-10), "weights")
    assert finding["where"] == "aims"
    assert finding["found"] == "weights from 1e-10 (ties_cut) to 1 (access)"
    assert finding["expected"] == "weights within a factor of 1e9"
    assert finding["remedy"].startswith("the smaller aim decides nothing")


@pytest.mark.parametrize("aims", [{"access": 1, "ties_cut": 1e-8}, {"access": 1e-12}, {}])
def test_34_weights_that_a_solver_tells_apart_are_not_mentioned(tmp_path, aims):
    _, said = answer(weighed(tmp_path, **aims), "check")
    assert "weights" not in {finding["check"] for finding in said["findings"]}


@pytest.mark.parametrize("weight", [-1, -0.5])
def test_35_a_negative_weight_is_refused(tmp_path, weight):
    write_units(tmp_path, population=[1, 2, 3])
    finding = only(ask(tmp_path, aims={"access": weight}))
    assert finding["where"].endswith("aims.access")
    assert finding["expected"] == "a number of at least 0"
