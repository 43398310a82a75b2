"""A flaw: a finding about polygons, and where on the map it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.findings import Finding, Severity, name_some

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import shapely

__all__ = ["FLAWS", "Flaw", "tell_flaws"]

_Words = tuple[str, str, str, Severity]

FLAWS: Mapping[str, _Words] = {
    "geometry-invalid": (
        "polygons that cross themselves",
        "valid polygons",
        "repair them in a GIS, or ask for territory.repair.make_valid",
        Severity.ERROR,
    ),
    "geometry-twice": (
        "units that share one polygon",
        "a polygon of its own for each unit",
        "delete the doubles",
        Severity.ERROR,
    ),
    "overlap": (
        "units that cover the same place",
        "each place in one unit, but for territory.max_overlap_percent of the smaller",
        "correct them, ask for territory.repair.overlaps, or raise territory.max_overlap_percent",
        Severity.ERROR,
    ),
    "covered": (
        "units that lie inside another one, which has no hole for them",
        "each place in one unit",
        "cut the inner one out, keep units of one tier only, or ask for territory.repair.overlaps",
        Severity.ERROR,
    ),
    "overlap-small": (
        "units that cover the same place by no more than territory.max_overlap_percent",
        "one border, drawn once",
        "correct the polygons, or ask for territory.repair.overlaps",
        Severity.WARNING,
    ),
    "gap-sliver": (
        "narrow gaps or tiny holes between units",
        "one border, drawn once",
        "close them, ask for territory.repair.snap_m, or raise graph.ties.tolerance_m above it",
        Severity.WARNING,
    ),
    "near-miss": (
        "borders that run close but tie nobody",
        "one border, drawn once",
        "close the gap, raise graph.ties.tolerance_m, or declare a link",
        Severity.WARNING,
    ),
    "island": (
        "units with no tie to any other",
        "",
        "declare a link, or choose graph.islands: nearest",
        Severity.WARNING,
    ),
    "gap": ("holes in the territory that no unit covers", "", "", Severity.NOTE),
    "enclave": ("units that one other unit surrounds", "", "", Severity.NOTE),
    "multipart": (
        "units in several parts",
        "",
        "a unit is one piece of a plan, wherever its parts lie (territory.multipart)",
        Severity.NOTE,
    ),
}
"""Check -> what it found, what was expected, what to do, and how grave it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Flaw:
    """Hold what is wrong, or worth knowing, at one place of the map.

    Parameters
    ----------
    check
        A name from `FLAWS`.
    units
        Ids of the units concerned, sorted.
    named
        The one place in words: units, area in km2, mean width in metres.
    geometry
        The place, in the CRS of the units.
    area_km2, width_m
        Its area, and its mean width (twice the area over the perimeter); 0 for lines.
    """

    check: str
    units: tuple[str, ...]
    named: str
    geometry: shapely.Geometry
    area_km2: float = 0.0
    width_m: float = 0.0

    def finding(self) -> Finding:
        """Return the flaw as a finding of its own."""
        _, expected, remedy, severity = FLAWS[self.check]
        return Finding(self.check, "geometry", self.named, expected, remedy, severity, self.units)


def tell_flaws(flaws: Iterable[Flaw]) -> list[Finding]:
    """Return one finding for each kind of flaw, the greatest first, with all units concerned."""
    kinds: dict[str, list[Flaw]] = {}
    for flaw in flaws:
        kinds.setdefault(flaw.check, []).append(flaw)
    told = []
    for check in (check for check in FLAWS if check in kinds):
        found, expected, remedy, severity = FLAWS[check]
        some = sorted(kinds[check], key=lambda flaw: (-flaw.area_km2, flaw.units))
        units = sorted({unit for flaw in some for unit in flaw.units})
        listed = name_some([flaw.named for flaw in some])
        text = f"{found} ({len(some):,}): {listed}"
        told.append(Finding(check, "geometry", text, expected, remedy, severity, tuple(units)))
    return told
