"""How distance is meant: along ties, straight, from a matrix, or along roads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from amalgamation.graph.fallback import fill_matrix, tell_missing
from amalgamation.graph.pairs import read_matrix
from amalgamation.graph.road_distances import build_road_matrix, check_detours
from amalgamation.graph.roads import read_roads
from amalgamation.scenario.schema import MatrixDistance, RoadDistance

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from amalgamation.scenario.schema import Graph
    from amalgamation.territory import Territory
    from amalgamation.territory.ledger import Ledger

__all__ = ["choose_distance"]


def choose_distance(
    territory: Territory,
    section: Graph,
    folder: Path,
    places: np.ndarray | None,
    ties: Collection[tuple[str, str]],
    ledger: Ledger,
    *,
    encoding: str | None = None,
) -> dict[str, Any]:
    """Return what a `UnitGraph` must know of distances, by its own names.

    Parameters
    ----------
    territory
        The units.
    section
        The scenario's graph section.
    folder
        Folder that its files are relative to.
    places
        (n x 2) seats in metres; None without places.
    ties
        The pairs that are tied.
    ledger
        Takes what is wrong with the file, or absent from it.
    encoding
        Of text that is not UTF-8 and does not say its own.

    Raises
    ------
    DataError
        If a file cannot be used, or nothing says where the seats lie.
    """
    distance = section.distance
    if isinstance(distance, RoadDistance):
        roads = read_roads(distance, folder, ledger, encoding)
        seats = _places_for("ways along roads", territory, places, ledger)
        matrix = build_road_matrix(roads, territory, seats, distance, ledger)
        if distance.unit == "km":
            check_detours(ties, matrix, seats, territory, ledger)
        tell_missing(matrix, territory.ids, distance, "graph.distance.roads", ledger)
    elif isinstance(distance, MatrixDistance):
        matrix = read_matrix(distance, folder, territory, ledger, encoding)
    else:
        if distance == "straight":
            _places_for("straight distances", territory, places, ledger)
        return {"distance": distance}
    return {
        "distance": "roads" if isinstance(distance, RoadDistance) else "matrix",
        "distance_unit": distance.unit,
        "matrix": fill_matrix(matrix, places, distance, ledger),
    }


def _places_for(
    what: str, territory: Territory, places: np.ndarray | None, ledger: Ledger
) -> np.ndarray:
    if places is None:
        ledger.error(
            "no-places",
            "graph.distance",
            f"{what}, but {territory.name} has no places of seats",
            "polygons, or columns seat_lon and seat_lat",
            "choose graph.distance: along_ties",
        )
        ledger.refuse()
    return np.asarray(places, dtype=np.float64)
