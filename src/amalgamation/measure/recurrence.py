"""Recurrence: in how many plans each tie, unit and municipality is what it is in the first.

In: plans (alternatives to one another, or answers to disturbed data), the territory and its
graph. Out: a `Certainty`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.certainty import Certainty, unchanged_percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from amalgamation.graph import UnitGraph
    from amalgamation.measure.certainty import Reason
    from amalgamation.plan import Plan
    from amalgamation.territory import Territory

    Homes = NDArray[np.int64]

__all__ = ["build_certainty"]

_FOUND = "found"
_ALL = 100.0


def build_certainty(
    plans: Sequence[Plan],
    territory: Territory,
    graph: UnitGraph,
    reasons: Mapping[tuple[str, str], Reason] | None = None,
) -> Certainty:
    """Count in how many plans each tie is kept, each unit stays and each municipality survives.

    Parameters
    ----------
    plans
        One at least, of exactly the territory's units; the others are held against the first.
    territory, graph
        Names, residents and ties.
    reasons
        Tie (a, b) with a < b -> why it is what it is, where more is known than the plans tell.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 3)
    >>> one = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c00", "r00c02": "r00c02"})
    >>> two = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c01", "r00c02": "r00c01"})
    >>> certainty = build_certainty([one, one, two, one], territory, build_graph(territory))
    >>> certainty.ties["together_percent"].to_list()
    [75.0, 25.0]
    """
    units = territory.units.index
    homes = np.array([_homes(plan, units) for plan in plans], dtype=np.int64)
    stays = _stays(homes, plans[0], units)
    seats = np.array([_seats(plan, units) for plan in plans], dtype=object)
    table = pd.DataFrame({"municipality_id": _municipalities(plans[0], units)}, index=units)
    table["name"] = territory.units["name"].astype("str")
    if "population" in territory.attributes:
        table["population"] = territory.values("population")
    table = table.join(stays)
    table["seat_percent"] = _ALL * (seats == seats[0]).mean(axis=0)
    table["partners"] = _partners(plans, units)
    ties = _ties(homes, graph, units, reasons or {})
    return Certainty(
        plans=len(plans),
        ties=ties,
        units=table,
        municipalities=_survival(plans[0], homes, units, table),
        parents=_parents(territory, table, ties),
        notice=territory.notice if territory.synthetic else "",
    )


def _homes(plan: Plan, units: pd.Index[str]) -> Homes:
    """Return a number of each unit's municipality; one below 0, of its own, for a unit outside."""
    numbers = {name: number for number, name in enumerate(plan.seat_of)}
    homes = [plan.municipality_of.get(unit) for unit in units]
    return np.array(
        [-1 - at if home is None else numbers[home] for at, home in enumerate(homes)],
        dtype=np.int64,
    )


def _municipalities(plan: Plan, units: pd.Index[str]) -> list[str | None]:
    return [plan.municipality_of.get(unit) for unit in units]


def _seats(plan: Plan, units: pd.Index[str]) -> list[str | None]:
    homes = _municipalities(plan, units)
    return [None if home is None else plan.seat_of[home] for home in homes]


def _ties(
    homes: Homes,
    graph: UnitGraph,
    units: pd.Index[str],
    reasons: Mapping[tuple[str, str], Reason],
) -> pd.DataFrame:
    ties = graph.ties[["a", "b", "border_km"]].copy()
    ends = [units.get_indexer(pd.Index(ties[end])) for end in ("a", "b")]
    share = (homes[:, ends[0]] == homes[:, ends[1]]).mean(axis=0)
    pairs = list(zip(ties["a"], ties["b"], strict=True))
    ties["together_percent"] = _ALL * share
    mixed = (share > 0) & (share < 1)
    known = np.array([reasons.get(pair, _FOUND) for pair in pairs], dtype=object)
    # what these plans show themselves needs no other reason, and may contradict a rule of one
    ties["reason"] = np.where(mixed | (share > 0) & (known == "rule"), _FOUND, known)
    split = mixed | (ties["reason"] == "asked").to_numpy()
    ties["verdict"] = np.where(split, "choice", np.where(share > 0, "together", "apart"))
    index = pd.Index([f"{a}-{b}" for a, b in pairs], name="tie_id", dtype="str")
    return ties[["a", "b", "border_km", "together_percent", "verdict", "reason"]].set_axis(index)


