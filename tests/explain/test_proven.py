"""What only the solver can prove is a finding too: where, and what to loosen."""

import json
import math

import pytest

from amalgamation import api
from amalgamation.cli import main
from amalgamation.explain import explain_proven
from amalgamation.findings import Severity, errors_in
from amalgamation.model import build_problem
from amalgamation.status import BlockReport, Certificate, Status

ONE_PROCESS = {"solve.processes": 1}
# four municipalities of 12,100 fit the total, but no contiguous four do
HARD = {"rules.population.min": 12100}
WALLED = {"rules.walls": ["rayon"]}


def problem_of(**overrides):
    ground = api.prepare("toy", overrides=overrides)
    return build_problem(ground.file.scenario, ground.territory, ground.graph)


def report(problem, block, status):
    own = problem.blocks[block]
    return BlockReport(own.name, len(own), 0, status, math.inf, -math.inf, 1, 0, 0.1, "kInfeasible")


def certificate_of(*reports):
    return Certificate(Status.INFEASIBLE, math.inf, math.inf, blocks=reports)


def test_a_result_that_only_the_solver_rules_out_carries_the_reason():
    result = api.run("toy", overrides=ONE_PROCESS | HARD)
    assert (result.status, result.plan) == (Status.INFEASIBLE, None)
    (finding,) = errors_in(result.findings)
    assert finding.check == "infeasible"
    assert finding.where == "block toy (12 units)"
    assert "the solver proved it" in finding.found
    assert finding.remedy.endswith("which binds: rules.population, rules.municipalities")
    assert finding.subjects == result.territory.ids


def test_json_carries_it_too(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["run", "toy", "--json", "-q", "--set", "rules.population.min=12100"]) == 3
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["severity"], finding["where"]) == ("error", "block toy (12 units)")
    assert len(finding["subjects"]) == 12


def test_a_plan_gives_no_such_finding():
    assert api.run("toy", overrides=ONE_PROCESS).findings == ()


@pytest.mark.parametrize("status", [Status.NO_PLAN, Status.INTERRUPTED, Status.FAILED])
def test_what_was_not_proven_is_not_claimed(status):
    assert explain_proven(problem_of(), Certificate(status, math.inf, -math.inf)) == ()


def test_of_blocks_that_nothing_joins_each_is_judged_by_itself():
    problem = problem_of(**WALLED, **{"rules.municipalities": None})
    certificate = certificate_of(
        report(problem, 0, Status.OPTIMAL), report(problem, 1, Status.INFEASIBLE)
    )
    (finding,) = explain_proven(problem, certificate)
    assert finding.where == f"block {problem.blocks[1].name} (6 units)"
    assert finding.subjects == problem.blocks[1].ids
    assert finding.remedy.endswith("which binds: rules.walls, rules.population")


def test_blocks_that_share_a_number_are_named_together():
    """Each rayon alone has plans: what it lacks is one at the number the other leaves it."""
    tight = ONE_PROCESS | WALLED | {"rules.population.min": 10000}
    assert api.run("toy", overrides=tight | {"rules.municipalities": None}).plan is not None
    result = api.run("toy", overrides=tight)
    (finding,) = errors_in(result.findings)
    assert finding.severity is Severity.ERROR
    assert finding.where == "blocks 990100000 (6 units), 990200000 (6 units)"
    assert "at a number that rules.municipalities leaves" in finding.found
    assert finding.subjects == result.territory.ids


def test_where_no_block_alone_is_impossible_all_are_named():
    problem = problem_of(**WALLED)
    (finding,) = explain_proven(problem, certificate_of())
    assert finding.where.startswith("blocks 990100000 (6 units), 990200000")
