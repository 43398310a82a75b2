"""The territory room: files in, one checked `Territory` out."""

from amalgamation.territory.aggregate import aggregate_units
from amalgamation.territory.centres import find_centres
from amalgamation.territory.datasets import dataset_names, find_dataset
from amalgamation.territory.dissolve import dissolve, polygonal
from amalgamation.territory.find import find_unit
from amalgamation.territory.flawed import FlawedPolygons, read_flaws
from amalgamation.territory.flaws import FLAWS, Flaw, tell_flaws
from amalgamation.territory.grid import GRID_CRS, grid_territory, grid_ties
from amalgamation.territory.kinds import URBAN_TYPES
from amalgamation.territory.project import choose_crs
from amalgamation.territory.read import read_territory
from amalgamation.territory.skeleton import scenario_text_from
from amalgamation.territory.sketch import to_sketch
from amalgamation.territory.territory import SEAT_COLUMNS, Territory
from amalgamation.territory.topology import find_flaws
from amalgamation.territory.unit_file import read_ids
from amalgamation.territory.wishes import read_wishes

__all__ = [
    "FLAWS",
    "GRID_CRS",
    "SEAT_COLUMNS",
    "URBAN_TYPES",
    "Flaw",
    "FlawedPolygons",
    "Territory",
    "aggregate_units",
    "choose_crs",
    "dataset_names",
    "dissolve",
    "find_centres",
    "find_dataset",
    "find_flaws",
    "find_unit",
    "grid_territory",
    "grid_ties",
    "polygonal",
    "read_flaws",
    "read_ids",
    "read_territory",
    "read_wishes",
    "scenario_text_from",
    "tell_flaws",
    "to_sketch",
]
