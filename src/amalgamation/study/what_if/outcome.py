"""What granting wishes comes to: a plan, its price, and what both rest on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.explain.this_plan import say_aims, say_share
from amalgamation.findings import errors_in
from amalgamation.status import Status
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.result import Result
    from amalgamation.status import AimValue
    from amalgamation.study.what_if.price import Price
    from amalgamation.study.what_if.requirement import Requirement

__all__ = ["WhatIf"]

_ROUNDING = 1e-9


@dataclass(frozen=True)
class WhatIf:
    """Hold what granting wishes comes to.

    Parameters
    ----------
    requirements
        The wishes.
    result
        The verified plan that grants them, its certificate and scorecard; without a plan
        where there is none.
    price
        Of the wishes together; None where no plan grants them, or none was found.
    aims
        What the new plan has more of each aim than the run's, in its unit.
    blocks, held
        Number of blocks that were solved, and of those that a limit on the number ties to
        them and that stayed as they are: then the price holds for as long as they do.
    granted
        Whether the run's own plan grants the wishes already.
    bettered
        By how much less a plan without the wishes was found to cost than the run's, without
        unit: the price is counted from there.
    """

    requirements: tuple[Requirement, ...]
    result: Result
    price: Price | None = None
    aims: tuple[AimValue, ...] = ()
    blocks: int = 0
    held: int = 0
    granted: bool = False
    bettered: float = 0.0

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """Why no plan grants the wishes; empty where one does."""
        return tuple(errors_in(self.result.findings)) if self.result.plan is None else ()

    @property
    def price_percent(self) -> dict[str, float] | None:
        """``least`` and ``most`` of the price in per cent of the plan's cost; None without one."""
        if self.price is None:
            return None
        per = 100 / self.price.whole if self.price.whole else math.nan
        return {"least": per * self.price.least, "most": per * self.price.most}

    def verdict(self) -> str:
        """Return in one sentence what granting the wishes comes to."""
        return self._outcome()[0]

    def sentences(self) -> list[str]:
        """Return wishes, price and proof as lines of text."""
        asked = "; ".join(one.text for one in self.requirements)
        return [f"What if: {asked}", *self._outcome(), *self._proof()]

    def _outcome(self) -> list[str]:
        if self.granted:
            return ["The plan grants this already: nothing changes."]
        if self.result.status is Status.INFEASIBLE:
            return ["No plan grants this and keeps all rules: this is proven."]
        if self.price is None:
            return ["No plan that grants this was found in the time, and none was ruled out."]
        told = [f"Granting it {self.price.sentence()}."]
        if self.bettered > _ROUNDING * self.price.whole:
            share = say_share(-self.bettered, self.price.whole)
            told.append(f"The run's plan can be bettered here ({share}): counted from there.")
        return [*told, f"Plan beside the run's plan: {say_aims(self.aims)}."]

    def _proof(self) -> list[str]:
        if self.granted or self.price is None:
            return []
        solved = f"Solved again: {count_of(self.blocks, 'block')}"
        if self.held:
            kept = f"{count_of(self.held, 'block')} that the number of municipalities ties to it"
            return [f"{solved}; the price holds for as long as {kept} stay as they are."]
        return [f"{solved}; no other has a part in the price."]

    def to_object(self) -> dict[str, Any]:
        """Return wishes, price and proof as JSON has them."""
        price = self.price
        return {
            "requirements": [one.text for one in self.requirements],
            "status": str(self.result.status),
            "granted_already": self.granted,
            "price": None if price is None else {"least": price.least, "most": price.most},
            "price_percent": self.price_percent,
            "proven": price is not None and price.is_exact,
            "aims": {aim.name: {"unit": aim.unit, "raw": aim.raw} for aim in self.aims},
            "blocks": self.blocks,
            "held": self.held,
            "bettered": self.bettered,
            "sentences": self.sentences(),
        }

    def __repr__(self) -> str:
        return f"<WhatIf {' '.join(self.sentences()[:2])}>"
