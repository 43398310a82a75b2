"""Where the cells stand: urban polygons, and one seed per rural unit.

In: outlines, real places and quotas.  Out: `build_urban` gives the polygons of cities, towns
and settlements; `build_seeds` gives one point per rural okrug or village.  Seeds are of
three sorts: real villages, rings around the urban polygons (so that several units meet at
each town, as in life), and the rest, spread by density with Lloyd's method.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from .density import UNKNOWN_PEOPLE, measure_density
from .settings import EQUAL_AREA, URBAN, WGS84, build_rng
from .shapes import KM2, build_blob, largest_part

# Area of a polygon (km2): least, per thousand residents, most.
URBAN_KM2 = {"city": (60, 0.9, 500), "town": (18, 1.0, 90), "settlement": (10, 1.0, 40)}
RING = {"republican_city": 0, "city": 4, "town": 3, "settlement": 3}
TRIES = 400  # candidate points per unit; a finer choice takes longer
ROUNDS = 12  # of Lloyd's method: fewer leaves cells ragged, more makes them honeycombs
APART_M = 4_500  # least distance between two seeds that are set, not spread


def build_urban(places: gpd.GeoDataFrame, outlines: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Build the polygons of cities, towns and settlements, apart from each other."""
    urban = places[places["type"].isin(URBAN[1:])].copy()
    area = _measure_room(urban)
    land = outlines.to_crs(EQUAL_AREA)
    rng = build_rng(2)
    urban["geometry"] = [
        largest_part(shapely.intersection(build_blob(centre, km2, rng), land[prefix]))
        for centre, km2, prefix in zip(urban.geometry, area, urban["prefix"], strict=True)
    ]
    republican = places[places["type"] == "republican_city"].copy()
    republican["geometry"] = [land[prefix] for prefix in republican["prefix"]]
    return pd.concat([republican, urban])


