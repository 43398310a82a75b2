"""Who is whose neighbour: our ties beside libpysal's strict rook, on sound and broken polygons.

In: the polygons that come with libpysal, as they are and broken in three ways. Out: a table
of the ties of both, and the pairs that only one of them has, by name.
"""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from libpysal import examples
from libpysal.graph import Graph

from amalgamation.graph import find_ties
from amalgamation.territory.project import choose_crs
from benchmarks.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["compare", "main", "read_example"]

_QUESTION = "Do our ties agree with libpysal's strict rook, and what becomes of broken polygons?"
_LEAST_M = 1.0
"""Shortest border that ties here: strict rook takes any line, we leave out rounding."""

_NAMED = 3
_HALF_GAP_M = 0.25

# Example -> its file, the column of ids, and the CRS that the file does not name.
_EXAMPLES = {
    "Georgia (159 counties)": ("G_utm.shp", "AreaKey", "EPSG:26916"),
    "North Carolina (100 counties)": ("sids2.shp", "FIPS", "EPSG:4267"),
    "Albuquerque (195 tracts, one island)": ("10740.shp", "STFID", "EPSG:4269"),
    "Virginia (136 counties)": ("virginia.shp", "FIPS", "EPSG:4326"),
    "Tokyo (262 municipalities)": ("tokyomet262.shp", "AreaID", "EPSG:30166"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = Options("adjacency", _QUESTION, engine=None)
    chosen = options.read(arguments)
    page = options.page(chosen)
    rows = []
    for name, (file, column, crs) in _EXAMPLES.items():
        sound = read_example(file, column, crs)
        for state, broken in _STATES.items():
            rows.append({"territory": name, "polygons": state, **compare(broken(sound), sound)})
    page.show("Ties of both, and the pairs that only one has", rows)
    page.note("`lost`: pairs of the polygons as published that are gone in the broken ones.")
    page.note("Broken: both sides of each border 0.25 m back, 0.25 m too far, or with vertices "
              "that only every other unit has (T-junctions).")  # fmt: skip
    page.finish(chosen.json, keep=chosen.keep)
    return 0


def read_example(file: str, column: str, crs: str) -> gpd.GeoSeries:
    """Read polygons that come with libpysal, in metres, indexed by id."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = gpd.read_file(examples.get_path(file))
    placed = frame.set_crs(crs, allow_override=True)
    bounds = placed.to_crs("EPSG:4326").total_bounds
    shapes = placed.to_crs(choose_crs(*bounds)).geometry.make_valid()
    ids = frame[column].astype("str")
    return shapes.set_axis(ids + ids.groupby(ids).cumcount().map(lambda n: f"#{n}" if n else ""))


def compare(shapes: gpd.GeoSeries, published: gpd.GeoSeries) -> dict[str, Any]:
    """Count the ties of both on some polygons, and name the pairs that only one has."""
    ours, rook = _ours(shapes), _rook(shapes)
    before_ours, before_rook = _ours(published), _rook(published)
    return {
        "coverage": "valid" if shapely.coverage_is_valid(shapes.to_numpy()) else "broken",
        "ours": len(ours),
        "strict rook": len(rook),
        "ours lost": len(before_ours - ours),
        "rook lost": len(before_rook - rook),
        "only ours": _named(ours - rook),
        "only rook": _named(rook - ours),
    }


def _ours(shapes: gpd.GeoSeries) -> set[tuple[str, str]]:
    ties = find_ties(shapes, min_border_m=_LEAST_M)
    return set(zip(ties["a"], ties["b"], strict=True))


def _rook(shapes: gpd.GeoSeries) -> set[tuple[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = Graph.build_contiguity(shapes, rook=True, strict=True)
    pairs = graph.adjacency.index[graph.adjacency.to_numpy() > 0]
    return {(a, b) for a, b in pairs if a < b}


def _named(pairs: set[tuple[str, str]]) -> str:
    listed = ", ".join(f"{a}-{b}" for a, b in sorted(pairs)[:_NAMED])
    more = f" and {len(pairs) - _NAMED}" if len(pairs) > _NAMED else ""
    return listed + more or "none"


def _as_published(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    return shapes


def _apart(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    return shapes.buffer(-_HALF_GAP_M, join_style="mitre")


def _over(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    return shapes.buffer(_HALF_GAP_M, join_style="mitre")


def _with_t_junctions(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    parts = shapes.to_numpy(copy=True)
    every_other = np.arange(len(parts)) % 2 == 0
    parts[every_other] = shapely.segmentize(parts[every_other], 700.0)
    return gpd.GeoSeries(parts, index=shapes.index, crs=shapes.crs)


_STATES: Mapping[str, Callable[[gpd.GeoSeries], gpd.GeoSeries]] = {
    "as published": _as_published,
    "T-junctions": _with_t_junctions,
    "gaps of 0.5 m": _apart,
    "overlaps of 0.5 m": _over,
}

if __name__ == "__main__":
    sys.exit(main())
