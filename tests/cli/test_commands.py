"""The commands beside `run`."""

import json
from pathlib import Path

import pytest

from amalgamation import dataset_names
from amalgamation.cli import main
from amalgamation.scenario import json_schema, read_scenario, scenario_names
from amalgamation.solve import doctor as solve_doctor


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run_folder(tmp_path):
    assert main(["run", "toy", "-o", "plan", "-q", "--set", "write=[csv]"]) == 0
    return tmp_path / "plan"


def spoil(folder):
    """Give one unit to another municipality, as a hand that slips might."""
    path = folder / "assignment.csv"
    rows = path.read_text().splitlines()
    unit, municipality, _ = rows[1].split(",")
    other = next(row for row in rows[2:] if row.split(",")[1] != municipality)
    path.write_text("\n".join([rows[0], ",".join([unit, *other.split(",")[1:]]), *rows[2:]]) + "\n")


def test_check_tells_what_was_read_and_solves_nothing(tmp_path, capsys):
    assert main(["check", "toy"]) == 0
    out = capsys.readouterr().out
    for part in ("12 units", "ties", "at least 8,000", "exactly 4", "access: weight 1"):
        assert part in out
    assert not list(tmp_path.iterdir())


def test_check_names_every_aim_by_its_weight(capsys):
    aims = "aims={balance: {population: {weight: 0.3, target: 20000}}, crossings: {rayon: 0.1}}"
    assert main(["check", "toy", "--set", aims]) == 0
    out = capsys.readouterr().out
    assert "balance.population: weight 0.3, target 20,000" in out
    assert "crossings.rayon: weight 0.1" in out


def test_verify_passes_an_honest_run_and_names_the_checks(run_folder, capsys):
    assert main(["verify", str(run_folder)]) == 0
    assert "contiguity" in capsys.readouterr().out


def test_verify_refuses_a_run_that_was_changed_afterwards(run_folder, capsys):
    spoil(run_folder)
    assert main(["verify", str(run_folder)]) == 2
    assert "does not hold what it claims" in capsys.readouterr().err


def test_measure_shows_a_plan_of_others_and_tells_the_rules_that_it_breaks(run_folder, capsys):
    table = str(run_folder / "assignment.csv")
    assert main(["measure", table, "--scenario", "toy"]) == 0
    assert "rules that the plan breaks" not in capsys.readouterr().out
    stricter = ["--set", "rules.population.min=12000"]
    assert main(["measure", table, "--scenario", "toy", *stricter, "-o", "measured"]) == 0
    out = capsys.readouterr().out
    assert "rules that the plan breaks" in out
    assert "Mean population" in out
    assert (run_folder.parent / "measured" / "run.json").is_file()


def test_measure_sets_a_real_grouping_beside_the_plan(run_folder, capsys):
    table = str(run_folder / "assignment.csv")
    assert main(["measure", table, "--scenario", "toy", "--beside", table]) == 0
    assert "100.0 % of residents in an identical grouping" in capsys.readouterr().out


def test_compare_says_how_far_both_agree_and_names_units_that_do_not_match(run_folder, capsys):
    rows = (run_folder / "assignment.csv").read_text().splitlines()
    real = [row.rpartition(",")[0] + ",7" for row in rows[2:]]
    Path("real.csv").write_text("\n".join(["code,epci,people", *real, "zz9,X,5"]))
    columns = ["--unit-column", "code", "--group-column", "epci", "--weight-column", "people"]
    assert main(["compare", str(run_folder), "real.csv", *columns]) == 0
    out = capsys.readouterr().out
    assert "adjusted Rand index 1.000" in out
    assert "100.0 % of residents" in out
    assert f"1 units only in the first: {rows[1].partition(',')[0]}" in out
    assert "1 units only in the second: zz9" in out


def test_compare_refuses_weights_that_are_no_numbers(run_folder, capsys):
    Path("real.csv").write_text("code,epci,people\na,1,many\n")
    columns = ["--unit-column", "code", "--group-column", "epci", "--weight-column", "people"]
    assert main(["compare", str(run_folder), "real.csv", *columns]) == 2
    assert "a ('many')" in capsys.readouterr().err


