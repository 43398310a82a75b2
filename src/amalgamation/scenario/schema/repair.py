"""What may be mended in polygons, and how much of it at most."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from amalgamation.scenario.schema.base import Section, contradiction

__all__ = ["Repair"]


class Repair(Section):
    """What may be mended in polygons; a ledger says how much area moved in which unit."""

    make_valid: bool = False
    """Mend polygons that cross themselves (shapely.make_valid)."""
    snap_m: Annotated[float, Field(gt=0, le=1000)] | None = None
    """Join vertices, and close gaps between units, up to this width in metres."""
    overlaps: Literal["longest_border", "largest", "smallest", "first"] | None = None
    """Which unit keeps what several cover: by border, by area, or the first by id."""
    max_moved_percent: Annotated[float, Field(gt=0, le=100)] = 1.0
    """Refuse the data if more than this of a unit's area would have to move, in percent."""

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not self.make_valid and self.snap_m is None and self.overlaps is None:
            raise contradiction(
                "nothing to mend",
                "`make_valid: true`, `snap_m` or `overlaps`",
                "say what may be mended, or remove `repair`",
            )
        return self
