"""The study room: many plans in, what they have in common and where they differ out."""

from amalgamation.study.agreement import Agreement, compare_plans
from amalgamation.study.alternatives import (
    Alternative,
    Alternatives,
    find_alternatives,
    look_for_alternatives,
)
from amalgamation.study.backtesting import Backtest, backtest
from amalgamation.study.comparison import Column, Comparison, figure_text
from amalgamation.study.finished import FinishedRun, read_finished_runs
from amalgamation.study.grouping import read_grouping
from amalgamation.study.robustness import Robustness, Variant, Variation, vary
from amalgamation.study.runs import compare_runs
from amalgamation.study.two_aims import TwoAims, check_between, trace_two_aims

__all__ = [
    "Agreement",
    "Alternative",
    "Alternatives",
    "Backtest",
    "Column",
    "Comparison",
    "FinishedRun",
    "Robustness",
    "TwoAims",
    "Variant",
    "Variation",
    "backtest",
    "check_between",
    "compare_plans",
    "compare_runs",
    "figure_text",
    "find_alternatives",
    "look_for_alternatives",
    "read_finished_runs",
    "read_grouping",
    "trace_two_aims",
    "vary",
]
