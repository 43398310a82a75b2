"""The write room: a plan with its scorecard in, a run folder out, whole or not at all.

One file per format; `catalogue` says which files a format gives. What leaves here is read
by other tools, so every format is written to the letter of its standard.
"""

from amalgamation.write.assignment import read_assignment, write_assignment
from amalgamation.write.catalogue import FORMATS, RUN_FILES
from amalgamation.write.certainty import CERTAINTY_FILES, write_certainty
from amalgamation.write.explanation import EXPLANATION_FILES, write_explanation
from amalgamation.write.flaws import write_flaws
from amalgamation.write.folder import check_run_folder, whole_folder
from amalgamation.write.frontier import build_frontier_table, read_frontier, write_frontier
from amalgamation.write.geojson import write_geojson
from amalgamation.write.geopackage import write_geopackage
from amalgamation.write.geoparquet import check_formats, write_geoparquet
from amalgamation.write.polygons import (
    build_municipality_table,
    build_unit_table,
    to_lon_lat,
)
from amalgamation.write.record import RunRecord, write_record
from amalgamation.write.run import write_run
from amalgamation.write.scorecard import write_scorecard
from amalgamation.write.sheets import Sheet, build_sheets
from amalgamation.write.workbook import write_workbook

__all__ = [
    "CERTAINTY_FILES",
    "EXPLANATION_FILES",
    "FORMATS",
    "RUN_FILES",
    "RunRecord",
    "Sheet",
    "build_frontier_table",
    "build_municipality_table",
    "build_sheets",
    "build_unit_table",
    "check_formats",
    "check_run_folder",
    "read_assignment",
    "read_frontier",
    "to_lon_lat",
    "whole_folder",
    "write_assignment",
    "write_certainty",
    "write_explanation",
    "write_flaws",
    "write_frontier",
    "write_geojson",
    "write_geopackage",
    "write_geoparquet",
    "write_record",
    "write_run",
    "write_scorecard",
    "write_workbook",
]
