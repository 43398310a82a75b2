"""The country: blocks solved side by side, their numbers settled, one certificate.

In: the problem. Out: a solution, or what is known for whoever goes on from there.
"""

from amalgamation.solve.country.stages import solve_free, walk
from amalgamation.solve.country.state import Country

__all__ = ["Country", "solve_free", "walk"]
