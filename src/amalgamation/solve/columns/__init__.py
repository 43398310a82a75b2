"""Columns: one variable per admitted municipality, found by pricing; the engine of proofs.

In: a `Problem` and a task. Out: an answer with plan and bound, like any engine's.
"""

from amalgamation.solve.columns.engine import solve_block

__all__ = ["solve_block"]
