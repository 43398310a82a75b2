"""Made-up units: about equal areas inside real borders, where nothing but a list is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from amalgamation.territory.apportion import place_evenly, share_evenly
from amalgamation.territory.cells import build_cells
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.scenario.schema import Apportion, Draw, TerritorySection
    from amalgamation.territory.ledger import Ledger

__all__ = ["MADE_UP", "make_up_units"]

MADE_UP = "Synthetic units: made-up borders inside the real borders of their parents"
"""What every map and table of such units says."""

_WHERE = "territory.draw.apportion"


def make_up_units(
    frame: pd.DataFrame,
    own: pd.Series[str],
    parents: gpd.GeoDataFrame,
    section: TerritorySection,
    ledger: Ledger,
) -> gpd.GeoDataFrame:
    """Draw units of about equal area in each parent, and share out its residents.

    Which unit of a parent gets which cell is arbitrary: by code, from west to east.
    Residents are those of the units' own column where there is one; else those of the
    parent, else those given in all, in equal shares.

    Parameters
    ----------
    frame
        Units, indexed by id.
    own
        Unit id -> code of its parent, which is in ``parents``.
    parents
        As `read_parents` gives them.
    section
        With ``draw.apportion``.
    ledger
        Takes how even the areas are.
    """
    draw = section.draw
    options = draw.apportion if draw is not None else None
    if draw is None or options is None:
        msg = "nothing says how to apportion"
        raise ValueError(msg)
    points = _points(own, parents, options)
    cells = build_cells(parents.geometry, points)
    _tell_made_up(points, cells, parents, ledger)
    column = section.attributes.get("population", "population")
    kept = frame if column in frame.columns else _with_people(frame, own, parents, draw)
    if not options.population and draw.within.population is None and column not in frame.columns:
        ledger.warn(
            "no-population",
            _WHERE,
            "no residents of units or parents",
            "name draw.within.population or draw.apportion.population, or join a table",
        )
    return gpd.GeoDataFrame(kept, geometry=cells.reindex(kept.index))


def _points(own: pd.Series[str], parents: gpd.GeoDataFrame, options: Apportion) -> gpd.GeoDataFrame:
    parts = []
    for code, units in own.sort_index().groupby(own.sort_index()):
        places = place_evenly(
            parents.geometry[code], len(units), str(code), seed=options.seed, rounds=options.rounds
        )
        parts.append(
            gpd.GeoDataFrame(
                {"unit": units.index.to_numpy(), "parent": str(code)},
                geometry=shapely.points(places),
                crs=parents.crs,
            )
        )
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=parents.crs)


def _tell_made_up(
    points: gpd.GeoDataFrame, cells: gpd.GeoSeries, parents: gpd.GeoDataFrame, ledger: Ledger
) -> None:
    counts = points["parent"].value_counts()
    mean = parents.geometry.area[counts.index] / counts
    unit_mean = points.set_index("unit")["parent"].map(mean)
    ratio = cells.area / unit_mean.reindex(cells.index)
    low, high = np.quantile(ratio, [0.05, 0.95])
    ledger.warn(
        "made-up",
        _WHERE,
        f"{count_of(len(cells), 'unit')} with made-up borders in "
        f"{count_of(len(counts), 'parent')}; nine in ten have {low:.2f} to {high:.2f} times "
        "the mean area of their parent's units",
        "synthetic: real borders, or settlements, replace them",
    )


def _with_people(
    frame: pd.DataFrame, own: pd.Series[str], parents: gpd.GeoDataFrame, draw: Draw
) -> pd.DataFrame:
    """Share residents evenly among units: those of each parent, else those given in all."""
    total = draw.apportion.population if draw.apportion is not None else None
    if draw.within.population is not None:
        people = pd.concat(
            pd.Series(share_evenly(parents["residents"][code], len(units)), index=units.index)
            for code, units in own.sort_index().groupby(own.sort_index())
        )
    elif total is not None:
        people = pd.Series(share_evenly(total, len(frame)), index=frame.index.sort_values())
    else:
        return frame
    return frame.assign(population=people.reindex(frame.index), population_origin="apportioned")
