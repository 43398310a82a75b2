"""A marginal price: what one step of one limit does to the least cost, as a sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.explain.this_plan import say_amount, say_share
from amalgamation.study.prices.step import NUMBER

if TYPE_CHECKING:
    from amalgamation.study.prices.step import Step
    from amalgamation.study.what_if.price import Price

__all__ = ["MarginalPrice", "Prices"]


@dataclass(frozen=True)
class MarginalPrice:
    """Hold what a step does to the least cost.

    Parameters
    ----------
    step
        Which limit moves, and how far.
    price
        None where no plan is possible there, or none was found.
    source
        ``"from the frontier"`` or ``"solved again"``.
    found
        What the best plan known there costs more than the run's plan, without unit:
        one plan beside another, which no gap touches.
    """

    step: Step
    price: Price | None
    source: str
    found: float = 0.0

    def sentence(self) -> str:
        """Return the price as a sentence, with its bounds."""
        freed = f" It sets free: {self.step.change}." if self.step.change else ""
        return f"{self._head()}: {self._price()}{freed}"

    def _head(self) -> str:
        step, more = self.step, self.step.after - self.step.before
        if step.key == NUMBER:
            return f"One municipality {'more' if more > 0 else 'fewer'} ({step.after:,})"
        size = f"{say_amount(abs(more), step.unit)} {'more' if more > 0 else 'less'}"
        return f"{step.key} {say_amount(step.after)} instead of {say_amount(step.before)} ({size})"

    def _price(self) -> str:
        if self.price is None:
            return f"no plan is possible there, or none was found in the time ({self.source})."
        return f"{self.price.sentence()}{self._each(self.price)}{self._plan()} ({self.source})."

    def _plan(self) -> str:
        """Return the plan beside the run's, where the price is not proven."""
        if self.price is None or self.price.is_exact:
            return ""
        return f"; the best plan known there: {say_share(self.found, self.price.whole)}"

    def _each(self, price: Price) -> str:
        """Return what one unit of the limit is worth on average over the step."""
        size = abs(self.step.after - self.step.before)
        plain = price.is_exact or not price.is_unknown
        if self.step.key == NUMBER or not plain or not math.isfinite(price.least + price.most):
            return ""
        low, high = sorted(abs(100 * end / size / price.whole) for end in (price.least, price.most))
        share = f"{high:.2g}" if price.is_exact else f"{low:.2g} to {high:.2g}"
        return f", {share} % for each of the {say_amount(size, self.step.unit)}"

    def to_object(self) -> dict[str, Any]:
        """Return the price as JSON has it."""
        step, price = self.step, self.price
        return {
            "key": step.key,
            "before": step.before,
            "after": step.after,
            "unit": step.unit,
            "least": None if price is None else price.least,
            "most": None if price is None else price.most,
            "found": self.found,
            "source": self.source,
            "sentence": self.sentence(),
        }


@dataclass(frozen=True)
class Prices:
    """Hold the marginal prices of a run's rules.

    Parameters
    ----------
    prices
        Numbers of municipalities first, then limits by their keys.
    cost
        Of the run's plan, without unit: what shares are of.
    """

    prices: tuple[MarginalPrice, ...]
    cost: float

    def sentences(self) -> list[str]:
        """Return the prices as lines of text."""
        return [one.sentence() for one in self.prices]

    def to_frame(self) -> pd.DataFrame:
        """Return the prices as a table, one row each; ``least`` and ``most`` without unit."""
        return pd.DataFrame([one.to_object() for one in self.prices])

    def to_object(self) -> dict[str, Any]:
        """Return the prices as JSON has them."""
        return {"cost": self.cost, "prices": [one.to_object() for one in self.prices]}

    def __repr__(self) -> str:
        return f"<Prices of {len(self.prices)} steps>"

    def _repr_html_(self) -> str:
        return self.to_frame().to_html()
