"""The units and municipalities of a report, column by column.

In: the subject of a report. Out: what JSON holds: arrays in the order of the unit ids,
where units, municipalities and parents are meant by their position.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.measure.polygons import build_municipality_polygons
from amalgamation.show.colours import colour_neighbours
from amalgamation.show.report.figures import to_figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.show.report.subject import ReportSubject
    from amalgamation.territory import Territory

__all__ = ["build_municipalities", "build_units"]

_LANGUAGE = re.compile(r"name_([a-z]{2})")


def build_units(subject: ReportSubject) -> dict[str, Any]:
    """Build the columns of the units.

    Returns
    -------
    dict
        ``id``, ``name``, ``names`` (language -> names), ``type``, ``tiers`` (tier -> codes,
        names as of units, and each unit's position in them), ``values`` (attribute ->
        numbers), ``words`` (category -> words), ``home`` (position of the municipality; -1
        outside).
    """
    units, territory = subject.territory.units, subject.territory
    homes = {name: at for at, name in enumerate(subject.plan.seat_of)}
    home_of = subject.plan.municipality_of
    return {
        "id": list(territory.ids),
        "name": _texts(units["name"]),
        "names": {
            match[1]: _texts(units[column])
            for column in units.columns
            if (match := _LANGUAGE.fullmatch(str(column)))
        },
        "type": _texts(units["type"]) if "type" in units.columns else None,
        "tiers": {tier: _tier(territory, tier) for tier in territory.tiers},
        "values": {name: _numbers(territory.values(name)) for name in territory.attributes},
        "words": {name: _texts(units[name]) for name in _categories(subject)},
        "home": [homes[home_of[unit]] if unit in home_of else -1 for unit in territory.ids],
    }


def _categories(subject: ReportSubject) -> list[str]:
    rules, aims = subject.scenario.rules, subject.scenario.aims
    classes = [rule.by for rule in rules.ranges.values() if rule.by is not None]
    return sorted({*rules.like, *classes, *aims.heterogeneity})


def _tier(territory: Territory, tier: str) -> dict[str, Any]:
    codes = sorted(territory.units[tier].unique())
    position = {code: at for at, code in enumerate(codes)}
    return {
        "code": codes,
        "name": [territory.parent_name(tier, code) for code in codes],
        "names": {
            language: [names.get(tier, {}).get(code, "") for code in codes]
            for language, names in territory.parent_names_in.items()
        },
        "of": [position[code] for code in territory.units[tier]],
    }


def build_municipalities(subject: ReportSubject) -> dict[str, Any]:
    """Build the columns of the municipalities, in the order of their ids.

    Returns
    -------
    dict
        ``id``, ``seat`` (position of a unit), ``colour`` (neighbours never share one) and
        ``measures`` (name -> numbers, of every measure of the scorecard).
    """
    seats, table = subject.plan.seat_of, subject.scorecard.municipalities
    position = {unit: at for at, unit in enumerate(subject.territory.ids)}
    return {
        "id": list(seats),
        "seat": [position[seat] for seat in seats.values()],
        "colour": _colours(subject),
        "measures": {
            measure.name: _numbers(table[measure.name])
            for measure in subject.scorecard.measures
            if measure.name in table and pd.api.types.is_numeric_dtype(table[measure.name])
        },
    }


def _colours(subject: ReportSubject) -> list[int]:
    if not subject.territory.has_geometry:
        return [0] * len(subject.plan.seat_of)
    polygons = build_municipality_polygons(subject.territory.geometry, subject.plan)
    return [int(number) for number in colour_neighbours(polygons)]


def _texts(cells: pd.Series[Any]) -> list[str]:
    return ["" if pd.isna(cell) else str(cell) for cell in cells]


def _numbers(cells: Iterable[Any]) -> list[float | int | None]:
    return [to_figure(cell) for cell in cells]
