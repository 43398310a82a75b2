"""A certificate must say of the plan what the plan says of itself."""

import math
from dataclasses import replace

import pytest

from amalgamation.plan import Plan
from amalgamation.status import AimValue, Certificate, Status
from amalgamation.verify import verify_plan
from strategies import build_scenario, build_territory, build_unit_graph

PLAN = Plan.from_seats({"u1": "u1", "u2": "u1", "u3": "u3"})
ACCESS = AimValue("access", "person-km", raw=400.0, reference=200.0, weight=0.5)
BALANCE = AimValue("balance.population", "residents", 300.0, 100.0, 0.25, target=900.0)
TRUE = Certificate(Status.OPTIMAL, cost=1.75, bound=1.75, aims=(ACCESS, BALANCE))


def judge(certificate, gap_percent=1.0, target=None):
    """Judge on units with 550, 200 and 750 residents in a row, 2 km apart."""
    return [finding.check for finding in findings_of(certificate, gap_percent, target)]


def findings_of(certificate, gap_percent=1.0, target=None, **sections):
    territory = build_territory([550, 200, 750])
    graph = build_unit_graph(3, [(1, 2, 2.0, 1.0), (2, 3, 2.0, 1.0)])
    balance = 0.25 if target is None else {"weight": 0.25, "target": target}
    aims = {"access": 0.5, "balance": {"population": balance}}
    scenario = build_scenario(aims=aims, solve={"gap_percent": gap_percent}, **sections)
    return verify_plan(PLAN, scenario, territory, graph, certificate)


def with_aims(*aims, **changes):
    return replace(TRUE, aims=aims, **changes)


def test_a_true_certificate_gives_no_finding():
    """Access 200 x 2; balance |750 - 900| twice; 0.5 x 400 / 200 + 0.25 x 300 / 100 = 1.75."""
    assert judge(TRUE) == []


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        (with_aims(replace(ACCESS, raw=401.0), BALANCE), "certificate.aims.access.raw"),
        (
            with_aims(replace(ACCESS, weight=0.6), BALANCE, cost=1.95, bound=1.95),
            "certificate.aims.access.weight",
        ),
        (with_aims(replace(ACCESS, reference=0.0), BALANCE), "certificate.aims.access.reference"),
        (
            with_aims(replace(ACCESS, reference=math.nan), BALANCE),
            "certificate.aims.access.reference",
        ),
        (with_aims(BALANCE, cost=0.75, bound=0.75), "certificate.aims"),
        (
            with_aims(ACCESS, replace(BALANCE, target=None)),
            "certificate.aims.balance.population.target",
        ),
        # JSON writes infinity as nothing, but a finite value is not it
        (with_aims(replace(ACCESS, raw=math.inf), BALANCE), "certificate.aims.access.raw"),
        (with_aims(ACCESS, BALANCE, BALANCE), "certificate.aims"),
        (replace(TRUE, cost=1.76, bound=1.76), "certificate.cost"),
        (replace(TRUE, bound=1.76), "certificate.bound"),
        (replace(TRUE, bound=math.nan), "certificate.bound"),
        (replace(TRUE, bound=1.7), "certificate.status"),
        (replace(TRUE, status=Status.WITHIN_GAP, bound=1.7), "certificate.status"),
        (replace(TRUE, status=Status.INFEASIBLE), "certificate.status"),
        (replace(TRUE, status=Status.NO_PLAN), "certificate.status"),
    ],
)
def test_each_false_claim_is_found_under_its_name(certificate, expected):
    assert expected in judge(certificate)


def test_a_gap_within_the_scenarios_is_within_gap_but_not_optimal():
    """The gap of 1.74 under 1.75 is 0.57 %."""
    assert judge(replace(TRUE, status=Status.WITHIN_GAP, bound=1.74), gap_percent=1.0) == []
    assert judge(replace(TRUE, status=Status.WITHIN_GAP, bound=1.74), gap_percent=0.5) != []
    assert judge(replace(TRUE, status=Status.OPTIMAL, bound=1.74)) == ["certificate.status"]


@pytest.mark.parametrize("status", [Status.FEASIBLE, Status.INTERRUPTED])
def test_a_plan_without_proof_may_have_any_gap(status):
    assert judge(replace(TRUE, status=status, bound=-math.inf)) == []


