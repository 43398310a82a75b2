"""The explain room: why there is no plan, in names and numbers, before a solve and after."""

from amalgamation.explain.arithmetic import check_arithmetic
from amalgamation.explain.impossible import explain_impossible
from amalgamation.explain.proven import explain_proven
from amalgamation.explain.references import check_references
from amalgamation.explain.why_not import WhyNot, explain_no_plan

__all__ = [
    "WhyNot",
    "check_arithmetic",
    "check_references",
    "explain_impossible",
    "explain_no_plan",
    "explain_proven",
]
