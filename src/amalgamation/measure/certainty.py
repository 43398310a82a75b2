"""Certainty: what several plans of one territory have in common, and where they differ.

In: plans (alternatives to one another, or answers to disturbed data), the territory and its
graph. Out: a `Certainty`: how often each tie is kept, each unit stays with its own, and each
municipality survives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from amalgamation.graph import UnitGraph
    from amalgamation.plan import Plan
    from amalgamation.territory import Territory

    Homes = NDArray[np.int64]

__all__ = ["Certainty", "Reason", "build_certainty"]

Reason = Literal["rule", "proven", "asked"]
"""Why a tie is what it is: every plan of the rules cuts it; proven; or a plan that was asked
for decides it otherwise."""

_FOUND = "found"


@dataclass(frozen=True)
class Certainty:
    """Say how far plans agree; the first of them is the one that the others are held against.

    Parameters
    ----------
    plans
        How many there are.
    ties
        Indexed by ``tie_id``: ``a``, ``b``, ``border_km``, ``together_percent`` (of the
        plans), ``verdict`` (``together``, ``apart`` or ``choice``) and ``reason``:
        ``rule`` (a wall: every plan cuts it), ``proven``, ``asked`` (alike in all of these
        plans, yet a further one was found that decides it otherwise), else ``found``.
    units
        Indexed by ``unit_id``: ``municipality_id`` in the first plan (None outside), ``name``,
        ``stays_percent`` (mean share of the plans in which it is with each unit of that
        municipality; of a unit alone, in which it is alone), ``same_percent`` (in which its
        municipality is the very same set), ``seat_percent`` (in which its seat is the same)
        and ``partners`` (units that it is with in some plan).
    municipalities
        Of the first plan, indexed by ``municipality_id``: ``seat_id``, ``name`` of the seat,
        ``units``, ``population`` where it is known, ``together_percent`` (of the plans in
        which its units share a municipality) and ``same_percent``.
    notice
        Says that data are made up, if they are.
    """

    plans: int
    ties: pd.DataFrame
    units: pd.DataFrame
    municipalities: pd.DataFrame
    notice: str = ""

    @property
    def open_ties(self) -> pd.DataFrame:
        """The ties that the rules leave open: all but those that every plan cuts."""
        return self.ties[self.ties["reason"] != "rule"]

    def counts(self) -> dict[str, int]:
        """Return how many ties that the rules leave open have each verdict, and are proven."""
        ties = self.open_ties
        verdicts = {name: int((ties["verdict"] == name).sum()) for name in _VERDICTS}
        return {**verdicts, "proven": int((ties["reason"] == "proven").sum())}

    def unchanged_percent(self) -> float:
        """Return the share of residents whose municipality is the same in all plans, in per cent.

        Of units, where residents are not known.
        """
        weight = self.units.get("population", pd.Series(1.0, self.units.index))
        same = self.units["same_percent"] == _ALL
        return float(100 * weight[same].sum() / weight.sum()) if weight.sum() > 0 else np.nan

    def sentence(self) -> str:
        """Return what is certain and what is a choice, as text."""
        counts, total = self.counts(), len(self.open_ties)
        people = "residents" if "population" in self.units else "units"
        proven = f" ({counts['proven']:,} of both proven)" if counts["proven"] else ""
        return (
            f"{count_of(self.plans, 'plan')}: of {count_of(total, 'tie')} that the rules leave "
            f"open, {counts['together']:,} are kept in all, {counts['apart']:,} cut in all"
            f"{proven}, {counts['choice']:,} are a choice; {self.unchanged_percent():.1f} % of "
            f"the {people} live in a municipality that is the same in all"
        )

    def _facts(self) -> dict[str, Any]:
        return {
            "plans": self.plans,
            "ties left open": len(self.open_ties),
            **self.counts(),
            "unchanged (%)": self.unchanged_percent(),
        }

    def __repr__(self) -> str:
        return f"<Certainty: {self.sentence()}>"

    def _repr_html_(self) -> str:
        return pd.Series(self._facts(), name="Certainty", dtype="object").to_frame().to_html()


_VERDICTS = ("together", "apart", "choice")
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
    return Certainty(
        plans=len(plans),
        ties=_ties(homes, graph, units, reasons or {}),
        units=table,
        municipalities=_survival(plans[0], homes, units, table),
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
