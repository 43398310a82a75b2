"""What a plan should keep low."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.base import (
    Attribute,
    Category,
    Code,
    Section,
    Tier,
    Weight,
    contradiction,
)

__all__ = [
    "Aims",
    "BalanceAim",
    "NumberAim",
    "TiesCutAim",
    "Wish",
    "WishesAim",
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


class Wish(Section):
    """What a community wishes: to be with another unit, or not to be."""

    unit: Code
    """The unit that wishes."""
    with_: Code | None = Field(default=None, alias="with")
    """The unit that it wishes to share a municipality with."""
    against: Code | None = None
    """The unit that it wishes not to share a municipality with."""
    weight: Annotated[float, Field(gt=0)] = 1.0
    """How much the wish counts beside the other wishes."""
    reason: str = ""
    """Why, for the report."""

    @model_validator(mode="after")
    def _one_partner(self) -> Self:
        if (self.with_ is None) == (self.against is None):
            found = "neither `with` nor `against`" if self.with_ is None else "both"
            raise contradiction(found, "one partner: `with` or `against`", "name one of them")
        if self.unit in (self.with_, self.against):
            raise contradiction(
                f"unit {self.unit} as its own partner", "another unit", "name another unit"
            )
        return self


class WishesAim(Section):
    """Wishes that a plan leaves unmet."""

    weight: Weight
    """Weight of the aim."""
    wishes: list[Wish] = []
    """The wishes."""
    file: Annotated[str, Field(min_length=1)] | None = None
    """CSV or XLSX file of more wishes, with the columns `unit,with,against,weight,reason`."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.wishes and self.file is None:
            raise contradiction(
                "neither `wishes` nor `file`", "wishes", "write them down, or name their file"
            )
        return self


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
    heterogeneity: dict[Category, Weight] = {}
    """Residents whose category differs from their seat's, such as the natural zone."""
    wishes: WishesAim | None = None
    """Unmet wishes of communities, each with its own weight and reason."""
    left_out: Weight = 0.0
    """Residents of units that the plan leaves out though it need not (see rules.leave_out)."""
    number: NumberAim | None = None
    """Few or many municipalities."""
