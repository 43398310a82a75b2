"""What an aim is: a function of one municipality, and the same in the model's variables.

A plan's cost is a sum over municipalities, and over the units that it leaves out. Every
aim is therefore written as a function of one municipality (its units, its seat, half of
each severed tie), and once more as a linear expression of the compact model; brute force
holds the two together in the tests. What a unit left out costs stands in the shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from amalgamation.model.shares import outside_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel
    from amalgamation.model.shares import Shares

__all__ = ["Aim", "value_outside"]


class Aim(Protocol):
    """A term of the objective; lower is better, and never negative."""

    @property
    def name(self) -> str:
        """The aim's name in results, such as ``"balance.population"``."""
        ...

    @property
    def unit(self) -> str:
        """Unit of the raw value."""
        ...

    @property
    def weight(self) -> float:
        """The scenario's weight."""
        ...

    def value(self, municipality: Municipality) -> float:
        """Return the raw value of one municipality, in ``unit``."""
        ...

    def ceiling(self, block: Block) -> float:
        """Return a value that the aim exceeds in no plan of a block."""
        ...

    def shares(self, block: Block) -> Shares:
        """Return the raw value taken apart: what search and pricing add up."""
        ...

    def express(self, model: CompactModel) -> dict[str, float]:
        """Return the raw value of the block as coefficients of the model's variables."""
        ...


def value_outside(aim: Aim, block: Block, units: Sequence[int]) -> float:
    """Return an aim's raw value of the units that a plan leaves out of a block, positions."""
    if not units:
        return 0.0
    return float(outside_values(block, aim.shares(block))[list(units)].sum())
