"""Marginal prices: what one step of each rule does to the least cost, between bounds.

In: a finished run. Out: `Prices`, as sentences, a table, or an object for JSON.
"""

from amalgamation.study.prices.marginal import MarginalPrice, Prices
from amalgamation.study.prices.price_rules import price_rules
from amalgamation.study.prices.step import Step

__all__ = ["MarginalPrice", "Prices", "Step", "price_rules"]
