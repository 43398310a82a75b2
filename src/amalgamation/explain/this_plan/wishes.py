"""Wishes that a plan leaves unmet, and the single change that would grant each at least cost.

In: a plan, some of its units, and the choices next to it. Out: one `Refused` per wish.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.explain.this_plan.choice import apply_choice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from amalgamation.explain.this_plan.choice import Choice
    from amalgamation.explain.this_plan.drawn import Drawn
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import Wish

__all__ = ["Refused", "find_refused"]


@dataclass(frozen=True)
class Refused:
    """Hold an unmet wish of the scenario and what would grant it.

    Parameters
    ----------
    unit, other
        Codes of the two units.
    together
        Whether the wish is to be with the other, or against it.
    reason
        As the scenario gives it.
    choice
        The cheapest single change that grants it: one that keeps every rule if there is
        one, else one that does not; None where no single change does.
    """

    unit: str
    other: str
    together: bool
    reason: str
    choice: Choice | None


def find_refused(
    drawn: Drawn, units: Collection[str], choices: Iterable[Choice]
) -> tuple[Refused, ...]:
    """Return the unmet wishes that concern some units, in the scenario's order.

    A wish between units that no municipality can hold together is left out, as in the aim.

    Parameters
    ----------
    drawn
        The plan.
    units
        Codes.
    choices
        Single changes to look among.
    """
    known = list(choices)
    wishes = [wish for aim in drawn.problem.aims for wish in getattr(aim, "wishes", ())]
    return tuple(
        _refuse(drawn.plan, wish, known)
        for wish in wishes
        if {wish.unit, _other(wish)} & set(units)
        and drawn.block_of.get(wish.unit, -1) == drawn.block_of.get(_other(wish), -2)
        and not _is_met(drawn.plan, wish)
    )


def _other(wish: Wish) -> str:
    return str(wish.with_ or wish.against)


def _is_met(plan: Plan, wish: Wish) -> bool:
    home = plan.municipality_of
    together = wish.unit in home and home[wish.unit] == home.get(_other(wish))
    return together == (wish.with_ is not None)


def _refuse(plan: Plan, wish: Wish, choices: list[Choice]) -> Refused:
    granting = [choice for choice in choices if _is_met(apply_choice(plan, choice), wish)]
    best = min(granting, key=lambda choice: (bool(choice.breaks), choice.cost), default=None)
    return Refused(wish.unit, _other(wish), wish.with_ is not None, wish.reason, best)
