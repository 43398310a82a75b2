"""The scorecard: what a plan is like, municipality by municipality and in all."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from amalgamation.measure.measures import Measure

__all__ = ["SHOWN", "Scorecard"]

SHOWN = (
    "municipalities",
    "place_bodies",
    "place_bodies_residents_mean",
    "population_mean",
    "population_median",
    "area_km2_mean",
    "population_gini",
    "area_km2_gini",
    "municipalities_below_5000",
    "residents_below_5000",
    "mean_km",
    "p90_km",
    "max_km",
    "mean_minutes",
    "p90_minutes",
    "max_minutes",
    "within_25_km",
    "within_50_km",
    "farther_than_rayon_percent",
    "transfer_gap",
    "self_standing",
    "self_standing_if_saved",
    "self_standing_equalised",
    "donors",
    "recipients",
    "cost_no_saving",
    "curve_cost",
    "place_bodies_cost",
    "one_off_cost",
    "municipalities_school_age_below_250",
    "capability_1_municipalities",
    "reock_mean",
    "border_cut_percent",
    "residents_of_one_natural_zone_percent",
    "residents_per_head",
    "council_seats",
    "rayon_whole",
    "rayon_cut",
    "rayon_changes_percent",
    "nations_below_population",
    "nations_below_area",
)
"""National measures that a summary shows; those that the data lack are left out."""

_AGAINST = re.compile(r"farther_than_(.+)_percent")


@dataclass(frozen=True)
class Scorecard:
    """Hold the measures of a plan.

    Parameters
    ----------
    municipalities
        Indexed by municipality id. Columns: ``seat_id``, ``name`` (the seat's, and
        ``name_..`` in other languages), ``seat_type``, the seat's parents, ``kind``
        (``urban``, ``mixed`` or ``rural``, see `measure_kind`), then one column per measure.
    national
        Indexed by measure. Columns ``title``, ``unit``, ``today``, ``plan`` and
        ``higher_is_better`` (missing where neither direction is better in itself).
    measures
        The catalogue's entries behind the columns of ``municipalities``.
    remarks
        Sentences on the plan and today that are no figures: the nations that they resemble.
    synthetic, notice
        Whether the data are made up, and the sentence that says so.
    notices
        What could not be measured, and why.
    """

    municipalities: pd.DataFrame
    national: pd.DataFrame
    measures: tuple[Measure, ...] = ()
    remarks: tuple[str, ...] = ()
    synthetic: bool = False
    notice: str = ""
    notices: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return all figures as one tidy table.

        Returns
        -------
        pandas.DataFrame
            Columns ``scope`` (``municipality``, ``today`` or ``plan``),
            ``municipality_id`` (empty for the national figures), ``measure``, ``value``,
            ``unit``.
        """
        names = {m.name: m.unit for m in self.measures if m.name in self.municipalities}
        single = self.municipalities[list(names)].astype("float64").reset_index()
        single = single.melt("municipality_id", var_name="measure", value_name="value")
        single = single.assign(scope="municipality", unit=single["measure"].map(names))
        wide = self.national.reset_index()[["measure", "unit", "today", "plan"]]
        whole = wide.melt(["measure", "unit"], var_name="scope", value_name="value")
        both = pd.concat([single, whole.assign(municipality_id="")], ignore_index=True)
        return both[["scope", "municipality_id", "measure", "value", "unit"]]

    @property
    def seats_today(self) -> tuple[str, ...]:
        """Whose seats of today the ways are held against: ``own``, and the lowest tier.

        Empty where that was not measured, as without residents.
        """
        matches = (_AGAINST.fullmatch(str(name)) for name in self.municipalities)
        return tuple(match[1] for match in matches if match)

    def where_most_lose(self, seat: str = "own", most: int = 10) -> pd.DataFrame:
        """Return the municipalities where most residents have a longer way than today.

        Parameters
        ----------
        seat
            Whose seat today's way leads to, one of `seats_today`: ``own`` (each unit's own),
            or the lowest tier, such as ``rayon``.
        most
            At most so many municipalities.

        Returns
        -------
        pandas.DataFrame
            Indexed by municipality id: name, how many lose, their share, and by how much on
            average; most residents first, nobody without losers.

        Raises
        ------
        KeyError
            If this was not measured, as without residents.

        Examples
        --------
        >>> import amalgamation as am
        >>> card = am.run("toy", overrides={"solve.processes": 1}).scorecard
        >>> list(card.where_most_lose(most=2))
        ['name', 'farther_than_own', 'farther_than_own_percent', 'growth_from_own_km']
        """
        table, many = self.municipalities, f"farther_than_{seat}"
        growth = [name for name in table if str(name).startswith(f"growth_from_{seat}_")]
        losing = table.loc[table[many] > 0, ["name", many, f"{many}_percent", *growth]]
        return losing.sort_values(many, ascending=False, kind="stable").head(most)

    @property
    def shown(self) -> pd.DataFrame:
        """The rows of ``national`` that a summary shows, in their order."""
        return self.national.loc[[name for name in self.national.index if name in SHOWN]]

    def _facts(self) -> dict[str, tuple[str, str]]:
        """Title -> today and plan as text: feeds every way of showing a scorecard."""
        return {
            _titled(row): (_figure(row["today"]), _figure(row["plan"]))
            for _, row in self.shown.iterrows()
        }

    def _lines(self) -> list[str]:
        return [line for line in (*self.remarks, self.notice, *self.notices) if line]

    def __repr__(self) -> str:
        facts = self._facts()
        wide = max((len(title) for title in facts), default=0)
        rows = [
            f"  {title:<{wide}}  {today:>12}  {plan:>12}" for title, (today, plan) in facts.items()
        ]
        head = f"<Scorecard: {len(self.municipalities):,} municipalities"
        names = f"  {'':<{wide}}  {'today':>12}  {'plan':>12}"
        return "\n".join([head, names, *rows, *(f"  {line}" for line in self._lines())]) + ">"

    def _repr_html_(self) -> str:
        table = pd.DataFrame(self._facts(), index=["today", "plan"]).T
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self._lines())
        return (
            f"<b>Scorecard</b>: {len(self.municipalities):,} municipalities{table.to_html()}{lines}"
        )


def _titled(row: pd.Series[Any]) -> str:
    return f"{row['title']} ({row['unit']})" if row["unit"] else str(row["title"])


def _figure(value: Any) -> str:
    if pd.isna(value):
        return "no data"
    whole = float(value).is_integer() or abs(value) >= 1000  # noqa: PLR2004
    return f"{value:,.0f}" if whole else f"{value:,.3g}"
