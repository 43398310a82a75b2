"""The catalogue: from the scenario's aims to aim objects, in a fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.model.aims.access import Access
from amalgamation.model.aims.balance import Balance
from amalgamation.model.aims.crossings import Crossings
from amalgamation.model.aims.left_out import LeftOutResidents
from amalgamation.model.aims.number import Number
from amalgamation.model.aims.ties_cut import TiesCut
from amalgamation.model.aims.wishes import Wishes
from amalgamation.scenario.schema import BalanceAim, TiesCutAim

if TYPE_CHECKING:
    from amalgamation.model.aims.aim import Aim
    from amalgamation.scenario.schema import Aims
    from amalgamation.territory import Territory

__all__ = ["build_aims"]


def build_aims(
    aims: Aims, territory: Territory, number: int, distance_unit: str
) -> tuple[Aim, ...]:
    """Build the aims that carry a weight.

    Parameters
    ----------
    aims
        The scenario's section.
    territory
        Tells totals and units of attributes.
    number
        Number of municipalities of the reference plan: the default target of a balance
        is the territory's total over it.
    distance_unit
        ``"km"`` or ``"minutes"``.
    """
    found: list[Aim] = []
    if aims.access:
        found.append(Access(aims.access, f"person-{distance_unit}"))
    found += [_balance(name, aim, territory, number) for name, aim in sorted(aims.balance.items())]
    ties = aims.ties_cut
    found.append(TiesCut(ties.weight, ties.by) if isinstance(ties, TiesCutAim) else TiesCut(ties))
    found += [Crossings(tier, weight) for tier, weight in sorted(aims.crossings.items())]
    found += [
        Crossings(category, weight, "heterogeneity")
        for category, weight in sorted(aims.heterogeneity.items())
    ]
    if aims.wishes is not None:
        found.append(Wishes(aims.wishes.weight, tuple(aims.wishes.wishes)))
    found.append(LeftOutResidents(aims.left_out))
    if aims.number is not None:
        found.append(Number(aims.number.weight, aims.number.prefer))
    return tuple(aim for aim in found if aim.weight > 0)


def _balance(name: str, aim: float | BalanceAim, territory: Territory, number: int) -> Balance:
    weight = aim.weight if isinstance(aim, BalanceAim) else aim
    target = aim.target if isinstance(aim, BalanceAim) else None
    return Balance(
        name,
        weight,
        territory.total(name) / number if target is None else target,
        territory.attributes.get(name, ""),
    )
