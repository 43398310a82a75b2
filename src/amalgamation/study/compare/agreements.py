"""How far plans of the same units agree, pair by pair.

In: named plans, and residents. Out: a row for every pair.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.study.agreement import compare_plans
from amalgamation.study.compare.matching import find_changing, match_municipalities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.plan import Plan

__all__ = ["OUTSIDE", "build_agreements", "groups_of", "to_matrix"]

OUTSIDE = "outside:"
"""What stands before a unit outside every municipality: it is together with nobody."""

_COLUMNS = (
    *("first", "second", "units", "rand_index", "pair_f1", "pair_precision", "pair_recall"),
    *("identical_percent", "rand_index_by_residents", "pair_f1_by_residents"),
    *("changing_units", "changing_percent"),
)


def build_agreements(
    plans: Mapping[str, Plan], residents: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Build the agreement of every pair of plans.

    Parameters
    ----------
    plans
        Label -> plan, all of the same units.
    residents
        Unit id -> residents; without it shares are of units, and columns that weigh by
        residents are missing figures.

    Returns
    -------
    pandas.DataFrame
        ``first``, ``second``; ``units``; ``rand_index`` (adjusted), ``pair_f1``,
        ``pair_precision`` (of the pairs of units together in the first, the share together
        in the second) and ``pair_recall`` (the reverse); ``identical_percent`` (residents
        in municipalities of exactly the same units); ``rand_index_by_residents`` and
        ``pair_f1_by_residents``; ``changing_units`` and ``changing_percent`` (of residents)
        that change municipality, see `match_municipalities`. Pairs in the order of the plans.

    Examples
    --------
    >>> from amalgamation.plan import Plan
    >>> one, two = {"a": "a", "b": "a"}, {"a": "a", "b": "b"}
    >>> plans = {"x": Plan.from_seats(one), "y": Plan.from_seats(two)}
    >>> found = build_agreements(plans)
    >>> found[["first", "second"]].to_numpy().tolist()
    [['x', 'y']]
    >>> float(found.loc[0, "changing_percent"])
    50.0
    """
    rows = [_row(one, two, plans, residents) for one, two in combinations(plans, 2)]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def to_matrix(agreements: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return one measure of a table of pairs as a square: rows are the first, columns the second.

    Precision of one pair is recall of its reverse; everything else is the same both ways.

    Parameters
    ----------
    agreements
        As `build_agreements` gives it.
    measure
        A column of it.

    Raises
    ------
    KeyError
        If there is no such column.
    """
    mirrored = {"pair_precision": "pair_recall", "pair_recall": "pair_precision"}
    labels = list(dict.fromkeys([*agreements["first"], *agreements["second"]]))
    square = pd.DataFrame(math.nan, index=labels, columns=labels)
    for label in labels:
        square.loc[label, label] = _with_itself(measure)
    for _, row in agreements.iterrows():
        square.loc[row["first"], row["second"]] = row[measure]
        square.loc[row["second"], row["first"]] = row[mirrored.get(measure, measure)]
    return square


def groups_of(plan: Plan) -> dict[str, str]:
    """Return unit -> municipality; a unit outside is a group of its own.

    Examples
    --------
    >>> from amalgamation.plan import Plan
    >>> groups_of(Plan.from_seats({"a": "a"}, outside=["b"]))
    {'a': 'a', 'b': 'outside:b'}
    """
    return {**plan.municipality_of, **{unit: f"{OUTSIDE}{unit}" for unit in plan.outside}}


def _with_itself(measure: str) -> float:
    if measure.startswith("changing"):
        return 0.0
    return 100.0 if measure.endswith("percent") else 1.0


def _row(
    one: str, two: str, plans: Mapping[str, Plan], residents: Mapping[str, float] | None
) -> dict[str, Any]:
    first, second = plans[one], plans[two]
    agreed = compare_plans(groups_of(first), groups_of(second), residents)
    moved = find_changing(first, second, match_municipalities(first, second, residents))
    return {
        "first": one,
        "second": two,
        "units": agreed.units,
        "rand_index": agreed.rand_index,
        "pair_f1": agreed.pair_f1,
        "pair_precision": agreed.pair_precision,
        "pair_recall": agreed.pair_recall,
        "identical_percent": 100 * agreed.identical_share,
        "rand_index_by_residents": _or_nan(agreed.rand_index_weighted),
        "pair_f1_by_residents": _or_nan(agreed.pair_f1_weighted),
        "changing_units": len(moved),
        "changing_percent": 100 * _share(moved, residents, agreed.units),
    }


def _share(moved: tuple[str, ...], residents: Mapping[str, float] | None, units: int) -> float:
    total = sum(residents.values()) if residents else 0.0
    if residents is None or not total > 0:
        return len(moved) / units
    return sum(residents[unit] for unit in moved) / total


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value
