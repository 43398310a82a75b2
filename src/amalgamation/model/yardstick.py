"""The yardstick: references and targets of another problem, so that two costs compare.

A cost is a sum of raw values over references, and a reference follows from the rules: where
a rule is changed to ask what it costs, the references must not move with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.model.aims.balance import Balance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.model.aims import Aim
    from amalgamation.model.problem import Problem
    from amalgamation.status import AimValue

__all__ = ["use_yardstick"]


def use_yardstick(problem: Problem, measured: Sequence[AimValue]) -> Problem:
    """Return a problem whose aims are measured as those of a certificate were.

    Parameters
    ----------
    problem
        Its aims are those of the certificate, by name.
    measured
        The certificate's aims: their references and targets count from now on.

    Raises
    ------
    KeyError
        If the certificate lacks an aim of the problem.

    Examples
    --------
    >>> from amalgamation.model import build_problem
    >>> from amalgamation.road import prepare
    >>> from amalgamation.status import AimValue
    >>> ground = prepare("toy")
    >>> problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    >>> other = use_yardstick(problem, [AimValue("access", "person-km", 5.0, 10.0, 1.0)])
    >>> other.references
    {'access': 10.0}
    """
    by_name = {aim.name: aim for aim in measured}
    references = {aim.name: by_name[aim.name].reference for aim in problem.aims}
    aims = tuple(_retarget(aim, by_name) for aim in problem.aims)
    return replace(problem, aims=aims, references=references)


def _retarget(aim: Aim, measured: Mapping[str, AimValue]) -> Aim:
    target = measured[aim.name].target
    return replace(aim, target=target) if isinstance(aim, Balance) and target is not None else aim
