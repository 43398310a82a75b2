"""``frontier.csv``: cost, bound and gap at every number of municipalities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.status import FrontierPoint

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.status import Certificate

__all__ = ["build_frontier_table", "read_frontier", "write_frontier"]

_ROUNDING = 1e-9
"""Relative difference by which two sums of the same costs may disagree."""


def build_frontier_table(certificate: Certificate, chosen: int) -> pd.DataFrame:
    """Build the table of ``frontier.csv``.

    Parameters
    ----------
    certificate
        Its frontier gives the rows, its cost is that of the plan.
    chosen
        Number of municipalities of the plan.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``municipalities``. Columns: ``plan`` (``chosen``: the run's plan;
        ``known``: one was found on the way, and is not kept; ``none``: none was found;
        ``impossible``: proven that there is none), ``cost`` of the best plan known and
        ``bound`` that every plan of that number costs at least (both without unit),
        ``gap_percent`` between them, and ``may_be_cheaper``: whether a plan of that
        number may yet cost less than the chosen one. What nobody knows is missing.

    Examples
    --------
    >>> from amalgamation.status import Certificate, FrontierPoint, Status
    >>> points = FrontierPoint(3, math.inf, 2.5), FrontierPoint(4, 2.0, 1.9)
    >>> found = Certificate(Status.WITHIN_GAP, 2.0, 1.9, frontier=points)
    >>> build_frontier_table(found, chosen=4).reset_index()
       municipalities    plan  cost  bound  gap_percent  may_be_cheaper
    0               3    none   NaN    2.5          NaN           False
    1               4  chosen   2.0    1.9          5.0            True
    """
    return pd.DataFrame(
        {
            "plan": [_word(point, chosen) for point in certificate.frontier],
            "cost": [_known(point.cost) for point in certificate.frontier],
            "bound": [_known(point.bound) for point in certificate.frontier],
            "gap_percent": [_known(100 * point.gap) for point in certificate.frontier],
            "may_be_cheaper": [
                point.bound < certificate.cost * (1 - _ROUNDING) for point in certificate.frontier
            ],
        },
        index=pd.Index([point.number for point in certificate.frontier], name="municipalities"),
    )


def _word(point: FrontierPoint, chosen: int) -> str:
    if point.number == chosen:
        return "chosen"
    if math.isfinite(point.cost):
        return "known"
    return "impossible" if point.bound == math.inf else "none"


def _known(figure: float) -> float:
    return figure if math.isfinite(figure) else math.nan


def write_frontier(
    path: Path, certificate: Certificate, chosen: int, *, synthetic: bool = False
) -> None:
    """Write the frontier as CSV: UTF-8, comma, point, unknown figures blank.

    Synthetic data are marked in a column of their own.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    table = build_frontier_table(certificate, chosen)
    table = table.assign(synthetic=True) if synthetic else table
    path.write_bytes(table.to_csv(lineterminator="\n", float_format="%.12g").encode())


def read_frontier(path: Path) -> tuple[FrontierPoint, ...]:
    """Read what `write_frontier` wrote; empty where there is no such file.

    Raises
    ------
    OSError, ValueError, KeyError
        If the file is there and is no frontier.
    """
    if not path.exists():
        return ()
    table = pd.read_csv(path)
    return tuple(
        FrontierPoint(int(number), _read(cost, math.inf), _read(bound, _unbounded(word)))
        for number, word, cost, bound in zip(
            table["municipalities"], table["plan"], table["cost"], table["bound"], strict=True
        )
    )


def _unbounded(word: str) -> float:
    """Return what a blank bound stands for: no plan at all, or nothing known."""
    return math.inf if word == "impossible" else -math.inf


def _read(figure: float, blank: float) -> float:
    return blank if math.isnan(figure) else float(figure)
