"""Reach: no unit is further from its seat than this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.rules.margin import Margin
from amalgamation.model.rules.shared import AsksNoRow, refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.findings import Finding
    from amalgamation.model.block import Block, Municipality, Pairs

__all__ = ["Reach", "with_slack"]


def with_slack(limit: float) -> float:
    """Return a limit a hair further, so that a distance equal to it is within reach."""
    return limit * (1 + 1e-9)


@dataclass(frozen=True)
class Reach(AsksNoRow):
    """Keep every unit within reach of its seat.

    Parameters
    ----------
    limit
        In ``unit``.
    unit
        ``"km"`` or ``"minutes"``.
    """

    limit: float
    unit: str = "km"

    @property
    def key(self) -> str:
        """Place in the scenario file."""
        return f"rules.reach_{self.unit}.max"

    def admits(self, block: Block, pairs: Pairs) -> NDArray[np.bool_]:  # noqa: ARG002
        """Refuse pairs that lie too far apart."""
        return np.asarray(pairs.distance <= with_slack(self.limit))

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality with a unit out of reach of the seat."""
        distance_of = municipality.block.distances.distance_of
        far = [
            unit
            for unit in municipality.members
            if distance_of.get((unit, municipality.seat), np.inf) > with_slack(self.limit)
        ]
        if not far:
            return None
        labels = ", ".join(municipality.block.labels[unit] for unit in far)
        return refusal(
            self.key, municipality, f"out of reach: {labels}", f"at most {self.limit:g} {self.unit}"
        )

    def margins(self, municipality: Municipality) -> tuple[Margin, ...]:
        """Return the distance of the farthest unit beside the limit."""
        block, seat = municipality.block, municipality.seat
        distance_of = block.distances.distance_of
        far = {unit: distance_of.get((unit, seat), np.inf) for unit in municipality.members}
        farthest = max(far, key=lambda unit: (far[unit], -unit))
        kept = far[farthest] <= with_slack(self.limit)
        label = block.labels[farthest]
        return (Margin(self.key, "max", self.limit, far[farthest], self.unit, kept, label),)

    def explain(self) -> str:
        """Return the rule as a sentence."""
        return f"No unit is further than {self.limit:g} {self.unit} from its seat."
