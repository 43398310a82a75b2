"""The roads of a scenario: lines, which way each leads, and how fast.

In: a vector file of lines, or a network as OSMnx writes it. Out: `Roads`, still in the CRS
of the file, so that the file can be checked before anything is known of the units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.findings import name_some
from amalgamation.graph.graphml import LENGTH, ONEWAY, read_graphml
from amalgamation.graph.lines import read_lines
from amalgamation.territory.columns import check_columns
from amalgamation.territory.files import locate
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from amalgamation.scenario.schema import RoadDistance
    from amalgamation.territory.ledger import Ledger

__all__ = ["Roads", "read_roads"]

_KEY = "graph.distance"
_SPEED = "speed_kph"
_WAYS = {
    **dict.fromkeys(("", "no", "false", "0", "b"), 0),
    **dict.fromkeys(("yes", "true", "1", "f"), 1),
    **dict.fromkeys(("-1", "reverse", "t"), -1),
}
"""What a one-way column says: in OpenStreetMap's words, in booleans and numbers, and in the
letters of Shapefiles made from it (both, from, to)."""


@dataclass(frozen=True, eq=False)
class Roads:
    """Hold roads as lines.

    Parameters
    ----------
    lines
        In any CRS.
    way
        0 for a road both ways, 1 for one as it is drawn, -1 for one against that.
    km_per_hour
        Speeds; NaN where nothing says any.
    metres
        Lengths that the file gives; NaN where the line itself is measured.
    """

    lines: gpd.GeoSeries
    way: NDArray[np.int64]
    km_per_hour: NDArray[np.float64]
    metres: NDArray[np.float64]


def read_roads(
    distance: RoadDistance, folder: Path, ledger: Ledger, encoding: str | None = None
) -> Roads:
    """Read the roads that a scenario names.

    Speeds are read where distances are minutes. A speed that is no number, and a one-way
    value that nobody knows, are told and taken as absent.

    Parameters
    ----------
    distance
        The scenario's ``graph.distance``.
    folder
        Folder of the scenario file.
    ledger
        Takes what is wrong or odd, and the file with its hash.
    encoding
        Of words in a Shapefile that does not say its own.

    Raises
    ------
    DataError
        If the file cannot be read, has no roads, or a speed is not above zero.
    """
    path = locate(distance.roads, folder, f"{_KEY}.roads")
    if path.suffix.lower() == ".graphml":
        frame = read_graphml(path, distance, ledger)
    else:
        frame = read_lines(path, distance, _KEY, ledger, encoding)
    ledger.read("roads", path)
    named = [one for one in (distance.speed_column, distance.oneway_column) if one is not None]
    check_columns(frame, named, path.name, "a column of the roads", ledger)
    roads = Roads(
        frame.geometry,
        _read_ways(frame, distance.oneway_column or ONEWAY, path.name, ledger),
        _read_speeds(frame, distance, path.name, ledger),
        _numbers(frame, LENGTH if path.suffix.lower() == ".graphml" else None),
    )
    ledger.refuse()
    return roads


def _numbers(frame: pd.DataFrame, column: str | None) -> NDArray[np.float64]:
    if column not in frame:
        return np.full(len(frame), np.nan)
    found: NDArray[np.float64] = pd.to_numeric(frame[column], errors="coerce").to_numpy(np.float64)
    return found


def _words(frame: pd.DataFrame, column: str) -> pd.Series[str]:
    cells = frame[column]
    text = cells.astype("str").where(cells.notna(), "").str.strip().str.lower()
    return text.str.removesuffix(".0")


def _read_ways(frame: pd.DataFrame, column: str, name: str, ledger: Ledger) -> NDArray[np.int64]:
    if column not in frame:
        return np.zeros(len(frame), dtype=np.int64)
    words = _words(frame, column)
    odd = sorted(set(words) - set(_WAYS))
    if odd:
        ledger.warn(
            "oneway",
            f"{name}, column {column}",
            f"words that say no direction ({count_of(int(words.isin(odd).sum()), 'road')}), "
            f"read as both ways: {name_some(odd)}",
            "write yes, no or -1",
        )
    return np.array([_WAYS.get(word, 0) for word in words], dtype=np.int64)


def _read_speeds(
    frame: pd.DataFrame, distance: RoadDistance, name: str, ledger: Ledger
) -> NDArray[np.float64]:
    column = distance.speed_column or _SPEED
    if column not in frame or distance.km_per_hour is None:
        return np.full(len(frame), np.nan)
    speeds, words = _numbers(frame, column), _words(frame, column)
    where = f"{name}, column {column}"
    if (speeds < 0).any() or np.isinf(speeds).any():
        bad = (speeds < 0) | np.isinf(speeds)
        found = f"speeds of {name_some(sorted(set(words[bad])))}"
        ledger.error("road-speed", where, f"{found} in {count_of(int(bad.sum()), 'road')}",
                     "km/h, zero or blank where unknown", "correct them")  # fmt: skip
    unknown = ~(speeds > 0)
    odd = words[unknown & (words != "").to_numpy()]
    if len(odd):
        ledger.warn(
            "road-speed",
            where,
            f"cells that say no speed ({count_of(len(odd), 'road')}), read as "
            f"{distance.km_per_hour:g} km/h: {name_some(sorted(set(odd)))}",
            "write km/h",
        )
    return np.where(unknown, np.nan, speeds)
