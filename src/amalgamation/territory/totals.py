"""Whether the units add up to what was published, in the unit that was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, Severity
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from amalgamation.scenario.schema import Total

__all__ = ["check_thousands", "check_totals"]

_FACTORS = (1000.0, 100.0, 1e6)
"""People and thousands of them, km2 and ha, km2 and m2."""

_NEAR = 0.2
_FEW = 0.5


def check_totals(
    table: pd.DataFrame, attributes: Sequence[str], totals: Mapping[str, Total]
) -> list[Finding]:
    """Check each attribute's sum against the published one.

    Parameters
    ----------
    table
        The units, with a column per attribute.
    attributes
        Names of the attributes.
    totals
        Attribute -> published sum and tolerance.
    """
    findings = []
    for attribute, total in totals.items():
        if attribute not in attributes:
            findings.append(_unknown(attribute, attributes))
            continue
        found = float(table[attribute].sum())
        if abs(found - total.sum) > 1e-9 * total.sum:
            findings.append(_differs(attribute, found, total))
    return findings


def _unknown(attribute: str, attributes: Sequence[str]) -> Finding:
    return Finding(
        "unknown-attribute",
        f"territory.totals.{attribute}",
        f"no attribute {attribute}",
        "an attribute of the units",
        nearest(attribute, sorted(attributes)),
        subjects=(attribute,),
    )


def _differs(attribute: str, found: float, total: Total) -> Finding:
    off = abs(found - total.sum) / total.sum * 100 if total.sum else float("inf")
    refused = off > total.tolerance_percent
    factor = _factor(found, total.sum)
    remedy = (
        f"the column seems to be in another unit ({factor:,.0f} to 1): convert it"
        if factor
        else "look for units that are absent or double, or correct the published sum"
    )
    return Finding(
        "total",
        f"territory.totals.{attribute}",
        f"{found:,.12g} in all units, {off:.3g} % off",
        f"{total.sum:,.12g}, within {total.tolerance_percent:g} %",
        remedy,
        Severity.ERROR if refused else Severity.WARNING,
    )


def _factor(found: float, published: float) -> float | None:
    low, high = sorted((found, published))
    if low <= 0:
        return None
    return next((one for one in _FACTORS if abs(high / low / one - 1) < _NEAR), None)


def check_thousands(population: pd.Series[float]) -> list[Finding]:
    """Tell of residents that seem to be counted in thousands: most units have a fraction."""
    if len(population) == 0 or (population % 1 > 0).mean() <= _FEW:
        return []
    return [
        Finding(
            "population-unit",
            "attribute population",
            f"{population.sum():,.6g} residents in all, fractions in most units: thousands?",
            "",
            "multiply the column by 1,000 if it is in thousands",
            Severity.WARNING,
        )
    ]
