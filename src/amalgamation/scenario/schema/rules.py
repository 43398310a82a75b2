"""What every municipality, and the plan, must satisfy."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.base import (
    Attribute,
    Category,
    Code,
    Section,
    Tier,
    check_order,
    contradiction,
)

__all__ = [
    "AtMost",
    "AttributeRange",
    "Conditions",
    "KeepApart",
    "KeepTogether",
    "LeaveOut",
    "Municipalities",
    "NumberRange",
    "Range",
    "RatioRange",
    "Reach",
    "Rules",
    "Seats",
    "Unless",
]


class Range(Section):
    """A minimum, a maximum, or both."""

    min: float | None = None
    """At least this much."""
    max: float | None = None
    """At most this much."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.min, self.max)
        return self


class NumberRange(Section):
    """A number of municipalities."""

    min: Annotated[int, Field(ge=1)] | None = None
    """At least this many."""
    max: Annotated[int, Field(ge=1)] | None = None
    """At most this many."""
    exactly: Annotated[int, Field(ge=1)] | None = None
    """Exactly this many."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.exactly is not None and (self.min is not None or self.max is not None):
            raise contradiction(
                "`exactly` beside `min` or `max`",
                "either `exactly`, or `min` and `max`",
                "remove one of them (a variant removes a key of its base by null)",
            )
        check_order(self.min, self.max)
        return self

    @property
    def lowest(self) -> int | None:
        """The least number allowed."""
        return self.exactly if self.exactly is not None else self.min

    @property
    def highest(self) -> int | None:
        """The greatest number allowed."""
        return self.exactly if self.exactly is not None else self.max


class Municipalities(NumberRange):
    """How many municipalities the plan has, in all and per parent."""

    per_parent: dict[Tier, dict[Code, NumberRange]] = {}
    """Tier -> parent's code -> number; the tier must be a wall."""


Unless = dict[Attribute, Range]
"""Attribute -> range: the exception holds where every one of these holds."""


class AttributeRange(Range):
    """Minimum and maximum of the sum of an attribute over a municipality."""

    unless: Unless = {}
    """The minimum is lifted where a municipality meets all of these instead."""
    by: Category | None = None
    """Category (or `type`) of the seat that decides which class a municipality is of."""
    classes: dict[str, Range] = {}
    """Value of `by` -> what counts there instead; a side that a class leaves out stays."""
    oversize: Literal["refuse", "alone", "with_neighbours"] = "alone"
    """A single unit above the maximum: refuse it, let it stand alone, or let it take neighbours."""

    @property
    def every(self) -> tuple[Range, ...]:
        """The range itself and that of each class: all that a municipality may be held to."""
        return (
            Range(min=self.min, max=self.max),
            *(self.of_class(value) for value in self.classes),
        )

    def of_class(self, value: str) -> Range:
        """Return the range that counts where the seat's category has this value."""
        own = self.classes.get(value, Range())
        return Range(
            min=self.min if own.min is None else own.min,
            max=self.max if own.max is None else own.max,
        )

    @model_validator(mode="after")
    def _classes_have_a_category(self) -> Self:
        if self.classes and self.by is None:
            raise contradiction(
                "`classes` without `by`",
                "the category that tells the class of a seat",
                "add `by`, such as `by: natural_zone`",
            )
        if self.by is not None and not self.classes:
            raise contradiction(
                "`by` without `classes`",
                "a range for some of its values",
                "add `classes`, or remove `by`",
            )
        for value, own in self.classes.items():
            least = self.min if own.min is None else own.min
            most = self.max if own.max is None else own.max
            if least is not None and most is not None and least > most:
                raise contradiction(
                    f"min {least:,.12g} above max {most:,.12g} in class {value}",
                    "min at most max",
                    "lower min or raise max",
                    f"classes.{value}",
                )
        return self


class RatioRange(Range):
    """Minimum and maximum of one sum over another, such as own revenue over cost."""

    of: Attribute
    """Attribute whose sum is divided."""
    to: Attribute
    """Attribute whose sum it is divided by."""


Conditions = dict[Attribute, Range]
"""Attribute of a unit -> range; besides the territory's own: `density` (residents per km2) and
`nearest_km` (distance to the nearest tied unit, seat to seat, in km)."""


class LeaveOut(Section):
    """Units that stay outside every municipality: named and counted, not governed by the plan."""

    always: list[Conditions] = []
    """A unit that meets all ranges of any one of these is left out in every plan."""
    units: list[Code] = []
    """Units that are left out in every plan, by id."""
    may: list[Conditions] | Literal["any"] = []
    """A unit that meets all ranges of any one of these may be left out (see aims.left_out)."""


