"""Limits on aims and orders of aims, held against every plan of small territories."""

import math

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from amalgamation.model import build_problem
from amalgamation.scenario.schema import Scenario
from amalgamation.solve import capped, solve_in_order, solve_problem
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from oracle import every_seated_plan
from strategies import lands, leaving_questions, questions

SMALL = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
FEW = settings(SMALL, max_examples=12)
SAME = 1e-6


def with_sections(scenario, **sections):
    """Return a scenario with some keys of `rules` and `aims` replaced."""
    whole = scenario.model_dump(by_alias=True)
    for section, keys in sections.items():
        whole[section] |= keys
    return Scenario.model_validate(whole)


def known_plans(question):
    problem = build_problem(*question)
    targets = {aim.attribute: aim.target for aim in problem.aims if aim.name.startswith("balance.")}
    return problem, [raws for raws, _ in every_seated_plan(*question, targets)]


def cost_of(problem, raws, names=None):
    return math.fsum(
        aim.weight * raws.get(aim.name, 0.0) / problem.references[aim.name]
        for aim in problem.aims
        if names is None or aim.name in names
    )


@st.composite
def capped_questions(draw, kind):
    """Draw a question, and the most of one or two aims: between the least and the greatest.

    Values lie so far from every plan's that nothing hangs on rounding.
    """
    scenario, territory, graph = draw(kind)
    aims = scenario.aims
    scenario = with_sections(
        scenario,
        aims={"crossings": {"rayon": aims.crossings.get("rayon", 0.0), "oblast": 0.0}},
    )
    _, plans = known_plans((scenario, territory, graph))
    assume(plans)
    names = ["access", "ties_cut", "crossings.rayon", "left_out"]
    names += [f"balance.{name}" for name in aims.balance]
    names += ["wishes"] if aims.wishes is not None else []
    at_most = {}
    for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)):
        values = sorted({raws.get(name, 0.0) for raws in plans})
        value = draw(st.sampled_from(values)) + draw(st.sampled_from([0.0625, -0.0625]))
        kind_, _, detail = name.partition(".")
        amount = max(0.0, value)
        at_most |= {kind_: at_most.get(kind_, {}) | {detail: amount} if detail else amount}
    return with_sections(scenario, rules={"at_most": at_most}), territory, graph


def least_within(problem, plans, scenario):
    most = scenario.rules.at_most.amounts
    kept = [p for p in plans if all(p.get(n, 0.0) <= m + 1e-6 for n, m in most.items())]
    return min((cost_of(problem, raws) for raws in kept), default=math.inf)


def solve(problem, **options):
    return solve_problem(problem, gap=0.0, seconds=60.0, processes=1, **options)


@SMALL
@given(question=capped_questions(questions(max_units=5)))
def test_of_the_plans_within_a_limit_none_is_cheaper_and_none_is_missed(question):
    """A limit is constraint and judge: the optimum is the brute force's, or there is none."""
    problem, plans = known_plans(question)
    least = least_within(problem, plans, question[0])
    solution = solve(problem)
    if math.isinf(least):
        assert solution.certificate.status is Status.INFEASIBLE
        return
    assert solution.certificate.status is Status.OPTIMAL
    assert solution.certificate.cost == pytest.approx(least, rel=SAME, abs=1e-9)
    assert verify_plan(solution.plan, *question, solution.certificate) == ()


@FEW
@given(question=capped_questions(leaving_questions(max_units=5)))
def test_a_limit_counts_units_left_out_as_well(question):
    problem, plans = known_plans(question)
    least = least_within(problem, plans, question[0])
    certificate = solve(problem).certificate
    if math.isinf(least):
        assert certificate.status is Status.INFEASIBLE
    else:
        assert certificate.cost == pytest.approx(least, rel=SAME, abs=1e-9)
        assert certificate.status is Status.OPTIMAL


