"""The study room: many plans in, what they have in common out."""

from amalgamation.study.compare import Agreement, compare_plans
from amalgamation.study.grouping import read_grouping

__all__ = ["Agreement", "compare_plans", "read_grouping"]
