"""Solving: from a problem to a plan with a certificate.

In: a `Problem`. Out: a `Solution`: plan (or None) and certificate. Engines solve one
block; `allocate` settles how many municipalities each block gets; `country` runs the
blocks side by side; `highs` is the one file that talks to the solver.
"""

from amalgamation.solve.assemble import Solution
from amalgamation.solve.given_start import check_start
from amalgamation.solve.order import solve_in_order
from amalgamation.solve.whole import solve_problem
from amalgamation.solve.workers import Progress

__all__ = ["Progress", "Solution", "check_start", "solve_in_order", "solve_problem"]
