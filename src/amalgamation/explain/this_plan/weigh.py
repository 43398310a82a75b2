"""Weigh a change: its price by the aims, its breaches by the judges.

A plan's cost is a sum over municipalities and over the units left out, so a change costs
the new ones less the old ones; what does not change cancels out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from amalgamation.explain.this_plan.choice import Breach, Choice
from amalgamation.model import Margin, Municipality, measure_margins, value_outside
from amalgamation.status import AimValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.explain.this_plan.choice import Kind
    from amalgamation.explain.this_plan.drawn import Drawn
    from amalgamation.model import Aim, Block, NumberLimit, Problem

__all__ = ["Change", "choose_seat", "has_ways", "number_margins", "weigh"]


@dataclass(frozen=True)
class Change:
    """Say which municipalities of a block go, and which stand in their place.

    Parameters
    ----------
    block
        Knows the distances among all units concerned.
    old, new
        Municipalities before and after.
    outside_before, outside_after
        Units concerned that are outside every municipality, positions.
    """

    block: Block
    old: tuple[Municipality, ...]
    new: tuple[Municipality, ...]
    outside_before: tuple[int, ...] = ()
    outside_after: tuple[int, ...] = ()


def weigh(drawn: Drawn, change: Change, kind: Kind, unit: str, names: tuple[str, str]) -> Choice:
    """Return a change as a choice: exact differences of all aims, and what it breaks.

    Parameters
    ----------
    drawn
        The plan.
    change
        Before and after.
    kind, unit, names
        How the choice is told: what is changed, the unit that moves, and from where to
        where (as `Choice` holds them).
    """
    ids = change.block.ids
    seats = {ids[u]: ids[each.seat] for each in change.new for u in each.members}
    seats |= {ids[u]: "" for u in change.outside_after}
    aims = tuple(_difference(drawn.problem, aim, change) for aim in drawn.problem.aims)
    return Choice(kind, unit, *names, seats, aims, _breaches(drawn, change))


def _difference(problem: Problem, aim: Aim, change: Change) -> AimValue:
    raw = _raw(aim, change.block, change.new, change.outside_after)
    raw -= _raw(aim, change.block, change.old, change.outside_before)
    return AimValue(aim.name, aim.unit, raw, problem.references[aim.name], aim.weight)


def _raw(aim: Aim, block: Block, inside: Sequence[Municipality], outside: Sequence[int]) -> float:
    return math.fsum(_value(aim, each) for each in inside) + value_outside(aim, block, outside)


def _value(aim: Aim, municipality: Municipality) -> float:
    """Return an aim's value; endless where residents have no way to the seat."""
    lost = aim.name == "access" and not has_ways(municipality)
    return math.inf if lost else aim.value(municipality)


def has_ways(municipality: Municipality) -> bool:
    """Say whether every unit has a way to the seat, however far."""
    known = municipality.block.distances.distance_of
    return all((unit, municipality.seat) in known for unit in municipality.members)


def _breaches(drawn: Drawn, change: Change) -> tuple[Breach, ...]:
    found = [breach for each in change.new for breach in _judge(drawn, each)]
    more = len(change.new) - len(change.old)
    position = drawn.block_of[change.block.ids[0]]
    found += [
        _counted(margin) for margin in number_margins(drawn, position, more) if not margin.kept
    ]
    return tuple(found)


def _judge(drawn: Drawn, municipality: Municipality) -> list[Breach]:
    found, seat = [], municipality.block.ids[municipality.seat]
    for rule in drawn.problem.rules:
        finding = rule.judge(municipality)
        if finding is None:
            continue
        missed = [m for m in measure_margins([rule], municipality) if not m.kept]
        found += [_counted(margin, seat) for margin in missed]
        if not missed:
            found.append(Breach(rule.key, finding.found, finding.expected, seat=seat))
    return found


def _counted(margin: Margin, seat: str = "") -> Breach:
    word = "at least" if margin.side == "min" else "at most"
    return Breach(margin.key, f"{margin.found:g}", f"{word} {margin.limit:g}", margin, seat)


def number_margins(drawn: Drawn, block: int, more: int = 0) -> tuple[Margin, ...]:
    """Return how far the number of municipalities lies from each limit on it.

    Parameters
    ----------
    drawn
        The plan.
    block
        Limits that this block does not count for are left out.
    more
        Municipalities more (or fewer, negative) than the plan has there.
    """
    return tuple(
        margin
        for limit in drawn.problem.limits
        if block in limit.blocks
        for margin in _margins(limit, sum(drawn.numbers[b] for b in limit.blocks) + more)
    )


def _margins(limit: NumberLimit, count: int) -> list[Margin]:
    """Return the margins at both ends; one of them where both are the same number."""
    ends: list[tuple[Literal["min", "max"], int | None]] = [("min", limit.least)]
    ends += [("max", limit.most)]
    if limit.least == limit.most:
        ends = ends[:1] if limit.least is not None and count < limit.least else ends[1:]
    word = "exactly" if limit.least == limit.most else ""
    return [
        Margin(f"{limit.key}.{word or side}", side, end, count, "municipalities", kept=kept)
        for side, end in ends
        if end is not None
        for kept in [count >= end if side == "min" else count <= end]
    ]


def choose_seat(drawn: Drawn, block: Block, members: Sequence[int]) -> Municipality:
    """Return a set of units with its best seat: an admitted one if there is, else the cheapest."""
    units = tuple(sorted(members))
    seats = set(block.pairs.seats)
    able = [unit for unit in units if unit in seats] or list(units)
    return min((Municipality(block, units, seat) for seat in able), key=lambda m: _rank(drawn, m))


def _rank(drawn: Drawn, municipality: Municipality) -> tuple[bool, float, int]:
    problem = drawn.problem
    refused = any(rule.judge(municipality) is not None for rule in problem.rules)
    cost = sum(
        aim.weight / problem.references[aim.name] * _value(aim, municipality)
        for aim in problem.aims
    )
    return refused, cost, municipality.seat