def _stays(homes: Homes, first: Plan, units: pd.Index[str]) -> pd.DataFrame:
    """Return how often each unit is with its own, and how often its municipality is the same."""
    stays, same = np.zeros(len(units)), np.zeros(len(units))
    sizes = np.array([_sizes(row) for row in homes])
    for members in _groups(first, units):
        inside = homes[:, members]
        pairs = (inside[:, :, None] == inside[:, None, :]).mean(axis=0)
        whole = (inside == inside[:, :1]).all(axis=1) & (sizes[:, members[0]] == len(members))
        is_out = inside[0, 0] < 0
        alike = (inside[:, 0] < 0) if is_out else whole & (inside[:, 0] >= 0)
        same[members] = alike.mean()
        others = len(members) - 1
        stays[members] = (pairs.sum(axis=1) - 1) / others if others else alike.mean()
    columns = {"stays_percent": _ALL * stays, "same_percent": _ALL * same}
    return pd.DataFrame(columns, index=units)


def _sizes(homes: Homes) -> NDArray[np.intp]:
    """Return for each unit how many share its home."""
    _, place, counts = np.unique(homes, return_inverse=True, return_counts=True)
    return np.asarray(counts[place], dtype=np.intp)


def _groups(plan: Plan, units: pd.Index[str]) -> list[NDArray[np.intp]]:
    """Return the positions of each municipality's units, and of each unit outside."""
    named = [units.get_indexer(pd.Index(members)) for members in plan.municipalities.values()]
    return [*named, *(units.get_indexer(pd.Index([unit])) for unit in plan.outside)]


def _partners(plans: Sequence[Plan], units: pd.Index[str]) -> list[int]:
    known: dict[str, set[str]] = {unit: set() for unit in units}
    for plan in plans:
        for members in plan.municipalities.values():
            for unit in members:
                known[unit].update(members)
    return [len(known[unit] - {unit}) for unit in units]


def _survival(plan: Plan, homes: Homes, units: pd.Index[str], table: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for name, members in plan.municipalities.items():
        at = units.get_indexer(pd.Index(members))
        inside = homes[:, at]
        held = (inside == inside[:, :1]).all(axis=1) & (inside[:, 0] >= 0)
        own, seat = table.iloc[at], plan.seat_of[name]
        people = {"population": own["population"].sum()} if "population" in table else {}
        rows.append(
            {
                "municipality_id": name,
                "seat_id": seat,
                "name": table["name"][seat],
                "units": len(members),
                **people,
                "together_percent": _ALL * float(held.mean()),
                "same_percent": own["same_percent"].iloc[0],
            }
        )
    return pd.DataFrame(rows).set_index("municipality_id")


def _parents(territory: Territory, table: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    tier, rows = territory.outermost, []
    parent = territory.units[tier].astype("str") if tier else pd.Series(dtype="str")
    home = pd.DataFrame({end: ties[end].map(parent) for end in ("a", "b")})
    for code, own in table.groupby(parent):
        inside = ties[(home == code).all(axis=1) & (ties["reason"] != "rule")]
        choices = inside["verdict"] == "choice"
        people = {"population": own["population"].sum()} if "population" in own else {}
        rows.append(
            {
                "parent_id": code,
                "name": territory.parent_name(tier, str(code)),
                "units": len(own),
                **people,
                "open_ties": len(inside),
                "choice_percent": _ALL * float(choices.mean()) if len(inside) else np.nan,
                "unchanged_percent": unchanged_percent(own),
            }
        )
    columns = ["parent_id", "name", "units", "open_ties", "choice_percent", "unchanged_percent"]
    return pd.DataFrame(rows, columns=None if rows else columns).set_index("parent_id")
