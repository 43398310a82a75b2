"""What each ending says and which exit status it has."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from amalgamation import api
from amalgamation.cli import main
from amalgamation.errors import SolverError, VerificationError
from amalgamation.findings import Finding
from amalgamation.status import Status

TABLES = ["--set", "write=[csv]"]


@pytest.fixture(scope="module")
def toy():
    return api.run("toy", overrides={"solve.processes": 1, "write": ["csv"]})


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def ends_with(monkeypatch, outcome):
    """Let the road of `api.run` end as asked, so that rare endings are tested too."""

    def run(*_, **__):
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setattr(api, "run", run)


def ended(result, status, **changes):
    return replace(result, certificate=replace(result.certificate, status=status), **changes)


def test_a_plan_ends_with_0_and_its_files_are_named(tmp_path, capsys):
    assert main(["run", "toy", *TABLES]) == 0
    written = sorted(path.name for path in (tmp_path / "runs" / "toy").iterdir())
    assert written == ["assignment.csv", "national.csv", "run.json", "scorecard.csv"]
    out = capsys.readouterr().out
    assert "optimal: cost 1.01468" in out
    assert "No plan that keeps these rules costs less: this is proven." in out
    assert "SYNTHETIC" in out
    assert "made-up units that stand for no real place" in out
    assert "Municipalities" in out
    assert all(name in out for name in written)


def test_a_plan_found_in_time_short_of_the_gap_is_done_and_says_what_the_gap_means(
    monkeypatch, toy, capsys
):
    cost = toy.certificate.cost
    looser = replace(toy.certificate, status=Status.FEASIBLE, bound=cost / 1.1)
    ends_with(monkeypatch, replace(toy, certificate=looser))
    assert main(["run", "toy", "-o", "out"]) == 0
    assert "this one costs at most 10.00 % more." in capsys.readouterr().out


def test_arithmetic_that_rules_out_every_plan_ends_with_3_and_its_reasons(tmp_path, capsys):
    assert main(["run", "toy", "--set", "rules.population.min=20000"]) == 3
    error = capsys.readouterr().err
    assert "no plan keeps all rules: this is proven" in error
    assert "4 x 20,000 people = 80,000 people" in error
    assert not list(tmp_path.iterdir())


def test_a_proof_by_the_solver_alone_ends_with_3_and_names_the_block(tmp_path, capsys):
    # four municipalities of 12,100 fit the total, but no contiguous four do
    assert main(["run", "toy", "--set", "rules.population.min=12100"]) == 3
    error = capsys.readouterr().err
    assert "block toy (12 units)" in error
    assert "the solver proved it" in error
    assert "loosen one at a time, to see which binds: rules.population, rules.munic" in error
    assert not list(tmp_path.iterdir())


def test_no_plan_in_the_time_ends_with_4_and_writes_nothing(monkeypatch, toy, tmp_path, capsys):
    ends_with(monkeypatch, ended(toy, Status.NO_PLAN, plan=None, scorecard=None))
    assert main(["run", "toy"]) == 4
    assert "no plan was found in the time, and none was ruled out" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_interrupted_run_ends_with_130_and_keeps_the_best_plan(
    monkeypatch, toy, tmp_path, capsys
):
    ends_with(monkeypatch, ended(toy, Status.INTERRUPTED))
    assert main(["run", "toy", "-o", "out"]) == 130
    assert (tmp_path / "out" / "assignment.csv").is_file()
    assert "interrupted: the best plan so far is in out" in capsys.readouterr().err


@pytest.mark.parametrize("outside", [False, True], ids=["in the solve", "outside it"])
def test_an_interruption_without_a_plan_ends_with_130_and_writes_nothing(
    monkeypatch, toy, tmp_path, capsys, outside
):
    without = ended(toy, Status.INTERRUPTED, plan=None, scorecard=None)
    ends_with(monkeypatch, KeyboardInterrupt() if outside else without)
    assert main(["run", "toy"]) == 130
    told = "nothing is half-written" if outside else "before a plan was found"
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_solver_s_failure_is_our_fault(monkeypatch, toy, capsys):
    ends_with(monkeypatch, ended(toy, Status.FAILED, plan=None, scorecard=None))
    assert main(["run", "toy"]) == 1
    assert "amalgamation doctor" in capsys.readouterr().err


@pytest.mark.parametrize("error", [ZeroDivisionError("by nothing"), SolverError("it broke")])
def test_our_fault_ends_with_1_and_shows_no_traceback_unless_asked(monkeypatch, capsys, error):
    ends_with(monkeypatch, error)
    assert main(["run", "toy"]) == 1
    short = capsys.readouterr().err
    assert f"{type(error).__name__}: {error}" in short
    assert "Please report it" in short
    assert "Traceback" not in short
    assert main(["--debug", "run", "toy"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_plan_that_breaks_a_rule_is_withheld_and_the_rule_is_named(monkeypatch, capsys):
    finding = Finding("rules.population.min", "municipality of a", "7 people", "at least 8")
    ends_with(monkeypatch, VerificationError([finding]))
    assert main(["run", "toy"]) == 1
    error = capsys.readouterr().err
    assert "a plan broke a rule and was withheld" in error
    assert "7 people" in error


def test_bad_input_ends_with_2_lists_every_finding_and_writes_nothing(tmp_path, capsys):
    wrong = ["--set", "rules.populaton.min=3", "--set", "rules.reach_km=7", "--minutes", "-1"]
    assert main(["run", "toy", *wrong]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: 3 findings refuse the input; nothing was written\n")
    for part in ("rules.populaton", "did you mean `population`?", "rules.reach_km", "-1.0"):
        assert part in captured.err
    assert captured.err.count("found:") == captured.err.count("remedy:") == 3
    assert not list(tmp_path.iterdir())


def test_options_and_settings_that_contradict_each_other_are_refused_together(capsys):
    assert main(["run", "toy", "--gap", "3", "--set", "solve.gap_percent=2", "--set", "bad"]) == 2
    error = capsys.readouterr().err
    assert "solve.gap_percent" in error
    assert '"bad"' in error


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nope"], "No such command"),
        (["run", "--foo"], "--foo"),
        (["run", "--minutes", "abc"], "--minutes"),
        (["verify"], "RUN_DIR"),
        (["check", "toy", "surplus"], "surplus"),
    ],
)
def test_a_command_line_that_cannot_be_understood_ends_with_2_in_the_same_style(
    capsys, arguments, told
):
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: the command line cannot be understood\n  1. ")
    assert told in error
    assert "--help` shows what it takes" in error


def test_a_folder_that_cannot_be_used_is_refused_before_any_time_is_spent(
    monkeypatch, tmp_path, capsys
):
    ends_with(monkeypatch, AssertionError("the solve has begun"))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    assert main(["run", "toy", "-o", "mine"]) == 2
    assert "letter.txt" in capsys.readouterr().err
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]


def test_a_folder_that_nobody_can_write_is_refused_before_any_time_is_spent(
    monkeypatch, tmp_path, capsys
):
    ends_with(monkeypatch, AssertionError("the solve has begun"))
    (tmp_path / "file").write_text("not a folder")
    assert main(["run", "toy", "-o", "file/run"]) == 2
    error = capsys.readouterr().err
    assert "folder file/run" in error
    assert "name a folder that you may write" in error


def test_a_run_on_files_of_ones_own_is_verified_where_its_scenario_lies(tmp_path, capsys):
    (tmp_path / "units.csv").write_text("id,population\na,9000\nb,9000\n", encoding="utf-8")
    (tmp_path / "ties.csv").write_text("from,to,km\na,b,3\n", encoding="utf-8")
    (tmp_path / "own.yaml").write_text(
        "scenario: own\nterritory: {units: units.csv, id: id}\n"
        "graph: {ties: {file: ties.csv}}\naims: {access: 1}\nwrite: [csv]\n",
        encoding="utf-8",
    )
    assert main(["run", "own.yaml", "-q"]) == 0
    assert main(["verify", "runs/own"]) == 2
    error = capsys.readouterr().err
    assert "runs/own cannot be judged without its data" in error
    assert "name the folder of the scenario file: --data-folder DIR" in error
    assert main(["verify", "runs/own", "--data-folder", "."]) == 0
    assert "own.yaml" not in capsys.readouterr().out


def test_a_run_of_a_bundled_scenario_is_verified_without_a_note(capsys):
    assert main(["run", "toy", "-q", *TABLES]) == 0
    assert main(["verify", "runs/toy"]) == 0
    assert "note" not in capsys.readouterr().out


def test_a_former_run_is_replaced_only_when_asked(capsys):
    again = ["run", "toy", "-q", *TABLES]
    assert main(again) == 0
    assert main(again) == 2
    assert "a former run" in capsys.readouterr().err
    assert main([*again, "--overwrite"]) == 0


@pytest.mark.slow
def test_ctrl_c_ends_a_long_search_with_130(tmp_path):
    # one oblast of 224 units to a thousandth of a per cent: hours
    arguments = ["run", "kz-two-tier", "-o", "out", "--gap", "0.001", "--minutes", "60"]
    arguments += ["--set", 'territory.where.oblast=["110000000"]']
    arguments += ["--set", "rules.municipalities=null", "--set", "write=[csv]"]
    process = subprocess.Popen(
        [sys.executable, "-m", "amalgamation", *arguments],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr.readline() == "reading kz-two-tier\n"
    time.sleep(8)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=120)
    assert process.returncode == 130, error
    assert "interrupted" in error
    written = list(tmp_path.iterdir())
    assert not written or json.loads((tmp_path / "out" / "run.json").read_text())
