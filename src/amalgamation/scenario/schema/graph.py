"""How units become a graph."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from amalgamation.scenario.schema.base import Code, Section

__all__ = [
    "Cut",
    "Graph",
    "Link",
    "MatrixDistance",
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


class MatrixDistance(Section):
    """Distances from a file of one's own."""

    matrix: str
    """CSV with columns `from,to` and `km` or `minutes`."""
    unit: Literal["km", "minutes"] = "km"
    """Unit of the distances."""


class Graph(Section):
    """How units become a graph."""

    ties: TieOptions = TieOptions()
    """How neighbouring units are found."""
    links: list[Link] = []
    """Ties added by hand, each with a reason."""
    cuts: list[Cut] = []
    """Ties removed by hand, each with a reason."""
    islands: Literal["error", "alone", "nearest"] = "alone"
    """A unit without ties: refuse, leave it alone, or tie it to the nearest unit."""
    distance: Literal["along_ties", "straight"] | MatrixDistance = "along_ties"
    """Along ties (shortest way from seat to seat), as the crow flies, or from a matrix."""
