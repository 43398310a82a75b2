"""A synthetic grid of square units, for tests, documentation and benchmarks.

In: a number of rows and columns and a seed. Out: a `Territory` whose every figure is
made up, and the ties that it must have.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from amalgamation.territory.territory import Territory

__all__ = ["GRID_CRS", "grid_territory", "grid_ties"]

GRID_CRS = "+proj=laea +lat_0=48 +lon_0=67 +datum=WGS84 +units=m +no_defs"
"""Equal-area CRS whose origin is the middle of every grid."""

_MOST = 1000
_TWO_DIGITS = 100
_UNITS = {"population": "residents", "area_km2": "km2", "tax_base": "thousand KZT"}


def grid_territory(
    rows: int,
    cols: int,
    cell_km: float = 10.0,
    *,
    seed: int = 1,
    rayon_cells: int = 3,
    oblast_cells: int = 6,
    with_geometry: bool = True,
) -> Territory:
    """Build a synthetic territory of ``rows`` x ``cols`` square units.

    Unit ids are ``r00c00`` (row and column, row 0 in the south). Populations are
    lognormal with median 2,500 as third-tier units are skewed in life; each rayon's most
    populous unit is a ``town``, the others are ``rural_okrug``.

    Parameters
    ----------
    rows, cols
        Numbers of units from south to north and from west to east.
    cell_km
        Side of a unit in km.
    seed
        Seed of the populations and tax bases.
    rayon_cells, oblast_cells
        Sides, in units, of the square rayons and oblasts; rayons nest in oblasts where
        the second is a multiple of the first.
    with_geometry
        False gives a plain table: no polygons, no seats' places, no CRS.

    Returns
    -------
    Territory
        Tiers ``rayon`` and ``oblast``; attributes ``population``, ``area_km2``,
        ``tax_base`` (thousand KZT).

    Raises
    ------
    ValueError
        If ``rows`` or ``cols`` is below 1 or above 1,000.

    Examples
    --------
    >>> grid_territory(4, 5)
    <Territory grid 4 x 5 (synthetic): 20 units in 4 rayons, 1 oblast, 58,399 residents>
    """
    if not (min(rows, cols) >= 1 and max(rows, cols) <= _MOST):
        msg = f"grid of {rows} x {cols} units: expected 1 to {_MOST:,} rows and columns"
        raise ValueError(msg)
    row, col = (axis.ravel() for axis in np.mgrid[:rows, :cols])
    units = pd.DataFrame({"name": _names(row, col)}, index=_ids(row, col))
    units["type"] = "rural_okrug"
    units["rayon"] = _parents("R", row // rayon_cells, col // rayon_cells)
    units["oblast"] = _parents("O", row // oblast_cells, col // oblast_cells)
    _add_figures(units, cell_km, seed)
    if with_geometry:
        units = _add_geometry(units, row - rows / 2, col - cols / 2, cell_km * 1000)
    return Territory(
        name=f"grid {rows} x {cols}",
        units=units,
        tiers=("rayon", "oblast"),
        attributes=dict(_UNITS),
        crs=GRID_CRS if with_geometry else None,
        synthetic=True,
        notice="Synthetic data: a made-up grid",
    )


def grid_ties(rows: int, cols: int, cell_km: float = 10.0) -> pd.DataFrame:
    """Build the ties of `grid_territory` as a table.

    Returns
    -------
    pandas.DataFrame
        Columns ``from``, ``to`` (unit ids), ``km`` and ``border_km`` (both the cell's
        side): what a ``graph.ties.file`` holds.

    Examples
    --------
    >>> grid_ties(1, 3)
         from      to    km  border_km
    0  r00c00  r00c01  10.0       10.0
    1  r00c01  r00c02  10.0       10.0
    """
    row, col = (axis.ravel() for axis in np.mgrid[:rows, :cols])
    east, north = col < cols - 1, row < rows - 1
    ties = pd.DataFrame(
        {
            "from": np.concatenate([_ids(row, col)[east], _ids(row, col)[north]]),
            "to": np.concatenate(
                [_ids(row[east], col[east] + 1), _ids(row[north] + 1, col[north])]
            ),
        }
    )
    ties["km"] = ties["border_km"] = float(cell_km)
    return ties.sort_values(["from", "to"], ignore_index=True)


def _ids(row: np.ndarray, col: np.ndarray) -> pd.Index:
    wide = 2 if max(row.max(initial=0), col.max(initial=0)) < _TWO_DIGITS else 3
    ids = [f"r{r:0{wide}d}c{c:0{wide}d}" for r, c in zip(row, col, strict=True)]
    return pd.Index(ids, name="unit_id")


def _names(row: np.ndarray, col: np.ndarray) -> list[str]:
    return [f"Unit {r}-{c}" for r, c in zip(row, col, strict=True)]


def _parents(letter: str, row: np.ndarray, col: np.ndarray) -> list[str]:
    return [f"{letter}{r:03d}{c:03d}" for r, c in zip(row, col, strict=True)]


def _add_figures(units: pd.DataFrame, cell_km: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    units["population"] = np.maximum(1.0, np.rint(chance.lognormal(7.824, 0.9, len(units))))
    units["area_km2"] = float(cell_km**2)
    units["tax_base"] = np.rint(units["population"] * chance.uniform(20, 120, len(units)))
    units.loc[units.groupby("rayon")["population"].idxmax(), "type"] = "town"


def _add_geometry(
    units: pd.DataFrame, south: np.ndarray, west: np.ndarray, side: float
) -> gpd.GeoDataFrame:
    units["seat_x"] = (west + 0.5) * side
    units["seat_y"] = (south + 0.5) * side
    boxes = shapely.box(west * side, south * side, (west + 1) * side, (south + 1) * side)
    return gpd.GeoDataFrame(units, geometry=boxes, crs=GRID_CRS)
