"""Cells: one polygon per unit, together a coverage of the country without gap or overlap.

In: outlines, urban polygons and seeds.  Out: a polygon per urban place and per seed.
All lines of the map (outlines, urban edges, wavering Voronoi edges) are noded together once
on the common grid and cut the country into faces.  A face belongs to the seed or the town
in it; a face with neither is a splinter and joins the neighbour with the longest border.
So vertices match across every border by construction.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import Voronoi

from .outlines import find_container
from .settings import EQUAL_AREA, GRID, WGS84, build_rng

STEP_M = 3_000  # between two vertices of a wavering edge
WAVES = 16  # sine waves that bend an edge
BEND = 0.07  # typical bend as a share of the edge's length
MOST_BEND = 0.22  # and its limit as a share of the distance between the two seeds
BEYOND_M = 50_000  # how far beyond the bounds of its oblast an edge is drawn before it is cut


def build_cells(
    outlines: gpd.GeoSeries, urban: gpd.GeoDataFrame, seeds: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Build the units' polygons in WGS 84: urban places first, then one cell per seed."""
    towns = urban.to_crs(WGS84)
    lines = [*shapely.boundary(outlines.to_numpy()), *shapely.boundary(towns.geometry.to_numpy())]
    built_up = shapely.union_all(towns.geometry.to_numpy())
    boxes = outlines.to_crs(EQUAL_AREA).envelope.buffer(BEYOND_M)
    for prefix, group in seeds.groupby("prefix", sort=True):
        bent = _build_edges(group, boxes[prefix], build_rng(5, str(prefix)))
        edges = gpd.GeoSeries(bent, crs=EQUAL_AREA).to_crs(WGS84)
        free = shapely.difference(outlines[prefix], built_up)
        lines += list(shapely.intersection(edges.to_numpy(), free))
    faces = _build_faces(lines, outlines)
    owners = _find_owners(faces, towns, seeds.to_crs(WGS84))
    shapes = _merge(faces, owners)
    return _assemble(shapes, urban, seeds)


def _build_edges(
    seeds: gpd.GeoDataFrame, box: shapely.Polygon, rng: np.random.Generator
) -> list[shapely.LineString]:
    """Build the Voronoi edges of one oblast's seeds, each bent by chance."""
    points = shapely.get_coordinates(seeds.geometry.to_numpy())
    centre, far = points.mean(axis=0), 3 * np.ptp(points, axis=0).max()
    angle = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    # A far frame of seeds closes every cell of the oblast.
    frame = centre + far * np.column_stack([np.cos(angle), np.sin(angle)])
    voronoi = Voronoi(np.concatenate([points, frame]))
    edges = []
    for (left, right), corners in zip(voronoi.ridge_points, voronoi.ridge_vertices, strict=True):
        edge = shapely.LineString(voronoi.vertices[corners]).intersection(box)
        if -1 not in corners and min(left, right) < len(points) and edge.length > 0:
            between = float(np.linalg.norm(voronoi.points[left] - voronoi.points[right]))
            edges.append(_bend(edge, between, rng))
    return edges


def _bend(edge: shapely.LineString, between: float, rng: np.random.Generator) -> shapely.LineString:
    """Bend a straight edge by a sum of sine waves that vanish at both ends."""
    start, end = shapely.get_coordinates(edge)
    length = edge.length
    along = np.linspace(0, 1, int(np.ceil(length / STEP_M)) + 1)
    wave = np.arange(1, WAVES + 1)[:, None]
    # Slow waves are damped: alone they would blow cells up to bubbles.
    height = rng.normal(size=(WAVES, 1)) / (wave + 1)
    offset = (height * np.sin(np.pi * wave * along)).sum(axis=0)
    limit = MOST_BEND * between
    across = np.clip(BEND * min(length, 2 * between) * offset, -limit, limit)
    normal = np.array([start[1] - end[1], end[0] - start[0]]) / length
    line = start + along[:, None] * (end - start) + across[:, None] * normal
    return shapely.LineString(line)


def _build_faces(lines: list[shapely.Geometry], outlines: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Cut the country into faces along all lines, and tell each one's prefix."""
    noded = shapely.union_all(np.array(lines), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    prefix = find_container(shapely.point_on_surface(faces), outlines)
    table = gpd.GeoDataFrame({"prefix": prefix}, geometry=faces, crs=WGS84)
    table = table[table["prefix"] != ""]
    # A fixed order of faces, whatever the order in which they were found.
    order = np.lexsort(shapely.get_coordinates(shapely.centroid(table.geometry.to_numpy())).T)
    return table.iloc[order].reset_index(drop=True)


def _find_owners(
    faces: gpd.GeoDataFrame, towns: gpd.GeoDataFrame, seeds: gpd.GeoDataFrame
) -> np.ndarray:
    """Find the unit of each face: a town's or a seed's row number, or -1 for a splinter."""
    owners = np.full(len(faces), -1)
    inner = shapely.point_on_surface(faces.geometry.to_numpy())
    town, face = shapely.STRtree(inner).query(towns.geometry.to_numpy(), predicate="contains")
    owners[face] = town
    seed, face = shapely.STRtree(faces.geometry.to_numpy()).query(
        seeds.geometry.to_numpy(), predicate="within"
    )
    owners[face] = len(towns) + seed
    return owners


def _merge(faces: gpd.GeoDataFrame, owners: np.ndarray) -> gpd.GeoSeries:
    """Give every splinter to the neighbour with the longest border, and join all faces."""
    borders = _measure_borders(faces)
    while (owners < 0).any():
        ties = borders.assign(owner=owners[borders["to"]], own=owners[borders["from"]])
        ties = ties[(ties["own"] < 0) & (ties["owner"] >= 0)]
        if ties.empty:
            break
        shared = ties.groupby(["from", "owner"])["metres"].sum().reset_index()
        shared = shared.sort_values(["from", "metres", "owner"], ascending=[True, False, True])
        best = shared.drop_duplicates("from")
        owners[best["from"].to_numpy()] = best["owner"].to_numpy()
    joined = faces.geometry.groupby(owners).apply(
        lambda parts: shapely.coverage_union_all(parts.to_numpy())
    )
    return gpd.GeoSeries(shapely.normalize(joined.to_numpy()), index=joined.index, crs=WGS84)


def _measure_borders(faces: gpd.GeoDataFrame) -> pd.DataFrame:
    """Measure the border of each pair of faces of one oblast, in both directions."""
    shapes = faces.to_crs(EQUAL_AREA).geometry.to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    prefix = faces["prefix"].to_numpy()
    pairs = (one != other) & (prefix[one] == prefix[other])
    one, other = one[pairs], other[pairs]
    metres = shapely.length(shapely.intersection(shapes[one], shapes[other]))
    table = pd.DataFrame({"from": one, "to": other, "metres": metres})
    return table[table["metres"] > 0]


def _assemble(
    shapes: gpd.GeoSeries, urban: gpd.GeoDataFrame, seeds: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Put polygons and what is known of their places into one table."""
    table = pd.concat(
        [
            pd.DataFrame({"prefix": urban["prefix"], "place": urban.index, "type": urban["type"]}),
            seeds[["prefix", "place"]].assign(type=""),
        ],
        ignore_index=True,
    )
    table["geometry"] = shapes.reindex(table.index)
    units = gpd.GeoDataFrame(table, geometry="geometry", crs=WGS84)
    missing = units.geometry.isna()
    if missing.any():
        msg = f"{int(missing.sum())} of {len(units)} units got no face: {table[missing]}"
        raise RuntimeError(msg)
    return units
