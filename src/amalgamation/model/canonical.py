"""Canonical seats: one seat per set of units, where nobody asks which unit it is.

Where no rule and no aim looks at the seat, every municipality could be written with any
of its units as its seat, and the solver would meet each plan many times. So the seat is
the unit that comes first in a fixed order, and pairs against the order do not exist (as
Validi, Buchanan and Lykhovyd 2022 fix variables).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.block import Pairs

if TYPE_CHECKING:
    from amalgamation.model.block import Block

__all__ = ["canonical_pairs"]


def canonical_pairs(block: Block) -> Pairs:
    """Return, for each seat, the units that it reaches through units that come after it.

    The order is by number of neighbours, most first: what comes last lies at the rim,
    where only small pieces are left, so that few units can be the seat of a large one.

    Returns
    -------
    Pairs
        All distances are 0: nobody asks for them.
    """
    order = sorted(range(len(block)), key=lambda unit: (-len(block.neighbours[unit]), unit))
    rest = set(order)
    found: list[tuple[int, int]] = []
    for seat in order:
        found += [(unit, seat) for unit in block.flood(seat, rest)]
        rest.remove(seat)
    pairs = np.array(sorted(found), dtype=np.int64)
    return Pairs(pairs[:, 0], pairs[:, 1], np.zeros(len(pairs)))
