"""Plans beside plans: who agrees, who changes, what stands against what.

In: finished runs, or tables of plans. Out: agreement of every pair, changes against the
first, maps, trade-offs with their Pareto set, and the page that shows them.
"""

from amalgamation.study.compare.agreements import build_agreements, to_matrix
from amalgamation.study.compare.changes import Changes, build_changes
from amalgamation.study.compare.matching import find_changing, match_municipalities
from amalgamation.study.compare.pareto import find_pareto
from amalgamation.study.compare.trade_off import Axis, TradeOff, build_trade_off

__all__ = [
    "Axis",
    "Changes",
    "TradeOff",
    "build_agreements",
    "build_changes",
    "build_trade_off",
    "find_changing",
    "find_pareto",
    "match_municipalities",
    "to_matrix",
]
