"""Why there is no plan: places, the rules that meet there, and what would help.

The order is that of the proof's price: arithmetic, then search and solver for what it
leaves open; first which units have no plan, then which rules contradict each other there,
then how far each of these must be loosened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.why_not.budget import Budget
from amalgamation.explain.why_not.clauses import list_clauses
from amalgamation.explain.why_not.confirm import confirm
from amalgamation.explain.why_not.conflict import find_conflict
from amalgamation.explain.why_not.contiguity import has_loose_plan
from amalgamation.explain.why_not.dials import build_dials
from amalgamation.explain.why_not.find_places import find_places
from amalgamation.explain.why_not.question import Question
from amalgamation.explain.why_not.reason import Reason
from amalgamation.explain.why_not.relaxation import Relaxation
from amalgamation.explain.why_not.seek import seek
from amalgamation.explain.why_not.switches import build_switches
from amalgamation.explain.why_not.turn import turn
from amalgamation.explain.why_not.why_not import WhyNot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.explain.why_not.conflict import Conflict
    from amalgamation.explain.why_not.place import Place
    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.scenario.schema import Scenario
    from amalgamation.territory.territory import Territory

__all__ = ["SECONDS", "explain_no_plan"]

SECONDS = 60.0
"""Time that an explanation takes at most, unless another is asked for."""


def explain_no_plan(
    scenario: Scenario,
    territory: Territory,
    graph: UnitGraph,
    *,
    seconds: float = SECONDS,
    seed: int = 1,
) -> WhyNot:
    """Say why no plan keeps the rules of a scenario, and what would make one possible.

    Parameters
    ----------
    scenario, territory, graph
        The question and what it is asked of; `check_references` must find no error.
    seconds
        Time limit; what was not settled by then is named.
    seed
        Of search and solver.

    Returns
    -------
    WhyNot
        Status ``infeasible`` with reasons, ``feasible`` with any plan, or ``no plan found``
        where neither was settled in the time.

    Raises
    ------
    VerificationError
        If a plan that was found breaks a rule: our fault, and nothing is claimed.

    Examples
    --------
    >>> from amalgamation.inputs import read_inputs
    >>> from amalgamation.scenario import read_scenario
    >>> tight = {"rules.population.min": 12100}
    >>> file, territory, graph = read_inputs(read_scenario("toy", tight))
    >>> why = explain_no_plan(file.scenario, territory, graph)
    >>> why.status
    <Status.INFEASIBLE: 'infeasible'>
    >>> [clause.name for clause in why.reasons[0].conflict.clauses]
    ['rules.municipalities.min', 'rules.population.min']
    """
    budget = Budget(seconds, seed)
    whole = Question.of(scenario, territory, graph)
    search = find_places(whole, budget)
    reasons = tuple(_explain(place, budget) for place in search.places)
    capped = tuple(scenario.rules.at_most.amounts)
    return WhyNot(whole, reasons, search.plan, search.open, budget.spent, capped)


def _explain(place: Place, budget: Budget) -> Reason:
    again = "" if place.proofs else confirm(place.question, budget)
    conflict = find_conflict(place, budget)
    names = _worth_loosening(place, conflict)
    turned, left = _turn_dials(place, names, budget)
    switched, more = _try_switches(place, names, budget)
    return Reason(
        place,
        conflict,
        relaxations=(*turned, *switched),
        confirmed=bool(place.proofs or again),
        again=again,
        by_contiguity=has_loose_plan(place.question, budget),
        open=(*left, *more),
    )


def _worth_loosening(place: Place, conflict: Conflict) -> tuple[str, ...]:
    """Return the clauses that may help: those of the conflict, as the others leave it as it is."""
    if not place.has_seats_by_grace:
        return conflict.names
    clauses = list_clauses(place.question.rules, place.whole.territory)
    return tuple(clause.name for clause in clauses)


def _turn_dials(
    place: Place, names: Sequence[str], budget: Budget
) -> tuple[list[Relaxation], list[str]]:
    """Loosen each figure by itself."""
    found, unsettled = list[Relaxation](), list[str]()
    for dial in build_dials(place.question):
        if dial.clause not in names:
            continue
        turned = turn(dial, budget)
        if turned.relaxation is not None:
            found.append(turned.relaxation)
        elif not turned.finished:
            unsettled.append(f"how far {dial.key} would have to be loosened")
    return found, unsettled


def _try_switches(
    place: Place, names: Sequence[str], budget: Budget
) -> tuple[list[Relaxation], list[str]]:
    found, unsettled = list[Relaxation](), list[str]()
    for switch in build_switches(place, names):
        sought = seek(switch.question, budget)
        if sought.plan is not None:
            found.append(
                Relaxation(switch.key, switch.words, sought.plan, subjects=switch.subjects)
            )
        elif not sought.is_impossible:
            unsettled.append(f"whether it works with {switch.words}")
    return found, unsettled
