"""Shape: how compact a municipality is, and whether it lies in one piece."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from amalgamation.measure.measures import Measure, NationalMeasure, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

__all__ = [
    "measure_parts",
    "measure_polsby_popper",
    "measure_reock",
    "municipality_measures",
    "national_measures",
]

_NEEDS = ("geometry",)


def municipality_measures(_: Context) -> list[Measure]:
    """Return two measures of compactness, and the number of parts."""
    compact = [
        Measure(name, title, "", compute, source, higher_is_better=True, needs=_NEEDS)
        for name, title, compute, source in _COMPACT
    ]
    parts = Measure(
        "parts",
        "Separate parts of the territory",
        "",
        measure_parts,
        higher_is_better=False,
        needs=_NEEDS,
    )
    return [*compact, parts]


def national_measures(_: Context) -> list[NationalMeasure]:
    """Return the mean compactness, and how many municipalities are in several parts."""
    compact = [
        NationalMeasure(
            f"{name}_mean",
            f"{title}, mean of municipalities",
            "",
            partial(_mean_of, measure=compute),
            source,
            higher_is_better=True,
            needs=_NEEDS,
            formula=f"Mean over the municipalities. {words_of(compute)}",
        )
        for name, title, compute, source in _COMPACT
    ]
    multipart = NationalMeasure(
        "multipart_municipalities",
        "Municipalities in several separate parts",
        "",
        lambda subject: float((measure_parts(subject) > 1).sum()),
        higher_is_better=False,
        needs=_NEEDS,
        formula="Number of municipalities of more than one polygon.",
    )
    return [*compact, multipart]


def measure_polsby_popper(subject: Subject) -> pd.Series[float]:
    """Compare each municipality's area with that of a circle of the same perimeter.

    ``4 pi A / P^2`` ([polsby1991]_): 1 for a circle, pi / 4 for a square, towards 0 for what
    is drawn out or frayed. The perimeter has all bends of the units' outlines, so that it
    compares plans of one territory, not territories drawn at different scales.

    Returns
    -------
    pandas.Series
        On the municipality index, without unit, above 0 and at most 1.

    Raises
    ------
    ValueError
        If the territory has no geometry.

    References
    ----------
    .. [polsby1991] Polsby, D. D. and Popper, R. D. (1991), The third criterion: compactness
       as a procedural safeguard against partisan gerrymandering, Yale Law and Policy Review
       9 (2), 301-353.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject, build_today
    >>> from amalgamation.territory import grid_territory
    >>> square = grid_territory(1, 1)
    >>> subject = Subject(build_today(square), square, build_graph(square))
    >>> measure_polsby_popper(subject).round(4).to_dict()
    {'r00c00': 0.7854}
    """
    shapes = subject.polygons.to_numpy()
    ratio = 4 * np.pi * shapely.area(shapes) / shapely.length(shapes) ** 2
    return pd.Series(ratio, index=subject.index, name="polsby_popper")


def measure_reock(subject: Subject) -> pd.Series[float]:
    """Compare each municipality's area with that of the smallest circle around it.

    ``A / (pi r^2)`` ([reock1961]_): 1 for a circle, 2 / pi for a square, towards 0 for what
    is drawn out; the bends of an outline matter little.

    Returns
    -------
    pandas.Series
        On the municipality index, without unit, above 0 and at most 1.

    Raises
    ------
    ValueError
        If the territory has no geometry.

    References
    ----------
    .. [reock1961] Reock, E. C. (1961), A note: measuring compactness as a requirement of
       legislative apportionment, Midwest Journal of Political Science 5 (1), 70-74.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject, build_today
    >>> from amalgamation.territory import grid_territory
    >>> square = grid_territory(1, 1)
    >>> subject = Subject(build_today(square), square, build_graph(square))
    >>> measure_reock(subject).round(4).to_dict()
    {'r00c00': 0.6366}
    """
    shapes = subject.polygons.to_numpy()
    ratio = shapely.area(shapes) / (np.pi * shapely.minimum_bounding_radius(shapes) ** 2)
    return pd.Series(ratio, index=subject.index, name="reock")


def measure_parts(subject: Subject) -> pd.Series[int]:
    """Count the polygons of each municipality: exclaves and islands make more than one.

    Returns
    -------
    pandas.Series
        On the municipality index.

    Raises
    ------
    ValueError
        If the territory has no geometry.
    """
    parts = shapely.get_num_geometries(subject.polygons.to_numpy())
    return pd.Series(parts, index=subject.index, name="parts")


def _mean_of(subject: Subject, measure: Callable[[Subject], pd.Series[float]]) -> float:
    return float(measure(subject).mean())


_COMPACT: tuple[tuple[str, str, Callable[[Subject], pd.Series[float]], str], ...] = (
    (
        "polsby_popper",
        "Compactness by perimeter (Polsby-Popper)",
        measure_polsby_popper,
        "polsby1991",
    ),
    ("reock", "Compactness by bounding circle (Reock)", measure_reock, "reock1961"),
)
