"""The reference plan: what 1.0 means for each aim.

A weighted sum compares like with like only if each aim is divided by a value of its own
size. That value is taken from a plan that anyone can draw: the most populous units are
seats, and every unit joins the seat that is nearest. It need not satisfy any rule.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.block import Municipality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.model.aims import Aim
    from amalgamation.model.block import Block
    from amalgamation.scenario.schema import Rules
    from amalgamation.territory import Territory

__all__ = ["build_reference", "build_reference_plan", "reference_number"]

# A reference below this share of the most that its aim could amount to counts as that.
_LEAST_SHARE = 0.01


def reference_number(rules: Rules, territory: Territory) -> int:
    """Return the number of municipalities of the reference plan.

    The middle of the range where the scenario gives one; else what twice the minimum
    population would make (the general one before those of classes, in their order); else
    the square root of the number of units.
    """
    units = len(territory.units)
    least, most = rules.municipalities.lowest, rules.municipalities.highest
    if least is not None or most is not None:
        known = [number for number in (least, most) if number is not None]
        return max(1, min(units, round(sum(known) / len(known))))
    minima = (
        [limits.min for limits in rules.population.every if limits.min] if rules.population else []
    )
    if minima:
        return max(1, min(units, round(territory.total("population") / minima[0] / 2)))
    return max(1, math.isqrt(units))


def build_reference_plan(blocks: Sequence[Block], number: int) -> list[list[Municipality]]:
    """Draw the reference plan of each block.

    Parameters
    ----------
    blocks
        All blocks.
    number
        Seats in all: each block's most populous unit, then the most populous of the rest.
    """
    seats = _choose_seats(blocks, number)
    return [_join_nearest(block, chosen) for block, chosen in zip(blocks, seats, strict=True)]


def _weight(block: Block, unit: int) -> float:
    people = block.attributes.get("population")
    return 0.0 if people is None else float(people[unit])


def _choose_seats(blocks: Sequence[Block], number: int) -> list[list[int]]:
    ranked = [
        sorted(block.pairs.seats or range(len(block)), key=lambda u: (-_weight(block, u), u))
        for block in blocks
    ]
    chosen = [order[:1] for order in ranked]
    rest = sorted(
        (-_weight(blocks[b], unit), b, unit) for b, order in enumerate(ranked) for unit in order[1:]
    )
    for _, b, unit in rest[: max(0, number - len(blocks))]:
        chosen[b].append(unit)
    return [sorted(units) for units in chosen]


def _join_nearest(block: Block, seats: list[int]) -> list[Municipality]:
    """Join each unit to its nearest seat; a unit beyond every reach stays alone."""
    is_seat = np.zeros(len(block), dtype=bool)
    is_seat[seats] = True
    found = block.distances
    near = found.only(is_seat[found.seat])
    order = np.lexsort((near.seat, near.distance, near.unit))
    units, first = np.unique(near.unit[order], return_index=True)
    seat_of = np.arange(len(block))
    seat_of[units] = near.seat[order][first]
    # the lookup of distances by pair is large: only that of the pairs drawn is built
    drawn = replace(block, distances=found.only(found.seat == seat_of[found.unit]))
    members: dict[int, list[int]] = {}
    for unit, seat in enumerate(seat_of.tolist()):
        members.setdefault(seat, []).append(unit)
    return [Municipality(drawn, tuple(units), seat) for seat, units in sorted(members.items())]


def build_reference(
    aims: Sequence[Aim], blocks: Sequence[Block], plan: Sequence[Sequence[Municipality]]
) -> dict[str, float]:
    """Return each aim's value at the reference plan.

    An aim that the reference plan meets all but perfectly would drown all others: its
    value counts as a hundredth of the most that the aim could amount to, or as 1.
    """
    every = [municipality for block in plan for municipality in block]
    references = {}
    for aim in aims:
        value = sum(aim.value(municipality) for municipality in every)
        ceiling = sum(aim.ceiling(block) for block in blocks)
        references[aim.name] = max(value, _LEAST_SHARE * ceiling) or 1.0
    return references
