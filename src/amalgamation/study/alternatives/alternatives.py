"""Alternatives: plans near one another, how they differ, and what they have in common."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from amalgamation.study.study import Study
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.plan import Plan
    from amalgamation.status import Certificate
    from amalgamation.study.alternatives.certify import Alternative

__all__ = ["Alternatives"]

# Plans that decide less than this share of the open ties otherwise are variants of one.
_DIFFERENT_PERCENT = 1.0


@dataclass(frozen=True, repr=False)
class Alternatives(Study):
    """Hold a plan and its alternatives, with what is certain and what is a choice.

    Parameters
    ----------
    scenario, territory, graph
        The question, its units and their ties.
    certainty
        Over the plan and all alternatives.
    inputs
        Files read, with hashes.
    base
        The plan that the others are measured against.
    found
        In the order in which they were found.
    within
        Per cent that each block may cost more.
    unsettled
        Ties that were asked about in vain: neither proven nor refuted in the time.
    interrupted
        Whether Ctrl-C ended it.
    seconds
        Wall time.
    """

    base: Alternative
    found: tuple[Alternative, ...]
    within: float
    unsettled: int = 0
    interrupted: bool = False
    seconds: float = 0.0

    kind = "alternatives"

    @property
    def plans(self) -> dict[str, Plan]:
        """Name -> plan; the first is the one that the others are measured against."""
        return {made.name: made.plan for made in (self.base, *self.found)}

    @property
    def certificate(self) -> Certificate:
        """Of the plan that the others are measured against."""
        return self.base.certificate

    @cached_property
    def table(self) -> pd.DataFrame:
        """What each plan costs and how far it differs.

        Indexed by ``alternative``: ``cost``, ``more_percent`` than the plan, ``gap_percent``
        (by how much another plan could cost less at most), ``municipalities``,
        ``differs_percent`` (ties that it decides otherwise than the plan, of those that the
        rules leave open), ``nearest_percent`` (than the nearest other), ``moved_percent``
        (residents, or units, whose municipality is not the very same) and ``different``:
        whether it differs by at least 1 % from all above it.
        """
        made = (self.base, *self.found)
        costs = np.array([each.certificate.cost for each in made])
        apart = self._distances()
        others = np.where(np.eye(len(made), dtype=bool), np.inf, apart)
        nearest = others.min(axis=1) if len(made) > 1 else np.zeros(1)
        base = costs[0] or np.nan
        columns = {
            "cost": costs,
            "more_percent": 100 * (costs - costs[0]) / base,
            "gap_percent": [100 * each.certificate.gap for each in made],
            "municipalities": [len(each.plan.seat_of) for each in made],
            "differs_percent": apart[0],
            "nearest_percent": nearest,
            "moved_percent": [self._moved(each.plan) for each in made],
            "different": _different(apart),
        }
        index = pd.Index([each.name for each in made], name="alternative", dtype="str")
        return pd.DataFrame(columns, index=index).replace([np.inf, -np.inf], np.nan)

    @property
    def different(self) -> int:
        """How many alternatives are genuinely different: from the plan and from each other."""
        return int(self.table["different"].sum()) - 1

    def _distances(self) -> NDArray[np.float64]:
        """Return, for each two plans, the per cent of the open ties that they decide otherwise."""
        ties = self.certainty.open_ties
        kept = np.array([_kept(plan, ties) for plan in self.plans.values()])
        ones = kept.astype(np.int64)
        both = ones @ ones.T
        sizes = np.diag(both)
        return np.asarray(100 * (sizes[:, None] + sizes - 2 * both) / max(1, len(ties)))

    def _moved(self, plan: Plan) -> float:
        units = self.certainty.units
        weight = units.get("population", pd.Series(1.0, units.index))
        first, members = self.base.plan, plan.municipalities
        groups = first.municipalities
        same = {
            unit
            for name, group in groups.items()
            if members.get(plan.municipality_of.get(group[0], ""), ()) == group
            for unit in group
        }
        same |= set(first.outside) & set(plan.outside)
        return float(100 * (1 - weight[sorted(same)].sum() / weight.sum()))

    def sentences(self) -> tuple[str, ...]:
        """Return what was found, in words."""
        block = "in each block (each piece that walls and water make independent)"
        found = (
            f"{count_of(len(self.found), 'alternative')} of at most {self.within:g} % more cost "
            f"{block}, {self.different:,} of them genuinely different: at least "
            f"{_DIFFERENT_PERCENT:g} % of the open ties decided otherwise than in the plan and in "
            "each other."
        )
        lines = [found, f"{self.certainty.sentence()}."]
        if self.unsettled:
            lines.append(
                f"{self.unsettled:,} ties that all decide alike were to be proven, and were not: "
                "in the time, neither a proof nor a plan against it was found."
            )
        lines.append(
            "What is not proven is certain only as far as these plans go: others may differ."
        )
        return tuple(lines)

    def to_object(self) -> dict[str, Any]:
        """Return the record: what was asked, what was found, and how sure that is."""
        record = super().to_object()
        certificates = {
            made.name: {
                "cost": made.certificate.cost,
                "bound": made.certificate.bound,
                "gap": made.certificate.gap,
                "aims": [asdict(aim) for aim in made.certificate.aims],
            }
            for made in (self.base, *self.found)
        }
        asked = {"within_percent": self.within, "different": self.different}
        ended = {"unsettled": self.unsettled, "interrupted": self.interrupted}
        return {**record, **asked, **ended, "certificates": certificates}


def _kept(plan: Plan, ties: pd.DataFrame) -> list[bool]:
    home = plan.municipality_of
    return [a in home and home[a] == home.get(b) for a, b in zip(ties["a"], ties["b"], strict=True)]


def _different(apart: NDArray[np.float64]) -> list[bool]:
    """Choose plans from the first on, each that lies far enough from all chosen before."""
    chosen: list[int] = []
    for place, row in enumerate(apart):
        if not chosen or row[chosen].min() >= _DIFFERENT_PERCENT:
            chosen.append(place)
    return [place in chosen for place in range(len(apart))]
