"""The pictures of a comparison: maps side by side, and two measures against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.show import MOST_MAPS, plot_side_by_side
from amalgamation.study.compare.trade_off import Axis, build_trade_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.figure import Figure

    from amalgamation.study.compare.trade_off import TradeOff
    from amalgamation.study.comparison import Comparison

__all__ = ["draw_maps", "no_pair", "trade_off_of", "usual_axes"]

_ACCESS = ("mean_km", "mean_minutes", "p90_km", "p90_minutes", "max_km", "max_minutes")
_SIZE = ("residents_below_5000", "population_gini", "curve_cost", "transfer_gap", "area_km2_gini")


def draw_maps(comparison: Comparison, *, title: str = "", language: str | None = None) -> Figure:
    """Draw the plans of a comparison side by side, the first nine of them.

    Raises
    ------
    DataError
        If no two runs have the same units, or their polygons are not at hand.
    """
    if comparison.alone:
        raise DataError([no_pair(comparison.labels)])
    territory = comparison.territory
    if territory is None:
        assert comparison.land is not None  # noqa: S101 - plans come with their land
        raise DataError([_no_land(comparison.land.reason)])
    plans = dict(list(comparison.plans.items())[:MOST_MAPS])
    changes = comparison.changes
    changing = {label: changes.changing(label) for label in changes.others if label in plans}
    return plot_side_by_side(plans, territory, changing=changing, title=title, language=language)


def no_pair(labels: Sequence[str]) -> Finding:
    """Say that no two plans can be laid upon each other."""
    found, expected = "no two plans of the same units", "two runs of the same units"
    remedy = "compare these by the table alone, or name other runs"
    return Finding("no-pair", f"runs {name_some(labels)}", found, expected, remedy)


def _no_land(reason: str) -> Finding:
    return Finding("no-land", "maps of the comparison", reason, "the units' polygons")


def trade_off_of(comparison: Comparison, axes: Sequence[str]) -> TradeOff:
    """Set two measures of the runs against each other, the usual ones where none are named.

    Raises
    ------
    InputError
        If a measure is unknown or has no direction, or fewer than two runs have both.
    """
    figures = comparison.table if comparison.figures is None else comparison.figures
    known = {
        str(name): Axis(str(name), str(row["title"]), str(row["unit"]), row["higher_is_better"])
        for name, row in figures.iterrows()
    }
    runs = [column.label for column in comparison.columns if column.is_run]
    made_up = any(column.synthetic for column in comparison.columns if column.is_run)
    notice = comparison.notices[0] if made_up and comparison.notices else ""
    table = figures[runs].T.rename_axis("run")
    return build_trade_off(table, axes or usual_axes(table), known, notice)


def usual_axes(table: pd.DataFrame) -> list[str]:
    """Return a measure of access and one of size or money that differ between plans.

    Parameters
    ----------
    table
        Indexed by plan; a column per measure.

    Returns
    -------
    list of str
        Fewer than two where there are none.

    Examples
    --------
    >>> import pandas as pd
    >>> figures = {"mean_km": [3, 5], "residents_below_5000": [0, 0], "population_gini": [0.3, 0.2]}
    >>> usual_axes(pd.DataFrame(figures))
    ['mean_km', 'population_gini']
    """
    differ = {str(name) for name in table.columns if len(set(table[name].dropna())) > 1}
    chosen = [next((name for name in names if name in differ), "") for names in (_ACCESS, _SIZE)]
    return [name for name in chosen if name]
