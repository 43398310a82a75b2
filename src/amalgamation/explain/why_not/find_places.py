"""Where there is no plan: the blocks that have none, whatever is done elsewhere.

In: the whole question and a budget. Out: places, and what could not be settled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from amalgamation.explain.ground import Ground
from amalgamation.explain.why_not.place import Place
from amalgamation.explain.why_not.seek import Sought, seek, verified
from amalgamation.findings import name_some
from amalgamation.plan import Plan
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.explain.why_not.budget import Budget
    from amalgamation.explain.why_not.question import Question

__all__ = ["Search", "find_places"]


@dataclass(frozen=True)
class Search:
    """Hold what the search for places came to.

    Parameters
    ----------
    places
        Proven to have no plan.
    plan
        A verified plan of everything, where one was found.
    open
        Names of what could not be settled in the time.
    """

    places: tuple[Place, ...]
    plan: Plan | None = None
    open: tuple[str, ...] = ()


def find_places(whole: Question, budget: Budget) -> Search:
    """Find the units that have no plan by themselves.

    Each block is asked by itself. Where all of them have plans, numbers of municipalities
    over several blocks are what is left: then the blocks of such a number are asked
    together, and at last all.

    Parameters
    ----------
    whole
        The question of the whole territory.
    budget
        Time and seed.
    """
    plans, places, unsettled = list[Plan](), list[Place](), list[str]()
    for units in _pieces(whole):
        sought = seek(whole.within(units), budget)
        if sought.is_impossible:
            places.append(_place(whole, units, sought))
        elif sought.plan is None:
            unsettled.append(_name(whole, units))
        else:
            plans.append(sought.plan)
    if places or unsettled:
        return Search(tuple(places), None, tuple(unsettled))
    plan = _join(whole, plans)
    if plan is not None:
        return Search((), plan)
    return _find_shared(whole, budget)


def _pieces(whole: Question) -> list[tuple[str, ...]]:
    """Return the units of each block, or of several that a group kept together spans.

    Where all units may be left out there is a plan, whatever the rules.
    """
    blocks = whole.problem.blocks
    joined: nx.Graph[int] = nx.empty_graph(len(blocks))
    of = {unit: position for position, block in enumerate(blocks) for unit in block.ids}
    for group in whole.rules.keep_together:
        nx.add_path(joined, [of[unit] for unit in group.units])
    ground = Ground(whole.scenario, whole.territory, whole.graph)
    pieces = (
        tuple(sorted(unit for position in piece for unit in blocks[position].ids))
        for piece in nx.connected_components(joined)
    )
    return sorted(piece for piece in pieces if ground.staying(piece) or len(blocks) == 1)


def _join(whole: Question, plans: Iterable[Plan]) -> Plan | None:
    """Return the plans of all pieces as one, if their numbers suit."""
    seats: dict[str, str] = {}
    for plan in plans:
        seats |= {unit: plan.seat_of_unit(unit) for unit in plan.municipality_of}
    joined = Plan.from_seats(seats, set(whole.territory.ids) - set(seats))
    used = set(joined.seat_of.values())
    blocks = whole.problem.blocks
    numbers = [len(used & set(block.ids)) for block in blocks]
    suits = all(limit.admits(numbers) for limit in whole.problem.limits)
    return verified(whole, joined) if suits else None


def _find_shared(whole: Question, budget: Budget) -> Search:
    everything = whole.units
    shared = {limit.blocks for limit in whole.problem.limits if len(limit.blocks) > 1}
    for blocks in sorted(shared, key=lambda some: (len(some), some)):
        units = tuple(sorted(unit for b in blocks for unit in whole.problem.blocks[b].ids))
        if units == everything:
            continue
        sought = seek(whole.within(units), budget)
        if sought.is_impossible:
            return Search((_place(whole, units, sought),))
    sought = seek(whole, budget.at_large())
    if sought.is_impossible:
        return Search((_place(whole, everything, sought),))
    return Search((), sought.plan, () if sought.plan else (_name(whole, everything),))


def _place(whole: Question, units: Sequence[str], sought: Sought) -> Place:
    return Place(_name(whole, units), tuple(units), whole, sought.proofs)


def _name(whole: Question, units: Sequence[str]) -> str:
    inside = set(units)
    names = [block.name for block in whole.problem.blocks if inside & set(block.ids)]
    return f"{name_some(names, 3)} ({count_of(len(units), 'unit')})"
