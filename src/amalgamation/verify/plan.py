"""Judge a plan by every rule, without a line of the model's or the solver's code.

In: a plan and what it was made from. Out: findings; an error for every rule it breaks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.findings import Severity
from amalgamation.verify.access import check_access
from amalgamation.verify.caps import check_caps, check_order
from amalgamation.verify.certificate import check_certificate
from amalgamation.verify.contiguity import check_contiguity
from amalgamation.verify.like import check_like
from amalgamation.verify.numbers import check_numbers
from amalgamation.verify.outside import check_outside
from amalgamation.verify.partition import check_partition
from amalgamation.verify.ranges import check_ranges
from amalgamation.verify.ratios import check_ratios
from amalgamation.verify.reach import check_reach
from amalgamation.verify.seats import check_seats
from amalgamation.verify.view import View
from amalgamation.verify.vocabulary import check_vocabulary
from amalgamation.verify.walls import check_walls
from amalgamation.verify.wishes import check_wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from amalgamation.findings import Finding
    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import Scenario
    from amalgamation.status import Certificate
    from amalgamation.territory.territory import Territory

__all__ = ["CHECKS", "soften_breaches", "verify_plan"]

CHECKS: dict[str, Callable[[View], list[Finding]]] = {
    "partition": check_partition,
    "outside": check_outside,
    "contiguity": check_contiguity,
    "walls": check_walls,
    "like": check_like,
    "numbers": check_numbers,
    "ranges": check_ranges,
    "ratios": check_ratios,
    "reach": check_reach,
    "seats": check_seats,
    "wishes": check_wishes,
    "access": check_access,
    "caps": check_caps,
    "certificate": check_certificate,
    "order": check_order,
}
"""The catalogue of checks, in their order; each takes a view and returns findings."""


def verify_plan(
    plan: Plan,
    scenario: Scenario,
    territory: Territory,
    graph: UnitGraph,
    certificate: Certificate | None = None,
) -> tuple[Finding, ...]:
    """Recompute every rule, every aim and the cost, and return what does not hold.

    Parameters
    ----------
    plan, scenario, territory, graph
        What is judged, and by what.
    certificate
        The claims of a run: raw values of the aims, cost, bound, status; None to judge
        the rules only.

    Returns
    -------
    tuple of Finding
        Empty if the plan keeps every rule and the certificate speaks the truth. ``check``
        is the rule's key in the scenario file, such as ``rules.population.min``.

    Examples
    --------
    >>> from pathlib import Path
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.scenario.schema import Scenario
    >>> from amalgamation.territory.grid import grid_territory
    >>> scenario = Scenario.model_validate({
    ...     "scenario": "one", "territory": {"dataset": "toy"},
    ...     "rules": {"municipalities": {"max": 1}},
    ... })
    >>> territory = grid_territory(1, 2)
    >>> graph = build_graph(territory, scenario.graph, Path())
    >>> plan = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c01"})
    >>> [finding.check for finding in verify_plan(plan, scenario, territory, graph)]
    ['rules.municipalities.max']
    """
    view = View(plan, scenario, territory, graph, certificate)
    strange = check_vocabulary(view)
    if strange:
        return (*strange, *check_partition(view))
    return tuple(finding for check in CHECKS.values() for finding in check(view))


_RULES = ("aims", "contiguity", "rules")


def soften_breaches(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in which a broken rule is a warning, as a plan that is only measured has it.

    What makes the plan no plan of its territory, and claims that are not true, stay errors.

    Examples
    --------
    >>> from amalgamation.findings import Finding
    >>> found = [Finding("rules.walls", "plan", "2 oblasts"), Finding("partition", "plan", "a gap")]
    >>> [str(finding.severity) for finding in soften_breaches(found)]
    ['warning', 'error']
    """
    return tuple(
        replace(finding, severity=Severity.WARNING)
        if finding.check.partition(".")[0] in _RULES
        else finding
        for finding in findings
    )
