"""Lines of a vector file: rivers, ranges, roads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from amalgamation.territory.vector import read_vector

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.scenario.schema import Barriers, RoadDistance
    from amalgamation.territory.ledger import Ledger

__all__ = ["read_lines"]

_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)


def read_lines(
    path: Path,
    section: Barriers | RoadDistance,
    key: str,
    ledger: Ledger,
    encoding: str | None = None,
) -> gpd.GeoDataFrame:
    """Read the lines of a file, with their columns, in the CRS of the file.

    Parameters
    ----------
    path
        The file.
    section
        Says which layer, and the CRS where the file names none.
    key
        Key of that section, for the messages.
    ledger
        Takes what is wrong.
    encoding
        Of words in a Shapefile that does not say its own.

    Raises
    ------
    DataError
        If the file cannot be read, or holds something else than lines.
    """
    frame = read_vector(
        path, ledger, layer=section.layer, crs=section.crs, encoding=encoding, section=key
    )
    ledger.refuse()
    lines = isinstance(frame, gpd.GeoDataFrame) and np.isin(
        shapely.get_type_id(frame.geometry.to_numpy()), _LINES
    )
    if not np.all(lines):
        ledger.error(
            "no-lines",
            path.name,
            "something else than lines",
            "lines alone",
            f"name another file, or another layer of it ({key}.layer)",
        )
        ledger.refuse()
    return frame
