"""The explain room: why there is no plan, before a solve and after; and why this plan."""

from amalgamation.explain.arithmetic import check_arithmetic
from amalgamation.explain.impossible import explain_impossible
from amalgamation.explain.proven import explain_proven
from amalgamation.explain.references import check_references
from amalgamation.explain.this_plan import explain_municipality, explain_unit, explain_whole

__all__ = [
    "check_arithmetic",
    "check_references",
    "explain_impossible",
    "explain_municipality",
    "explain_proven",
    "explain_unit",
    "explain_whole",
]
