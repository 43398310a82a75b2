"""What is wrong with the polygons of a scenario, as a map: also where the data are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amalgamation.graph import draw_islands, draw_near_misses
from amalgamation.scenario import read_scenario
from amalgamation.territory import Flaw, read_flaws
from amalgamation.write import write_flaws

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["map_flaws"]


def map_flaws(
    scenario: str | Path,
    path: Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
) -> tuple[Flaw, ...]:
    """Write what is wrong with a scenario's polygons as a GeoPackage, and return it.

    Also where the data are refused: then the map is needed most. Flaws are those of the
    files, before ``territory.repair`` snaps or divides.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    path
        GeoPackage to write.
    overrides
        Dotted keys that change the scenario.
    allow_outside
        Let the scenario name files outside its own folder.

    Raises
    ------
    InputError
        If scenario or files cannot be read.
    OutputError
        If the map cannot be written.
    """
    file = read_scenario(scenario, overrides, allow_outside=allow_outside)
    found = read_flaws(file.scenario.territory, file.folder)
    near = draw_near_misses(found.geometry, found.labels, file.scenario.graph.ties)
    islands = draw_islands(found.geometry, found.labels, file.scenario.graph)
    flaws = (*found.flaws, *near, *islands)
    write_flaws(path, flaws, found.geometry)
    return flaws
