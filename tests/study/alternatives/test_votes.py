"""Votes cost what they say: being alike, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.model import OUTSIDE, build_problem
from amalgamation.solve.task import cost_of
from amalgamation.study.alternatives.votes import alikeness, cast_votes, keeps, tilt
from strategies import build_scenario, build_territory, build_unit_graph, lands

ACCESS = {"access": 1.0, "wishes": {"weight": 1.0, "wishes": [{"unit": "u1", "with": "u2"}]}}


def row_of_four():
    territory = build_territory([100, 100, 100, 100])
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4)])
    return build_problem(build_scenario(aims=ACCESS), territory, graph)


def test_a_tie_votes_by_how_many_plans_keep_it():
    found = [np.array(row, dtype=bool) for row in ([1, 0, 1], [1, 0, 0], [1, 1, 0])]
    assert cast_votes(found) == (3, -1, -1)
    assert alikeness((3, -1, -1), np.array([False, True, True])) == 0
    assert alikeness((3, -1, -1), np.array([True, False, True])) == 4


def test_units_outside_are_not_together():
    (block,) = row_of_four().blocks
    assert keeps(block, {0: 0, 1: 0, 2: OUTSIDE, 3: OUTSIDE}).tolist() == [True, False, False]


def test_a_tilted_problem_leaves_the_wishes_of_the_scenario_alone():
    problem = row_of_four()
    tilted = tilt(problem, 0, (1, -1, 0), 0.5)
    split, merged = {0: 0, 1: 1, 2: 2, 3: 3}, {0: 0, 1: 0, 2: 2, 3: 3}
    assert cost_of(tilted, 0, split) - cost_of(problem, 0, split) == pytest.approx(0.5)
    assert cost_of(tilted, 0, merged) - cost_of(problem, 0, merged) == pytest.approx(1.0)


@st.composite
def _cases(draw):
    territory, graph = draw(lands(2, 6))
    problem = build_problem(build_scenario(aims={"ties_cut": 1.0}), territory, graph)
    block = draw(st.integers(0, len(problem.blocks) - 1))
    size = len(problem.blocks[block])
    plans = [
        {unit: draw(st.integers(0, unit)) for unit in range(size)}
        for _ in range(draw(st.integers(2, 4)))
    ]
    return problem, block, [_seated(plan) for plan in plans]


def _seated(plan):
    """Return a plan in which every seat belongs to itself."""
    return {unit: seat if plan[seat] == seat else unit for unit, seat in plan.items()}


@settings(deadline=None)
@given(_cases(), st.integers(1, 8).map(lambda v: v / 8))
def test_the_tilt_adds_its_weight_times_the_ties_decided_as_the_found_plans_did(case, weight):
    """The sum of agreements, up to what all plans share: so the least alike plan costs least."""
    problem, block, (*found, plan) = case
    own = problem.blocks[block]
    kept = [keeps(own, each) for each in found]
    votes = cast_votes(kept)
    now = keeps(own, plan)
    agreements = sum(int((now == each).sum()) for each in kept)
    least = sum(int(min(c, len(kept) - c)) for c in np.sum(kept, axis=0))
    assert alikeness(votes, now) == agreements - least
    tilted = tilt(problem, block, votes, weight)
    extra = cost_of(tilted, block, plan) - cost_of(problem, block, plan)
    assert extra == pytest.approx(weight * alikeness(votes, now))
