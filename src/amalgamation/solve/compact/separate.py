"""Separation: the inequalities of the compact model that a solution breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.model.rules import Separator, find_separators

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.model import CompactModel

__all__ = ["separate_fractional", "separate_integer"]

# Violations below this are left to rounding.
_LEAST_VIOLATION = 0.02


def separate_integer(model: CompactModel, values: Mapping[str, float]) -> int:
    """Add what an integer solution breaks; return how many rows were added."""
    separators = find_separators(model.block, model.read_assignment(values))
    for separator in separators:
        model.add_separator(separator)
    return len(separators) + _separate_severed(model, values)


def separate_fractional(model: CompactModel, values: Mapping[str, float]) -> int:
    """Add what a fractional solution breaks; return how many rows were added.

    Contiguity is tested by the separator that is cheapest to find, the unit's own
    neighbours; the deeper ones wait for integer solutions.
    """
    return _separate_neighbours(model, values) + _separate_severed(model, values)


def _separate_neighbours(model: CompactModel, values: Mapping[str, float]) -> int:
    neighbours = model.block.neighbours
    pairs = model.read_pairs(values)
    added = 0
    for (unit, seat), value in pairs.items():
        if unit == seat or value < _LEAST_VIOLATION or seat in neighbours[unit]:
            continue
        gate = neighbours[unit]
        if value - sum(pairs.get((other, seat), 0.0) for other in gate) > _LEAST_VIOLATION:
            model.add_separator(Separator(unit, seat, gate))
            added += 1
    return added


def _separate_severed(model: CompactModel, values: Mapping[str, float]) -> int:
    """Add ``s >= sum over the seats that the first end uses more`` for ties set too low."""
    added = 0
    for tie, name in model.severed_ties.items():
        first, second = model.block.ties[tie].tolist()
        more = [
            (seat, surplus)
            for seat in model.block.pairs.seats_of_unit[first]
            if (surplus := _surplus(model, values, (first, second), seat)) > 1e-9
        ]
        if sum(surplus for _, surplus in more) > values[name] + _LEAST_VIOLATION:
            model.add_severed(tie, [seat for seat, _ in more])
            added += 1
    return added


def _surplus(
    model: CompactModel, values: Mapping[str, float], ends: tuple[int, int], seat: int
) -> float:
    first, second = (model.name_of(end, seat) for end in ends)
    return (values[first] if first else 0.0) - (values[second] if second else 0.0)
