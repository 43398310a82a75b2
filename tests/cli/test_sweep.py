"""`sweep` and `status`: what goes to the screen, as JSON, and with which exit status."""

import json
from pathlib import Path

import pytest

from amalgamation.cli import main
from amalgamation.study.sweep import run as run_module
from studies import LEAST, NAMES, HerePool

OVER = ["--over", f"{LEAST}=6000,7000,8000"]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")  # in a narrower window names are folded
    monkeypatch.delenv("AMALGAMATION_SCHEDULER", raising=False)
    monkeypatch.setattr(run_module, "LocalPool", HerePool)


def test_a_sweep_tells_each_variant_as_it_ends_and_the_table_at_last(capsys):
    assert main(["sweep", "toy", *OVER]) == 0
    said = capsys.readouterr()
    lines = [line.partition(" s  ")[2] for line in said.err.splitlines()[1:]]
    assert [line.split(":")[0] for line in lines] == [
        f"{number} of 3  {name}" for number, name in enumerate(NAMES, start=1)
    ]
    assert "optimal: cost " in lines[0]
    assert "gap 0.00 %, about " in lines[0]
    assert all(name in said.out for name in NAMES)
    assert "toy: 3 of 3 variants finished" in said.out
    assert "ynthetic" in said.out
    assert Path("studies/toy/study.csv").is_file()


def test_what_is_finished_is_not_answered_again(capsys):
    assert main(["sweep", "toy", *OVER, "-o", "s"]) == 0
    capsys.readouterr()
    assert main(["sweep", "toy", *OVER, "-o", "s"]) == 0
    assert " of 3  " not in capsys.readouterr().err


def test_json_is_one_object_of_the_same_kind_from_both_commands(capsys):
    assert main(["sweep", "toy", *OVER, "-o", "s", "--json", "-q"]) == 0
    swept = json.loads(capsys.readouterr().out)
    assert main(["status", "s", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == swept
    assert (swept["variants"], swept["finished"], swept["failed"], swept["waiting"]) == (3, 3, 0, 0)
    assert swept["seconds_left"] is None
    assert [outcome["name"] for outcome in swept["outcomes"]] == NAMES
    assert {outcome["gap"] for outcome in swept["outcomes"]} == {0}


def test_status_tells_a_study_that_was_broken_off(monkeypatch, capsys):
    class Breaks(HerePool):
        def result(self, future):
            if len(self.handed_out) == 3:
                raise KeyboardInterrupt
            return super().result(future)

    monkeypatch.setattr(run_module, "LocalPool", Breaks)
    assert main(["sweep", "toy", *OVER, "-o", "s"]) == 130
    assert "interrupted: 1 of 3 variants are kept" in capsys.readouterr().err
    assert main(["status", "s"]) == 0
    out = capsys.readouterr().out
    assert "toy: 1 of 3 variants finished, 2 waiting" in out
    assert out.count("not answered") == 2


def test_a_study_from_the_file_alone_with_weights_by_chance(capsys):
    Path("weights.yaml").write_text(
        "extends: toy\nscenario: weights\naims: {balance: {population: 0.5}}\nsweep:\n"
        "  sample: {number: 3, seed: 4, between: {aims.access: {min: 0.5, max: 2}}}\n"
    )
    assert main(["sweep", "weights.yaml", "-o", "s", "-q", "--json"]) == 0
    names = [outcome["name"] for outcome in json.loads(capsys.readouterr().out)["outcomes"]]
    assert names == ["sample-1", "sample-2", "sample-3"]


def test_the_exit_status_is_that_of_the_variants_that_failed(monkeypatch, capsys):
    rule = "rules.keep_together=[], [{units: [x, y]}]"
    assert main(["sweep", "toy", "--over", rule, "-o", "s"]) == 2
    assert "1 variants failed; the same command tries them again" in capsys.readouterr().err
    losing = {"population.min-8000": 99}
    monkeypatch.setattr(run_module, "LocalPool", lambda lands, *_: HerePool(lands, loses=losing))
    assert main(["sweep", "toy", "--over", f"{LEAST}=8000", "-o", "t"]) == 1
    assert "population.min-8000: its worker died" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--over", "rules.population.min"], "key=value"),
        (["--over", "rules.population.min=[1"], "not YAML"),
        (["--over", "a=1", "--over", "a=2"], "its values twice"),
        (["--over", "rules.populaton.min=1,2"], "did you mean `population`"),
        (["--over", f"{LEAST}=8000,many"], 'the text "many"'),
        (["--over", f"{LEAST}=8000", "--set", f"{LEAST}=1"], "a key that varies, set"),
        ([], "no section `sweep`"),
        (["--processes", "0", *OVER], "--processes"),
    ],
)
def test_a_slip_on_the_command_line_is_told_before_anything_is_written(capsys, words, told):
    assert main(["sweep", "toy", *words, "-o", "s"]) == 2
    assert told in " ".join(capsys.readouterr().err.split())
    assert not Path("s").exists()


def test_another_question_in_the_same_folder_is_refused_unless_told(capsys):
    assert main(["sweep", "toy", *OVER, "-o", "s", "-q"]) == 0
    other = ["sweep", "toy", *OVER, "-o", "s", "-q", "--set", "solve.seed=2"]
    assert main(other) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert main([*other, "--overwrite"]) == 0


def test_status_of_what_is_no_study_is_told(capsys):
    Path("empty").mkdir()
    for folder, told in (("absent", "no such folder"), ("empty", "no study.json")):
        assert main(["status", folder]) == 2
        assert told in capsys.readouterr().err
