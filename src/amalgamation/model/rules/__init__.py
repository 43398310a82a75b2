"""Rules: what a municipality must satisfy, each as constraint and judge in one file.

In: the scenario's rules. Out: `Rule` objects that admit pairs, constrain the compact
model, judge a municipality and explain themselves.
"""

from amalgamation.model.rules.catalogue import build_rules
from amalgamation.model.rules.contiguity import Contiguity, find_separators
from amalgamation.model.rules.rule import Rule

__all__ = ["Contiguity", "Rule", "build_rules", "find_separators"]
