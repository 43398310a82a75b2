"""Steps: the next value of a rule at which a single change of the plan becomes possible.

In: a plan and the choices next to it. Out: for each limit that is a number, how far to
loosen it. Short of that step nothing next to this plan changes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.explain.this_plan import apply_choice, say_change
from amalgamation.study.what_if.ask import with_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.explain.this_plan import Choice, Drawn
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import Scenario

__all__ = ["NUMBER", "Step", "find_steps", "step_of_number", "take_step"]

NUMBER = "rules.municipalities"
"""Key of the number of municipalities, whichever of its limits a step moves."""

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Step:
    """Move one limit.

    Parameters
    ----------
    key
        The limit's place in the scenario file, or `NUMBER`.
    before, after
        Its values, in ``unit``; of `NUMBER`, that of the plan and another one.
    unit
        Of the values, such as ``"residents"``.
    plan
        The plan with the single change made that becomes possible: it keeps all rules
        then; None where no single change leads there.
    change
        The change, in a sentence; empty for `NUMBER`.
    loosens
        Whether every plan that kept the limit before keeps it after. Not so of a number, nor
        of a maximum that passes the size of a unit: what was oversize, and exempt, is so no
        more.
    """

    key: str
    before: float
    after: float
    unit: str
    plan: Plan | None = None
    change: str = ""
    loosens: bool = False


def find_steps(drawn: Drawn, scenario: Scenario, choices: Iterable[Choice]) -> tuple[Step, ...]:
    """Return one step for each limit that alone refuses some single change, sorted by key.

    It goes to the nearest value that sets a change free which would cost less; where none
    would, to the nearest that sets any free. Limits on the number of municipalities are
    left out (`step_of_number`), and limits that depend on the class of the seat, which no
    one value loosens.

    Parameters
    ----------
    drawn
        The plan.
    scenario
        The run's.
    choices
        All single changes of the plan.
    """
    nearest: dict[str, tuple[tuple[bool, float], float, Choice]] = {}
    for choice in choices:
        found = _refused_by_one(choice, scenario)
        if found is None:
            continue
        key, value, size = found
        rank = (choice.cost >= -_ROUNDING * abs(drawn.cost), size)
        if key not in nearest or rank < nearest[key][0]:
            nearest[key] = (rank, value, choice)
    return tuple(
        _step(drawn, scenario, key, value, choice)
        for key, (_, value, choice) in sorted(nearest.items())
    )


def _refused_by_one(choice: Choice, scenario: Scenario) -> tuple[str, float, float] | None:
    """Return the one limit that refuses a choice, the value that would not, and how far it is."""
    margins = [breach.margin for breach in choice.breaks]
    known = [margin for margin in margins if margin is not None]
    if len(choice.keys) != 1 or len(known) < len(margins) or known[0].key.startswith(NUMBER):
        return None
    worst = min(known, key=lambda margin: margin.slack)
    is_general = _value_at(scenario, worst.key) == worst.limit
    if not (is_general and math.isfinite(worst.found)):
        return None
    return worst.key, worst.found, -worst.slack


def _value_at(scenario: Scenario, key: str) -> Any:
    below: Any = scenario.model_dump(by_alias=True)
    for part in key.split("."):
        below = below[part]
    return below


def _step(drawn: Drawn, scenario: Scenario, key: str, value: float, choice: Choice) -> Step:
    what = next(breach.margin.what for breach in choice.breaks if breach.margin is not None)
    unit = drawn.territory.attributes.get(what, what)
    plan, change = apply_choice(drawn.plan, choice), say_change(drawn, choice)
    before = _value_at(scenario, key)
    loosens = not _passes_a_unit(drawn, key, what, (before, value))
    return Step(key, before, value, unit, plan, change, loosens)


def _passes_a_unit(drawn: Drawn, key: str, what: str, ends: tuple[float, float]) -> bool:
    """Say whether a maximum, loosened, reaches the size of a unit that was above it."""
    if not key.endswith(".max") or what not in drawn.territory.attributes:
        return False
    sizes = drawn.territory.values(what)
    return bool(((sizes > ends[0]) & (sizes <= ends[1])).any())


def step_of_number(drawn: Drawn, choices: Sequence[Choice], more: int) -> Step:
    """Return the step to one municipality more, or fewer.

    Parameters
    ----------
    drawn
        The plan.
    choices
        All single changes of the plan.
    more
        1 or -1.
    """
    count = len(drawn.plan.seat_of)
    kind = "alone" if more > 0 else "merge"
    free = [one for one in choices if one.kind == kind and _only_number(one)]
    best = min(free, key=lambda one: one.cost, default=None)
    plan = None if best is None else apply_choice(drawn.plan, best)
    return Step(NUMBER, count, count + more, "municipalities", plan)


def _only_number(choice: Choice) -> bool:
    return all(key.startswith(NUMBER) for key in choice.keys)


def take_step(scenario: Scenario, step: Step) -> Scenario:
    """Return a scenario in which a limit has moved; of `NUMBER`, with exactly the other one."""
    if step.key == NUMBER:
        free = with_key(with_key(scenario, f"{NUMBER}.min", None), f"{NUMBER}.max", None)
        return with_key(free, f"{NUMBER}.exactly", int(step.after))
    return with_key(scenario, step.key, type(step.before)(step.after))