@pytest.mark.parametrize("engine", ["compact", "columns"])
@FEW
@given(question=capped_questions(questions(min_units=3, max_units=5)))
def test_prices_alone_never_claim_too_much(question, engine):
    """Without the one program a gap may stay, but never a bound above the true least."""
    problem, plans = known_plans(question)
    least = least_within(problem, plans, question[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(capped, "_MOST_PAIRS", -1)
        solution = solve(problem, engine=engine)
    certificate = solution.certificate
    if certificate.status is Status.INFEASIBLE:
        assert math.isinf(least)
        return
    assert certificate.bound <= least * (1 + SAME) + 1e-9
    if solution.plan is not None:
        assert certificate.cost >= least * (1 - SAME) - 1e-9
        assert verify_plan(solution.plan, *question, certificate) == ()


@FEW
@given(question=capped_questions(questions(min_units=3, max_units=5)))
def test_after_prices_the_one_program_still_settles_it(question):
    problem, plans = known_plans(question)
    least = least_within(problem, plans, question[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(capped, "_FEW_UNITS", 0)
        certificate = solve(problem).certificate
    if math.isinf(least):
        assert certificate.status is Status.INFEASIBLE
    else:
        assert certificate.status is Status.OPTIMAL
        assert certificate.cost == pytest.approx(least, rel=SAME, abs=1e-9)


@st.composite
def ordered_questions(draw, max_units=5):
    """Draw a question whose aims stand in an order, in groups of one or two."""
    scenario, territory, graph = draw(questions(min_units=2, max_units=max_units))
    names = draw(st.permutations(list(scenario.aims.weights)))
    assume(names)
    groups = []
    while names:
        size = draw(st.integers(1, min(2, len(names))))
        groups.append(names[:size] if size > 1 else names[0])
        names = names[size:]
    return with_sections(scenario, aims={"order": groups}), territory, graph


def order_by_brute_force(problem, plans, groups, give=0.0):
    """Return the least value of each group among the plans that keep those before it."""
    least = []
    for group in groups:
        names = [a.name for a in problem.aims if a.name in group or a.name.split(".")[0] in group]
        costs = [cost_of(problem, raws, names) for raws in plans]
        least.append(min(costs))
        plans = [
            raws
            for raws, cost in zip(plans, costs, strict=True)
            if cost <= least[-1] / (1 - give) * (1 + 1e-9) + 1e-9
        ]
    return least


@SMALL
@given(question=ordered_questions())
def test_each_aim_is_least_among_the_plans_that_keep_those_before_it(question):
    problem, plans = known_plans(question)
    groups = question[0].aims.groups
    solution = solve_in_order(problem, groups, gap=0.0, seconds=60.0, processes=1)
    if not plans:
        assert solution.certificate.status is Status.INFEASIBLE
        return
    least = order_by_brute_force(problem, plans, groups)
    found = solution.certificate
    assert [s.value for s in found.stages] == pytest.approx(least, rel=1e-5, abs=1e-5)
    assert [s.bound for s in found.stages] == pytest.approx(least, rel=1e-5, abs=1e-5)
    assert found.status is Status.OPTIMAL
    assert verify_plan(solution.plan, *question, found) == ()


@FEW
@given(question=ordered_questions(max_units=5), percent=st.sampled_from([10.0, 30.0]))
def test_an_aim_gives_way_no_further_than_it_may(question, percent):
    """Each stage's bound lies below what brute force finds with just so much given way."""
    problem, plans = known_plans(question)
    assume(plans)
    groups, give = question[0].aims.groups, percent / 100
    solution = solve_in_order(problem, groups, gap=0.0, give=give, seconds=60.0, processes=1)
    least = order_by_brute_force(problem, plans, groups, give)
    for stage, value in zip(solution.certificate.stages, least, strict=True):
        assert stage.bound == pytest.approx(value, rel=1e-5, abs=1e-5)
        assert stage.gap <= give + 1e-5 or stage.value <= 1e-5
    assert verify_plan(solution.plan, *question, solution.certificate) == ()


@st.composite
def walled_caps(draw):
    """Draw several blocks that share a limit on an aim and a number of municipalities."""
    territory, graph = draw(lands(min_units=3, max_units=5))
    low, high = sorted(draw(st.tuples(st.integers(1, 6), st.integers(1, 6))))
    scenario = Scenario.model_validate(
        {
            "scenario": "walled",
            "territory": {"dataset": "toy"},
            "rules": {"walls": ["rayon"], "municipalities": {"min": low, "max": high}},
            "aims": {
                "access": 1.0,
                "balance": {"population": {"weight": 0.5, "target": 1000.0}},
            },
        }
    )
    return draw(capped_questions(st.just((scenario, territory, graph))))


@pytest.mark.parametrize("few", [0, 60], ids=["after prices", "at once"])
@FEW
@given(question=walled_caps())
def test_a_limit_over_several_blocks_is_met_at_the_least_cost(question, few):
    problem, plans = known_plans(question)
    least = least_within(problem, plans, question[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(capped, "_FEW_UNITS", few)
        solution = solve(problem)
    if math.isinf(least):
        assert solution.certificate.status is Status.INFEASIBLE
        return
    assert solution.certificate.status is Status.OPTIMAL
    assert solution.certificate.cost == pytest.approx(least, rel=SAME, abs=1e-9)
    assert verify_plan(solution.plan, *question, solution.certificate) == ()
