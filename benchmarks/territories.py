"""Territories of a seed: single blocks, and countries of walled blocks.

In: a number of units and a seed. Out: a `Land`, which `write_land` lays down as the two
tables and the scenario file that anybody would have. Every figure is made up; the scale is
that of a Kazakh oblast (some 1,000 km2 a unit, half of the units below 2,500 residents).
Nothing here is quadratic in the number of units.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy.spatial import Voronoi

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["HARD", "Land", "build_block", "build_country", "write_land"]

HARD: dict[str, Any] = {
    "rules": {"population": {"min": 10_000}, "reach_km": {"max": 150}},
    "aims": {"access": 1.0},
}
"""The hard regime: a minimum size alone, reach 150 km, access only, the number free."""

_UNIT_KM2 = 1000.0
_MEDIAN, _SPREAD = 2500.0, 0.9
_FEWEST_RESIDENTS = 50.0
_SHORTEST_BORDER_KM = 0.1
_LEAST_BLOCK, _MOST_BLOCK = 150, 350
# Steps of the additive recurrence R2 (Roberts 2018): points that are spread evenly for any n.
_PLASTIC = 1.324717957244746
_STEP = np.array([1 / _PLASTIC, 1 / _PLASTIC**2])
_JITTER = 0.35
# How far beyond the sides mirrored places matter: several cells.
_MIRRORED_KM = 8 * _UNIT_KM2**0.5


@dataclass(frozen=True)
class Land:
    """Hold a made-up territory.

    Parameters
    ----------
    name
        What it is called in tables.
    units
        Indexed by unit id (sorted): ``name``, ``oblast`` (the walled block), ``population``
        (residents), ``x_km``, ``y_km`` (the seat's place).
    ties
        ``from``, ``to`` (unit ids), ``km`` between the places, ``border_km``.
    """

    name: str
    units: pd.DataFrame
    ties: pd.DataFrame

    def __repr__(self) -> str:
        blocks = self.units["oblast"].nunique()
        counts = f"{len(self.units):,} units, {len(self.ties):,} ties, {blocks} blocks"
        return f"<Land {self.name}: {counts}>"


def build_block(units: int, seed: int = 1) -> Land:
    """Build one block of Voronoi cells without walls.

    Parameters
    ----------
    units
        Number of units, 3 or more.
    seed
        Seed of places and populations.
    """
    places = _places(units, seed)
    return _land(f"block {units}", places, np.zeros(units, dtype=np.intp), seed)


def build_country(units: int, seed: int = 1) -> Land:
    """Build a country of walled, connected blocks of some 150 to 350 units.

    Parameters
    ----------
    units
        Number of units; up to 350 make a single block.
    seed
        Seed of places, walls and populations.
    """
    places = _places(units, seed)
    chance = np.random.default_rng([seed, 2])
    block = np.zeros(units, dtype=np.intp)
    for number, members in enumerate(_bisect(np.arange(units), places, chance)):
        block[members] = number
    return _land(f"country {units}", places, block, seed)


def write_land(
    land: Land, folder: Path, question: Mapping[str, Any], name: str = "made-up"
) -> Path:
    """Write units, ties and a scenario that asks about them.

    Parameters
    ----------
    land
        The territory.
    folder
        An existing folder.
    question
        Sections ``rules``, ``aims``, ``solve``, ... of the scenario; ``graph`` may add to the
        ties that are set here.
    name
        The scenario's name, and that of its file.

    Returns
    -------
    Path
        The scenario file.
    """
    land.units.to_csv(folder / "units.csv")
    land.ties.to_csv(folder / "ties.csv", index=False)
    units = {
        "units": "units.csv",
        "id": "unit_id",
        "parents": {"oblast": "oblast"},
        "synthetic": True,
    }
    scenario = {"scenario": name, **question}
    scenario["territory"] = units | dict(question.get("territory", {}))
    scenario["graph"] = {"ties": {"file": "ties.csv"}} | dict(question.get("graph", {}))
    path = folder / f"{name}.yaml"
    path.write_text(json.dumps(scenario, indent=1) + "\n", encoding="utf-8")  # JSON is YAML
    return path


def _places(units: int, seed: int) -> NDArray[np.float64]:
    """Return (units x 2) places in km, spread evenly with jitter over a square."""
    chance = np.random.default_rng([seed, 1])
    even = (chance.random(2) + np.outer(np.arange(1, units + 1), _STEP)) % 1.0
    side = float(np.sqrt(units * _UNIT_KM2))
    moved = even * side + chance.uniform(-1, 1, (units, 2)) * _JITTER * np.sqrt(_UNIT_KM2)
    margin = 1e-3 * np.sqrt(_UNIT_KM2)
    return np.asarray(np.clip(moved, margin, side - margin), dtype=np.float64)


def _bisect(
    members: NDArray[np.intp], places: NDArray[np.float64], chance: np.random.Generator
) -> Iterator[NDArray[np.intp]]:
    """Cut across the longer side, unevenly, until no piece is larger than a block."""
    count = len(members)
    if count <= _MOST_BLOCK:
        yield members
        return
    least = max(0.4, _LEAST_BLOCK / count)
    at = round(count * chance.uniform(least, 1 - least))
    here = places[members]
    axis = int(np.argmax(np.ptp(here, axis=0)))
    order = members[np.argsort(here[:, axis], kind="stable")]
    yield from _bisect(order[:at], places, chance)
    yield from _bisect(order[at:], places, chance)


def _land(name: str, places: NDArray[np.float64], block: NDArray[np.intp], seed: int) -> Land:
    pairs, border = _neighbours(places)
    block = _without_strays(block, pairs)
    order = np.lexsort((np.arange(len(block)), block))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    ids = np.array([f"u{k:05d}" for k in range(len(block))], dtype=object)
    units = pd.DataFrame(index=pd.Index(ids, name="unit_id"))
    units["name"] = ids
    units["oblast"] = [f"o{number:03d}" for number in block[order]]
    units["population"] = _populations(len(ids), seed)
    units["x_km"], units["y_km"] = places[order].T
    low, high = np.sort(rank[pairs], axis=1).T
    ties = pd.DataFrame({"from": ids[low], "to": ids[high]})
    ties["km"] = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    ties["border_km"] = border
    return Land(name, units, ties.sort_values(["from", "to"], ignore_index=True))


def _populations(units: int, seed: int) -> NDArray[np.float64]:
    drawn = np.random.default_rng([seed, 3]).lognormal(np.log(_MEDIAN), _SPREAD, units)
    return np.asarray(np.maximum(_FEWEST_RESIDENTS, np.rint(drawn)), dtype=np.float64)


def _neighbours(places: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return pairs of cells that share a border, and its length in km.

    The places are mirrored at the four sides, so that every cell ends at the square.
    """
    units, side = len(places), float(np.sqrt(len(places) * _UNIT_KM2))
    mirrored = np.concatenate([places * sign + shift for sign, shift in _mirrors(side)])
    near = ((mirrored > -_MIRRORED_KM) & (mirrored < side + _MIRRORED_KM)).all(axis=1)
    cells = Voronoi(np.concatenate([places, mirrored[near]]))
    inside = np.flatnonzero((cells.ridge_points < units).all(axis=1))
    ends = np.array([cells.ridge_vertices[ridge] for ridge in inside])
    border = np.hypot(*(cells.vertices[ends[:, 0]] - cells.vertices[ends[:, 1]]).T)
    keep = border >= _SHORTEST_BORDER_KM
    return cells.ridge_points[inside][keep].astype(np.intp), border[keep]


def _mirrors(side: float) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    for axis in (0, 1):
        for wall in (0.0, side):
            sign, shift = np.ones(2), np.zeros(2)
            sign[axis], shift[axis] = -1.0, 2 * wall
            yield sign, shift


def _without_strays(block: NDArray[np.intp], pairs: NDArray[np.intp]) -> NDArray[np.intp]:
    """Give pieces that hang loose from their block to a neighbouring block."""
    block = block.copy()
    graph: nx.Graph[int] = nx.Graph(pairs.tolist())
    for number in range(int(block.max()) + 1):
        members = np.flatnonzero(block == number).tolist()
        pieces = sorted(nx.connected_components(graph.subgraph(members)), key=len)
        for piece in pieces[:-1]:
            beside = sorted({int(block[b]) for a in piece for b in graph[a]} - {number})
            block[sorted(piece)] = beside[0]
    return block
