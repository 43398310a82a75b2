"""On small territories every plan is known: what is near, what is certain, what is a choice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, event, given, settings
from hypothesis import strategies as st

from amalgamation.model import build_problem
from amalgamation.road import Ground
from amalgamation.scenario import ScenarioFile
from amalgamation.study import find_alternatives
from oracle import every_plan
from solving import solve
from strategies import build_scenario, build_territory, build_unit_graph, lands, leaving_questions

WITHIN = 40.0
FEW = settings(
    deadline=None,
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],  # a shrink takes longer than to look
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def groups(seat_of):
    """Return who is with whom in a plan of units -> seats; those outside are by themselves."""
    members = {}
    for unit, seat in seat_of.items():
        members.setdefault(seat, []).append(unit)
    return frozenset(frozenset(units) for units in members.values())


def seats(plan):
    return {unit: plan.seat_of_unit(unit) for unit in plan.municipality_of}


def near_plans(question, problem, budget):
    """Return who-with-whom -> cost of each plan within a budget, and how near it any plan lies."""
    targets = {aim.attribute: aim.target for aim in problem.aims if aim.name.startswith("balance.")}
    costs = {
        groups(plan): value for value, plan in every_plan(*question, problem.references, targets)
    }
    nearest = min(abs(value - budget) for value in costs.values())
    return {whom: value for whom, value in costs.items() if value <= budget}, nearest


@st.composite
def open_questions(draw):
    """Draw a question whose rules leave a choice: few of them, on connected units."""
    territory, graph = draw(lands(3, 6, connected=True))
    aims = {"ties_cut": 0.5, "balance": {"population": {"weight": 0.5, "target": 900.0}}}
    rules = {"population": {"min": draw(st.integers(0, 5)) * 100.0}}
    most = draw(st.integers(1, 6))
    rules |= draw(st.sampled_from([{}, {"municipalities": {"min": 1, "max": most}}]))
    aims |= draw(st.sampled_from([{}, {"access": 1.0}]))
    return build_scenario(rules, aims), territory, graph


@FEW
@given(st.one_of(open_questions(), leaving_questions(2, 5, connected=True)))
def test_alternatives_are_plans_within_the_budget_and_certainty_is_what_brute_force_says(question):
    """With every unanimous tie asked, nothing is left to chance: a verdict is a fact."""
    scenario, territory, graph = question
    problem = build_problem(*question)
    assume(len(problem.blocks) == 1)
    solution = solve(question)[1]
    assume(solution.plan is not None and solution.certificate.cost > 0)
    budget = solution.certificate.cost * (1 + WITHIN / 100)
    near, nearest = near_plans(question, problem, budget)
    assume(nearest > 1e-5 * max(1.0, budget))  # nothing may hang on rounding
    event(f"{min(len(near), 5)} near plans")
    ground = Ground(ScenarioFile(scenario, Path(), "", ()), territory, graph, (), ())
    found = find_alternatives(
        ground, solution.plan, within=WITHIN, number=3, probes=100, processes=1
    )

    drawn = [groups(seats(plan)) for plan in found.plans.values()]
    assert len(set(drawn)) == len(drawn)
    for made, whom in zip((found.base, *found.found), drawn, strict=True):
        assert made.certificate.cost == pytest.approx(near[whom], rel=1e-6)
    assert found.unsettled == 0
    for _, tie in found.certainty.ties.iterrows():
        said = {any({tie["a"], tie["b"]} <= group for group in whom) for whom in near}
        expected = {True: "together", False: "apart"}[said.pop()] if len(said) == 1 else "choice"
        assert tie["verdict"] == expected
        assert (tie["reason"] in {"proven", "rule"}) == (expected != "choice")
    if len(near) > 1 and len(graph.ties) and _some_tie_differs(near, graph):
        assert found.found


def _some_tie_differs(near, graph):
    ties = list(zip(graph.ties["a"], graph.ties["b"], strict=True))
    kept = {tuple(any({a, b} <= g for g in whom) for a, b in ties) for whom in near}
    return len(kept) > 1


def test_the_near_plans_of_the_oracle_are_all_plans_where_the_budget_is_wide():
    """The reading of the oracle above can tell: three units in a row have four partitions."""
    question = (
        build_scenario(aims={"access": 1.0}),
        build_territory([1, 1, 1]),
        build_unit_graph(3, [(1, 2), (2, 3)]),
    )
    assert len(near_plans(question, build_problem(*question), 1e9)[0]) == 4
