"""Price the wishes that a plan leaves unmet: each granted by itself, all else free to move.

In: a finished run whose scenario has wishes. Out: one `WhatIf` for each that was refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.explain.this_plan import find_refused, say_wish
from amalgamation.study.what_if.what_if import what_if

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.explain.this_plan import Refused
    from amalgamation.road import Reopened
    from amalgamation.solve import Progress
    from amalgamation.study.what_if.outcome import WhatIf

__all__ = ["WishPrice", "WishPrices", "price_refused"]


@dataclass(frozen=True)
class WishPrice:
    """Hold a refused wish and what granting it comes to.

    Parameters
    ----------
    wish
        As a sentence has it, with its reason.
    refused
        The wish.
    found
        The best plan that grants it, and its price; the aim of wishes counts there too, so
        that the price is what granting it costs beyond what the wish itself is worth.
    """

    wish: str
    refused: Refused
    found: WhatIf

    def sentence(self) -> str:
        """Return wish and price as a sentence."""
        return f"{self.wish}: {self.found.verdict()}"


@dataclass(frozen=True)
class WishPrices:
    """Hold the price of every wish that a plan leaves unmet.

    Parameters
    ----------
    prices
        In the scenario's order.
    """

    prices: tuple[WishPrice, ...]

    def sentences(self) -> list[str]:
        """Return the prices as lines of text."""
        return [one.sentence() for one in self.prices]

    def to_frame(self) -> pd.DataFrame:
        """Return a row per wish; ``least`` and ``most`` in per cent of the plan's cost."""
        return pd.DataFrame([_to_row(one) for one in self.prices])

    def to_object(self) -> dict[str, Any]:
        """Return the prices as JSON has them."""
        rows = [_to_row(one) | one.found.to_object() for one in self.prices]
        return {"refused": rows}

    def __repr__(self) -> str:
        return f"<WishPrices of {len(self.prices)} refused wishes>"

    def _repr_html_(self) -> str:
        return self.to_frame().to_html()


def _to_row(one: WishPrice) -> dict[str, Any]:
    share = one.found.price_percent
    return {
        "unit": one.refused.unit,
        "other": one.refused.other,
        "together": one.refused.together,
        "reason": one.refused.reason,
        "status": str(one.found.result.status),
        "least": None if share is None else share["least"],
        "most": None if share is None else share["most"],
        "sentence": one.sentence(),
    }


def price_refused(
    run: Reopened,
    *,
    minutes: float | None = None,
    report: Callable[[Progress], None] = lambda _: None,
) -> WishPrices:
    """Grant each refused wish of a run by itself, at least cost, and tell what that costs.

    Parameters
    ----------
    run
        As `amalgamation.road.reopen` gives it.
    minutes
        For all wishes together, in equal shares; default: as the scenario has it.
    report
        Called with the progress of each block.

    Returns
    -------
    WishPrices
        Empty where no wish was refused. A wish between units that no municipality can hold
        together is left out, as in the aim.

    Raises
    ------
    VerificationError
        If a plan found breaks a rule: our fault, and nothing is handed out.

    Examples
    --------
    >>> import amalgamation as am
    >>> from amalgamation.road import Reopened, answer
    >>> wish = {"unit": "990201000", "with": "990203000"}
    >>> wishes = {"weight": 0.001, "wishes": [wish]}
    >>> ground = am.prepare("toy", overrides={"aims.wishes": wishes, "solve.processes": 1})
    >>> found = answer(ground)
    >>> prices = price_refused(Reopened(ground, found.plan, found.certificate))
    >>> prices.to_frame()[["unit", "other", "most"]].round(1).values.tolist()
    [['990201000', '990203000', 5.4]]
    """
    refused = find_refused(run.drawn, run.ground.territory.ids, ())
    whole = run.ground.file.scenario.solve.minutes if minutes is None else minutes
    share = whole / max(1, len(refused))
    prices = [
        WishPrice(
            say_wish(run.drawn, one),
            one,
            what_if(run, [_words_of(one)], minutes=share, report=report),
        )
        for one in refused
    ]
    return WishPrices(tuple(prices))


def _words_of(refused: Refused) -> str:
    return f"{refused.unit} {'with' if refused.together else 'not with'} {refused.other}"
