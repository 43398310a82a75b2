"""What could not be measured, and why: data that is lacking is said, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from amalgamation.findings import name_some
from amalgamation.measure.composition import KNOWN_TYPES, TYPES_NEEDED
from amalgamation.measure.outside import percent_outside
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.measure.measures import Measure, NationalMeasure
    from amalgamation.measure.subject import Subject
    from amalgamation.territory import Territory

__all__ = ["build_notices", "find_absent", "find_known"]


def find_known(territory: Territory) -> frozenset[str]:
    """Return all that a measure may need and that a territory has."""
    known = {*territory.attributes, *territory.tiers, *territory.categories}
    if territory.has_geometry:
        known.add("geometry")
    if "type" in territory.units and territory.units["type"].isin(KNOWN_TYPES).any():
        known.add(TYPES_NEEDED)
    return frozenset(known)


def find_absent(measure: Measure | NationalMeasure, there: frozenset[str]) -> list[str]:
    """Return what a measure needs and is not there, in the order of its needs."""
    return [need for need in measure.needs if need not in there]


def build_notices(subject: Subject, measures: Sequence[Measure | NationalMeasure]) -> list[str]:
    """Say in sentences which data the territory lacks, and which measures fail for it."""
    lines = [
        *_lacking(subject.territory, measures),
        *_blank(subject.territory),
        *_assumed(subject.territory),
        *_outside(subject),
    ]
    far = subject.distance.index[~np.isfinite(subject.distance)].to_list()
    if far:
        lines.append(f"{len(far)} units cannot reach their seat: {name_some(sorted(far))}")
    return lines


def _lacking(territory: Territory, measures: Sequence[Measure | NationalMeasure]) -> list[str]:
    lacking: dict[str, list[str]] = {}
    there = find_known(territory)
    for measure in measures:
        for need in find_absent(measure, there):
            lacking.setdefault(need, []).append(measure.name)
    return [
        f"{territory.name} has no {need}: not measured: {name_some(list(dict.fromkeys(names)))}"
        for need, names in lacking.items()
    ]


def _blank(territory: Territory) -> list[str]:
    lines = []
    for attribute in territory.attributes:
        blank = territory.units.index[territory.units[attribute].isna()].to_list()
        if blank:
            lines.append(
                f"{attribute}: {len(blank)} units without a value ({name_some(blank)}): "
                f"their municipalities, and the national figures, have none either"
            )
    return lines


def _assumed(territory: Territory) -> list[str]:
    if not territory.tiers or "population" not in territory.attributes:
        return []
    tiers = ", ".join(territory.tiers)
    return [f"seats today ({tiers}): data name none, so the most populous unit of each is taken"]


def _outside(subject: Subject) -> list[str]:
    left = subject.plan.outside
    if not left:
        return []
    words = {"population": "residents", "area_km2": "the area"}
    shares = [
        f"{percent_outside(subject, attribute):.1f} % of {word}"
        for attribute, word in words.items()
        if subject.has(attribute)
    ]
    units = f"{count_of(len(left), 'unit')} outside every municipality"
    told = f" ({', '.join(shares)})" if shares else ""
    return [f"{units}{told}: {name_some(left)}"]
