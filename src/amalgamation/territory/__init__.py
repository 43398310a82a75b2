"""The territory room: files in, one checked `Territory` out."""

from amalgamation.territory.datasets import dataset_names, find_dataset
from amalgamation.territory.grid import GRID_CRS, grid_territory, grid_ties
from amalgamation.territory.project import choose_crs
from amalgamation.territory.read import read_territory
from amalgamation.territory.territory import SEAT_COLUMNS, Territory
from amalgamation.territory.units import read_ids

__all__ = [
    "GRID_CRS",
    "SEAT_COLUMNS",
    "Territory",
    "choose_crs",
    "dataset_names",
    "find_dataset",
    "grid_territory",
    "grid_ties",
    "read_ids",
    "read_territory",
]
