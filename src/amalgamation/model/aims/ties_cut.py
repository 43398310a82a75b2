"""Ties cut: how much of the ties between units a plan severs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.aims.apart import hold_together
from amalgamation.model.shares import Shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel

__all__ = ["TiesCut"]

# Up to here, all rows at once are faster than several rounds of the broken ones.
_FEW_PAIRS = 2500


@dataclass(frozen=True)
class TiesCut:
    """Sum the severed ties of a block, by length or by count.

    Ties across walls belong to no block: every plan severs them, so they would only make
    the gap look smaller than it is.

    Parameters
    ----------
    weight
        The scenario's weight.
    by
        ``"length"`` (km of shared border) or ``"count"``.
    """

    weight: float
    by: str = "length"
    name: str = "ties_cut"

    @property
    def unit(self) -> str:
        """Unit of the raw value."""
        return "km of border" if self.by == "length" else "ties"

    def tie_values(self, block: Block) -> NDArray[np.float64]:
        """Return what each tie of the block counts."""
        return block.border_km if self.by == "length" else np.ones(len(block.ties))

    def value(self, municipality: Municipality) -> float:
        """Return half of each tie that leaves the municipality."""
        block = municipality.block
        inside = np.zeros(len(block), dtype=bool)
        inside[list(municipality.members)] = True
        severed = inside[block.ties[:, 0]] != inside[block.ties[:, 1]]
        return float(self.tie_values(block)[severed].sum()) / 2

    def ceiling(self, block: Block) -> float:
        """Return all ties of the block."""
        return float(self.tie_values(block).sum())

    def shares(self, block: Block) -> Shares:
        """Return the value of each tie."""
        return Shares(tie=self.tie_values(block))

    def express(self, model: CompactModel) -> dict[str, float]:
        """Return one severed-or-not variable per tie that counts.

        A small block says at once what holds a tie together (`hold_together`); in a large
        one the same is found where a solution breaks it (`amalgamation.model.cuts.SeveredCut`).
        """
        values = self.tie_values(model.block)
        counted = [tie for tie, value in enumerate(values) if value > 0]
        costs = {model.severed(tie): float(values[tie]) for tie in counted}
        if len(model.block.pairs) <= _FEW_PAIRS:
            for tie in counted:
                first, second = model.block.ties[tie].tolist()
                hold_together(model, model.severed(tie), first, second)
        return costs
