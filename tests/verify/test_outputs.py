"""The tables and the map of a run folder tell of the plan that is judged, or are found out."""

import json

import pytest

from amalgamation.plan import Plan
from amalgamation.verify import View
from amalgamation.verify.outputs import check_outputs
from strategies import build_scenario, build_territory, build_unit_graph


def view(population=(1_000_000, 0)):
    territory = build_territory(population)
    plan = Plan.from_seats({"u1": "u1", "u2": "u2"})
    return View(plan, build_scenario(), territory, build_unit_graph(2, [(1, 2)]))


def judge(folder, text, name="scorecard.csv", **changes):
    (folder / name).write_text(text, encoding="utf-8")
    return check_outputs(view(**changes), folder)


def scorecard(*population):
    rows = [f"u{at},{people}" for at, people in enumerate(population, 1)]
    return "\n".join(["municipality_id,population", *rows]) + "\n"


def test_a_folder_without_tables_has_nothing_to_find(tmp_path):
    assert check_outputs(view(), tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        scorecard(1_000_000, 0),
        "measure,value\npopulation,5\n",  # totals alone name no municipality
        "municipality_id,area_km2\nu1,5\nu2,7\n",  # nobody claims any residents
    ],
)
def test_a_table_that_claims_nothing_else_is_passed_over(tmp_path, text):
    assert judge(tmp_path, text) == []


@pytest.mark.parametrize(
    ("population", "told", "kept"),
    [
        # a table rounded to four digits
        ((1_000_000, 0), (1_000_099, 0), True),
        ((1_000_000, 0), (1_000_101, 0), False),
        # whole residents, where units had halves
        ((1000, 0), (1001, 0), True),
        ((1000, 0), (1001.5, 0), False),
    ],
)
def test_residents_may_differ_by_rounding_and_no_more(tmp_path, population, told, kept):
    found = judge(tmp_path, scorecard(*told), population=population)
    assert (found == []) is kept


def test_a_table_of_other_municipalities_is_told_with_both_numbers(tmp_path):
    first, second = judge(tmp_path, scorecard(5))
    assert (first.check, first.where) == ("outputs.scorecard.csv", "scorecard.csv")
    assert (first.found, first.expected) == ("1 municipality", "2")
    assert (second.found, second.expected) == ("5 residents", "1,000,000 residents")
    assert second.remedy == "write the run folder again; its files are not of one run"


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("municipalities.geojson", "{}", "KeyError"),
        ("municipalities.geojson", "[1", "JSONDecodeError"),
        ("scorecard.csv", "", "EmptyDataError"),
        ("scorecard.csv", scorecard("many", 0), "ValueError"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding_and_no_crash(tmp_path, name, text, error):
    (found,) = judge(tmp_path, text, name)
    assert found.check == f"outputs.{name}"
    assert found.found.startswith(error)
    assert found.expected == "a file that can be read"


def test_a_map_of_kazakh_names_is_read_as_it_was_written(tmp_path):
    names = [{"properties": {"name": name, "population": 500_000}} for name in ("Ақ", "Көк")]
    text = json.dumps({"features": names}, ensure_ascii=False)
    assert judge(tmp_path, text, "municipalities.geojson") == []


def test_every_file_that_disagrees_is_told(tmp_path):
    (tmp_path / "municipalities.geojson").write_text("{}")
    found = judge(tmp_path, scorecard(1_000_000))
    assert [finding.check for finding in found] == [
        "outputs.municipalities.geojson",
        "outputs.scorecard.csv",
    ]
