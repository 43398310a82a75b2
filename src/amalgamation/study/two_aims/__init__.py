"""Two aims against each other: how much of one the other costs, with bounds.

In: a scenario and two aims. Out: a `TwoAims`: verified plans from one end to the other, and
below them the region that no plan can reach.
"""

from amalgamation.study.two_aims.trace import check_between, trace_two_aims
from amalgamation.study.two_aims.two_aims import Point, TwoAims

__all__ = ["Point", "TwoAims", "check_between", "trace_two_aims"]
