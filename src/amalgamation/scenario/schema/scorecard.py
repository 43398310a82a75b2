"""What the scorecard counts, and by which parameters; every default is the user's to change."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.base import Attribute, Section, contradiction
from amalgamation.scenario.schema.capability import UKRAINE_LIKE, Capability

__all__ = [
    "Bands",
    "Council",
    "Equalisation",
    "Fiscal",
    "RunningCost",
    "ScorecardSection",
    "Service",
]

Bands = Annotated[list[Annotated[float, Field(gt=0)]], Field(max_length=20)]
"""Ascending sizes or distances."""


class Fiscal(Section):
    """Which attributes are a municipality's money, besides running_cost.attribute."""

    tax_base: Attribute = "tax_base"
    """Attribute whose sum per resident makes the tax capacity index."""
    own_revenue: Attribute = "own_revenue"
    """Attribute of own revenue, in the unit of the running cost."""


class RunningCost(Section):
    """Mean cost per resident falls with population, and is flat beyond `flat_from` residents.

    In a municipality of p residents a unit costs (min(p, flat_from) / flat_from) ** -elasticity
    times a figure of its own: the one that makes it cost by itself what it costs today.
    """

    attribute: Attribute = "running_cost"
    """Attribute of today's cost of administration."""
    elasticity: Annotated[float, Field(ge=0, lt=1)] = 0.2
    """By how many per cent the cost per resident falls where population grows by one per cent:
    an assumption, to be set; at 0 merging saves nothing."""
    flat_from: Annotated[float, Field(gt=0)] = 15000.0
    """Residents from which on size saves nothing more; studies say 10,000 to 20,000."""
    one_off_per_unit: Annotated[float, Field(ge=0)] | None = None
    """Cost of merging, once, for each unit merged away, in the attribute's unit; no default,
    since no figure is known."""


class Equalisation(Section):
    """Money between rich and poor, by the tax capacity index (tax base per resident / mean)."""

    above: Annotated[float, Field(ge=0)] = 1.1
    """Index above which a part of the excess is withdrawn."""
    withdrawn: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Part of the excess over `above` that is withdrawn."""
    below: Annotated[float, Field(ge=0)] = 0.9
    """Index below which the state pays a part of the gap."""
    paid: Annotated[float, Field(ge=0, le=1)] = 0.8
    """Part of the gap to `below` that the state pays."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.below > self.above:
            raise contradiction(
                f"below {self.below:g} over above {self.above:g}: who gives would also receive",
                "`below` at most `above`",
                "lower `below` or raise `above`",
            )
        return self


class Council(Section):
    """How many seats a council has: factor * residents ** exponent, rounded."""

    factor: Annotated[float, Field(gt=0)] = 1.0
    """Factor before the power."""
    exponent: Annotated[float, Field(ge=0, le=1)] = 1 / 3
    """Power of the residents; a third is the cube-root rule."""
    minimum: Annotated[int, Field(ge=1)] = 5
    """Seats of the smallest council."""


class Service(Section):
    """A service that needs a least number of users."""

    attribute: Attribute
    """Attribute whose sum counts the users, such as children of school age."""
    min: Annotated[float, Field(gt=0)]
    """Users that the service needs at least."""
    title: Annotated[str, Field(min_length=1)]
    """What the service is, for tables."""


class ScorecardSection(Section):
    """What the scorecard counts, and by which parameters."""

    thresholds: Bands = [500.0, 2000.0, 3000.0, 5000.0, 10000.0, 20000.0]
    """Residents: shares of municipalities and residents below and from each are counted."""
    distance_bands: Bands = [10.0, 25.0, 50.0, 100.0]
    """Distances to the seat (km, or minutes with such a matrix) within which residents are
    counted."""
    fiscal: Fiscal = Fiscal()
    """Which attributes are a municipality's money."""
    running_cost: RunningCost = RunningCost()
    """How the cost of administration depends on population."""
    equalisation: Literal["ukraine"] | Equalisation = "ukraine"
    """Money between rich and poor; `ukraine`: index above 1.1 gives half of the excess, below
    0.9 gets 80 % of the gap."""
    capability: Literal["ukraine-like"] | Capability = "ukraine-like"
    """Points and levels; `ukraine-like` has Ukraine's five indicators with cut points of this
    tool's own: NOT the official numbers."""
    council: Council = Council()
    """How many seats a council has."""
    services: list[Service] = [
        Service(attribute="school_age", min=250.0, title="schools (250 children of school age)")
    ]
    """Services that need a least number of users; the default is Ukraine's for schools."""
    bodies: Attribute | None = None
    """Attribute that counts the places with a body of their own, such as `settlements`; default:
    one body per municipality."""

    @property
    def equalising(self) -> Equalisation:
        """The parameters of equalisation, whether by name or in full."""
        return Equalisation() if isinstance(self.equalisation, str) else self.equalisation

    @property
    def scheme(self) -> Capability:
        """The scheme of points, whether by name or in full."""
        return UKRAINE_LIKE if isinstance(self.capability, str) else self.capability

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        for key in ("thresholds", "distance_bands"):
            steps = getattr(self, key)
            for before, after in pairwise(steps):
                if after <= before:
                    raise contradiction(
                        f"{after:,.12g} after {before:,.12g}",
                        "ascending values, each once",
                        "sort them",
                        key,
                    )
        return self

    @model_validator(mode="after")
    def _services_once(self) -> Self:
        seen: set[tuple[str, float]] = set()
        for service in self.services:
            key = (service.attribute, service.min)
            if key in seen:
                raise contradiction(
                    f"{service.attribute} from {service.min:,.12g} on twice",
                    "each attribute and minimum once",
                    "remove one of the two",
                    "services",
                )
            seen.add(key)
        return self
