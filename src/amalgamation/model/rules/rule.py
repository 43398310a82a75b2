"""What a rule is: constraint and judge in one place.

A rule says which pairs it admits, how it constrains the compact model, whether it admits
a municipality, and what it asks in a sentence. The four are four readings of one thought,
and stand in one file per rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from amalgamation.findings import Finding
    from amalgamation.model.block import Block, Municipality, Pairs
    from amalgamation.model.compact import CompactModel

__all__ = ["Rule"]


class Rule(Protocol):
    """A condition on every municipality."""

    @property
    def key(self) -> str:
        """The rule's place in the scenario file, such as ``"rules.max_units"``."""
        ...

    def admits(self, block: Block, pairs: Pairs) -> NDArray[np.bool_]:
        """Say of each pair (unit, seat) whether the rule lets it stand at all."""
        ...

    def constrain(self, model: CompactModel) -> None:
        """Add the rule to the compact model."""
        ...

    def judge(self, municipality: Municipality) -> Finding | None:
        """Return what is wrong with a municipality, or None if the rule admits it."""
        ...

    def explain(self) -> str:
        """Return the rule as a sentence."""
        ...
