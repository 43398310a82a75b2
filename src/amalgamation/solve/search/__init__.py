"""Search: plans without proof, soon at hand, and better the longer it may look.

In: a `Problem` and a block. Out: plans that keep every rule, the best met at each number.
"""

from amalgamation.solve.search.engine import search_block
from amalgamation.solve.search.improve import improve_block, improve_start
from amalgamation.solve.search.merge import merge_greedily
from amalgamation.solve.search.start import start_block

__all__ = ["improve_block", "improve_start", "merge_greedily", "search_block", "start_block"]
