"""Why is there no plan: the cause in names and figures, and what would make one possible.

In: a scenario, its territory and graph. Out: a `WhyNot`: the places without a plan, the
rules that contradict each other there, and for each of them how far it must be loosened.
"""

from amalgamation.explain.why_not.explain import SECONDS, explain_no_plan
from amalgamation.explain.why_not.reason import Reason
from amalgamation.explain.why_not.relaxation import Relaxation
from amalgamation.explain.why_not.why_not import WhyNot

__all__ = ["SECONDS", "Reason", "Relaxation", "WhyNot", "explain_no_plan"]
