"""A plan to begin from: used where it keeps the rules, told where it does not."""

import pytest

from amalgamation import api
from amalgamation.cli import main
from amalgamation.errors import InputError
from amalgamation.model import build_problem
from amalgamation.plan import Plan
from amalgamation.road import answer, prepare
from amalgamation.solve import solve_problem

ONE_PROCESS = {"solve.processes": 1}


@pytest.fixture(scope="module")
def ground():
    return prepare("toy", overrides=ONE_PROCESS)


@pytest.fixture(scope="module")
def best(ground):
    return answer(ground)


def begin(ground, plan, seconds):
    problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    return solve_problem(problem, seconds=seconds, processes=1, start=plan)


def test_a_run_without_time_ends_with_the_plan_that_it_began_from(ground, best):
    solution = begin(ground, best.plan, seconds=0)
    assert begin(ground, None, seconds=0).plan is None
    assert solution.certificate.cost == pytest.approx(best.certificate.cost)
    groups = set(best.plan.municipalities.values())
    assert set(solution.plan.municipalities.values()) == groups


def test_a_better_plan_is_found_from_any_start(ground, best):
    whole = Plan.from_seats(dict.fromkeys(ground.territory.ids, ground.territory.ids[0]))
    improved = answer(ground, start=whole)
    assert improved.certificate.cost == pytest.approx(best.certificate.cost)


def test_a_plan_that_breaks_a_rule_is_told_and_lends_nothing(ground, best):
    alone = Plan.from_seats({unit: unit for unit in ground.territory.ids})
    result = answer(ground, start=alone)
    (told,) = [finding for finding in result.findings if finding.check == "start-unused"]
    assert told.where == "block toy"
    assert "municipality" in told.found
    assert result.certificate.cost == pytest.approx(best.certificate.cost)


def test_the_command_begins_from_the_assignment_of_a_run(tmp_path, monkeypatch, best, capsys):
    monkeypatch.chdir(tmp_path)
    best.write(tmp_path / "first")
    begun = ["run", "toy", "--start", "first/assignment.csv", "-o", "second"]
    assert main([*begun, "--set", "solve.processes=1"]) == 0
    assert "start-unused" not in capsys.readouterr().out
    first, second = (tmp_path / name / "assignment.csv" for name in ("first", "second"))
    assert first.read_text("utf-8") == second.read_text("utf-8")


def test_a_start_that_is_no_table_is_refused_before_the_solve(tmp_path):
    path = tmp_path / "start.csv"
    path.write_text("unit,municipality\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="unit_id"):
        api.run("toy", overrides=ONE_PROCESS, start=path)
