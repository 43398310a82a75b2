"""A question made by hand, solved, and held as a finished run is when it is taken up again."""

from __future__ import annotations

from pathlib import Path

from amalgamation.explain.this_plan import draw
from amalgamation.road import Reopened, build_ground
from amalgamation.scenario import ScenarioFile
from solving import solve

__all__ = ["draw_solved", "reopen_solved"]


def reopen_solved(question):
    """Return the run of a question, or None where there is no plan."""
    scenario, territory, graph = question
    options = {"processes": 1, "minutes": 5.0}
    scenario = scenario.model_copy(update={"solve": scenario.solve.model_copy(update=options)})
    _, solution = solve((scenario, territory, graph))
    if solution.plan is None:
        return None
    ground = build_ground(ScenarioFile(scenario, Path(), "", ()), territory, graph)
    return Reopened(ground, solution.plan, solution.certificate)


def draw_solved(question):
    """Return the best plan of a question drawn into its problem; None where there is no plan."""
    _, solution = solve(question)
    if solution.plan is None:
        return None
    return draw(*question, solution.plan, solution.certificate)
