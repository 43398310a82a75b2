"""The compact engine: the PuLP model, with separators found as they are broken.

In: a `Problem` and a `BlockTask`. Out: a `BlockAnswer`, or the tangents of a block's curve.
"""

from amalgamation.solve.compact.curve import Look, Tangent, measure_prices
from amalgamation.solve.compact.engine import solve_block

__all__ = ["Look", "Tangent", "measure_prices", "solve_block"]
