"""What a plan should keep low."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from amalgamation.scenario.schema.base import Attribute, Section, Tier, Weight

__all__ = [
    "Aims",
    "BalanceAim",
    "NumberAim",
    "TiesCutAim",
]


class BalanceAim(Section):
    """How far municipalities lie from a target."""

    weight: Weight
    """Weight of the aim."""
    target: Annotated[float, Field(gt=0)] | None = None
    """Sum that each municipality should have; default: the mean of the reference plan."""


class TiesCutAim(Section):
    """How much of the ties a plan severs."""

    weight: Weight
    """Weight of the aim."""
    by: Literal["length", "count"] = "length"
    """Count severed ties by the length of the shared border, or each as one."""


class NumberAim(Section):
    """Few or many municipalities."""

    weight: Weight
    """Weight of the aim."""
    prefer: Literal["few", "many"] = "few"
    """Which direction costs less."""


class Aims(Section):
    """What a plan should keep low; each aim is divided by its value at the reference plan."""

    access: Weight = 0.0
    """Person-km (or person-minutes) from each unit to its seat."""
    balance: dict[Attribute, Weight | BalanceAim] = {}
    """Deviation of an attribute's sum from a target."""
    ties_cut: Weight | TiesCutAim = 0.0
    """Ties between municipalities."""
    crossings: dict[Tier, Weight] = {}
    """Residents whose seat lies in another parent of this tier."""
    number: NumberAim | None = None
    """Few or many municipalities."""
