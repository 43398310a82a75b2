"""The choices next to a plan: what a unit, or a municipality, could have been instead.

Seats stay where they are, as far as they can: a municipality that loses its seat takes the
one at which it costs least, and so do two that merge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.this_plan.weigh import Change, choose_seat, weigh
from amalgamation.model import Municipality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amalgamation.explain.this_plan.choice import Choice
    from amalgamation.explain.this_plan.drawn import Drawn
    from amalgamation.model import Block

__all__ = ["all_choices", "choices_of_municipality", "choices_of_unit"]


def choices_of_unit(drawn: Drawn, unit: str, block: Block | None = None) -> tuple[Choice, ...]:
    """Return what one unit could do: join each municipality next to it, stand alone, stay outside.

    Parameters
    ----------
    drawn
        The plan.
    unit
        Code of a unit; one that is all of its municipality could only merge, which is told
        of the municipality.
    block
        As `Drawn.surroundings` gives it for the unit's municipality, if it is at hand.
    """
    home = drawn.plan.municipality_of.get(unit, "")
    if home and len(drawn.plan.municipalities[home]) == 1:
        return _leave(drawn, unit, home, block or drawn.surroundings([unit]))
    around = drawn.plan.municipalities[home] if home else (unit,)
    block = block or drawn.surroundings(around)
    found = [_move(drawn, unit, home, other, block) for other in drawn.neighbours([unit])]
    return (*found, _alone(drawn, unit, home, block), *_leave(drawn, unit, home, block))


def _stay(drawn: Drawn, unit: int, home: str, block: Block) -> tuple[Municipality, ...]:
    """Return what is left of a municipality without a unit."""
    if not home:
        return ()
    whole = drawn.municipality(home, block)
    rest = tuple(member for member in whole.members if member != unit)
    if not rest:
        return ()
    if whole.seat != unit:
        return (Municipality(block, rest, whole.seat),)
    return (choose_seat(drawn, block, rest),)


def _move(drawn: Drawn, unit: str, home: str, other: str, block: Block) -> Choice:
    at, joined = block.index[unit], drawn.municipality(other, block)
    larger = Municipality(block, tuple(sorted((*joined.members, at))), joined.seat)
    return _taken_out(drawn, unit, home, block, ((joined,), (larger,)), other)


def _alone(drawn: Drawn, unit: str, home: str, block: Block) -> Choice:
    at = block.index[unit]
    return _taken_out(drawn, unit, home, block, ((), (Municipality(block, (at,), at),)), "")


def _taken_out(
    drawn: Drawn,
    unit: str,
    home: str,
    block: Block,
    there: tuple[tuple[Municipality, ...], tuple[Municipality, ...]],
    other: str,
) -> Choice:
    at = block.index[unit]
    old = (drawn.municipality(home, block),) if home else ()
    before, after = there
    change = Change(
        block,
        (*old, *before),
        (*_stay(drawn, at, home, block), *after),
        outside_before=() if home else (at,),
    )
    return weigh(drawn, change, "move" if other else "alone", unit, (home, other))


def _leave(drawn: Drawn, unit: str, home: str, block: Block) -> tuple[Choice, ...]:
    at = block.index[unit]
    if not home or at not in block.leavable:
        return ()
    old, rest = (drawn.municipality(home, block),), _stay(drawn, at, home, block)
    change = Change(block, old, rest, outside_after=(at,))
    return (weigh(drawn, change, "outside", unit, (home, "")),)


def choices_of_municipality(
    drawn: Drawn, municipality: str, block: Block | None = None
) -> tuple[Choice, ...]:
    """Return what a municipality could do: merge with each next to it, or move its seat.

    Parameters
    ----------
    drawn
        The plan.
    municipality
        Its id.
    block
        As `Drawn.surroundings` gives it, if it is at hand.
    """
    units = drawn.plan.municipalities[municipality]
    block = block or drawn.surroundings(units)
    merged = [_merge(drawn, municipality, other, block) for other in drawn.neighbours(units)]
    return (*merged, *_reseat(drawn, municipality, block))


def _merge(drawn: Drawn, first: str, second: str, block: Block) -> Choice:
    pair = tuple(drawn.municipality(name, block) for name in (first, second))
    both = choose_seat(drawn, block, [unit for each in pair for unit in each.members])
    return weigh(drawn, Change(block, pair, (both,)), "merge", "", (first, second))


def _reseat(drawn: Drawn, name: str, block: Block) -> Iterator[Choice]:
    if not drawn.problem.seat_matters:
        return
    own = drawn.municipality(name, block)
    for seat in own.members:
        if seat != own.seat:
            change = Change(block, (own,), (Municipality(block, own.members, seat),))
            yield weigh(drawn, change, "seat", "", (name, block.ids[seat]))


def all_choices(drawn: Drawn) -> Iterator[Choice]:
    """Give every choice next to a plan once, municipality by municipality, then units outside."""
    for name, units in drawn.plan.municipalities.items():
        block = drawn.surroundings(units)
        for unit in units:
            yield from choices_of_unit(drawn, unit, block)
        for choice in choices_of_municipality(drawn, name, block):
            if choice.kind != "merge" or choice.to > name:
                yield choice
    for unit in drawn.plan.outside:
        if unit in drawn.block_of:
            yield from choices_of_unit(drawn, unit)
