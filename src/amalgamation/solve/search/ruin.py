"""Ruin: a corner of the plan is taken down to its units, to be grown anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.search.values import Values

__all__ = ["choose_corner", "dissolve"]

# A corner of so many units grows no more: to grow it anew takes the longer the larger it is.
_UNITS = 30


def choose_corner(draft: Draft, random: Random, most: int, centre: int) -> list[int]:
    """Return the names of two or more parts that lie together; one where there is no other.

    Parameters
    ----------
    draft, random
        The plan, and what chooses.
    most
        Greatest number of parts, at least 2.
    centre
        Name of the first part.
    """
    names = [centre]
    wanted, units = random.randint(2, most), 0
    while len(names) < wanted and units < _UNITS:
        around = sorted({n for name in names for n in draft.neighbours(name)} - set(names))
        if not around:
            break
        names.append(random.choice(around))
        units = sum(draft.parts[name].mask.bit_count() for name in names)
    return names


def dissolve(draft: Draft, values: Values, names: list[int]) -> list[int]:
    """Let each unit of some parts stand alone; return the new names."""
    units = sorted(unit for name in names for unit in draft.parts[name].members)
    return draft.replace(names, [values.alone(unit) for unit in units])
