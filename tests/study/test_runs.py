"""Finished runs side by side: figures from their files, and nothing guessed where one lacks."""

import json
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import amalgamation as am
from amalgamation.errors import DataError, InputError
from amalgamation.measure import SHOWN
from amalgamation.study import Column, Comparison, compare_runs

ROWS = {
    "municipalities": ("Municipalities", "", 5, 2, ""),
    "mean_km": ("Mean distance", "km", 0, 7.5, "False"),
}


def lay_run(folder, name="a", *, rows=ROWS, units="uvwxy", made_up=False, **record):
    """Write a run folder by hand, as any version might have left it."""
    folder.mkdir()
    entries = {
        "scenario": {"scenario": name, "plan": None, "a key of tomorrow": 1},
        "certificate": {"status": "within gap", "gap": 0.0125},
        "inputs": [{"role": "scenario", "sha256": name}, {"role": "units", "sha256": "d"}],
        "notices": ["Synthetic: made up for a test."] if made_up else [],
    }
    (folder / "run.json").write_text(json.dumps(entries | record))
    columns = ["title", "unit", "today", "plan", "higher_is_better"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("measure")
    (table.assign(synthetic=True) if made_up else table).to_csv(folder / "national.csv")
    lines = [f"{unit},u,u" for unit in units]
    (folder / "assignment.csv").write_text("\n".join(["unit_id,municipality_id,seat_id", *lines]))
    return folder


def measured_today(name):
    return {
        "scenario": {"scenario": name, "plan": "today"},
        "certificate": {"status": "measured", "gap": None},
    }


def test_today_is_what_the_first_scorecard_says_where_no_run_measured_it(tmp_path):
    folders = [lay_run(tmp_path / "one", "a"), lay_run(tmp_path / "two", "b")]
    found = compare_runs(folders)
    assert found.labels == ["today", "a", "b"]
    assert found.table.loc["municipalities", found.labels].to_list() == [5, 2, 2]
    assert [column.status for column in found.columns] == ["measured", "within gap", "within gap"]
    assert found.notices == ("Today is what the scorecard of a says of its units as they stand.",)
    frame = found.to_frame()
    assert frame.loc["gap_percent", "a"] == pytest.approx(1.25)
    assert math.isnan(frame.loc["gap_percent", "today"])
    assert frame.loc["units", found.labels].to_list() == [5, 5, 5]


def test_a_run_that_measured_today_is_the_first_column_wherever_it_is_named(tmp_path):
    """Its own figures count, not what another run's scorecard says."""
    rows = {"mean_km": ("Mean distance", "km", 0, 4.0, "False")}
    status_quo = lay_run(tmp_path / "now", rows=rows, **measured_today("kz-today"))
    again = lay_run(tmp_path / "again", **measured_today("kz-villages"))
    found = compare_runs([lay_run(tmp_path / "one", "a"), status_quo, again], ["mean_km"])
    assert found.labels == ["today", "a", "kz-villages"]
    assert found.columns[0].scenario == "kz-today"
    assert found.table.loc["mean_km", found.labels].to_list() == [4.0, 7.5, 7.5]
    assert found.notices == ()


def test_a_measure_that_a_run_lacks_is_blank_and_named_and_never_nought(tmp_path):
    without = {"municipalities": ROWS["municipalities"], "area": ("Area", "km2", "", 9, "")}
    folders = [lay_run(tmp_path / "one", "a"), lay_run(tmp_path / "two", "b", rows=without)]
    found = compare_runs(folders, "all")
    assert list(found.table.index) == ["municipalities", "mean_km", "area"]
    assert math.isnan(found.table.loc["mean_km", "b"])
    assert found.notices[1:] == (
        "Blank: today, a: no area.",
        "Blank: b: no mean_km.",
    )
    assert "\nmean_km,Mean distance,km,0,7.5,\n" in found.to_csv()
    assert "| Mean distance (km) | 0 | 7.5 |  |" in found.to_markdown()
    assert json.loads(found.to_json())["measures"][1]["values"]["b"] is None


def test_figures_in_another_unit_are_not_put_in_one_row(tmp_path):
    minutes = {"mean_km": ("Mean distance", "minutes", 0, 90.0, "False")}
    folders = [lay_run(tmp_path / "one", "a"), lay_run(tmp_path / "two", "b", rows=minutes)]
    found = compare_runs(folders, ["mean_km"])
    assert math.isnan(found.table.loc["mean_km", "b"])
    assert found.notices[-1] == "Blank: b: mean_km in 'minutes' instead of 'km'."


def test_other_units_and_other_data_are_allowed_and_said(tmp_path):
    other = {"inputs": [{"role": "scenario", "sha256": "a"}, {"role": "units", "sha256": "e"}]}
    folders = [
        lay_run(tmp_path / "one", "a"),
        lay_run(tmp_path / "two", "rayons", units="uv"),
        lay_run(tmp_path / "three", "b", **other),
    ]
    assert compare_runs(folders).notices[1:] == (
        "The units differ: 5 in today, a, b; 2 in rayons.",
        "The data differ: made from other files than today: b.",
    )


def test_what_is_made_up_is_said_in_every_form(tmp_path):
    found = compare_runs([lay_run(tmp_path / "one", "a", made_up=True)])
    said = "Synthetic: made up for a test."
    for text in (repr(found), found._repr_html_(), found.to_text(), found.to_markdown()):
        assert said in text
    assert said in json.loads(found.to_json())["notices"]
    assert found.to_csv().splitlines()[0].endswith(",synthetic")
    real = compare_runs([lay_run(tmp_path / "two", "b")])
    assert "synthetic" not in (real.to_csv() + repr(real)).lower()


def test_runs_of_one_scenario_are_told_apart_by_their_folders(tmp_path):
    folders = [lay_run(tmp_path / name, "a") for name in ("one", "two")]
    assert compare_runs(folders).labels == ["today", "a", "two"]


def test_by_default_the_measures_are_those_that_a_scorecard_shows(tmp_path):
    folder = tmp_path / "toy"
    am.run("toy", overrides={"solve.processes": 1, "write": ["csv"]}).write(folder)
    national = pd.read_csv(folder / "national.csv", index_col="measure")
    found = am.compare(str(folder))
    assert list(found.table.index) == [name for name in national.index if name in SHOWN]
    assert list(am.compare(folder, measures="all").table.index) == list(national.index)
    for label, column in (("today", "today"), ("toy", "plan")):
        expected = national.loc[found.table.index, column].to_list()
        assert found.table[label].to_list() == pytest.approx(expected)


def test_a_wrong_name_of_a_measure_is_told_with_the_nearest(tmp_path):
    folder = lay_run(tmp_path / "one")
    with pytest.raises(InputError, match=r"`mean_kn`.*did you mean `mean_km`") as refused:
        compare_runs([folder], ["mean_kn", "zzz"])
    assert len(refused.value.findings) == 2


def test_every_folder_that_is_no_run_is_named_at_once(tmp_path):
    good = lay_run(tmp_path / "good")
    bare, broken, strange = (lay_run(tmp_path / name) for name in ("bare", "broken", "strange"))
    (bare / "national.csv").unlink()
    (broken / "run.json").write_text("{")
    (strange / "national.csv").write_text("a,b\n1,2\n")
    nameless = lay_run(tmp_path / "nameless", scenario={})
    odd = [bare, broken, strange, nameless, tmp_path / "absent", tmp_path]
    with pytest.raises(DataError) as refused:
        compare_runs([good, *odd, bare / ".." / "good"])
    told = {finding.where: finding.found for finding in refused.value.findings}
    assert told[f"run {bare}"] == "no national.csv"
    assert told[f"run {broken}"].startswith("run.json that cannot be read")
    assert told[f"run {strange}"] == "national.csv without column measure, plan"
    assert told[f"run {nameless}"].startswith("run.json without what a run says of itself")
    assert told[f"run {tmp_path / 'absent'}"] == "no such folder"
    assert told[f"run {tmp_path}"] == "no run.json"
    assert told[f"run {bare / '..' / 'good'}"] == "a folder named twice"
    with pytest.raises(DataError, match="no run folder"):
        compare_runs([])


HOSTILE = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60)


@given(HOSTILE, st.floats(allow_nan=True, allow_infinity=True))
def test_names_and_figures_of_any_kind_leave_a_table_a_table(title, value):
    """A bar in a title ends no cell, a tag is text, and JSON has no infinities."""
    figures = pd.DataFrame(
        {"title": [title], "unit": [""], "higher_is_better": [None], "today": [value]},
        index=pd.Index(["m"], name="measure"),
    )
    column = Column("today", "a", str(Path("one")), "measured", math.nan, 5)
    found = Comparison((column,), figures)
    row = found.to_markdown().splitlines()[-1]
    bars = row.replace("\\\\", "").replace("\\|", "").count("|")
    assert bars == 3
    assert "<" not in row
    assert json.loads(found.to_json())["measures"][0]["title"] == title
