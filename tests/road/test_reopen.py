"""A finished run taken up again: its claims are checked, and its data must be the same."""

import json
import shutil

import pandas as pd
import pytest

import amalgamation as am
from amalgamation.cli import main
from amalgamation.errors import DataError
from amalgamation.road import reopen

CHANGES = {"solve.processes": 1, "write": ["csv"]}
QUESTION = """
scenario: mine
territory: {units: units.csv, id: code, name: name}
graph: {ties: {file: ties.csv}}
rules: {municipalities: {min: 1, max: 2}}
aims: {ties_cut: 1.0}
solve: {gap_percent: 0}
"""


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "toy"
    result = am.run("toy", overrides=CHANGES)
    result.write(folder)
    return folder, result


@pytest.fixture
def copy(toy, tmp_path):
    return shutil.copytree(toy[0], tmp_path / "toy")


@pytest.fixture
def own(tmp_path):
    """A run on files of one's own, and the folder that they lie in."""
    (tmp_path / "units.csv").write_text("code,name,population\na,A,5\nb,B,6\nc,C,7\n")
    (tmp_path / "ties.csv").write_text("from,to,km,border_km\na,b,1,2\nb,c,1,3\n")
    (tmp_path / "mine.yaml").write_text(QUESTION)
    am.run(tmp_path / "mine.yaml", overrides=CHANGES).write(tmp_path / "run")
    return tmp_path


def test_what_was_written_is_what_is_read(toy):
    folder, result = toy
    run = reopen(folder)
    assert run.plan == result.plan
    assert run.certificate.cost == result.certificate.cost
    assert run.certificate.aims == result.certificate.aims
    assert run.ground.file.scenario == result.scenario
    assert repr(run).startswith("<Reopened toy: <Plan: 12 units in 4 municipalities>, optimal")


def test_the_frontier_comes_back_with_its_bounds(own):
    run = reopen(own / "run", own)
    table = pd.read_csv(own / "run" / "frontier.csv")
    assert [point.number for point in run.certificate.frontier] == list(table["municipalities"])
    assert [point.cost for point in run.certificate.frontier] == pytest.approx(list(table["cost"]))
    (own / "run" / "frontier.csv").write_text("a,b\n1,2\n")
    with pytest.raises(DataError, match=r"frontier\.csv that cannot be read"):
        reopen(own / "run", own)


def test_data_that_changed_since_are_refused(own):
    (own / "units.csv").write_text("code,name,population\na,A,5\nb,B,6\nc,C,8\n")
    with pytest.raises(DataError, match=r"input units\.csv .*SHA-256"):
        reopen(own / "run", own)


def test_a_question_whose_file_changed_still_stands_in_the_record(own):
    (own / "mine.yaml").write_text(QUESTION + "title: other\n")
    assert reopen(own / "run", own).ground.file.scenario.title == ""


def test_data_that_are_not_bundled_need_their_folder(own):
    with pytest.raises(DataError, match="--data-folder DIR"):
        reopen(own / "run")


def test_a_plan_that_does_not_hold_what_it_claims_is_refused(copy):
    path = copy / "assignment.csv"
    frame = pd.read_csv(path, dtype=str)
    moved = frame["unit_id"] == "990105000"
    frame.loc[moved, ["municipality_id", "seat_id"]] = "990203000"
    frame.to_csv(path, index=False)
    with pytest.raises(DataError, match="as recomputed"):
        reopen(copy)


def test_a_run_that_was_only_measured_has_no_price(copy):
    record = json.loads((copy / "run.json").read_text("utf-8"))
    record["scenario"]["plan"] = "today"
    (copy / "run.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(DataError, match="a plan that was given, not solved for"):
        reopen(copy)


def test_the_command_tells_every_refusal_with_status_2(copy, capsys):
    (copy / "empty").mkdir()
    assert main(["explain", str(copy / "empty")]) == 2
    assert "run.json" in capsys.readouterr().err
