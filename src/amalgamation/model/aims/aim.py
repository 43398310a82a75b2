"""What an aim is: a function of one municipality, and the same in the model's variables.

A plan's cost is a sum over municipalities. Every aim is therefore written as a function
of one municipality (its units, its seat, half of each severed tie), and once more as a
linear expression of the compact model; brute force holds the two together in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel
    from amalgamation.model.shares import Shares

__all__ = ["Aim"]


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
