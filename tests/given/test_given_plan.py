"""A scenario that gives its plan is measured, not solved: what it breaks is told."""

import json
from pathlib import Path

import pytest

import amalgamation as am
from amalgamation import api
from amalgamation.cli import main
from amalgamation.errors import DataError, InputError, ScenarioError
from amalgamation.findings import Severity, errors_in
from amalgamation.given import build_tier_plan, read_given_plan
from amalgamation.scenario.schema import PlanFile
from amalgamation.status import Status
from strategies import build_territory

TODAY = {"plan": "today", "write": ["csv"]}
RAYONS = {"plan": {"tier": "rayon"}, "write": ["csv"]}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write_question(**keys):
    question = {"scenario": "mine", "territory": {"dataset": "toy"}, "write": ["csv"]} | keys
    Path("mine.yaml").write_text(json.dumps(question))
    return Path("mine.yaml")


def set_all(changes):
    return [word for key, value in changes.items() for word in ("--set", f"{key}={value}")]


def test_each_parent_is_a_municipality_around_its_most_populous_unit():
    territory = build_territory([3, 9, 4, 4], rayon=["12", "12", "11", "11"])
    plan = build_tier_plan(territory, "rayon")
    assert plan.municipalities == {"11": ("u3", "u4"), "12": ("u1", "u2")}
    assert plan.seat_of == {"11": "u3", "12": "u2"}  # of equals, the first by code


def test_a_tier_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(ScenarioError, match=r"plan\.tier: found tier rayn.*did you mean rayon\?"):
        am.run("toy", overrides={"plan": {"tier": "rayn"}})


def test_today_is_measured_and_its_breaches_are_warnings():
    """Ten of the twelve toy units have fewer than 8,000 residents; and twelve are not four."""
    result = am.run("toy", overrides=TODAY)
    assert result.status is Status.MEASURED
    assert result.plan.seat_of == {unit: unit for unit in result.territory.ids}
    assert {one.severity for one in result.breaches} == {Severity.WARNING}
    small = (result.territory.values("population") < 8000).sum()
    checks = [one.check for one in result.breaches]
    assert checks.count("rules.population.min") == small == 10
    assert checks.count("rules.municipalities.exactly") == 1
    assert errors_in(result.findings) == []


def test_a_measured_plan_costs_what_the_same_plan_costs_when_it_is_solved_for():
    """One yardstick: the aims are divided by the same reference."""
    solved = am.run("toy", overrides={"solve.processes": 1, "write": ["csv"]})
    solved.write(Path("solved"))
    Path("solved.csv").write_bytes(Path("solved/assignment.csv").read_bytes())
    question = {"extends": "toy", "plan": {"file": "solved.csv"}, "write": ["csv"]}
    Path("again.yaml").write_text(json.dumps({"scenario": "again"} | question))
    measured = am.run(Path("again.yaml"))
    assert measured.certificate.cost == pytest.approx(solved.certificate.cost)
    assert measured.certificate.aims[0].raw == pytest.approx(solved.certificate.aims[0].raw)
    assert measured.breaches == ()
    assert [one.path for one in measured.inputs if one.role == "plan"] == ["solved.csv"]


def test_no_aims_cost_nothing():
    result = am.run(write_question(plan="today"))
    assert (result.certificate.cost, result.certificate.aims) == (0, ())
    assert "gap none" in repr(result)


def test_a_municipality_in_two_pieces_is_told_and_measured():
    """Rivers, exclaves and mistakes: a drawn plan need not hang together."""
    toy = am.read_territory(am.prepare("toy").file.scenario.territory)
    first, *rest = toy.ids
    rows = [f"{first},A,{first}", f"{toy.ids[-1]},A,{first}"]
    rows += [f"{unit},{unit},{unit}" for unit in rest[:-1]]
    Path("drawn.csv").write_text("\n".join(["unit_id,municipality_id,seat_id", *rows]) + "\n")
    result = am.run(write_question(plan={"file": "drawn.csv"}))
    (breach,) = result.breaches
    assert breach.check == "contiguity"
    assert result.scorecard.municipalities.loc["A", "units"] == 2


def test_a_plan_of_other_units_is_refused():
    Path("drawn.csv").write_text("unit_id,municipality_id,seat_id\nx,x,x\n")
    with pytest.raises(InputError, match="12 units without municipality"):
        am.run(write_question(plan={"file": "drawn.csv"}))


def test_an_absent_file_is_refused_by_its_key():
    territory = build_territory([1])
    with pytest.raises(DataError, match=r"plan\.file: found no file none\.csv"):
        read_given_plan(PlanFile(file="none.csv"), territory, Path())


def test_a_path_out_of_the_scenario_s_folder_is_refused():
    with pytest.raises(ScenarioError, match=r"plan\.file.*leads out of the scenario's folder"):
        am.run(write_question(plan={"file": "../drawn.csv"}))


