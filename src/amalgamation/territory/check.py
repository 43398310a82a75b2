"""The catalogue of checks on units: each returns findings, none raises.

In: units indexed by unit id. Out: findings in names and codes, all of them at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from amalgamation.findings import Finding, Severity, name_some
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "check_area",
    "check_geometry",
    "check_numbers",
    "check_parents",
    "check_population",
]

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_HUGE = 1e15
"""Above this, a float holds no single resident any more."""

_WRONG_UNIT = 5.0
"""Given area over drawn area, or the reverse, from which the unit must be another one."""


def check_geometry(
    geometry: gpd.GeoSeries, labels: Sequence[str], stage: str = ""
) -> list[Finding]:
    """Check that each geometry is there, not empty, finite, polygonal and valid.

    Parameters
    ----------
    geometry
        Indexed by unit id.
    labels
        How messages name each geometry, in the same order: ids may be missing or double.
    stage
        Added to the messages, such as ``" after projection"``.
    """
    shapes = np.asarray(geometry.array, dtype=object)
    ids, names = np.asarray(geometry.index), np.asarray(labels)
    return [
        Finding(
            check,
            f"unit {label}",
            _describe(check, shape) + stage,
            "a valid polygon or multipolygon",
            _geometry_remedy(check),
            subjects=(str(unit),),
        )
        for check, bad in _bad_shapes(shapes)
        for unit, label, shape in zip(ids[bad], names[bad], shapes[bad], strict=True)
    ]


def _bad_shapes(shapes: NDArray[np.object_]) -> list[tuple[str, NDArray[np.bool_]]]:
    # Each test looks only at what the tests before it have left.
    tests: tuple[tuple[str, Callable[[NDArray[np.object_]], NDArray[np.bool_]]], ...] = (
        ("geometry-absent", shapely.is_missing),
        ("geometry-empty", shapely.is_empty),
        ("geometry-kind", lambda some: ~np.isin(shapely.get_type_id(some), _POLYGONS)),
        ("geometry-endless", lambda some: ~np.isfinite(shapely.bounds(some)).all(axis=1)),
        ("geometry-invalid", lambda some: ~shapely.is_valid(some)),
    )
    left = np.ones(len(shapes), dtype=bool)
    found = []
    for check, test in tests:
        bad = left.copy()
        bad[left] = test(shapes[left])
        left &= ~bad
        found.append((check, bad))
    return found


def check_numbers(
    values: pd.Series[float], attribute: str, labels: Mapping[str, str], severity: Severity
) -> list[Finding]:
    """Check that numbers are there, finite, not huge and not negative."""
    numbers = values.to_numpy(np.float64)
    tests = (
        ("number-missing", np.isnan(numbers), "no number", "a number for each unit"),
        ("number-infinite", np.abs(numbers) > _HUGE, "numbers beyond 1e15", "finite numbers"),
        ("number-negative", numbers < 0, "negative numbers", "zero or more"),
    )
    return [
        _in_units(
            check, f"attribute {attribute}", _units(values, bad), labels, found, expected, severity
        )
        for check, bad, found, expected in tests
        if bad.any()
    ]


def check_population(values: pd.Series[float], labels: Mapping[str, str]) -> list[Finding]:
    """Check that somebody lives here; tell of units without residents and of fractions."""
    numbers = values.to_numpy(np.float64)
    if len(numbers) and not np.isnan(numbers).any() and not numbers.sum() > 0:
        return [
            Finding(
                "nobody",
                "attribute population",
                "zero residents in every unit",
                "at least some residents",
                "name the right column as territory.attributes.population",
            )
        ]
    tests = (
        ("no-residents", numbers == 0, "zero residents"),
        ("fractional", numbers % 1 > 0, "fractions of residents"),
    )
    return [
        _in_units(check, "attribute population", _units(values, bad), labels, found, "",
                  Severity.WARNING)
        for check, bad, found in tests
        if bad.any()
    ]  # fmt: skip


def check_area(given: pd.Series[float], drawn: pd.Series[float]) -> list[Finding]:
    """Check that given areas are in km2, as those of the polygons are."""
    total = float(given.sum())
    ratio = total / float(drawn.sum())
    if ratio <= 0 or 1 / _WRONG_UNIT < ratio < _WRONG_UNIT:
        return []
    return [
        Finding(
            "area-unit",
            "attribute area_km2",
            f"{total:,.0f} in all, {ratio:,.3g} times the {drawn.sum():,.0f} km2 of the polygons",
            "",
            "the column may be in another unit; without it, areas are computed",
            Severity.WARNING,
        )
    ]


def check_parents(parents: pd.Series[str], tier: str, labels: Mapping[str, str]) -> list[Finding]:
    """Check that each unit has a parent."""
    bad = (parents == "").to_numpy()
    if not bad.any():
        return []
    return [
        _in_units("parent-missing", f"tier {tier}", _units(parents, bad), labels, "no parent",
                  "a parent's code for each unit", Severity.ERROR)
    ]  # fmt: skip


def _describe(check: str, shape: shapely.Geometry) -> str:
    plain = {
        "geometry-absent": "no geometry",
        "geometry-empty": "an empty geometry",
        "geometry-endless": "coordinates that are not finite",
    }
    if check in plain:
        return plain[check]
    if check == "geometry-kind":
        return f"a {shape.geom_type}"
    nothing = ", area 0" if shape.area == 0 else ""
    return f"an invalid geometry: {shapely.is_valid_reason(shape)}{nothing}"


def _geometry_remedy(check: str) -> str:
    if check == "geometry-invalid":
        return "repair it in a GIS (QGIS: Fix geometries) and look at the result"
    return "give the unit a polygon, or delete it"


def _units(values: pd.Series, bad: NDArray[np.bool_]) -> list[str]:
    return [str(unit) for unit in values.index[bad]]


def _in_units(
    check: str,
    where: str,
    units: list[str],
    labels: Mapping[str, str],
    found: str,
    expected: str,
    severity: Severity,
) -> Finding:
    named = name_some([labels[unit] for unit in units])
    return Finding(
        check,
        where,
        f"{found} in {count_of(len(units), 'unit')}: {named}",
        expected,
        "correct the data" if severity is Severity.ERROR else "",
        severity,
        tuple(units),
    )
