"""How units become a graph."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.base import Code, Section, contradiction

__all__ = [
    "Barriers",
    "Cut",
    "Fallback",
    "Graph",
    "Link",
    "MatrixDistance",
    "RoadDistance",
    "TieOptions",
]


class TieOptions(Section):
    """How neighbouring units are found."""

    min_border_m: Annotated[float, Field(ge=0)] = 100.0
    """Shortest shared border that ties two units, in metres: a corner is not a border."""
    tolerance_m: Annotated[float, Field(ge=0)] = 1.0
    """Gap or overlap, in metres, across which borders still count as shared."""
    max_km: Annotated[float, Field(gt=0)] | None = None
    """Longest distance between the seats of two neighbours that are tied, in km; default: any."""
    file: str | None = None
    """CSV of ties instead of geometry, with the columns below."""
    from_column: str = "from"
    """Column of the first unit id."""
    to_column: str = "to"
    """Column of the second unit id."""
    km_column: str = "km"
    """Column with the distance in km between the two units, if there (else 1 km each)."""
    border_km_column: str = "border_km"
    """Column with the shared border in km, if there (else 1 km each)."""


class Link(Section):
    """A declared tie that geometry does not show: a ferry, a bridge, a pass."""

    units: Annotated[list[Code], Field(min_length=2, max_length=2)]
    """The two unit ids."""
    reason: Annotated[str, Field(min_length=1)]
    """Why they are tied."""
    km: Annotated[float, Field(gt=0)] | None = None
    """Distance in km; default: between the two seats as the crow flies."""


class Cut(Section):
    """A declared cut: a shared border that ties nobody (a river without a bridge, a ridge)."""

    units: Annotated[list[Code], Field(min_length=2, max_length=2)]
    """The two unit ids."""
    reason: Annotated[str, Field(min_length=1)]
    """Why the border does not tie them."""


class Barriers(Section):
    """Lines that cut ties: rivers without a bridge, ranges without a pass."""

    file: Annotated[str, Field(min_length=1)]
    """Vector file of lines, relative to the scenario file."""
    reason: Annotated[str, Field(min_length=1)]
    """What they are, for the report."""
    within_m: Annotated[float, Field(gt=0)] = 200.0
    """How far from a border a line may run, in metres, and still run along it."""
    share_percent: Annotated[float, Field(gt=0, le=100)] = 50.0
    """How much of a shared border must run along a line for the tie to be cut, in percent."""
    between_seats: bool = False
    """Cut also ties whose straight way between the two seats crosses a line."""
    layer: str | None = None
    """Layer of the file; needed where there are several."""
    crs: str | None = None
    """CRS of the file where the file names none."""


class Fallback(Section):
    """What stands in for a distance that the matrix, or the roads, lack."""

    straight: Annotated[float, Field(ge=1)]
    """Factor on the distance as the crow flies: roads are some 1.2 to 1.5 times as long."""
    km_per_hour: Annotated[float, Field(gt=0)] | None = None
    """Speed that turns these km into minutes; needed where distances are minutes."""
    within_km: Annotated[float, Field(gt=0)] = 200.0
    """As the crow flies: farther pairs stay out of reach."""


DistanceUnit = Literal["km", "minutes"]
"""Unit of distances that a file gives."""


def _check_speed(unit: DistanceUnit, speed: float | None, key: str) -> None:
    """Refuse minutes without a speed, and km with one."""
    if (unit == "minutes") == (speed is None):
        raise contradiction(
            f"`unit: {unit}` {'with' if speed else 'without'} `{key.rpartition('.')[2]}`",
            "a speed for minutes, and none for km",
            f"add or remove `{key}`",
            key,
        )


class MatrixDistance(Section):
    """Distances from a file of one's own, from unit to unit; both ways may differ."""

    matrix: str
    """CSV, XLSX or Parquet file with columns `from,to` and `km` or `minutes`."""
    unit: DistanceUnit = "km"
    """Unit of the distances."""
    fallback: Literal["out_of_reach", "error"] | Fallback = "out_of_reach"
    """A pair that is not in the file: out of reach, refused, or straight times a factor."""

    @model_validator(mode="after")
    def _speed_for_minutes(self) -> Self:
        if isinstance(self.fallback, Fallback):
            _check_speed(self.unit, self.fallback.km_per_hour, "fallback.km_per_hour")
        return self


class RoadDistance(Section):
    """Distances along a road network of one's own; both ways may differ where roads do."""

    roads: Annotated[str, Field(min_length=1)]
    """GraphML as OSMnx writes it, or a vector file of lines, relative to the scenario file."""
    unit: DistanceUnit = "km"
    """Unit of the distances."""
    km_per_hour: Annotated[float, Field(gt=0)] | None = None
    """Speed where a road says none, and from a seat to its road; needed for minutes."""
    farthest: Annotated[float, Field(gt=0)] = 200.0
    """In `unit`: so far ways are searched; what is farther is a pair without a distance."""
    fallback: Literal["out_of_reach", "error"] | Fallback = "out_of_reach"
    """A pair without a way: out of reach, refused, or straight times a factor."""
    far_km: Annotated[float, Field(gt=0)] = 10.0
    """A seat farther from the nearest road is told, as the crow flies."""
    meet_m: Annotated[float, Field(ge=0, le=1000)] = 1.0
    """An end of a line meets other lines within so many metres."""
    speed_column: str | None = None
    """Column with the speed in km/h; 0 is none. Default: `speed_kph`, if there."""
    oneway_column: str | None = None
    """Column that says of a line whether it leads one way only (yes, no, -1, or F, B, T: as it
    is drawn, both ways, against that). Default: `oneway`, if there."""
    layer: str | None = None
    """Layer of a vector file; needed where there are several."""
    crs: str | None = None
    """CRS of a file that names none."""

    @model_validator(mode="after")
    def _speed_for_minutes(self) -> Self:
        _check_speed(self.unit, self.km_per_hour, "km_per_hour")
        if isinstance(self.fallback, Fallback):
            _check_speed(self.unit, self.fallback.km_per_hour, "fallback.km_per_hour")
        return self


class Graph(Section):
    """How units become a graph."""

    ties: TieOptions = TieOptions()
    """How neighbouring units are found."""
    links: list[Link] = []
    """Ties added by hand, each with a reason."""
    cuts: list[Cut] = []
    """Ties removed by hand, each with a reason."""
    barriers: Barriers | None = None
    """Lines that cut ties; a declared link across them stays."""
    islands: Literal["error", "alone", "nearest"] = "alone"
    """A unit without ties: refuse, leave it alone, or tie it to the nearest unit."""
    distance: Literal["along_ties", "straight"] | MatrixDistance | RoadDistance = "along_ties"
    """Along ties (shortest way from seat to seat), as the crow flies, or from a matrix or roads."""
