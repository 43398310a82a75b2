"""A finished run is taken up where it ended, unless it is not what it says."""

import json

import pytest

from amalgamation.errors import DataError
from amalgamation.road import answer, prepare, reopen


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    result = answer(prepare("toy", overrides={"solve.processes": 1, "write": ["csv"]}))
    folder = tmp_path_factory.mktemp("runs") / "toy"
    result.write(folder)
    return result, folder


def test_question_plan_and_bound_come_back(run):
    result, folder = run
    reopened = reopen(folder)
    assert reopened.plan == result.plan
    assert reopened.certificate.cost == pytest.approx(result.certificate.cost)
    assert reopened.certificate.bound == pytest.approx(result.certificate.bound)
    assert reopened.ground.file.scenario == result.scenario
    assert reopened.ground.territory.ids == result.territory.ids


def test_a_claim_that_does_not_hold_is_refused(run, tmp_path):
    _, folder = run
    record = json.loads((folder / "run.json").read_text("utf-8"))
    record["certificate"]["cost"] *= 0.9
    (tmp_path / "run.json").write_text(json.dumps(record), "utf-8")
    (tmp_path / "assignment.csv").write_bytes((folder / "assignment.csv").read_bytes())
    with pytest.raises(DataError, match="as recomputed"):
        reopen(tmp_path)


def test_a_run_that_only_measured_has_no_plan_of_its_own_to_take_up(tmp_path):
    today = answer(prepare("toy", overrides={"plan": "today", "write": ["csv"]}))
    today.write(tmp_path / "today")
    with pytest.raises(DataError, match="a plan that was given, not solved for"):
        reopen(tmp_path / "today")


def test_a_folder_that_is_no_run_is_told(tmp_path):
    with pytest.raises(DataError, match=r"run\.json"):
        reopen(tmp_path)
