"""The ledger of a repair: how much area moved in which unit, and whether that is too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import name_some
from amalgamation.territory.words import count_of, figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from amalgamation.territory.ledger import Ledger

__all__ = ["tell_moved"]

_LEAST_M2 = 100.0
"""Less than 0.0001 km2 of a unit is rounding, not a repair."""


_LEAST_PERCENT = 0.001


def tell_moved(
    moved: pd.Series[float],
    before: pd.Series[float],
    labels: Mapping[str, str],
    most_percent: float,
    where: str,
    ledger: Ledger,
) -> None:
    """Note the area that a repair moved in each unit; an error for each that is above the limit.

    Parameters
    ----------
    moved, before
        Square metres by unit: gained and lost together, and the whole area.
    labels
        Unit id -> how messages name it.
    most_percent
        The largest share of a unit's area that may move, in percent.
    where
        Key of the scenario, for the messages.
    ledger
        Takes the findings.
    """
    real = moved[moved > _LEAST_M2].sort_values(ascending=False, kind="stable")
    if real.empty:
        return
    percent = 100 * real / before.reindex(real.index)
    told = {
        str(unit): f"{labels[str(unit)]} {real[unit] / 1e6:,.4f} km2 ({_share(percent[unit])})"
        for unit in real.index
    }
    ledger.warn(
        "area-moved",
        where,
        f"{real.sum() / 1e6:,.4f} km2 moved in {count_of(len(real), 'unit')}: "
        + name_some(list(told.values()), len(told)),
        "look at the units on a map",
        *sorted(told),
    )
    for unit in percent[percent > most_percent].index:
        ledger.error(
            "moved-too-much",
            f"unit {labels[str(unit)]}",
            f"a repair that moves {real[unit] / 1e6:,.4f} km2, {_share(percent[unit])} of the unit",
            f"at most {most_percent:g} % (territory.repair.max_moved_percent)",
            "correct the polygon in a GIS, or raise the limit",
            str(unit),
        )


def _share(percent: float) -> str:
    return f"{figure(percent, 3)} %" if percent >= _LEAST_PERCENT else f"under {_LEAST_PERCENT} %"
