"""A scheme of points: what a municipality is able to do, by indicators and cut points."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.base import Section, contradiction

__all__ = ["UKRAINE_LIKE", "Capability", "Indicator", "Level"]


class Indicator(Section):
    """A measure of the scorecard, and the points that its value earns."""

    measure: Annotated[str, Field(min_length=1)]
    """Column of the scorecard, such as `population` or `tax_capacity_index`."""
    cuts: Annotated[list[float], Field(min_length=1)]
    """Ascending cut points; a value that equals one counts as having reached it."""
    points: list[float]
    """Points below the first cut point, from each cut point on: one more than `cuts`."""
    weight: Annotated[float, Field(gt=0)] = 1.0
    """What the points are multiplied by."""

    @model_validator(mode="after")
    def _cuts_and_points_fit(self) -> Self:
        for before, after in pairwise(self.cuts):
            if after <= before:
                raise contradiction(
                    f"cut point {after:,.12g} after {before:,.12g}",
                    "ascending cut points, each once",
                    "sort the cut points",
                    "cuts",
                )
        if len(self.points) != len(self.cuts) + 1:
            raise contradiction(
                f"{len(self.points)} points for {len(self.cuts)} cut points",
                f"{len(self.cuts) + 1} points: below the first, and from each on",
                "state points for each step",
                "points",
            )
        return self


class Level(Section):
    """A level of capability, and the points it begins at."""

    name: Annotated[str, Field(min_length=1)]
    """Name of the level."""
    min: float
    """Points from which on a municipality has this level."""


class Capability(Section):
    """Indicators whose weighted points add up, and the levels that the sum reaches."""

    title: str = ""
    """What the scheme is, for tables."""
    indicators: Annotated[list[Indicator], Field(min_length=1)]
    """The indicators; their weighted points are added."""
    levels: Annotated[list[Level], Field(min_length=1)]
    """The levels, from the lowest on."""

    @property
    def fewest(self) -> float:
        """The fewest points that a municipality can have."""
        return sum(one.weight * min(one.points) for one in self.indicators)

    @property
    def most(self) -> float:
        """The most points that a municipality can have."""
        return sum(one.weight * max(one.points) for one in self.indicators)

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        lists = (
            ("indicators", "measure", [one.measure for one in self.indicators]),
            ("levels", "name", [one.name for one in self.levels]),
        )
        for key, what, names in lists:
            doubles = [at for at, name in enumerate(names) if name in names[:at]]
            for at in doubles:
                found = f"{what} {names[at]} twice"
                raise contradiction(found, "each once", "remove one", key)
        return self

    @model_validator(mode="after")
    def _levels_ascend(self) -> Self:
        for at in range(1, len(self.levels)):
            low, high = self.levels[at - 1], self.levels[at]
            if high.min <= low.min:
                raise contradiction(
                    f"level {high.name} from {high.min:g} points after {low.name} from {low.min:g}",
                    "levels from the lowest on",
                    "sort the levels",
                    "levels",
                )
        return self

    @model_validator(mode="after")
    def _levels_fit_the_points(self) -> Self:
        lowest, highest = self.levels[0], self.levels[-1]
        if lowest.min > self.fewest:
            raise contradiction(
                f"lowest level {lowest.name} from {lowest.min:g} points",
                f"at most {self.fewest:g}, the fewest points possible, so that all have a level",
                "lower it, or add a level below it",
                "levels",
            )
        if highest.min > self.most:
            raise contradiction(
                f"highest level {highest.name} from {highest.min:g} points",
                f"at most {self.most:g}, the most points possible",
                "lower it, or remove the level",
                "levels",
            )
        return self


def _steps(measure: str, *cuts: float) -> Indicator:
    return Indicator(
        measure=measure, cuts=list(cuts), points=[float(at) for at in range(len(cuts) + 1)]
    )


UKRAINE_LIKE = Capability(
    title="Ukraine-like, not the official numbers",
    indicators=[
        _steps("population", 5000, 10000, 20000),
        _steps("school_age", 500, 1000, 2500),
        _steps("area_km2", 500, 2000, 5000),
        _steps("tax_capacity_index", 0.5, 0.9, 1.1),
        _steps("own_revenue_percent", 10, 30, 50),
    ],
    levels=[
        Level(name="low", min=0.0),
        Level(name="medium", min=5.0),
        Level(name="high", min=10.0),
    ],
)
"""Ukraine's five indicators with equal weights. The published cut points of its levels could not
be verified: these are the tool's own, for a country of vast and thinly settled units."""
