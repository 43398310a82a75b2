"""Variants of a question: other seeds, weights, projections, and data that are not quite right."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from amalgamation.territory import Territory

__all__ = ["Variant", "change_territory"]


@dataclass(frozen=True)
class Variant:
    """Say how a question differs from the one that is asked.

    Parameters
    ----------
    name
        Names it in tables and files.
    overrides
        Dotted keys of the scenario and their values, such as ``{"aims.access": 0.5}``.
    disturb
        Attribute -> per cent by which its figures are uncertain: each is multiplied by a
        factor of its own that is lognormal, with mean 1 and this coefficient of variation.
    project
        Attribute -> column of the territory with other figures of it, such as a population
        that is expected.
    grow
        Attribute -> column of the territory with a factor for each unit.
    seed
        Of the disturbance.
    """

    name: str
    overrides: Mapping[str, Any] = field(default_factory=dict)
    disturb: Mapping[str, float] = field(default_factory=dict)
    project: Mapping[str, str] = field(default_factory=dict)
    grow: Mapping[str, str] = field(default_factory=dict)
    seed: int = 1

    @property
    def changes_data(self) -> bool:
        """Whether it asks for other figures of the units."""
        return bool(self.disturb or self.project or self.grow)


def change_territory(territory: Territory, variant: Variant) -> Territory:
    """Return the territory with the figures of a variant; projected, grown, then disturbed.

    Parameters
    ----------
    territory
        As it was read.
    variant
        The same variant gives the same figures.

    Raises
    ------
    InputError
        If an attribute or a column does not exist, a figure is below 0 or missing, or a per
        cent is not above 0.

    Notes
    -----
    The factors are ``exp(s * z - s**2 / 2)`` with z standard normal, in the order of the
    unit ids, and ``s = sqrt(log(1 + v**2))``, v the coefficient of variation.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(2, 2)
    >>> changed = change_territory(territory, Variant("a", disturb={"population": 5}))
    >>> bool((changed.values("population") != territory.values("population")).all())
    True
    """
    findings = _check(territory, variant)
    if findings:
        raise InputError(findings)
    units = territory.units.copy()
    for attribute, column in variant.project.items():
        units[attribute] = units[column].astype(np.float64)
    for attribute, column in variant.grow.items():
        units[attribute] = units[attribute] * units[column].astype(np.float64)
    random = np.random.default_rng(variant.seed)
    for attribute, percent in sorted(variant.disturb.items()):
        units[attribute] = units[attribute] * _factors(random, percent / 100, len(units))
    return replace(territory, units=units)


def _factors(random: np.random.Generator, variation: float, number: int) -> np.ndarray:
    spread = math.sqrt(math.log1p(variation**2))
    return np.exp(spread * random.standard_normal(number) - spread**2 / 2)


def _check(territory: Territory, variant: Variant) -> list[Finding]:
    known = sorted(territory.attributes)
    asked = [*variant.disturb, *variant.project, *variant.grow]
    findings = [_unknown("attribute", name, known) for name in asked if name not in known]
    columns = [str(name) for name in territory.units.columns if name != "geometry"]
    for name in (*variant.project.values(), *variant.grow.values()):
        if name not in columns:
            findings.append(_unknown("column", name, columns))
        else:
            findings += _check_figures(territory, name)
    for attribute, percent in variant.disturb.items():
        if not 0 < percent < math.inf:
            found, expected = f"{percent:g} %", "a per cent above 0"
            where = f"disturbance of {attribute}"
            findings.append(Finding("disturbance", where, found, expected, "correct it"))
    return findings


def _check_figures(territory: Territory, column: str) -> list[Finding]:
    figures = pd.to_numeric(territory.units[column], errors="coerce").astype(np.float64)
    bad = sorted(figures.index[~((figures >= 0) & np.isfinite(figures))])
    if not bad:
        return []
    found = f"{len(bad):,} units without a figure of at least 0, such as {territory.labels[bad[0]]}"
    remedy = "complete the column, or name another"
    subjects = tuple(map(str, bad))
    expected = "a figure for each unit"
    where = f"column {column}"
    return [Finding("figures", where, found, expected, remedy, subjects=subjects)]


def _unknown(what: str, name: str, known: Collection[str]) -> Finding:
    where = f"variant, {what}"
    return Finding(f"unknown-{what}", where, name, f"{what} of the units", nearest(name, [*known]))
