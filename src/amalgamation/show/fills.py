"""Fills: what colour each municipality has on the map, and what the colours mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.language import ENGLISH
from amalgamation.show.colours import fill_neighbours

if TYPE_CHECKING:
    import geopandas as gpd

    from amalgamation.language import Speech

__all__ = ["SHADES", "Fills", "shade", "tell_apart"]

SHADES = ("#f4f1d0", "#c9e4bf", "#8dcdba", "#5ba8b8", "#4b7fa3")
"""Light to dark, so that the order is seen in grey and by the colour-blind as well.

After the scheme YlGnBu of Brewer, C. A., ColorBrewer 2.0, with its dark end lightened so
that names stay readable.
"""

_UNKNOWN = "#e4e7ea"


@dataclass(frozen=True)
class Fills:
    """Hold the polygons to fill, their colours, and what these mean.

    Parameters
    ----------
    polygons
        Municipalities, in the territory's CRS.
    colours
        ``#rrggbb``, on the index of ``polygons``.
    classes
        Colour and words for the legend; empty where colours only tell neighbours apart.
    title
        What is shaded, with its unit; empty likewise.
    """

    polygons: gpd.GeoSeries
    colours: pd.Series[str]
    classes: tuple[tuple[str, str], ...] = ()
    title: str = ""


def tell_apart(polygons: gpd.GeoSeries) -> Fills:
    """Fill polygons so that no two neighbours have the same colour."""
    return Fills(polygons, fill_neighbours(polygons))


def shade(
    polygons: gpd.GeoSeries, values: pd.Series[float], title: str, speech: Speech = ENGLISH
) -> Fills:
    """Shade polygons by a figure, in five classes of as many polygons each.

    Parameters
    ----------
    polygons
        Municipalities.
    values
        On their index; infinite and missing ones are "no data".
    title
        What it is, with its unit.
    speech
        Words and numbers of the legend; default: English.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> polygons = grid_territory(1, 3).geometry
    >>> fills = shade(polygons, pd.Series([5.0, 1.0, 5.0], polygons.index), "way (km)")
    >>> [words for _colour, words in fills.classes]
    ['1', '5']
    """
    known = values.astype("float64").replace([np.inf, -np.inf], np.nan)
    places, classes = _classes(known.to_numpy(), speech)
    shades = _spread(len(classes))
    colours = [shades[place] if place >= 0 else _UNKNOWN for place in places]
    legend = list(zip(shades, classes, strict=True))
    legend += [(_UNKNOWN, speech.say("picture.no_data"))] * bool(known.isna().any())
    return Fills(
        polygons, pd.Series(colours, known.index).loc[polygons.index], tuple(legend), title
    )


def _classes(values: np.ndarray, speech: Speech) -> tuple[np.ndarray, list[str]]:
    """Return each value's class, -1 where there is none, and the classes' words."""
    known = ~np.isnan(values)
    if not known.any():
        return np.full(len(values), -1), []
    quintiles = np.linspace(0, 1, len(SHADES) + 1)[1:]
    tops = np.unique(np.quantile(values[known], quintiles, method="inverted_cdf"))
    places = np.where(known, np.searchsorted(tops, np.where(known, values, tops[0])), -1)
    inside = [values[places == place] for place in range(len(tops))]
    return places, [_words(each.min(), each.max(), speech) for each in inside]


def _words(low: float, high: float, speech: Speech) -> str:
    first, last = speech.figure(low), speech.figure(high)
    return first if first == last else speech.say("picture.range", low=first, high=last)


def _spread(classes: int) -> list[str]:
    """Return so many shades, from the lightest to the darkest."""
    return [SHADES[round(at)] for at in np.linspace(0, len(SHADES) - 1, classes)]
