"""Small words of an explanation: figures that stay true when they are rounded.

In: figures and names. Out: text.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["either", "round_loose"]

_DECIMALS = 3


def round_loose(figure: float, sign: int, decimals: int = _DECIMALS) -> float:
    """Return a figure with few decimals, rounded to the side on which a rule is looser.

    Parameters
    ----------
    figure
        A threshold.
    sign
        1 where a greater one is looser, -1 where a smaller one is.
    decimals
        Kept after the point.

    Examples
    --------
    >>> round_loose(44.12341, 1), round_loose(44.12341, -1), round_loose(3760.0, -1)
    (44.124, 44.123, 3760.0)
    """
    if not math.isfinite(figure):
        return figure
    scale = 10.0**decimals
    near = round(figure * scale)
    if math.isclose(near, figure * scale, rel_tol=1e-12, abs_tol=1e-9):
        return near / scale  # what floating point left of a round figure is none
    turned = math.ceil(figure * scale) if sign > 0 else math.floor(figure * scale)
    return turned / scale


def either(choices: Sequence[str], most: int = 3) -> str:
    """Return choices as one clause.

    Examples
    --------
    >>> either(["with a", "with b", "with c", "with d"])
    'with a, or with b, or with c, or 1 other way'
    >>> either([])
    ''
    """
    more = len(choices) - most
    rest = [f"{more} other way{'s' if more > 1 else ''}"] if more > 0 else []
    return ", or ".join([*choices[:most], *rest])
