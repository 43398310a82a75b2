"""The compact model with nothing around it: no search ahead, no listing, no plan to start from.

In: a scenario of one block. Out: an `Outcome`, as of any engine. What the tool calls its
compact engine lets a local search look for plans first and lists the municipalities of very
small blocks; this is what the program of the literature, with separators, does by itself.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import amalgamation as am
from amalgamation.solve.assemble import assemble
from amalgamation.solve.compact import solve_block
from amalgamation.solve.task import BlockTask
from benchmarks.runs import Outcome, run_apart

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from amalgamation.model import Problem
    from amalgamation.solve.assemble import Solution

__all__ = ["ALONE", "run_model_alone"]

ALONE = "model alone"
"""What tables call it: no engine of the tool has this name."""


def run_model_alone(scenario: str | Path, overrides: Mapping[str, Any]) -> Outcome:
    """Solve a scenario of one block by the compact model alone, in a process of its own.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    overrides
        Dotted keys that change the scenario; an engine that they name is not asked.

    Raises
    ------
    ValueError
        If the scenario falls into several blocks.
    """
    return run_apart(ALONE, _run, str(scenario), dict(overrides))


def _run(scenario: str, overrides: dict[str, Any]) -> Outcome:
    began = time.perf_counter()
    ground = am.prepare(scenario, overrides=overrides)
    asked = ground.file.scenario
    problem = am.build_problem(asked, ground.territory, ground.graph)
    if len(problem.blocks) != 1:
        raise ValueError(
            f"{scenario}: found {len(problem.blocks)} blocks; expected one, as the compact model "
            "alone shares out no number among blocks; name one oblast"
        )
    solution = _solve(problem, asked.solve.gap_percent / 100, asked.solve.minutes, asked.solve.seed)
    whole = time.perf_counter() - began
    plan, certificate = solution.plan, solution.certificate
    if plan is not None:
        found = am.verify_plan(plan, asked, ground.territory, ground.graph)
        if len(found):
            raise AssertionError(f"{scenario}: the compact model alone broke a rule: {found}")
    return Outcome(ALONE, str(certificate.status), "", certificate, plan, whole)


def _solve(problem: Problem, gap: float, minutes: float, seed: int) -> Solution:
    """Build the model and solve it; its seconds hold both, as those of an engine do."""
    began = time.perf_counter()
    task = BlockTask(0, problem.own_range(0), seconds=60 * minutes, gap=gap, seed=seed)
    answer = solve_block(problem, task)
    return assemble(
        problem,
        [answer] if answer.seat_of else [],
        [[answer]],
        answer.status,
        answer.bound,
        block_bounds=[answer.bound],
        engines=[("compact", "the model alone")],
        frontier=(),
        peak_mb=0.0,
        seconds=time.perf_counter() - began,
        seed=seed,
        wanted_gap=gap,
    )
