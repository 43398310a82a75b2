"""Ties: how many of the ties between units run inside municipalities, and how many are cut."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

__all__ = ["measure_ties_cut", "municipality_measures", "national_measures"]

_ROWS = (
    ("ties_cut_percent", "Ties cut between units, by number", False),
    ("border_cut_percent", "Ties cut between units, by length of border", True),
)
"""Name, title, whether a tie counts by the length of its border."""


def municipality_measures(_: Context) -> list[Measure]:
    """Return the share of its units' ties that a municipality cuts."""
    return [
        Measure(
            name,
            title,
            "%",
            partial(measure_ties_cut, by_length=by_length),
            higher_is_better=False,
        )
        for name, title, by_length in _ROWS
    ]


def national_measures(_: Context) -> list[NationalMeasure]:
    """Return the share of all ties that a plan cuts."""
    return [
        NationalMeasure(
            name, title, "%", partial(_share_cut, by_length=by_length), higher_is_better=False
        )
        for name, title, by_length in _ROWS
    ]


def measure_ties_cut(subject: Subject, *, by_length: bool) -> pd.Series[float]:
    """Give the share of a municipality's ties that lead out of it.

    Of the ties that its units have, each counted once, those whose other end belongs to
    another municipality, or to none. Unlike the aim ``ties_cut``, ties across a wall count.

    Parameters
    ----------
    by_length
        Whether a tie counts by the kilometres of its border, or as one.

    Returns
    -------
    pandas.Series
        On the municipality index, in per cent; NaN where there is no tie, or no border.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 3)
    >>> plan = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c00", "r00c02": "r00c02"})
    >>> subject = Subject(plan, territory, build_graph(territory))
    >>> measure_ties_cut(subject, by_length=False).to_dict()
    {'r00c00': 50.0, 'r00c02': 100.0}
    """
    ends, weight = _ties(subject, by_length=by_length)
    cut = ends[0] != ends[1]
    size = len(subject.index) + len(subject.positions)
    both = np.concatenate([ends[0][cut], ends[1][cut]])
    out = np.bincount(both, np.tile(weight[cut], 2), minlength=size)
    within = np.bincount(ends[0][~cut], weight[~cut], minlength=size)
    total = (out + within)[: len(subject.index)]
    percent = 100 * out[: len(subject.index)] / np.where(total > 0, total, np.nan)
    return pd.Series(percent, index=subject.index, name=_ROWS[by_length][0])


def _share_cut(subject: Subject, *, by_length: bool) -> float:
    """Give the share of all ties whose ends lie in two municipalities, or outside them."""
    ends, weight = _ties(subject, by_length=by_length)
    total = weight.sum()
    return float(100 * weight[ends[0] != ends[1]].sum() / total) if total > 0 else np.nan


def _ties(
    subject: Subject, *, by_length: bool
) -> tuple[tuple[NDArray[np.intp], NDArray[np.intp]], NDArray[np.float64]]:
    """Return the homes at both ends of each tie, and what the tie counts."""
    ties = subject.graph.ties
    rows = subject.territory.units.index
    a, b = (subject.homes[rows.get_indexer(pd.Index(ties[end]))] for end in ("a", "b"))
    weight = ties["border_km"].to_numpy(np.float64) if by_length else np.ones(len(ties))
    return (a, b), np.asarray(weight, dtype=np.float64)
