"""Search: plans without proof, soon at hand.

In: a `Problem` and a block. Out: plans that keep every rule, one per number.
"""

from amalgamation.solve.search.merge import merge_greedily
from amalgamation.solve.search.start import start_block

__all__ = ["merge_greedily", "start_block"]
