"""Graph, rules and plans, cases 72 to 87: what can be seen before a solve is told before it."""

from __future__ import annotations

import pytest
from shapely import box

from bad_input_files import SQUARES, answer, ask, only, refused, row, told, write_units

FAR = box(70.5, 50, 70.6, 50.1)


def drawn(folder, *shapes, population=None, territory=None, **sections):
    count = len(shapes)
    codes = [f"{at:02}" for at in range(1, count + 1)]
    names = ["Ash", "Birch", "Cedar", "Dogwood"][:count]
    residents = population or [1000] * count
    write_units(folder, geometry=shapes, code=codes, name=names, population=residents)
    return ask(folder, {"units": "units.gpkg"} | (territory or {}), **sections)


def linked(*pairs, **more):
    return {"links": [{"units": list(pair), "reason": "ferry"} | more for pair in pairs]}


def test_72_a_unit_without_a_tie_is_told_with_its_nearest_candidate(tmp_path):
    finding = told(drawn(tmp_path, *row(2), FAR), "island")
    assert finding["where"] == "unit 03 (Cedar)"
    assert "the nearest is 02 (Birch) at 21.464 km" in finding["found"]


def test_72_a_unit_without_a_tie_is_refused_where_the_policy_says_so(tmp_path):
    finding = only(drawn(tmp_path, *row(2), FAR, graph={"islands": "error"}))
    assert finding["remedy"] == "declare a link, or choose graph.islands: alone or nearest"


def test_73_parts_that_no_tie_joins_are_solved_apart_and_told(tmp_path):
    shapes = [*row(2), FAR, box(70.6, 50, 70.7, 50.1)]
    scenario = drawn(tmp_path, *shapes, rules={"population": {"min": 2000}})
    assert told(scenario, "components")["found"].startswith("2 parts that no tie joins")
    ended, said = answer(scenario, "run", "-o", str(tmp_path / "out"))
    assert (ended, said["municipalities"]) == (0, 2)


def test_73_a_part_that_is_too_small_for_the_rules_is_refused_as_impossible(tmp_path):
    scenario = drawn(tmp_path, *row(2), FAR, rules={"population": {"min": 2000}})
    (finding,) = refused(scenario, 3)
    assert "03 (Cedar)" in finding["where"] + finding["found"]


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([("01", "99")], "unknown unit 99"),
        ([("01", "01")], "a unit with itself"),
        ([("01", "03"), ("03", "01")], "the pair twice"),
    ],
)
def test_74_a_link_that_cannot_be_meant_is_refused(tmp_path, pairs, found):
    assert only(drawn(tmp_path, *row(3), graph=linked(*pairs)))["found"] == found


def test_74_a_tie_that_stands_in_both_directions_is_refused(tmp_path):
    (tmp_path / "ties.csv").write_text("from,to,km\n01,02,5\n02,01,7\n")
    finding = only(drawn(tmp_path, *row(2), graph={"ties": {"file": "ties.csv"}}))
    assert finding["found"] == "ties that stand twice (1): 02 - 01"


@pytest.mark.parametrize("km", ["-5", "0", "nan", "inf", "", "far"])
def test_75_a_tie_without_a_length_above_zero_is_refused(tmp_path, km):
    (tmp_path / "ties.csv").write_text(f"from,to,km\n01,02,{km}\n")
    finding = only(drawn(tmp_path, *row(2), graph={"ties": {"file": "ties.csv"}}))
    assert finding["where"] == "ties.csv"
    assert finding["expected"] == "a number above zero"


def test_76_a_link_across_half_a_country_is_told(tmp_path):
    shapes = [SQUARES[0], box(80, 50, 80.1, 50.1)]
    finding = told(drawn(tmp_path, *shapes, graph=linked(("01", "02"))), "far-link")
    assert finding["found"].startswith("a link of 71")
    assert finding["expected"] == "at most 500 km between neighbours"


def test_77_a_pair_that_is_linked_and_cut_is_refused(tmp_path):
    cut = [{"units": ["02", "01"], "reason": "river"}]
    finding = only(drawn(tmp_path, *row(2), graph=linked(("01", "02")) | {"cuts": cut}))
    assert finding["found"] == "the same pair in graph.links"


def test_78_a_unit_above_the_maximum_is_refused_unless_it_may_stand_alone(tmp_path):
    keys = {"population": [9000, 1000, 1000]}
    rules = {"population": {"max": 5000, "oversize": "refuse"}}
    errors = refused(drawn(tmp_path, *row(3), rules=rules, **keys), 3)
    assert any("01 (Ash)" in finding["where"] + finding["found"] for finding in errors)
    rules = {"population": {"max": 5000, "oversize": "alone"}}
    assert answer(drawn(tmp_path, *row(3), rules=rules, **keys), "check")[0] == 0


