"""The territory room: files in, one checked `Territory` out."""

from amalgamation.territory.aggregate import aggregate_units
from amalgamation.territory.centres import find_centres
from amalgamation.territory.datasets import dataset_names, find_dataset
from amalgamation.territory.dissolve import dissolve, polygonal
from amalgamation.territory.grid import GRID_CRS, grid_territory, grid_ties
from amalgamation.territory.kinds import URBAN_TYPES
from amalgamation.territory.project import choose_crs
from amalgamation.territory.read import read_territory
from amalgamation.territory.territory import SEAT_COLUMNS, Territory
from amalgamation.territory.units import read_ids

__all__ = [
    "GRID_CRS",
    "SEAT_COLUMNS",
    "URBAN_TYPES",
    "Territory",
    "aggregate_units",
    "choose_crs",
    "dataset_names",
    "dissolve",
    "find_centres",
    "find_dataset",
    "grid_territory",
    "grid_ties",
    "polygonal",
    "read_ids",
    "read_territory",
]
