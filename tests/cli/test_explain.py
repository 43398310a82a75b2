"""`amalgamation explain`: the cause first, what would help, and how it ends."""

import json

import pytest

from amalgamation.cli import main

TIGHT = ["--set", "rules.population.min=12100"]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_an_impossible_scenario_ends_with_3_and_its_cause_first(tmp_path, capsys):
    assert main(["explain", "toy", *TIGHT]) == 3
    first, *others = capsys.readouterr().out.splitlines()
    assert first.startswith("toy (12 units): no plan keeps all of at least 4 municipalities")
    assert "it works with as few as 3 municipalities, or with a minimum of 11,000 people" in first
    assert any(line.startswith("Proven by the solver, and again by ") for line in others)
    assert others[-1].startswith("Synthetic")
    assert not list(tmp_path.iterdir())


def test_a_possible_scenario_ends_with_0_and_says_so(capsys):
    assert main(["explain", "toy"]) == 0
    assert capsys.readouterr().out.startswith("Nothing stands in the way")


def test_without_time_for_an_answer_it_ends_with_4(capsys):
    assert main(["explain", "toy", "--minutes", "1e-9"]) == 4
    assert capsys.readouterr().out.startswith("Not settled in the time")


def test_it_writes_text_units_and_map_of_the_reason(tmp_path, capsys):
    assert main(["explain", "toy", *TIGHT, "-o", "why", "--json"]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert (answer["status"], answer["folder"]) == ("infeasible", "why")
    names = sorted(path.name for path in (tmp_path / "why").iterdir())
    assert names == ["explanation.json", "reason.geojson", "reason.png"]
    written = json.loads((tmp_path / "why" / "explanation.json").read_text())
    assert written["reasons"] == answer["reasons"]
    assert written["first_line"] == answer["first_line"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["toy", "--minutes", "0"], ["option --minutes", "more than 0"]),
        (["nope"], ["nope"]),
        (["toy", "--set", "rules.population.mim=3"], ["did you mean", "min"]),
        (["toy", "--set", "plan=today"], ["scenario toy, plan", "--set plan=null"]),
        (["."], ["folder .", "a scenario"]),
    ],
)
def test_what_cannot_be_explained_is_refused_with_a_remedy(tmp_path, capsys, arguments, told):
    assert main(["explain", *arguments, "-o", "why"]) == 2
    error = capsys.readouterr().err
    assert all(part in error for part in told), error
    assert not list(tmp_path.iterdir())


def test_a_folder_of_others_is_refused_before_any_time_is_spent(tmp_path, capsys):
    (tmp_path / "why").mkdir()
    (tmp_path / "why" / "precious.txt").write_text("mine")
    assert main(["explain", "toy", *TIGHT, "-o", "why"]) == 2
    assert "files of others" in capsys.readouterr().err
    assert (tmp_path / "why" / "precious.txt").read_text() == "mine"
