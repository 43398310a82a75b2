"""Match the municipalities of two plans, so that a new name alone is no change.

In: two plans of the same units, and residents. Out: which municipality of the second goes on
as which of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from amalgamation.plan import Plan

__all__ = ["find_changing", "match_municipalities"]

# Below the share of one resident, so that it decides only where residents do not.
_AMONG_EQUALS = 1e-9
_SAME_SEAT = 0.5  # of a unit


def match_municipalities(
    first: Plan, second: Plan, weights: Mapping[str, float] | None = None
) -> dict[str, str]:
    """Match each municipality of the second plan with at most one of the first.

    Of all one-to-one matchings, the one whose pairs share most residents: then as few as
    possible live in a municipality that does not go on as theirs. Their number is the
    partition distance of the two plans ([gusfield2002]_), weighted by residents. Among equals,
    more shared units and a seat that stays decide.

    Parameters
    ----------
    first, second
        Plans of the same units.
    weights
        Unit id -> residents; without it, or where nobody lives, each unit weighs one.

    Returns
    -------
    dict
        Municipality of the second -> its counterpart of the first, in the order of the
        second's ids; those without one are new and left out.

    References
    ----------
    .. [gusfield2002] Gusfield, D. (2002), Partition-distance: a problem and class of perfect
       graphs arising in clustering, Information Processing Letters 82 (3), 159-164.

    Examples
    --------
    >>> from amalgamation.plan import Plan
    >>> first = Plan.from_seats({"a": "a", "b": "a", "c": "c"})
    >>> second = Plan.from_seats({"a": "a", "b": "b", "c": "b"})
    >>> match_municipalities(first, second, {"a": 10, "b": 40, "c": 20})
    {'b': 'a'}
    """
    pairs = _shared(first, second, _loads(first, second, weights))
    if not pairs:
        return {}
    ones, twos = sorted({one for one, _ in pairs}), sorted({two for _, two in pairs})
    at_one, at_two = ({name: at for at, name in enumerate(names)} for names in (ones, twos))
    rows = [at_two[two] for _, two in pairs]
    columns = [at_one[one] for one, _ in pairs]
    chosen = _choose(np.array(rows), np.array(columns), np.array([*pairs.values()]))
    return {twos[row]: ones[column] for row, column in chosen if column < len(ones)}


def find_changing(first: Plan, second: Plan, counterparts: Mapping[str, str]) -> tuple[str, ...]:
    """Find the units whose municipality does not go on as the one that they were in.

    A unit outside every municipality in one plan alone changes too.

    Parameters
    ----------
    first, second
        Plans of the same units.
    counterparts
        As `match_municipalities` gives them.

    Returns
    -------
    tuple of str
        Sorted.
    """
    units = sorted({*first.municipality_of, *second.municipality_of})
    return tuple(
        unit
        for unit in units
        if unit not in first.municipality_of
        or unit not in second.municipality_of
        or counterparts.get(second.municipality_of[unit]) != first.municipality_of[unit]
    )


def _loads(first: Plan, second: Plan, weights: Mapping[str, float] | None) -> dict[str, float]:
    """Return unit -> share of the residents of all units that both plans have inside."""
    units = [unit for unit in first.municipality_of if unit in second.municipality_of]
    known = {unit: float(weights[unit]) if weights else 1.0 for unit in units}
    total = sum(known.values())
    if not total > 0:
        known, total = dict.fromkeys(units, 1.0), float(len(units))
    return {unit: load / total for unit, load in known.items()}


def _shared(first: Plan, second: Plan, loads: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Return (municipality of the first, of the second) -> what they share."""
    most = 2 * (len(loads) + len(first.seat_of))
    shared: dict[tuple[str, str], float] = {}
    for unit, load in loads.items():
        pair = first.municipality_of[unit], second.municipality_of[unit]
        shared[pair] = shared.get(pair, 0.0) + load + _AMONG_EQUALS / most
    for one, two in shared:
        if first.seat_of[one] == second.seat_of[two]:
            shared[one, two] += _AMONG_EQUALS * _SAME_SEAT / most
    return dict(sorted(shared.items()))


def _choose(
    rows: NDArray[np.int64], columns: NDArray[np.int64], shared: NDArray[np.float64]
) -> list[tuple[int, int]]:
    """Return the (row, column) of the heaviest matching; a row may also go alone.

    Each row has a column of its own to be alone in, so that a full matching exists; one more
    on every edge changes no comparison, since each row has one edge, and keeps zeros out.
    """
    height, width = int(rows.max()) + 1, int(columns.max()) + 1
    alone = np.arange(height)
    values = np.concatenate([1 + shared, np.ones(height)])
    places = np.concatenate([rows, alone]), np.concatenate([columns, width + alone])
    graph = csr_array((values, places), shape=(height, width + height))
    found = min_weight_full_bipartite_matching(graph, maximize=True)
    return [(int(row), int(column)) for row, column in zip(*found, strict=True)]
