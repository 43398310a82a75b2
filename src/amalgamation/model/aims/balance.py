"""Balance: how far municipalities lie from a target sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.shares import Deviation, Shares

if TYPE_CHECKING:
    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel

__all__ = ["Balance"]


@dataclass(frozen=True)
class Balance:
    """Sum the absolute deviations of an attribute from a target.

    Parameters
    ----------
    attribute
        Name of the attribute.
    weight
        The scenario's weight.
    target
        Sum that each municipality should have, in the attribute's unit.
    unit
        The attribute's unit.
    """

    attribute: str
    weight: float
    target: float
    unit: str = ""

    @property
    def name(self) -> str:
        """The aim's name."""
        return f"balance.{self.attribute}"

    def value(self, municipality: Municipality) -> float:
        """Return the deviation of one municipality."""
        return abs(municipality.total(self.attribute) - self.target)

    def ceiling(self, block: Block) -> float:
        """Return the sum over all units and a target for each: no plan deviates by more."""
        values = np.abs(block.attributes[self.attribute])
        return float(values.sum() + len(block) * abs(self.target))

    def shares(self, block: Block) -> Shares:  # noqa: ARG002
        """Return the deviation as the one part."""
        return Shares(deviations=(Deviation(self.attribute, self.target),))

    def express(self, model: CompactModel) -> dict[str, float]:
        """Return one deviation variable per seat, held above both sides of the difference.

        Deviations are measured in targets: in residents, their cost would drown in the
        solver's tolerances.
        """
        costs = {}
        for seat in model.seats:
            deviation = model.add_amount()
            above = model.total(self.attribute, seat, self.target)
            model.extend(above, seat, seat, -1.0)
            model.add_row({**above, deviation: -1.0}, upper=0.0)
            model.add_row({**above, deviation: 1.0}, lower=0.0)
            costs[deviation] = self.target
        return costs
