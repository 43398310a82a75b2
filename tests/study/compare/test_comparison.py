"""Runs side by side beyond the table: maps, files, the page, and what is not to be had."""

import io
import json
import re
import shutil

import pandas as pd
import pytest

import amalgamation as am
from amalgamation.errors import DataError, InputError, OutputError
from amalgamation.study.compare.files import COMPARISON_FILES
from amalgamation.study.compare.page import build_page

NAME = "<b>five</b> & $x_1$"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Three, five, and three of the rayons: the last has other units."""
    folder = tmp_path_factory.mktemp("runs")
    small = {"rules.population.min": 5000, "solve.processes": 1, "write": ["csv"]}
    asked = {"three": (3, {}), "five": (5, {}), "rayons": (1, {"territory.aggregate": "rayon"})}
    for name, (number, more) in asked.items():
        changes = {"scenario": name, "rules.municipalities.exactly": number}
        am.run("toy", overrides=small | changes | more).write(folder / name)
    return folder


@pytest.fixture(scope="module")
def comparison(runs):
    return am.compare(*(runs / name for name in ("three", "five", "rayons")))


@pytest.fixture(scope="module")
def written(comparison, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "compared"
    return folder, comparison.write(folder)


def test_differences_are_figures_less_those_of_the_first_run_named(comparison):
    figures, found = comparison.table, comparison.differences
    assert comparison.against == "three"
    for name in ("mean_km", "municipalities"):
        row = figures.loc[name]
        assert found.loc[name, "five"] == pytest.approx(row["five"] - row["three"])
        assert found.loc[name, "today"] == pytest.approx(row["today"] - row["three"])
        assert found.loc[name, "three"] == row["three"]
    assert re.search(
        r"^Municipalities +3 +\+9 +\+2 +-2$", comparison.to_text(differences=True), re.MULTILINE
    )
    assert "| Municipalities | 3 | +9 | +2 | -2 |" in comparison.to_markdown(differences=True)


def test_another_column_may_be_the_one_that_others_are_held_against(runs):
    folders = [runs / "three", runs / "five"]
    today = am.compare(*folders, against="today")
    assert list(today.plans) == ["today", "three", "five"]
    assert today.changes.summary.loc["three", "new"] == 0
    assert am.compare(runs / "three").against == "today", "one run has only today beside it"
    with pytest.raises(InputError, match=r"`fiev`.*did you mean `five`"):
        am.compare(*folders, against="fiev")


def test_runs_of_other_units_are_in_the_table_alone_and_it_is_said(comparison, runs):
    assert list(comparison.plans) == ["three", "five"]
    assert any(notice.startswith("The units differ: 12 in") for notice in comparison.notices)
    page = comparison.report()
    assert "their units are not those of three: rayons" in page
    alone = am.compare(runs / "three", runs / "rayons")
    assert alone.alone
    assert "No two runs have the same units" in alone.report()
    with pytest.raises(DataError, match="no two plans of the same units"):
        alone.plot_maps()
    with pytest.raises(DataError, match="no two plans of the same units"):
        alone.changes  # noqa: B018 - looking is the test


def test_the_folder_holds_what_the_comparison_says(comparison, written):
    folder, names = written
    assert names == COMPARISON_FILES
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    text = {path.name: path.read_text() for path in folder.glob("*.csv")}
    assert text["table.csv"] == comparison.to_csv()
    assert text["changes.csv"] == comparison.changes.to_csv()
    agreed = pd.read_csv(io.StringIO(text["agreement.csv"]))
    assert agreed.loc[0, "rand_index"] == pytest.approx(comparison.agreements.loc[0, "rand_index"])
    assert all("synthetic" in content.splitlines()[0] for content in text.values())
    for name, start in (("maps", b"\x89PNG"), ("trade-off", b"\x89PNG")):
        assert (folder / f"{name}.png").read_bytes().startswith(start)
        assert (folder / f"{name}.svg").read_bytes().startswith(b"<?xml")


def test_the_same_runs_give_the_same_files(runs, written, tmp_path):
    folder, names = written
    again = am.compare(*(runs / name for name in ("three", "five", "rayons")))
    again.write(tmp_path / "again")
    differ = [
        n for n in names if (tmp_path / "again" / n).read_bytes() != (folder / n).read_bytes()
    ]
    assert differ == []


def test_a_folder_of_others_is_left_alone(comparison, written, tmp_path):
    (tmp_path / "mine.txt").write_text("precious")
    with pytest.raises(OutputError, match="files of others"):
        comparison.write(tmp_path, overwrite=True)
    assert (tmp_path / "mine.txt").read_text() == "precious"
    with pytest.raises(OutputError, match="ask to overwrite"):
        comparison.write(written[0])
    assert comparison.write(written[0], overwrite=True) == COMPARISON_FILES


def test_the_page_asks_nobody_and_runs_nothing(written):
    page = (written[0] / "report.html").read_text()
    assert re.search(r"Content-Security-Policy\" content=\"default-src 'none';", page)
    bare = re.sub(r"data:image/png;base64,[\w+/=]+", "", page)
    assert not re.search(r"https?:|//|<script|<link|@import|url\(", bare)
    assert page.count("data:image/png;base64,") == 2
    assert "made-up units" in page
    assert "Gusfield 2002" in page, "the rule of matching is stated where its figures are"


def test_hostile_names_stay_text_everywhere(runs, tmp_path):
    for name, called in (("three", "three"), ("five", NAME)):
        shutil.copytree(runs / name, tmp_path / name)
        record = json.loads((tmp_path / name / "run.json").read_text())
        record["scenario"]["scenario"] = called
        (tmp_path / name / "run.json").write_text(json.dumps(record))
    found = am.compare(tmp_path / "three", tmp_path / "five")
    for page in (found.report(), found._repr_html_(), found.trade_off()._repr_html_()):
        assert "<b>five" not in page
        assert "&lt;b&gt;five&lt;/b&gt; &amp; $x_1$" in page


def test_a_notebook_shows_table_maps_and_agreement(comparison):
    shown = comparison._repr_html_()
    assert "data:image/png;base64," in shown
    assert "Adjusted Rand index" in shown
    assert comparison.notices[0] in shown


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_page_speaks_the_language_that_is_asked_for(comparison, language):
    page = re.sub('base64,[^"]+', "", build_page(comparison, language=language, drawn=b"png"))
    assert f'<html lang="{language}">' in page
    english = re.sub('base64,[^"]+', "", build_page(comparison, drawn=b"png"))
    told = set(re.findall(r"<h2>(.+?)</h2>", page)) & set(re.findall(r"<h2>(.+?)</h2>", english))
    assert told == set()


def test_any_measure_of_the_runs_may_be_an_axis_and_today_is_no_plan_of_theirs(comparison):
    found = comparison.trade_off("area_km2_max:min", "mean_km")
    assert list(found.points.index) == ["three", "five", "rayons"]
    assert "area_km2_max" not in comparison.table.index
    assert comparison.trade_off().x.measure == "mean_km"
    with pytest.raises(InputError, match="municipalities:min or municipalities:max"):
        comparison.trade_off("mean_km", "municipalities")


def test_data_that_changed_or_went_cost_the_maps_and_not_the_comparison(runs, tmp_path):
    """Other residents under the same codes would be a false answer, so there is none."""
    for name in ("three", "five"):
        shutil.copytree(runs / name, tmp_path / name)
    record = json.loads((tmp_path / "three" / "run.json").read_text())
    record["inputs"][-1]["sha256"] = "0" * 64
    (tmp_path / "three" / "run.json").write_text(json.dumps(record))
    found = am.compare(tmp_path / "three", tmp_path / "five")
    assert found.territory is None
    assert not found.changes.by_residents
    assert "No maps: the data of three changed since the run." in found.report()
    names = found.write(tmp_path / "out")
    assert {"maps.png", "changes-by-parent.csv"} & set(names) == set()
    with pytest.raises(DataError, match="the data of three changed"):
        found.plot_maps()


def test_data_of_ones_own_are_found_in_the_folder_that_is_named(tmp_path, toy_files):
    folder, scenario = toy_files
    for number in (3, 4):
        changes = {"rules.municipalities.exactly": number, "solve.processes": 1}
        am.run(scenario, overrides=changes | {"scenario": f"own-{number}"}).write(
            tmp_path / f"own-{number}"
        )
    runs = [tmp_path / "own-3", tmp_path / "own-4"]
    assert "--data-folder DIR" in am.compare(*runs).report()
    found = am.compare(*runs, data_folder=folder)
    assert found.territory is not None
    assert found.changes.by_residents
    with pytest.raises(DataError, match=f"data folder {tmp_path}"):
        am.compare(*runs, data_folder=tmp_path)


@pytest.fixture
def toy_files(tmp_path):
    """Toy's units as a file of one's own, and a scenario that asks of it."""
    folder = tmp_path / "mine"
    folder.mkdir()
    units = am.prepare("toy").territory.units
    kept = units[["name", "rayon", "population", "geometry"]].to_crs("EPSG:4326")
    kept.reset_index(names="code").to_file(folder / "units.gpkg", driver="GPKG")
    text = (
        "scenario: own\nterritory: {units: units.gpkg, id: code, name: name, "
        "parents: {rayon: rayon}}\nrules: {population: {min: 5000}, municipalities: {exactly: 3}}\n"
        "aims: {access: 1.0}\nwrite: [csv]\n"
    )
    (folder / "own.yaml").write_text(text)
    return folder, folder / "own.yaml"
