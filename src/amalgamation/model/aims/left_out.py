"""Left out: residents of units that a plan leaves outside though it need not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.shares import Shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel

__all__ = ["LeftOutResidents"]


@dataclass(frozen=True)
class LeftOutResidents:
    """Sum the residents of the units that stay outside by choice.

    Units that are left out in every plan do not count, as ties across walls do not: they
    would only make the gap look smaller than it is.

    Parameters
    ----------
    weight
        The scenario's weight.
    """

    weight: float
    name: str = "left_out"
    unit: str = "residents"

    def value(self, municipality: Municipality) -> float:  # noqa: ARG002
        """Return nothing: who is in a municipality is not left out."""
        return 0.0

    def ceiling(self, block: Block) -> float:
        """Return the residents of all units that may be left out."""
        return float(self._residents(block).sum())

    def shares(self, block: Block) -> Shares:
        """Return the residents of each unit that may be left out."""
        return Shares(outside=self._residents(block))

    def _residents(self, block: Block) -> NDArray[np.float64]:
        residents = np.zeros(len(block))
        may = list(block.leavable)
        residents[may] = block.attributes["population"][may]
        return residents

    def express(self, model: CompactModel) -> dict[str, float]:
        """Return the residents on every unit's variable of being left out."""
        residents = self._residents(model.block)
        return {
            name: float(residents[unit])
            for unit, name in model.outside.items()
            if residents[unit] > 0
        }
