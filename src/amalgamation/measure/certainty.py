"""Certainty: what several plans of one territory have in common, and where they differ.

A `Certainty` says how often each tie is kept, each unit stays with its own, and each
municipality survives; `amalgamation.measure.recurrence` counts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from amalgamation.territory.words import count_of

__all__ = ["Certainty", "Reason", "unchanged_percent"]

Reason = Literal["rule", "proven", "asked"]
"""Why a tie is what it is: every plan of the rules cuts it; proven; or a plan that was asked
for decides it otherwise."""

_VERDICTS = ("together", "apart", "choice")
_ALL = 100.0


@dataclass(frozen=True)
class Certainty:
    """Say how far plans agree; the first of them is the one that the others are held against.

    Parameters
    ----------
    plans
        How many there are.
    ties
        Indexed by ``tie_id``: ``a``, ``b``, ``border_km``, ``together_percent`` (of the
        plans), ``verdict`` (``together``, ``apart`` or ``choice``) and ``reason``:
        ``rule`` (a wall: every plan cuts it), ``proven``, ``asked`` (alike in all of these
        plans, yet a further one was found that decides it otherwise), else ``found``.
    units
        Indexed by ``unit_id``: ``municipality_id`` in the first plan (None outside), ``name``,
        ``stays_percent`` (mean share of the plans in which it is with each unit of that
        municipality; of a unit alone, in which it is alone), ``same_percent`` (in which its
        municipality is the very same set), ``seat_percent`` (in which its seat is the same)
        and ``partners`` (units that it is with in some plan).
    municipalities
        Of the first plan, indexed by ``municipality_id``: ``seat_id``, ``name`` of the seat,
        ``units``, ``population`` where it is known, ``together_percent`` (of the plans in
        which its units share a municipality) and ``same_percent``.
    parents
        Of the outermost tier, indexed by ``parent_id``: ``name``, ``units``, ``population``
        where it is known, ``open_ties`` (inside it), ``choice_percent`` (of these) and
        ``unchanged_percent`` (residents, or units, whose municipality is the same in all
        plans). Empty where there are no tiers.
    notice
        Says that data are made up, if they are.
    """

    plans: int
    ties: pd.DataFrame
    units: pd.DataFrame
    municipalities: pd.DataFrame
    parents: pd.DataFrame
    notice: str = ""

    @property
    def open_ties(self) -> pd.DataFrame:
        """The ties that the rules leave open: all but those that every plan cuts."""
        return self.ties[self.ties["reason"] != "rule"]

    def counts(self) -> dict[str, int]:
        """Return how many ties that the rules leave open have each verdict, and are proven."""
        ties = self.open_ties
        verdicts = {name: int((ties["verdict"] == name).sum()) for name in _VERDICTS}
        return {**verdicts, "proven": int((ties["reason"] == "proven").sum())}

    def unchanged_percent(self) -> float:
        """Return the share of residents whose municipality is the same in all plans, in per cent.

        Of units, where residents are not known.
        """
        return unchanged_percent(self.units)

    def sentence(self) -> str:
        """Return what is certain and what is a choice, as text."""
        counts, total = self.counts(), len(self.open_ties)
        people = "residents" if "population" in self.units else "units"
        proven = f" ({counts['proven']:,} of both proven)" if counts["proven"] else ""
        return (
            f"{count_of(self.plans, 'plan')}: of {count_of(total, 'tie')} that the rules leave "
            f"open, {counts['together']:,} are kept in all, {counts['apart']:,} cut in all"
            f"{proven}, {counts['choice']:,} are a choice; {self.unchanged_percent():.1f} % of "
            f"the {people} live in a municipality that is the same in all"
        )

    def _facts(self) -> dict[str, Any]:
        return {
            "plans": self.plans,
            "ties left open": len(self.open_ties),
            **self.counts(),
            "unchanged (%)": self.unchanged_percent(),
        }

    def __repr__(self) -> str:
        return f"<Certainty: {self.sentence()}>"

    def _repr_html_(self) -> str:
        return pd.Series(self._facts(), name="Certainty", dtype="object").to_frame().to_html()


def unchanged_percent(units: pd.DataFrame) -> float:
    """Return the share of residents whose municipality is the same in all plans, in per cent.

    Of units, where residents are not known; NaN where nobody lives.

    Parameters
    ----------
    units
        Columns ``same_percent`` and, where it is known, ``population``.
    """
    weight = units.get("population", pd.Series(1.0, units.index))
    same = units["same_percent"] == _ALL
    return float(_ALL * weight[same].sum() / weight.sum()) if weight.sum() > 0 else np.nan
