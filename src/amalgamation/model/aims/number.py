"""Number: few municipalities, or many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.shares import Shares

if TYPE_CHECKING:
    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel

__all__ = ["Number"]


@dataclass(frozen=True)
class Number:
    """Count municipalities, or (for many) the units that are merged away.

    Units merged away are units minus municipalities: the same direction as "as many as
    possible", and never negative, so that a relative gap keeps its meaning.

    Parameters
    ----------
    weight
        The scenario's weight.
    prefer
        ``"few"`` or ``"many"``.
    """

    weight: float
    prefer: str = "few"

    @property
    def name(self) -> str:
        """The aim's name."""
        return f"number.{self.prefer}"

    @property
    def unit(self) -> str:
        """Unit of the raw value."""
        return "municipalities" if self.prefer == "few" else "units merged away"

    def value(self, municipality: Municipality) -> float:
        """Return one municipality, or its units but one."""
        return 1.0 if self.prefer == "few" else float(len(municipality.members) - 1)

    def ceiling(self, block: Block) -> float:
        """Return the number of units of the block."""
        return float(len(block))

    def shares(self, block: Block) -> Shares:
        """Return one per municipality, or one per unit that goes elsewhere."""
        if self.prefer == "few":
            return Shares(each=1.0)
        return Shares(pair=np.where(block.pairs.unit == block.pairs.seat, 0.0, 1.0))

    def express(self, model: CompactModel) -> dict[str, float]:
        """Return a one on every seat, or on every unit that goes elsewhere."""
        few = self.prefer == "few"
        return {name: 1.0 for (unit, seat), name, _ in model.pair_names() if (unit == seat) == few}
