"""Reading a country of polygons: how long, in what memory, and where the time goes.

In: a number of units. Out: a GeoPackage of made-up polygons with crooked borders, read,
checked and turned into a graph in a process of its own.
"""

from __future__ import annotations

import cProfile
import pstats
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.options import Options, numbers

__all__ = ["build_coverage", "main", "measure_reading"]

_QUESTION = "How long does a country of polygons take to be read, checked and turned into a graph?"
_CELL_KM2 = 15.0
"""As of a French commune."""

_CRS = "EPSG:2154"
_ORIGIN = np.array([500_000.0, 6_300_000.0])
_CROOKED_M = 60.0
_MEBI = 1024.0

# What the table tells apart: a function of the package -> what it does.
_STEPS = {
    "read_vector": "read the file (GDAL)",
    "check_geometry": "polygons valid",
    "_check_same_shape": "no polygon twice",
    "add_shared_vertices": "same vertices on both sides",
    "find_flaws": "overlaps, gaps, enclaves, parts",
    "find_ties": "shared borders",
    "find_near_misses": "near misses",
    "check_references": "references",
    "check_arithmetic": "arithmetic of impossibility",
    "prepare": "in all",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = Options("coverage", _QUESTION, engine=None)
    options.add_argument("--units", type=numbers, default=[5000, 35_000], help="sizes")
    options.add_argument("--step-m", type=float, default=1000, help="distance between vertices")
    chosen = options.read(arguments)
    page = options.page(chosen)
    sizes = [_measure(size, chosen.step_m, chosen.seed) for size in chosen.units]
    rows = [
        {"what": name}
        | {f"{one['units']:,} units": one[name] for one in sizes}
        | {"times": _times(sizes[0][name], sizes[-1][name])}
        for name in sizes[0]
    ]
    page.show("Seconds of each step, and the peak of resident memory", rows)
    page.note("A process of its own; `in all` is `amalgamation check` after Python has started, "
              "under cProfile; a step holds those that it calls.")  # fmt: skip
    page.note("`times`: the last size against the first.")
    page.finish(chosen.json, keep=chosen.keep)
    return 0


def build_coverage(units: int, step_m: float = 1000.0, seed: int = 1) -> gpd.GeoDataFrame:
    """Build Voronoi cells of some 15 km2 with crooked borders, a valid coverage.

    Parameters
    ----------
    units
        Number of units.
    step_m
        Distance between vertices along a border, in metres.
    seed
        Seed of places and residents.
    """
    chance = np.random.default_rng([seed, 7])
    side = float(np.sqrt(units * _CELL_KM2)) * 1000
    places = shapely.points(chance.uniform(0, side, (units, 2)))
    square = shapely.box(0, 0, side, side)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(places), extend_to=square)
    )
    # first snapped, so that both sides of a border are divided at the same points
    snapped = shapely.coverage_clean(shapely.intersection(cells, square))
    shapes = shapely.coverage_clean(shapely.transform(shapely.segmentize(snapped, step_m), _bend))
    codes = [f"{n:05d}" for n in range(len(shapes))]
    residents = np.rint(chance.lognormal(6.5, 1.0, len(shapes))) + 1
    columns = {"code": codes, "departement": [code[:3] for code in codes], "population": residents}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=_CRS)


def measure_reading(folder: str) -> dict[str, float]:
    """Read, check and build the graph; return seconds by step, and MiB at the peak."""
    from amalgamation.api import prepare  # noqa: PLC0415 - not in the time

    profile = cProfile.Profile()
    began = time.perf_counter()
    ground = profile.runcall(prepare, Path(folder, "country.yaml"))
    seconds = time.perf_counter() - began
    spent = {
        name: figures[3]
        for (_, _, name), figures in pstats.Stats(profile).stats.items()  # type: ignore[attr-defined]
        if name in _STEPS
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEBI
    found = {"ties": float(len(ground.graph.ties)), "peak MiB": peak}
    return {**spent, "prepare": seconds, **found}


def _measure(units: int, step_m: float, seed: int) -> dict[str, Any]:
    frame = build_coverage(units, step_m, seed)
    vertices = int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())
    with tempfile.TemporaryDirectory() as folder:
        frame.to_file(Path(folder, "country.gpkg"))
        question = (
            "scenario: country\n"
            "territory: {units: country.gpkg, id: code, parents: {departement: departement}}\n"
            "rules: {walls: [departement], population: {min: 2000}}\naims: {access: 1}\n"
        )
        Path(folder, "country.yaml").write_text(question, encoding="utf-8")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            found = pool.submit(measure_reading, folder).result()
    counts = {"units": len(frame), "vertices": vertices, "ties": int(found["ties"])}
    seconds = {f"{told}, s": found.get(name) for name, told in _STEPS.items()}
    return counts | seconds | {"peak MiB": found["peak MiB"]}


def _times(first: float | None, last: float | None) -> float | None:
    return last / first if first and last is not None else None


def _bend(points: np.ndarray) -> np.ndarray:
    """Move points by waves of several lengths: both sides of a border move alike."""
    x, y = points.T
    east = sum(np.sin(y / length + x / (3 * length)) for length in (300, 1100, 4700))
    north = sum(np.sin(x / length - y / (2 * length)) for length in (410, 1700, 5300))
    moved = _ORIGIN + points + _CROOKED_M * np.column_stack([east, north])
    return np.asarray(np.round(moved, 2), dtype=np.float64)


if __name__ == "__main__":
    sys.exit(main())
