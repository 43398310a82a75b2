"""Measure a plan: every measure of the catalogue, for the plan and for today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.measure.bodies import body_notices
from amalgamation.measure.capability import measure_level
from amalgamation.measure.catalogue import municipality_measures, national_measures
from amalgamation.measure.composition import measure_kind
from amalgamation.measure.context import Context
from amalgamation.measure.nations import nation_remarks
from amalgamation.measure.notices import build_notices, find_absent, find_known
from amalgamation.measure.scorecard import Scorecard
from amalgamation.measure.subject import Subject
from amalgamation.scenario.schema import ScorecardSection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.graph import UnitGraph
    from amalgamation.measure.measures import Measure, NationalMeasure
    from amalgamation.plan import Plan
    from amalgamation.territory import Territory

__all__ = ["measure_plan"]

_NAMES = re.compile(r"name(_[a-z]{2,3})?")  # name_kk is a language, name_origin is none


def measure_plan(
    plan: Plan,
    territory: Territory,
    graph: UnitGraph,
    *,
    parameters: ScorecardSection | None = None,
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
    parameters
        The section ``scorecard`` of a scenario; None takes its defaults.

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
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(2, 3)
    >>> graph = build_graph(territory)
    >>> plan = Plan.from_seats({unit: unit[:4] + "01" for unit in territory.ids})
    >>> card = measure_plan(plan, territory, graph)
    >>> card.national.loc["max_km", ["today", "plan"]].to_list()
    [0.0, 10.0]
    """
    findings = _check_cover(plan, territory)
    if findings:
        raise DataError(findings)
    subject = Subject(plan, territory, graph)
    context = Context.from_territory(territory, graph, parameters or ScorecardSection())
    measures, national = municipality_measures(context), national_measures(context)
    there = find_known(territory)
    known = [measure for measure in measures if not find_absent(measure, there)]
    summed = [measure for measure in national if not find_absent(measure, there)]
    table = _national(subject, summed)
    return Scorecard(
        municipalities=_municipalities(subject, known, context.parameters),
        national=table,
        measures=tuple(known),
        synthetic=territory.synthetic,
        notice=territory.notice,
        remarks=nation_remarks(table),
        notices=(*build_notices(subject, [*measures, *national]), *body_notices(context)),
    )


def _municipalities(
    subject: Subject, measures: Sequence[Measure], parameters: ScorecardSection
) -> pd.DataFrame:
    table = _who(subject)
    for measure in measures:
        table[measure.name] = measure.compute(subject)
    if "urban_percent" in table:
        table.insert(list(table.columns).index("units"), "kind", measure_kind(subject))
    if "capability_points" in table:
        table["capability_level"] = measure_level(table["capability_points"], parameters.scheme)
    return table


def _who(subject: Subject) -> pd.DataFrame:
    """Tell who each municipality is: its seat, the seat's names, type and parents."""
    units = subject.territory.units
    names = [str(name) for name in units.columns if _NAMES.fullmatch(str(name))]
    shown = [*names, *units.columns.intersection(["type"]), *subject.territory.tiers]
    table = pd.DataFrame(units)[shown].reindex(subject.seats.to_list()).set_axis(subject.index)
    table.insert(0, "seat_id", subject.seats)
    return table.rename(columns={"type": "seat_type"})


def _national(subject: Subject, measures: Sequence[NationalMeasure]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "measure": measure.name,
            "title": measure.title,
            "unit": measure.unit,
            "today": measure.compute(subject.today),
            "plan": measure.compute(subject),
            "higher_is_better": measure.higher_is_better,
        }
        for measure in measures
    ]
    table = pd.DataFrame(rows).set_index("measure")
    # three-valued: better, worse, neither; pandas would make a float of it
    table["higher_is_better"] = table["higher_is_better"].astype("boolean")
    return table


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
