"""Studies that take a plan apart by blocks, and limits on the whole plan that forbid it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.errors import InputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from amalgamation.scenario import Scenario

__all__ = ["refuse_limits_on_whole"]


def refuse_limits_on_whole(scenario: Scenario, study: str) -> None:
    r"""Refuse a scenario whose ``rules.at_most`` or ``aims.order`` binds the plan as a whole.

    Such a study solves parts of the country again, each as if the others did not matter.

    Parameters
    ----------
    scenario
        The question.
    study
        What is asked, as a message names it.

    Raises
    ------
    InputError
        If the scenario has one of them.

    Examples
    --------
    >>> from amalgamation.scenario import scenario_from_text
    >>> refuse_limits_on_whole(scenario_from_text("scenario: a\nterritory: {dataset: toy}"), "it")
    """
    keys = {"rules.at_most": scenario.rules.at_most.amounts, "aims.order": scenario.aims.order}
    findings = [
        Finding(
            "limit-on-whole",
            f"scenario {scenario.scenario}, {key}",
            f"a limit on the whole plan, which {study} would not see",
            f"a question without {key}",
            f"leave {key} out (null), or ask `amalgamation frontier` between the two aims",
        )
        for key, found in keys.items()
        if found
    ]
    if findings:
        raise InputError(findings)
