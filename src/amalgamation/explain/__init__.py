"""The explain room: why there is no plan, in names and numbers."""

from amalgamation.explain.arithmetic import check_arithmetic
from amalgamation.explain.impossible import explain_impossible
from amalgamation.explain.references import check_references

__all__ = ["check_arithmetic", "check_references", "explain_impossible"]
