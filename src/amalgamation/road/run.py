"""The road from its beginning to its end: a scenario in, its result out."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from amalgamation.notebook import notebook_progress
from amalgamation.road.answer import answer, judge
from amalgamation.road.ground import prepare
from amalgamation.write import read_assignment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from amalgamation.result import Result
    from amalgamation.solve import Progress

__all__ = ["measure", "run"]


def run(
    scenario: str | Path = "kz-two-tier",
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    start: Path | None = None,
    report: Callable[[Progress], None] | None = None,
) -> Result:
    """Answer a scenario with a verified plan, a certificate and a scorecard.

    A scenario that gives its plan is measured instead of solved: rules that the plan breaks
    are told in ``result.breaches``.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    overrides
        Dotted keys that change the scenario.
    allow_outside
        Let the scenario name files outside its own folder.
    start
        CSV with the columns ``unit_id, municipality_id, seat_id``: a plan to begin from,
        block by block where it keeps the rules; what it lends nothing to is told.
    report
        Called with the progress of each block.

    Returns
    -------
    Result
        ``result.plan`` is None where the status says so.

    Raises
    ------
    InputError
        If scenario, data or the plan to begin from cannot be used.
    VerificationError
        If the plan found breaks a rule: our fault, and nothing is handed out.

    Examples
    --------
    >>> result = run("toy", overrides={"solve.processes": 1})
    >>> result.status, len(result.plan.municipalities)
    (<Status.OPTIMAL: 'optimal'>, 4)
    """
    ground = prepare(scenario, overrides=overrides, allow_outside=allow_outside)
    first = None if start is None else read_assignment(start)
    shown = nullcontext(report) if report else notebook_progress(ground.file.scenario.scenario)
    with shown as tell:
        return answer(ground, start=first, report=tell)


def measure(
    assignment: Path,
    scenario: str | Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
) -> Result:
    """Measure a plan that was drawn elsewhere, without solving.

    Parameters
    ----------
    assignment
        CSV with the columns ``unit_id, municipality_id, seat_id``.
    scenario
        Names the territory and the rules; rules that the plan breaks are told in
        ``result.breaches``.

    Raises
    ------
    InputError
        If the table, the scenario or the data cannot be used, or the plan is not one of
        this territory.
    """
    changes = {**(overrides or {}), "plan": None}
    ground = prepare(scenario, overrides=changes, allow_outside=allow_outside)
    return judge(ground, read_assignment(assignment))
