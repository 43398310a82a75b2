"""Masks: a set of units as the bits of an integer, which is fast to join and to look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["is_connected", "mask_of", "units_of"]


def mask_of(units: Iterable[int]) -> int:
    """Return the integer that has these bits.

    Examples
    --------
    >>> mask_of([0, 3])
    9
    """
    mask = 0
    for unit in units:
        mask |= 1 << unit
    return mask


def units_of(mask: int) -> list[int]:
    """Return the positions of the bits, sorted.

    Examples
    --------
    >>> units_of(9)
    [0, 3]
    """
    units = []
    while mask:
        low = mask & -mask
        units.append(low.bit_length() - 1)
        mask ^= low
    return units


def is_connected(mask: int, around: Sequence[int]) -> bool:
    """Say whether the units of a mask hang together.

    Parameters
    ----------
    mask
        At least one unit.
    around
        Per unit, the mask of its neighbours.
    """
    front = mask & -mask
    left = mask ^ front
    while front and left:
        low = front & -front
        front ^= low
        found = around[low.bit_length() - 1] & left
        left ^= found
        front |= found
    return not left