def test_compare_puts_runs_side_by_side_in_every_form(run_folder, capsys):
    runs = [str(run_folder), "other"]
    assert main(["run", "toy", "-o", "other", "-q", "--set", "rules.municipalities.exactly=3"]) == 0
    assert main(["compare", *runs, "--measures", "mean_km, municipalities"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["today", "toy", "other"]
    assert "Synthetic: 12 made-up units that stand for no real place." in lines
    assert [line.split() for line in lines if line.startswith("Municipalities")] == [
        ["Municipalities", "12", "4", "3"]
    ]
    for name, start in (
        ("c.csv", "measure,"),
        ("c.md", "|  | today"),
        ("c.json", "{"),
        ("c.txt", " "),
    ):
        assert main(["compare", *runs, "-o", name, "-q"]) == 0
        assert Path(name).read_text().startswith(start)
    assert main(["compare", *runs, "--format", "json"]) == 0
    assert capsys.readouterr().out == Path("c.json").read_text()
    assert main(["compare", *runs, "--format", "csv", "--all"]) == 0
    assert "area_km2_min,Smallest area" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plan", "nope", "/"], ["run nope", "no such folder", "run /", "no run.json"]),
        (["plan/assignment.csv"], ["a file", "for a real grouping, name its columns too"]),
        (["plan", "--measures", "max_kn"], ["`max_kn`", "did you mean `max_km`?"]),
        (["plan", "--measures", "max_km", "--all"], ["both --all and --measures"]),
        (["plan", "-o", "plan/run.json"], ["a file that exists", "--overwrite"]),
        (["plan", "--unit-column", "a"], ["1 files or folders", "one column of a grouping"]),
        (
            ["plan", "g.csv", "--unit-column", "a", "--group-column", "b", "--all"],
            ["--all beside a grouping"],
        ),
    ],
)
def test_compare_refuses_what_it_cannot_put_side_by_side(run_folder, capsys, arguments, told):
    before = (run_folder / "run.json").read_text()
    assert main(["compare", *arguments]) == 2
    error = capsys.readouterr().err
    assert all(part in error for part in told), error
    assert (run_folder / "run.json").read_text() == before


def test_compare_that_cannot_write_says_where(run_folder, capsys):
    assert main(["compare", str(run_folder), "-o", "no/such/folder.csv"]) == 2
    assert "no/such/folder.csv: No such file or directory" in capsys.readouterr().err


def test_new_writes_a_scenario_that_can_be_checked_and_never_overwrites(capsys):
    assert main(["new", "mine", "--dataset", "toy"]) == 0
    assert read_scenario(Path("mine.yaml")).scenario.scenario == "mine"
    Path("mine.yaml").write_text("precious")
    assert main(["new", "mine", "--dataset", "toy"]) == 2
    assert "a file that exists" in capsys.readouterr().err
    assert Path("mine.yaml").read_text() == "precious"


@pytest.mark.parametrize(
    "arguments",
    [["a/b"], ["x", "--dataset", "nope"], ["x", "-o", "x.txt"], ["x", "-o", "no/folder.yaml"]],
)
def test_new_writes_nothing_from_bad_input(tmp_path, arguments):
    assert main(["new", *arguments]) == 2
    assert not list(tmp_path.iterdir())


def test_datasets_and_scenarios_are_listed_and_synthetic_ones_say_so(capsys):
    assert main(["datasets"]) == 0
    out = capsys.readouterr().out
    assert all(name in out and title in out for name, title in dataset_names().items())
    assert "Synthetic" in out
    assert main(["scenarios"]) == 0
    out = capsys.readouterr().out
    assert all(read_scenario(name).scenario.question in out for name in scenario_names())


def test_schema_is_the_json_schema(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema()


def test_doctor_is_healthy_here_and_says_with_which_versions(capsys):
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "highspy" in out
    assert out.endswith("healthy\n")


def test_doctor_ends_with_1_and_a_remedy_where_an_answer_is_wrong(monkeypatch, capsys):
    wrong = solve_doctor.Examination("knapsack", healthy=False, found="20", expected="21")
    monkeypatch.setattr(solve_doctor, "examine", lambda: [wrong])
    assert main(["doctor"]) == 1
    error = capsys.readouterr().err
    assert "knapsack: 20" in error
    assert "remedy: reinstall the solver" in error


def test_doctor_names_a_missing_part(monkeypatch, capsys):
    def broken():
        msg = "no highspy"
        raise ImportError(msg)

    monkeypatch.setattr(solve_doctor, "examine", broken)
    assert main(["doctor"]) == 1
    assert "no highspy" in capsys.readouterr().err


def test_export_model_lists_the_blocks_and_writes_one_by_name_or_number(capsys):
    assert main(["export-model", "toy"]) == 0
    assert "1  toy (12 units" in capsys.readouterr().out
    assert main(["export-model", "toy", "--block", "1", "-o", "one.lp"]) == 0
    assert "Minimize" in Path("one.lp").read_text()
    assert main(["export-model", "toy", "--block", "toy", "-o", "one.mps"]) == 0
    assert "ROWS" in Path("one.mps").read_text()
    assert sorted(path.name for path in Path().iterdir()) == ["one.lp", "one.mps"]


@pytest.mark.parametrize("options", [["2", "-o", "a.lp"], ["1", "-o", "a.txt"], ["1"]])
def test_export_model_refuses_what_it_does_not_know(tmp_path, options):
    assert main(["export-model", "toy", "--block", *options]) == 2
    assert not list(tmp_path.iterdir())


def test_export_model_does_not_overwrite_unless_asked():
    Path("a.lp").write_text("precious")
    assert main(["export-model", "toy", "--block", "1", "-o", "a.lp"]) == 2
    assert Path("a.lp").read_text() == "precious"
    assert main(["export-model", "toy", "--block", "1", "-o", "a.lp", "--overwrite"]) == 0
