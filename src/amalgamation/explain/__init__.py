"""The explain room: why there is no plan, before a solve and after; and why this plan."""

from amalgamation.explain.arithmetic import check_arithmetic
from amalgamation.explain.impossible import explain_impossible
from amalgamation.explain.number import NumberReason, explain_number
from amalgamation.explain.proven import explain_proven
from amalgamation.explain.references import check_references
from amalgamation.explain.this_plan import explain_municipality, explain_unit, explain_whole
from amalgamation.explain.why_not import WhyNot, explain_no_plan

__all__ = [
    "NumberReason",
    "WhyNot",
    "check_arithmetic",
    "check_references",
    "explain_impossible",
    "explain_municipality",
    "explain_no_plan",
    "explain_number",
    "explain_proven",
    "explain_unit",
    "explain_whole",
]
