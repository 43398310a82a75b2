"""Which mergers survive other seeds, weights, projections and data that are not quite right.

In: a scenario and variants of it. Out: a `Robustness`.
"""

from amalgamation.study.robustness.robustness import Robustness, Variation
from amalgamation.study.robustness.texts import variants_from_text
from amalgamation.study.robustness.variant import Variant, change_territory
from amalgamation.study.robustness.vary import vary

__all__ = ["Robustness", "Variant", "Variation", "change_territory", "variants_from_text", "vary"]
