"""Back-testing: what the tool would have drawn, beside a reform that happened.

In: a scenario on the units as they were before, with thresholds taken from the law of its
day, and the groups that they were put into. Out: a `Backtest`: the tool's plan, the real
map, a greedy merge and random maps, all measured by the same rules, cost and scorecard, and
each set beside the real map. Real reforms are political: agreement is told, never tuned to.
"""

from amalgamation.study.backtesting.baselines import draw_at_random, merge_smallest
from amalgamation.study.backtesting.groups import match_groups
from amalgamation.study.backtesting.protocol import Backtest, backtest

__all__ = ["Backtest", "backtest", "draw_at_random", "match_groups", "merge_smallest"]
