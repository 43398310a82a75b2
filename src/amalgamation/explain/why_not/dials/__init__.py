"""Dials: rules that one figure makes tight or loose.

In: a question. Out: its dials; each says how the rules read at a figure, and at which
figure a plan would just keep them.
"""

from amalgamation.explain.why_not.dials.catalogue import build_dials
from amalgamation.explain.why_not.dials.counts import number_key, with_number
from amalgamation.explain.why_not.dials.dial import FINEST, Dial, grain_of
from amalgamation.explain.why_not.dials.ranges import range_key, with_range

__all__ = [
    "FINEST",
    "Dial",
    "build_dials",
    "grain_of",
    "number_key",
    "range_key",
    "with_number",
    "with_range",
]
