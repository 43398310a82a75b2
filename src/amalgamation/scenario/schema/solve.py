"""When to stop, and how to run."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from amalgamation.scenario.schema.base import Section

__all__ = [
    "Solve",
    "WriteFormat",
]


WriteFormat = Literal["csv", "geojson", "gpkg", "html", "parquet", "png", "reasons", "svg", "xlsx"]
"""Formats of the run folder."""


class Solve(Section):
    """When to stop, and how to run."""

    gap_percent: Annotated[float, Field(ge=0, lt=100)] = 1.0
    """Stop when the proven gap is at most this, in per cent."""
    minutes: Annotated[float, Field(gt=0)] = 10.0
    """Stop after this many minutes with the best plan."""
    seed: Annotated[int, Field(ge=0, le=2147483647)] = 1
    """Seed of everything random."""
    processes: Annotated[int, Field(ge=1)] | None = None
    """Parallel processes; default: as many as there are cores."""
    engine: Literal["auto", "compact", "columns", "search"] = "auto"
    """Engine that solves each block; `auto` chooses by size and regime, and says why."""
    frontier: Annotated[int, Field(ge=0, le=1000)] = 0
    """Solve besides at so many numbers of municipalities across the range: cost against number."""
