"""What every step shares: folders, coordinate systems, the seed and the counts of 2021.

Numbers that describe the real country come from `facts/`, with their sources in
`facts/kazakhstan.md`; hand-made choices that a reader may want to change stand in
`choices/`.  What is here is neither: it is the frame of the build.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

FOLDER: Final = Path(__file__).parents[1]
FACTS: Final = FOLDER / "facts"
CHOICES: Final = FOLDER / "choices"
UNITS: Final = FOLDER / "units.gpkg"
PARENTS: Final = FOLDER / "parents.csv"

WGS84: Final = "EPSG:4326"
# Albers equal-area centred on the country: all areas and distances are taken in it.
EQUAL_AREA: Final = "+proj=aea +lat_1=43 +lat_2=53 +lat_0=48 +lon_0=67 +datum=WGS84 +units=m"
# Vertices are kept on this grid in degrees (about one metre), which also shortens the file.
GRID: Final = 1e-5

SEED: Final = 2021

# Composition of the third tier, and the number of rural rayons: facts/kazakhstan.md.
THIRD_TIER: Final = {"town": 47, "settlement": 26, "rural_okrug": 2297, "village": 82}
OWN_KIND: Final = {"republican_city": 3, "city": 37}
RAYONS: Final = 161
# Villages and settlements in all; towns and cities are not among them: facts/kazakhstan.md.
SETTLEMENTS: Final = 7031
# Units that are a built-up place: cut out of the land around them, not cells of it.
URBAN: Final = ("republican_city", "city", "town", "settlement")
REPUBLICAN: Final = ("71", "75", "79")


def read_table(path: Path) -> pd.DataFrame:
    """Read a small CSV with every code, prefix and id as text."""
    as_text = {"kato_prefix": str, "prefix": str, "geonameid": str}
    return pd.read_csv(path, dtype=as_text)


def read_oblasts() -> pd.DataFrame:
    """Read the facts of the 14 oblasts and 3 cities, indexed by their two-digit prefix."""
    return read_table(FACTS / "kz_oblasts_2021.csv").set_index("kato_prefix").sort_index()


def build_rng(step: int, prefix: str = "0") -> np.random.Generator:
    """Build the random stream of one step and oblast, so that no step disturbs another."""
    return np.random.default_rng([SEED, step, int(prefix)])
