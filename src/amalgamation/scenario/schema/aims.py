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


AimName = Annotated[str, Field(min_length=1)]
"""An aim as its key reads in `aims`: `access`, `balance.population`, `ties_cut`, `number`."""


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
    order: list[AimName | Annotated[list[AimName], Field(min_length=1)]] = []
    """Which aim comes first: `[access, balance.population]` finds the least access, and among the
    plans that keep it the least imbalance. A list inside the list is a group that counts together,
    by its weights. Every aim with a weight is named once; empty: all count together."""
    yield_percent: Annotated[float, Field(ge=0, lt=100)] | None = None
    """How far above its least possible value an aim may end for the sake of those behind it in the
    order, in per cent of what it ends at; default: `solve.gap_percent`."""

    @property
    def weights(self) -> dict[str, float]:
        """Name of each aim as `order` has it -> weight, for the aims that cost anything."""
        found = {"access": self.access, "left_out": self.left_out}
        for attribute, aim in self.balance.items():
            found[f"balance.{attribute}"] = aim.weight if isinstance(aim, BalanceAim) else aim
        cut = self.ties_cut
        found["ties_cut"] = cut.weight if isinstance(cut, TiesCutAim) else cut
        found |= {f"crossings.{tier}": weight for tier, weight in self.crossings.items()}
        found |= {f"heterogeneity.{name}": weight for name, weight in self.heterogeneity.items()}
        for name in ("wishes", "number"):
            aim = getattr(self, name)
            found |= {} if aim is None else {name: aim.weight}
        return {name: weight for name, weight in found.items() if weight > 0}

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The order as groups of names, the first first; empty where all count together."""
        return tuple((name,) if isinstance(name, str) else tuple(name) for name in self.order)

    @model_validator(mode="after")
    def _order_is_whole(self) -> Self:
        if not self.order:
            if self.yield_percent is not None:
                raise contradiction(
                    "`yield_percent` without `order`",
                    "an order, in which an aim gives way to those behind it",
                    "add `order`, or remove `yield_percent`",
                )
            return self
        named = [name for group in self.groups for name in group]
        unknown = [name for name in named if name not in self.weights]
        twice = sorted({name for name in named if named.count(name) > 1})
        absent = [name for name in self.weights if name not in named]
        wrong = {
            "that carries no weight": unknown,
            "twice": twice,
        }
        for what, names in wrong.items():
            if names:
                raise contradiction(
                    f"{', '.join(names)} {what}",
                    f"each aim with a weight once: {', '.join(self.weights) or 'there is none'}",
                    "correct the order, or give the aim a weight",
                    "order",
                )
        if absent:
            raise contradiction(
                f"an order without {', '.join(absent)}",
                "each aim with a weight once",
                "add it to the order, or set its weight to 0",
                "order",
            )
        return self
