"""Why a scenario has no plan: the road up to the question, and the room that explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amalgamation.errors import InputError
from amalgamation.explain import explain_no_plan as say_why
from amalgamation.findings import Finding
from amalgamation.road.ground import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from amalgamation.explain import WhyNot

__all__ = ["explain_no_plan"]


def explain_no_plan(
    scenario: str | Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    seconds: float = 60.0,
) -> WhyNot:
    """Say why a scenario has no plan, and what would make one possible.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    overrides
        Dotted keys that change the scenario.
    allow_outside
        Let the scenario name files outside its own folder.
    seconds
        Time limit; what was not settled by then is named.

    Returns
    -------
    WhyNot
        Its status is ``infeasible`` with reasons, ``feasible`` where there is a plan after
        all, or ``no plan found`` where the time was too short for either.

    Raises
    ------
    InputError
        If scenario or data cannot be used, or the scenario gives its plan.

    Examples
    --------
    >>> explain_no_plan("toy", overrides={"rules.population.min": 12100}).first_line()[:70]
    'toy (12 units): no plan keeps all of at least 4 municipalities (rules.'
    """
    ground = prepare(scenario, overrides=overrides, allow_outside=allow_outside)
    question = ground.file.scenario
    if question.plan is not None:
        raise InputError([_given(question.scenario)])
    return say_why(
        question, ground.territory, ground.graph, seconds=seconds, seed=question.solve.seed
    )


def _given(name: str) -> Finding:
    return Finding(
        "plan-given",
        f"scenario {name}, plan",
        "a plan that is given, so that none is sought",
        "a question: rules, and no plan",
        "remove plan (--set plan=null), or ask amalgamation run what the plan breaks",
    )
