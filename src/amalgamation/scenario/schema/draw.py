"""How units that have no polygons get them: from settlements, or by chance, inside real borders."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.base import Code, Section, Tier, contradiction

__all__ = ["Apportion", "Draw", "Settlements", "Within"]


class Within(Section):
    """The polygons of the units' parents, which no unit leaves."""

    file: Annotated[str, Field(min_length=1)]
    """Vector file with the polygons of the parents, relative to the scenario file."""
    tier: Tier
    """Tier of `parents` whose codes name these polygons, such as `rayon`."""
    id: str
    """Column with the parent's code."""
    prefix: Annotated[int, Field(ge=1)] | None = None
    """How many leading characters of that code are the parent's, such as 4 of a KATO."""
    codes: dict[Code, Code] = {}
    """Parent's code of the units -> code in this file, where they differ: a rayon split since."""
    layer: str | None = None
    """Layer of the file; needed where there are several."""
    crs: str | None = None
    """CRS of the file where the file names none."""
    population: str | None = None
    """Column with the parent's residents, shared evenly among its units (with `apportion`)."""


class Settlements(Section):
    """Places with residents and the code of the unit that they belong to."""

    file: Annotated[str, Field(min_length=1)]
    """Vector file of points, or a table with the columns `lon` and `lat`."""
    unit: str
    """Column with the code of the settlement's unit."""
    population: str
    """Column with the settlement's residents."""
    name: str | None = None
    """Column with the settlement's name."""
    lon: str = "lon"
    """Column of a table with the longitude (degrees, WGS 84)."""
    lat: str = "lat"
    """Column of a table with the latitude (degrees, WGS 84)."""
    layer: str | None = None
    """Layer of the vector file, or sheet of a table; needed where there are several."""
    crs: str | None = None
    """CRS of a vector file that names none."""


class Apportion(Section):
    """Made-up units of about equal area; everything that shows them says so."""

    seed: Annotated[int, Field(ge=0)] = 1
    """Seed of the first places; the same seed gives the same units."""
    rounds: Annotated[int, Field(ge=0, le=1000)] = 50
    """Rounds in which each place moves to the middle of its cell (Lloyd 1982)."""
    population: Annotated[float, Field(gt=0)] | None = None
    """Residents in all, shared evenly among the units, where no column gives any."""


class Draw(Section):
    """Draw the polygons of units that have none, inside the real borders of their parents."""

    within: Within
    """The parents' polygons."""
    settlements: Settlements | None = None
    """The first way: each unit is where its settlements are."""
    apportion: Apportion | None = None
    """The second way: units of about equal area, made up, from a list of units alone."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.settlements is None) == (self.apportion is None):
            found = "neither" if self.settlements is None else "both"
            raise contradiction(
                f"{found} of `settlements` and `apportion`", "one way", "choose one of them"
            )
        if self.within.population is not None and self.settlements is not None:
            raise contradiction(
                "`within.population` beside `settlements`",
                "residents of the settlements alone",
                "delete it: residents are those of the settlements",
            )
        return self
