"""The commands of a study: what they write and say, and how they end where they cannot."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pandas as pd
import pytest

from amalgamation import api
from amalgamation.cli import main
from amalgamation.study.alternatives import look

ONE = ["--set", "solve.processes=1"]
FEW = ["--within", "12", "--number", "1", "--probes", "0"]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "toy-run"
    changes = {"solve.processes": 1, "write": ["csv"]}
    api.run("toy", overrides=changes).write(folder)
    return folder


def test_alternatives_of_a_scenario_are_written_and_told(capsys):
    assert main(["alternatives", "toy", *FEW, *ONE]) == 0
    captured = capsys.readouterr()
    assert "toy: 12 units (SYNTHETIC DATA)" in captured.out
    assert "1 alternative of at most 12 % more cost in each block" in captured.out
    assert captured.err.splitlines()[0] == "answering toy first"
    assert captured.err.splitlines()[2].startswith("alternative 1 of 1: ")
    table = pd.read_csv("runs/toy-alternatives/alternatives.csv", index_col=0)
    assert table.index.to_list() == ["plan", "1"]
    assert table["more_percent"].max() <= 12


def test_alternatives_of_a_run_begin_from_its_plan_and_bound(run, capsys):
    assert main(["alternatives", str(run), *FEW, "-o", "out", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    first = (run / "assignment.csv").read_text("utf-8")
    assert Path("out/assignment-plan.csv").read_text("utf-8") == first
    bound = json.loads((run / "run.json").read_text("utf-8"))["certificate"]["bound"]
    assert answer["certificates"]["1"]["bound"] == pytest.approx(bound)
    assert answer["folder"] == "out"


def test_a_folder_that_happens_to_have_the_name_of_a_scenario_is_no_run():
    Path("toy").mkdir()
    assert main(["alternatives", "toy", *FEW, *ONE, "-o", "out", "-q"]) == 0
    assert Path("out/assignment-1.csv").is_file()


def test_an_interruption_keeps_what_was_found_and_says_so(run, capsys, monkeypatch):
    calm = look.find_alternatives

    def interrupted(*given, report, **options):
        def tell(line):
            report(line)
            signal.raise_signal(signal.SIGINT)

        return calm(*given, report=tell, **options)

    monkeypatch.setattr(look, "find_alternatives", interrupted)
    asked = ["--within", "12", "--number", "3"]
    assert main(["alternatives", str(run), *asked, "-o", "out"]) == 130
    assert "interrupted: what was found so far is in out" in capsys.readouterr().err
    assert Path("out/assignment-1.csv").is_file()
    assert not Path("out/assignment-2.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["alternatives", "no-such"], "no-such"),
        (["alternatives", "toy", "--within", "-1"], "option within"),
        (["alternatives", "toy", "--number", "0"], "option number"),
        (["alternatives", "toy", "--number", "many"], "--number"),
        (["alternatives", "toy", "--set", "plan=today"], "a plan that is given"),
        (["alternatives", "toy", "--set", "rules.municipalities.exactly=12"], "no plan"),
        (["alternatives", "."], "run.json"),
        (["robustness", "toy"], "no variant"),
        (["robustness", "toy", "--disturb", "population"], "option --disturb"),
        (["robustness", "toy", "--disturb", "populaton=5"], "did you mean population"),
        (["robustness", "toy", "--project", "population=population_2050"], "population_2050"),
        (["robustness", "toy", "--vary", "aims.acess=1"], "acess"),
        (["robustness", "toy", "--disturb", "population=5", "--number", "0"], "--number"),
    ],
)
def test_input_that_cannot_be_used_ends_with_2_and_leaves_nothing(arguments, told, capsys):
    options = ONE if Path(arguments[1]) != Path() else []
    assert main([*arguments, *options]) == 2
    assert told in capsys.readouterr().err
    assert not Path("runs").exists()


def test_a_slip_in_an_option_is_told_before_the_scenario_is_answered(capsys):
    assert main(["alternatives", "toy", "--within", "0", *ONE]) == 2
    assert "answering" not in capsys.readouterr().err


def test_changes_to_a_finished_run_are_refused(run, capsys):
    assert main(["alternatives", str(run), "--set", "rules.population.min=1", "-o", "out"]) == 2
    assert "changes to a finished run" in capsys.readouterr().err


def test_a_folder_of_others_is_refused_before_any_time_is_spent(run, capsys):
    assert main(["alternatives", str(run), "-o", str(run), "--overwrite"]) == 2
    assert "files of others" in capsys.readouterr().err
    assert (run / "run.json").is_file()


def test_robustness_answers_each_variant_and_says_what_survives(capsys):
    arguments = ["--disturb", "population=3", "--number", "1", "--vary", "aims.access=2"]
    assert main(["robustness", "toy", *arguments, *ONE, "-o", "out"]) == 0
    captured = capsys.readouterr()
    assert captured.err.splitlines()[0].startswith("base (1 of 3): optimal")
    assert "Of 3 mergers of the base" in captured.out
    table = pd.read_csv("out/robustness.csv", index_col=0)
    assert table.index.to_list() == ["base", "noise-1", "aims.access=2"]
    # one aim alone: its weight changes the cost and not the plan
    assert table.loc["aims.access=2", "same_percent"] == 100