def test_arithmetic_refuses_no_plan_that_is_there_already():
    """Four municipalities of 20,000 cannot be: asked of a given plan, they are a yardstick."""
    changes = TODAY | {"rules.population.min": 20_000}
    assert am.prepare("toy", overrides=changes).impossible == ()
    assert am.run("toy", overrides=changes).status is Status.MEASURED


@pytest.mark.parametrize("changes", [TODAY, RAYONS], ids=["today", "by tier"])
def test_the_command_says_measured_ends_with_0_and_the_folder_verifies(changes, capsys):
    assert main(["run", "toy", *set_all(changes), "-o", "out"]) == 0
    captured = capsys.readouterr()
    assert "reading and measuring toy" in captured.err
    assert "measured: no solve, so no bound" in captured.out
    assert "rules that the plan breaks: " in captured.out
    assert "gap" not in captured.out
    assert main(["verify", "out"]) == 0
    assert "a measured plan, which breaks the rules above" in capsys.readouterr().out


def test_many_breaches_are_counted_by_rule_and_ten_are_shown(capsys):
    assert main(["run", "toy", *set_all(TODAY), "-o", "out"]) == 0
    out = capsys.readouterr().out
    counted = "11 (rules.municipalities.exactly 1, rules.population.min 10)"
    assert f"rules that the plan breaks: {counted}" in out
    assert out.count("remedy:") == 10
    assert "and 1 more; run.json of the run folder has all" in out
    notices = json.loads(Path("out/run.json").read_text())["notices"]
    assert sum("rules.population.min" in line for line in notices) == 10


def test_check_says_that_nothing_is_solved(capsys):
    assert main(["check", "toy", "--set", "plan={tier: rayon}"]) == 0
    told = "plan:      tier rayon, measured as it stands; nothing is solved"
    assert told in capsys.readouterr().out


def test_a_folder_whose_plan_is_not_the_one_that_the_scenario_gives_is_found_out(capsys):
    assert main(["run", "toy", *set_all(TODAY), "-o", "out"]) == 0
    path = Path("out/assignment.csv")
    rows = path.read_text().splitlines()
    other = rows[2].split(",")
    rows[1] = ",".join([rows[1].split(",")[0], other[1], other[2]])
    path.write_text("\n".join(rows) + "\n")
    assert main(["verify", "out"]) == 2
    assert "every unit as it stands (plan: today)" in capsys.readouterr().err


def test_a_seat_of_a_tier_s_plan_must_be_its_most_populous_unit():
    result = am.run("toy", overrides=RAYONS)
    plan, question = result.plan, result.scenario
    municipality, units = next(iter(plan.municipalities.items()))
    other = next(unit for unit in units if unit != plan.seat_of[municipality])
    moved = am.Plan(plan.municipality_of, plan.seat_of | {municipality: other})
    parts = (question, result.territory, result.graph, result.certificate)
    assert "certificate.plan" not in {one.check for one in am.verify_plan(plan, *parts)}
    assert "certificate.plan" in {one.check for one in am.verify_plan(moved, *parts)}


def test_a_given_plan_that_claims_to_be_solved_is_found_out(capsys):
    assert main(["run", "toy", *set_all(TODAY), "-o", "out"]) == 0
    path = Path("out/run.json")
    record = json.loads(path.read_text())
    record["certificate"] |= {"status": "optimal", "bound": record["certificate"]["cost"]}
    path.write_text(json.dumps(record))
    assert main(["verify", "out"]) == 2
    assert "optimal, of a plan that was given" in capsys.readouterr().err


def test_a_plan_drawn_elsewhere_may_be_measured_by_a_scenario_that_gives_another():
    """`measure` names the territory and the rules by a scenario, not the plan."""
    question = write_question(plan="today")
    result = am.run(question)
    result.write(Path("out"))
    rows = [f"{unit},{result.territory.ids[0]},{result.territory.ids[0]}" for unit in
            result.territory.ids]  # fmt: skip
    Path("one.csv").write_text("\n".join(["unit_id,municipality_id,seat_id", *rows]) + "\n")
    api.measure(Path("one.csv"), question).write(Path("one"))
    assert errors_in(am.verify_run(Path("one"), Path())) == []


@pytest.mark.parametrize("plan", ["today", {"tier": "rayon"}])
def test_units_that_are_always_left_out_stand_outside_a_plan_that_is_built(plan):
    left = ["990101000", "990102000"]
    rules = {"leave_out": {"units": left}}
    result = am.run("toy", overrides={"plan": plan, "rules": rules, "write": ["csv"]})
    assert list(result.plan.outside) == left
    assert not set(left) & set(result.plan.municipality_of)
    assert [one for one in result.breaches if one.check == "rules.leave_out"] == []
