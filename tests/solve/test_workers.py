"""Whoever watches a run sees plans from the start on, not only at the end."""

import math

import pytest

from amalgamation.api import prepare
from amalgamation.model import build_problem
from amalgamation.solve import solve_problem


@pytest.mark.parametrize("processes", [1, 2])
def test_the_first_plan_is_told_before_any_engine_has_begun(processes):
    """Someone who stops early must know that there is something to keep."""
    overrides = {"rules.walls": ["rayon"], "rules.municipalities": None}
    ground = prepare("toy", overrides=overrides)
    problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    told = []
    solve_problem(problem, gap=0.0, processes=processes, report=told.append)
    started = [word for word in told if word.stage == "start" and word.done]
    assert {word.block for word in started} == {block.name for block in problem.blocks}
    assert all(math.isfinite(word.cost) for word in started)
