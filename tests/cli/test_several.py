"""Several scenarios in one command: one after the other, each with a folder of its own."""

import json
from pathlib import Path

import pytest

from amalgamation import api
from amalgamation.cli import main
from amalgamation.errors import SolverError

TABLES = ["--set", "write=[csv]"]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(name, **keys):
    question = {"scenario": name, "territory": {"dataset": "toy"}, "plan": "today"} | keys
    Path(f"{name}.yaml").write_text(json.dumps(question), encoding="utf-8")
    return f"{name}.yaml"


def too_much(name):
    """Ask for what arithmetic proves impossible."""
    return write(name, plan=None, rules={"population": {"min": 10**6}})


def test_each_has_its_run_folder_and_all_are_summed_up(capsys):
    assert main(["run", write("one"), write("two"), *TABLES]) == 0
    assert sorted(path.parent.name for path in Path("runs").glob("*/run.json")) == ["one", "two"]
    captured = capsys.readouterr()
    assert captured.err.splitlines() == [
        "reading and measuring one",
        "reading and measuring two",
    ]
    assert captured.out.endswith("\none: done\ntwo: done\n")


def test_an_output_folder_holds_one_folder_for_each():
    assert main(["run", write("one"), write("two"), "-o", "all", "-q", *TABLES]) == 0
    assert sorted(path.name for path in Path("all").iterdir()) == ["one", "two"]


def test_the_worst_exit_status_counts_and_the_others_are_answered_all_the_same(capsys):
    assert main(["run", too_much("vast"), write("two"), *TABLES]) == 3
    assert [path.name for path in Path("runs").iterdir()] == ["two"]
    out = capsys.readouterr().out
    assert out.endswith("\nvast: infeasible\ntwo: done\n")


def test_a_slip_in_any_file_refuses_all_before_the_first_is_begun(capsys):
    """Nobody wants to learn of a typo in the last file after hours."""
    wrong = [write("one", plam=1), write("two", rulse={})]
    assert main(["run", write("good"), *wrong]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: 2 findings refuse the input; nothing was written\n")
    assert "one.yaml" in error
    assert "two.yaml" in error
    assert not Path("runs").exists()


def test_a_folder_that_cannot_be_used_refuses_all_before_the_first_is_begun(capsys):
    Path("runs/two").mkdir(parents=True)
    Path("runs/two/precious.txt").touch()
    assert main(["run", write("one"), write("two")]) == 2
    assert "precious.txt" in capsys.readouterr().err
    assert not Path("runs/one").exists()


def test_data_that_fail_in_one_do_not_end_the_others(capsys):
    lost = write("lost", territory={"units": "none.csv"})
    assert main(["run", lost, write("two"), *TABLES]) == 2
    assert Path("runs/two/run.json").is_file()
    assert "lost:\nerror: 1 finding refuses the input" in capsys.readouterr().err


def test_our_fault_in_one_does_not_end_the_others(monkeypatch, capsys):
    run = api.run

    def breaks(source, **options):
        if source == "one.yaml":
            message = "it broke"
            raise SolverError(message)
        return run(source, **options)

    monkeypatch.setattr(api, "run", breaks)
    assert main(["run", write("one"), write("two"), *TABLES]) == 1
    assert "SolverError: it broke" in capsys.readouterr().err
    assert Path("runs/two/run.json").is_file()


def test_an_interruption_ends_them_all(monkeypatch, capsys):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "run", interrupted)
    assert main(["run", write("one"), write("two")]) == 130
    captured = capsys.readouterr()
    assert "one: interrupted; nothing of it was written" in captured.err
    assert captured.out.endswith("one: interrupted\ntwo: not begun\n")


def test_two_of_one_name_are_refused():
    """They would write one folder."""
    write("one")
    assert main(["run", "one.yaml", "./one.yaml"]) == 2
    assert not Path("runs").exists()


def test_json_is_one_object_with_the_answers_of_all(capsys):
    lost = write("lost", territory={"units": "none.csv"})
    assert main(["run", too_much("vast"), lost, write("two"), "--json", "-q", *TABLES]) == 2
    runs = json.loads(capsys.readouterr().out)["runs"]
    assert {run["scenario"]: run["status"] for run in runs} == {
        "vast": "infeasible",
        "lost": "bad input",
        "two": "measured",
    }