def test_79_a_region_below_the_minimum_is_refused_with_its_sum(tmp_path):
    (finding,) = refused(drawn(tmp_path, *row(3), rules={"population": {"min": 5000}}), 3)
    assert "3,000" in finding["found"]


def test_81_numbers_that_cannot_add_up_are_refused_with_the_arithmetic(tmp_path):
    rules = {"population": {"min": 1500}, "municipalities": {"exactly": 3}}
    errors = refused(drawn(tmp_path, *row(3), rules=rules), 3)
    assert any("3 x 1,500" in finding["found"] + finding["expected"] for finding in errors)


def test_80_more_municipalities_than_units_are_refused(tmp_path):
    refused(drawn(tmp_path, *row(3), rules={"municipalities": {"min": 4}}), 3)


def test_82_units_that_must_be_together_but_cannot_are_refused(tmp_path):
    wish = [{"units": ["01", "03"], "reason": "one lake"}]
    scenario = drawn(tmp_path, *row(2), FAR, rules={"keep_together": wish})
    (finding,) = refused(scenario, 3)
    assert "03 (Cedar)" in finding["where"] + finding["found"]


def test_83_units_that_must_be_together_and_apart_are_refused(tmp_path):
    wish = [{"units": ["01", "02"], "reason": "one lake"}]
    rules = {"keep_together": wish, "keep_apart": wish}
    refused(drawn(tmp_path, *row(3), rules=rules), 3)


def test_84_a_fixed_seat_that_is_no_unit_is_refused_with_the_nearest(tmp_path):
    finding = only(drawn(tmp_path, *row(3), rules={"seats": {"fixed": ["9"]}}))
    assert finding["where"].startswith("rules.seats.fixed")
    assert finding["found"]


def test_84_two_fixed_seats_that_must_be_together_are_refused(tmp_path):
    wish = [{"units": ["01", "02"], "reason": "one lake"}]
    rules = {"keep_together": wish, "seats": {"fixed": ["01", "02"]}}
    refused(drawn(tmp_path, *row(3), rules=rules), 3)


def test_85_a_unit_that_stands_under_two_parents_is_refused_as_a_double(tmp_path):
    write_units(tmp_path, code=["01", "01", "10"], county=["x", "y", "y"])
    scenario = ask(tmp_path, {"units": "units.gpkg", "parents": {"rayon": "county"}})
    assert only(scenario)["found"] == "units that share an id (2): 01 (Ash), 01 (Birch)"


@pytest.mark.parametrize("blank", [None, "", " "])
def test_86_a_unit_without_a_parent_is_refused(tmp_path, blank):
    write_units(tmp_path, county=["x", blank, "y"])
    finding = only(ask(tmp_path, {"units": "units.gpkg", "parents": {"rayon": "county"}}))
    assert (finding["where"], finding["found"]) == ("tier rayon", "no parent in 1 unit: 02 (Birch)")


def test_86_a_unit_whose_id_is_too_short_for_its_parent_is_refused(tmp_path):
    write_units(tmp_path, code=["ab", "cde", "cdf"])
    finding = only(ask(tmp_path, {"units": "units.gpkg", "parents": {"rayon": {"prefix": 2}}}))
    assert finding["found"] == "no parent in 1 unit: ab (Ash)"


def given(folder, rows):
    scenario = drawn(folder, *row(3), plan={"file": "plan.csv"})
    (folder / "plan.csv").write_text("unit_id,municipality_id,seat_id\n" + rows)
    return scenario


def test_87_a_given_plan_that_does_not_cover_all_units_is_refused_by_unit(tmp_path):
    errors = refused(given(tmp_path, "01,m,01\n02,m,01\n"))
    assert any("03 (Cedar)" in one["where"] + one["found"] for one in errors)


def test_87_a_given_plan_of_units_that_nobody_knows_is_refused_by_code(tmp_path):
    rows = "01,m,01\n02,m,01\n03,m,01\n99,m,01\n"
    errors = refused(given(tmp_path, rows))
    assert any("99" in one["where"] + one["found"] for one in errors)


def test_87_a_run_begins_without_a_plan_that_does_not_cover_its_block_and_says_so(tmp_path):
    rules, aims = {"population": {"min": 2000}}, {"access": 1}
    scenario = drawn(tmp_path, *row(3), rules=rules, aims=aims)
    start, out = tmp_path / "start.csv", tmp_path / "out"
    start.write_text("unit_id,municipality_id,seat_id\n01,m,01\n02,m,01\n")
    ended, said = answer(scenario, "run", "--start", str(start), "-o", str(out))
    (finding,) = [one for one in said["findings"] if one["check"] == "start-unused"]
    assert (ended, finding["severity"]) == (0, "warning")
    assert "in no municipality" in finding["found"]
    assert finding["remedy"].startswith("the block began without it")
    assert answer(out, "verify", "--data-folder", str(tmp_path))[0] == 0
