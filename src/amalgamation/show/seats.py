"""Seats on a map: a dot for each, and names for the most populous."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.language import ENGLISH
from amalgamation.show.labels import draw_labels
from amalgamation.show.words import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox
    from numpy.typing import NDArray

    from amalgamation.language import Speech
    from amalgamation.plan import Plan
    from amalgamation.show.frame import Limits
    from amalgamation.territory import Territory

__all__ = ["draw_seats", "locate_seats", "places_of", "within"]

_SIZE = 8.5


def locate_seats(plan: Plan, territory: Territory, speech: Speech = ENGLISH) -> pd.DataFrame:
    """Return the places of the seats, the most populous first."""
    seats = places_of(territory, speech).loc[list(plan.seat_of.values())]
    return seats.sort_values("weight", ascending=False, kind="stable")


def places_of(territory: Territory, speech: Speech = ENGLISH) -> pd.DataFrame:
    """Return of each unit its seat, or a point inside: ``x``, ``y`` (m), ``name``, ``weight``."""
    units = territory.units
    inside = territory.geometry.representative_point()
    weight = "population" if "population" in territory.attributes else None
    return pd.DataFrame(
        {
            "x": units.get("seat_x", inside.x),
            "y": units.get("seat_y", inside.y),
            "name": speech.names(units),
            "weight": units[weight] if weight else 0.0,
        }
    )


def within(seats: pd.DataFrame, limits: Limits) -> pd.Series[bool]:
    """Say which seats lie between limits."""
    west, south, east, north = limits
    return seats["x"].between(west, east) & seats["y"].between(south, north)


def draw_seats(
    ax: Axes, seats: pd.DataFrame, *, size: float, labels: int, taken: Sequence[Bbox] = ()
) -> None:
    """Draw a dot for each seat, and names for the first of them that find room.

    Parameters
    ----------
    ax
        Axes whose limits are final.
    seats
        As `locate_seats` gives them.
    size
        Of a dot, in square points.
    labels
        At most so many names.
    taken
        Where no name may stand, in pixels of the figure.
    """
    ax.scatter(seats["x"], seats["y"], s=size, color=INK, linewidths=0, zorder=8)
    named = seats[~_covered(ax, seats, taken)]
    first = named.head(labels)
    ax.scatter(
        first["x"], first["y"], s=13, color=INK, edgecolors="white", linewidths=0.6, zorder=9
    )
    places = list(named.head(3 * labels)[["x", "y", "name"]].itertuples(index=False, name=None))
    avoid = first[["x", "y"]].to_numpy().tolist()
    draw_labels(ax, places, most=labels, size=_SIZE, colour=INK, avoid=avoid, taken=taken)


def _covered(ax: Axes, seats: pd.DataFrame, taken: Sequence[Bbox]) -> NDArray[np.bool_]:
    x, y = ax.transData.transform(seats[["x", "y"]].to_numpy()).T
    boxes = [(box.x0 <= x) & (x <= box.x1) & (box.y0 <= y) & (y <= box.y1) for box in taken]
    covered: NDArray[np.bool_] = np.any([np.zeros(len(seats), dtype=bool), *boxes], axis=0)
    return covered
