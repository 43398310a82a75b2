"""The reading of a rule that says nothing: what most rules say to most questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from amalgamation.findings import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.model.block import Block, Municipality, Pairs
    from amalgamation.model.compact import CompactModel

__all__ = ["AdmitsEveryPair", "AsksNoRow", "refusal"]


class AdmitsEveryPair:
    """A rule that no single pair can break."""

    def admits(self, block: Block, pairs: Pairs) -> NDArray[np.bool_]:  # noqa: ARG002
        """Admit every pair."""
        return np.ones(len(pairs), dtype=bool)


class AsksNoRow:
    """A rule that the choice of pairs already enforces."""

    def constrain(self, model: CompactModel) -> None:
        """Add nothing: the pairs that would break the rule do not exist."""


def refusal(key: str, municipality: Municipality, found: str, expected: str) -> Finding:
    """Return the finding of a rule that refuses a municipality."""
    block = municipality.block
    return Finding(
        key,
        municipality.label,
        found,
        expected,
        f"loosen {key}, or draw it otherwise",
        subjects=tuple(block.ids[unit] for unit in municipality.members),
    )
