"""The study room: many plans in, what they have in common and where they differ out."""

from amalgamation.study.agreement import Agreement, compare_plans
from amalgamation.study.backtesting import Backtest, backtest
from amalgamation.study.comparison import Column, Comparison, figure_text
from amalgamation.study.finished import FinishedRun, read_finished_runs
from amalgamation.study.grouping import read_grouping
from amalgamation.study.runs import compare_runs

__all__ = [
    "Agreement",
    "Backtest",
    "Column",
    "Comparison",
    "FinishedRun",
    "backtest",
    "compare_plans",
    "compare_runs",
    "figure_text",
    "read_finished_runs",
    "read_grouping",
]
