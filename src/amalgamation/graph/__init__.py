"""The graph room: a `Territory` in, its units as a checked `UnitGraph` out."""

from amalgamation.graph.borders import build_borders
from amalgamation.graph.build import build_graph
from amalgamation.graph.conditions import (
    DERIVED,
    find_units_that_meet,
    measure_density,
    measure_nearest_km,
)
from amalgamation.graph.distances import Distances, distance_to_seat, distances_between
from amalgamation.graph.files import check_graph_files
from amalgamation.graph.islands import draw_islands
from amalgamation.graph.near_misses import draw_near_misses
from amalgamation.graph.ties import find_near_misses, find_ties
from amalgamation.graph.unit_graph import UnitGraph

__all__ = [
    "DERIVED",
    "Distances",
    "UnitGraph",
    "build_borders",
    "build_graph",
    "check_graph_files",
    "distance_to_seat",
    "distances_between",
    "draw_islands",
    "draw_near_misses",
    "find_near_misses",
    "find_ties",
    "find_units_that_meet",
    "measure_density",
    "measure_nearest_km",
]
