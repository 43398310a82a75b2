"""Why no plan has more municipalities, or fewer: per part, by arithmetic that can be drawn.

In: a plan drawn into its problem, with its certificate. Out: a `NumberReason`: for each part the
most (or fewest) municipalities that any plan can have there, why, and the map of it.
"""

from amalgamation.explain.number.number import NumberReason, explain_number

__all__ = ["NumberReason", "explain_number"]
