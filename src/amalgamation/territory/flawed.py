"""Read polygons to see what is wrong with them: nothing is refused, everything is placed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.territory.datasets import find_dataset
from amalgamation.territory.fit import to_metres
from amalgamation.territory.flaws import Flaw
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.polygons import label_rows
from amalgamation.territory.topology import find_flaws
from amalgamation.territory.units import read_units

if TYPE_CHECKING:
    from amalgamation.scenario.schema import TerritorySection

__all__ = ["FlawedPolygons", "read_flaws"]

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True)
class FlawedPolygons:
    """Hold polygons as the files have them, and what is wrong with them.

    Parameters
    ----------
    geometry
        The valid polygons, in an equal-area CRS, indexed by unit id (sorted).
    flaws
        What is wrong or unusual, in the same CRS, before any snapping or dividing.
    labels
        Unit id -> how messages name it.
    """

    geometry: gpd.GeoSeries
    flaws: tuple[Flaw, ...]
    labels: dict[str, str]


def read_flaws(section: TerritorySection, folder: Path | None = None) -> FlawedPolygons:
    """Read the polygons of a scenario and find their flaws.

    Parameters
    ----------
    section
        The scenario's territory section.
    folder
        Folder of the scenario file; None is the working directory.

    Raises
    ------
    DataError
        If the files cannot be read, or have no polygons.

    Examples
    --------
    >>> from amalgamation.scenario.schema import TerritorySection
    >>> read_flaws(TerritorySection(dataset="toy")).flaws
    ()
    """
    if section.dataset is not None:
        section = find_dataset(section.dataset).merge(section)
    ledger = Ledger()
    frame = read_units(section, folder or Path(), ledger).frame
    if not isinstance(frame, gpd.GeoDataFrame) or ledger.has("crs-", "not-degrees"):
        ledger.refuse()
        raise DataError(
            [
                Finding(
                    "no-polygons",
                    f"file {Path(section.source).name}",
                    "a table of units without polygons",
                    "polygons, whose flaws can be drawn",
                    "name a vector file as territory.units",
                )
            ]
        )
    labels = dict(zip(map(str, frame.index), label_rows(frame, section), strict=True))
    shapes = frame.geometry.to_numpy()
    drawn = np.isin(shapely.get_type_id(shapes), _POLYGONS) & ~shapely.is_empty(shapes)
    valid = drawn & shapely.is_valid(shapes)
    projected = to_metres(frame.geometry[valid], ledger)
    sound = projected[projected.is_valid]
    crossed = [
        *_crossed(frame.geometry[drawn & ~valid].to_crs(sound.crs), labels),
        *_crossed(projected[~projected.is_valid], labels),
    ]
    flaws = find_flaws(sound, labels, section.max_overlap_percent)
    return FlawedPolygons(sound, (*crossed, *flaws), labels)


def _crossed(geometry: gpd.GeoSeries, labels: dict[str, str]) -> list[Flaw]:
    """Return the borders of invalid polygons: an area would not be theirs."""
    return [
        Flaw(
            "geometry-invalid",
            (str(unit),),
            f"{labels[str(unit)]} ({shapely.is_valid_reason(shape)})",
            shapely.boundary(shape),
        )
        for unit, shape in geometry.items()
    ]