class Reach(Section):
    """The greatest distance from any unit to its seat."""

    max: Annotated[float, Field(gt=0)]
    """At most this far."""


class Seats(Section):
    """Which units may be seats."""

    types: list[str] = []
    """Unit types that may be a seat."""
    or_population_min: Annotated[float, Field(ge=0)] | None = None
    """Units with at least this many residents may be a seat, whatever their type."""
    fixed: list[Code] = []
    """Units that are seats in every plan."""


class KeepTogether(Section):
    """Units that belong to one municipality."""

    units: Annotated[list[Code], Field(min_length=2)]
    """Unit ids."""
    reason: str = ""
    """Why, for the report."""


class KeepApart(Section):
    """Units of which no two belong to one municipality."""

    units: Annotated[list[Code], Field(min_length=2)]
    """Unit ids."""
    reason: str = ""
    """Why, for the report."""


Amount = Annotated[float, Field(ge=0)]
"""Most that an aim may come to, in the aim's own unit."""


class AtMost(Section):
    """Most that an aim may come to over the whole plan, in its own unit, whatever its weight."""

    access: Amount | None = None
    """Person-km (or person-minutes) from each unit to its seat."""
    balance: dict[Attribute, Amount] = {}
    """Deviation of an attribute's sum from `aims.balance.<attribute>.target`."""
    ties_cut: Amount | None = None
    """Severed ties, counted as `aims.ties_cut` counts them: km of border, or each as one."""
    crossings: dict[Tier, Amount] = {}
    """Residents whose seat lies in another parent of this tier."""
    heterogeneity: dict[Category, Amount] = {}
    """Residents whose category differs from their seat's."""
    wishes: Amount | None = None
    """Weight of the unmet wishes of `aims.wishes`."""
    left_out: Amount | None = None
    """Residents of units that the plan leaves out though it need not."""

    @property
    def amounts(self) -> dict[str, float]:
        """Name of the aim, such as `balance.population` -> most; in the order of the fields."""
        found: dict[str, float] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, dict):
                found |= {f"{name}.{detail}": value[detail] for detail in sorted(value)}
            elif value is not None:
                found[name] = value
        return found


class Rules(Section):
    """What every municipality, and the plan, must satisfy."""

    walls: list[Tier] = []
    """Tiers whose borders no municipality may cross."""
    municipalities: Municipalities = Municipalities()
    """How many municipalities there are."""
    population: AttributeRange | None = None
    """Residents of a municipality."""
    area_km2: AttributeRange | None = None
    """Area of a municipality in km2."""
    sums: dict[Attribute, AttributeRange] = {}
    """Minimum and maximum of any other attribute's sum."""
    ratios: dict[str, RatioRange] = {}
    """Name -> minimum and maximum of a ratio of two sums over a municipality."""
    like: list[Category] = []
    """Categories that no municipality mixes, such as the natural zone."""
    reach_km: Reach | None = None
    """Greatest distance from a unit to its seat, in km."""
    reach_minutes: Reach | None = None
    """Greatest distance from a unit to its seat, in minutes (with a matrix in minutes)."""
    seats: Seats | None = None
    """Which units may be seats."""
    keep_together: list[KeepTogether] = []
    """Groups that belong to one municipality."""
    keep_apart: list[KeepApart] = []
    """Groups of which no two belong to one municipality."""
    frozen: list[Code] = []
    """Units that stay municipalities of their own, unchanged."""
    leave_out: LeaveOut | None = None
    """Units that stay outside every municipality."""
    max_units: Annotated[int, Field(ge=1)] | None = None
    """At most this many units in a municipality."""
    at_most: AtMost = AtMost()
    """Most that aims may come to over the whole plan, such as `{access: 12000000}` person-km."""

    @property
    def ranges(self) -> dict[str, AttributeRange]:
        """Attribute -> range, from `population`, `area_km2` and `sums` together."""
        named = {"population": self.population, "area_km2": self.area_km2}
        return {name: rule for name, rule in named.items() if rule is not None} | self.sums

    @model_validator(mode="after")
    def _no_doubles(self) -> Self:
        for name in ("population", "area_km2"):
            if getattr(self, name) is not None and name in self.sums:
                found = f"`{name}` both in rules and in rules.sums"
                raise contradiction(found, "each attribute once", "keep one", f"sums.{name}")
        if self.reach_km is not None and self.reach_minutes is not None:
            found = "both `reach_km` and `reach_minutes`"
            raise contradiction(found, "one of them: distances have one unit", "keep one")
        return self
