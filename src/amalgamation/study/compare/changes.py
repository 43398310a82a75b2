"""Who changes municipality from one plan to others of the same units.

In: named plans, the first among them, and the territory where it is known. Out: `Changes`:
unit by unit, by rayon or oblast, and in all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.language import ENGLISH
from amalgamation.study.compare.matching import find_changing, match_municipalities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.language import Speech
    from amalgamation.plan import Plan
    from amalgamation.territory import Territory

__all__ = ["Changes", "build_changes", "residents_of"]


@dataclass(frozen=True, repr=False)
class Changes:
    """Hold who changes municipality against the first of several plans.

    Parameters
    ----------
    first
        Label of the plan that the others are held against.
    others
        Labels of the others, in their order.
    units
        Indexed by unit id: ``name``, a column of codes per tier, ``population`` (what of
        these is known); then of each plan ``LABEL.municipality_id`` and ``LABEL.seat_id``,
        and of each other one ``LABEL.counterpart`` (the municipality of the first that its
        municipality goes on as; empty for a new one) and ``LABEL.changes``.
    tiers
        Columns of ``units`` with codes of parents, the smallest parents first.
    parent_names, parent_names_in
        Tier -> code -> name; and language -> the same, where the data have names in it.
    new, gone
        Label -> how many municipalities are new, and how many of the first do not go on.
    synthetic
        Whether the data are made up.
    """

    first: str
    others: tuple[str, ...]
    units: pd.DataFrame
    tiers: tuple[str, ...] = ()
    parent_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parent_names_in: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    synthetic: bool = False

    @property
    def by_residents(self) -> bool:
        """Whether residents are known; else shares are of units."""
        return "population" in self.units

    def changing(self, label: str) -> tuple[str, ...]:
        """Return the units that change municipality in a plan, sorted."""
        return tuple(self.units.index[self.units[f"{label}.changes"]])

    @property
    def summary(self) -> pd.DataFrame:
        """A row per other plan: ``units``, ``residents``, ``percent``, ``new``, ``gone``.

        ``percent`` is of residents, or of units where residents are not known; then
        ``residents`` is missing.
        """
        rows = {
            label: {
                **self._count(self.units, label),
                "new": self.new[label],
                "gone": self.gone[label],
            }
            for label in self.others
        }
        columns = ["units", "residents", "percent", "new", "gone"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("run")

    def by(self, tier: str, language: str | None = None) -> pd.DataFrame:
        """Return who changes in each parent of a tier.

        Parameters
        ----------
        tier
            One of ``tiers``.
        language
            Of the parents' names, where the data have them in it.

        Returns
        -------
        pandas.DataFrame
            Indexed by the parent's code: ``name``, ``units``, ``residents``; then of each
            other plan ``LABEL.units``, ``LABEL.residents`` and ``LABEL.percent`` that change.

        Raises
        ------
        KeyError
            If there is no such tier.
        """
        if tier not in self.tiers:
            raise KeyError(tier)
        own = self.parent_names_in.get(language or "", {}).get(tier, {})
        names = {**self.parent_names.get(tier, {}), **own}
        rows = {
            str(code): {"name": names.get(str(code), str(code)), **self._row(inside)}
            for code, inside in self.units.groupby(tier, sort=True)
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis(tier)

    def to_csv(self) -> str:
        """Return ``units`` as CSV; a change is 1, none is 0, synthetic data marked in a column."""
        table = self.units.copy()
        for label in self.others:
            table[f"{label}.changes"] = table[f"{label}.changes"].astype(int)
        return _marked(table, synthetic=self.synthetic)

    def parents_to_csv(self) -> str:
        """Return `by` of every tier as one CSV: a row per parent; the tier stands first."""
        tables = [self.by(tier).rename_axis("code").reset_index() for tier in self.tiers]
        for tier, table in zip(self.tiers, tables, strict=True):
            table.insert(0, "tier", tier)
        whole = pd.concat(tables) if tables else pd.DataFrame(columns=["tier", "code"])
        return _marked(whole.set_index(["tier", "code"]), synthetic=self.synthetic)

    def _row(self, inside: pd.DataFrame) -> dict[str, Any]:
        residents = float(inside["population"].sum()) if self.by_residents else math.nan
        row: dict[str, Any] = {"units": len(inside), "residents": residents}
        for label in self.others:
            counts = self._count(inside, label)
            row |= {f"{label}.{name}": value for name, value in counts.items()}
        return row

    def _count(self, inside: pd.DataFrame, label: str) -> dict[str, float]:
        moved = inside[inside[f"{label}.changes"]]
        if not self.by_residents:
            percent = 100 * len(moved) / len(inside)
            return {"units": len(moved), "residents": math.nan, "percent": percent}
        gone, total = float(moved["population"].sum()), float(inside["population"].sum())
        percent = 100 * gone / total if total > 0 else 100 * len(moved) / len(inside)
        return {"units": len(moved), "residents": gone, "percent": percent}

    def sentences(self, speech: Speech = ENGLISH) -> list[str]:
        """Return in words how many change, plan by plan."""
        key = "residents_change" if self.by_residents else "units_change"
        return [
            speech.say(
                f"command.compare.{key}",
                run=str(label),
                first=self.first,
                number=float(row["units"]),
                units=float(len(self.units)),
                residents=float(row["residents"]),
                percent=speech.number(float(row["percent"]), ".3g"),
            )
            for label, row in self.summary.iterrows()
        ]

    def __repr__(self) -> str:
        made_up = " (synthetic data)" if self.synthetic else ""
        return "\n".join([f"<Changes against {self.first}{made_up}", *self.sentences()]) + ">"

    def _repr_html_(self) -> str:
        return str(self.summary.to_html(float_format="{:,.4g}".format))


def residents_of(territory: Territory | None) -> dict[str, float] | None:
    """Return unit id -> residents; None where they are not known."""
    if territory is None or "population" not in territory.attributes:
        return None
    values = territory.values("population")
    return dict(zip(territory.ids, values.to_list(), strict=True))


def build_changes(
    first: str, plans: Mapping[str, Plan], territory: Territory | None = None
) -> Changes:
    """Build who changes municipality against the first of several plans.

    Parameters
    ----------
    first
        Label of the plan that the others are held against.
    plans
        Label -> plan, all of the same units.
    territory
        Names, parents and residents of the units; None where they are not known.

    Examples
    --------
    >>> from amalgamation.measure import build_today
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 3)
    >>> rows = Plan.from_seats({unit: "r00c01" for unit in territory.ids})
    >>> build_changes("today", {"today": build_today(territory), "one": rows}, territory)
    <Changes against today (synthetic data)
    one against today: 6,778 residents (56.4 %) of 2 of 3 units change municipality>
    """
    residents = residents_of(territory)
    matched = {
        label: match_municipalities(plans[first], plan, residents)
        for label, plan in plans.items()
        if label != first
    }
    table = _who(plans[first], territory)
    for label, plan in plans.items():
        _add(table, label, plan)
        if label != first:
            homes = table[f"{label}.municipality_id"]
            table[f"{label}.counterpart"] = homes.map(matched[label]).fillna("")
            moved = find_changing(plans[first], plan, matched[label])
            table[f"{label}.changes"] = table.index.isin(moved)
    return Changes(
        first,
        tuple(matched),
        table,
        _tiers(territory),
        {} if territory is None else territory.parent_names,
        {} if territory is None else territory.parent_names_in,
        {label: len(plans[label].seat_of) - len(pairs) for label, pairs in matched.items()},
        {label: len(plans[first].seat_of) - len(pairs) for label, pairs in matched.items()},
        synthetic=territory is not None and territory.synthetic,
    )


def _who(plan: Plan, territory: Territory | None) -> pd.DataFrame:
    ids = sorted([*plan.municipality_of, *plan.outside])
    if territory is None:
        return pd.DataFrame(index=pd.Index(ids, name="unit_id"))
    known = [name for name in ("name", *_tiers(territory), "population") if name in territory.units]
    return pd.DataFrame(territory.units[known]).reindex(ids).rename_axis("unit_id")


def _add(table: pd.DataFrame, label: str, plan: Plan) -> None:
    homes = pd.Series(table.index, table.index).map(dict(plan.municipality_of)).fillna("")
    table[f"{label}.municipality_id"] = homes
    table[f"{label}.seat_id"] = homes.map(dict(plan.seat_of)).fillna("")


def _tiers(territory: Territory | None) -> tuple[str, ...]:
    if territory is None:
        return ()
    counts = {tier: territory.units[tier].nunique() for tier in territory.tiers}
    return tuple(sorted(counts, key=lambda tier: (-counts[tier], tier)))


def _marked(table: pd.DataFrame, *, synthetic: bool) -> str:
    marked = table.assign(synthetic=True) if synthetic else table
    return str(marked.to_csv(lineterminator="\n", float_format="%.12g"))
