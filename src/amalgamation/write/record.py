"""What a run leaves behind, and ``run.json``, which says how it came about."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from amalgamation.provenance import versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from amalgamation.findings import Finding
    from amalgamation.graph import UnitGraph
    from amalgamation.measure import Scorecard
    from amalgamation.plan import Plan
    from amalgamation.provenance import Source
    from amalgamation.scenario.schema import Scenario
    from amalgamation.status import Certificate
    from amalgamation.territory import Territory

__all__ = ["RECORD_FORMAT", "RunRecord", "write_record"]

RECORD_FORMAT = 1
"""Version of the layout of ``run.json``."""


@dataclass(frozen=True)
class RunRecord:
    """Hold all that a run folder is written from.

    Parameters
    ----------
    scenario, plan, territory, graph, scorecard
        The question and what came of it.
    certificate
        Status, cost and bound; None where nothing was solved.
    inputs
        Files read, with hashes.
    checks
        Names of the checks that the plan passed; none of a measured plan that breaks a rule.
    notices
        Sentences that the reader of the folder must know.
    formats
        Names from `FORMATS`; a format that the data do not allow is left out, and
        ``run.json`` says so.
    findings
        What was found on the way, as the notices say it, with the units concerned.
    polygons
        The municipalities, on their ids; None has them dissolved where they are needed.
    fills
        Municipality id -> colour (``#rrggbb``) that no neighbour has; may be empty.
    map_svg
        The map as SVG; None leaves it out.
    map_png
        The picture for ``map.png``, drawn by the show room; None leaves it out.
    frontier_png
        Likewise for ``frontier.png``.
    report_html
        Likewise the text of ``report.html``.
    nations_png
        Likewise for ``nations.png``.
    reasons
        Table of ``reasons.csv``, worked out by the explain room; None leaves it out.
    """

    scenario: Scenario
    plan: Plan
    territory: Territory
    graph: UnitGraph
    scorecard: Scorecard
    certificate: Certificate | None = None
    inputs: tuple[Source, ...] = ()
    checks: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("csv", "geojson", "gpkg", "png")
    findings: tuple[Finding, ...] = ()
    polygons: gpd.GeoSeries | None = None
    fills: Mapping[str, str] = field(default_factory=dict)
    map_svg: bytes | None = None
    map_png: bytes | None = None
    frontier_png: bytes | None = None
    report_html: str | None = None
    nations_png: bytes | None = None
    reasons: pd.DataFrame | None = None

    @property
    def has_frontier(self) -> bool:
        """Whether there is a line of numbers to tell of: one point is the plan itself."""
        return self.certificate is not None and len(self.certificate.frontier) > 1


def write_record(path: Path, record: RunRecord) -> None:
    """Write ``run.json``: scenario, certificate, units outside, inputs, versions, notices.

    Infinite and unknown numbers become null. The frontier is left to ``frontier.csv``.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    content = {
        "format": RECORD_FORMAT,
        "scenario": record.scenario.model_dump(mode="json", by_alias=True),
        "certificate": _certificate(record.certificate),
        "outside": list(record.plan.outside),
        "inputs": [asdict(source) for source in record.inputs],
        "versions": versions() | dict(record.certificate.versions if record.certificate else {}),
        "checks": list(record.checks),
        "notices": list(record.notices),
    }
    text = json.dumps(_clean(content), ensure_ascii=False, allow_nan=False, indent=2)
    path.write_bytes(f"{text}\n".encode())


def _certificate(certificate: Certificate | None) -> dict[str, Any] | None:
    if certificate is None:
        return None
    return {
        "status": str(certificate.status),
        "cost": certificate.cost,
        "bound": certificate.bound,
        "gap": certificate.gap,
        "assumptions": list(certificate.assumptions),
        "seed": certificate.seed,
        "seconds": round(certificate.seconds, 3),
        "peak_mb": round(certificate.peak_mb, 1),
        "aims": [asdict(aim) for aim in certificate.aims],
        "caps": [asdict(cap) for cap in certificate.caps],
        "stages": [asdict(stage) | {"gap": stage.gap} for stage in certificate.stages],
        "blocks": [asdict(block) | {"gap": block.gap} for block in certificate.blocks],
    }


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    # every digit stays: the verifier recomputes these very numbers
    return None if isinstance(value, float) and not math.isfinite(value) else value
