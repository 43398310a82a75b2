"""Measure a plan: every measure of the catalogue, for the plan and for today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.graph import distance_to_seat
from amalgamation.measure.catalogue import municipality_measures, national_measures
from amalgamation.measure.outside import percent_outside
from amalgamation.measure.scorecard import Scorecard
from amalgamation.measure.subject import Subject
from amalgamation.measure.thresholds import THRESHOLDS
from amalgamation.plan import Plan
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.graph import UnitGraph
    from amalgamation.measure.measures import Measure, NationalMeasure
    from amalgamation.territory import Territory

__all__ = ["build_today", "measure_plan"]

_HALF = 50.0
_NAMES = re.compile(r"name(_[a-z]{2,3})?")  # name_kk is a language, name_origin is none


def build_today(territory: Territory) -> Plan:
    """Build the plan in which every unit is a municipality by itself, and its own seat.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> build_today(grid_territory(2, 2))
    <Plan: 4 units in 4 municipalities>
    """
    return Plan.from_seats({unit: unit for unit in territory.ids})


def measure_plan(
    plan: Plan,
    territory: Territory,
    graph: UnitGraph,
    *,
    thresholds: Sequence[float] = THRESHOLDS,
) -> Scorecard:
    """Measure a plan, with today beside it.

    Parameters
    ----------
    plan
        A plan of the territory's units; it need not keep any rule.
    territory
        The units and their attributes.
    graph
        Where the distances to the seats come from.
    thresholds
        Residents, for the shares of municipalities and residents below and from each.

    Returns
    -------
    Scorecard
        Measures that the data do not allow are left out, and ``notices`` says so.

    Raises
    ------
    DataError
        If the plan does not cover exactly the units of the territory.

    Examples
    --------
    >>> from pathlib import Path
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.scenario.schema import Graph
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(2, 3)
    >>> graph = build_graph(territory, Graph(), Path())
    >>> plan = Plan.from_seats({unit: unit[:4] + "01" for unit in territory.ids})
    >>> card = measure_plan(plan, territory, graph)
    >>> card.national.loc["max_km", ["today", "plan"]].to_list()
    [0.0, 10.0]
    """
    findings = _check_cover(plan, territory)
    if findings:
        raise DataError(findings)
    subject = _subject(plan, territory, graph)
    today = _subject(build_today(territory), territory, graph)
    measures = municipality_measures(territory.attributes, graph.distance_unit)
    national = national_measures(graph.distance_unit, thresholds)
    known = [measure for measure in measures if not _absent(measure, territory)]
    summed = [measure for measure in national if not _absent(measure, territory)]
    return Scorecard(
        municipalities=_municipalities(subject, known),
        national=_national(today, subject, summed),
        measures=tuple(known),
        synthetic=territory.synthetic,
        notice=territory.notice,
        notices=tuple(_notices(subject, [*measures, *national])),
    )


def _subject(plan: Plan, territory: Territory, graph: UnitGraph) -> Subject:
    """Keep the units outside apart, so that no measure of municipalities meets them."""
    seats = {unit: plan.seat_of_unit(unit) for unit in plan.municipality_of}
    inside, outside = territory, None
    if plan.outside:
        inside, outside = territory.only(plan.municipality_of), territory.only(plan.outside)
    distance = distance_to_seat(graph, seats)
    return Subject(plan, inside, distance, graph.distance_unit, outside)


def _absent(measure: Measure | NationalMeasure, territory: Territory) -> list[str]:
    known = {*territory.attributes, *territory.units.columns.intersection(["type"])}
    return [need for need in measure.needs if need not in known]


def _municipalities(subject: Subject, measures: Sequence[Measure]) -> pd.DataFrame:
    table = _who(subject)
    for measure in measures:
        table[measure.name] = measure.compute(subject)
    if "urban_percent" in table and table["urban_percent"].isna().all():
        return table.drop(columns="urban_percent")
    if "urban_percent" in table:
        urban = np.where(table["urban_percent"] > _HALF, "urban", "rural")
        kind = pd.Series(urban, table.index).where(table["urban_percent"].notna())
        table.insert(list(table.columns).index("units"), "kind", kind)
    return table


def _who(subject: Subject) -> pd.DataFrame:
    """Tell who each municipality is: its seat, the seat's names, type and parents."""
    units = subject.territory.units
    names = [str(name) for name in units.columns if _NAMES.fullmatch(str(name))]
    shown = [*names, *units.columns.intersection(["type"]), *subject.territory.tiers]
    table = pd.DataFrame(units)[shown].reindex(subject.seats.to_list()).set_axis(subject.index)
    table.insert(0, "seat_id", subject.seats)
    return table.rename(columns={"type": "seat_type"})


def _national(today: Subject, plan: Subject, measures: Sequence[NationalMeasure]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "measure": measure.name,
            "title": measure.title,
            "unit": measure.unit,
            "today": measure.compute(today),
            "plan": measure.compute(plan),
            "higher_is_better": measure.higher_is_better,
        }
        for measure in measures
    ]
    table = pd.DataFrame(rows).set_index("measure")
    # three-valued: better, worse, neither; pandas would make a float of it
    table["higher_is_better"] = table["higher_is_better"].astype("boolean")
    return table


def _notices(subject: Subject, measures: Sequence[Measure | NationalMeasure]) -> list[str]:
    territory = subject.territory
    lacking: dict[str, list[str]] = {}
    for measure in measures:
        for need in _absent(measure, territory):
            lacking.setdefault(need, []).append(measure.name)
    lines = [
        f"{territory.name} has no {need}: not measured: {name_some(list(dict.fromkeys(names)))}"
        for need, names in lacking.items()
    ]
    for attribute in territory.attributes:
        blank = territory.units.index[territory.units[attribute].isna()].to_list()
        if blank:
            lines.append(
                f"{attribute}: {len(blank)} units without a value ({name_some(blank)}): "
                f"their municipalities, and the national figures, have none either"
            )
    if subject.plan.outside:
        lines.append(_outside_line(subject))
    far = subject.distance.index[~np.isfinite(subject.distance)].to_list()
    if far:
        lines.append(f"{len(far)} units cannot reach their seat: {name_some(sorted(far))}")
    return lines


def _outside_line(subject: Subject) -> str:
    left = subject.plan.outside
    words = {"population": "residents", "area_km2": "the area"}
    shares = [
        f"{percent_outside(subject, attribute):.1f} % of {word}"
        for attribute, word in words.items()
        if subject.has(attribute)
    ]
    units = f"{count_of(len(left), 'unit')} outside every municipality"
    told = f" ({', '.join(shares)})" if shares else ""
    return f"{units}{told}: {name_some(left)}"


def _check_cover(plan: Plan, territory: Territory) -> list[Finding]:
    planned, known = {*plan.municipality_of, *plan.outside}, set(territory.ids)
    cases = (
        ("unit-unassigned", sorted(known - planned), "not in the plan", "add a row for each"),
        ("unit-unknown", sorted(planned - known), "not in the territory", "delete their rows"),
    )
    return [
        Finding(
            check,
            f"plan of {territory.name}",
            f"{len(units)} units {what}: {name_some(units)}",
            f"each of the {len(known):,} units once",
            remedy,
            subjects=tuple(units),
        )
        for check, units, what, remedy in cases
        if units
    ]
