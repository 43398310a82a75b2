"""The price of a changed rule: what the least cost does, as far as bounds prove it.

With a plan of cost ``c`` and a bound ``b`` before, and ``c'``, ``b'`` after, the least costs
``v`` and ``v'`` obey ``b <= v <= c`` and ``b' <= v' <= c'``, so ``b' - c <= v' - v <= c' - b``.
A rule more can only cost (``v' >= v``), a rule less can only save.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from amalgamation.plan import Plan

__all__ = ["Effect", "Known", "Price", "build_price"]

Effect = Literal["costs", "saves", "either"]
"""What the change can do at all."""

_ROUNDING = 1e-6
"""Share of a cost below which two costs are called equal, as by the solver's own gap."""


@dataclass(frozen=True)
class Known:
    """Hold what is known of the least cost of a question.

    Parameters
    ----------
    cost
        Of the best plan; infinite without one.
    bound
        That no plan costs less than.
    plan
        The best plan, of the blocks that were asked about.
    """

    cost: float
    bound: float
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """Say between what a change of the least cost lies; all without unit.

    Parameters
    ----------
    least, most
        The change is proven to lie between them; negative where it saves.
    whole
        Cost of the run's plan, to tell shares of.
    """

    least: float
    most: float
    whole: float

    @property
    def is_exact(self) -> bool:
        """Whether both ends are one number, up to rounding."""
        return self.most - self.least <= _ROUNDING * max(abs(self.whole), 1e-12)

    @property
    def is_unknown(self) -> bool:
        """Whether not even the sign is proven: the gaps are wider than the price."""
        small = _ROUNDING * abs(self.whole)
        return not self.is_exact and self.least <= small and self.most >= -small

    def sentence(self) -> str:
        """Return the price in shares of the plan's cost, never told narrower than it is.

        Examples
        --------
        >>> Price(0.01, 0.0204, 1.0).sentence()
        'costs at least 1 % and at most 2.1 % of the cost'
        >>> Price(0.0, 0.004, 1.0).sentence()
        'costs at most 0.4 % of the cost, perhaps nothing: the gap swallows the difference'
        >>> Price(-0.02, -0.02, 1.0).sentence()
        'saves 2 % of the cost, which is proven'
        """
        if self.is_exact:
            return self._exact()
        if self.most <= 0:
            return self._between("saves", -self.most, -self.least)
        if self.least >= 0:
            return self._between("costs", self.least, self.most)
        return (
            f"anything between {self._share(self.least)} and {self._share(self.most)} of the "
            "cost: the gap swallows the difference"
        )

    def _exact(self) -> str:
        middle = (self.least + self.most) / 2
        if abs(middle) <= _ROUNDING * abs(self.whole):
            return "costs nothing, which is proven"
        word = "saves" if middle < 0 else "costs"
        return f"{word} {100 * abs(middle) / self.whole:.3g} % of the cost, which is proven"

    def _between(self, word: str, least: float, most: float) -> str:
        if not math.isfinite(most):
            return f"{word} at least {self._share(least)} of the cost; how much at most is unknown"
        if self.is_unknown:
            at_most = f"{word} at most {self._share(most, up=True)} of the cost"
            return f"{at_most}, perhaps nothing: the gap swallows the difference"
        return (
            f"{word} at least {self._share(least)} and at most {self._share(most, up=True)} "
            "of the cost"
        )

    def _share(self, cost: float, *, up: bool | None = None) -> str:
        """Return a share in per cent with two figures; rounded away from 0 where asked."""
        share = 100 * cost / self.whole if self.whole else cost
        if not share or not math.isfinite(share):
            return f"{share:g} %"
        unit = 10.0 ** (math.floor(math.log10(abs(share))) - 1)
        outwards = up if up is not None else share < 0
        steps = abs(share) / unit
        rounded = math.ceil(steps - 1e-9) if outwards else math.floor(steps + 1e-9)
        return f"{math.copysign(rounded * unit, share):.6g} %"


def build_price(before: Known, after: Known, whole: float, effect: Effect) -> Price:
    """Return what a change of rules does to the least cost.

    Parameters
    ----------
    before, after
        Best plan and bound of the same blocks under both.
    whole
        Cost of the run's plan.
    effect
        ``"costs"`` where every plan after keeps the rules before, ``"saves"`` where every
        plan before keeps those after.

    Examples
    --------
    >>> build_price(Known(10.0, 9.5), Known(12.0, 11.0), 10.0, "costs")
    Price(least=1.0, most=2.5, whole=10.0)
    """
    least, most = after.bound - before.cost, after.cost - before.bound
    if effect == "costs":
        least, most = max(0.0, least), max(0.0, most)
    if effect == "saves":
        least, most = min(0.0, least), min(0.0, most)
    return Price(least, most, whole)