def test_a_measured_plan_needs_no_bound():
    assert judge(replace(TRUE, status=Status.MEASURED, bound=math.nan)) == []


def test_a_recorded_target_must_be_the_scenarios_own():
    assert "certificate.aims.balance.population.target" in judge(TRUE, target=800.0)
    assert judge(TRUE, target=900.0) == []


def test_an_aim_of_weight_nothing_may_be_recorded_or_not():
    idle = AimValue("ties_cut", "km", 1.0, 1.0, 0.0)
    assert judge(with_aims(ACCESS, BALANCE, idle)) == []


def test_an_aim_of_weight_nothing_hides_no_wrong_cost():
    """Its value is not recomputed; the others' are, and the cost is theirs."""
    idle = AimValue("ties_cut", "km", 1.0, 1.0, 0.0)
    assert judge(with_aims(ACCESS, BALANCE, idle, cost=1.76, bound=1.76)) == ["certificate.cost"]


@pytest.mark.parametrize(("gap", "kept"), [(0.01, True), (0.0100005, True), (0.010003, False)])
def test_a_gap_may_miss_what_was_asked_by_the_judges_rounding_and_no_more(gap, kept):
    told = replace(TRUE, status=Status.WITHIN_GAP, bound=1.75 * (1 - gap))
    assert judge(told, gap_percent=1.0) == ([] if kept else ["certificate.status"])


def test_a_plan_that_was_given_is_measured_and_never_solved_for():
    """With `plan: today` the judge also finds that u2 is merged, which today it is not."""
    solved = findings_of(TRUE, plan="today")
    assert [finding.check for finding in solved] == ["certificate.status", "certificate.plan"]
    assert (solved[0].found, solved[0].expected) == (
        "optimal, of a plan that was given",
        "measured",
    )
    measured = findings_of(replace(TRUE, status=Status.MEASURED), plan="today")
    assert [finding.check for finding in measured] == ["certificate.plan"]


@pytest.mark.parametrize(
    ("certificate", "check", "found", "expected"),
    [
        (
            with_aims(replace(ACCESS, raw=401.0), BALANCE),
            "certificate.aims.access.raw",
            "401 person-km",
            "400 person-km, as recomputed",
        ),
        (
            with_aims(replace(ACCESS, weight=0.6), BALANCE),
            "certificate.aims.access.weight",
            "0.6",
            "0.5",
        ),
        (
            with_aims(replace(ACCESS, reference=0.0), BALANCE),
            "certificate.aims.access.reference",
            "0 person-km",
            "a number above 0",
        ),
        (
            with_aims(BALANCE),
            "certificate.aims",
            "balance.population",
            "access, balance.population",
        ),
        (with_aims(), "certificate.aims", "no aims", "access, balance.population"),
        (
            with_aims(ACCESS, replace(BALANCE, target=None)),
            "certificate.aims.balance.population.target",
            "no target",
            "the target that the deviation is counted from",
        ),
        (replace(TRUE, cost=1.76), "certificate.cost", "1.76", "1.75, as recomputed"),
        (replace(TRUE, bound=1.76), "certificate.bound", "bound 1.76", "at most the cost, 1.75"),
        (
            replace(TRUE, bound=1.4),
            "certificate.status",
            "optimal with a gap of 0.2",
            "a gap of at most 1e-06 for optimal",
        ),
        (
            replace(TRUE, status=Status.WITHIN_GAP, bound=1.4),
            "certificate.status",
            "within gap with a gap of 0.2",
            "a gap of at most 0.01 (solve.gap_percent)",
        ),
        (
            replace(TRUE, status=Status.NO_PLAN),
            "certificate.status",
            "no plan found, yet there is a plan",
            "a status that has a plan",
        ),
    ],
)
def test_a_false_claim_is_told_with_what_is_true(certificate, check, found, expected):
    told = next(finding for finding in findings_of(certificate) if finding.check == check)
    assert (told.where, told.found, told.expected) == (check, found, expected)
    assert told.remedy == "do not use this run; solve again"


def test_a_scenario_without_aims_says_so_where_a_certificate_has_some():
    graph = build_unit_graph(3, [(1, 2), (2, 3)])
    found = verify_plan(PLAN, build_scenario(), build_territory([550, 200, 750]), graph, TRUE)
    assert (found[0].check, found[0].expected) == ("certificate.aims", "no aims")
