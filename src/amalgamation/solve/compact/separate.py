"""Separation: the inequalities of the compact model that a solution breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.model import Separator, SeveredCut
from amalgamation.model.rules import find_separators

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.model import CompactModel, Cut

__all__ = ["separate_fractional", "separate_integer"]

# Violations below this are left to rounding.
_LEAST_VIOLATION = 0.02


def separate_integer(model: CompactModel, values: Mapping[str, float]) -> int:
    """Add what an integer solution breaks; return how many rows were added."""
    cuts: list[Cut] = [*find_separators(model.block, model.read_assignment(values))]
    return _add(model, [*cuts, *_find_severed(model, values)])


def separate_fractional(model: CompactModel, values: Mapping[str, float]) -> int:
    """Add what a fractional solution breaks; return how many rows were added.

    Contiguity is tested by the separator that is cheapest to find, the unit's own
    neighbours; the deeper ones wait for integer solutions.
    """
    return _add(model, [*_find_neighbours(model, values), *_find_severed(model, values)])


def _add(model: CompactModel, cuts: list[Cut]) -> int:
    for cut in cuts:
        model.add_cut(cut)
    return len(cuts)


def _find_neighbours(model: CompactModel, values: Mapping[str, float]) -> list[Cut]:
    neighbours = model.block.neighbours
    pairs = model.read_pairs(values)
    found: list[Cut] = []
    for (unit, seat), value in pairs.items():
        gate = neighbours[unit]
        if unit == seat or value < _LEAST_VIOLATION or seat in gate:
            continue
        if value - sum(pairs.get((other, seat), 0.0) for other in gate) > _LEAST_VIOLATION:
            found.append(Separator(unit, seat, gate))
    return found


def _find_severed(model: CompactModel, values: Mapping[str, float]) -> list[Cut]:
    """Compare each tie's ends over the seats that they use, or whether they are left out."""
    if not model.severed_ties:
        return []
    used: dict[int, dict[int, float]] = {}
    for (unit, seat), value in model.read_pairs(values).items():
        used.setdefault(unit, {})[seat] = value
    found: list[Cut] = []
    for tie, name in model.severed_ties.items():
        a, b = model.block.ties[tie].tolist()
        first, second = used.get(a, {}), used.get(b, {})
        left = values[model.outside[a]] if a in model.outside else 0.0
        surplus = {seat: value - second.get(seat, 0.0) for seat, value in first.items()}
        more = tuple(seat for seat, value in surplus.items() if value > 0)
        if left + sum(surplus[seat] for seat in more) > values[name] + _LEAST_VIOLATION:
            found.append(SeveredCut(tie, more))
    return found