def _measure_room(urban: gpd.GeoDataFrame) -> np.ndarray:
    """Measure the area (km2) of each urban polygon, less where neighbours leave less."""
    kinds = pd.DataFrame(URBAN_KM2, index=["least", "slope", "most"]).T
    kinds = kinds.loc[urban["type"]].to_numpy()
    thousands = urban["population"].replace(0, UNKNOWN_PEOPLE).to_numpy() / 1000
    wanted = np.minimum(kinds[:, 0] + kinds[:, 1] * thousands, kinds[:, 2])
    radius = np.sqrt(wanted * KM2 / np.pi)
    centres = shapely.get_coordinates(urban.geometry.to_numpy())
    distance = np.linalg.norm(centres[:, None] - centres[None, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    # Two neighbours share the way between them by their radii; a fifth stays free, since
    # edges waver.
    share = 0.8 * distance * radius[:, None] / (radius[:, None] + radius[None, :])
    room: np.ndarray = np.pi * np.minimum(radius, share.min(axis=1)) ** 2 / KM2
    return room


def build_seeds(
    places: gpd.GeoDataFrame, urban: gpd.GeoDataFrame, outlines: gpd.GeoSeries, quotas: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Build one seed per rural okrug and village, with `place`: the geonameid of a real one."""
    wanted = quotas["rural_okrug"] + quotas["village"]
    land = outlines.to_crs(EQUAL_AREA)
    built_up = shapely.union_all(urban.geometry.to_numpy())
    parts = []
    for prefix, count in wanted.items():
        free = shapely.difference(land[prefix], built_up)
        fixed = _set_seeds(places, urban, free, str(prefix))
        parts.append(_fill_up(fixed, int(count), free, places, str(prefix)))
    return pd.concat(parts, ignore_index=True)


def _set_seeds(
    places: gpd.GeoDataFrame, urban: gpd.GeoDataFrame, free: shapely.Geometry, prefix: str
) -> gpd.GeoDataFrame:
    """Set seeds at real villages and around towns, each at some distance from the others."""
    villages = places[(places["type"] == "") & (places["prefix"] == prefix)]
    villages = villages.sort_values("population", ascending=False, kind="stable")
    ring = _build_rings(urban, build_rng(3, prefix))
    points = [*villages.geometry, *ring]
    labels = [*villages.index, *[""] * len(ring)]
    kept: list[int] = []
    shapely.prepare(free)
    for number, point in enumerate(points):
        apart = all(point.distance(points[other]) >= APART_M for other in kept)
        if apart and free.contains(point.buffer(500)):
            kept.append(number)
    return gpd.GeoDataFrame(
        {"prefix": prefix, "place": [labels[number] for number in kept]},
        geometry=[points[number] for number in kept],
        crs=EQUAL_AREA,
    )


def _build_rings(urban: gpd.GeoDataFrame, rng: np.random.Generator) -> list[shapely.Point]:
    """Build points around each town, at one distance from it, so that their cells meet there."""
    ring = []
    for kind, shape in zip(urban["type"], urban.geometry, strict=True):
        distance = 1.6 * np.sqrt(shape.area / np.pi) + rng.uniform(2_000, 5_000)
        turn = rng.uniform(0, 2 * np.pi)
        for step in range(RING[kind]):
            angle = turn + (step + rng.uniform(-0.15, 0.15)) * 2 * np.pi / RING[kind]
            offset = distance * np.array([np.cos(angle), np.sin(angle)])
            ring.append(shapely.Point(np.add([shape.centroid.x, shape.centroid.y], offset)))
    return ring


def _fill_up(
    fixed: gpd.GeoDataFrame,
    count: int,
    free: shapely.Geometry,
    places: gpd.GeoDataFrame,
    prefix: str,
) -> gpd.GeoDataFrame:
    """Add seeds to the fixed ones, spread by density, until there are `count`."""
    rng = build_rng(4, prefix)
    candidates = _draw_points(free, TRIES * count, rng)
    density = measure_density(shapely.points(candidates), places)
    # Lloyd's method settles where the density of seeds is the square root of its sample's.
    sample = candidates[_draw(density**2, len(candidates) // 4, rng)]
    start = candidates[_draw(density, count - len(fixed), rng)]
    spread = _spread(start, shapely.get_coordinates(fixed.geometry.to_numpy()), sample)
    added = gpd.GeoDataFrame(
        {"prefix": prefix, "place": ""}, index=range(len(spread)),
        geometry=shapely.points(spread), crs=EQUAL_AREA,
    )  # fmt: skip
    return pd.concat([fixed, added], ignore_index=True)


def _draw_points(area: shapely.Geometry, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw points evenly from a polygon."""
    low_x, low_y, high_x, high_y = area.bounds
    inner = area.buffer(-1_000)
    shapely.prepare(inner)
    drawn: list[np.ndarray] = []
    while sum(map(len, drawn)) < count:
        points = rng.uniform([low_x, low_y], [high_x, high_y], size=(count, 2))
        drawn.append(points[shapely.contains_xy(inner, points)])
    return np.concatenate(drawn)[:count]


def _draw(weights: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw row numbers by weight, none twice."""
    return rng.choice(len(weights), size=count, replace=False, p=weights / weights.sum())


def _spread(seeds: np.ndarray, fixed: np.ndarray, sample: np.ndarray) -> np.ndarray:
    """Move seeds to the middle of the sample points nearest to them, round by round."""
    for _ in range(ROUNDS):
        _, owner = cKDTree(np.concatenate([seeds, fixed.reshape(-1, 2)])).query(sample)
        middle = pd.DataFrame(sample).groupby(owner).mean().reindex(range(len(seeds)))
        seeds = middle.fillna(pd.DataFrame(seeds)).to_numpy()
    # The middle of a bent cell can lie outside the land: take the sample point next to it.
    _, nearest = cKDTree(sample).query(seeds)
    if len(np.unique(nearest)) < len(seeds):
        msg = "two seeds stand on one point: raise TRIES"
        raise RuntimeError(msg)
    return sample[nearest]


def add_seats(
    units: gpd.GeoDataFrame, places: gpd.GeoDataFrame, seeds: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Add `seat_lon` and `seat_lat`: the real place of an urban unit, the seed of a cell."""
    urban = places.geometry[units["place"].iloc[: len(units) - len(seeds)]]
    points = [*urban, *seeds.geometry]
    seats = gpd.GeoSeries(points, index=units.index, crs=EQUAL_AREA).to_crs(WGS84)
    units["seat_lon"], units["seat_lat"] = seats.x.round(5), seats.y.round(5)
    return units
