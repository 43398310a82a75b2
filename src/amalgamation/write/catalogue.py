"""The catalogue of formats: which files each gives, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.measure.polygons import build_municipality_polygons
from amalgamation.write.assignment import write_assignment
from amalgamation.write.frontier import write_frontier
from amalgamation.write.geojson import write_geojson
from amalgamation.write.geopackage import write_geopackage
from amalgamation.write.geoparquet import write_geoparquet
from amalgamation.write.polygons import (
    build_municipality_table,
    build_unit_table,
    to_lon_lat,
)
from amalgamation.write.project import write_project
from amalgamation.write.reasons import write_reasons
from amalgamation.write.scorecard import write_scorecard
from amalgamation.write.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from amalgamation.write.record import RunRecord

__all__ = ["FORMATS", "FRONTIER_FORMATS", "NATIONS_FORMATS", "RUN_FILES", "Format", "formats_of"]


@dataclass(frozen=True)
class Format:
    """Register a format of the run folder.

    Parameters
    ----------
    files
        Names of the files that it gives.
    write
        Writes them into a folder.
    lacks
        Says in a sentence why a record cannot be written so; empty if it can.
    """

    files: tuple[str, ...]
    write: Callable[[Path, RunRecord], None]
    lacks: Callable[[RunRecord], str] = lambda _: ""


def _write_csv(folder: Path, record: RunRecord) -> None:
    write_assignment(folder / "assignment.csv", record.plan)
    write_scorecard(folder / "scorecard.csv", folder / "national.csv", record.scorecard)


def _write_frontier(folder: Path, record: RunRecord) -> None:
    assert record.certificate is not None  # noqa: S101 - the frontier is the certificate's
    chosen, synthetic = len(record.plan.seat_of), record.territory.synthetic
    write_frontier(folder / "frontier.csv", record.certificate, chosen, synthetic=synthetic)


def _write_geojson(folder: Path, record: RunRecord) -> None:
    for name, (table, polygons) in _in_degrees(record).items():
        path, notice = folder / f"{name}.geojson", record.territory.notice
        write_geojson(path, table, polygons, notice=notice)


def _write_parquet(folder: Path, record: RunRecord) -> None:
    for name, (table, polygons) in _in_degrees(record).items():
        write_geoparquet(folder / f"{name}.parquet", table, polygons)


def _in_degrees(record: RunRecord) -> dict[str, tuple[pd.DataFrame, gpd.GeoSeries]]:
    degrees = to_lon_lat(record.territory.geometry)
    # dissolved after rounding, so that both files show the very same borders
    merged = to_lon_lat(build_municipality_polygons(degrees, record.plan))
    units = build_unit_table(record.plan, record.territory)
    table = build_municipality_table(record.scorecard, record.territory)
    return {"units": (units, degrees), "municipalities": (table, merged)}


def _write_gpkg(folder: Path, record: RunRecord) -> None:
    styles = write_geopackage(folder / "plan.gpkg", record)
    title = record.scenario.title or record.scenario.scenario
    write_project(folder / "plan.qgz", styles, record.territory, title)


def _write_svg(folder: Path, record: RunRecord) -> None:
    (folder / "map.svg").write_bytes(record.map_svg or b"")


def _write_xlsx(folder: Path, record: RunRecord) -> None:
    write_workbook(folder / "scorecard.xlsx", record)


def _write_png(folder: Path, record: RunRecord) -> None:
    (folder / "map.png").write_bytes(record.map_png or b"")


def _write_frontier_png(folder: Path, record: RunRecord) -> None:
    (folder / "frontier.png").write_bytes(record.frontier_png or b"")


def _write_html(folder: Path, record: RunRecord) -> None:
    (folder / "report.html").write_bytes((record.report_html or "").encode())


def _write_nations_png(folder: Path, record: RunRecord) -> None:
    (folder / "nations.png").write_bytes(record.nations_png or b"")


def _write_reasons(folder: Path, record: RunRecord) -> None:
    assert record.reasons is not None  # noqa: S101 - else the format lacks them
    write_reasons(folder / "reasons.csv", record.reasons, synthetic=record.territory.synthetic)


def _no_geometry(record: RunRecord) -> str:
    return "" if record.territory.has_geometry else "the territory is a table without geometry"


def _no_picture(record: RunRecord, picture: bytes | None) -> str:
    return _no_geometry(record) or ("" if picture else "no map was drawn")


FORMATS: dict[str, Format] = {
    "csv": Format(("assignment.csv", "scorecard.csv", "national.csv"), _write_csv),
    "geojson": Format(("units.geojson", "municipalities.geojson"), _write_geojson, _no_geometry),
    "gpkg": Format(("plan.gpkg", "plan.qgz"), _write_gpkg, _no_geometry),
    "parquet": Format(("units.parquet", "municipalities.parquet"), _write_parquet, _no_geometry),
    "png": Format(("map.png",), _write_png, lambda record: _no_picture(record, record.map_png)),
    "svg": Format(("map.svg",), _write_svg, lambda record: _no_picture(record, record.map_svg)),
    "xlsx": Format(("scorecard.xlsx",), _write_xlsx),
    "html": Format(
        ("report.html",),
        _write_html,
        lambda record: "" if record.report_html else "no report was made",
    ),
    "reasons": Format(
        ("reasons.csv",),
        _write_reasons,
        lambda record: "" if record.reasons is not None else "no reasons were worked out",
    ),
}
"""Name in a scenario's ``write`` -> format."""

FRONTIER_FORMATS: dict[str, Format] = {
    "csv": Format(("frontier.csv",), _write_frontier),
    "png": Format(
        ("frontier.png",),
        _write_frontier_png,
        lambda record: "" if record.frontier_png else "no frontier was drawn",
    ),
}
"""Name in a scenario's ``write`` -> what it gives besides, where a run has a frontier."""

NATIONS_FORMATS: dict[str, Format] = {
    "png": Format(
        ("nations.png",),
        _write_nations_png,
        lambda record: "" if record.nations_png else "no mean population and area were compared",
    ),
}
"""Name in a scenario's ``write`` -> what it gives besides, of the plan among nations."""


def formats_of(record: RunRecord) -> list[Format]:
    """Return what a record asks to be written, in its order, each once."""
    names = list(dict.fromkeys(record.formats))
    besides = [NATIONS_FORMATS, *([FRONTIER_FORMATS] if record.has_frontier else [])]
    beside = [formats[name] for formats in besides for name in names if name in formats]
    return [FORMATS[name] for name in names] + beside


RUN_FILES = (
    "run.json",
    *(
        file
        for formats in (FORMATS, FRONTIER_FORMATS, NATIONS_FORMATS)
        for entry in formats.values()
        for file in entry.files
    ),
)
"""Every file that a run folder may hold."""
