"""Robustness: the same question under other assumptions, and which mergers survive."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from amalgamation.study.agreement import compare_plans
from amalgamation.study.compare.agreements import groups_of
from amalgamation.study.study import Study
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.plan import Plan
    from amalgamation.status import Certificate

__all__ = ["Robustness", "Variation"]

_BASE = "base"
_HALF = 50.0
_ALL = 100.0


@dataclass(frozen=True)
class Variation:
    """What came of one variant.

    Parameters
    ----------
    name
        Of the variant; ``base`` is the question as it is.
    certificate
        Status, cost and bound; costs are comparable where the aims' references are.
    plan
        None where there is none.
    """

    name: str
    certificate: Certificate
    plan: Plan | None = None


@dataclass(frozen=True, repr=False)
class Robustness(Study):
    """Hold the answers to variants of one question, and what they have in common.

    Parameters
    ----------
    scenario, territory, graph
        The question, its units and their ties, as they are.
    certainty
        Over all plans, the base first.
    inputs
        Files read for the base, with hashes.
    variations
        The base first.
    skipped
        Names of the variants that were not answered: Ctrl-C came first.
    """

    variations: tuple[Variation, ...]
    skipped: tuple[str, ...] = ()

    kind = "robustness"

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C ended it."""
        return bool(self.skipped)

    @property
    def plans(self) -> dict[str, Plan]:
        """Variant -> plan, for those that have one; the base first."""
        return {each.name: each.plan for each in self.variations if each.plan is not None}

    @property
    def certificate(self) -> Certificate:
        """Of the base."""
        return self.variations[0].certificate

    @cached_property
    def table(self) -> pd.DataFrame:
        """How each variant ended, and how far its plan agrees with the base.

        Indexed by ``variant``: ``status``, ``cost``, ``gap_percent``, ``municipalities``,
        ``rand_index`` (adjusted, against the base) and ``same_percent`` (residents, or units,
        whose municipality is the very same).
        """
        rows = [self._row(each) for each in self.variations]
        return pd.DataFrame(rows).set_index("variant")

    def _row(self, variation: Variation) -> dict[str, Any]:
        certificate, plan = variation.certificate, variation.plan
        row = {"variant": variation.name, "status": str(certificate.status)}
        if plan is None:
            empty = ("cost", "gap_percent", "municipalities", "rand_index", "same_percent")
            return row | dict.fromkeys(empty, np.nan)
        base, units = self.plans[_BASE], self.certainty.units
        weights = None
        if "population" in units:
            weights = {str(unit): float(people) for unit, people in units["population"].items()}
        agreed = compare_plans(groups_of(base), groups_of(plan), weights)
        return row | {
            "cost": certificate.cost,
            "gap_percent": 100 * certificate.gap,
            "municipalities": len(plan.seat_of),
            "rand_index": agreed.rand_index,
            "same_percent": 100 * agreed.identical_share,
        }

    def sentences(self) -> tuple[str, ...]:
        """Return what survives, in words."""
        mergers = self.certainty.municipalities.query("units > 1")
        held, same = mergers["together_percent"], mergers["same_percent"]
        number = len(self.plans)
        survive = (
            f"Of {count_of(len(mergers), 'merger')} of the base, {int((same == _ALL).sum()):,} are "
            f"the same in all {number:,} plans, {int((same >= _HALF).sum()):,} in half of them or "
            f"more; the units of {int((held == _ALL).sum()):,} stay together in all."
        )
        variants = count_of(len(self.variations) - 1, "variant")
        lines = [f"{variants}, {number - 1:,} of them with a plan.", survive]
        lines.append(f"{self.certainty.sentence()}.")
        lines += [
            f"{each.name}: {each.certificate.status}; not counted."
            for each in self.variations
            if each.plan is None
        ]
        if self.skipped:
            lines.append(f"Interrupted: {', '.join(self.skipped)} not answered.")
        return tuple(lines)

    def to_object(self) -> dict[str, Any]:
        """Return the record: what was varied, and what came of it."""
        return {**super().to_object(), "skipped": list(self.skipped)}
